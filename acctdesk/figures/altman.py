"""Altman's scores Z′ and Z″ from a year's accounts, both on book values.

A flag for a talk, never a decision. Each weight and cut-off has its source beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from types import MappingProxyType

from acctdesk.kinds import CreditZone


class Ratio(StrEnum):
    """The ratios that the scores weigh."""

    X1 = "X1"  # working capital ÷ total assets
    X2 = "X2"  # retained earnings ÷ total assets
    X3 = "X3"  # earnings before interest and tax ÷ total assets
    X4 = "X4"  # equity at book value ÷ total liabilities
    X5 = "X5"  # sales ÷ total assets


@dataclass(frozen=True, slots=True)
class Model:
    """A score: its weights; above ``safe`` a firm is sound, below ``distress`` in distress."""

    name: str
    weights: Mapping[Ratio, Decimal]
    safe: Decimal
    distress: Decimal

    def zone(self, score: Decimal) -> CreditZone:
        """Return the zone of a score; a cut-off itself is grey."""
        if score > self.safe:
            return CreditZone.SAFE
        return CreditZone.DISTRESS if score < self.distress else CreditZone.GREY


def _weights(*values: str) -> Mapping[Ratio, Decimal]:
    weights = zip(Ratio, (Decimal(one) for one in values), strict=False)
    return MappingProxyType(dict(weights))


PRIVATE = Model(  # Altman, private firms: equity at book value
    name="Z′",
    weights=_weights("0.717", "0.847", "3.107", "0.420", "0.998"),
    safe=Decimal("2.9"),
    distress=Decimal("1.23"),
)
NON_MANUFACTURERS = Model(  # Altman, non-manufacturers; others have 6.5 and the cut-offs of Z′
    name="Z″",
    weights=_weights("6.56", "3.26", "6.72", "1.05"),
    safe=Decimal("2.6"),
    distress=Decimal("1.1"),
)
MODELS = (PRIVATE, NON_MANUFACTURERS)


@dataclass(frozen=True, slots=True)
class Accounts:
    """What the ratios need of a year's accounts, minor units of one currency; None: not known."""

    current_assets: int | None = None
    current_liabilities: int | None = None
    total_assets: int | None = None
    total_liabilities: int | None = None
    equity: int | None = None
    retained_earnings: int | None = None
    ebit: int | None = None
    sales: int | None = None


# of each ratio what is above and below the line, by the names of Accounts
PARTS: Mapping[Ratio, tuple[tuple[str, ...], str]] = MappingProxyType(
    {
        Ratio.X1: (("current_assets", "current_liabilities"), "total_assets"),
        Ratio.X2: (("retained_earnings",), "total_assets"),
        Ratio.X3: (("ebit",), "total_assets"),
        Ratio.X4: (("equity",), "total_liabilities"),
        Ratio.X5: (("sales",), "total_assets"),
    }
)


@dataclass(frozen=True, slots=True)
class Score:
    """A model's score and zone, both None where a ratio is not known.

    ``missing`` are the names of :class:`Accounts` that it lacks, in their order.
    """

    model: Model
    value: Decimal | None
    zone: CreditZone | None
    missing: tuple[str, ...]


def ratios(accounts: Accounts) -> dict[Ratio, Decimal | None]:
    """Return the ratios; None where a part is not known or what is divided by is not above zero.

    X1 = (current assets − current liabilities) ÷ total assets, X2 = retained earnings ÷ total
    assets, X3 = EBIT ÷ total assets, X4 = equity ÷ total liabilities, X5 = sales ÷ total assets.
    """
    found: dict[Ratio, Decimal | None] = {}
    for ratio, (above, below) in PARTS.items():
        parts = [getattr(accounts, name) for name in above]
        by = getattr(accounts, below)
        if None in parts or not by or by < 0:
            found[ratio] = None
        else:
            found[ratio] = Decimal(parts[0] - sum(parts[1:])) / by
    return found


def score(model: Model, values: Mapping[Ratio, Decimal | None]) -> Decimal | None:
    """Return Σ weight × ratio, half up to three decimals; None where a ratio is not known."""
    total = Decimal(0)
    for ratio, weight in model.weights.items():
        value = values[ratio]
        if value is None:
            return None
        total += weight * value
    return total.quantize(Decimal("0.001"), ROUND_HALF_UP)


def scores(accounts: Accounts) -> tuple[Score, ...]:
    """Return what each model says of a year's accounts."""
    values = ratios(accounts)
    found = []
    for model in MODELS:
        value = score(model, values)
        zone = None if value is None else model.zone(value)
        found.append(Score(model, value, zone, _missing(model, accounts)))
    return tuple(found)


def _missing(model: Model, accounts: Accounts) -> tuple[str, ...]:
    lacking: dict[str, None] = {}
    for ratio in model.weights:
        above, below = PARTS[ratio]
        by = getattr(accounts, below)
        lacking.update(dict.fromkeys(name for name in above if getattr(accounts, name) is None))
        if not by or by < 0:
            lacking[below] = None
    return tuple(lacking)


def disagree(found: tuple[Score, ...]) -> bool:
    """Tell whether the models put the firm into different zones."""
    return len({one.zone for one in found if one.zone is not None}) > 1
