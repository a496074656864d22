"""The demo book: the same for a seed, plausible, whole, and undone in one step."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from stdnum.gr import vat

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import PromiseOutcome
from acctdesk.models import Client, Contact, Document, DocumentLine, Interaction, Receipt, Task
from acctdesk.services.demo import fill_demo
from acctdesk.services.desk import Desk
from acctdesk.services.figures import figures
from acctdesk.services.ladder import Standing, proposals
from acctdesk.services.payment_promises import payment_promises
from acctdesk.services.profile import set_profile
from acctdesk.services.timeline import timeline
from acctdesk.services.today import today_page
from acctdesk.storage.book import Book
from tests.books import copy_book

TODAY = dt.date(2026, 11, 12)


def filled(template: Path, place: Path, *, seed: int, language: str = "el") -> Desk:
    desk = Desk(Book.open(copy_book(template, place)))
    desk.perform(msg("Test", "Language"), set_profile, language=language)
    desk.perform(msg("Test", "Demo"), fill_demo, clients=8, seed=seed, today=TODAY)
    return desk


def contents(session: Session) -> list[tuple[object, ...]]:
    columns = {
        Client: ("name", "code", "vat_id", "city", "segment", "parent_id"),
        Document: ("number", "issued_on", "gross_minor", "related_id"),
        Receipt: ("number", "received_on", "amount_minor"),
        Interaction: ("client_id", "happened_at", "subject", "body"),
        Task: ("title", "due_on", "state"),
    }
    return [
        tuple(row)
        for model, names in columns.items()
        for row in session.execute(
            select(*(getattr(model, name) for name in names)).order_by(model.id)  # type: ignore[attr-defined]
        )
    ]


def test_the_same_seed_makes_the_same_book(plain_template: Path, tmp_path: Path) -> None:
    desks = [
        filled(plain_template, tmp_path / f"{number}.acctbook", seed=seed)
        for number, seed in enumerate((3, 3, 4))
    ]
    first, again, other = (desk.query(contents) for desk in desks)
    for desk in desks:
        desk.close()
    assert first == again
    assert first != other


def test_the_book_is_plausible_and_whole(demo: Desk) -> None:
    assert demo.check().ok
    found = demo.query(figures, as_of=TODAY)
    assert found.clients == 30
    assert found.invoices > 600
    assert found.credit_notes > 5
    assert found.receivables.unapplied_minor > 0
    assert found.receivables.open_minor > 0
    assert any(
        amount > 0 for bucket, amount in found.receivables.ageing.items() if bucket != "not_due"
    )
    assert found.period.target_minor
    assert all(client.net_minor > 0 for client in found.by_client)
    assert len({client.name for client in found.by_client}) == 30


def test_every_name_and_number_is_invented_but_well_formed(demo: Desk) -> None:
    def vat_ids(session: Session) -> list[str | None]:
        return list(session.scalars(select(Client.vat_id)))

    ids = demo.query(vat_ids)
    assert len(set(ids)) == len(ids)
    for one in ids:
        assert one is not None
        assert vat.is_valid(one)
        assert one.startswith("77")

    def mails(session: Session) -> list[str | None]:
        return [*session.scalars(select(Client.email)), *session.scalars(select(Contact.email))]

    assert all(mail and mail.endswith(".example") for mail in demo.query(mails))


def test_nothing_is_dated_after_today(demo: Desk) -> None:
    def newest(session: Session) -> tuple[dt.date | None, dt.date | None, dt.datetime | None]:
        return (
            session.scalar(select(func.max(Document.issued_on))),
            session.scalar(select(func.max(Receipt.received_on))),
            session.scalar(select(func.max(Interaction.happened_at))),
        )

    issued, received, happened = demo.query(newest)
    assert issued is not None
    assert received is not None
    assert happened is not None
    assert issued <= TODAY
    assert received <= TODAY
    assert happened.astimezone().date() <= TODAY


@pytest.mark.parametrize("day", [TODAY, dt.date(2027, 1, 3), dt.date(2028, 2, 29)])
def test_every_day_of_the_demo_is_alive(plain_template: Path, tmp_path: Path, day: dt.date) -> None:
    desk = Desk(Book.open(copy_book(plain_template, tmp_path / "day.acctbook")))
    desk.perform(msg("Test", "Demo"), fill_demo, clients=40, seed=1, today=day)
    found = desk.query(today_page, today=day)
    desk.close()
    assert 3 <= found.tiles.quiet_clients <= 6
    assert [one.time.hour for one in found.appointments].count(11) >= 1
    assert len(found.appointments) >= 3
    assert found.tiles.promises_soon >= 3
    assert {"tasks_due", "our_promises", "their_promises", "gone_quiet"} <= {
        line.rule for line in found.lines
    }


def test_documents_are_the_sum_of_their_lines(demo: Desk) -> None:
    def differences(session: Session) -> int:
        from decimal import ROUND_HALF_UP, Decimal

        sums: dict[int, Decimal] = {}
        for document_id, amount in session.execute(
            select(DocumentLine.document_id, DocumentLine.amount)
        ):
            sums[document_id] = sums.get(document_id, Decimal(0)) + amount
        return sum(
            int((sums[row.id] * 100).quantize(Decimal(1), ROUND_HALF_UP)) != row.net_minor
            for row in session.execute(select(Document.id, Document.net_minor))
        )

    assert demo.query(differences) == 0


def test_an_english_book_speaks_english(plain_template: Path, tmp_path: Path) -> None:
    desk = filled(plain_template, tmp_path / "en.acctbook", seed=1, language="en")
    items = desk.query(timeline, client_id=1, today=TODAY, kinds=["interaction"])
    desk.close()
    assert items
    assert all(item.subject.isascii() for item in items)


def test_one_undo_empties_the_book(own_demo: Desk) -> None:
    own_demo.undo()
    found = own_demo.query(figures, as_of=TODAY)
    assert (found.clients, found.invoices, found.receipts) == (0, 0, 0)


@pytest.mark.parametrize("clients", [0, -1, 100_001])
def test_an_impossible_size_is_refused(desk: Desk, clients: int) -> None:
    with pytest.raises(UserError, match="100000"):
        desk.perform(msg("Test", "Demo"), fill_demo, clients=clients, seed=1, today=TODAY)


@pytest.mark.parametrize("day", [TODAY, dt.date(2027, 1, 3)])
def test_promises_to_pay_of_the_demo_are_kept_broken_and_running(
    plain_template: Path, tmp_path: Path, day: dt.date
) -> None:
    desk = Desk(Book.open(copy_book(plain_template, tmp_path / "day.acctbook")))
    desk.perform(msg("Test", "Demo"), fill_demo, clients=60, seed=1, today=day)
    outcomes = {one.outcome for one in desk.query(payment_promises, as_of=day)}
    standings = {one.standing for one in desk.query(proposals, as_of=day)}
    desk.close()
    assert outcomes >= {PromiseOutcome.KEPT, PromiseOutcome.BROKEN, PromiseOutcome.OPEN}
    assert standings >= {Standing.NEXT, Standing.WAITING, Standing.LEFT_OUT}
