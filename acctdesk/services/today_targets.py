"""The rule of Today about targets that will be missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.kinds import PayPeriod
from acctdesk.services.attainment import AimStanding, standings_behind
from acctdesk.services.rows import TodayLine
from acctdesk.services.today_day import Day, NamedRule


def missed_targets(day: Day) -> Iterable[TodayLine]:
    """Targets behind their plan that will be missed even at the upper end of the landing."""
    for standing in standings_behind(day.session, as_of=day.today, kind=PayPeriod.QUARTER):
        if not standing.missed():
            continue
        plan = standing.aim.plan
        amount, high = standing.aim.amount or 0, standing.landing()
        short = amount - (high.high_minor or 0 if high is not None else 0)
        yield TodayLine(
            rule="missed_targets",
            what=msg("Today", "Look at the target {name}", name=plan.name)
            if plan is not None
            else msg("Today", "Look at the target of the quarter"),
            why=_why(day, standing),
            client_id=None if plan is None else plan.scope.client_id,
            client_name=None if plan is None else plan.client_name,
            kind="target",
            id=0 if plan is None else plan.id,
            at_stake_minor=short if standing.aim.is_money else None,
        )


def _why(day: Day, standing: AimStanding) -> Message:
    landing = standing.landing()
    high = None if landing is None else landing.high_minor

    def shown(value: int | None) -> str:
        if standing.aim.is_money:
            return formats.money(value, day.currency, cents=False)
        return formats.number(value)

    return msg(
        "Today",
        "Even at the upper end it lands at {high} of {target}. Each working day left has to bring"
        " {need}.",
        high=shown(high),
        target=shown(standing.aim.amount),
        need=shown(standing.need_per_day),
    )


TARGET_RULES: Mapping[str, NamedRule] = MappingProxyType(
    {
        "missed_targets": NamedRule(
            missed_targets,
            msg("Today", "Target"),
            msg(
                "Today",
                "Targets behind their plan to date that will be missed even at the upper end of"
                " their landing.",
            ),
            15,
        ),
    }
)
