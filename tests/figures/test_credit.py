"""Credit, Altman's scores and expected days against their worked examples and their bounds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctdesk.figures.altman import (
    NON_MANUFACTURERS,
    PRIVATE,
    Accounts,
    Ratio,
    disagree,
    ratios,
    score,
    scores,
)
from acctdesk.figures.cash import expected_day, week_of, week_starts
from acctdesk.figures.credit import CreditLimits, CreditStanding, Exposure, answer, tripped
from acctdesk.figures.payment import Delay, delay
from acctdesk.kinds import CashBasis, CreditAnswer, CreditRule, CreditZone

AS_OF = dt.date(2026, 6, 30)
money = st.integers(0, 10**12)
# X = .20, .15, .10, .80, 1.50
VECTOR = Accounts(
    current_assets=50, current_liabilities=30, total_assets=100, total_liabilities=50, equity=40,
    retained_earnings=15, ebit=10, sales=150,
)  # fmt: skip
FINE = CreditStanding(Exposure(100_00, 0, 0, 1_000_00))


def test_altman_by_its_worked_example_and_that_the_models_disagree() -> None:
    assert list(ratios(VECTOR).values()) == [
        Decimal(one) for one in ("0.2", "0.15", "0.1", "0.8", "1.5")
    ]
    private, other = found = scores(VECTOR)
    assert (private.value, private.zone) == (Decimal("2.414"), CreditZone.GREY)
    assert (other.value, other.zone) == (Decimal("3.313"), CreditZone.SAFE)
    assert disagree(found)


def test_what_is_missing_of_the_accounts_is_named_and_nothing_is_worked_out() -> None:
    without_sales = Accounts(
        current_assets=50, current_liabilities=30, total_assets=100, total_liabilities=50,
        equity=40, retained_earnings=15, ebit=10,
    )  # fmt: skip
    private, other = found = scores(without_sales)
    assert (private.value, private.zone, private.missing) == (None, None, ("sales",))
    assert other.value == Decimal("3.313")
    assert other.missing == ()
    assert not disagree(found)
    assert scores(Accounts())[1].missing == (
        "current_assets", "current_liabilities", "total_assets", "retained_earnings", "ebit",
        "equity", "total_liabilities",
    )  # fmt: skip


def test_what_is_divided_by_must_be_above_zero() -> None:
    nothing = Accounts(
        current_assets=0, current_liabilities=0, total_assets=0, total_liabilities=0, equity=0,
        retained_earnings=0, ebit=0, sales=0,
    )  # fmt: skip
    assert set(ratios(nothing).values()) == {None}
    assert scores(nothing)[0].missing == ("total_assets", "total_liabilities")


@pytest.mark.parametrize(
    ("model", "value", "zone"),
    [
        (PRIVATE, "2.901", CreditZone.SAFE),
        (PRIVATE, "2.9", CreditZone.GREY),
        (PRIVATE, "1.23", CreditZone.GREY),
        (PRIVATE, "1.229", CreditZone.DISTRESS),
        (NON_MANUFACTURERS, "2.601", CreditZone.SAFE),
        (NON_MANUFACTURERS, "1.1", CreditZone.GREY),
        (NON_MANUFACTURERS, "1.099", CreditZone.DISTRESS),
    ],
)
def test_zones_at_their_edges(model: object, value: str, zone: CreditZone) -> None:
    assert model.zone(Decimal(value)) is zone  # type: ignore[attr-defined]


@given(st.lists(st.decimals(-10, 10, places=3), min_size=5, max_size=5), st.sampled_from(Ratio))
def test_a_score_grows_with_each_of_its_ratios(values: list[Decimal], one: Ratio) -> None:
    known = dict(zip(Ratio, values, strict=True))
    better = {**known, one: known[one] + 1}
    for model in (PRIVATE, NON_MANUFACTURERS):
        before, after = score(model, known), score(model, better)
        assert before is not None
        assert after is not None
        wanted = model.weights.get(one, Decimal(0))
        assert abs(after - before - wanted) <= Decimal("0.001")  # both are rounded


@given(owed=st.integers(-(10**12), 10**12), orders=money, secured=money, limit=money, more=money)
def test_exposure_and_headroom(owed: int, orders: int, secured: int, limit: int, more: int) -> None:
    held = Exposure(owed, orders, secured, limit)
    assert held.exposure_minor == max(0, owed + orders - secured)
    assert held.headroom_minor == limit - held.exposure_minor
    after = held.with_order(more)
    assert 0 <= after.exposure_minor - held.exposure_minor <= more
    assert held.is_over == (held.exposure_minor > limit)
    assert Exposure(owed, orders, secured, None).headroom_minor is None
    assert Exposure(owed, orders, secured, None).used is None


def test_no_limit_is_not_a_limit_of_nothing() -> None:
    limits = CreditLimits()
    unknown = tripped(CreditStanding(Exposure(1, 0, 0, None)), limits)
    assert unknown == (CreditRule.NO_LIMIT,)
    assert answer(unknown) is CreditAnswer.BUT
    nothing = tripped(CreditStanding(Exposure(1, 0, 0, 0)), limits)
    assert nothing == (CreditRule.OVER_LIMIT,)
    assert answer(nothing) is CreditAnswer.NO


@pytest.mark.parametrize(
    ("fields", "rule", "wanted"),
    [
        ({"exposure": Exposure(1_000_00, 0, 0, 1_000_00)}, None, CreditAnswer.YES),
        ({"exposure": Exposure(1_000_01, 0, 0, 1_000_00)}, "over_limit", CreditAnswer.NO),
        ({"overdue_minor": 1_000_00}, None, CreditAnswer.YES),
        ({"overdue_minor": 1_000_01}, "overdue", CreditAnswer.NO),
        ({"oldest_days": 60}, None, CreditAnswer.YES),
        ({"oldest_days": 61}, "old_overdue", CreditAnswer.NO),
        ({"new_overdue_minor": 1}, "new_overdue", CreditAnswer.BUT),
        ({"disputes": 1}, "dispute", CreditAnswer.BUT),
        ({"is_slower": True}, "slower", CreditAnswer.BUT),
        ({"review_late_days": 1}, "review", CreditAnswer.BUT),
    ],
)
def test_each_rule_trips_above_its_threshold_and_not_at_it(
    fields: dict[str, object], rule: str | None, wanted: CreditAnswer
) -> None:
    found = tripped(CreditStanding(**{"exposure": FINE.exposure, **fields}), CreditLimits())  # type: ignore[arg-type]
    assert found == (() if rule is None else (CreditRule(rule),))
    assert answer(found) is wanted


def test_the_expected_day_says_what_it_rests_on() -> None:
    late = delay([2, 4, 5, 8, 20])  # median 5, P80 8
    due = dt.date(2026, 6, 28)

    def asked(day: int, known: Delay | None = late, promised: dt.date | None = None) -> object:
        return expected_day(due, known, promised, due + dt.timedelta(days=day))

    assert asked(-9) == asked(5) == (dt.date(2026, 7, 3), CashBasis.HABIT)
    assert asked(6) == asked(8) == (dt.date(2026, 7, 6), CashBasis.LATE_HABIT)
    assert asked(9) == (None, CashBasis.PAST_HABIT)
    assert asked(0, None) == (due, CashBasis.TERMS)
    assert asked(1, None) == (None, CashBasis.PAST_TERMS)
    kept = dt.date(2026, 8, 1)
    assert asked(9, promised=kept) == (kept, CashBasis.PROMISE)
    assert asked(6, promised=due) == (dt.date(2026, 7, 6), CashBasis.LATE_HABIT)  # broken


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 200))
def test_every_day_ahead_falls_into_one_week(as_of: dt.date, ahead: int) -> None:
    starts = week_starts(as_of)
    assert len(starts) == 13
    assert all(start.weekday() == 0 for start in starts[1:])
    day = as_of + dt.timedelta(days=ahead)
    place = week_of(day, starts)
    if place is None:
        assert day >= starts[-1] + dt.timedelta(days=7 - starts[-1].weekday())
    else:
        assert starts[place] <= day
        assert place == 12 or day < starts[place + 1]
