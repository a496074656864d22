"""The evidence of a target as it will be printed: dates and records, to print or to save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.services.attainment import AimStanding
from acctdesk.services.evidence import EvidencePart, evidence
from acctdesk.ui.evidence_page import evidence_document, heading
from acctdesk.ui.page_out import PageOut
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.paper import Paper
from acctdesk.ui.widgets.roomy import room_for
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

_TITLE = msg("Evidence", "Evidence from the records")
_AROUND = 2 * 24 + 16  # px beside the sheet: margins and a scroll bar


class EvidenceDialog(CalmDialog):
    """Asks for the records of a target's period and shows the sheet."""

    topic = "targets"

    def __init__(
        self, context: Context, parent: QWidget, standing: AimStanding, *, currency: str
    ) -> None:
        super().__init__(parent, _TITLE, width=560)
        self.context, self._standing, self._currency = context, standing, currency
        self.parts: tuple[EvidencePart, ...] | None = None
        self.paper = Paper(room_for(self).width() - _AROUND, self)
        say(self.paper, name=_TITLE)
        self.content.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignHCenter)
        self.told = label("", "caption", wrap=True)
        self.out = PageOut(context, self, self.told)
        self.add_foot(self.told)
        self._foot_layout.setStretch(0, 1)
        self.add_button(msg("Brief", "Close")).clicked.connect(self.accept)
        self.save = self.add_button(msg("Brief", "Save as PDF…"), icon="file-download")
        self.save.clicked.connect(self.out.ask_where)
        self.print = self.add_button(
            msg("Brief", "Print…"), look="primary", icon="printer", default=True
        )
        self.print.clicked.connect(self.out.print_page)
        for button in (self.print, self.save):
            button.setEnabled(False)
        self.finished.connect(self._let_go)
        bell().rung.connect(self._draw)
        self.paper.setFocus()
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
        for button in (self.save, self.print):
            button.setEnabled(True)
        self._draw()

    def _refused(self, error: Exception) -> None:
        self.context.messages.fail(error)
        self.reject()

    @Slot()
    def _draw(self) -> None:
        """Make the page: in the language of the moment, with or without amounts."""
        if self.parts is None:
            return
        document = evidence_document(self._standing, self.parts, self._currency)
        head = heading(self._standing)
        self.paper.show_document(document, heading=head)
        self.out.give(document, head, name=f"{head} {self._standing.as_of:%Y-%m-%d}")

    @Slot()
    def _let_go(self) -> None:
        bell().rung.disconnect(self._draw)
        self.paper.clear()
