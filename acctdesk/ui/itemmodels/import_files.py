"""The files of an import as rows: name, what it holds, what it would do, where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.ui.itemmodels.import_words import KINDS, rows_words
from acctdesk.ui.itemmodels.rows import Index, RowsModel
from acctdesk.ui.painting import ChipKind

if TYPE_CHECKING:
    from acctdesk.ui.pages.imports.files import ImportFile

FILE = Qt.ItemDataRole.UserRole + 1  # the ImportFile of the row
NAME, NEW, UPDATED, SKIPPED, REFUSED, PROBLEMS, STATE = range(7)
COUNTS = {NEW: "created", UPDATED: "updated", SKIPPED: "skipped", REFUSED: "refused"}
STATES: dict[str, tuple[Message, ChipKind, str]] = {
    "reading": (msg("ImportFiles", "Reading"), "muted", "loader-2"),
    "ready": (msg("ImportFiles", "Ready"), "success", "check"),
    "look": (msg("ImportFiles", "Needs a look"), "warning", "alert-triangle"),
    "nothing": (msg("ImportFiles", "Nothing new"), "muted", "minus"),
    "refused": (msg("ImportFiles", "Not read"), "danger", "alert-circle"),
    "stopped": (msg("ImportFiles", "Stopped"), "warning", "x"),
    "waiting": (msg("ImportFiles", "Waits"), "muted", "clock"),
    "importing": (msg("ImportFiles", "Importing"), "accent", "loader-2"),
    "imported": (msg("ImportFiles", "Imported"), "success", "circle-check"),
}


class ImportFilesModel(RowsModel["ImportFile"]):
    """Shows the files of a batch."""

    headings = (
        msg("ImportFiles", "File"),
        msg("ImportFiles", "New"),
        msg("ImportFiles", "Updated"),
        msg("ImportFiles", "Left out"),
        msg("ImportFiles", "Refused"),
        msg("ImportFiles", "Problems"),
        msg("ImportFiles", "State"),
    )
    figures = range(NEW, STATE)

    def show_files(self, files: Sequence[ImportFile]) -> None:
        """Show other files; where they are the same, say them again."""
        if tuple(files) == self.rows:
            self.repeat()
        else:
            self.set_rows(files)

    def say_again(self, file: ImportFile) -> None:
        """Say one file again."""
        row = self.row_of(file)
        if row >= 0:
            self.dataChanged.emit(self.index(row, 0), self.index(row, STATE))

    def row_of(self, file: ImportFile | None) -> int:
        """Return the row of a file, -1 where it is not here."""
        return next((row for row, one in enumerate(self.rows) if one is file), -1)

    def words(self, row: ImportFile, column: int) -> str:
        """Return a cell's words."""
        if column == NAME:
            return " · ".join(part for part in (row.name, about(row)) if part)
        if column == STATE:
            return state_text(row)
        return count_text(row, column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return also the file behind a cell, and the cell with its heading."""
        file = self.row(index.row()) if index.isValid() else None
        if role == FILE:
            return file
        if role == Qt.ItemDataRole.AccessibleTextRole and file is not None:
            return f"{self.heading(index.column())}: {self.words(file, index.column())}"
        return super().data(index, role)


def count_text(file: ImportFile, column: int) -> str:
    """Return a figure of a file, a dash where it is not known."""
    result = file.shown
    if result is None:
        return formats.UNKNOWN
    if column == PROBLEMS:
        return formats.number(len(result.problems))
    return formats.number(getattr(result, COUNTS[column]))


def about(file: ImportFile) -> str:
    """Return what a file holds and where, or why it cannot be read."""
    said = file.refusal or file.failure
    if said is not None:
        return str(said)
    parts = []
    if file.found_kind is not None:
        parts.append(str(KINDS[file.found_kind]))
    elif file.trial is not None:
        parts.append(str(msg("ImportFiles", "Say what it holds")))
    if file.trial is not None:
        parts.append(str(rows_words(file.trial.rows)))
        if len(file.trial.sheets) == 1 and file.trial.sheets[0] not in {file.path.stem, ""}:
            parts.append(formats.quoted(file.trial.sheets[0]))
        elif len(file.trial.sheets) > 1:
            parts.append(str(msg("ImportFiles", "{n} sheets", n=len(file.trial.sheets))))
    return " · ".join(parts)


def state_text(file: ImportFile) -> str:
    """Return where a file stands, with the share done."""
    word = str(STATES[file.state.value][0])
    if file.state.value in {"reading", "importing"} and file.share > 0:
        return f"{word} {formats.percent(file.share)}"
    return word
