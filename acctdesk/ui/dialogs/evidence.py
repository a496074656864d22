"""The evidence of a target as it will be printed: dates and records, to print or to save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.services.attainment import AimStanding
from acctdesk.services.evidence import EvidencePart, evidence
from acctdesk.ui.dialogs.paper_dialog import PaperDialog
from acctdesk.ui.evidence_page import evidence_document, heading

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class EvidenceDialog(PaperDialog):
    """Asks for the records of a target's period and shows the sheet."""

    topic = "targets"

    def __init__(
        self, context: Context, parent: QWidget, standing: AimStanding, *, currency: str
    ) -> None:
        super().__init__(context, parent, msg("Evidence", "Evidence from the records"))
        self._standing, self._currency = standing, currency
        self.parts: tuple[EvidencePart, ...] | None = None
        context.runner.ask(
            evidence,
            scope=standing.aim.scope,
            period=standing.aim.period,
            as_of=standing.as_of,
            on_done=self._arrived,
            on_error=self._refused,
        )

    def _arrived(self, found: tuple[EvidencePart, ...]) -> None:
        self.parts = found
        self.draw()

    @Slot()
    def draw(self) -> None:
        """Make the page."""
        if self.parts is not None:
            document = evidence_document(self._standing, self.parts, self._currency)
            head = heading(self._standing)
            self.show_page(document, head, name=f"{head} {self._standing.as_of:%Y-%m-%d}")
