"""The tables of credit, reviews and expected cash: what their cells say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar

from PySide6.QtCore import Qt

from acctdesk import formats
from acctdesk.charts.cash import BASES
from acctdesk.i18n import Message, msg, ntr
from acctdesk.kinds import CashBasis, CreditAnswer
from acctdesk.services.case_rows import KeyDateRow
from acctdesk.services.cash import ClientCash, ExpectedCash
from acctdesk.services.credit import CreditLine
from acctdesk.services.today_cases import name_of_date
from acctdesk.ui.itemmodels.credit_text import headroom_words, limit_words, trips_words
from acctdesk.ui.itemmodels.rows import Index, Row, RowsModel
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.theme import colour

ALL_BASES: Mapping[CashBasis, Message] = MappingProxyType(
    {
        **BASES,
        CashBasis.PAST_HABIT: msg("Cash", "Past its habit"),
        CashBasis.PAST_TERMS: msg("Cash", "Past its terms"),
    }
)


class InkedModel(RowsModel[Row]):
    """Rows of clients, some of whose words stand in a colour of the theme."""

    def ink(self, row: Row, column: int) -> str:
        """Return the colour of a cell's words."""
        return "text"

    def client(self, row: Row) -> tuple[int, str]:
        """Return whose row it is."""
        raise NotImplementedError

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words, side or colour; all its words as a tool tip."""
        row = self.row(index.row()) if index.isValid() else None
        if row is not None and role == Qt.ItemDataRole.ForegroundRole:
            return colour(self.ink(row, index.column()))
        if row is not None and role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.heading(index.column())}: {self.words(row, index.column())}"
        return super().data(index, role)


class CreditModel(InkedModel[CreditLine]):
    """Shows CreditLines."""

    headings: ClassVar[Sequence[Message | None]] = (
        msg("Credit", "Client"),
        msg("Credit", "Limit"),
        msg("Credit", "Exposure"),
        msg("Credit", "Headroom"),
        msg("Credit", "Used"),
        msg("Credit", "What trips"),
    )
    figures = range(1, 5)

    def words(self, row: CreditLine, column: int) -> str:
        """Return what a cell says."""
        held = row.standing.exposure
        match column:
            case 0:
                return shown_name(row.name, row.client_id)
            case 1:
                return limit_words(row)
            case 2:
                return formats.amount(held.exposure_minor, cents=False)
            case 3:
                return headroom_words(row)
            case 4:
                return formats.percent(held.used)
        return trips_words(row)

    def ink(self, row: CreditLine, column: int) -> str:
        """Return red for a limit exceeded, amber for what else speaks against an order."""
        if column in (3, 4) and row.standing.exposure.is_over:
            return "danger"
        if column == 5 and row.rules:
            return "danger" if row.answer is CreditAnswer.NO else "warning"
        if column == 1 and row.standing.exposure.limit_minor is None:
            return "muted"
        return "text"

    def client(self, row: CreditLine) -> tuple[int, str]:
        """Return whose row it is."""
        return row.client_id, row.name


class ReviewsModel(InkedModel[KeyDateRow]):
    """Shows the reviews that come round."""

    headings: ClassVar[Sequence[Message | None]] = (
        msg("Credit", "Client"),
        msg("Credit", "Review"),
        msg("Credit", "Day"),
        msg("Credit", "Left"),
    )

    def words(self, row: KeyDateRow, column: int) -> str:
        """Return what a cell says."""
        match column:
            case 0:
                return shown_name(row.client_name, row.client_id)
            case 1:
                return str(name_of_date(row))
            case 2:
                return formats.date(row.on_date)
        if row.days_left < 0:
            return ntr("Credit", "{n} day late", "{n} days late", -row.days_left)
        return ntr("Credit", "in {n} day", "in {n} days", row.days_left)

    def ink(self, row: KeyDateRow, column: int) -> str:
        """Return red once the day has passed, amber in its lead days."""
        if column < 2 or not row.is_near:
            return "text"
        return "danger" if row.days_left < 0 else "warning"

    def client(self, row: KeyDateRow) -> tuple[int, str]:
        """Return whose row it is."""
        return row.client_id, row.client_name


class CashModel(InkedModel[ExpectedCash]):
    """Shows open invoices by the day their money is expected."""

    headings: ClassVar[Sequence[Message | None]] = (
        msg("Cash", "Client"),
        msg("Cash", "Invoice"),
        msg("Cash", "Due"),
        msg("Cash", "Expected on"),
        msg("Cash", "Because of"),
        msg("Cash", "Expected"),
        msg("Cash", "In dispute"),
    )
    figures = (5, 6)

    def words(self, row: ExpectedCash, column: int) -> str:
        """Return what a cell says."""
        match column:
            case 0:
                return shown_name(row.client_name, row.client_id)
            case 1:
                return row.number
            case 2:
                return formats.date(row.due_on)
            case 3:
                return formats.date(row.day)
            case 4:
                return str(ALL_BASES[row.basis])
            case 5:
                return formats.amount(row.expected_minor, cents=False)
        return formats.amount(row.disputed_minor, cents=False) if row.disputed_minor else ""

    def ink(self, row: ExpectedCash, column: int) -> str:
        """Return red for what should have come."""
        return "danger" if column == 4 and row.day is None else "text"

    def client(self, row: ExpectedCash) -> tuple[int, str]:
        """Return whose row it is."""
        return row.client_id, row.client_name


class CashCheckModel(InkedModel[ClientCash]):
    """Shows what was expected of each client in the last month and what came."""

    headings: ClassVar[Sequence[Message | None]] = (
        msg("Cash", "Client"),
        msg("Cash", "Expected"),
        msg("Cash", "Came"),
        msg("Cash", "Difference"),
    )
    figures = range(1, 4)

    def words(self, row: ClientCash, column: int) -> str:
        """Return what a cell says."""
        if column == 0:
            return shown_name(row.name, row.client_id)
        if column == 3:
            sign = "+" if row.difference_minor > 0 else ""
            return sign + formats.amount(row.difference_minor, cents=False)
        minor = row.expected_minor if column == 1 else row.came_minor
        return formats.amount(minor, cents=False)

    def ink(self, row: ClientCash, column: int) -> str:
        """Return red for less than was expected."""
        return "danger" if column == 3 and row.difference_minor < 0 else "text"

    def client(self, row: ClientCash) -> tuple[int, str]:
        """Return whose row it is."""
        return row.client_id, row.name
