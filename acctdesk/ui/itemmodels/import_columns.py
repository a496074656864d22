"""The columns of a file as rows: what stands in each, what it means, how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from acctdesk import formats
from acctdesk.exchange.fields import field_title, fields_of
from acctdesk.i18n import Message, msg
from acctdesk.kinds import RecordKind
from acctdesk.ui.itemmodels.import_words import month_words
from acctdesk.ui.itemmodels.rows import Index, RowsModel

if TYPE_CHECKING:
    from acctdesk.exchange.columns import ColumnMap, Mapping

COLUMN = Qt.ItemDataRole.UserRole + 1  # the ColumnMap of the row
TITLE = Qt.ItemDataRole.UserRole + 2  # the words of its field
LETTER, HEADING, FIELD, CERTAINTY = range(4)
NOT_IMPORTED = msg("ImportPage", "— not imported —")
CERTAIN = 0.8


def is_doubtful(column: ColumnMap) -> bool:
    """Tell whether the officer should look at what a column is taken for."""
    return column.field is not None and column.confidence < CERTAIN


def field_words(kind: RecordKind, key: str | None) -> Message:
    """Return what the officer calls a field; a column of one month by the month's name."""
    if key is None:
        return NOT_IMPORTED
    return month_words(key) or field_title(kind, key)


def choices(mapping: Mapping) -> list[tuple[str | None, Message]]:
    """Return every meaning that a column of this file can have, "not imported" first."""
    found: list[tuple[str | None, Message]] = [(None, NOT_IMPORTED)]
    found += [(field.key, field.title) for field in fields_of(mapping.kind)]
    if mapping.kind is RecordKind.TARGETS:
        keys = {f"month:{month:02d}" for month in range(1, 13)}
        have = {column.field or "" for column in mapping.columns}
        dated = {key for key in have if key.startswith(("month:", "year:"))}
        keys = dated if dated and not dated & keys else keys | dated
        found += [(key, field_words(mapping.kind, key)) for key in sorted(keys)]
    return found


class ImportColumnsModel(RowsModel["ColumnMap"]):
    """Shows a Mapping. Choosing a field only tells ``chosen``: column index and field key."""

    headings = (
        None,
        msg("ImportPage", "Column of the file and samples"),
        msg("ImportPage", "Field"),
        msg("ImportPage", "Certainty"),
    )
    chosen = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mapping: Mapping | None = None

    @property
    def mapping(self) -> Mapping | None:
        """The mapping shown."""
        return self._mapping

    def show_mapping(self, mapping: Mapping | None) -> None:
        """Show another mapping; rows stay where only their meaning changed."""
        columns = () if mapping is None else tuple(filter(_says_something, mapping.columns))
        same = [one.index for one in columns] == [one.index for one in self.rows]
        if same and mapping is not None and self._mapping is not None:
            self._mapping, self.rows = mapping, columns
            if columns:
                self.dataChanged.emit(self.index(0, 0), self.index(len(columns) - 1, CERTAINTY))
            return
        self.beginResetModel()
        self._mapping, self.rows = mapping, columns
        self.endResetModel()

    def counts(self) -> tuple[int, int, int]:
        """Return how many columns are certain, to look at, and left out."""
        used = [one for one in self.rows if one.field is not None]
        doubtful = sum(is_doubtful(one) for one in used)
        return len(used) - doubtful, doubtful, len(self.rows) - len(used)

    def first_doubtful(self) -> int:
        """Return the row that needs the officer first, 0 where none does."""
        return next((row for row, one in enumerate(self.rows) if is_doubtful(one)), 0)

    # -- Qt's questions

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a field can be chosen."""
        flags = super().flags(index)
        if index.isValid() and index.column() == FIELD:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words, or the column behind it."""
        column = self.row(index.row()) if index.isValid() else None
        if column is None or self._mapping is None:
            return None
        kind = self._mapping.kind
        if role == COLUMN:
            return column
        if role == TITLE:
            return str(field_words(kind, column.field))
        if role == Qt.ItemDataRole.EditRole and index.column() == FIELD:
            return column.field
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(column, index.column())
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell the choice; the row changes when the mapping does."""
        column = self.row(index.row()) if index.isValid() else None
        if column is not None and role == Qt.ItemDataRole.EditRole and index.column() == FIELD:
            key = value if isinstance(value, str) and value else None
            if key != column.field:
                self.chosen.emit(column.index, key)
        return False

    def words(self, row: ColumnMap, column: int) -> str:
        """Return a cell's words."""
        assert self._mapping is not None
        if column == LETTER:
            return row.letter
        if column == HEADING:
            return " · ".join((row.heading, *row.samples))
        if column == FIELD:
            return str(field_words(self._mapping.kind, row.field))
        return certainty_text(row)

    def _spoken(self, column: ColumnMap, place: int) -> str:
        assert self._mapping is not None
        title = field_words(self._mapping.kind, column.field)
        if place == FIELD:
            return str(
                msg(
                    "ImportPage",
                    "Column {letter}, {heading}: {field}",
                    letter=column.letter,
                    heading=column.heading or "—",
                    field=title,
                )
            )
        return self.words(column, place)


def certainty_text(column: ColumnMap) -> str:
    """Return how sure a column's meaning is and why: 98 %, heading and values."""
    if column.field is None:
        return str(column.reason)
    return f"{formats.percent(column.confidence)} · {column.reason}"


def _says_something(column: ColumnMap) -> bool:
    return bool(column.heading or column.samples or column.field)
