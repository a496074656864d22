"""A password typed unseen: shown on request, with a word about Caps Lock; and a new one twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.services.keys import password_trouble
from acctdesk.ui.widgets.basics import column, icon_button, label
from acctdesk.ui.widgets.when_field import FramedLine
from acctdesk.ui.words import Text, say

_LONGEST = 1000


def caps_lock(event: QKeyEvent) -> bool | None:
    """Tell from a typed letter whether Caps Lock is on; None where the key does not say."""
    letter = event.text()
    if len(letter) != 1 or letter.lower() == letter.upper():
        return None
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return (letter == letter.upper()) is not shifted


class PasswordField(FramedLine):
    """A line of dots with an eye; ``caps_changed`` tells whether Caps Lock is on."""

    caps_changed = Signal(bool)

    def __init__(self, name: Message, parent: QWidget | None = None) -> None:
        super().__init__("key", "muted", height=40, parent=parent)
        self.field.setMaxLength(_LONGEST)
        self.eye = icon_button("eye", msg("Password", "Show the password"))
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show)
        self.line.setContentsMargins(10, 0, 4, 0)
        self.line.addWidget(self.eye)
        say(self.field, name=name)
        self._show(False)

    def text(self) -> str:
        """Return what is typed."""
        return self.field.text()

    def clear(self) -> None:
        """Forget what is typed, also for undo."""
        self.field.clear()
        self.eye.setChecked(False)

    def put_eye_last(self) -> None:
        """Let Tab reach the eye after every field around: who types blind must not land on it.

        Qt appends to the order of Tab what gets a parent; ``setTabOrder`` goes wrong where a
        field stands for its frame.
        """
        self.eye.setParent(None)
        self.line.addWidget(self.eye)

    @Slot(bool)
    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.field.setEchoMode(mode)
        # a hidden field loses the input method, and with it the accents that dead keys make
        self.field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.eye.set_icon("eye-off" if shown else "eye")
        what = (
            msg("Password", "Hide the password") if shown else msg("Password", "Show the password")
        )
        say(self.eye, name=what, tip=what)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Learn from each letter whether Caps Lock is on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            on = False if event.key() == Qt.Key.Key_CapsLock else caps_lock(event)
            if on is not None:
                self.caps_changed.emit(on)
        return super().eventFilter(watched, event)


class CapsNotice(QWidget):
    """A line that says when Caps Lock is on; it keeps its place while it says nothing."""

    def __init__(self, *fields: PasswordField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label(msg("Password", "Caps Lock is on."), "warning")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.words.setSizePolicy(policy)
        self.words.hide()
        self.setLayout(column(self.words))
        for field in fields:
            field.caps_changed.connect(self.words.setVisible)


def password_row(text: Text, field: PasswordField, *, hint: QWidget | None = None) -> QWidget:
    """Return a password field under its label."""
    holder = QWidget()
    head = label(text, "field")
    head.setBuddy(field.field)
    holder.setLayout(column(head, field, *([hint] if hint else []), spacing=4))
    return holder


class NewPassword(QWidget):
    """A new password, twice, with the reason where it will not do; ``changed`` as one types."""

    changed = Signal()

    def __init__(
        self, about: Callable[[], Iterable[str]] = tuple, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._about = about
        self.first = PasswordField(msg("Password", "New password"), self)
        self.second = PasswordField(msg("Password", "The same again"), self)
        self.notice = CapsNotice(self.first, self.second)
        self.reason = label("", "caption2", wrap=True)
        self.reason.setMinimumHeight(32)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(
            column(
                password_row(msg("Password", "New password"), self.first),
                password_row(msg("Password", "The same again"), self.second),
                self.notice,
                self.reason,
                spacing=8,
            )
        )
        for one in (self.first, self.second):
            one.field.textChanged.connect(self._typed)
        self.first.put_eye_last()
        self.second.put_eye_last()
        self._typed()

    def value(self) -> str:
        """Return the new password; ask ``trouble`` first."""
        return self.first.text()

    def trouble(self) -> Message | None:
        """Return why what is typed will not do, None where it will."""
        reason = password_trouble(self.first.text(), about=self._about())
        if reason is None and self.first.text() != self.second.text():
            reason = msg("Password", "The two passwords differ. Type the same one twice.")
        return reason

    def complain(self, trouble: Message) -> None:
        """Show what is wrong and go to the field that it is about."""
        again = password_trouble(self.first.text(), about=self._about()) is None
        field = self.second if again else self.first
        self._tell(trouble, role="danger")
        field.set_invalid(invalid=True)
        say(field.field, description=trouble)
        field.field.setFocus()
        field.field.selectAll()

    def clear(self) -> None:
        """Forget what is typed."""
        self.first.clear()
        self.second.clear()

    @Slot()
    def _typed(self) -> None:
        for field in (self.first, self.second):
            field.set_invalid(invalid=False)
            say(field.field, description="")
        typed = bool(self.first.text())
        good = typed and self.trouble() is None
        if good:
            self._tell(msg("Password", "This password will do."), role="success")
        else:
            self._tell(
                msg(
                    "Password",
                    "At least 10 characters. Three or four words that only you would put"
                    " together are strong and easy to remember.",
                ),
                role="caption2",
            )
        self.changed.emit()

    def _tell(self, text: Message, *, role: str) -> None:
        say(self.reason, text=text)
        if self.reason.property("role") != role:
            self.reason.setProperty("role", role)
            self.reason.style().unpolish(self.reason)
            self.reason.style().polish(self.reason)
