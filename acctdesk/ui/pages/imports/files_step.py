"""The step of the files: all of them with their counts, or an invitation to bring some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import msg, nmsg
from acctdesk.ui.itemmodels.import_files import ImportFilesModel
from acctdesk.ui.pages.imports.files_view import FilesView
from acctdesk.ui.theme import Density, Theme
from acctdesk.ui.widgets.basics import Button, box, hairline, label, row
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.pages.imports.files import ImportFile


class FilesStep(QFrame):
    """A card with the list of files, and what can be done with the one under the keyboard."""

    add_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._theme = theme
        self.model = ImportFilesModel(self)
        self.view = FilesView(self.model, self)
        self.sums = label(role="caption")
        self.add = Button(msg("ImportFiles", "Add files…"), look="small", icon="plus")
        self.open = Button(msg("ImportFiles", "Open"), look="small", icon="arrow-right")
        self.remove = Button(msg("ImportFiles", "Take off the list"), look="small", icon="x")
        self.add.clicked.connect(self.add_wanted)
        self.open.clicked.connect(self._open)
        self.remove.clicked.connect(self._remove)
        whole, inside = box("inner", margins=(1, 0, 1, 1), spacing=0)
        title = label(msg("ImportFiles", "The files and what they would do"), "section")
        inside.addLayout(row(title, None, self.add, margins=(15, 12, 15, 10)))
        inside.addWidget(self.view, 1)
        inside.addWidget(hairline())
        foot = row(self.sums, None, self.remove, self.open, margins=(15, 8, 15, 8))
        inside.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(whole)
        self.view.moved.connect(self.refresh_buttons)
        theme.changed.connect(self._fit_rows)
        self._fit_rows()

    def show_files(self, files: list[ImportFile]) -> None:
        """Show the files as they stand now."""
        self.model.show_files(files)
        known = [one.shown for one in files if one.shown is not None]
        new = sum(one.created for one in known)
        updated = sum(one.updated for one in known)
        say(
            self.sums,
            text=nmsg(
                "ImportFiles",
                "{n} file · {new} new · {updated} updated",
                "{n} files · {new} new · {updated} updated",
                len(files),
                new=formats.number(new),
                updated=formats.number(updated),
            ),
        )
        self.refresh_buttons()

    @Slot()
    def refresh_buttons(self) -> None:
        """Allow what can be done with the file under the keyboard."""
        file = self.view.current()
        self.open.setEnabled(file is not None and file.refusal is None)
        self.remove.setEnabled(file is not None and not file.importing)

    @Slot()
    def _open(self) -> None:
        file = self.view.current()
        if file is not None:
            self.view.opened.emit(file)

    @Slot()
    def _remove(self) -> None:
        file = self.view.current()
        if file is not None:
            self.view.removed.emit(file)

    @Slot()
    def _fit_rows(self) -> None:
        self.view.set_row_height(52 if self._theme.density is Density.COMPACT else 60)
