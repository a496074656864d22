"""The brief before a visit: one A4 about a client, as it will be printed, to print or to save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.services.brief import Brief, brief
from acctdesk.ui.brief_page import brief_document, heading
from acctdesk.ui.dialogs.paper_dialog import PaperDialog

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

_TITLE = msg("Action", "Brief before a visit")


class BriefDialog(PaperDialog):
    """Asks for a client's brief and shows the sheet."""

    topic = "brief"

    def __init__(self, context: Context, parent: QWidget, *, client_id: int) -> None:
        super().__init__(context, parent, _TITLE)
        self.brief: Brief | None = None
        context.runner.ask(
            brief,
            client_id=client_id,
            today=context.today(),
            on_done=self._arrived,
            on_error=self._refused,
        )

    def _arrived(self, found: Brief) -> None:
        self.brief = found
        self.draw()

    @Slot()
    def draw(self) -> None:
        """Make the page."""
        if self.brief is not None:
            name = f"{_TITLE} {self.brief.client.name} {self.brief.as_of:%Y-%m-%d}"
            self.show_page(brief_document(self.brief), heading(self.brief), name=name)
