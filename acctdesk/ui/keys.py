"""Keys of a Greek keyboard: a shortcut is its key, whichever letter the layout writes on it.

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


def action_of(actions: Iterable[QAction], event: QKeyEvent) -> QAction | None:
    """Return the enabled action whose shortcut a Greek letter's key means; None for other keys."""
    key = latin_key(event)
    if key == event.key():
        return None
    pressed = QKeySequence(QKeyCombination(event.modifiers(), Qt.Key(key)))
    return next((one for one in actions if one.isEnabled() and pressed in one.shortcuts()), None)
