"""What the pages ask, by name: the figures and lists that the window paints from."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from acctdesk.i18n import msg
from acctdesk.kinds import InteractionKind, PayPeriod
from acctdesk.models import Document, Interaction
from acctdesk.periods import fiscal_year_of, quarter_of
from acctdesk.services.ageing import AgeingBy, ageing_months, ageing_rows, collection
from acctdesk.services.attainment import attainments
from acctdesk.services.cash import cash_check, cash_forecast
from acctdesk.services.client_facts import get_client
from acctdesk.services.contacts import contacts_of
from acctdesk.services.credit import credit_lines, over_limit
from acctdesk.services.desk import Desk
from acctdesk.services.evidence import evidence
from acctdesk.services.figures import figures
from acctdesk.services.habits import late_payers
from acctdesk.services.interactions import open_promises
from acctdesk.services.lists import ClientQuery, client_counts, client_totals
from acctdesk.services.measures import Scope
from acctdesk.services.pay import pay_of_period
from acctdesk.services.receivables import open_invoices, receivables
from acctdesk.services.search import answer, find
from acctdesk.services.targets import quarter_series, target_series
from acctdesk.services.tasks import open_tasks, pressing_tasks
from acctdesk.services.timeline import timeline, timeline_counts
from acctdesk.services.today import today_page
from acctdesk.services.what_if import ground
from acctdesk.storage.bulk import bulk_insert
from benchmarks.books import TODAY

Question = Callable[[Session], object]
PAGE = 100  # lines of a timeline that are asked for at a time
SHOWN = 5  # hits of a kind that the palette shows


def client_page(client_id: int) -> Question:
    """Return everything that is asked when a client is opened."""

    def ask(session: Session) -> object:
        return (
            get_client(session, client_id=client_id, today=TODAY),
            timeline(session, client_id=client_id, today=TODAY, limit=PAGE),
            timeline_counts(session, client_id=client_id),
            open_tasks(session, client_id=client_id, limit=SHOWN + 1),
            open_promises(session, client_id=client_id),
            contacts_of(session, client_id=client_id),
            target_series(
                session, client_id=client_id, fiscal_year=fiscal_year_of(TODAY, 1), as_of=TODAY
            ),
        )

    return ask


FIGURES: Mapping[str, Question] = {
    "Today": lambda session: today_page(session, today=TODAY),
    "Today: the quarter's pace": lambda session: quarter_series(session, as_of=TODAY),
    "Today: tasks that press": lambda session: pressing_tasks(session, today=TODAY),
    "receivables": lambda session: receivables(session, as_of=TODAY),
    "receivables: every open invoice": lambda session: open_invoices(session, as_of=TODAY),
    "receivables: ageing by client": lambda session: ageing_rows(
        session, as_of=TODAY, by=AgeingBy.CLIENT
    ),
    "receivables: twelve ends of months": lambda session: ageing_months(session, as_of=TODAY),
    "receivables: collection": lambda session: collection(session, as_of=TODAY),
    "receivables: who pays later": lambda session: late_payers(session, as_of=TODAY),
    "credit: every client": lambda session: credit_lines(session, as_of=TODAY),
    "credit: who is over the limit": lambda session: over_limit(session, as_of=TODAY),
    "cash: the weeks ahead": lambda session: cash_forecast(session, as_of=TODAY),
    "cash: last month": lambda session: cash_check(session, as_of=TODAY),
    "clients: the chips' counts": lambda session: client_counts(session, today=TODAY),
    "clients: the foot of the list": lambda session: client_totals(
        session, ClientQuery(), today=TODAY
    ),
    "targets: every landing, and causes": lambda session: attainments(session, as_of=TODAY),
    "targets: what if": lambda session: ground(
        session, as_of=TODAY, kind=PayPeriod.QUARTER, plan_id=1
    ),
    "targets: pay of the quarter": lambda session: pay_of_period(session, plan_id=1, as_of=TODAY),
    "targets: evidence of the book": lambda session: evidence(
        session, scope=Scope(), period=quarter_of(TODAY, 1), as_of=TODAY
    ),
    "targets of the year": lambda session: target_series(
        session, fiscal_year=fiscal_year_of(TODAY, 1), as_of=TODAY
    ),
}
COMMANDS: Mapping[str, Question] = {
    "command figures, every client": lambda session: figures(session, as_of=TODAY)
}


def palette(text: str) -> Question:
    """Return what the palette asks at a key."""
    return lambda session: answer(session, text=text, each=SHOWN)


def clients_found(text: str) -> Question:
    """Return what a field for clients asks at a key."""
    return lambda session: find(session, text=text, kinds=("client",))


def busiest_client(desk: Desk, *, talks: int) -> int:
    """Return the client with the most documents, given so many more interactions."""

    def find(session: Session) -> int | None:
        counted = select(Document.client_id).group_by(Document.client_id)
        return session.scalars(counted.order_by(func.count().desc()).limit(1)).first()

    client_id = desk.query(find)
    assert client_id is not None
    desk.perform(msg("Step", "Interactions"), _talk, client_id=client_id, talks=talks)
    return client_id


def _talk(session: Session, *, client_id: int, talks: int) -> None:
    chance = random.Random(talks)
    first = dt.datetime.combine(TODAY, dt.time(9), tzinfo=dt.UTC)
    rows: list[dict[str, Any]] = [
        {
            "client_id": client_id,
            "kind": chance.choice(list(InteractionKind)).value,
            "happened_at": first - dt.timedelta(hours=3 * number),
            "subject": f"Κλήση {number}",
            "body": "Ζήτησαν τον τιμοκατάλογο, για να τον συγκρίνουν με τον περσινό.",
        }
        for number in range(talks)
    ]
    bulk_insert(session, Interaction, rows)
