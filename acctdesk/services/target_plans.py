"""Targets of a period with any measure and scope; a changed one keeps the one before, and why."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from acctdesk import periods
from acctdesk.errors import UserError
from acctdesk.figures.phasing import phased, working_day_weights
from acctdesk.i18n import Message, msg
from acctdesk.kinds import Phasing, TargetMeasure
from acctdesk.models import Client, Product, TargetPlan
from acctdesk.models.base import utc_now
from acctdesk.services import checks, measures
from acctdesk.services.days import local_day, own_calendar
from acctdesk.services.measures import SCORES, Scope

_LEAST = {TargetMeasure.GROWTH: -9_999, TargetMeasure.NPS: -10_000, TargetMeasure.CSAT: 100}
_MOST = {TargetMeasure.GROWTH: 100_000, TargetMeasure.NPS: 10_000, TargetMeasure.CSAT: 500}
_ANY = 10**15  # minor units or a number


@dataclass(frozen=True, slots=True)
class TargetPlanRow:
    """One target of a period. Units of ``amount`` and ``phases`` as in ``models.TargetPlan``."""

    id: int
    name: str
    measure: TargetMeasure
    scope: Scope
    client_name: str | None
    starts_on: dt.date
    ends_on: dt.date
    amount: int
    phasing: Phasing
    phases: Mapping[dt.date, int]
    reason: str | None  # why it was changed into this
    made_on: dt.date
    version: int


def set_target_plan(
    session: Session,
    *,
    name: str,
    measure: TargetMeasure,
    scope: Scope,
    starts_on: dt.date,
    ends_on: dt.date,
    amount: int,
    phasing: Phasing,
    today: dt.date,
    by_hand: Mapping[dt.date, int] | None = None,
) -> int:
    """Set a target for whole months and return its id.

    ``by_hand`` is the part of each month, for that phasing; together they are ``amount``.

    Raises:
        UserError: the period, the amount or the scope cannot be; the months do not add up.
    """
    plan = TargetPlan(
        name=checks.required(
            TargetPlan, "name", name, msg("Target plan", "Give the target a name.")
        ),
        measure=measure.value,
        client_id=scope.client_id,
        family=checks.plain(TargetPlan, "family", scope.family),
        segment=checks.plain(TargetPlan, "segment", scope.segment),
        starts_on=checks.day(starts_on),
        ends_on=checks.day(ends_on),
    )
    if scope.client_id is not None:
        checks.live(session, Client, scope.client_id)
    if scope.family is not None and measure in SCORES | {TargetMeasure.VISITS}:
        raise UserError(
            msg("Target plan", "Visits and answers belong to no product family. Leave it empty.")
        )
    _fill(session, plan, amount, phasing, by_hand, today)
    session.add(plan)
    session.flush()
    return plan.id


def change_target_plan(
    session: Session,
    *,
    plan_id: int,
    amount: int,
    phasing: Phasing,
    reason: str,
    today: dt.date,
    by_hand: Mapping[dt.date, int] | None = None,
) -> int:
    """Change the amount or the months of a target; the old one stays as it was. Return the new id.

    Raises:
        UserError: no reason is given, or as ``set_target_plan``.
    """
    old = checks.live(session, TargetPlan, plan_id)
    new = TargetPlan(
        name=old.name,
        measure=old.measure,
        client_id=old.client_id,
        family=old.family,
        segment=old.segment,
        starts_on=old.starts_on,
        ends_on=old.ends_on,
        replaces_id=old.id,
        reason=checks.required(
            TargetPlan, "reason", reason, msg("Target plan", "Say why the target changes.")
        ),
    )
    _fill(session, new, amount, phasing, by_hand, today)
    session.add(new)
    session.flush()
    return new.id


def trash_target_plan(session: Session, *, plan_id: int) -> None:
    """Move a target to the trash with what it was before."""
    plan: TargetPlan | None = checks.live(session, TargetPlan, plan_id)
    while plan is not None:
        plan.deleted_at = utc_now()
        before = plan.replaces_id
        plan = None if before is None else session.get(TargetPlan, before)


def _fill(
    session: Session,
    plan: TargetPlan,
    amount: int,
    phasing: Phasing,
    by_hand: Mapping[dt.date, int] | None,
    today: dt.date,
) -> None:
    measure = TargetMeasure(plan.measure)
    if plan.starts_on.day != 1 or periods.month_end(plan.ends_on) != plan.ends_on:
        raise UserError(msg("Target plan", "A target holds for whole months."))
    if plan.ends_on < plan.starts_on or len(_months(plan)) > 12:
        raise UserError(msg("Target plan", "A target holds for one to twelve months."))
    if not _LEAST.get(measure, 1) <= amount <= _MOST.get(measure, _ANY):
        raise UserError(_not_in_range(measure))
    plan.amount, plan.phasing = amount, phasing.value
    parts = phase(
        session,
        measure=measure,
        scope=_scope(plan),
        months=_months(plan),
        amount=amount,
        phasing=phasing,
        as_of=today,
        by_hand=by_hand,
    )
    plan.phases = json.dumps({f"{month:%Y-%m}": part for month, part in parts.items()})


def _not_in_range(measure: TargetMeasure) -> Message:
    if measure is TargetMeasure.CSAT:
        return msg("Target plan", "Satisfaction is a score from 1 to 5.")
    if measure is TargetMeasure.NPS:
        return msg("Target plan", "The NPS is a number from −100 to 100.")
    if measure is TargetMeasure.GROWTH:
        return msg("Target plan", "Growth is more than −100 % and at most 1,000 %.")
    return msg("Target plan", "A target is above zero.")


def phase(
    session: Session,
    *,
    measure: TargetMeasure,
    scope: Scope,
    months: Sequence[dt.date],
    amount: int,
    phasing: Phasing,
    as_of: dt.date,
    by_hand: Mapping[dt.date, int] | None = None,
) -> dict[dt.date, int]:
    """Return the part of each month; the parts of money and counts add up to ``amount``.

    Growth and scores are the same in every month. Nothing is stored.

    Raises:
        UserError: there is nothing to go by, or the months by hand do not add up.
    """
    if measure is TargetMeasure.GROWTH or measure in SCORES:
        return dict.fromkeys(months, amount)
    if phasing is Phasing.BY_HAND:
        parts = {month: (by_hand or {}).get(month, 0) for month in months}
        if sum(parts.values()) != amount or min(parts.values()) < 0:
            raise UserError(
                msg("Target plan", "The months do not add up to the target. Correct them.")
            )
        return parts
    found = weights(
        session, phasing=phasing, months=months, as_of=as_of, measure=measure, scope=scope
    )
    return phased(amount, found)


def weights(
    session: Session,
    *,
    phasing: Phasing,
    months: Sequence[dt.date],
    as_of: dt.date,
    measure: TargetMeasure = TargetMeasure.NET_SALES,
    scope: Scope | None = None,
) -> dict[dt.date, int]:
    """Return what the months are to each other: equal, by working days, or as last year's were.

    A month that is not over by ``as_of`` tells too little of the year after: there the same month
    of the last year in which it is counts.

    Raises:
        UserError: there is nothing in the last year to go by.
    """
    if phasing is Phasing.WORKING_DAYS:
        return working_day_weights(months, own_calendar(session))
    if phasing is not Phasing.LAST_YEAR:
        return dict.fromkeys(months, 1)
    past = {month: _last_whole(month, as_of) for month in months}
    sold: dict[dt.date, int] = {}
    for day, count in measures.daily(
        session,
        measure=measure,
        scope=scope or Scope(),
        start=min(past.values()),
        end=periods.month_end(max(past.values())),
    ).items():
        first = periods.month_start(day)
        sold[first] = sold.get(first, 0) + count
    found = {month: sold.get(before, 0) for month, before in past.items()}
    if max(found.values()) <= 0:
        raise UserError(
            msg("Targets", "There are no sales of last year to go by. Spread it evenly.")
        )
    return found


def _last_whole(month: dt.date, as_of: dt.date) -> dt.date:
    earlier = periods.add_months(month, -12)
    while periods.month_end(earlier) >= as_of:
        earlier = periods.add_months(earlier, -12)
    return earlier


def _months(plan: TargetPlan) -> list[dt.date]:
    return periods.months(plan.starts_on, plan.ends_on)


def _scope(plan: TargetPlan) -> Scope:
    return Scope(plan.client_id, plan.family, plan.segment)


# -- asking


def _rows(session: Session, query: Select[TargetPlan, str]) -> list[TargetPlanRow]:
    return [
        TargetPlanRow(
            id=plan.id,
            name=plan.name,
            measure=TargetMeasure(plan.measure),
            scope=_scope(plan),
            client_name=client_name,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            amount=plan.amount,
            phasing=Phasing(plan.phasing),
            phases={
                dt.date.fromisoformat(f"{month}-01"): part
                for month, part in json.loads(plan.phases).items()
            },
            reason=plan.reason,
            made_on=local_day(plan.created_at),
            version=plan.version,
        )
        for plan, client_name in session.execute(query)
    ]


def _query() -> Select[TargetPlan, str]:
    return (
        select(TargetPlan, Client.name)
        .outerjoin(Client, Client.id == TargetPlan.client_id)
        .where(TargetPlan.deleted_at.is_(None))
    )


def target_plans(session: Session, *, on: dt.date) -> list[TargetPlanRow]:
    """Return the targets that run on a day, each as it stands now."""
    later = aliased(TargetPlan)
    replaced = exists().where(later.replaces_id == TargetPlan.id, later.deleted_at.is_(None))
    query = _query().where(~replaced, TargetPlan.starts_on <= on, TargetPlan.ends_on >= on)
    return _rows(session, query.order_by(TargetPlan.ends_on, TargetPlan.name, TargetPlan.id))


def target_versions(session: Session, *, plan_id: int) -> list[TargetPlanRow]:
    """Return a target as it stands and as it was before, the latest first."""
    found: list[TargetPlanRow] = []
    wanted: int | None = plan_id
    while wanted is not None:
        found += _rows(session, _query().where(TargetPlan.id == wanted))
        wanted = session.scalar(select(TargetPlan.replaces_id).where(TargetPlan.id == wanted))
    return found


@dataclass(frozen=True, slots=True)
class KnownScopes:
    """What a target can be of, beside one client: families of products, segments of clients."""

    families: tuple[str, ...]
    segments: tuple[str, ...]


def known_scopes(session: Session) -> KnownScopes:
    """Return the families and segments that the book has, in order."""

    def names(column: Any, model: Any) -> tuple[str, ...]:
        found = session.scalars(select(column).where(model.deleted_at.is_(None)).distinct())
        return tuple(sorted({one for one in found if one}))

    return KnownScopes(names(Product.family, Product), names(Client.segment, Client))
