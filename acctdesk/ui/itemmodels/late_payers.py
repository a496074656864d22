"""The clients with invoices past due: what a line says of one, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QModelIndex, Qt

from acctdesk import formats
from acctdesk.i18n import Message, msg, ntr, tr
from acctdesk.services.habits import LatePayer
from acctdesk.services.rows import TaskRow
from acctdesk.ui.itemmodels.rows import Index, RowsModel
from acctdesk.ui.privacy import shown_name

CLIENT, OVERDUE, OLDEST, HABIT, SIGN, STEP = range(6)
_ROOT = QModelIndex()


class LatePayersModel(RowsModel[LatePayer]):
    """Shows LatePayers; ``steps`` are their next steps by client."""

    headings: ClassVar[Sequence[Message | None]] = (
        msg("Receivables", "Client"),
        msg("Receivables", "Overdue"),
        msg("Receivables", "Oldest"),
        msg("Receivables", "Pays usually / 8 of 10"),
        msg("Receivables", "Beside its habit"),
        msg("Receivables", "Next step"),
    )
    figures = (OVERDUE,)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.steps: dict[int, TaskRow] = {}
        self.disputed: dict[int, int] = {}

    def show(
        self,
        rows: Sequence[LatePayer],
        steps: dict[int, TaskRow],
        disputed: dict[int, int],
    ) -> None:
        """Show other clients, their next steps, and what of each is in dispute."""
        self.steps, self.disputed = steps, disputed
        self.set_rows(rows)

    def place_of(self, client_id: int | None) -> int | None:
        """Return the line of a client, None where it is not shown."""
        return next((n for n, row in enumerate(self.rows) if row.client_id == client_id), None)

    def client_at(self, line: int) -> int | None:
        """Return the client of a line, None outside."""
        row = self.row(line)
        return None if row is None else row.client_id

    def in_full(self, line: int) -> str:
        """Return all that a line says, with the invoices beyond the habit."""
        row = self.row(line)
        if row is None:
            return ""
        cells = (
            f"{self.heading(one)}: {self.words(row, one)}" for one in range(len(self.headings))
        )
        beyond = f" ({', '.join(row.beyond)})" if row.beyond else ""
        return ". ".join(cells) + beyond

    def words(self, row: LatePayer, column: int) -> str:
        """Return what a cell says."""
        if column == CLIENT:
            name = shown_name(row.name, row.client_id)
            return f"{name}, {row.city}" if row.city else name
        if column == OVERDUE:
            return formats.amount(row.overdue_minor, cents=False)
        if column == OLDEST:
            return days(row.oldest_days)
        if column == HABIT:
            return habit(row)
        if column == SIGN:
            return self.sign(row) or tr("Receivables", "within its habit")
        return step(self.steps.get(row.client_id))

    def sign(self, row: LatePayer) -> str:
        """Return what stands against asking for the money, or the first sign of a change."""
        disputed = self.disputed.get(row.client_id)
        if disputed:
            amount = formats.amount(disputed, cents=False)
            return tr("Receivables", "in dispute {amount}", amount=amount)
        return sign(row)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words, its side, or all of them as a tool tip."""
        row = self.row(index.row()) if index.isValid() else None
        if row is not None and role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.heading(index.column())}: {self.words(row, index.column())}"
        return super().data(index, role)


def days(count: int) -> str:
    """Return a number of days, short."""
    return ntr("Receivables", "{n} d", "{n} d", count)


def habit(row: LatePayer) -> str:
    """Return the usual days late and those that four of five keep within."""
    usual, late = row.habit.usual, row.habit.late
    if usual is None or late is None:
        return tr("Receivables", "not known yet")
    return tr(
        "Receivables",
        "{usual} / {late} d",
        usual=formats.number(usual),
        late=formats.number(late),
    )


def sign(row: LatePayer) -> str:
    """Return the first sign that a client pays later than it used to; empty where there is none."""
    if row.beyond:
        return ntr(
            "Receivables",
            "{n} invoice beyond its habit",
            "{n} invoices beyond its habit",
            len(row.beyond),
        )
    if row.habit.slower is not None:
        return ntr(
            "Receivables",
            "last three {n} day slower than the year",
            "last three {n} days slower than the year",
            row.habit.slower,
        )
    if row.order_late_days:
        return ntr(
            "Receivables",
            "orders {n} day late, pays later",
            "orders {n} days late, pays later",
            row.order_late_days,
        )
    return ""


def step(task: TaskRow | None) -> str:
    """Return what is to be done next, and when."""
    if task is None:
        return tr("Receivables", "none is set")
    if task.due_on is None:
        return task.title
    return f"{task.title}, {formats.short_date(task.due_on)}"
