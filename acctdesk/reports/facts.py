"""The data sheets' rows added up: what the workbook's formulas will find, before any program opens it.

Nothing here asks the book. The figures of the services and these sums come from the same records by
different roads; the *Check* sheet compares them.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import accumulate

from acctdesk.figures.receivables import bucket
from acctdesk.kinds import AgeBucket, DocumentType
from acctdesk.periods import Period
from acctdesk.services.pack_rows import PackData, PackOpenItem


class Running:
    """Amounts by day, to be added up between any two days."""

    def __init__(self, entries: Iterable[tuple[dt.date, int]]) -> None:
        ordered = sorted(entries)
        self._days = [day for day, _ in ordered]
        self._sums = [0, *accumulate(amount for _, amount in ordered)]

    def between(self, start: dt.date, end: dt.date) -> int:
        """Return the sum from ``start`` to ``end``, both included; 0 where end lies before."""
        if end < start:
            return 0
        return (
            self._sums[bisect_right(self._days, end)] - self._sums[bisect_left(self._days, start)]
        )


class Facts:
    """Sums over the rows of the data sheets, in minor units."""

    def __init__(self, data: PackData) -> None:
        self.data = data

    @cached_property
    def net(self) -> Running:
        """Net sales of all clients."""
        return Running((row.issued_on, row.net_minor) for row in self.data.documents)

    @cached_property
    def gross(self) -> Running:
        """Gross of all documents."""
        return Running((row.issued_on, row.gross_minor) for row in self.data.documents)

    @cached_property
    def _net_of(self) -> dict[int, Running]:
        entries: dict[int, list[tuple[dt.date, int]]] = defaultdict(list)
        for row in self.data.documents:
            entries[row.client_id].append((row.issued_on, row.net_minor))
        return {client_id: Running(found) for client_id, found in entries.items()}

    def net_of(self, client_id: int, start: dt.date, end: dt.date) -> int:
        """Return a client's net sales between two days."""
        found = self._net_of.get(client_id)
        return found.between(start, end) if found else 0

    def period_net_of(self, client_id: int, period: Period) -> int:
        """Return a client's net sales in a period."""
        return self.net_of(client_id, period.start, period.end)

    @cached_property
    def _openings(self) -> dict[int, tuple[int, int]]:
        return {
            row.client_id: (row.balance_minor, row.previous_365_minor) for row in self.data.openings
        }

    def last_365_of(self, client_id: int) -> int:
        """Return a client's net sales of the last 365 days."""
        as_of = self.data.as_of
        return self.net_of(client_id, as_of - dt.timedelta(days=364), as_of)

    def previous_365_of(self, client_id: int) -> int:
        """Return a client's net sales of the 365 days before the last."""
        as_of = self.data.as_of
        inside = self.net_of(
            client_id, as_of - dt.timedelta(days=729), as_of - dt.timedelta(days=365)
        )
        return inside + self._openings.get(client_id, (0, 0))[1]

    @cached_property
    def balances(self) -> dict[int, int]:
        """Each client's balance: its opening, documents, less receipts."""
        found: dict[int, int] = defaultdict(int)
        for opening in self.data.openings:
            found[opening.client_id] += opening.balance_minor
        for document in self.data.documents:
            found[document.client_id] += document.gross_minor
        for part in self.data.receipts:
            found[part.client_id] -= part.amount_minor
        return found

    @cached_property
    def balance(self) -> int:
        """The balance of all clients."""
        return sum(self.balances.values())

    # ---- open items

    @cached_property
    def credited(self) -> dict[int, int]:
        """Credit notes of the data sheet by the invoice they name (negative)."""
        found: dict[int, int] = defaultdict(int)
        for row in self.data.documents:
            if row.related_id is not None and row.type is DocumentType.CREDIT_NOTE:
                found[row.related_id] += row.gross_minor
        return found

    @cached_property
    def received(self) -> dict[int, int]:
        """Receipts of the data sheet by the document they name."""
        found: dict[int, int] = defaultdict(int)
        for part in self.data.receipts:
            if part.document_id is not None:
                found[part.document_id] += part.amount_minor
        return found

    def open_of(self, item: PackOpenItem) -> int:
        """Return what is unpaid of an open invoice."""
        key = item.invoice.id
        rest = item.invoice.gross_minor + self.credited.get(key, 0) - self.received.get(key, 0)
        rest = max(0, max(0, rest - item.settled_elsewhere_minor) - item.later_minor)
        return rest if item.most_minor is None else min(item.most_minor, rest)

    @cached_property
    def open_by_client(self) -> dict[int, dict[AgeBucket, int]]:
        """Each client's open amounts by age."""
        found: dict[int, dict[AgeBucket, int]] = {}
        for item in self.data.open_items:
            ages = found.setdefault(item.invoice.client_id, dict.fromkeys(AgeBucket, 0))
            ages[bucket(item.invoice.days_past_due)] += self.open_of(item)
        return found

    @cached_property
    def ageing(self) -> dict[AgeBucket, int]:
        """All open amounts by age."""
        return {age: sum(ages[age] for ages in self.open_by_client.values()) for age in AgeBucket}

    @cached_property
    def open(self) -> int:
        """All that is open."""
        return sum(self.ageing.values())

    def open_total_of(self, client_id: int) -> int:
        """Return all that is open of a client."""
        return sum(self.open_by_client.get(client_id, {}).values())

    def overdue_of(self, client_id: int) -> int:
        """Return what is overdue of a client."""
        ages = self.open_by_client.get(client_id, {})
        return sum(amount for age, amount in ages.items() if age is not AgeBucket.NOT_DUE)

    @cached_property
    def overdue(self) -> int:
        """All that is overdue."""
        return self.open - self.ageing[AgeBucket.NOT_DUE]

    @cached_property
    def dso(self) -> float | None:
        """Days sales outstanding: 90 × open ÷ gross of the last 90 days."""
        as_of = self.data.as_of
        sold = self.gross.between(as_of - dt.timedelta(days=89), as_of)
        if sold <= 0:
            return None
        return float((Decimal(90) * self.open / sold).quantize(Decimal("0.01"), ROUND_HALF_UP))

    # ---- targets

    @cached_property
    def targets(self) -> dict[dt.date, int]:
        """The book's target by month; a month without one is absent."""
        found: dict[dt.date, int] = {}
        for row in self.data.targets:
            if row.counts:
                found[row.month] = found.get(row.month, 0) + row.amount_minor
        return found

    def target_of(self, period: Period) -> int | None:
        """Return a period's target, None where no month of it has one."""
        inside = [amount for month, amount in self.targets.items() if month in period]
        return sum(inside) if inside else None

    @cached_property
    def _targets_of(self) -> dict[int, dict[dt.date, int]]:
        found: dict[int, dict[dt.date, int]] = defaultdict(dict)
        for row in self.data.targets:
            if row.client_id is not None:
                months = found[row.client_id]
                months[row.month] = months.get(row.month, 0) + row.amount_minor
        return found

    def client_target_of(self, client_id: int, period: Period) -> int | None:
        """Return a client's own target for a period, None where no month of it has one."""
        months = self._targets_of.get(client_id, {})
        inside = [amount for month, amount in months.items() if month in period]
        return sum(inside) if inside else None

    # ---- who is new

    @cached_property
    def _first_invoices(self) -> dict[int, dt.date]:
        found: dict[int, dt.date] = {}
        for row in self.data.documents:  # by date
            if row.type is DocumentType.INVOICE:
                found.setdefault(row.client_id, row.issued_on)
        for opening in self.data.openings:
            if opening.invoices:
                found[opening.client_id] = dt.date.min
        return found

    def is_new(self, client_id: int) -> bool:
        """Tell whether a client's very first invoice lies in the period."""
        first = self._first_invoices.get(client_id)
        return first is not None and first in self.data.counted

    # ---- activity

    @cached_property
    def _interactions(self) -> dict[int, list[tuple[dt.date, str]]]:
        found: dict[int, list[tuple[dt.date, str]]] = defaultdict(list)
        for row in self.data.interactions:
            found[row.client_id].append((row.day, row.kind.value))
        return found

    def contacts_of(self, client_id: int, kinds: Iterable[str] | None = None) -> int:
        """Return how often a client was in touch in the period, by the given kinds or any."""
        wanted = None if kinds is None else set(kinds)
        return sum(
            1
            for day, kind in self._interactions.get(client_id, ())
            if day in self.data.counted and (wanted is None or kind in wanted)
        )


def ratio(part: int, whole: int | None, digits: int = 4) -> float | None:
    """Return ``part`` ÷ ``whole`` rounded half up; None where there is nothing to compare with."""
    if not whole:
        return None
    exact = Decimal(part) / whole
    return float(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def change(now: int, before: int) -> float | None:
    """Return by what share ``now`` differs from ``before``; None where that was nothing."""
    return ratio(now - before, before) if before > 0 else None
