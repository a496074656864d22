"""The pay of a period against its worked examples, and that its lines add up to it."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctdesk.figures.pay import (
    Credit,
    Floor,
    PayKind,
    PayLine,
    Plan,
    Tier,
    largest_remainder,
    paid_part,
    pay,
    together,
)
from acctdesk.kinds import PayMethod

DAY = dt.date(2026, 4, 1)
QUOTA = 100_000_00
TIERS = (Tier(Decimal(0), Decimal("0.05")), Tier(Decimal(1), Decimal("0.08")))
STEPS = (Tier(Decimal(0), Decimal(1)), Tier(Decimal(1), Decimal("1.5")))


def sold(*amounts: int, share: str = "1") -> list[Credit]:
    return [
        Credit(n, DAY + dt.timedelta(days=n), amount, Decimal(share))
        for n, amount in enumerate(amounts)
    ]


def paid(plan: Plan, *amounts: int, share: str = "1") -> int:
    found = pay(plan, sold(*amounts, share=share), quota_minor=QUOTA)
    assert found is not None
    assert sum(line.pay_minor for line in found.lines) == found.pay_minor
    return found.pay_minor


def test_marginal_and_whole_tiers() -> None:
    assert paid(Plan(PayMethod.MARGINAL, TIERS), 120_000_00) == 6_600_00
    assert paid(Plan(PayMethod.WHOLE, TIERS), 120_000_00) == 9_600_00


def test_an_accelerator_on_target_pay() -> None:
    plan = Plan(PayMethod.ACCELERATOR, STEPS, target_pay_minor=100_000_00)
    assert paid(plan, 80_000_00, 50_000_00) == 145_000_00


def test_a_whole_rate_changes_where_its_share_is_reached() -> None:
    plan = Plan(PayMethod.WHOLE, TIERS)
    assert paid(plan, QUOTA) == 8_000_00
    assert paid(plan, QUOTA - 1) == 5_000_00  # the cliff: 4,999.9995 euros


def test_a_sale_over_the_edge_of_a_tier_has_a_line_in_each() -> None:
    found = pay(Plan(PayMethod.MARGINAL, TIERS), sold(90_000_00, 30_000_00), quota_minor=QUOTA)
    assert found is not None
    lines = [(line.credit and line.credit.key, line.tier, line.pay_minor) for line in found.lines]
    assert lines == [(0, 0, 4_500_00), (1, 0, 500_00), (1, 1, 1_600_00)]
    assert found.attainment == Decimal("1.2")


def test_a_credit_note_takes_back_from_the_top() -> None:
    plan = Plan(PayMethod.MARGINAL, TIERS)
    assert paid(plan, 120_000_00, -30_000_00) == 4_500_00
    assert paid(plan, 10_000_00, -30_000_00) == -1_000_00


def test_below_the_floor_everything_is_multiplied() -> None:
    slow = Plan(PayMethod.MARGINAL, TIERS, floor=Floor(Decimal("0.5"), Decimal("0.5")))
    assert paid(slow, 40_000_00) == 1_000_00
    assert paid(slow, 50_000_00) == 2_500_00
    nothing = Plan(PayMethod.MARGINAL, TIERS, floor=Floor(Decimal("0.5"), Decimal(0)))
    assert paid(nothing, 49_999_99) == 0


def test_a_cap_is_a_line_of_its_own() -> None:
    plan = Plan(PayMethod.MARGINAL, TIERS, cap_minor=6_000_00)
    found = pay(plan, sold(120_000_00), quota_minor=QUOTA)
    assert found is not None
    assert found.pay_minor == 6_000_00
    assert (found.lines[-1].kind, found.lines[-1].pay_minor) == (PayKind.CAP, -600_00)


def test_a_shared_sale_counts_by_its_share() -> None:
    plan = Plan(PayMethod.MARGINAL, TIERS)
    assert paid(plan, 120_000_00, share="0.5") == 3_000_00


def test_without_a_quota_or_a_target_pay_nothing_is_known() -> None:
    assert pay(Plan(PayMethod.MARGINAL, TIERS), sold(1), quota_minor=None) is None
    assert pay(Plan(PayMethod.MARGINAL, TIERS), sold(1), quota_minor=0) is None
    assert pay(Plan(PayMethod.ACCELERATOR, STEPS), sold(1), quota_minor=QUOTA) is None
    none_yet = pay(Plan(PayMethod.MARGINAL, TIERS), [], quota_minor=QUOTA)
    assert none_yet is not None
    assert (none_yet.pay_minor, none_yet.lines) == (0, ())


@pytest.mark.parametrize(
    ("net", "gross", "given", "part"),
    [
        (1000, 1240, 620, 500),
        (1000, 1240, 1300, 1000),
        (-1000, -1240, -620, -500),
        (0, 0, 5, 0),
        (1, 3, 1, 0),
    ],
)
def test_a_part_payment_earns_its_net_part(net: int, gross: int, given: int, part: int) -> None:
    assert paid_part(net, gross, given) == part


@given(st.lists(st.integers(-(10**12), 10**12)), st.integers(1, 10**7))
def test_rounded_parts_add_up_and_none_is_a_cent_off(parts: list[int], unit: int) -> None:
    found = largest_remainder(parts, unit)
    assert abs(sum(found) - Fraction(sum(parts), unit)) <= Fraction(1, 2)
    for one, part in zip(found, parts, strict=True):
        assert abs(one - Fraction(part, unit)) < 1


rates = st.decimals(0, 3, places=4)
amounts = st.integers(-(10**8), 10**8)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    above = sorted(draw(st.sets(st.decimals("0.01", 3, places=2), max_size=4)))
    tiers = tuple(Tier(edge, draw(rates)) for edge in (Decimal(0), *above))
    floor = draw(st.none() | st.builds(Floor, st.decimals(0, 2, places=2), rates))
    cap = draw(st.none() | st.integers(0, 10**8))
    return Plan(draw(st.sampled_from(PayMethod)), tiers, 50_000_00, floor, cap)


@given(plans(), st.lists(st.tuples(amounts, st.decimals(0, 1, places=4)), max_size=12))
def test_the_lines_add_up_to_the_pay_and_to_the_rule(
    plan: Plan, sales: list[tuple[int, Decimal]]
) -> None:
    credits_ = [Credit(n, DAY, amount, share) for n, (amount, share) in enumerate(sales)]
    found = pay(plan, credits_, quota_minor=QUOTA)
    assert found is not None
    assert sum(line.pay_minor for line in found.lines) == found.pay_minor
    assert abs(found.pay_minor - _by_the_rule(plan, credits_)) <= Fraction(1, 2)
    again = pay(plan, together(credits_), quota_minor=QUOTA)
    assert again is not None
    assert (again.pay_minor, again.counted_minor) == (found.pay_minor, found.counted_minor)
    by_sale = [line for line in found.lines if line.kind is PayKind.SALE]
    for credit in credits_:
        parts = [line.part for line in by_sale if line.credit == credit]
        assert sum(parts, Fraction(0)) == credit.counted
    assert all(PayLine(*line) == line for line in found.lines)
    if plan.method is not PayMethod.WHOLE:
        _each_tier_holds_its_part(plan, by_sale, sum(one.counted for one in credits_))


def _each_tier_holds_its_part(plan: Plan, lines: list[PayLine], total: Fraction | int) -> None:
    """Hold that what came into a tier and left it again is what the total leaves in it."""
    starts = [Fraction(tier.above) * QUOTA for tier in plan.ladder]
    for tier, (start, end) in enumerate(itertools.zip_longest(starts, starts[1:])):
        reached = total if end is None else min(total, end)
        parts = [line.part for line in lines if line.tier == tier]
        assert sum(parts, Fraction(0)) == (max(0, reached - start) if tier else reached)


def _by_the_rule(plan: Plan, credits_: list[Credit]) -> Fraction:
    """Reckon the pay from the total alone, as the definition says it."""
    total = sum((one.counted for one in credits_), Fraction(0))
    share = total / QUOTA
    ladder = plan.ladder
    if plan.method is PayMethod.WHOLE:
        reached = [tier for tier in ladder if Fraction(tier.above) <= share] or [ladder[0]]
        earned = total * Fraction(reached[-1].rate)
    else:
        unit = plan.target_pay_minor if plan.method is PayMethod.ACCELERATOR else QUOTA
        assert unit is not None
        earned = Fraction(0)
        for n, tier in enumerate(ladder):
            bottom = Fraction(tier.above)
            top = Fraction(ladder[n + 1].above) if n + 1 < len(ladder) else max(share, bottom)
            inside: Fraction = min(share, top) - bottom
            reached_ = inside > 0 or (n == 0 and share < 0)
            earned += Fraction(tier.rate) * unit * (inside if reached_ else 0)
    if plan.floor and share < Fraction(plan.floor.below):
        earned *= Fraction(plan.floor.multiplier)
    return earned if plan.cap_minor is None else min(earned, Fraction(plan.cap_minor))
