"""The people at a client: who they are, how to reach them, who decides."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from acctdesk.i18n import msg, tr
from acctdesk.services.rows import ContactRow
from acctdesk.ui.behind import when_seen
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.painting import chip_width, draw_chip, draw_text
from acctdesk.ui.widgets.basics import icon_button, keeps_f2, label, row
from acctdesk.ui.widgets.painted_line import PaintedLine
from acctdesk.ui.words import bell, plain_tip

LINE = 44


class ContactLine(PaintedLine):
    """One person in two lines; Enter opens, Delete trashes."""

    trash_wanted = Signal()

    def __init__(self, contact: ContactRow, parent: QWidget) -> None:
        super().__init__(parent, height=LINE, radius=6)
        self.contact = contact
        role = contact.role or contact.department or ""
        reach = contact.mobile or contact.phone or contact.email or ""
        self._small = " · ".join(part for part in (role, reach) if part)
        parts = [contact.name, role, contact.phone, contact.mobile, contact.email]
        whole = ", ".join(part for part in parts if part)
        self.setAccessibleName(f"{whole}, {_decides()}" if contact.decides else whole)
        self.setAccessibleDescription(tr("Contact", "Enter opens, Delete moves to the trash."))
        self.setToolTip(plain_tip(whole))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines."""
        painter, box = self.painter(), QRectF(self.rect())
        draw_icon(painter, "user-circle", QRectF(2, 12, 20, 20), "muted")
        room = box.width() - 34
        if self.contact.decides:
            draw_chip(painter, box.width() - 4, 3, _decides(), from_right=True)
            room -= chip_width(_decides()) + 8
        name = QRectF(30, 3, room, 20)
        draw_text(painter, name, self.contact.name, px=13, weight=600)
        small = QRectF(30, 23, box.width() - 34, 16)
        draw_text(painter, small, self._small, px=12, ink="muted")
        self.mark_focus(painter)

    def event(self, event: QEvent) -> bool:
        """Keep F2 for this line."""
        return keeps_f2(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter and F2, trash by Delete."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.trash_wanted.emit()
        else:
            super().keyPressEvent(event)


def _decides() -> str:
    return tr("Contact", "decides")


class ContactsCard(QFrame):
    """The contacts of a client. The signals carry the ContactRow; adding carries None."""

    form_wanted = Signal(object)
    trash_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._contacts: list[ContactRow] = []
        self.lines: list[ContactLine] = []
        self.add = icon_button(
            "plus", msg("Contact", "New contact"), tip=msg("Contact", "New contact (Ctrl+Shift+U)")
        )
        self.add.clicked.connect(self._add)
        self._none = label(msg("Contact", "Nobody is recorded yet."), "caption")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 6, 8, 8)
        self._column.setSpacing(0)
        self._column.addLayout(row(label(msg("Contact", "Contacts"), "strong"), None, self.add))
        self._column.addWidget(self._none)
        bell().rung.connect(self._fill)

    def show_contacts(self, contacts: list[ContactRow]) -> None:
        """Show the contacts of a client."""
        if contacts != self._contacts:
            self._contacts = list(contacts)
            self._fill()

    @Slot()
    @when_seen
    def _fill(self) -> None:
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [ContactLine(one, self) for one in self._contacts]
        for line in self.lines:
            self._column.addWidget(line)
            line.clicked.connect(self._clicked)
            line.trash_wanted.connect(self._trash)
        self._none.setVisible(not self.lines)

    @Slot()
    def _add(self) -> None:
        self.form_wanted.emit(None)

    @Slot()
    def _clicked(self) -> None:
        line = self.sender()
        if isinstance(line, ContactLine):
            self.form_wanted.emit(line.contact)

    @Slot()
    def _trash(self) -> None:
        line = self.sender()
        if isinstance(line, ContactLine):
            self.trash_wanted.emit(line.contact)
