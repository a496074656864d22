"""What a pay plan pays for a period, opened to a line per sale and tier that adds up to the cent.

Amounts are net of VAT in minor units; shares and rates are exact decimals (0.05 is 5 %).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from acctdesk.kinds import PayMethod


@dataclass(frozen=True, slots=True)
class Tier:
    """From ``above`` of the quota up to the next tier: a rate, or a multiplier of target pay."""

    above: Decimal  # a share of the quota; 0 for the first tier
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Floor:
    """Below a share of the quota everything is multiplied: by 0, or as a decelerator by 0.5."""

    below: Decimal
    multiplier: Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """How sales turn into pay. Tiers in any order; the first one is from 0 on.

    ``target_pay_minor`` is what 100 % pays and belongs to the accelerator; ``cap_minor`` the most
    that a period pays, None without one.
    """

    method: PayMethod
    tiers: tuple[Tier, ...]
    target_pay_minor: int | None = None
    floor: Floor | None = None
    cap_minor: int | None = None

    @property
    def ladder(self) -> tuple[Tier, ...]:
        """The tiers from the lowest on."""
        return tuple(sorted(self.tiers, key=lambda tier: tier.above))


@dataclass(frozen=True, slots=True)
class Credit:
    """One amount that counts for pay on a day, negative where it takes back.

    ``key`` tells whose it is; ``net_minor`` what it was worth to the company, ``share`` the part of
    it that is the officer's on that day.
    """

    key: int
    on: dt.date
    net_minor: int
    share: Decimal = Decimal(1)

    @property
    def counted(self) -> Fraction:
        """The part that counts: net × share, unrounded."""
        return self.net_minor * Fraction(self.share)


class PayKind(StrEnum):
    """What a line of pay is."""

    SALE = "sale"
    FLOOR = "floor"  # what the floor takes
    CAP = "cap"


@dataclass(frozen=True, slots=True)
class PayLine:
    """What one sale brings in one tier, or what a rule takes from the whole.

    ``tier`` is its place in the ladder; ``part`` the amount of the sale in it, in minor units and
    exact; ``rate`` what it is multiplied by. ``pay_minor`` of all lines add up to the pay.
    """

    kind: PayKind
    pay_minor: int
    credit: Credit | None = None
    tier: int | None = None
    part: Fraction = Fraction(0)
    rate: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Pay:
    """The pay of a period with its lines; ``counted_minor`` is what all credits come to."""

    pay_minor: int
    counted_minor: int
    attainment: Decimal  # four decimals, for showing; rules compare the exact share
    lines: tuple[PayLine, ...]


def _half_up(amount: Fraction) -> int:
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def largest_remainder(exact: Sequence[Fraction]) -> list[int]:
    """Return whole numbers that add up to the half-up sum, each less than 1 off its exact one.

    What is left after rounding down goes to the largest remainders, of equal ones to the first.
    """
    found = [amount.numerator // amount.denominator for amount in exact]
    left = _half_up(sum(exact, Fraction(0))) - sum(found)
    by_rest = sorted(range(len(exact)), key=lambda n: found[n] - exact[n])
    for place in by_rest[:left]:
        found[place] += 1
    return found


def pay(plan: Plan, credits_: Iterable[Credit], *, quota_minor: int | None) -> Pay | None:
    """Return what the credits of a period pay; None without a quota to measure them by.

    marginal: Σ amount in tier × rate. whole: total × rate of the tier reached. accelerator: target
    pay × Σ attainment in tier × multiplier. Credits fill the tiers in order of their days; one
    that takes back empties them from the top. A tier begins where its share of the quota is passed;
    the rate of the whole amount and the floor change where theirs is reached. The floor comes
    before the cap. The whole is rounded half up to a minor unit.
    """
    if quota_minor is None or quota_minor <= 0 or not plan.tiers:
        return None
    if plan.method is PayMethod.ACCELERATOR and plan.target_pay_minor is None:
        return None
    ordered = sorted(credits_, key=lambda credit: (credit.on, credit.key))
    total = sum((credit.counted for credit in ordered), Fraction(0))
    reached = total / quota_minor
    drafts: list[tuple[PayKind, Credit | None, int | None, Fraction, Decimal]] = []
    amounts: list[Fraction] = []
    for credit, tier, part in _parts(plan, ordered, quota_minor, reached):
        rate = plan.ladder[tier].rate
        drafts.append((PayKind.SALE, credit, tier, part, rate))
        amounts.append(part * _worth(plan, rate, quota_minor))
    earned = sum(amounts, Fraction(0))
    if plan.floor is not None and reached < Fraction(plan.floor.below) and earned:
        cut = Fraction(plan.floor.multiplier)
        drafts.append((PayKind.FLOOR, None, None, earned, plan.floor.multiplier))
        amounts.append(earned * (cut - 1))
        earned *= cut
    if plan.cap_minor is not None and earned > plan.cap_minor:
        drafts.append((PayKind.CAP, None, None, earned, Decimal(0)))
        amounts.append(plan.cap_minor - earned)
    lines = tuple(
        PayLine(kind, minor, credit, tier, part, rate)
        for (kind, credit, tier, part, rate), minor in zip(
            drafts, largest_remainder(amounts), strict=True
        )
    )
    shown = (Decimal(reached.numerator) / reached.denominator).quantize(Decimal("0.0001"))
    return Pay(sum(line.pay_minor for line in lines), _half_up(total), shown, lines)


def _worth(plan: Plan, rate: Decimal, quota_minor: int) -> Fraction:
    """Return what one minor unit in a tier pays."""
    if plan.method is PayMethod.ACCELERATOR:
        return Fraction(rate) * (plan.target_pay_minor or 0) / quota_minor
    return Fraction(rate)


def _parts(
    plan: Plan, ordered: Sequence[Credit], quota_minor: int, reached: Fraction
) -> Iterable[tuple[Credit, int, Fraction]]:
    """Yield which part of which credit lies in which tier."""
    ladder = plan.ladder
    if plan.method is PayMethod.WHOLE:
        passed = [n for n, tier in enumerate(ladder) if Fraction(tier.above) <= reached]
        tier = max(passed, default=0)
        yield from ((credit, tier, credit.counted) for credit in ordered)
        return
    starts = [Fraction(tier.above) * quota_minor for tier in ladder]
    at = Fraction(0)
    for credit in ordered:
        before, at = at, at + credit.counted
        low, high = min(before, at), max(before, at)
        sign = 1 if at >= before else -1
        for n, start in enumerate(starts):
            bottom = start if n else min(start, low)  # what is below nothing belongs to the first
            top = starts[n + 1] if n + 1 < len(starts) else max(high, start)
            part = min(high, top) - max(low, bottom)
            if part > 0:
                yield credit, n, sign * part


def paid_part(net_minor: int, gross_minor: int, paid_minor: int) -> int:
    """Return the net part of a payment on a document: net × paid ÷ gross, half up.

    0 for a document without an amount. What was paid beyond it does not count.
    """
    if gross_minor == 0:
        return 0
    paid = min(paid_minor, gross_minor) if gross_minor > 0 else max(paid_minor, gross_minor)
    return _half_up(Fraction(net_minor * paid, gross_minor))
