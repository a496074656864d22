"""What the officer decided about credit, kept in the book: thresholds, what counts, how often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypedDict, Unpack

from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.figures.credit import CreditLimits
from acctdesk.i18n import msg
from acctdesk.kinds import RiskClass
from acctdesk.services import checks, preferences

CREDIT = "credit"  # the setting
_MOST_MONTHS, _MOST_DAYS, _MOST_AMOUNT = 120, 3650, 10**15
USUAL_MONTHS: Mapping[RiskClass, int] = MappingProxyType(  # a habit of banks, no rule of ours
    {RiskClass.HIGH: 12, RiskClass.MEDIUM: 24, RiskClass.LOW: 36}
)


@dataclass(frozen=True, slots=True)
class CreditRules:
    """The thresholds of the credit rules; amounts gross, minor units.

    ``count_orders``: whether orders not yet invoiced count as exposure. ``pitch_overdue_minor``:
    above it the client is not to be offered anything new.
    """

    count_orders: bool = True
    limits: CreditLimits = field(default_factory=CreditLimits)
    pitch_overdue_minor: int = 1_000_00
    high_months: int = USUAL_MONTHS[RiskClass.HIGH]
    medium_months: int = USUAL_MONTHS[RiskClass.MEDIUM]
    low_months: int = USUAL_MONTHS[RiskClass.LOW]

    def months(self, risk: RiskClass) -> int:
        """Return after how many months a client of a risk class is reviewed again."""
        by_class = {
            RiskClass.HIGH: self.high_months,
            RiskClass.MEDIUM: self.medium_months,
            RiskClass.LOW: self.low_months,
        }
        return by_class[risk]


class CreditRuleFields(TypedDict, total=False):
    """What can be changed, by the names of :class:`CreditRules` and its ``limits``."""

    count_orders: bool
    overdue_minor: int
    oldest_days: int
    new_overdue_minor: int
    new_days: int
    pitch_overdue_minor: int
    high_months: int
    medium_months: int
    low_months: int


_FIELDS = frozenset(CreditRuleFields.__annotations__)
_LIMITS = frozenset(asdict(CreditLimits()))


def get_rules(session: Session) -> CreditRules:
    """Return what holds; what was never chosen has its usual value."""
    return _rules(preferences.read(session, CREDIT) or {})


def _rules(chosen: Mapping[str, Any]) -> CreditRules:
    limits = replace(CreditLimits(), **{k: v for k, v in chosen.items() if k in _LIMITS})
    return replace(CreditRules(limits=limits), **{
        key: value for key, value in chosen.items() if key not in _LIMITS
    })  # fmt: skip


def set_rules(session: Session, **fields: Unpack[CreditRuleFields]) -> None:
    """Change what is given.

    Raises:
        UserError: a value cannot be one; nothing was changed.
    """
    checks.declared(fields, _FIELDS)
    for name, value in fields.items():
        assert isinstance(value, int)
        _check(name, value)
    preferences.write(session, CREDIT, (preferences.read(session, CREDIT) or {}) | fields)


def _check(name: str, value: int) -> None:
    if name.endswith("_months") and not 1 <= value <= _MOST_MONTHS:
        raise UserError(
            msg(
                "Credit",
                "The months between two reviews must be from 1 to {most}.",
                most=_MOST_MONTHS,
            )
        )
    if name.endswith("_days") and not 0 <= value <= _MOST_DAYS:
        raise UserError(msg("Credit", "The days must be from 0 to {most}.", most=_MOST_DAYS))
    if name.endswith("_minor") and not 0 <= value <= _MOST_AMOUNT:
        raise UserError(msg("Credit", "A threshold cannot be below zero."))
