"""The files of an import as rows: name, what it holds, what it would do, where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.ui.itemmodels.import_words import KINDS, rows_words
from acctdesk.ui.painting import ChipKind

if TYPE_CHECKING:
    from acctdesk.ui.pages.imports.files import ImportFile

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
FILE = Qt.ItemDataRole.UserRole + 1  # the ImportFile of the row
NAME, NEW, UPDATED, SKIPPED, REFUSED, PROBLEMS, STATE = range(7)
COUNTS = {NEW: "created", UPDATED: "updated", SKIPPED: "skipped", REFUSED: "refused"}
_HEADINGS: tuple[Message, ...] = (
    msg("ImportFiles", "File"),
    msg("ImportFiles", "New"),
    msg("ImportFiles", "Updated"),
    msg("ImportFiles", "Left out"),
    msg("ImportFiles", "Refused"),
    msg("ImportFiles", "Problems"),
    msg("ImportFiles", "State"),
)
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


class ImportFilesModel(QAbstractTableModel):
    """Shows the files of a batch."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: list[ImportFile] = []

    def show_files(self, files: Sequence[ImportFile]) -> None:
        """Show other files; where they are the same, say them again."""
        if list(files) == self._files:
            self.repeat()
            return
        self.beginResetModel()
        self._files = list(files)
        self.endResetModel()

    def repeat(self, file: ImportFile | None = None) -> None:
        """Say a file, or everything, again."""
        if file is not None and file in self._files:
            row = self._files.index(file)
            self.dataChanged.emit(self.index(row, 0), self.index(row, STATE))
        elif self._files:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._files) - 1, STATE))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, STATE)

    def file(self, row: int) -> ImportFile | None:
        """Return the file of a row."""
        return self._files[row] if 0 <= row < len(self._files) else None

    def row_of(self, file: ImportFile | None) -> int:
        """Return the row of a file, -1 where it is not here."""
        return next((row for row, one in enumerate(self._files) if one is file), -1)

    # -- Qt's questions

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many files there are."""
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return seven."""
        return 0 if parent.isValid() else len(_HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words, or the file behind it."""
        file = self.file(index.row()) if index.isValid() else None
        if file is None:
            return None
        if role == FILE:
            return file
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(file, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = str(_HEADINGS[index.column()])
            return f"{heading}: {self._text(file, index.column())}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a heading or its side."""
        across = orientation == Qt.Orientation.Horizontal
        if not across or not 0 <= section < len(_HEADINGS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(_HEADINGS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return None

    def _text(self, file: ImportFile, column: int) -> str:
        if column == NAME:
            return " · ".join(part for part in (file.name, about(file)) if part)
        if column == STATE:
            return state_text(file)
        return count_text(file, column)


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
            parts.append(f"«{file.trial.sheets[0]}»")
        elif len(file.trial.sheets) > 1:
            parts.append(str(msg("ImportFiles", "{n} sheets", n=len(file.trial.sheets))))
    return " · ".join(parts)


def state_text(file: ImportFile) -> str:
    """Return where a file stands, with the share done."""
    word = str(STATES[file.state.value][0])
    if file.state.value in {"reading", "importing"} and file.share > 0:
        return f"{word} {formats.percent(file.share)}"
    return word


def _side(column: int) -> Qt.AlignmentFlag:
    right = NEW <= column <= PROBLEMS
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
