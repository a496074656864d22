"""Statements of account: opening and movements are the closing, for whoever and whenever."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.kinds import Language, ReceiptKind
from acctdesk.models import Client
from acctdesk.reports.statement import statement_workbook
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.receivables import balances, receivables
from acctdesk.services.statements import statement, statement_currencies, who_has_statements
from acctdesk.storage.book import Book
from tests.services.conftest import TODAY, Do
from tests.services.test_payment_promises import add_invoice, add_receipt

DAY = dt.timedelta(days=1)
days = st.dates(dt.date(2023, 1, 1), TODAY)


@pytest.fixture(scope="module")
def whole(demo_file: Path) -> Desk:
    """Give the demo book, to read; one for all the examples that are tried."""
    return Desk(Book.open(demo_file, read_only=True))


def group_of(session: Session, client_id: int) -> list[int]:
    head = session.scalar(select(Client.parent_id).where(Client.id == client_id)) or client_id
    mates = select(Client.id).where((Client.id == head) | (Client.parent_id == head))
    return list(session.scalars(mates))


@given(client_id=st.integers(1, 30), first=days, second=days, group=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_opening_and_movements_are_the_closing_balance(
    whole: Desk, client_id: int, first: dt.date, second: dt.date, group: bool
) -> None:
    start, end = sorted((first, second))
    made = whole.query(statement, client_id=client_id, start=start, end=end, group=group)
    assert made.opening_minor + made.moved_minor == made.closing_minor
    running = made.opening_minor
    for line in made.lines:
        running += line.amount_minor
        assert line.balance_minor == running
        assert start <= line.day <= end
    ids = whole.query(group_of, client_id) if group else [client_id]
    before, after = (whole.query(balances, as_of=day) for day in (start - DAY, end))
    assert made.opening_minor == sum(before.get(one, 0) for one in ids)
    assert made.closing_minor == sum(after.get(one, 0) for one in ids)
    assert sum(made.ageing.values()) + made.unapplied_minor == made.closing_minor


def test_the_ageing_at_the_foot_is_that_of_the_receivables(whole: Desk) -> None:
    for client_id in whole.query(who_has_statements, start=TODAY, end=TODAY, groups=False)[:10]:
        made = whole.query(statement, client_id=client_id, start=TODAY, end=TODAY)
        owed = whole.query(receivables, as_of=TODAY, client_id=client_id)
        assert made.ageing == owed.ageing
        assert made.unapplied_minor == -owed.unapplied_minor


def test_who_has_something_to_state_has_a_balance_or_moved(whole: Desk) -> None:
    start = TODAY - 30 * DAY
    found = whole.query(who_has_statements, start=start, end=TODAY, groups=False)
    for client_id in range(1, 31):
        made = whole.query(statement, client_id=client_id, start=start, end=TODAY)
        says = bool(made.opening_minor or made.lines or made.closing_minor)
        assert says == (client_id in found)
    groups = whole.query(who_has_statements, start=start, end=TODAY, groups=True)
    assert len(groups) == len(set(groups)) <= len(found)


def test_each_currency_has_a_statement_of_its_own(desk: Desk, do: Do) -> None:
    client = do(create_client, name="Garten", country="DE")
    invoice = do(add_invoice, client_id=client, number="=1+1", gross=10_000)
    do(add_receipt, client_id=client, day=TODAY, parts={invoice: 4_000}, kind=ReceiptKind.WRITE_OFF)
    period: dict[str, Any] = {"start": dt.date(2026, 1, 1), "end": TODAY}
    assert desk.query(statement_currencies, client_ids=[client]) == ["EUR"]
    other = desk.query(statement, client_id=client, currency="USD", **period)
    assert (other.lines, other.closing_minor, set(other.ageing.values())) == ((), 0, {0})
    made = desk.query(statement, client_id=client, **period)
    assert [one.kind for one in made.lines][-1] is ReceiptKind.WRITE_OFF
    assert (made.closing_minor, made.language) == (6_000, Language.EN)
    with pytest.raises(UserError, match="ends before"):
        desk.query(statement, client_id=client, start=TODAY, end=TODAY - DAY)


def test_the_workbook_holds_the_statement_and_text_stays_text(desk: Desk, do: Do) -> None:
    client = do(create_client, name="=cmd|' /C calc'!A0")
    invoice = do(add_invoice, client_id=client, number="=1+1", gross=10_000)
    do(add_receipt, client_id=client, day=TODAY, parts={invoice: 4_000})
    made = desk.query(statement, client_id=client, start=dt.date(2026, 1, 1), end=TODAY)
    content = statement_workbook(made, Language.EN)
    shown: Any = load_workbook(io.BytesIO(content), data_only=True).active
    raw: Any = load_workbook(io.BytesIO(content)).active
    cells: list[list[Any]] = [[cell.value for cell in row] for row in shown.iter_rows()]
    assert shown["A2"].value == made.name
    assert raw["A2"].data_type == "s"
    (line,) = (row for row in raw.iter_rows() if row[2].value == "=1+1")
    assert line[2].data_type == "s"
    closing = next(row for row in cells if row[1] == "Balance at the end")
    assert closing[4:] == [100, 40, 60]
    assert sum(cells[-1][:-1]) == cells[-1][-1] == 60  # the ageing at the foot
