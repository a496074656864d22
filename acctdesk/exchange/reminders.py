"""The steps of the reminder ladder as files: a letter (.docx) or a draft (.eml) for each client.

Nothing is sent. Files, interactions and reminders are one piece of work, as letters are; of a
call there is no file: it becomes a task of the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.exchange.letters import (
    Cancelled,
    Gap,
    LettersDone,
    document_of,
    gaps_of,
    render,
    write_letters,
)
from acctdesk.i18n import msg, nmsg
from acctdesk.kinds import Language, LetterKind, ReminderKind
from acctdesk.services.child import run_in_child
from acctdesk.services.desk import Desk
from acctdesk.services.ladder import Proposal, Standing, log_reminder, proposals, wording
from acctdesk.services.late_interest import claims
from acctdesk.services.letter_invoices import LetterInvoice
from acctdesk.services.letters import LetterInput, Merge, log_letters, merges
from acctdesk.services.profile import get_profile
from acctdesk.services.rows import LetterTemplateRow
from acctdesk.services.tasks import add_task


@dataclass(frozen=True, slots=True)
class Prepared:
    """A proposed step made ready: its template (None for a call) and what is merged into it."""

    proposal: Proposal
    template: LetterTemplateRow | None
    document: bytes | None
    merge: Merge

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What the wording names and is not known."""
        if self.template is None:
            return ()
        return gaps_of(self.template, self.document, [self.merge])

    @property
    def text(self) -> str:
        """The step as it reads: its subject and its words."""
        if self.template is None:
            return self.merge.values["invoice_table"]
        subject = render(self.template.subject, self.merge.values)
        return f"{subject}\n\n{render(self.template.body, self.merge.values)}"


@dataclass(frozen=True, slots=True)
class RemindersDone(LettersDone):
    """The files that were made, and how many calls became tasks."""

    calls: int = 0


def prepare(
    session: Session,
    *,
    client_ids: Sequence[int],
    today: dt.date,
    language: Language | None = None,
    with_interest: bool = False,
) -> list[Prepared]:
    """Return the steps due today for some clients, ready to be made; nothing is.

    ``language`` is for all, None for the one of each client's country.

    Raises:
        UserError: the wording of a step is gone.
    """
    found = []
    for proposal in proposals(session, as_of=today, client_ids=client_ids):
        if proposal.standing is not Standing.NEXT or proposal.step is None:
            continue
        chosen = language or proposal.language
        template = wording(session, proposal.step, chosen)
        if template is None and proposal.step.kind is not ReminderKind.CALL:
            raise UserError(
                msg(
                    "Ladder",
                    "The wording of the step “{name}” is gone. Choose another in Settings, under"
                    " Reminders. Nothing was changed.",
                    name=proposal.step.name,
                )
            )
        merged = merges(
            session,
            client_ids=[proposal.client_id],
            language=chosen,
            today=today,
            invoices={proposal.client_id: _lines(session, proposal, today, with_interest)},
        )
        document = None if template is None else document_of(session, template)
        found += [Prepared(proposal, template, document, one) for one in merged]
    return found


def _lines(
    session: Session, proposal: Proposal, today: dt.date, with_interest: bool
) -> list[LetterInvoice]:
    lines = [
        LetterInvoice(
            one.id, one.number, one.issued_on, one.due_on, one.days_past_due, one.open_minor
        )
        for one in proposal.invoices
    ]
    if not with_interest:
        return lines
    owed = {one.id: (one.gross_minor, one.due_on) for one in proposal.invoices}
    found = claims(session, owed, today)
    return [replace(one, interest_minor=found[one.document_id].interest_minor) for one in lines]


def make_reminders(
    desk: Desk,
    *,
    client_ids: Sequence[int],
    folder: Path | None,
    today: dt.date,
    at: dt.datetime,
    language: Language | None = None,
    with_interest: bool = False,
    progress: Callable[..., None] | None = None,
    cancelled: Cancelled | None = None,
) -> RemindersDone:
    """Take the steps that are due for these clients: files into a folder, all as one undoable step.

    Each file lands in its client's timeline. ``folder`` may be None where all are calls. A draft
    whose address is not known is made without one.

    Raises:
        UserError: no step is due, or it was cancelled; no file stays, nothing was changed.
        EnvironmentFault: a file could not be written; none stays.
    """
    ready = desk.query(
        prepare,
        client_ids=client_ids,
        today=today,
        language=language,
        with_interest=with_interest,
    )
    if not ready:
        raise UserError(msg("Ladder", "No step is due for these clients. Nothing was changed."))
    written = [one for one in ready if one.template is not None]
    calls = [one for one in ready if one.template is None]
    label = nmsg("Step", "{n} reminder", "{n} reminders", len(ready))
    done = write_letters(
        [(one.template, one.document, one.merge) for one in written if one.template is not None],
        folder or Path(),
        lambda letters: desk.perform(
            label, log_reminders, written=written, letters=letters, calls=calls, today=today, at=at
        ),
        progress=progress,
        cancelled=cancelled,
    )
    return RemindersDone(done.files, done.changes, len(calls))


def make_in_child(desk: Desk, **order: Any) -> RemindersDone:
    """Do as :func:`make_reminders` in a child process; call it where commands take turns."""
    ended = msg(
        "Letters", "The work ended before it was done. Look into the folder, and try again."
    )
    return run_in_child(desk, make_reminders, ended=ended, **order)


def log_reminders(
    session: Session,
    *,
    written: Sequence[Prepared],
    letters: Sequence[LetterInput],
    calls: Sequence[Prepared],
    today: dt.date,
    at: dt.datetime,
) -> None:
    """Put the letters into the timelines, make a task of each call, and keep every step taken."""
    for one, interaction_id in zip(
        written, log_letters(session, letters=letters, at=at), strict=True
    ):
        _keep(session, one.proposal, today, interaction_id)
    currency = get_profile(session).currency
    for one in calls:
        asked = formats.money(one.proposal.overdue_minor, currency)
        add_task(
            session,
            title=msg("Ladder", "Call about {amount} overdue", amount=asked).localized(),
            client_id=one.proposal.client_id,
            due_on=today,
            notes=one.merge.values["invoice_table"],
        )
        _keep(session, one.proposal, today, None)


def _keep(session: Session, proposal: Proposal, today: dt.date, interaction_id: int | None) -> None:
    assert proposal.step is not None
    assert proposal.number is not None
    log_reminder(
        session,
        client_id=proposal.client_id,
        number=proposal.number,
        name=proposal.step.name,
        invoices={one.id: one.open_minor for one in proposal.invoices},
        sent_on=today,
        interaction_id=interaction_id,
    )


def needs_folder(ready: Sequence[Prepared]) -> bool:
    """Tell whether a file would be made."""
    return any(one.template is not None for one in ready)


def lacks_address(one: Prepared) -> bool:
    """Tell whether a draft would be made to nobody."""
    return (
        one.template is not None
        and one.template.kind is LetterKind.EMAIL
        and not one.merge.values["email"]
    )
