"""A card of the record: the bank accounts by which payments are known as the client's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import msg, tr
from acctdesk.services.accounts import AccountRow
from acctdesk.ui.behind import when_seen
from acctdesk.ui.clipboard import clipboard
from acctdesk.ui.deeds import Deeds
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.painting import draw_text, text_width
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import icon_button, label, row
from acctdesk.ui.widgets.painted_line import PaintedLine
from acctdesk.ui.words import bell, plain_tip

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

LINE = 44
AIR = 6  # between the words and the ring of the focus
OFF = 24  # side of the corner that takes the account off


class AccountLine(PaintedLine):
    """One account in two lines. Enter or a click copies it, Delete or the cross takes it off."""

    copy_wanted = Signal()
    off_wanted = Signal()

    def __init__(self, account: AccountRow, parent: QWidget) -> None:
        super().__init__(parent, height=LINE, radius=6)
        self.account = account
        self._on_cross = False
        since = tr("Account", "since {day}", day=formats.date(account.known_since))
        name = shown_name(account.name, None)  # it may be another client's
        self._iban = formats.iban(account.iban)
        self._small = " · ".join(part for part in (since, name) if part)
        words = ", ".join(part for part in (self._iban, since, name) if part)
        keys = tr("Account", "Enter copies the IBAN, Delete takes the account off.")
        self.setAccessibleName(words)
        self.setAccessibleDescription(keys)
        self.setToolTip(plain_tip(f"{words}. {keys}"))
        self.clicked.connect(self._clicked)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines."""
        painter, box = self.painter(), QRectF(self.rect())
        room = box.width() - AIR - 4
        px = 13 if text_width(self._iban, 13) <= room else 12  # the longest have 34 characters
        draw_text(painter, QRectF(AIR, 3, room, 20), self._iban, px=px)
        cross = QRectF(box.width() - OFF + 4, 23, 16, 16)
        draw_icon(painter, "x", cross, "muted")
        copy = cross.translated(-OFF, 0)
        draw_icon(painter, "copy", copy, "muted")
        small = QRectF(AIR, 23, copy.left() - AIR - 6, 16)
        draw_text(painter, small, self._small, px=12, ink="muted")
        self.mark_focus(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember whether the cross was pressed or the words."""
        at = event.position()
        self._on_cross = at.x() >= self.width() - OFF and at.y() >= self.height() - OFF
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Do nothing more: the first click was answered, and another line may stand here now."""
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+C for this line; the page would copy the client."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Copy)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy or take off."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys or event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.off_wanted.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _clicked(self) -> None:
        (self.off_wanted if self._on_cross else self.copy_wanted).emit()


class AccountsCard(QFrame):
    """The bank accounts of a client, to be copied and taken off; ``add_wanted`` asks for a form."""

    add_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._context = context
        self._deeds = Deeds(context, self)
        self._accounts: tuple[AccountRow, ...] = ()
        self.lines: list[AccountLine] = []
        self.add = icon_button("plus", msg("Account", "New bank account"))
        self.add.clicked.connect(self.add_wanted)
        self._none = label(msg("Account", "None is known yet."), "caption")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 6, 8, 8)
        self._column.setSpacing(0)
        heading = label(msg("Account", "Bank accounts"), "strong")
        self._column.addLayout(row(heading, None, self.add))
        self._column.addWidget(self._none)
        bell().rung.connect(self._fill)

    def show_accounts(self, accounts: Sequence[AccountRow]) -> None:
        """Show the accounts of a client."""
        if tuple(accounts) != self._accounts:
            self._accounts = tuple(accounts)
            self._fill()

    @Slot()
    @when_seen
    def _fill(self) -> None:
        """Make the lines anew; the keyboard stays in its place."""
        focused = next((n for n, line in enumerate(self.lines) if line.hasFocus()), None)
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [AccountLine(one, self) for one in self._accounts]
        for line in self.lines:
            self._column.addWidget(line)
            line.copy_wanted.connect(partial(self._copy, line.account))
            line.off_wanted.connect(partial(self._deeds.trash_account, line.account.id))
        self._none.setVisible(not self.lines)
        if focused is not None:
            held = self.lines[min(focused, len(self.lines) - 1)] if self.lines else self.add
            held.setFocus()

    def _copy(self, account: AccountRow) -> None:
        shown = formats.iban(account.iban)
        clipboard().copy(shown)
        self._context.messages.say(msg("Record", "Copied: {value}", value=shown))
