"""The rules of Today about credit: who is over the limit, and who begins to pay later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from acctdesk.i18n import Message, msg, nmsg
from acctdesk.services.credit import over_limit
from acctdesk.services.habits import LatePayer, late_payers
from acctdesk.services.rows import TodayLine
from acctdesk.services.today_day import Day, NamedRule

_LOOKED_AT = 30  # clients who owe the most overdue: their habits are read anew every day


def over_limits(day: Day) -> Iterable[TodayLine]:
    """Clients whose exposure is above their limit, the most over first."""
    for one in over_limit(day.session, as_of=day.today)[: day.most("over_limit")]:
        held = one.exposure
        over = -(held.headroom_minor or 0)
        yield TodayLine(
            rule="over_limit",
            what=msg("Today", "See to the credit limit"),
            why=msg(
                "Today",
                "The exposure of {exposure} is {over} over the limit of {limit}.",
                exposure=day.money(held.exposure_minor),
                over=day.money(over),
                limit=day.money(held.limit_minor or 0),
            ),
            client_id=one.client_id,
            client_name=one.name,
            kind="client",
            id=one.client_id,
            at_stake_minor=over,
        )


def slower_payers(day: Day) -> Iterable[TodayLine]:
    """Of the clients who owe the most overdue those who begin to pay later than they used to."""
    heaviest = sorted(day.overdue.values(), key=lambda one: (-one.open_minor, one.client_id))
    ids = [one.client_id for one in heaviest[:_LOOKED_AT]]
    slower = (one for one in late_payers(day.session, as_of=day.today, client_ids=ids)
              if one.is_slower)  # fmt: skip
    for _, one in zip(range(day.most("slower_payers")), slower, strict=False):
        yield TodayLine(
            rule="slower_payers",
            what=msg("Today", "Ask why they pay later"),
            why=_sign(one),
            client_id=one.client_id,
            client_name=one.name,
            kind="client",
            id=one.client_id,
            at_stake_minor=one.overdue_minor,
            days=one.oldest_days,
        )


def _sign(one: LatePayer) -> Message:
    if one.beyond:
        return nmsg(
            "Today",
            "{n} invoice waits longer than four of five ever did: {numbers}.",
            "{n} invoices wait longer than four of five ever did: {numbers}.",
            len(one.beyond),
            numbers=", ".join(one.beyond[:3]) + ("…" if len(one.beyond) > 3 else ""),
        )
    if one.habit.slower is not None:
        return nmsg(
            "Today",
            "The last three invoices were paid {n} day later than those of the year.",
            "The last three invoices were paid {n} days later than those of the year.",
            one.habit.slower,
        )
    return nmsg(
        "Today",
        "The next order is {n} day late, and they pay later than they used to.",
        "The next order is {n} days late, and they pay later than they used to.",
        one.order_late_days,
    )


CREDIT_RULES: Mapping[str, NamedRule] = MappingProxyType(
    {
        "over_limit": NamedRule(
            over_limits,
            msg("Today", "Over the limit"),
            msg("Today", "Clients whose exposure is above their credit limit."),
            15,
        ),
        "slower_payers": NamedRule(
            slower_payers,
            msg("Today", "Pays later"),
            msg(
                "Today",
                "Of the clients with the most overdue, those who pay later than they used to.",
            ),
            10,
        ),
    }
)
