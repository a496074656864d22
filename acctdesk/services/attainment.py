"""How every target stands on a day: attainment, landing with its range, need per day, causes.

Money is net of VAT in minor units, counts are numbers, scores hundredths of a point; None means
not known, never zero. A target of growth is followed as the money that it means.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk import periods
from acctdesk.figures import attainment as figures
from acctdesk.figures import landing as landings
from acctdesk.figures.landing import LOOK_BACK, YEAR, History, Landing
from acctdesk.kinds import LandingMethod, PayPeriod, TargetMeasure
from acctdesk.models import Client, Target
from acctdesk.periods import Period, WorkingDays
from acctdesk.services import measures, sales
from acctdesk.services.days import own_calendar
from acctdesk.services.measures import MONEY, SCORES, Scope
from acctdesk.services.profile import get_profile
from acctdesk.services.target_plans import TargetPlanRow, target_plans

CAUSES = 3
_Key = tuple[TargetMeasure, Scope]
_Span = tuple[dt.date, dt.date]  # its first day and its last


@dataclass(frozen=True, slots=True)
class Aim:
    """A target of a period; ``plan`` is None for the months of the whole book.

    ``amount`` and ``phases`` are in money or a count, also of growth; None where the year before
    has no sales to grow from. A score has no phases.
    """

    plan: TargetPlanRow | None
    measure: TargetMeasure
    scope: Scope
    period: Period
    amount: int | None
    phases: Mapping[dt.date, int]

    @property
    def is_money(self) -> bool:
        """Tell whether amounts are minor units of money."""
        return self.measure in MONEY

    @property
    def is_score(self) -> bool:
        """Tell whether it is a mean of answers: it has no landing."""
        return self.measure in SCORES


@dataclass(frozen=True, slots=True)
class Cause:
    """Who or what is short: a client, or for a target of one client a product family.

    ``against_plan`` tells whether ``due_minor`` is its own plan to date, else it is the same time
    of last year.
    """

    client_id: int | None
    name: str
    actual_minor: int
    due_minor: int
    against_plan: bool

    @property
    def short_minor(self) -> int:
        """What is missing."""
        return self.due_minor - self.actual_minor


@dataclass(frozen=True, slots=True)
class AimStanding:
    """How a target stands at the end of ``as_of``.

    ``due`` is the plan to date, the running month by the officer's working ``days``. ``landings``
    are by method, each with its own past error; ``answers`` how many answers a score rests on.
    """

    aim: Aim
    as_of: dt.date
    actual: int | None
    due: int | None
    days_left: int
    need_per_day: int | None
    landings: Mapping[LandingMethod, Landing]
    usual: LandingMethod
    answers: int = 0
    by_month: Mapping[dt.date, int] | None = None
    causes: tuple[Cause, ...] = ()
    days: WorkingDays = field(default_factory=WorkingDays)

    @property
    def attainment(self) -> Decimal | None:
        """Actual ÷ plan to date."""
        return None if self.actual is None else figures.attainment(self.actual, self.due)

    @property
    def reached(self) -> bool:
        """Tell whether the whole target is reached."""
        amount = self.aim.amount
        return self.actual is not None and amount is not None and self.actual >= amount

    def landing(self, method: LandingMethod | None = None) -> Landing | None:
        """Return the landing by a method, the usual one by default; None of a score."""
        return self.landings.get(method or self.usual)

    def missed(self, method: LandingMethod | None = None) -> bool:
        """Tell whether even the upper end of the landing is under the target."""
        found = self.landing(method)
        high = None if found is None else found.high_minor
        return self.aim.amount is not None and high is not None and high < self.aim.amount


def attainments(
    session: Session, *, as_of: dt.date, kind: PayPeriod = PayPeriod.QUARTER
) -> list[AimStanding]:
    """Return how the book's period of that kind and every target that runs on a day stand.

    The book stands first, where it has a target in the period. Causes are of those alone that
    will be missed by the usual method.
    """
    return [
        replace(one, causes=causes(session, one)) if one.missed() else one
        for one in standings(session, as_of=as_of, kind=kind)
    ]


def standings(
    session: Session, *, as_of: dt.date, kind: PayPeriod, plans: bool = True
) -> list[AimStanding]:
    """Return what :func:`attainments` does, without causes; without ``plans`` the book alone."""
    aims = _aims(session, as_of, kind, plans=plans)
    calendar = own_calendar(session)
    histories = _histories(session, aims, as_of, calendar, _looked_back)
    return [
        _score(session, aim, as_of, calendar)
        if aim.is_score
        else _stand(_grown(aim, histories[_key(aim)]), histories[_key(aim)], as_of)
        for aim in aims
    ]


def standings_behind(session: Session, *, as_of: dt.date, kind: PayPeriod) -> list[AimStanding]:
    """Return how the targets stand that are behind their plan to date.

    The years that a landing looks back to are read of these alone. Scores have no landing and are
    left out.
    """
    aims = [aim for aim in _aims(session, as_of, kind, plans=True) if not aim.is_score]
    calendar = own_calendar(session)
    short = _histories(session, aims, as_of, calendar, _needed)
    behind = [aim for aim in aims if _is_behind(aim, short[_key(aim)], as_of)]
    whole = _histories(session, behind, as_of, calendar, _looked_back)
    return [_stand(_grown(aim, whole[_key(aim)]), whole[_key(aim)], as_of) for aim in behind]


def _aims(session: Session, as_of: dt.date, kind: PayPeriod, *, plans: bool) -> list[Aim]:
    period = period_of(as_of, kind, get_profile(session).fiscal_start)
    book = _of_book(session, period)
    aims = [] if book is None else [book]
    if plans:
        aims += [_of_plan(row) for row in target_plans(session, on=as_of)]
    return aims


def _is_behind(aim: Aim, history: History, as_of: dt.date) -> bool:
    grown, end = _grown(aim, history), min(as_of, aim.period.end)
    due = figures.plan_to_date(grown.phases, as_of=as_of, days=history.days)
    return due is not None and history.between(aim.period.start, end) < due


def _histories(
    session: Session,
    aims: Sequence[Aim],
    as_of: dt.date,
    calendar: WorkingDays,
    spans: Callable[[Aim, dt.date], list[_Span]],
) -> dict[_Key, History]:
    """Return what is measured by day, once for all targets that share it."""
    wanted: dict[_Key, list[_Span]] = {}
    for aim in aims:
        if not aim.is_score:
            wanted.setdefault(_key(aim), []).extend(spans(aim, as_of))
    by_span: dict[_Span, list[_Key]] = {}
    for key, asked in wanted.items():
        for span in _joined(asked):
            by_span.setdefault(span, []).append(key)
    daily: dict[_Key, dict[dt.date, int]] = {key: {} for key in wanted}
    for (start, end), keys in by_span.items():
        for key, found in measures.dailies(session, keys, start=start, end=end).items():
            daily[key] |= found
    return {key: History(found, calendar) for key, found in daily.items()}


def _joined(spans: Sequence[_Span]) -> list[_Span]:
    """Return the same days as spans of which none overlaps another."""
    found: list[_Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _key(aim: Aim) -> _Key:
    """Return what targets share that are measured by one history."""
    measure = TargetMeasure.NET_SALES if aim.is_money else aim.measure
    return measure, aim.scope


def _needed(aim: Aim, as_of: dt.date) -> list[_Span]:
    """Return the days that tell how far a target is; growth needs its months a year before."""
    own = (aim.period.start, as_of)
    if aim.measure is not TargetMeasure.GROWTH:
        return [own]
    before = periods.same_last_year(aim.period)
    return [(before.start, before.end), own]


def period_of(day: dt.date, kind: PayPeriod, fiscal_start: int) -> Period:
    """Return the month, fiscal quarter or fiscal year that holds a day."""
    if kind is PayPeriod.MONTH:
        return periods.month_of(day)
    if kind is PayPeriod.QUARTER:
        return periods.quarter_of(day, fiscal_start)
    return periods.fiscal_year(periods.fiscal_year_of(day, fiscal_start), fiscal_start)


def _looked_back(aim: Aim, as_of: dt.date) -> list[_Span]:
    """Return the days that a landing and its errors in closed periods look back to."""
    length = len(periods.months(aim.period.start, aim.period.end))
    return [(periods.add_months(aim.period.start, -LOOK_BACK * length - 2 * YEAR), as_of)]


def _of_book(session: Session, period: Period) -> Aim | None:
    phases = {
        month: amount for month, amount in sales.month_targets(session).items() if month in period
    }
    if not phases:
        return None
    return Aim(None, TargetMeasure.NET_SALES, Scope(), period, sum(phases.values()), phases)


def _of_plan(row: TargetPlanRow) -> Aim:
    """Return the target of a plan; that of growth is known when its history is."""
    period = Period(row.name, row.starts_on, row.ends_on)
    if row.measure in SCORES:
        return Aim(row, row.measure, row.scope, period, row.amount, {})
    if row.measure is TargetMeasure.GROWTH:
        return Aim(row, row.measure, row.scope, period, None, {})
    return Aim(row, row.measure, row.scope, period, row.amount, row.phases)


def _grown(aim: Aim, history: History) -> Aim:
    """Return a target of growth as the money that it means: last year's months and the growth.

    Any other stays as it is.
    """
    plan, before = aim.plan, periods.same_last_year(aim.period)
    growth = plan is not None and aim.measure is TargetMeasure.GROWTH
    if plan is None or not growth or history.between(before.start, before.end) <= 0:
        return aim
    phases: dict[dt.date, int] = {}
    for month in periods.months(aim.period.start, aim.period.end):
        past = periods.add_months(month, -YEAR)
        more = 1 + Decimal(plan.phases.get(month, plan.amount)) / 10_000
        base = history.between(past, periods.month_end(past))
        phases[month] = int((base * more).quantize(Decimal(1), ROUND_HALF_UP))
    return replace(aim, amount=sum(phases.values()), phases=phases)


def _stand(aim: Aim, history: History, as_of: dt.date) -> AimStanding:
    period, days = aim.period, history.days
    end = min(as_of, period.end)
    actual = history.between(period.start, end)
    left = days.count(as_of + dt.timedelta(days=1), period.end)
    by_month = {
        month: history.between(month, min(periods.month_end(month), end))
        for month in periods.months(period.start, end)
    }
    return AimStanding(
        aim=aim,
        as_of=as_of,
        actual=actual,
        due=figures.plan_to_date(aim.phases, as_of=as_of, days=days),
        days=days,
        days_left=left,
        need_per_day=figures.need_per_day(actual, aim.amount, remaining=left),
        landings={
            method: landings.landing(history, period, as_of=as_of, method=method)
            for method in LandingMethod
        },
        usual=landings.default_method(history, period, as_of=as_of),
        by_month=by_month,
    )


def _score(session: Session, aim: Aim, as_of: dt.date, days: WorkingDays) -> AimStanding:
    end = min(as_of, aim.period.end)
    found = measures.score(
        session, measure=aim.measure, scope=aim.scope, start=aim.period.start, end=end
    )
    return AimStanding(
        aim=aim,
        as_of=as_of,
        actual=found.value,
        due=aim.amount,  # a score is wanted on every day
        days=days,
        days_left=days.count(as_of + dt.timedelta(days=1), aim.period.end),
        need_per_day=None,
        landings={},
        usual=LandingMethod.RUN_RATE,
        answers=found.answers,
    )


def causes(session: Session, standing: AimStanding) -> tuple[Cause, ...]:
    """Return the three largest shortfalls within a target of money, the largest first.

    A client with a plan of its own is held against that to date, any other against the same time
    of last year; a target of one client is taken apart by product family. None of a count.
    """
    aim = standing.aim
    if not aim.is_money:
        return ()
    start, end = aim.period.start, min(standing.as_of, aim.period.end)
    past = (periods.year_earlier(start), periods.year_earlier(end))
    if aim.scope.client_id is not None:
        now = measures.by_family(session, scope=aim.scope, start=start, end=end)
        before = measures.by_family(session, scope=aim.scope, start=past[0], end=past[1])
        short = [
            Cause(None, name, now.get(name, 0), due, against_plan=False)
            for name, due in before.items()
        ]
        return _largest(short)
    sold = measures.by_client(session, scope=aim.scope, start=start, end=end)
    then = measures.by_client(session, scope=aim.scope, start=past[0], end=past[1])
    plans = _client_plans(session, aim, end) if aim.scope.family is None else {}
    due_by = {client_id: (amount, False) for client_id, amount in then.items()}
    due_by |= {client_id: (amount, True) for client_id, amount in plans.items()}
    short = [
        Cause(client_id, "", sold.get(client_id, 0), due, planned)
        for client_id, (due, planned) in due_by.items()
    ]
    return _named(session, _largest(short))


def _largest(short: Sequence[Cause]) -> tuple[Cause, ...]:
    missing = [one for one in short if one.short_minor > 0]
    ordered = sorted(missing, key=lambda one: (-one.short_minor, one.client_id or 0, one.name))
    return tuple(ordered[:CAUSES])


def _named(session: Session, short: tuple[Cause, ...]) -> tuple[Cause, ...]:
    ids = [one.client_id for one in short]
    names = dict(session.execute(select(Client.id, Client.name).where(Client.id.in_(ids))).all())
    return tuple(replace(one, name=names.get(one.client_id or 0, "")) for one in short)


def _client_plans(session: Session, aim: Aim, as_of: dt.date) -> dict[int, int]:
    """Return the plan to date of every client of the scope that has targets by month."""
    query = select(Target.client_id, Target.month, Target.amount_minor).where(
        Target.deleted_at.is_(None),
        Target.client_id.is_not(None),
        Target.month.between(aim.period.start, periods.month_start(as_of)),
    )
    if aim.scope.segment is not None:
        in_segment = select(Client.id).where(Client.segment == aim.scope.segment)
        query = query.where(Target.client_id.in_(in_segment))
    phases: dict[int, dict[dt.date, int]] = {}
    for client_id, month, amount in session.execute(query):
        assert client_id is not None
        phases.setdefault(client_id, {})[month] = amount
    days = own_calendar(session)
    found = {
        client_id: figures.plan_to_date(months, as_of=as_of, days=days)
        for client_id, months in phases.items()
    }
    return {client_id: due for client_id, due in found.items() if due is not None}
