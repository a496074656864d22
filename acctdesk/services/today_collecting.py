"""The rules of Today about being paid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from acctdesk import formats
from acctdesk.i18n import msg, nmsg
from acctdesk.kinds import PromiseOutcome
from acctdesk.services.payment_promises import payment_promises, running_documents
from acctdesk.services.rows import TodayLine
from acctdesk.services.today_day import Day, NamedRule

BROKEN = "broken_payments"


def broken_payments(day: Day) -> Iterable[TodayLine]:
    """Promises to pay that were broken, unless a newer one runs for the same invoices."""
    rows = payment_promises(day.session, as_of=day.today)
    running = running_documents(rows)
    broken = [
        one
        for one in rows
        if one.outcome is PromiseOutcome.BROKEN
        and any(part.left_minor and part.document_id not in running for part in one.invoices)
    ]
    broken.sort(key=lambda one: (-one.left_minor, one.id))
    for one in broken[: day.most(BROKEN)]:
        late = (day.today - one.due_on).days
        yield TodayLine(
            rule=BROKEN,
            what=msg(
                "Today", "Ask for the {amount} they promised", amount=day.money(one.left_minor)
            ),
            why=nmsg(
                "Today",
                "They promised to pay by {day}; {n} day later {amount} has not come.",
                "They promised to pay by {day}; {n} days later {amount} has not come.",
                late,
                day=formats.date(one.due_on),
                amount=day.money(one.left_minor),
            ),
            client_id=one.client_id,
            client_name=one.client_name,
            kind="client",
            id=one.client_id,
            at_stake_minor=one.left_minor,
            days=late,
            urgent=True,
        )


COLLECTING_RULES: Mapping[str, NamedRule] = MappingProxyType(
    {
        BROKEN: NamedRule(
            broken_payments,
            msg("Today", "Broken promise to pay"),
            msg(
                "Today",
                "Promises to pay of which the day and the days of grace passed and something is"
                " still unpaid.",
            ),
            10,
        ),
    }
)
