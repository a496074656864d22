"""A row of filter chips with counts, one of them chosen; it breaks into lines where it must."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.painting import (
    FILTER_CHIP_HEIGHT,
    draw_text,
    focus_ring,
    round_rect,
    text_width,
)
from acctdesk.ui.words import bell, plain_tip

GAP = 6


class FilterChip(QAbstractButton):
    """One chip: words, a count, and a cross when it is on and can be taken off."""

    def __init__(self, key: str, text: Message, *, closable: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self._words = text
        self._count: int | None = None
        self._closable = closable
        self.setCheckable(True)
        self.setFixedHeight(FILTER_CHIP_HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self._fit)
        self.repeat()

    def show_count(self, count: int | None) -> None:
        """Show how many lie behind the chip; None shows nothing."""
        if count != self._count:
            self._count = count
            self.repeat()

    @property
    def count(self) -> int | None:
        """The count shown."""
        return self._count

    def repeat(self) -> None:
        """Say the words again in the current language."""
        words = str(self._words)
        name = words if self._count is None else f"{words}, {formats.number(self._count)}"
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(name)
        if self._closable:
            tip = msg("Filter", "Click again to take this filter off.")
            self.setAccessibleDescription(str(tip))
            self.setToolTip(plain_tip(str(tip)) if self.isChecked() else "")
        self._fit()

    def sizeHint(self) -> QSize:
        """Return a width that never cuts the words."""
        width = text_width(str(self._words), 13, 600) + 20
        if self._count is not None:
            width += text_width(formats.number(self._count), 12, 500) + 6
        if self.isChecked() and self._closable:
            width += 18
        return QSize(round(width) + 1, FILTER_CHIP_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, box = self.isChecked(), QRectF(self.rect())
        ground = "soft" if on else ("hover" if self.underMouse() else "surface")
        half = box.height() / 2
        round_rect(painter, box, half, fill=ground, line="accent" if on else "border")
        if self.hasFocus():
            focus_ring(painter, box, half)
        ink, x = ("accent" if on else "text2"), 10.0
        words = str(self._words)
        place = QRectF(x, 0, box.width(), box.height())
        weight = 600 if on else 500
        draw_text(painter, place, words, px=13, weight=weight, ink=ink, elide=False)
        x += text_width(words, 13, 600 if on else 500)
        if self._count is not None:
            shown = formats.number(self._count)
            place = QRectF(x + 6, 0, box.width(), box.height())
            faint = "accent" if on else "muted"
            draw_text(painter, place, shown, px=12, weight=500, ink=faint, elide=False)
        if on and self._closable:
            cross = QRectF(box.width() - 23, (box.height() - 14) / 2, 14, 14)
            draw_icon(painter, "x", cross, ink)

    @Slot()
    def _fit(self) -> None:
        self.setFixedWidth(self.sizeHint().width())
        parent = self.parentWidget()
        if isinstance(parent, FilterChips):
            parent.arrange()


class FilterChips(QWidget):
    """Chips of which one is on; ``chosen`` carries its key.

    The first is "all". A click on the one that is on goes back to all; the arrow keys move.
    """

    chosen = Signal(str)

    def __init__(
        self, chips: Sequence[tuple[str, Message]], name: Message, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._chips: list[FilterChip] = []
        for number, (key, text) in enumerate(chips):
            self._chips.append(FilterChip(key, text, closable=number > 0, parent=self))
        for chip in self._chips:
            chip.clicked.connect(self._clicked)
        self._first = self._chips[0].key
        self._key = self._first
        self._chips[0].setChecked(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        bell().rung.connect(self.repeat)
        self.repeat()

    @property
    def key(self) -> str:
        """The key of the chip that is on."""
        return self._key

    def chip(self, key: str) -> FilterChip:
        """Return a chip by its key."""
        return next(chip for chip in self._chips if chip.key == key)

    def choose(self, key: str) -> None:
        """Turn a chip on, as if clicked."""
        if key == self._key:
            return
        self._key = key
        for chip in self._chips:
            chip.setChecked(chip.key == key)
        self.chosen.emit(key)

    def show_counts(self, counts: Mapping[str, int | None]) -> None:
        """Show how many lie behind each chip."""
        for chip in self._chips:
            chip.show_count(counts.get(chip.key))

    @Slot()
    def repeat(self) -> None:
        """Say every chip again in the current language."""
        self.setAccessibleName(str(self._name))
        for chip in self._chips:
            chip.repeat()
        self.arrange()

    def arrange(self) -> None:
        """Put the chips in lines of this width."""
        self._lay(self.width(), move=True)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Return True: a narrow row needs more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines in a width."""
        return self._lay(width, move=False)

    def sizeHint(self) -> QSize:
        """Return all chips in one line."""
        width = sum(chip.sizeHint().width() for chip in self._chips) + GAP * len(self._chips)
        return QSize(width, self._lay(self.width() or width, move=False))

    def minimumSizeHint(self) -> QSize:
        """Return the widest chip."""
        widest = max(chip.sizeHint().width() for chip in self._chips)
        return QSize(widest, FILTER_CHIP_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._lay(event.size().width(), move=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the chips by the arrow keys."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        focused = next((n for n, chip in enumerate(self._chips) if chip.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        place = (focused + step) % len(self._chips)
        self._chips[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _lay(self, width: int, *, move: bool) -> int:
        x = y = 0
        for chip in self._chips:
            wide = chip.sizeHint().width()
            if x and x + wide > width:
                x, y = 0, y + FILTER_CHIP_HEIGHT + GAP
            if move:
                chip.move(x, y)
            x += wide + GAP
        return y + FILTER_CHIP_HEIGHT

    @Slot()
    def _clicked(self) -> None:
        chip = self.sender()
        if not isinstance(chip, FilterChip):
            return
        wanted = self._first if chip.key == self._key else chip.key
        chip.setChecked(True)
        if wanted != self._key:
            self.choose(wanted)
