"""The reminder ladder: whom a step is proposed for, who is left out and why, and what is made."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import io
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.exchange.reminders import RemindersDone, make_in_child, make_reminders
from acctdesk.i18n import msg
from acctdesk.kinds import DisputeType, DocumentType, InteractionKind, ReminderKind, TimelineKind
from acctdesk.models import Document, RemindedDocument, Reminder, Task
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.disputes import open_dispute
from acctdesk.services.interactions import trash_interaction
from acctdesk.services.ladder import (
    LeftOut,
    Proposal,
    Standing,
    Step,
    get_ladder,
    proposals,
    set_ladder,
)
from acctdesk.services.payment_promises import promise_to_pay
from acctdesk.services.timeline import timeline, timeline_counts

TODAY = dt.date(2026, 11, 12)
AT = dt.datetime(2026, 11, 12, 9, tzinfo=dt.UTC)
STEP = msg("Test", "Step")


def add_client(desk: Desk, name: str, *days_late: int, country: str | None = None) -> int:
    """Add a client with an invoice of 100 euros for each number of days late; return its id."""

    def both(session: Session) -> int:
        client_id = create_client(session, name=name, country=country, email="x@example.com")
        for late in days_late:
            session.add(
                Document(
                    type=DocumentType.INVOICE.value,
                    number=f"{name}-{late}",
                    issued_on=TODAY - dt.timedelta(days=late + 30),
                    due_on=TODAY - dt.timedelta(days=late),
                    client_id=client_id,
                    net_minor=100_00,
                    gross_minor=100_00,
                )
            )
        return client_id

    return int(desk.perform(STEP, both).value)


def proposed(desk: Desk, client_id: int, day: dt.date = TODAY) -> Proposal:
    (found,) = desk.query(proposals, as_of=day, client_ids=[client_id])
    return found


def make(desk: Desk, folder: Path, *client_ids: int, **more: object) -> RemindersDone:
    order = {"client_ids": client_ids, "folder": folder, "today": TODAY, "at": AT, **more}
    return make_reminders(desk, **order)  # type: ignore[arg-type]


def invoice_of(desk: Desk, number: str) -> int:
    with desk.book.reader() as session:
        return session.scalars(select(Document.id).where(Document.number == number)).one()


def test_disputed_and_promised_invoices_are_left_out_with_the_reason(desk: Desk) -> None:
    client = add_client(desk, "Κήπος", 40, 20, 6, -3)
    blocked, parked = invoice_of(desk, "Κήπος-40"), invoice_of(desk, "Κήπος-20")
    by = TODAY + dt.timedelta(days=4)
    desk.perform(
        STEP, open_dispute, client_id=client, today=TODAY, title="Ελλείψεις",
        type=DisputeType.QUANTITY, blocked={blocked: None},
    )  # fmt: skip
    desk.perform(
        STEP, promise_to_pay, client_id=client, today=TODAY, due_on=by, invoices={parked: None}
    )
    found = proposed(desk, client)
    assert [(one.invoice.id, one.why, one.promised_on) for one in found.left_out] == [
        (blocked, LeftOut.DISPUTE, None),
        (parked, LeftOut.PROMISE, by),
    ]
    assert [one.number for one in found.invoices] == ["Κήπος-6"]
    assert (found.standing, found.number) == (Standing.NEXT, 1)


def test_a_client_whose_invoices_are_all_promised_has_no_step(desk: Desk) -> None:
    client = add_client(desk, "Κήπος", 40)
    invoices = {invoice_of(desk, "Κήπος-40"): None}
    desk.perform(
        STEP, promise_to_pay, client_id=client, today=TODAY, due_on=TODAY, invoices=invoices
    )
    found = proposed(desk, client)
    assert (found.standing, found.step) == (Standing.LEFT_OUT, None)
    with pytest.raises(UserError, match="No step is due"):
        make(desk, Path(), client)


def test_a_step_makes_file_interaction_and_reminder_as_one_step(desk: Desk, tmp_path: Path) -> None:
    client = add_client(desk, "Κήπος", 9, 2)
    done = make(desk, tmp_path, client, with_interest=True)
    (file,) = done.files
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    text = str(mail.get_content())
    assert mail["To"] == "x@example.com"
    assert "Κήπος-9 της 04/10/2026" in text
    assert "τόκος υπερημερίας" in text
    assert "200,00" in text
    (item,) = [
        one
        for one in desk.query(timeline, client_id=client, today=TODAY)
        if one.kind is TimelineKind.INTERACTION
    ]
    assert item.interaction_kind is InteractionKind.EMAIL
    (step,) = item.reminders
    assert (step.step, step.numbers) == (1, ("Κήπος-9", "Κήπος-2"))
    assert step.open_minor > 0
    after = proposed(desk, client)
    assert (after.standing, after.number, after.last_on) == (Standing.WAITING, 2, TODAY)
    assert after.on == TODAY + dt.timedelta(days=10)
    desk.undo()
    assert proposed(desk, client).number == 1
    with desk.book.reader() as session:
        assert session.scalars(select(Reminder).where(Reminder.deleted_at.is_(None))).all() == []


def test_a_call_becomes_a_task_of_the_day(desk: Desk, tmp_path: Path) -> None:
    client = add_client(desk, "Κήπος", 9)
    make(desk, tmp_path, client)
    later = TODAY + dt.timedelta(days=10)
    done = make(desk, tmp_path, client, today=later)
    assert (len(done.files), done.calls) == (0, 1)
    with desk.book.reader() as session:
        task = session.scalars(select(Task)).one()
        assert (task.client_id, task.due_on) == (client, later)
        assert "Κήπος-9" in (task.notes or "")
        steps = session.scalars(select(Reminder.step).order_by(Reminder.id)).all()
        assert steps == [1, 2]
        assert len(session.scalars(select(RemindedDocument)).all()) == 2


def test_a_reminder_without_a_letter_in_the_timeline_has_a_line_of_its_own(
    desk: Desk, tmp_path: Path
) -> None:
    client = add_client(desk, "Κήπος", 9)
    make(desk, tmp_path, client)
    later = TODAY + dt.timedelta(days=10)
    make(desk, tmp_path, client, today=later, at=AT + dt.timedelta(days=10))

    def lines() -> list[tuple[int, str, dt.date, tuple[str, ...]]]:
        items = desk.query(timeline, client_id=client, today=later)
        alone = [one for one in items if one.kind is TimelineKind.REMINDER]
        return [
            (step.step, one.subject, one.day, step.numbers)
            for one in alone
            for step in one.reminders
        ]

    call = (2, get_ladder_name(desk, 2), later, ("Κήπος-9",))
    assert lines() == [call]
    letter = next(
        one for one in desk.query(timeline, client_id=client, today=later) if one.interaction_kind
    )
    desk.perform(STEP, trash_interaction, interaction_id=letter.key[1])
    assert lines() == [call, (1, get_ladder_name(desk, 1), TODAY, ("Κήπος-9",))]
    counts = desk.query(timeline_counts, client_id=client)
    assert counts["reminder"] == 2
    desk.undo()
    assert lines() == [call]


def get_ladder_name(desk: Desk, number: int) -> str:
    return desk.query(get_ladder)[number - 1].name


def test_a_letter_has_the_invoices_in_a_table_in_the_language_of_the_country(
    desk: Desk, tmp_path: Path
) -> None:
    from docx import Document as Docx

    steps = [Step(1, "Γράμμα", ReminderKind.LETTER, "reminder-last/el", "reminder-last/en")]
    desk.perform(STEP, set_ladder, steps=steps)
    greek = add_client(desk, "Κήπος", 9)
    other = add_client(desk, "Garten", 9, 3, country="DE")
    files = {file.name: file for file in make(desk, tmp_path, greek, other).files}
    assert len(files) == 2
    (name,) = (one for one in files if one.startswith("Garten"))
    made = Docx(io.BytesIO(files[name].read_bytes()))
    (table,) = made.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[0] == ["Invoice", "Date", "Due", "Days late", "Open amount"]
    assert cells[1] == ["Garten-9", "04/10/2026", "03/11/2026", "9", "€100.00"]
    assert cells[-1] == ["Total", "", "", "", "€200.00"]
    assert "Last reminder" in made.core_properties.title


def test_a_cancelled_batch_leaves_no_file_and_no_reminder(desk: Desk, tmp_path: Path) -> None:
    clients = [add_client(desk, f"Κήπος {number}", 9) for number in range(3)]
    looks = iter([False, True])
    with pytest.raises(UserError, match="Cancelled"):
        make(desk, tmp_path, *clients, cancelled=lambda: next(looks))
    assert not list(tmp_path.glob("*.eml"))
    assert all(proposed(desk, one).number == 1 for one in clients)


def test_a_child_process_makes_the_same(desk: Desk, tmp_path: Path) -> None:
    client = add_client(desk, "Κήπος", 9)
    done = make_in_child(desk, client_ids=[client], folder=tmp_path, today=TODAY, at=AT)
    assert [file.suffix for file in done.files] == [".eml"]
    assert proposed(desk, client).number == 2


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [Step(5, "  ", ReminderKind.CALL)],
        [Step(5, "α", ReminderKind.CALL), Step(5, "β", ReminderKind.CALL)],
        [Step(5, "α", ReminderKind.LETTER, "reminder-last/el", "")],
        [Step(5, "α", ReminderKind.EMAIL, "reminder-last/el", "reminder-last/en")],
    ],
)
def test_a_ladder_that_cannot_be_is_refused(desk: Desk, steps: list[Step]) -> None:
    before = desk.query(get_ladder)
    with pytest.raises(UserError):
        desk.perform(STEP, set_ladder, steps=steps)
    assert desk.query(get_ladder) == before


def test_an_own_ladder_is_kept_and_the_usual_one_comes_back(desk: Desk) -> None:
    usual = desk.query(get_ladder)
    own = [Step(10, "Τηλεφώνημα", ReminderKind.CALL)]
    desk.perform(STEP, set_ladder, steps=own)
    assert desk.query(get_ladder) == own
    desk.perform(STEP, set_ladder, steps=None)
    assert desk.query(get_ladder) == usual
