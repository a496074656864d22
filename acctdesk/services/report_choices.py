"""Which months, quarters and years a report can be written about, and which one is proposed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import extract, select
from sqlalchemy.orm import Session

from acctdesk import periods
from acctdesk.models import Document, Interaction, Receipt
from acctdesk.periods import Period
from acctdesk.services.days import day_end
from acctdesk.services.profile import get_profile
from acctdesk.services.rows import Profile


@dataclass(frozen=True, slots=True)
class ReportChoices:
    """Periods that hold data and the running ones, each list with the newest first."""

    profile: Profile
    months: tuple[Period, ...]
    quarters: tuple[Period, ...]
    years: tuple[Period, ...]
    proposed: Period  # a quarter

    def of(self, kind: str) -> tuple[Period, ...]:
        """Return the periods of a kind: month, quarter or year."""
        return {"month": self.months, "quarter": self.quarters, "year": self.years}[kind]


def report_choices(session: Session, *, today: dt.date) -> ReportChoices:
    """Return what a report can be about; the last finished quarter that holds data is proposed.

    Where the quarter just before is empty but the running one is not, the running one is. A period
    holds data where a document, a receipt or an interaction of it is not after ``today``.
    """
    profile = get_profile(session)
    start = profile.fiscal_start
    known = _months_with_data(session, today)
    shown = sorted({*known, periods.month_start(today)}, reverse=True)
    months = {month: periods.month_of(month) for month in shown}
    quarters = {periods.quarter_of(month, start).start: month for month in shown}
    years = {periods.fiscal_year_of(month, start) for month in shown}
    running = periods.quarter_of(today, start)
    finished = [month for month in known if month < running.start]
    last = periods.quarter_of(max(finished), start) if finished else running
    begun = any(month in running for month in known)
    just_before = periods.quarter_of(running.start - dt.timedelta(days=1), start)
    return ReportChoices(
        profile=profile,
        months=tuple(months.values()),
        quarters=tuple(periods.quarter_of(month, start) for month in quarters.values()),
        years=tuple(periods.fiscal_year(year, start) for year in sorted(years, reverse=True)),
        proposed=running if begun and last != just_before else last,
    )


def default_as_of(period: Period, *, today: dt.date) -> dt.date:
    """Return the day that a period is reported as of: its end, or today while it runs."""
    return min(period.end, today)


def _months_with_data(session: Session, today: dt.date) -> set[dt.date]:
    found: set[dt.date] = set()
    for day, model in ((Document.issued_on, Document), (Receipt.received_on, Receipt)):
        query = select(day).where(model.deleted_at.is_(None), day <= today).distinct()
        found.update(periods.month_start(one) for one in session.scalars(query))
    year = extract("year", Interaction.happened_at)
    month = extract("month", Interaction.happened_at)
    query_months = (
        select(year, month)
        .where(Interaction.deleted_at.is_(None), Interaction.happened_at < day_end(today))
        .distinct()
    )
    found.update(dt.date(int(one), int(two), 1) for one, two in session.execute(query_months))
    return found
