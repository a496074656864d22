"""How screens hear that the book changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class ChangeBus(QObject):
    """One signal for every change: a ``ChangeSet`` and whoever asked for it (or None).

    Told on the GUI thread, after the change is committed. A screen asks the change set whether
    it touches what it shows, and fetches again.
    """

    changed = Signal(object, object)
