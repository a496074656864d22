"""Which key was pressed: a shortcut is its key, whichever letter the layout writes on it.

Windows, macOS and X11 tell Qt both letters of a key, and Qt finds the shortcut by itself. Where
the system tells the Greek one alone, the key press comes to the window unanswered and is read here.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelectionModel, QKeyCombination, QRect, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

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


def select_current(view: QAbstractItemView) -> None:
    """Mark the row at which the keyboard arrives: Qt makes one current without selecting it."""
    chosen, index = view.selectionModel(), view.currentIndex()
    if index.isValid() and not chosen.isSelected(index):
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        if view.selectionBehavior() is QAbstractItemView.SelectionBehavior.SelectRows:
            flag |= QItemSelectionModel.SelectionFlag.Rows
        chosen.select(index, flag)


def action_of(actions: Iterable[QAction], event: QKeyEvent) -> QAction | None:
    """Return the enabled action whose shortcut a Greek letter's key means; None for other keys."""
    key = latin_key(event)
    if key == event.key():
        return None
    pressed = QKeySequence(QKeyCombination(event.modifiers(), Qt.Key(key)))
    return next((one for one in actions if one.isEnabled() and pressed in one.shortcuts()), None)


def answer(window: QWidget, event: QKeyEvent) -> bool:
    """Answer a key that nothing in a window took; False where it means nothing here either.

    It is a shortcut in Greek letters, or the Menu key and Shift+F10, which not every system
    turns into a menu.
    """
    shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    if event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and shift):
        QTimer.singleShot(0, window, _open_menu)  # after the system, where that opens one
        return True
    action = action_of(window.actions(), event)
    if action is not None:
        action.trigger()
    return action is not None


def _open_menu() -> None:
    held = QApplication.focusWidget()
    if held is None or QApplication.activePopupWidget() is not None:
        return
    cursor: QRect = held.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    place = cursor.center()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(held, QContextMenuEvent(reason, place, held.mapToGlobal(place)))
