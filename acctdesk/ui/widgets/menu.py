"""A menu at a point: words, and what each of them does."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from acctdesk.i18n import Message

Deed = tuple[Message | str, Callable[[], object]]


def open_menu(parent: QWidget, at: QPoint, lines: Iterable[Deed | QAction | None]) -> None:
    """Offer lines at a global point; an action of the program brings its own words; None parts.

    Words are shown as they are: an ``&`` of data is to be doubled by the caller.
    """
    menu = QMenu(parent)
    for line in lines:
        if line is None:
            menu.addSeparator()
        elif isinstance(line, QAction):
            menu.addAction(line)
        else:
            words, deed = line
            action = QAction(str(words), menu)
            action.triggered.connect(deed)
            menu.addAction(action)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
