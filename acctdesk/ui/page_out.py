"""The way of one page out of its dialog: to a printer or into a PDF, and what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.text import file_stem
from acctdesk.ui import settings as remembered
from acctdesk.ui.choosing import choose_place
from acctdesk.ui.printing import PrintJob, save_pdf
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class PageOut(QObject):
    """Prints or saves the page that it was given; ``told`` says what became of it."""

    def __init__(self, context: Context, dialog: QWidget, told: QLabel) -> None:
        super().__init__(dialog)
        self._context = context
        self._dialog = dialog
        self._told = told
        self._document: QTextDocument | None = None
        self._heading: Message | str = ""
        self._name = ""

    def give(self, document: QTextDocument, heading: Message | str, *, name: str) -> None:
        """Take a page, what stands at its head, and how its file is to be called.

        The document is deleted when another one comes.
        """
        if self._document is not None:
            self._document.deleteLater()
        document.setParent(self)
        self._document, self._heading, self._name = document, heading, file_stem(name)

    @Slot()
    def print_page(self) -> None:
        """Ask for a printer and print the page."""
        if self._document is not None:
            PrintJob(self._document, self._heading, self._dialog).open()

    @Slot()
    def ask_where(self) -> None:
        """Ask where the PDF is to be written."""
        if self._document is not None:
            place = self._context.settings.folder() / f"{self._name}.pdf"
            title = msg("Window", "Save as PDF")
            choose_place(self._dialog, title, place, ["PDF (*.pdf)"], self.write_pdf)

    @Slot(str)
    def write_pdf(self, file: str) -> None:
        """Write the page to a PDF file, and say so."""
        path = Path(file)
        if self._document is None:
            return
        try:
            path.write_bytes(b"")  # Qt says nothing where it cannot write
            save_pdf(self._document, path, heading=str(self._heading))
        except OSError:
            say(
                self._told,
                text=msg(
                    "Brief",
                    "{name} could not be saved there. Choose another folder.",
                    name=path.name,
                ),
            )
            return
        self._context.settings.set(remembered.LAST_FOLDER, str(path.parent))
        say(self._told, text=msg("Window", "Saved: {name}", name=path.name))
