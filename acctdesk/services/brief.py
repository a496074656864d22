"""The brief before a visit: what is worth knowing about one client, on one day, in one answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk import periods
from acctdesk.figures.rhythm import OrderRhythm, order_rhythm
from acctdesk.kinds import PromiseBy, TimelineKind
from acctdesk.models import Document
from acctdesk.services import sales, standing
from acctdesk.services.case_rows import DisputeRow, KeyDateRow
from acctdesk.services.client_facts import get_client
from acctdesk.services.contacts import contacts_of
from acctdesk.services.credit import ClientCredit, client_credit
from acctdesk.services.disputes import disputes
from acctdesk.services.interactions import open_promises
from acctdesk.services.key_dates import key_dates
from acctdesk.services.needs import open_needs
from acctdesk.services.payment_promises import PaymentPromiseRow, payment_promises
from acctdesk.services.profile import get_profile
from acctdesk.services.promises import KeptRatio, kept_ratios
from acctdesk.services.receivables import open_invoices
from acctdesk.services.rows import (
    ClientCard,
    ContactRow,
    NeedRow,
    OpenInvoice,
    Profile,
    PromiseRow,
    TargetSeries,
    TaskRow,
    TimelineItem,
)
from acctdesk.services.targets import target_series
from acctdesk.services.tasks import open_tasks
from acctdesk.services.timeline import timeline
from acctdesk.text import fold

TALKS = 3
AHEAD = dt.timedelta(days=90)
# how people write, in either language, who sees to payments; folded
_PAYING = ("λογιστ", "οικονομικ", "ταμει", "ταμια", "πληρωμ", "account", "financ", "payment", "cfo")


@dataclass(frozen=True, slots=True)
class Brief:
    """One client as of a day. Sales net, receivables gross; lists are whole, not cut to a page."""

    as_of: dt.date
    profile: Profile
    client: ClientCard
    people: tuple[ContactRow, ...]  # who decides, then who sees to payments, then the others
    talks: tuple[TimelineItem, ...]  # the last three, newest first
    promises: tuple[PromiseRow, ...]  # open, both ways, earliest first
    needs: tuple[NeedRow, ...]  # open, in the order in which they were heard
    kept: Mapping[PromiseBy, KeptRatio]  # of those settled or due
    tasks: tuple[TaskRow, ...]  # open, earliest first; the first is the next step
    invoices: tuple[OpenInvoice, ...]  # not fully paid, the oldest due first
    order: OrderRhythm | None  # None below four invoice days
    sales: TargetSeries  # the fiscal year
    last_year_minor: int  # the year before up to the same day
    anniversary: dt.date | None  # of being a client, where it falls within 90 days
    payments: tuple[PaymentPromiseRow, ...]  # promises to pay, broken ones first
    disputes: tuple[DisputeRow, ...]  # open, those that want an answer first
    key_dates: tuple[KeyDateRow, ...]  # not closed, up to 90 days ahead, earliest first
    credit: ClientCredit

    @property
    def falling_due(self) -> tuple[OpenInvoice, ...]:
        """The open invoices that fall due within 90 days."""
        last = self.as_of + AHEAD
        return tuple(one for one in self.invoices if self.as_of <= one.due_on <= last)


def sees_to_payments(person: ContactRow) -> bool:
    """Tell whether a person's role or department, as written, is that of who pays."""
    words = fold(f"{person.role or ''} {person.department or ''}")
    return any(stem in words for stem in _PAYING)


def brief(session: Session, *, client_id: int, today: dt.date) -> Brief:
    """Return the brief of a client as of today; the number of statements does not grow with it.

    Raises:
        UserError: the client is not in the book.
    """
    client = get_client(session, client_id=client_id, today=today)
    profile = get_profile(session)
    year = periods.fiscal_year_of(today, profile.fiscal_start)
    start = periods.fiscal_year(year, profile.fiscal_start).start
    people = contacts_of(session, client_id=client_id)
    return Brief(
        as_of=today,
        profile=profile,
        client=client,
        people=tuple(sorted(people, key=lambda one: (not one.decides, not sees_to_payments(one)))),
        talks=_talks(session, client_id, today),
        promises=tuple(open_promises(session, client_id=client_id)),
        needs=tuple(open_needs(session, client_id=client_id)),
        kept=kept_ratios(session, today=today, client_id=client_id),
        tasks=tuple(open_tasks(session, client_id=client_id)),
        invoices=tuple(open_invoices(session, as_of=today, client_id=client_id)),
        order=order_rhythm(_order_days(session, client_id, today), as_of=today),
        sales=target_series(session, client_id=client_id, fiscal_year=year, as_of=today),
        last_year_minor=sales.net_between(
            session,
            start=periods.add_months(start, -12),
            end=periods.add_months(today, -12),
            client_id=client_id,
        ),
        anniversary=_anniversary(client.client_since, today),
        payments=tuple(payment_promises(session, as_of=today, client_id=client_id)),
        disputes=tuple(disputes(session, today=today, client_id=client_id)),
        key_dates=tuple(key_dates(session, today=today, client_id=client_id, until=today + AHEAD)),
        credit=client_credit(session, client_id=client_id, as_of=today),
    )


def _talks(session: Session, client_id: int, today: dt.date) -> tuple[TimelineItem, ...]:
    tomorrow = today + dt.timedelta(days=1)
    kind = TimelineKind.INTERACTION
    found = timeline(
        session,
        client_id=client_id,
        today=today,
        kinds=[kind.value],
        before=(tomorrow, (kind, 0)),  # what is written for a later day has not happened
        limit=TALKS,
        bare=True,
    )
    return tuple(found)


def _order_days(session: Session, client_id: int, today: dt.date) -> list[dt.date]:
    query = (
        select(Document.issued_on)
        .where(*standing.invoices(today), Document.client_id == client_id)
        .distinct()
    )
    return list(session.scalars(query))


def _anniversary(since: dt.date | None, today: dt.date) -> dt.date | None:
    """Return the next day on which the client is one for whole years, if it is near."""
    if since is None or since >= today:
        return None
    coming = periods.add_months(since, 12 * (today.year - since.year))
    if coming < today:
        coming = periods.add_months(since, 12 * (today.year - since.year + 1))
    return coming if coming <= today + AHEAD else None
