"""What pays what: proposed by reference, amount, age; never too much; undone without a trace."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.figures.allocation import Basis, Owed, instalment_shares, propose
from acctdesk.figures.receivables import ageing, days_past_due
from acctdesk.models import Allocation, Client, Document, Receipt
from acctdesk.services import kept
from acctdesk.services.allocation import (
    Part,
    allocate,
    name_invoice,
    release_credit,
    set_instalments,
    take_off,
    write_off,
)
from acctdesk.services.desk import Desk
from acctdesk.services.open_items import ClientItems, InstalmentRow, client_items
from acctdesk.services.receivables import receivables, receivables_by_day
from acctdesk.services.rows import Receivables
from acctdesk.storage.book import Book
from tests.books import copy_book
from tests.storage.commands import LABEL

FIRST = dt.date(2026, 1, 1)
TODAY = dt.date(2026, 3, 1)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def owed(*opens: int) -> list[Owed]:
    return [Owed(n, f"ΤΙΜ-{100 + n}", day(n), amount) for n, amount in enumerate(opens, start=1)]


@pytest.mark.parametrize(
    ("amount", "text", "wanted"),
    [
        (50, "εξόφληση τιμ 102 και ΤΙΜ101", (Basis.REFERENCE, ((2, 40), (1, 10)))),
        (500, "TIM-00102", (Basis.REFERENCE, ((2, 40),))),
        (30, "έναντι τιμολογίου 103", (Basis.REFERENCE, ((3, 30),))),
        (40, "", (Basis.AMOUNT, ((2, 40),))),
        (130, "ευχαριστούμε", (Basis.OLDEST, ((1, 90), (2, 40)))),
        (200, "", (Basis.OLDEST, ((1, 90), (2, 40), (3, 70)))),
        (100, "", (Basis.AGE, ((1, 90), (2, 10)))),
        (999, "2026", (Basis.AGE, ((1, 90), (2, 40), (3, 70)))),
    ],
)
def test_reference_then_amount_then_age(amount: int, text: str, wanted: Any) -> None:
    found = propose(amount, [text], owed(90, 40, 70))
    assert found is not None
    assert (found.basis, found.parts) == wanted


@given(
    amount=st.integers(-5, 300),
    opens=st.lists(st.integers(0, 90), max_size=6),
    text=st.sampled_from(["", "ΤΙΜ-101", "103 104", "τιμ-102, τιμ-101"]),
)
def test_never_more_than_is_open_or_free(amount: int, opens: list[int], text: str) -> None:
    items = owed(*opens)
    found = propose(amount, [text], items)
    if found is None:
        assert amount <= 0 or not sum(opens)
        return
    by_id = {one.id: one.open for one in items}
    assert all(0 < part <= by_id[which] for which, part in found.parts)
    assert len({which for which, _part in found.parts}) == len(found.parts)
    assert 0 < sum(part for _which, part in found.parts) <= amount


@given(amounts=st.lists(st.integers(1, 50), min_size=1, max_size=5), paid=st.integers(-20, 250))
def test_what_is_paid_pays_the_earliest_instalments(amounts: list[int], paid: int) -> None:
    gross = sum(amounts)
    open_ = max(0, gross - paid)
    shares = instalment_shares(open_, amounts)
    assert sum(shares) == open_
    begun = next((n for n, share in enumerate(shares) if share), len(shares))
    assert shares[begun + 1 :] == amounts[begun + 1 :]


# ---- the book ------------------------------------------------------------------------------------


def fill(
    session: Session, *, documents: list[dict[str, Any]], receipts: list[dict[str, Any]]
) -> None:
    for name in ("Α", "Β"):
        session.add(Client(name=name))
    session.flush()
    for n, one in enumerate(documents, start=1):
        sign = -1 if one["type"] == "credit_note" else 1
        gross = sign * one["gross_minor"]
        session.add(Document(**one | {"number": f"Τ{n}", "net_minor": gross, "gross_minor": gross}))
    for one in receipts:
        session.add(Receipt(**one))


def items(desk: Desk, client_id: int = 1, *, as_of: dt.date = TODAY) -> ClientItems:
    found = desk.query(client_items, client_id=client_id, as_of=as_of)
    assert found is not None
    return found


CURRENCIES = st.sampled_from(["EUR", "EUR", "USD"])
CLIENTS = st.sampled_from([1, 1, 2])
DOCUMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["invoice", "invoice", "credit_note"]),
            "issued_on": st.integers(0, 30).map(day),
            "client_id": CLIENTS,
            "currency": CURRENCIES,
            "gross_minor": st.integers(1, 100),
        }
    ),
    min_size=1,
    max_size=6,
)
RECEIPTS = st.lists(
    st.fixed_dictionaries(
        {
            "received_on": st.integers(0, 30).map(day),
            "client_id": CLIENTS,
            "currency": CURRENCIES,
            "amount_minor": st.integers(-20, 150),
            "reason": st.sampled_from([None, "Τ1", "τ 2 και Τ3"]),
        }
    ),
    max_size=4,
)
ID, AMOUNT = st.integers(1, 6), st.integers(-5, 120)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("allocate"), st.tuples(ID, ID, AMOUNT)),
        st.tuples(st.just("accept"), CLIENTS),
        st.tuples(st.just("take_off"), ID),
        st.tuples(st.just("write_off"), st.tuples(ID, AMOUNT | st.none())),
        st.tuples(st.just("credit"), st.tuples(ID, ID)),
        st.tuples(st.just("release"), ID),
        st.tuples(st.just("instalments"), st.tuples(ID, st.integers(2, 3))),
    ),
    max_size=10,
)


def perform(desk: Desk, what: str, given_: Any) -> bool:
    """Do a step; tell whether it changed anything."""
    commands: dict[str, Any] = {
        "allocate": lambda: (allocate, {"parts": [Part(*given_)]}),
        "accept": lambda: (allocate, {"parts": accepted(items(desk, given_))}),
        "take_off": lambda: (take_off, {"allocation_id": given_}),
        "write_off": lambda: (
            write_off,
            {"document_id": given_[0], "on": TODAY, "reason": "x", "amount_minor": given_[1]},
        ),
        "credit": lambda: (name_invoice, {"credit_id": given_[0], "invoice_id": given_[1]}),
        "release": lambda: (release_credit, {"credit_id": given_}),
        "instalments": lambda: (set_instalments, in_parts(desk, *given_)),
    }
    command, args = commands[what]()
    return desk.perform(LABEL, command, **args).changes.step_id is not None


def in_parts(desk: Desk, document_id: int, count: int) -> dict[str, Any]:
    def gross(session: Session) -> int:
        one = session.get(Document, document_id)
        return 0 if one is None else one.gross_minor

    whole = desk.query(gross)
    parts = [(day(n), whole // count) for n in range(count - 1)]
    parts.append((day(count), whole - sum(part for _day, part in parts)))
    return {"document_id": document_id, "parts": parts}


def accepted(found: ClientItems) -> list[Part]:
    return [
        Part(one.id, part.document_id, part.amount_minor)
        for one in found.proposed
        if one.proposal is not None
        for part in one.proposal.parts
    ]


def agrees(desk: Desk) -> None:
    """Items, free amounts and balance agree by currency, and with the figures of the book."""
    total = 0
    for client_id in (1, 2):
        found = items(desk, client_id)
        for one in found.sums:
            code = one.currency
            free = sum(r.free_minor for r in found.receipts if r.currency == code)
            free += sum(c.free_minor for c in found.credits if c.currency == code)
            open_ = sum(i.open_minor for i in found.invoices if i.currency == code)
            assert (one.open_minor, one.unapplied_minor) == (open_, free)
            assert one.balance_minor == open_ - free
        for invoice in found.invoices:
            if invoice.instalments:
                assert sum(p.open_minor for p in invoice.instalments) == invoice.open_minor
        for told in desk.query(receivables_by_day, days=DAYS, client_id=client_id):
            is_as_found(told, items(desk, client_id, as_of=told.as_of))
        total += told.open_minor
    assert desk.query(receivables, as_of=TODAY).open_minor == total
    with desk.book.engine.connect() as connection:
        assert kept.check(connection)[0]
        connection.rollback()


DAYS = [day(5), day(12), day(20), TODAY]


def is_as_found(told: Receivables, found: ClientItems) -> None:
    due = [
        (part.due_on, part.open_minor)
        for invoice in found.invoices
        for part in invoice.instalments
        or [InstalmentRow(invoice.due_on, invoice.gross_minor, invoice.open_minor)]
    ]
    assert told.ageing == ageing((days_past_due(when, told.as_of), open_) for when, open_ in due)
    assert told.open_invoices == len(found.invoices)
    assert told.open_minor == sum(one.open_minor for one in found.sums)
    assert told.balance_minor == sum(one.balance_minor for one in found.sums)


def picture(desk: Desk) -> tuple[object, ...]:
    closed = desk.query(lambda session: session.execute(select(Document.closed_on)).all())
    told = desk.query(receivables, as_of=TODAY)
    return items(desk, 1), items(desk, 2), told, [tuple(row) for row in closed]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents=DOCUMENTS, receipts=RECEIPTS, steps=STEPS)
def test_after_any_steps_the_balance_is_open_less_free_and_undo_restores_it(
    plain_template: Path, documents: Any, receipts: Any, steps: Any
) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        with Book.open(copy_book(plain_template, folder / "b.acctbook")) as book:
            desk = Desk(book)
            desk.perform(LABEL, fill, documents=documents, receipts=receipts)
            agrees(desk)
            before = [picture(desk)]
            for what, given_ in steps:
                try:
                    changed = perform(desk, what, given_)
                except UserError:
                    assert picture(desk) == before[-1]
                    continue
                agrees(desk)
                if changed:
                    before.append(picture(desk))
            for last in reversed(before[:-1]):
                desk.undo()
                assert picture(desk) == last
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def owing(desk: Desk) -> Desk:
    """Give a book whose first client owes 100 and 50, paid 120 naming nothing, and is credited 30."""
    invoice = {"type": "invoice", "issued_on": FIRST, "client_id": 1, "currency": "EUR"}
    documents = [
        invoice | {"gross_minor": 10_000},
        invoice | {"gross_minor": 5_000, "issued_on": day(3)},
        invoice | {"gross_minor": 3_000, "type": "credit_note"},
        invoice | {"gross_minor": 7_000, "client_id": 2},
        invoice | {"gross_minor": 4_000, "currency": "USD"},
    ]
    receipt = {"received_on": day(9), "client_id": 1, "currency": "EUR", "amount_minor": 12_000}
    desk.perform(LABEL, fill, documents=documents, receipts=[receipt])
    return desk


def test_all_proposals_are_one_step(owing: Desk) -> None:
    """Each says why; what remains is open, and undo takes the whole step back."""
    before = picture(owing)
    (one,) = items(owing).proposed
    assert one.proposal is not None
    assert str(one.proposal.reason) == "The oldest first: nothing says more."
    owing.perform(LABEL, allocate, parts=accepted(items(owing)))
    found = items(owing)
    assert [(i.number, i.open_minor) for i in found.invoices if i.currency == "EUR"] == [
        ("Τ2", 3_000)
    ]
    assert [r.free_minor for r in found.receipts] == [0]
    owing.undo()
    assert picture(owing) == before


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (Part(1, 1, 10_001), "only €100.00 is open"),
        (Part(1, 1, 0), "only €100.00 is open"),
        (Part(1, 4, 100), "another client"),
        (Part(1, 5, 100), "another client or in another currency"),
        (Part(1, 3, 100), "no invoice"),
        (Part(1, 99, 100), "no longer in the book"),
    ],
)
def test_what_is_too_much_or_anothers_is_refused(owing: Desk, part: Part, why: str) -> None:
    before = picture(owing)
    with pytest.raises(UserError, match=why):
        owing.perform(LABEL, allocate, parts=[Part(1, 2, 5_000), part])
    assert picture(owing) == before


def test_a_receipt_pays_no_more_than_it_is(owing: Desk) -> None:
    with pytest.raises(UserError, match=r"only €20\.00 is not applied"):
        owing.perform(LABEL, allocate, parts=[Part(1, 1, 10_000), Part(1, 2, 5_000)])


def test_what_a_file_applied_beyond_an_invoice_can_be_applied_elsewhere(owing: Desk) -> None:
    def overpay(session: Session) -> None:
        session.add(Allocation(receipt_id=1, document_id=2, amount_minor=12_000))

    owing.perform(LABEL, overpay)
    assert [r.free_minor for r in items(owing).receipts] == [7_000]
    owing.perform(LABEL, allocate, parts=[Part(1, 1, 7_000)])
    found = items(owing)
    assert [r.free_minor for r in found.receipts] == [0]
    assert [i.open_minor for i in found.invoices if i.currency == "EUR"] == [3_000]


def test_a_write_off_lowers_what_is_owed_and_comes_off_with_its_receipt(owing: Desk) -> None:
    owing.perform(LABEL, write_off, document_id=2, on=TODAY, reason="Σε πτώχευση")
    found = items(owing)
    assert [i.number for i in found.invoices if i.currency == "EUR"] == ["Τ1"]
    made = owing.query(lambda s: s.execute(select(Allocation.id)).scalar_one())
    owing.perform(LABEL, take_off, allocation_id=made)
    assert [i.number for i in items(owing).invoices if i.currency == "EUR"] == ["Τ1", "Τ2"]
    with pytest.raises(UserError, match="Say why"):
        owing.perform(LABEL, write_off, document_id=2, on=TODAY, reason=" ")


def test_a_credit_note_lowers_the_invoice_chosen(owing: Desk) -> None:
    owing.perform(LABEL, name_invoice, credit_id=3, invoice_id=2)
    found = items(owing)
    assert [(c.number, c.free_minor, c.names) for c in found.credits] == [("Τ3", 0, "Τ2")]
    with pytest.raises(UserError, match="lowers Τ2 already"):
        owing.perform(LABEL, name_invoice, credit_id=3, invoice_id=1)
    owing.perform(LABEL, release_credit, credit_id=3)
    assert [c.free_minor for c in items(owing).credits] == [3_000]


def test_instalments_add_up_to_the_invoice(owing: Desk) -> None:
    parts = [(day(40), 6_000), (day(20), 4_000)]
    owing.perform(LABEL, set_instalments, document_id=1, parts=parts)
    owing.perform(LABEL, allocate, parts=[Part(1, 1, 5_000)])
    first = next(i for i in items(owing).invoices if i.id == 1)
    assert [(p.due_on, p.open_minor) for p in first.instalments] == [(day(20), 0), (day(40), 5_000)]
    assert first.due_on == day(40)
    with pytest.raises(UserError, match=r"add up to €40.00, the invoice to €100.00"):
        owing.perform(LABEL, set_instalments, document_id=1, parts=parts[1:])
    owing.perform(LABEL, set_instalments, document_id=1, parts=[])
    assert next(i for i in items(owing).invoices if i.id == 1).instalments == ()
