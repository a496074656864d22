"""What a pay plan pays for a period, opened to a line per sale and tier that adds up to the cent.

Amounts are net of VAT in minor units; shares and rates are exact decimals (0.05 is 5 %).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import partial
from itertools import repeat
from operator import attrgetter, floordiv, mod, mul
from typing import Any, NamedTuple, TypeVar

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


class Credit(NamedTuple):
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


class PayLine(NamedTuple):
    """What one sale brings in one tier, or what a rule takes from the whole.

    ``tier`` is its place in the ladder; ``units`` the amount of the sale in it, exact, of which
    ``unit`` make a minor unit; ``rate`` what it is multiplied by. ``pay_minor`` of all lines add up
    to the pay.
    """

    kind: PayKind
    pay_minor: int
    credit: Credit | None = None
    tier: int | None = None
    units: int = 0
    unit: int = 1
    rate: Decimal = Decimal(0)

    @property
    def part(self) -> Fraction:
        """The amount of the sale in its tier, in minor units."""
        return Fraction(self.units, self.unit)


@dataclass(frozen=True, slots=True)
class Pay:
    """The pay of a period with its lines; ``counted_minor`` is what all credits come to."""

    pay_minor: int
    counted_minor: int
    attainment: Decimal  # four decimals, for showing; rules compare the exact share
    lines: tuple[PayLine, ...]


_BY_DAY = attrgetter("on", "key")
_Row = TypeVar("_Row", bound=tuple[Any, ...])


def rows_of(kind: type[_Row], *columns: Iterable[Any]) -> Iterator[_Row]:
    """Yield a named tuple for each row of columns; calling its kind takes twice as long."""
    return map(partial(tuple.__new__, kind), zip(*columns, strict=False))


def _half_up(amount: Fraction) -> int:
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def largest_remainder(parts: Sequence[int], unit: int) -> list[int]:
    """Return whole numbers near ``parts`` ÷ ``unit`` that add up to their half-up sum.

    Each is less than 1 off. What is left after rounding down goes to the largest remainders, of
    equal ones to the first.
    """
    found = list(map(floordiv, parts, repeat(unit)))
    rests = list(map(mod, parts, repeat(unit)))
    left = (2 * sum(parts) + unit) // (2 * unit) - sum(found)
    by_rest = sorted(range(len(parts)), key=rests.__getitem__, reverse=True)
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
    ordered = sorted(credits_, key=_BY_DAY)
    ladder, held = plan.ladder, {credit.share for credit in ordered}
    # whole numbers of a unit that every share and every beginning of a tier is a multiple of:
    # fractions of the standard library take twenty times as long
    shares = 10 ** _digits(held)
    edges = 10 ** _digits(tier.above for tier in ladder)
    rates = 10 ** _digits(tier.rate for tier in ladder)
    unit = shares * edges
    units = {share: int(share * shares) * edges for share in held}
    amounts = [credit.net_minor * units[credit.share] for credit in ordered]
    starts = [int(tier.above * edges) * quota_minor * shares for tier in ladder]
    total = sum(amounts)
    worth, pay_unit = [int(tier.rate * rates) for tier in ladder], unit * rates
    if plan.method is PayMethod.ACCELERATOR:
        worth = [rate * (plan.target_pay_minor or 0) for rate in worth]
        pay_unit *= quota_minor
    places, tiers, parts = _parts(plan.method, amounts, starts, total)
    pays = list(map(mul, parts, map(worth.__getitem__, tiers)))
    reached = Fraction(total, unit * quota_minor)
    rules = list(_rules(plan, Fraction(sum(pays), pay_unit), reached))
    for _kind, _rate, taken in rules:
        # the rules' own digits: everything is counted in finer units
        finer = taken.denominator
        pays, pay_unit = [one * finer for one in pays], pay_unit * finer
        pays.append(int(taken * pay_unit))
    minors = largest_remainder(pays, pay_unit)
    tier_rates = [tier.rate for tier in ladder]
    lines = list(
        rows_of(
            PayLine,
            repeat(PayKind.SALE, len(parts)),
            minors,
            map(ordered.__getitem__, places),
            tiers,
            parts,
            repeat(unit),
            map(tier_rates.__getitem__, tiers),
        )
    )
    lines += [
        PayLine(kind, minor, unit=unit, rate=rate)
        for (kind, rate, _taken), minor in zip(rules, minors[len(parts) :], strict=True)
    ]
    shown = (Decimal(reached.numerator) / reached.denominator).quantize(Decimal("0.0001"))
    counted = _half_up(Fraction(total, unit))
    return Pay(sum(minors), counted, shown, tuple(lines))


def _digits(numbers: Iterable[Decimal]) -> int:
    """Return how many decimals tell every number exactly."""
    return max((0, *(-int(one.as_tuple().exponent) for one in numbers)))


def _rules(
    plan: Plan, earned: Fraction, reached: Fraction
) -> Iterable[tuple[PayKind, Decimal, Fraction]]:
    """Yield what the floor and then the cap add to the pay: less than nothing, as a rule."""
    if plan.floor is not None and reached < Fraction(plan.floor.below) and earned:
        after = earned * Fraction(plan.floor.multiplier)
        yield PayKind.FLOOR, plan.floor.multiplier, after - earned
        earned = after
    if plan.cap_minor is not None and earned > plan.cap_minor:
        yield PayKind.CAP, Decimal(0), plan.cap_minor - earned


def _parts(
    method: PayMethod, amounts: Sequence[int], starts: Sequence[int], total: int
) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
    """Return which part of which amount lies in which tier: places, tiers and parts."""
    if method is PayMethod.WHOLE:
        tier = max((n for n, start in enumerate(starts) if start <= total), default=0)
        return range(len(amounts)), [tier] * len(amounts), amounts
    places: list[int] = []
    tiers: list[int] = []
    parts: list[int] = []
    most = sum(map(abs, amounts))
    bottoms, tops = [-most, *starts[1:]], [*starts[1:], most]  # below nothing is the first tier's
    near, at = 0, 0  # the tier that holds what all amounts so far come to
    bottom, top = bottoms[0], tops[0]
    for place, amount in enumerate(amounts):
        before, at = at, at + amount
        if bottom <= at <= top:  # as nearly all of them
            if amount:
                places.append(place)
                tiers.append(near)
                parts.append(amount)
            continue
        low, high, sign = (before, at, 1) if amount >= 0 else (at, before, -1)
        over = [
            (n, part)
            for n, (first, last) in enumerate(zip(bottoms, tops, strict=True))
            if (part := min(high, last) - max(low, first)) > 0
        ]
        for n, part in over:
            places.append(place)
            tiers.append(n)
            parts.append(sign * part)
        near = over[-1 if amount >= 0 else 0][0]
        bottom, top = bottoms[near], tops[near]
    return places, tiers, parts


def together(credits_: Iterable[Credit]) -> tuple[Credit, ...]:
    """Return one credit that counts as much as all of them: pay depends on their sum alone."""
    by_share: dict[Decimal, int] = {}
    first = dt.date.max
    for _key, on, net, share in credits_:
        by_share[share] = by_share.get(share, 0) + net
        first = min(first, on)
    if not by_share:
        return ()
    digits = _digits(by_share)
    total = sum(net * int(share.scaleb(digits)) for share, net in by_share.items())
    return (Credit(0, first, total, Decimal(1).scaleb(-digits)),)


def paid_part(net_minor: int, gross_minor: int, paid_minor: int) -> int:
    """Return the net part of a payment on a document: net × paid ÷ gross, half up.

    0 for a document without an amount. What was paid beyond it does not count.
    """
    if gross_minor == 0:
        return 0
    paid = min(paid_minor, gross_minor) if gross_minor > 0 else max(paid_minor, gross_minor)
    return _half_up(Fraction(net_minor * paid, gross_minor))
