"""The figures in SQL are those of the definitions, on any book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from acctdesk import periods
from acctdesk.errors import UserError
from acctdesk.figures import receivables as definitions
from acctdesk.figures import sales
from acctdesk.figures.ledger import Entry, Ledger, Payment, ledger
from acctdesk.kinds import AgeBucket
from acctdesk.models import Allocation, Client, Document, Receipt, Target
from acctdesk.services import client_facts, receivables, standing
from acctdesk.services.ageing import AgeingBy, ageing_rows
from acctdesk.services.figures import figures
from acctdesk.services.sales import month_net
from tests.services.conftest import put

AS_OF = dt.date(2026, 6, 30)
NOW = dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC)
CLIENTS = (1, 2, 3)
TERMS = {1: 0, 2: 30, 3: 0}  # client 3 has none written down


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@dataclass(frozen=True)
class Written:
    """A book as it was written down; ``live`` are the parts not in the trash."""

    documents: list[tuple[Entry, bool]]
    payments: list[tuple[Payment, bool]]

    @property
    def entries(self) -> list[Entry]:
        return [entry for entry, live in self.documents if live]

    def ledger(self, as_of: dt.date) -> Ledger:
        live = [payment for payment, live in self.payments if live]
        return ledger(self.entries, live, as_of=as_of, credit_days=TERMS)


DAYS = st.integers(-900, 20).map(lambda days: AS_OF + dt.timedelta(days=days))
AMOUNTS = st.integers(0, 5000)
OWNERS = st.sampled_from([*CLIENTS, *CLIENTS, None])
LIVE = st.sampled_from([True, True, True, False])


@st.composite
def books(draw: st.DrawFn, *, own_only: bool) -> Written:
    """Draw a small book; with ``own_only`` a client names no invoice of another."""
    documents: list[tuple[Entry, bool]] = []
    for number in range(1, draw(st.integers(0, 7)) + 1):
        owner, credit, issued = draw(OWNERS), draw(st.booleans()), draw(DAYS)
        terms = draw(st.none() | st.integers(0, 120))
        due = None if terms is None else issued + dt.timedelta(days=terms)
        gross = draw(AMOUNTS) * (-1 if credit else 1)
        known = _names(documents, owner, own_only=own_only)
        names = draw(st.sampled_from([None, *known])) if credit else None
        documents.append(
            (
                Entry(number, owner, credit, issued, due, gross, gross - gross // 5, names),
                draw(LIVE),
            )
        )
    payments: list[tuple[Payment, bool]] = []
    for _ in range(draw(st.integers(0, 6))):
        owner = draw(OWNERS)
        known = _names(documents, owner, own_only=own_only)
        named = draw(
            st.lists(
                st.tuples(st.sampled_from([None, *known]), st.integers(-500, 5000)), max_size=3
            )
        )
        amount = draw(st.integers(-500, 6000))
        payments.append((Payment(owner, draw(DAYS), amount, tuple(named)), draw(LIVE)))
    return Written(documents, payments)


def _names(documents: list[tuple[Entry, bool]], owner: int | None, *, own_only: bool) -> list[int]:
    return [
        entry.id
        for entry, _live in documents
        if not entry.credit and (not own_only or entry.client == owner)
    ]


def write(session: Session, written: Written) -> None:
    put(
        session,
        Client,
        *(
            {"id": n, "code": f"C{n}", "name": f"Πελάτης {n}", "credit_days": TERMS[n] or None}
            for n in CLIENTS
        ),
    )
    documents = written.documents
    put(
        session,
        Document,
        *(
            {
                "id": entry.id,
                "type": "credit_note" if entry.credit else "invoice",
                "number": f"T{entry.id}",
                "issued_on": entry.issued_on,
                "due_on": entry.due_on,
                "client_id": entry.client,
                "related_id": entry.names,
                "net_minor": entry.net,
                "vat_minor": entry.gross - entry.net,
                "gross_minor": entry.gross,
                "deleted_at": None if live else NOW,
            }
            for entry, live in documents
        ),
    )
    receipts: list[dict[str, Any]] = []
    allocations: list[dict[str, Any]] = []
    for number, (payment, live) in enumerate(written.payments, 1):
        receipts.append(
            {
                "id": number,
                "received_on": payment.received_on,
                "client_id": payment.client,
                "amount_minor": payment.amount,
                "deleted_at": None if live else NOW,
            }
        )
        allocations += [
            {"receipt_id": number, "document_id": name, "amount_minor": amount}
            for name, amount in payment.names
        ]
    put(session, Receipt, *receipts)
    put(session, Allocation, *allocations)


def check(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


@check(80)
@given(written=books(own_only=True), later=st.integers(-400, 40))
def test_the_figures_equal_the_definitions(engine: Engine, written: Written, later: int) -> None:
    as_of = AS_OF + dt.timedelta(days=later)
    wanted = written.ledger(as_of)
    with Session(engine) as session:
        write(session, written)
        found = figures(session, as_of=as_of)
        _same_ledger(found.receivables, wanted, as_of)
        counted = [e for e in written.entries if e.client and e.issued_on <= as_of]
        assert found.clients == len(CLIENTS)
        assert found.invoices == sum(not e.credit for e in counted)
        assert found.credit_notes == sum(e.credit for e in counted)
        assert found.receipts == sum(
            live and p.client is not None and p.received_on <= as_of for p, live in written.payments
        )
        assert found.net_minor == sum(e.net for e in counted)
        assert sum(month.net_minor for month in found.by_month) == found.net_minor
        for line in found.by_client:
            own = [e for e in counted if e.client == line.client_id]
            assert line.net_minor == sum(e.net for e in own)
            assert line.last_365_minor == _window(own, as_of)
            assert line.previous_365_minor == _window(own, as_of - dt.timedelta(days=365))
            invoices = [e.issued_on for e in own if not e.credit]
            assert line.last_invoice_on == max(invoices, default=None)
            assert line.balance_minor == wanted.balance(line.client_id)
            assert line.overdue_minor == sum(
                item.open
                for item in wanted.items
                if item.client == line.client_id and item.due_on < as_of
            )
        lines = {line.key: line for line in ageing_rows(session, as_of=as_of, by=AgeingBy.CLIENT)}
        for client in {e.client for e in counted} - {None}:
            assert client is not None
            own_items = [item for item in wanted.items if item.client == client]
            aged = lines.get(client)
            assert (aged.balance_minor if aged else 0) == wanted.balance(client)
            if aged:
                assert aged.buckets == definitions.ageing(
                    (definitions.days_past_due(item.due_on, as_of), item.open) for item in own_items
                )
                assert -aged.unapplied_minor == wanted.unapplied.get(client, 0)
            else:
                assert not own_items
        recent = sum(e.gross for e in counted if sales.in_window(e.issued_on, as_of=as_of, days=90))
        assert found.receivables.dso_simple_90 == definitions.dso_simple(
            sum(wanted.open.values()), recent, 90
        )


@check(60)
@given(written=books(own_only=True))
def test_lists_and_cards_show_the_same_money(engine: Engine, written: Written) -> None:
    wanted = written.ledger(AS_OF)
    with Session(engine) as session:
        write(session, written)
        rows = client_facts.client_rows(session, ids=CLIENTS, today=AS_OF)
        for line in figures(session, as_of=AS_OF).by_client:
            row = rows[line.client_id]
            late = [
                item
                for item in wanted.items
                if item.client == line.client_id and item.due_on < AS_OF
            ]
            assert (row.balance_minor, row.overdue_minor) == (
                line.balance_minor,
                line.overdue_minor,
            )
            assert row.overdue_days == max(
                ((AS_OF - item.due_on).days for item in late), default=None
            )
            assert row.sales_365_minor == line.last_365_minor
            assert row.sales_previous_365_minor == line.previous_365_minor
            months = month_net(
                session, start=dt.date(2025, 7, 1), end=AS_OF, client_id=line.client_id
            )
            assert row.trend == tuple(
                months.get(month, 0) for month in periods.months(dt.date(2025, 7, 1), AS_OF)
            )
            card = client_facts.get_client(session, client_id=line.client_id, today=AS_OF)
            own = figures(session, as_of=AS_OF, client_code=line.code)
            assert card.ageing == own.receivables.ageing
            assert card.unapplied_minor == wanted.unapplied.get(line.client_id, 0)
            assert card.last_invoice_on == line.last_invoice_on
            assert own.by_client == (line,)


@check(40)
@given(written=books(own_only=False))
def test_totals_hold_when_a_client_pays_for_another(engine: Engine, written: Written) -> None:
    with Session(engine) as session:
        write(session, written)
        _same_ledger(receivables.receivables(session, as_of=AS_OF), written.ledger(AS_OF), AS_OF)


def _same_ledger(found: Any, wanted: Ledger, as_of: dt.date) -> None:
    assert found.open_invoices == len(wanted.items)
    assert found.open_minor == sum(wanted.open.values())
    assert found.unapplied_minor == sum(wanted.unapplied.values())
    assert found.balance_minor == found.open_minor - found.unapplied_minor
    assert found.ageing == definitions.ageing(
        ((as_of - item.due_on).days, item.open) for item in wanted.items
    )


def _window(entries: list[Entry], as_of: dt.date) -> int:
    return sum(e.net for e in entries if sales.in_window(e.issued_on, as_of=as_of, days=365))


def _invoice(number: int, issued_on: str, **values: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": number, "type": "invoice", "number": f"T{number}", "client_id": 1, "due_on": None,
        "issued_on": dt.date.fromisoformat(issued_on),
        "net_minor": 100, "vat_minor": 24, "gross_minor": 124,
    }  # fmt: skip
    return row | values


def test_an_empty_book_has_no_unknown_that_looks_like_nought(session: Session) -> None:
    found = figures(session, as_of=AS_OF)
    assert (found.by_month, found.by_client, found.net_minor) == ((), (), 0)
    assert found.receivables.dso_simple_90 is None
    assert set(found.receivables.ageing) == set(AgeBucket)
    assert (found.period.name, found.period.target_minor, found.period.attainment) == (
        "2026Q2", None, None,
    )  # fmt: skip


def test_months_run_from_the_first_target_to_the_day(session: Session) -> None:
    put(session, Client, {"id": 1, "code": "C1", "name": "Α"})
    put(session, Target, {"month": dt.date(2026, 4, 1), "amount_minor": 200})
    put(session, Target, {"month": dt.date(2026, 8, 1), "amount_minor": 900})
    put(session, Document, _invoice(1, "2026-05-03"), _invoice(2, "2026-07-01"))
    found = figures(session, as_of=AS_OF)
    assert [(line.month.month, line.net_minor, line.target_minor) for line in found.by_month] == [
        (4, 0, 200), (5, 100, None), (6, 0, None),
    ]  # fmt: skip
    assert found.period.net_minor == 100
    assert found.period.target_minor == 200
    assert found.period.attainment == Decimal("0.5000")


def test_a_period_is_compared_with_the_whole_ones_before(session: Session) -> None:
    put(session, Client, {"id": 1, "code": "C1", "name": "Α"})
    for number, day in enumerate(("2025-04-01", "2025-06-30", "2026-03-31", "2026-05-01"), 1):
        put(session, Document, _invoice(number, day, net_minor=10**number))
    chosen = periods.parse_period("2026Q2")
    found = figures(session, as_of=dt.date(2026, 5, 15), period=chosen).period
    assert (found.net_minor, found.previous_minor, found.same_last_year_minor) == (10000, 1000, 110)


def test_without_a_due_day_a_clients_terms_decide(session: Session) -> None:
    put(
        session,
        Client,
        {"id": 1, "code": "C1", "name": "Α", "credit_days": 30},
        {"id": 2, "code": None, "name": "Β", "credit_days": None},
    )
    put(
        session,
        Document,
        _invoice(1, "2026-05-31"),
        _invoice(2, "2026-05-30"),
        _invoice(3, "2026-06-29", client_id=2),
        _invoice(4, "2026-05-01", due_on=dt.date(2026, 9, 1)),
    )
    items = receivables.open_invoices(session, as_of=AS_OF)
    assert [(item.id, item.due_on, item.days_past_due) for item in items] == [
        (2, dt.date(2026, 6, 29), 1),
        (3, dt.date(2026, 6, 29), 1),
        (1, dt.date(2026, 6, 30), 0),
        (4, dt.date(2026, 9, 1), -63),
    ]
    assert session.execute(standing.overdue(AS_OF).select()).all() == [
        (1, 124, dt.date(2026, 6, 29)),
        (2, 124, dt.date(2026, 6, 29)),
    ]


def test_an_unknown_client_code_is_refused(session: Session) -> None:
    with pytest.raises(UserError, match="No client has the code X9"):
        figures(session, as_of=AS_OF, client_code="X9")
