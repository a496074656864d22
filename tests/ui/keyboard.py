"""A keyboard for tests: real key events to whatever has the focus, in Latin or in Greek layout."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

# which letter the key of a Latin one writes on a Greek keyboard
GREEK = dict(zip("ABCDEFGHIJKLMNOPRSTUVXYZ", "ΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΡΣΤΘΩΧΥΖ", strict=True))
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Keyboard:
    """Presses keys as the system would: the window at hand gets them, shortcuts come first.

    ``settle`` is called after each key: it waits for what the key has begun. In the Greek
    ``layout`` a shortcut is pressed by its key, which then is a Greek letter.
    """

    def __init__(self, settle: Callable[[], None], *, greek: bool = False) -> None:
        self._settle = settle
        self.greek = greek

    @property
    def window(self) -> QWindow:
        """The window that gets the keys."""
        window = _window_at_hand()
        assert window is not None, "no window is left"
        return window

    @property
    def held(self) -> QWidget:
        """The widget that has the keyboard."""
        assert self.window.isActive()
        popup = QApplication.activePopupWidget()
        widget = (popup.focusWidget() or popup) if popup else QApplication.focusWidget()
        assert widget is not None, "nothing in the window has the keyboard"
        return widget

    def press(self, keys: str, times: int = 1) -> None:
        """Press keys as they are written in the menus, e.g. ``Ctrl+Shift+I`` or ``Tab``."""
        combination: QKeyCombination = QKeySequence(keys)[0]  # type: ignore[index]
        code, modifiers = combination.key().value, combination.keyboardModifiers()
        letter = chr(code) if code < 0x10000 else ""  # else one of Tab, F1, Left, ...
        if self.greek and letter in GREEK:
            letter = GREEK[letter]
            code = ord(letter)
        text = ""
        if modifiers & ~SHIFT == NONE:
            text = letter if modifiers & SHIFT else letter.lower()
        for _ in range(times):
            self._click(code, modifiers, text)

    def type(self, text: str) -> None:
        """Type a text of any script, key by key."""
        for letter in text:
            plain = unicodedata.normalize("NFD", letter)[0].upper()
            shifted = letter != letter.lower()
            self._click(ord(plain), SHIFT if shifted else NONE, letter)

    def _click(self, code: int, modifiers: Qt.KeyboardModifier, text: str) -> None:
        for down in (True, False):
            window = _window_at_hand()
            if window is not None:  # the key pressed may have closed the last one
                QTest.simulateEvent(window, down, code, modifiers, text, False)
        self._settle()
        if _window_at_hand() is not None:
            held = self.held
            assert held.isVisible(), f"{held} has the keyboard and is not shown"
            assert held.isEnabled(), f"{held} has the keyboard and takes none"


def _window_at_hand() -> QWindow | None:
    """Return the window with the keyboard; where one was closed, that is the one behind it."""
    window: QWindow | None = QGuiApplication.focusWindow() or None
    if window is None or not window.isVisible():  # one that is closing holds the focus a while
        window = None
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        behind = QApplication.activeModalWidget() or next(iter(shown), None)
        if behind is not None:  # any system would give it the keyboard
            behind.activateWindow()
            QApplication.processEvents()
            window = behind.windowHandle()
    return window
