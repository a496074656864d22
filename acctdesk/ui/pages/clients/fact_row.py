"""One editable fact: click, F2 or Enter to edit, leave to save, Esc to take back.

What was typed stands there, greyed, until the book answers. A value that is refused stays in the
field with the reason under it; one that changed meanwhile becomes a choice.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg, tr
from acctdesk.ui.painting import draw_text, focus_ring, round_rect, text_width
from acctdesk.ui.widgets.basics import Button, LineEdit, keeps_f2, label, mark_invalid, row
from acctdesk.ui.words import plain_tip, say

LABEL_WIDTH = 116


class FactValue(QAbstractButton):
    """Label and value in one line of 26 px (24 where it is only read); pressing begins to edit."""

    def __init__(self, text: Message, *, editable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = text
        self._value, self._ink = "", "text"
        self._pending = False
        self._high = 26 if editable else 24
        self.setFixedHeight(self._high)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_editable(editable)

    def set_editable(self, editable: bool) -> None:
        """Answer hand and keyboard, or be text that is only read; the height stays."""
        self._editable = editable
        if editable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        else:
            self.unsetCursor()
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.repeat()

    def show_value(self, value: str, *, ink: str = "text", pending: bool = False) -> None:
        """Show a value; a pending one is what was typed and not yet stored."""
        self._value, self._ink, self._pending = value, ink, pending
        self.repeat()

    def value(self) -> str:
        """Return the value shown."""
        return self._value

    def repeat(self) -> None:
        """Say name and value in the current language."""
        self.setAccessibleName(f"{self._label}: {self._value}")
        hint = tr("Facts", "F2 or Enter edits.") if self._editable else ""
        self.setAccessibleDescription(tr("Facts", "Being saved") if self._pending else hint)
        room, name = self._room(), str(self._label)
        cut = text_width(self._value, 13, 500) > room
        cut = cut or text_width(name, 13) > self.width() - room - 12
        self.setToolTip(plain_tip(f"{name}: {self._value}") if cut else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Return a width that any rail has."""
        return QSize(220, self._high)

    def _room(self) -> float:
        taken = min(text_width(str(self._label), 13), self.width() * 0.55)
        return self.width() - taken - 12

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        around = box.adjusted(-0.5, 0, 0.5, 0)
        if self._editable and self.underMouse():
            round_rect(painter, around, 4, fill="hover")
        room = self._room()
        left = QRectF(0, 0, box.width() - room - 12, box.height())
        draw_text(painter, left, str(self._label), px=13, ink="muted")
        right = QRectF(box.width() - room, 0, room, box.height())
        ink = "muted" if self._pending else self._ink
        draw_text(painter, right, self._value, px=13, weight=500, ink=ink, align="right")
        if self.hasFocus():
            focus_ring(painter, around, 4)

    def event(self, event: QEvent) -> bool:
        """Keep F2 for this line."""
        return keeps_f2(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin to edit by F2 and Enter, as well as by Space."""
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class _Editor(QWidget):
    """The field of a fact, with the reason and the choice that may stand under it."""

    def __init__(self, text: Message, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = LineEdit(self)
        self.field.hide()
        say(self.field, name=text, description=msg("Facts", "Leaving saves, Esc takes back."))
        self.reason = label(role="danger", wrap=True)
        self.reason.hide()
        self.mine = Button(msg("Facts", "Keep mine"), look="small")
        self.theirs = Button(msg("Facts", "Take theirs"), look="small")
        for button in (self.mine, self.theirs):
            button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.field)
        column.addWidget(self.reason)
        column.addLayout(row(self.mine, self.theirs, None, spacing=6))


class FactRow(QWidget):
    """A fact that can be edited. ``submitted`` carries what was typed; the card stores it."""

    submitted = Signal(str)
    kept_mine = Signal()
    took_theirs = Signal()

    def __init__(self, key: str, text: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._text = text
        self._made: _Editor | None = None  # by the first edit: most facts are never edited
        self._stored = ""  # as it is typed, not as it is shown
        self._shown = ""
        self._waiting = False
        self._editable = True
        self._closing = False  # the field loses the keyboard because it closes
        self.value = FactValue(text, editable=True, parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.value)
        self.value.clicked.connect(self.edit)

    @property
    def editor(self) -> _Editor:
        """What the value is typed in; made when it is first wanted."""
        if self._made is None:
            made = self._made = _Editor(self._text, self)
            made.field.installEventFilter(self)
            made.mine.clicked.connect(self.kept_mine)
            made.theirs.clicked.connect(self._take_theirs)
            self._column.addWidget(made)
        return self._made

    @property
    def field(self) -> LineEdit:
        """The field."""
        return self.editor.field

    # -- what the card says

    def set_editable(self, editable: bool) -> None:
        """Let the value be edited or only read; a field that is open stays, with what was typed."""
        self._editable = editable
        self.value.set_editable(editable)

    def show_stored(self, shown: str, typed: str, *, ink: str = "text") -> None:
        """Show what the book holds, unless the officer is at it."""
        self._stored, self._shown = typed, shown
        if not self._waiting and not self.editing:
            self.value.show_value(shown, ink=ink)

    def refuse(self, reason: str) -> None:
        """Say why the value was not stored; it stays in the field."""
        self._waiting = False
        self.value.hide()
        self.editor.show()
        self.field.show()
        self.field.setFocus()
        mark_invalid(self.field, invalid=True)
        self._complain(reason)

    def offer_choice(self, theirs: str) -> None:
        """Say that the value changed meanwhile, and let the officer choose."""
        self._waiting = False
        self.editor.show()
        self.field.hide()
        self.value.show()
        self.value.show_value(self.field.text(), pending=True)
        self._complain(tr("Facts", "Meanwhile it became: {value}", value=theirs))
        self.editor.mine.show()
        self.editor.theirs.show()
        self.editor.mine.setFocus()

    def accept(self) -> None:
        """The book has stored the value; it is shown when the card is read again."""
        self._waiting = False
        self._end(self.value.value())

    def forget(self) -> None:
        """Another client is shown: drop what was typed and not saved."""
        self._waiting = False
        self._end("")

    @property
    def editing(self) -> bool:
        """Whether the field is open."""
        return self._made is not None and self._made.field.isVisibleTo(self)

    @property
    def choosing(self) -> bool:
        """Whether the officer has to choose between two values."""
        return self._made is not None and self._made.mine.isVisibleTo(self)

    # -- the officer's hand

    @Slot()
    def edit(self) -> None:
        """Open the field with what the book holds."""
        if self._waiting or self.choosing or not self._editable:
            return
        self.field.setText(self._stored)
        self.value.hide()
        self.editor.show()
        self.field.show()
        self.field.setFocus()
        self.field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save on leaving and on Enter; take back on Esc."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self._revert()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._save(keep_focus=True)
                return True
        elif event.type() is QEvent.Type.FocusOut and self.editing and not self._closing:
            self._save(keep_focus=False)
        return super().eventFilter(watched, event)

    def _save(self, *, keep_focus: bool) -> None:
        typed = self.field.text()
        if typed.strip() == self._stored.strip():
            self._revert(keep_focus=keep_focus)
            return
        refused = self.field.property("invalid") and self.editor.reason.isVisibleTo(self)
        if refused and not keep_focus:
            return  # it is unchanged since: leave it and its reason alone
        self._waiting = True
        self._end(typed, pending=True, keep_focus=keep_focus)
        self.submitted.emit(typed)

    def _revert(self, *, keep_focus: bool = True) -> None:
        self._end(self._shown, keep_focus=keep_focus)

    def _end(self, shown: str, *, pending: bool = False, keep_focus: bool = False) -> None:
        self._closing = True
        if self._made is not None:
            self._made.reason.hide()
            self._made.mine.hide()
            self._made.theirs.hide()
            mark_invalid(self._made.field, invalid=False)
        self.value.show_value(shown, pending=pending)
        self.value.show()
        if keep_focus:
            self.value.setFocus()
        if self._made is not None:
            self._made.field.hide()
            self._made.hide()
        self._closing = False

    def _complain(self, reason: str) -> None:
        self.editor.reason.setText(reason)
        self.editor.reason.show()
        self.field.setAccessibleDescription(reason)

    @Slot()
    def _take_theirs(self) -> None:
        self._end(self._shown)
        self.took_theirs.emit()
