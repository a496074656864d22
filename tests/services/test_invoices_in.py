"""E-invoices become documents once, of the client with the buyer's VAT number."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.models import Client, Document, DocumentLine
from acctdesk.services.desk import Desk
from acctdesk.services.invoices_in import (
    InvoiceInput,
    InvoiceState,
    compare_invoices,
    store_invoices,
)
from tests.storage.commands import LABEL

DAY = dt.date(2026, 3, 2)
INVOICE = InvoiceInput(
    mark="400001", number="ΤΙΜ-7", credit=False, issued_on=DAY, due_on=None, buyer_name="Νότος",
    buyer_vat="EL090000045", seller_vat="094014201", net_minor=10_000, gross_minor=12_400,
    currency="EUR", lines=(("Λάδι", Decimal(2), Decimal("100.00")),),
)  # fmt: skip
CREDIT = replace(
    INVOICE, mark="400002", number="ΠΙΣ-1", credit=True, net_minor=-1_000, gross_minor=-1_240,
    names=("400001",), lines=(),
)  # fmt: skip


@pytest.fixture
def clients(desk: Desk) -> Desk:
    def fill(session: Session) -> None:
        session.add(Client(name="Νότος ΑΕ", vat_id="090000045"))
        session.add(Client(name="Ξένος", vat_id_raw="999999999"))

    desk.perform(LABEL, fill)
    return desk


def documents(desk: Desk) -> list[tuple[Any, ...]]:
    query = select(
        Document.type, Document.number, Document.mark, Document.client_id, Document.net_minor,
        Document.vat_minor, Document.gross_minor, Document.related_id,
    ).where(Document.deleted_at.is_(None)).order_by(Document.number)  # fmt: skip
    return desk.query(lambda session: [tuple(row) for row in session.execute(query)])


def test_an_invoice_and_the_credit_note_that_names_it(clients: Desk) -> None:
    """In whichever order they stand in the file, in one step; a second time they are known."""
    taken = clients.perform(LABEL, store_invoices, invoices=[CREDIT, INVOICE])
    assert taken.value == 2
    assert documents(clients) == [
        ("credit_note", "ΠΙΣ-1", "400002", 1, -1_000, -240, -1_240, 1),
        ("invoice", "ΤΙΜ-7", "400001", 1, 10_000, 2_400, 12_400, None),
    ]
    lines = clients.query(
        lambda s: s.execute(select(DocumentLine.description, DocumentLine.amount)).all()
    )
    assert [tuple(one) for one in lines] == [("Λάδι", Decimal("100.00"))]
    rows = clients.query(compare_invoices, invoices=[CREDIT, INVOICE])
    assert {row.state for row in rows} == {InvoiceState.KNOWN}
    with pytest.raises(UserError, match="No invoice of the file is new"):
        clients.perform(LABEL, store_invoices, invoices=[INVOICE])
    clients.undo()
    assert documents(clients) == []


def test_one_invoice_of_an_unknown_buyer_in_two_files_counts_once(clients: Desk) -> None:
    unknown = replace(INVOICE, buyer_vat="EL094014201", seller_vat="")
    other = replace(unknown, buyer_vat="EL998144460")  # another's of the same number
    rows = clients.query(compare_invoices, invoices=[unknown, unknown, other, INVOICE])
    assert [row.state for row in rows] == [
        InvoiceState.LEFT_OUT, InvoiceState.KNOWN, InvoiceState.LEFT_OUT, InvoiceState.NEW,
    ]  # fmt: skip
    assert [row.buyer is not None for row in rows] == [True, False, True, False]


def test_a_credit_note_that_came_first_waits_for_its_invoice(clients: Desk) -> None:
    clients.perform(LABEL, store_invoices, invoices=[CREDIT])
    assert documents(clients)[0][-1] is None
    clients.perform(LABEL, store_invoices, invoices=[INVOICE])
    assert documents(clients)[0][-1] == 2


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"buyer_vat": "EL094014201"}, "No client has the VAT number EL094014201"),
        ({"buyer_vat": ""}, "names no VAT number"),
        ({"buyer_vat": "094014201", "seller_vat": "GR090000045"}, "A client issued it"),
    ],
)
def test_what_is_nobodys_is_left_out_with_the_reason(
    clients: Desk, changes: dict[str, str], why: str
) -> None:
    (row,) = clients.query(compare_invoices, invoices=[replace(INVOICE, **changes)])  # type: ignore[arg-type]
    assert row.state is InvoiceState.LEFT_OUT
    assert why in str(row.why)


def test_a_vat_number_that_is_not_right_still_finds_who_carries_it(clients: Desk) -> None:
    (row,) = clients.query(compare_invoices, invoices=[replace(INVOICE, buyer_vat="GR999999999")])
    assert (row.state, row.client_name) == (InvoiceState.NEW, "Ξένος")


def test_the_same_number_with_another_amount_is_left_out(clients: Desk) -> None:
    """Once by the book, once within the file."""
    clients.perform(LABEL, store_invoices, invoices=[replace(INVOICE, mark="")])
    same = clients.query(compare_invoices, invoices=[INVOICE])
    assert [row.state for row in same] == [InvoiceState.KNOWN]
    other = replace(INVOICE, gross_minor=1)
    (row,) = clients.query(compare_invoices, invoices=[other])
    assert "holds ΤΙΜ-7 with another amount" in str(row.why)
    twice = [replace(INVOICE, number="ΤΙΜ-9", mark=mark) for mark in ("1", "2")]
    states = [row.state for row in clients.query(compare_invoices, invoices=twice)]
    assert states == [InvoiceState.NEW, InvoiceState.KNOWN]
