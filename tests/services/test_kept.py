"""What is kept on an invoice equals its definition after any commands, undone or not."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.figures.receivables import closed_on, open_amount
from acctdesk.models import Allocation, Client, Document, DocumentLine, Receipt
from acctdesk.models.base import utc_now
from acctdesk.services import kept, standing
from acctdesk.services.desk import Desk
from acctdesk.storage.book import Book
from acctdesk.storage.bulk import bulk_insert, bulk_update
from tests.books import copy_book
from tests.storage.commands import LABEL

FIRST = dt.date(2026, 1, 1)
NEVER = dt.date.max
MODELS: dict[str, type[Client | Document | DocumentLine | Receipt | Allocation]] = {
    "line": DocumentLine,
    "client": Client,
    "document": Document,
    "receipt": Receipt,
    "allocation": Allocation,
}

DAYS = st.integers(0, 30)
AMOUNTS = st.integers(-40, 100)
MOVES = st.lists(st.tuples(DAYS, AMOUNTS), max_size=6)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("moves", "wanted"),
    [
        ([], NEVER),
        ([(20, -100)], day(20)),
        ([(20, -60), (25, -40)], day(25)),
        ([(25, -40), (20, -60)], day(25)),
        ([(20, -60)], NEVER),
        ([(3, -100)], day(10)),  # paid before it was issued
        ([(20, -100), (25, 30)], NEVER),  # the money went back
        ([(20, -100), (25, 30), (28, -30)], day(28)),
        ([(20, -100), (20, 30)], NEVER),  # a day counts whole
        ([(20, -150)], day(20)),
    ],
)
def test_the_day_an_invoice_is_closed(moves: list[tuple[int, int]], wanted: dt.date) -> None:
    assert closed_on(day(10), 100, [(day(when), amount) for when, amount in moves]) == wanted


@given(issued=DAYS, gross=st.integers(0, 100), moves=MOVES)
def test_it_is_closed_when_nothing_is_open_ever_after(
    issued: int, gross: int, moves: list[tuple[int, int]]
) -> None:
    closed = closed_on(day(issued), gross, [(day(when), amount) for when, amount in moves])
    open_then = [
        open_amount(gross, credits_=sum(a for when, a in moves if when <= number), receipts=0) > 0
        for number in range(issued, 32)
    ]
    for number in range(issued, 32):
        assert any(open_then[number - issued :]) == (day(number) < closed)


# ---- any commands -------------------------------------------------------------------------------


def post(session: Session, *, model: str, fields: dict[str, Any]) -> None:
    session.add(MODELS[model](**fields))


def post_many(session: Session, *, model: str, rows: list[dict[str, Any]]) -> None:
    bulk_insert(session, MODELS[model], rows)


def correct(session: Session, *, model: str, at: int, fields: dict[str, Any], bulk: bool) -> None:
    ids = session.scalars(select(MODELS[model].id)).all()
    if not ids:
        return
    if bulk:
        bulk_update(session, MODELS[model], [{"id": ids[at % len(ids)], **fields}])
        return
    record = session.get_one(MODELS[model], ids[at % len(ids)])
    for key, value in fields.items():
        setattr(record, key, value)


REFS = st.integers(1, 6)
DOCUMENTS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["invoice", "invoice", "credit_note"]),
        "issued_on": DAYS.map(day),
        "due_on": st.none() | DAYS.map(day),
        "client_id": st.sampled_from([1, 1, 2, None]),
        "related_id": st.none() | REFS,
        "gross_minor": st.integers(0, 100),
    }
)
RECEIPTS = st.fixed_dictionaries(
    {
        "received_on": DAYS.map(day),
        "client_id": st.sampled_from([1, 1, 2, None]),
        "amount_minor": AMOUNTS,
        "kind": st.sampled_from(["receipt", "receipt", "write_off"]),
    }
)
ALLOCATIONS = st.fixed_dictionaries(
    {"receipt_id": REFS, "document_id": st.none() | REFS, "amount_minor": AMOUNTS}
)
ROWS = {"document": DOCUMENTS, "receipt": RECEIPTS, "allocation": ALLOCATIONS}
PARTS: dict[str, Any] = {
    "client": st.sampled_from([{"credit_days": 7}, {"credit_days": None}]),
    "document": st.sampled_from(
        [
            {"gross_minor": 7},
            {"related_id": 2},
            {"related_id": None},
            {"issued_on": day(15)},
            {"due_on": None},
            {"client_id": 2},
        ]
    ),
    "receipt": st.sampled_from(
        [{"received_on": day(2)}, {"client_id": None}, {"client_id": 2}, {"kind": "write_off"}]
    ),
    "allocation": st.sampled_from([{"document_id": 3}, {"document_id": None}, {"amount_minor": 1}]),
}


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, Any]:
    what = draw(st.sampled_from(["post", "many", "correct", "trash", "undo", "redo"]))
    model = draw(st.sampled_from(list(ROWS)))
    if what == "post":
        return "post", (model, draw(ROWS[model]))
    if what == "many":
        return "many", (model, draw(st.lists(ROWS[model], min_size=1, max_size=4)))
    if what == "correct":
        model = draw(st.sampled_from(list(PARTS)))
        return "correct", (model, draw(REFS), draw(PARTS[model]), draw(st.booleans()))
    if what == "trash":
        return "correct", (model, draw(REFS), {"deleted_at": utc_now()}, False)
    return what, None


class Bookkeeper:
    """Posts to a book of its own; a record that names one that is not there is left out."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.number = 0
        self.counts = {"document": 0, "receipt": 0, "allocation": 0}

    def row(self, model: str, fields: dict[str, Any]) -> dict[str, Any] | None:
        named = {"related_id": "document", "document_id": "document", "receipt_id": "receipt"}
        if any((fields.get(key) or 0) > self.counts[one] for key, one in named.items()):
            return None
        self.counts[model] += 1
        if model != "document":
            return fields
        self.number += 1
        sign = -1 if fields["type"] == "credit_note" else 1
        gross = sign * fields["gross_minor"]
        return fields | {"number": f"T{self.number}", "net_minor": gross, "gross_minor": gross}

    def do(self, what: str, details: Any) -> None:
        if what in {"undo", "redo"}:
            getattr(self.desk, what)()
            return
        model, *rest = details
        if what == "correct":
            at, fields, bulk = rest
            if all(self.counts["document"] >= 3 for key in fields if key.endswith("_id")):
                self.desk.perform(LABEL, correct, model=model, at=at, fields=fields, bulk=bulk)
            return
        rows = rest[0] if what == "many" else [rest[0]]
        before = dict(self.counts)
        ready = [row for row in (self.row(model, one) for one in rows) if row is not None]
        if not ready:
            return
        try:
            if what == "many":
                self.desk.perform(LABEL, post_many, model=model, rows=ready)
            else:
                self.desk.perform(LABEL, post, model=model, fields=ready[0])
        except BaseException:
            self.counts = before
            raise


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(day_of_work=st.lists(steps(), min_size=4, max_size=25))
def test_what_is_kept_is_right_after_any_commands(
    plain_template: Path, day_of_work: list[tuple[str, Any]]
) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        with Book.open(copy_book(plain_template, folder / "b.acctbook")) as book:
            desk = Desk(book)
            for _ in range(2):
                desk.perform(LABEL, post_client)
            keeper = Bookkeeper(desk)
            for what, details in day_of_work:
                try:
                    keeper.do(what, details)
                except UserError:
                    continue  # nothing to undo, or undo refused
                with book.engine.connect() as connection:
                    assert kept.check(connection)[0], (what, details)
                    connection.rollback()
    finally:
        shutil.rmtree(folder)


def post_client(session: Session) -> None:
    session.add(Client(name="Α"))


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (Document, {"closed_on": FIRST}),
        (Document, {"touched_on": FIRST}),
        (Document, {"late_days": 3}),
        (Client, {"balance_minor": 4}),
    ],
    ids=str,
)
def test_a_check_finds_what_disagrees(desk: Desk, model: Any, wrong: dict[str, Any]) -> None:
    desk.perform(LABEL, post_client)
    fields = {
        "type": "invoice", "number": "1", "issued_on": FIRST, "client_id": 1,
        "net_minor": 5, "gross_minor": 5,
    }  # fmt: skip
    desk.perform(LABEL, post, model="document", fields=fields)
    assert desk.check().ok
    with desk.book.engine.begin() as connection:
        connection.execute(update(model).values(**wrong))
    report = desk.check()
    assert [str(line.text) for line in report.lines if not line.ok] == [
        "Open amounts that are kept disagree with the documents."
    ]


def test_how_late_an_invoice_was_paid_follows_the_clients_terms(desk: Desk) -> None:
    """Paid in two parts, ten and thirty days after its date; a write-off is no payment."""
    desk.perform(LABEL, post_client)
    invoice = {"type": "invoice", "number": "1", "issued_on": FIRST, "client_id": 1}
    desk.perform(
        LABEL, post, model="document", fields=invoice | {"net_minor": 41, "gross_minor": 41}
    )
    for number, (when, amount, kind) in enumerate(
        [(10, 30, "receipt"), (30, 10, "receipt"), (31, 1, "write_off")], start=1
    ):
        receipt = {"received_on": day(when), "client_id": 1, "amount_minor": amount, "kind": kind}
        desk.perform(LABEL, post, model="receipt", fields=receipt)
        named = {"receipt_id": number, "document_id": 1, "amount_minor": amount}
        desk.perform(LABEL, post, model="allocation", fields=named)

    def held(session: Session) -> tuple[dt.date, int | None]:
        one = session.get_one(Document, 1)
        return one.touched_on, one.late_days

    assert desk.query(held) == (day(10), 15)
    for bulk in (False, True):
        terms = {"credit_days": 12 + bulk}
        desk.perform(LABEL, correct, model="client", at=0, fields=terms, bulk=bulk)
        assert desk.query(held) == (day(10), 3 - bulk)
    desk.undo()
    assert desk.query(held) == (day(10), 3)


@pytest.mark.parametrize("bulk", [False, True])
def test_a_line_keeps_the_day_of_its_document(desk: Desk, bulk: bool) -> None:
    desk.perform(LABEL, post_client)
    invoice = {
        "type": "invoice", "number": "1", "issued_on": FIRST, "client_id": 1,
        "net_minor": 41, "gross_minor": 41,
    }  # fmt: skip
    desk.perform(LABEL, post, model="document", fields=invoice)
    line = {"document_id": 1, "amount": Decimal("0.41")}
    if bulk:
        desk.perform(LABEL, post_many, model="line", rows=[line, line])
    else:
        desk.perform(LABEL, post, model="line", fields=line)

    def days(session: Session) -> set[dt.date | None]:
        return set(session.scalars(select(DocumentLine.issued_on)))

    assert desk.query(days) == {FIRST}
    moved = {"issued_on": day(4)}
    desk.perform(LABEL, correct, model="document", at=0, fields=moved, bulk=bulk)
    assert desk.query(days) == {day(4)}
    desk.undo()
    assert desk.query(days) == {FIRST}
    assert desk.check().ok
    with desk.book.engine.begin() as connection:
        connection.execute(update(DocumentLine).values(issued_on=day(4)))
    assert not desk.check().ok


def test_an_undone_import_keeps_the_days_of_what_it_had_settled(desk: Desk) -> None:
    desk.perform(LABEL, post_client)
    rows = [
        {"type": "invoice", "number": f"{n}", "issued_on": FIRST, "client_id": 1,
         "net_minor": 5, "gross_minor": 5}
        for n in range(20)
    ]  # fmt: skip
    desk.perform(LABEL, post_many, model="document", rows=rows)
    paid = [{"received_on": day(3), "client_id": 1, "amount_minor": 5} for _ in rows]
    desk.perform(LABEL, post_many, model="receipt", rows=paid)
    named = [{"receipt_id": n, "document_id": n, "amount_minor": 5} for n in range(1, 21)]
    desk.perform(LABEL, post_many, model="allocation", rows=named)
    days = select(Document.closed_on)

    def kept_days(session: Session) -> set[dt.date]:
        return set(session.scalars(days))

    assert desk.query(kept_days) == {day(3)}
    desk.undo()
    assert desk.query(kept_days) == {NEVER}
    desk.redo()
    assert desk.query(kept_days) == {day(3)}


@pytest.mark.parametrize("bulk", [False, True])
def test_what_was_named_before_is_open_again(desk: Desk, bulk: bool) -> None:
    desk.perform(LABEL, post_client)
    for number, gross, names in (("1", 5, None), ("2", 5, None), ("3", -5, 1)):
        fields = {
            "type": "credit_note" if names else "invoice", "number": number, "issued_on": FIRST,
            "client_id": 1, "related_id": names, "net_minor": gross, "gross_minor": gross,
        }  # fmt: skip
        desk.perform(LABEL, post, model="document", fields=fields)
    closed = select(Document.closed_on).where(Document.type == "invoice").order_by(Document.id)

    def kept_days(session: Session) -> list[dt.date]:
        return list(session.scalars(closed))

    assert desk.query(kept_days) == [FIRST, NEVER]
    desk.perform(LABEL, correct, model="document", at=2, fields={"related_id": 2}, bulk=bulk)
    assert desk.query(kept_days) == [NEVER, FIRST]
    desk.undo()
    assert desk.query(kept_days) == [FIRST, NEVER]


def test_open_invoices_are_one_look_into_an_index(plain_template: Path, tmp_path: Path) -> None:
    with Book.open(copy_book(plain_template, tmp_path / "plan.acctbook")) as book:
        query = select(standing.open_items(day(20)))
        plan = Desk(book).query(
            lambda session: session.execute(
                text(f"EXPLAIN QUERY PLAN {query.compile(compile_kwargs={'literal_binds': True})}")
            ).all()
        )
    assert "ix_documents_type_closed_on (type=? AND closed_on>?)" in str(plan)


def test_what_a_few_clients_owe_is_looked_up_by_them(plain_template: Path, tmp_path: Path) -> None:
    with Book.open(copy_book(plain_template, tmp_path / "plan.acctbook")) as book:
        query = select(standing.overdue(day(20), [1, 2, 3]))
        plan = Desk(book).query(
            lambda session: session.execute(
                text(f"EXPLAIN QUERY PLAN {query.compile(compile_kwargs={'literal_binds': True})}")
            ).all()
        )
    assert "ix_documents_client_id_issued_on (client_id=? AND issued_on<?)" in str(plan)


@pytest.mark.parametrize("bulk", [False, True])
def test_a_client_keeps_its_balance(desk: Desk, bulk: bool) -> None:
    for _ in range(2):
        desk.perform(LABEL, post_client)
    invoice = {
        "type": "invoice", "number": "1", "issued_on": FIRST, "client_id": 1,
        "net_minor": 41, "gross_minor": 41,
    }  # fmt: skip
    receipt = {"received_on": day(2), "client_id": 1, "amount_minor": 50}
    for model, row in (("document", invoice), ("receipt", receipt)):
        if bulk:
            desk.perform(LABEL, post_many, model=model, rows=[row])
        else:
            desk.perform(LABEL, post, model=model, fields=row)

    def held(session: Session) -> list[int]:
        return list(session.scalars(select(Client.balance_minor).order_by(Client.id)))

    assert desk.query(held) == [-9, 0]
    corrections: list[tuple[str, dict[str, Any], list[int]]] = [
        ("document", {"client_id": 2}, [-50, 41]),
        ("document", {"gross_minor": 30}, [-50, 30]),
        ("receipt", {"client_id": None}, [0, 30]),
        ("document", {"deleted_at": utc_now()}, [0, 0]),
    ]
    for model, fields, wanted in corrections:
        desk.perform(LABEL, correct, model=model, at=0, fields=fields, bulk=bulk)
        assert desk.query(held) == wanted
    for _model, _fields, wanted in reversed(corrections[:-1]):
        desk.undo()
        assert desk.query(held) == wanted
