"""The brief before a visit: one A4 about a client, as it will be printed, to print or to save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.services.brief import Brief, brief
from acctdesk.text import file_stem
from acctdesk.ui import settings as remembered
from acctdesk.ui.brief_page import brief_document, heading
from acctdesk.ui.choosing import choose_place
from acctdesk.ui.printing import PrintJob, save_pdf
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
        self._document: QTextDocument | None = None
        self.paper = Paper(room_for(self).width() - _AROUND, self)
        say(self.paper, name=_TITLE)
        self.content.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignHCenter)
        self.told = label("", "caption", wrap=True)
        self.add_foot(self.told)
        self._foot_layout.setStretch(0, 1)
        close = self.add_button(msg("Brief", "Close"))
        close.clicked.connect(self.accept)
        self.save = self.add_button(msg("Brief", "Save as PDF…"), icon="file-download")
        self.save.clicked.connect(self.ask_where)
        self.print = self.add_button(
            msg("Brief", "Print…"), look="primary", icon="printer", default=True
        )
        self.print.clicked.connect(self.print_page)
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
        if self._document is not None:
            self._document.deleteLater()
        self._document = brief_document(self.brief)
        self.paper.show_document(self._document, heading=str(heading(self.brief)))

    @Slot()
    def _let_go(self) -> None:
        bell().rung.disconnect(self._draw)
        self.paper.clear()

    @Slot()
    def print_page(self) -> None:
        """Ask for a printer and print the page."""
        if self.brief is not None and self._document is not None:
            PrintJob(self._document, heading(self.brief), self).open()

    @Slot()
    def ask_where(self) -> None:
        """Ask where the PDF is to be written."""
        if self.brief is None:
            return
        title = file_stem(f"{_TITLE} {self.brief.client.name} {self.brief.as_of:%Y-%m-%d}")
        place = self.context.settings.folder() / f"{title}.pdf"
        choose_place(self, msg("Window", "Save as PDF"), place, ["PDF (*.pdf)"], self.write_pdf)

    @Slot(str)
    def write_pdf(self, file: str) -> None:
        """Write the page to a PDF file, and say so."""
        path = Path(file)
        if self.brief is None or self._document is None:
            return
        try:
            path.write_bytes(b"")  # Qt says nothing where it cannot write
            save_pdf(self._document, path, heading=str(heading(self.brief)))
        except OSError:
            say(
                self.told,
                text=msg(
                    "Brief",
                    "{name} could not be saved there. Choose another folder.",
                    name=path.name,
                ),
            )
            return
        self.context.settings.set(remembered.LAST_FOLDER, str(path.parent))
        say(self.told, text=msg("Window", "Saved: {name}", name=path.name))
