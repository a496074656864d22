"""What was open at the end of several days equals its definition, asked day by day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from acctdesk.figures.receivables import open_amount
from acctdesk.models import Allocation, Client, Document, Receipt
from acctdesk.services.open_by_day import open_by_day
from tests.services.conftest import put

FIRST = dt.date(2026, 3, 1)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


# of an invoice: the day, its amount, and the days and amounts of receipts and credit notes
MOVES = st.lists(st.tuples(st.integers(0, 40), st.integers(-80, 120)), max_size=5)
INVOICES = st.lists(st.tuples(st.integers(0, 30), st.integers(-50, 100), MOVES, MOVES), max_size=4)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    invoices=INVOICES,
    asked=st.lists(st.integers(0, 45), min_size=1, max_size=5, unique=True).map(sorted),
)
# more is paid than it is, then a part goes back
@example(invoices=[(0, 100, [(10, 150), (20, -70), (25, 20)], [])], asked=[5, 12, 22, 26])
@example(invoices=[(0, 100, [(10, 120)], [(5, 50), (20, -60)])], asked=[5, 12, 22, 26])
def test_it_is_what_is_left_of_each_invoice(
    engine: Engine,
    invoices: list[tuple[int, int, list[tuple[int, int]], list[tuple[int, int]]]],
    asked: list[int],
) -> None:
    with Session(engine) as session:
        put(session, Client, {"id": 1, "name": "Α"})
        _write(session, invoices)
        found = open_by_day(session, days=[day(number) for number in asked])
    for one, number in zip(found, asked, strict=True):
        left = [
            (
                issued,
                open_amount(
                    gross,
                    credits_=-sum(amount for when, amount in credits_ if when <= number),
                    receipts=sum(amount for when, amount in receipts if when <= number),
                ),
            )
            for issued, gross, receipts, credits_ in invoices
            if issued <= number
        ]
        wanted: dict[dt.date, int] = {}
        for issued, amount in left:
            wanted[day(issued + 30)] = wanted.get(day(issued + 30), 0) + amount
        assert {due: amount for due, amount in one.by_due.items() if amount} == {
            due: amount for due, amount in wanted.items() if amount
        }
        assert one.invoices == sum(amount > 0 for _issued, amount in left)


def _write(session: Session, invoices: list[Any]) -> None:
    documents: list[dict[str, Any]] = []
    receipts: list[dict[str, Any]] = []
    allocations: list[dict[str, Any]] = []

    def post(kind: str, issued: int, gross: int, related_id: int | None) -> int:
        number = len(documents) + 1
        documents.append(
            {
                "id": number,
                "type": kind,
                "number": f"T{number}",
                "issued_on": day(issued),
                "due_on": day(issued + 30),
                "client_id": 1,
                "related_id": related_id,
                "net_minor": gross,
                "gross_minor": gross,
            }
        )
        return number

    for issued, gross, received, credited in invoices:
        invoice = post("invoice", issued, gross, None)
        for when, amount in credited:
            post("credit_note", when, -amount, invoice)
        for when, amount in received:
            number = len(receipts) + 1
            receipts.append(
                {"id": number, "received_on": day(when), "client_id": 1, "amount_minor": amount}
            )
            allocations.append(
                {"receipt_id": number, "document_id": invoice, "amount_minor": amount}
            )
    put(session, Document, *documents)
    put(session, Receipt, *receipts)
    put(session, Allocation, *allocations)
