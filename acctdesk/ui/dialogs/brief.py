"""The brief before a visit: one A4 about a client, as it will be printed, to print or to save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.services.brief import Brief, brief
from acctdesk.ui.brief_page import brief_document, heading
from acctdesk.ui.page_out import PageOut
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.paper import Paper
from acctdesk.ui.widgets.roomy import room_for
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

_TITLE = msg("Action", "Brief before a visit")
_AROUND = 2 * 24 + 16  # px beside the sheet: margins and a scroll bar


class BriefDialog(CalmDialog):
    """Asks for a client's brief and shows the sheet."""

    topic = "brief"

    def __init__(self, context: Context, parent: QWidget, *, client_id: int) -> None:
        super().__init__(parent, _TITLE, width=560)
        self.context = context
        self.brief: Brief | None = None
        self.paper = Paper(room_for(self).width() - _AROUND, self)
        say(self.paper, name=_TITLE)
        self.content.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignHCenter)
        self.told = label("", "caption", wrap=True)
        self.out = PageOut(context, self, self.told)
        self.add_foot(self.told)
        self._foot_layout.setStretch(0, 1)
        close = self.add_button(msg("Brief", "Close"))
        close.clicked.connect(self.accept)
        self.save = self.add_button(msg("Brief", "Save as PDF…"), icon="file-download")
        self.save.clicked.connect(self.out.ask_where)
        self.print = self.add_button(
            msg("Brief", "Print…"), look="primary", icon="printer", default=True
        )
        self.print.clicked.connect(self.out.print_page)
        for button, action in ((self.print, "file.print"), (self.save, "file.pdf")):
            button.setEnabled(False)
            own = QAction(self)  # the window's own answers for its page
            own.setShortcuts(context.actions[action].shortcuts())
            own.triggered.connect(button.click)
            self.addAction(own)
        self.finished.connect(self._let_go)
        bell().rung.connect(self._draw)
        self.paper.setFocus()
        context.runner.ask(
            brief,
            client_id=client_id,
            today=context.today(),
            on_done=self._arrived,
            on_error=self._refused,
        )

    def _arrived(self, found: Brief) -> None:
        self.brief = found
        for button in (self.save, self.print):
            button.setEnabled(True)
        self._draw()

    def _refused(self, error: Exception) -> None:
        self.context.messages.fail(error)
        self.reject()

    @Slot()
    def _draw(self) -> None:
        """Make the page: in the language of the moment, with or without amounts."""
        if self.brief is None:
            return
        document = brief_document(self.brief)
        name = f"{_TITLE} {self.brief.client.name} {self.brief.as_of:%Y-%m-%d}"
        self.paper.show_document(document, heading=str(heading(self.brief)))
        self.out.give(document, heading(self.brief), name=name)

    @Slot()
    def _let_go(self) -> None:
        bell().rung.disconnect(self._draw)
        self.paper.clear()
