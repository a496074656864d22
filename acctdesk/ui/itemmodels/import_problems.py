"""The problems of a file, those that say the same together: what, where, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from acctdesk import formats
from acctdesk.exchange.fields import field_title
from acctdesk.exchange.problem_list import OUTCOMES
from acctdesk.i18n import msg, nmsg
from acctdesk.kinds import ProblemOutcome, RecordKind
from acctdesk.ui.itemmodels.import_words import month_words

if TYPE_CHECKING:
    from acctdesk.exchange.trial import ProblemGroup

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
GROUP = Qt.ItemDataRole.UserRole + 1  # the ProblemGroup of the row
LINE = Qt.ItemDataRole.UserRole + 2  # its ProblemLine
O = ProblemOutcome  # noqa: E741

NEEDS_YOU = frozenset({O.KEPT, O.EMPTIED})
MENDED = frozenset({O.RESTORED, O.MERGED, O.CREATED})
KNOW = frozenset({O.STATED, O.WAITING})
FILTERS: dict[str, frozenset[ProblemOutcome]] = {
    "all": frozenset(ProblemOutcome),
    "refused": frozenset({O.REFUSED}),
    "needs_you": NEEDS_YOU,
    "mended": MENDED,
    "know": KNOW,
}
_LOOKS: dict[ProblemOutcome, tuple[str, str]] = {
    O.RESTORED: ("wand", "success"),
    O.MERGED: ("git-merge", "success"),
    O.CREATED: ("plus", "success"),
    O.KEPT: ("alert-triangle", "warning"),
    O.EMPTIED: ("alert-triangle", "warning"),
    O.WAITING: ("clock", "info"),
    O.STATED: ("info-circle", "muted"),
    O.REFUSED: ("alert-circle", "danger"),
}
# what needs the officer stands first
_RANK = {O.REFUSED: 0, O.KEPT: 1, O.EMPTIED: 1, O.WAITING: 2, O.STATED: 2}
_ROWS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """The words of a row: ``title`` names field and value, ``rows`` where it stands."""

    icon: str
    ink: str
    title: str
    sentence: str
    sentence_ink: str
    rows: str
    place: str  # sheet and record, for the wide list


class ImportProblemsModel(QAbstractListModel):
    """Shows problem groups: all of them, or those of one filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind = RecordKind.CLIENTS
        self._groups: tuple[ProblemGroup, ...] = ()
        self._shown: list[ProblemGroup] = []
        self._filter = "all"
        self._lines: dict[int, ProblemLine] = {}

    def show_groups(self, kind: RecordKind, groups: Sequence[ProblemGroup]) -> None:
        """Show the problems of a file that holds ``kind``."""
        if tuple(groups) != self._groups or kind is not self._kind:
            self._kind, self._groups = kind, tuple(groups)
            self._arrange()

    def show_only(self, key: str) -> None:
        """Show the problems of one filter of FILTERS."""
        if key != self._filter:
            self._filter = key
            self._arrange()

    def count(self, key: str = "all") -> int:
        """Return how many problems a filter would show, each row of the file counted."""
        return sum(one.count for one in self._groups if one.first.done in FILTERS[key])

    def repeat(self) -> None:
        """Say everything again in the current language."""
        self._lines.clear()
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))

    def _arrange(self) -> None:
        self.beginResetModel()
        wanted = FILTERS[self._filter]
        some = [one for one in self._groups if one.first.done in wanted]
        self._shown = sorted(some, key=lambda one: _RANK.get(one.first.done, 3))
        self._lines.clear()
        self.endResetModel()

    # -- Qt's questions

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a line's words, or what is behind it."""
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        group = self._shown[index.row()]
        if role == GROUP:
            return group
        if role == LINE:
            return self._line(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            line = self._line(index.row())
            outcome = str(OUTCOMES[group.first.done])
            return f"{outcome}: {line.title}. {line.sentence} {line.rows}"
        return None

    def _line(self, row: int) -> ProblemLine:
        line = self._lines.get(row)
        if line is None:
            line = self._lines[row] = _line_of(self._shown[row], self._kind)
        return line


def rows_text(group: ProblemGroup, most: int = _ROWS_SHOWN) -> str:
    """Return the rows of a group: row 7, 41."""
    rows = [row for _, row in group.places]
    shown = ", ".join(map(str, rows[:most]))
    if len(rows) > most:
        return str(
            msg("ImportPage", "rows {rows} and {more} more", rows=shown, more=len(rows) - most)
        )
    return str(nmsg("ImportPage", "row {rows}", "rows {rows}", len(rows), rows=shown))


def _line_of(group: ProblemGroup, kind: RecordKind) -> ProblemLine:
    first = group.first
    icon, ink = _LOOKS[first.done]
    field = str(month_words(first.field) or field_title(kind, first.field))
    value = " ".join(first.value.split())
    title = (
        f"{field} {formats.quoted(value)}"
        if value
        else str(msg("ImportPage", "{field}: empty", field=field))
    )
    sheets = list(dict.fromkeys(sheet for sheet, _ in group.places))
    records = [first.record] if first.record and group.count == 1 else []
    return ProblemLine(
        icon=icon,
        ink=ink,
        title=title,
        sentence=str(first.what),
        sentence_ink=ink if ink in {"warning", "danger"} else "muted",
        rows=rows_text(group),
        place=" · ".join([*sheets[:2], *records]),
    )
