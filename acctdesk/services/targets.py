"""Sales targets by month, and a fiscal year of sales against them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from acctdesk import periods
from acctdesk.figures.phasing import phased
from acctdesk.figures.sales import plan_to_date
from acctdesk.kinds import Phasing, TargetMeasure
from acctdesk.models import Client, Target
from acctdesk.models.base import utc_now
from acctdesk.services import checks, sales
from acctdesk.services.days import own_calendar
from acctdesk.services.measures import Scope
from acctdesk.services.profile import get_profile
from acctdesk.services.rows import MonthFigure, TargetSeries
from acctdesk.services.target_plans import weights


def set_target(
    session: Session, *, month: dt.date, amount_minor: int | None, client_id: int | None = None
) -> int | None:
    """Set the net sales aimed at in a month, of a client or the whole book; return its id.

    ``amount_minor`` None takes the target away.
    """
    if client_id is not None:
        checks.live(session, Client, client_id)
    first = periods.month_start(checks.day(month) or month)
    target = session.scalars(
        select(Target).where(
            Target.month == first,
            Target.measure == TargetMeasure.NET_SALES.value,
            Target.deleted_at.is_(None),
            *_of(client_id),
        )
    ).first()
    if amount_minor is None:
        if target is not None:
            target.deleted_at = utc_now()
        return None
    if target is None:
        target = Target(
            month=first,
            measure=TargetMeasure.NET_SALES.value,
            client_id=client_id,
            currency=get_profile(session).currency,
            amount_minor=amount_minor,
        )
        session.add(target)
        session.flush()
    elif target.amount_minor != amount_minor:
        target.amount_minor = amount_minor
    return target.id


def set_targets(
    session: Session, *, amounts: Mapping[dt.date, int | None], client_id: int | None = None
) -> None:
    """Set the targets of several months, each as ``set_target`` does, in one step."""
    for month, amount_minor in amounts.items():
        set_target(session, month=month, amount_minor=amount_minor, client_id=client_id)


def spread_year(
    session: Session,
    *,
    total_minor: int,
    fiscal_year: int,
    as_of: dt.date,
    phasing: Phasing,
    client_id: int | None = None,
) -> dict[dt.date, int]:
    """Return a year's amount by month of a fiscal year (see ``target_plans.weights``).

    Minor units; nothing is stored.

    Raises:
        UserError: there are no sales to go by.
    """
    year = periods.fiscal_year(fiscal_year, get_profile(session).fiscal_start)
    found = weights(
        session,
        phasing=phasing,
        months=periods.months(year.start, year.end),
        as_of=as_of,
        scope=Scope(client_id),
    )
    return phased(total_minor, found)


def _of(client_id: int | None) -> list[ColumnElement[bool]]:
    if client_id is not None:
        return [Target.client_id == client_id]
    return [
        Target.client_id.is_(None),
        Target.client_ref_code.is_(None),
        Target.client_ref_name.is_(None),
    ]


def target_series(
    session: Session, *, client_id: int | None = None, fiscal_year: int, as_of: dt.date
) -> TargetSeries:
    """Return twelve fiscal months of net sales and targets, of a client or the whole book.

    A book without targets of its own has the sum of its clients' (see ``sales.month_targets``).
    Sales after ``as_of`` do not count; of the running month's target counts its share of the
    officer's working days. A month without a target has None.
    """
    year = periods.fiscal_year(fiscal_year, get_profile(session).fiscal_start)
    net = sales.month_net(session, start=year.start, end=min(year.end, as_of), client_id=client_id)
    aims = {
        month: amount
        for month, amount in sales.month_targets(session, client_id=client_id).items()
        if month in year
    }
    begun = {month: amount for month, amount in aims.items() if month <= as_of}
    days = own_calendar(session)
    return TargetSeries(
        client_id=client_id,
        fiscal_year=fiscal_year,
        as_of=as_of,
        months=tuple(
            MonthFigure(month=month, net_minor=net.get(month, 0), target_minor=aims.get(month))
            for month in periods.months(year.start, year.end)
        ),
        net_to_date_minor=sum(net.values()),
        target_to_date_minor=plan_to_date(begun, as_of=as_of, days=days),
        target_year_minor=sum(aims.values()) if aims else None,
        days=days,
    )


def quarter_series(session: Session, *, as_of: dt.date) -> TargetSeries:
    """Return the fiscal quarter that holds ``as_of``, cut from its year (see target_series)."""
    start = get_profile(session).fiscal_start
    year = target_series(session, fiscal_year=periods.fiscal_year_of(as_of, start), as_of=as_of)
    quarter = periods.quarter_of(as_of, start)
    months = tuple(month for month in year.months if month.month in quarter)
    aims = {one.month: one.target_minor for one in months if one.target_minor is not None}
    begun = {month: amount for month, amount in aims.items() if month <= as_of}
    return replace(
        year,
        months=months,
        net_to_date_minor=sum(month.net_minor for month in months),
        target_to_date_minor=plan_to_date(begun, as_of=as_of, days=year.days),
        target_year_minor=sum(aims.values()) if aims else None,
    )
