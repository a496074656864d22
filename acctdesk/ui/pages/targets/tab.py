"""What every part of the Targets page is: loaded when it is shown, and again when touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from acctdesk.i18n import msg
from acctdesk.ui.pages.clients.book_profile import BookProfile
from acctdesk.ui.pages.speaker import Speaker
from acctdesk.ui.widgets.following_area import FollowingArea
from acctdesk.ui.widgets.states import StatePanel, what_to_do

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context


class Tab(Speaker):
    """Fill ``content`` and write ``load``; ``changed`` tells that what it can do is another."""

    changed = Signal()
    tables: ClassVar[tuple[str, ...]] = ()

    def __init__(self, context: Context, profile: BookProfile, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.profile = context, profile
        self._stale = True
        body = QWidget()
        body.setObjectName("content")
        self.content = QVBoxLayout(body)
        self.content.setContentsMargins(24, 12, 24, 16)
        self.content.setSpacing(12)
        area = FollowingArea(self)
        area.setWidget(body)
        self.failure = StatePanel("alert-triangle", self)
        self.failure.add_button(msg("Targets", "Try again")).clicked.connect(self.load)
        self.states = QStackedWidget(self)
        self.states.addWidget(area)
        self.states.addWidget(self.failure)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.states)

    def open(self) -> None:
        """Load what is not loaded, or was touched while another part was in front."""
        if self._stale:
            self._stale = False
            self.load()

    def touch(self, changes: ChangeSet) -> None:
        """Fetch again what a change touches: now, or when it comes to the front."""
        if changes.touches(*self.tables):
            self.forget()

    def forget(self) -> None:
        """Fetch everything again."""
        self._stale = True
        if self.isVisible():
            self.open()

    @Slot()
    def load(self) -> None:
        """Ask the book."""
        raise NotImplementedError

    def print_document(self) -> QTextDocument | None:
        """Return what Ctrl+P prints."""
        return None

    def first_focus(self) -> None:
        """Put the keyboard where work begins."""

    def arrived(self) -> None:
        """Show the content again after a failure."""
        self.states.setCurrentIndex(0)

    def failed(self, error: Exception) -> None:
        """Say that nothing could be read."""
        self.failure.show_words(msg("Targets", "The targets could not be read"), what_to_do(error))
        self.states.setCurrentWidget(self.failure)
