"""What a page and a tab of a page share: they say themselves anew when words or amounts change."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk.ui.behind import MayStandBehind, when_seen
from acctdesk.ui.words import bell


class Speaker(MayStandBehind):
    """Says what it holds when answers come, and when the language or privacy has changed.

    One that stands behind another does so when it comes forward, once.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        bell().rung.connect(self.say_anew)

    @Slot()
    @when_seen
    def say_anew(self) -> None:
        """Say everything again; to be called whenever an answer has come."""
        self.speak()

    def speak(self) -> None:
        """Show what is held, in words of the moment; those given as a Message follow anyway."""
