"""A short message at the foot of the window: one at a time, six seconds, F6 reaches it."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from acctdesk.i18n import msg
from acctdesk.ui.messages import Toast, Tone
from acctdesk.ui.widgets.basics import Button, IconLabel, icon_button, label, row
from acctdesk.ui.words import say

SHOWN_MS = 6000
MAX_WIDTH = 560


class ToastBar(QFrame):
    """The toast of a window; a new one takes the place of the last."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._toast: Toast | None = None
        self._before: QWidget | None = None  # where the keyboard was before F6
        self._icon = IconLabel("circle-check", "success", 20)
        self._text = label(wrap=True)
        self._action = Button(look="link")
        self._more = Button(look="link")
        self._close = icon_button("x", msg("Toast", "Close the message"))
        self._action.clicked.connect(self._run)
        self._more.clicked.connect(self._run_more)
        self._close.clicked.connect(self.dismiss)
        layout = row(
            self._icon, self._text, self._more, self._action, self._close,
            spacing=10, margins=(14, 6, 6, 6),
        )  # fmt: skip
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.dismiss)
        for button in (self._more, self._action, self._close):
            button.installEventFilter(self)
        self.hide()

    @property
    def toast(self) -> Toast | None:
        """Return what is being told."""
        return None if self.isHidden() else self._toast

    @Slot(object)
    def tell(self, toast: Toast) -> None:
        """Show a toast for six seconds, longer while pointer or focus is on it."""
        self._toast = toast
        refused = toast.tone is Tone.REFUSED
        self._icon.set_icon(
            "alert-circle" if refused else "circle-check", "danger" if refused else "success"
        )
        say(self._text, text=toast.text)
        say(self, name=toast.text)
        for button, action in ((self._action, toast.action), (self._more, toast.more)):
            button.setVisible(action is not None)
            if action is not None:
                say(button, text=action.text, name=action.text)
        self.show()
        self.raise_()
        self.place()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def place(self) -> None:
        """Stand in the middle above the foot of the window."""
        parent = self.parentWidget()
        if parent is None:
            return
        self._text.setWordWrap(False)
        wide = min(MAX_WIDTH, parent.width() - 48, self.sizeHint().width())
        self._text.setWordWrap(True)
        high = max(44, self.heightForWidth(wide))
        left = (parent.width() - wide) // 2
        self.setGeometry(QRect(left, parent.height() - high - 24, wide, high))

    def take_focus(self) -> bool:
        """Put the focus on the toast's button; False where no toast is shown."""
        if self.toast is None:
            return False
        self._timer.stop()
        if not self.isAncestorOf(self.window().focusWidget() or self):
            self._before = self.window().focusWidget()
        button = self._action if self._action.isVisibleTo(self) else self._close
        button.setFocus()
        return True

    @Slot()
    def dismiss(self) -> None:
        """Take the toast away."""
        self._timer.stop()
        if not self.isHidden():
            held = self.isAncestorOf(self.window().focusWidget() or self)
            before, self._before = self._before, None
            if held and before is not None and shiboken6.isValid(before) and before.isVisible():
                before.setFocus()
            self.hide()
            self._toast = None
            self.closed.emit()

    @Slot()
    def _run(self) -> None:
        toast = self._toast
        self.dismiss()
        if toast is not None and toast.action is not None:
            toast.action.run()

    @Slot()
    def _run_more(self) -> None:
        toast = self._toast
        self.dismiss()
        if toast is not None and toast.more is not None:
            toast.more.run()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while the pointer is here."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go on counting when the pointer leaves."""
        if self.toast is not None:
            self._timer.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Wait while a button has the focus."""
        if isinstance(event, QFocusEvent):
            if event.gotFocus():
                self._timer.stop()
            elif self.toast is not None:
                self._timer.start()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)
