"""Which key was pressed: a shortcut is its key, whichever letter the layout writes on it.

Windows, macOS and X11 tell Qt both letters of a key, and Qt finds the shortcut by itself. Where
the system tells the Greek one alone, the key press comes to the window unanswered and is read here.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

_LATIN = dict(zip("ΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΡΣΤΘΩΧΥΖ", "ABCDEFGHIJKLMNOPRSTUVXYZ", strict=True))


def latin_key(event: QKeyEvent) -> int:
    """Return the code of the key pressed (Qt.Key); that of a Greek letter as its Latin one."""
    code = event.key()
    letter = chr(code) if 0 < code < 0x10000 else event.text().upper()
    return ord(_LATIN[letter]) if letter in _LATIN else code


def leaves_letter(event: QKeyEvent) -> bool:
    """Leave a typed letter to the window; True where this event is one.

    A list of Qt would search its rows for it, all 100,000 of them, and hide it from the window.
    """
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    letter = event.text().strip().isprintable() and bool(event.text().strip())
    if not letter or modifiers != Qt.KeyboardModifier.NoModifier:
        return False
    event.ignore()
    return True


def action_of(actions: Iterable[QAction], event: QKeyEvent) -> QAction | None:
    """Return the enabled action whose shortcut a Greek letter's key means; None for other keys."""
    key = latin_key(event)
    if key == event.key():
        return None
    pressed = QKeySequence(QKeyCombination(event.modifiers(), Qt.Key(key)))
    return next((one for one in actions if one.isEnabled() and pressed in one.shortcuts()), None)
