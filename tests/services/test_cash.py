"""Expected cash: every open invoice is somewhere once, and the last month is held against what came."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from acctdesk.kinds import CashBasis
from acctdesk.models import Receipt
from acctdesk.services.cash import cash_check, cash_forecast
from acctdesk.services.desk import Desk
from acctdesk.services.habits import habits
from acctdesk.services.receivables import receivables

TODAY = dt.date(2026, 11, 12)


@pytest.mark.parametrize("day", [TODAY, dt.date(2026, 6, 30), dt.date(2025, 2, 28)])
def test_the_weeks_and_what_is_apart_add_up_to_what_is_open(demo: Desk, day: dt.date) -> None:
    whole = demo.query(receivables, as_of=day)
    found = demo.query(cash_forecast, as_of=day)
    assert found.expected_minor + found.later_minor + found.past_minor + found.disputed_minor == (
        whole.open_minor
    )
    assert len({item.document_id for item in found.items}) == whole.open_invoices
    assert found.weeks[0].starts_on == day
    for week, following in zip(found.weeks, found.weeks[1:], strict=False):
        assert following.starts_on == week.ends_on + dt.timedelta(days=1)
    for week in found.weeks:
        own = [one for one in found.items if one.day and week.starts_on <= one.day <= week.ends_on]
        assert week.invoices == len(own)
        assert week.amount_minor == sum(one.expected_minor for one in own)


@pytest.mark.parametrize("day", [TODAY, dt.date(2025, 2, 28)])
def test_items_come_by_day_and_those_without_one_last(demo: Desk, day: dt.date) -> None:
    items = demo.query(cash_forecast, as_of=day).items
    assert list(items) == sorted(
        items, key=lambda one: (one.day is None, one.day or one.due_on, one.document_id)
    )


def test_what_is_in_dispute_is_not_counted(demo: Desk) -> None:
    found = demo.query(cash_forecast, as_of=TODAY)
    assert found.disputed_minor == demo.query(receivables, as_of=TODAY).disputed_minor > 0
    assert all(0 <= one.expected_minor <= one.open_minor for one in found.items)


def test_the_basis_follows_the_clients_own_habit(demo: Desk) -> None:
    found = demo.query(cash_forecast, as_of=TODAY)
    known = demo.query(habits, as_of=TODAY, client_ids={one.client_id for one in found.items})
    assert {CashBasis.HABIT, CashBasis.LATE_HABIT, CashBasis.PAST_HABIT} <= {
        one.basis for one in found.items
    }
    for one in found.items:
        usual = known[one.client_id].usual
        if one.basis is CashBasis.HABIT:
            assert usual is not None
            assert one.day == one.due_on + dt.timedelta(days=usual)
            assert one.day >= TODAY
        assert (one.day is None) == (one.basis in {CashBasis.PAST_HABIT, CashBasis.PAST_TERMS})


def test_the_last_month_is_what_was_expected_the_evening_before_and_what_came(demo: Desk) -> None:
    def received(session: Session) -> int:
        within = Receipt.received_on.between(dt.date(2026, 10, 1), dt.date(2026, 10, 31))
        return session.scalar(select(func.sum(Receipt.amount_minor)).where(within)) or 0

    found = demo.query(cash_check, as_of=TODAY)
    assert (found.made_on, found.start, found.end) == (
        dt.date(2026, 9, 30),
        dt.date(2026, 10, 1),
        dt.date(2026, 10, 31),
    )
    assert found.came_minor == demo.query(received) > 0
    before = demo.query(cash_forecast, as_of=found.made_on)
    within = (one for one in before.items if one.day and one.day <= found.end)
    assert found.expected_minor == sum(one.expected_minor for one in within) > 0
    gaps = [abs(one.difference_minor) for one in found.clients]
    assert gaps == sorted(gaps, reverse=True)
