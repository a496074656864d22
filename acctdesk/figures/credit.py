"""Credit: what is at risk with a client, and what speaks against taking an order.

Gross of VAT, minor units.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import NamedTuple

from acctdesk.kinds import CreditAnswer, CreditRule

# each of these alone is a no; what else trips is a but
REFUSING = frozenset({CreditRule.OVER_LIMIT, CreditRule.OVERDUE, CreditRule.OLD_OVERDUE})


class Exposure(NamedTuple):
    """What a client owes (open invoices less what is unapplied), has ordered, and what secures it.

    ``limit_minor`` None: no limit is recorded, which is not a limit of 0.
    """

    owed_minor: int
    orders_minor: int
    secured_minor: int
    limit_minor: int | None

    @property
    def exposure_minor(self) -> int:
        """Owed + orders − secured, never below zero: what secures more covers nobody else."""
        return max(0, self.owed_minor + self.orders_minor - self.secured_minor)

    @property
    def headroom_minor(self) -> int | None:
        """Limit − exposure, negative where it is exceeded; None without a limit."""
        return None if self.limit_minor is None else self.limit_minor - self.exposure_minor

    @property
    def is_over(self) -> bool:
        """Whether the limit is exceeded; one that is just reached is not."""
        return self.limit_minor is not None and self.exposure_minor > self.limit_minor

    @property
    def used(self) -> Decimal | None:
        """Exposure ÷ limit, half up to four decimals; None without a limit above zero."""
        if not self.limit_minor:
            return None
        share = Decimal(self.exposure_minor) / self.limit_minor
        return share.quantize(Decimal("0.0001"), ROUND_HALF_UP)

    def with_order(self, amount_minor: int) -> Exposure:
        """Return what it would be with an order more."""
        return self._replace(orders_minor=self.orders_minor + amount_minor)


class CreditStanding(NamedTuple):
    """All that is asked before an order is taken; 0 where there is none of it.

    ``new_overdue_minor`` fell due within the days of :class:`CreditLimits`; ``oldest_days`` is how
    long the oldest invoice has been due, ``review_late_days`` how long a review has been past its
    day.
    """

    exposure: Exposure
    overdue_minor: int = 0
    oldest_days: int = 0
    new_overdue_minor: int = 0
    is_slower: bool = False
    disputes: int = 0
    review_late_days: int = 0


@dataclass(frozen=True, slots=True)
class CreditLimits:
    """From where on a rule trips: above these, not at them. Our own usual values."""

    overdue_minor: int = 1_000_00
    oldest_days: int = 60
    new_overdue_minor: int = 0
    new_days: int = 7


def tripped(standing: CreditStanding, limits: CreditLimits) -> tuple[CreditRule, ...]:
    """Return the rules that speak against more credit, those that refuse it first."""
    return _named(
        standing.exposure.is_over,
        standing.overdue_minor > limits.overdue_minor,
        standing.oldest_days > limits.oldest_days,
        standing.exposure.limit_minor is None,
        standing.new_overdue_minor > limits.new_overdue_minor,
        standing.disputes > 0,
        standing.is_slower,
        standing.review_late_days > 0,
    )


_IN_ORDER = (
    CreditRule.OVER_LIMIT, CreditRule.OVERDUE, CreditRule.OLD_OVERDUE, CreditRule.NO_LIMIT,
    CreditRule.NEW_OVERDUE, CreditRule.DISPUTE, CreditRule.SLOWER, CreditRule.REVIEW,
)  # fmt: skip


@cache  # of thousands of clients most trip the same
def _named(*trips: bool) -> tuple[CreditRule, ...]:
    return tuple(rule for rule, does in zip(_IN_ORDER, trips, strict=True) if does)


def answer(rules: Collection[CreditRule]) -> CreditAnswer:
    """Return what the rules that trip come to: one that refuses is a no, any other a but."""
    if REFUSING.intersection(rules):
        return CreditAnswer.NO
    return CreditAnswer.BUT if rules else CreditAnswer.YES
