"""The sidebar: the pages with their figures, the report, and how the book stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.ui import icons, painting
from acctdesk.ui.widgets.following_area import FollowingArea
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.ui.pages.registry import PageSpec

WIDE = 224
NARROW = 56
_LEAST = 110  # px of pages that are always seen
_REPORT_BEFORE = "import"  # it stands below the figures it is made of


class NavButton(QAbstractButton):
    """One page in the sidebar: icon, name and a figure."""

    def __init__(self, key: str, icon: str, text: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._icon = icon
        self._text = text
        self._count: int | None = None
        self._urgent = False
        self.narrow = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        say(self, text=text, name=text)

    def set_count(self, count: int | None, *, urgent: bool = False) -> None:
        """Show a figure at the right edge; an urgent one in a red chip."""
        self._count, self._urgent = count, urgent and bool(count)
        say(self, description="" if count is None else formats.number(count))
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone; the name moves into the tool tip."""
        self.narrow = narrow
        say(self, tip=self._text if narrow else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room that icon, name and figure need."""
        if self.narrow:
            return QSize(32, 36)
        figure = 0.0
        if self._count is not None:
            figure = painting.text_width(formats.number(self._count), 12, 600) + 28
        return QSize(round(42 + painting.text_width(self.text(), 14, 600) + figure + 8), 36)

    def minimumSizeHint(self) -> QSize:
        """Return the least room: an icon, in a lower row where the window is very low."""
        return QSize(32, 24)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the words change."""
        self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row; the page at hand has a soft ground, accent and a heavier name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect())
        if self.isChecked():
            painting.round_rect(painter, place, 6, fill="soft")
        elif self.underMouse():
            painting.round_rect(painter, place, 6, fill="border")
        ink = "accent" if self.isChecked() else "text2"
        x = (place.width() - 20) / 2 if self.narrow else 10
        icons.draw_icon(painter, self._icon, QRectF(x, (place.height() - 20) / 2, 20, 20), ink)
        if not self.narrow:
            self._paint_words(painter, place, ink)
        if self.hasFocus():
            painting.focus_ring(painter, place, 6)

    def _paint_words(self, painter: QPainter, place: QRectF, ink: str) -> None:
        right = place.right() - 12
        if self._count is not None:
            figure = formats.number(self._count)
            if self._urgent:
                right -= painting.draw_chip(
                    painter,
                    right + 4,
                    (place.height() - 20) / 2,
                    figure,
                    kind="danger",
                    from_right=True,
                )
        if self._count is not None and not self._urgent:
            figure = formats.number(self._count)
            wide = painting.text_width(figure, 12, 500)
            figure_place = QRectF(right - wide - 1, 0, wide + 1, place.height())
            tone = "accent" if self.isChecked() else "text2"
            painting.draw_text(
                painter, figure_place, figure, px=12, weight=500, ink=tone, align="right"
            )
            right -= wide + 8
        words = QRectF(42, 0, right - 42, place.height())
        weight = 600 if self.isChecked() else 400
        painting.draw_text(painter, words, self.text(), px=14, weight=weight, ink=ink)


class Brand(QWidget):
    """The program's mark and name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.narrow = False
        self.setFixedHeight(40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark and name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = (self.width() - 28) / 2 if self.narrow else 8
        painting.round_rect(painter, QRectF(x, 6, 28, 28), 7, fill="fill")
        icons.draw_icon(painter, "notebook", QRectF(x + 5, 11, 18, 18), "on_fill")
        if not self.narrow:
            place = QRectF(46, 0, self.width() - 46, 40)
            painting.draw_text(painter, place, "acctdesk", px=15, weight=700)


class StatusBlock(QAbstractButton):
    """Whether the book is encrypted and when it was last backed up and checked; press to do so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._encrypted = True
        self._icon, self._ink = "shield-check", "success"
        self._second = ""
        self._backup: dt.datetime | None = None
        self._today = dt.date.min
        self.narrow = False
        self.setFixedHeight(40)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        bell().rung.connect(self._say)
        self._say()

    def show_status(
        self, *, encrypted: bool, backup_at: dt.datetime | None, today: dt.date
    ) -> None:
        """Say how the book stands; ``backup_at`` is an aware instant of a verified backup."""
        self.show()
        self._encrypted, self._backup, self._today = encrypted, backup_at, today
        self._say()

    @Slot()
    def _say(self) -> None:
        first = msg("Status", "Encrypted") if self._encrypted else msg("Status", "Not encrypted")
        self._icon = "shield-check" if self._encrypted else "shield-off"
        self._ink = "success" if self._encrypted and self._backup else "warning"
        self._second = str(self._backup_words())
        self.setText(str(first))
        say(
            self,
            name=msg("Status", "Book: {state}, {backup}", state=first, backup=self._second),
            tip=msg(
                "Status",
                "{state} · {backup} · Back up now (Ctrl+S)",
                state=first,
                backup=self._second,
            ),
        )
        self.update()

    def _backup_words(self) -> Message:
        if self._backup is None:
            return msg("Status", "Not backed up yet")
        local = self._backup.astimezone()
        if local.date() == self._today:
            return msg("Status", "Backed up {time}, checked", time=f"{local:%H:%M}")
        this_year = local.year == self._today.year
        day = formats.short_date(local.date()) if this_year else formats.date(local.date())
        return msg("Status", "Backed up {day}, checked", day=day)

    def sizeHint(self) -> QSize:
        """Return the room for two short lines."""
        widest = max(
            painting.text_width(self.text(), 12, 600), painting.text_width(self._second, 12)
        )
        return QSize(36 if self.narrow else round(36 + widest + 4), 40)

    def minimumSizeHint(self) -> QSize:
        """Return the least room: the shield."""
        return QSize(32, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shield and the two lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect())
        if self.underMouse():
            painting.round_rect(painter, place, 6, fill="border")
        x = (place.width() - 20) / 2 if self.narrow else 8
        icons.draw_icon(painter, self._icon, QRectF(x, 10, 20, 20), self._ink)
        if not self.narrow:
            wide = place.width() - 36
            painting.draw_text(
                painter, QRectF(36, 2, wide, 18), self.text(), px=12, weight=600, ink="text2"
            )
            painting.draw_text(painter, QRectF(36, 20, wide, 18), self._second, px=12, ink="text2")
        if self.hasFocus():
            painting.focus_ring(painter, place, 6)


class Sidebar(QFrame):
    """The pages, one above the other; ``chosen`` tells the key of the one pressed."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self._buttons: dict[str, NavButton] = {}
        self._group = QButtonGroup(self)
        self._brand = Brand()
        self.status = StatusBlock()
        self.remove = NavButton("", "trash", msg("Action", "Remove demo book"))
        self.remove.setCheckable(False)
        self.remove.hide()
        self.report = NavButton("", "report", msg("Sidebar", "Report…"))
        self.report.setCheckable(False)  # it opens a dialog: the page at hand stays
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(2)
        layout.addWidget(self._brand)
        layout.addSpacing(8)
        layout.addWidget(self._rows(pages), 1)
        layout.addWidget(self.remove)
        layout.addWidget(self.status)
        self.status.hide()  # until it is known
        self.set_narrow(False)
        say(self, name=msg("Sidebar", "Pages"))

    def _rows(self, pages: Sequence[PageSpec]) -> QWidget:
        """Return the pages; in a very low window they are scrolled to the one with the keyboard."""
        inside = QWidget()
        inside.setObjectName("content")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        for page in pages:
            if page.key == _REPORT_BEFORE:
                rows.addWidget(self.report)
            button = NavButton(page.key, page.icon, page.title)
            button.clicked.connect(self._tell)
            self._group.addButton(button)
            self._buttons[page.key] = button
            rows.addWidget(button)
        if self.report.parent() is None:
            rows.addWidget(self.report)
        rows.addStretch(1)
        area = FollowingArea(self)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(_LEAST)
        area.setWidget(inside)
        return area

    def button(self, key: str) -> NavButton:
        """Return the button of a page."""
        return self._buttons[key]

    def mark(self, key: str) -> None:
        """Show which page is at hand: Tab comes to its button, the arrow keys go on from there."""
        for one in self._buttons.values():
            here = one.key == key
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
        self._buttons[key].setChecked(True)

    def set_count(self, key: str, count: int | None, *, urgent: bool = False) -> None:
        """Show a page's figure."""
        self._buttons[key].set_count(count, urgent=urgent)

    def show_demo(self, demo: bool) -> None:
        """Offer to remove the book where it is a demo."""
        self.remove.setVisible(demo)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, 56 px wide, or names too, 224 px wide."""
        self.setFixedWidth(NARROW if narrow else WIDE)
        self._brand.narrow = narrow
        self.status.narrow = narrow
        self.remove.set_narrow(narrow)
        self.report.set_narrow(narrow)
        for button in self._buttons.values():
            button.set_narrow(narrow)
        self.update()

    @Slot()
    def _tell(self) -> None:
        checked = self._group.checkedButton()
        if isinstance(checked, NavButton):
            self.chosen.emit(checked.key)
