"""How satisfied clients are, from answers 1 to 5 (CSAT) and 0 to 10 (NPS).

CSAT is the share of 4 and 5. NPS is the share of 9 and 10 less that of 0 to 6 (Reichheld, "The One
Number You Need to Grow", Harvard Business Review, December 2003). The ranges hold the true figure
in 95 of 100 cases: of CSAT by Wilson (Journal of the American Statistical Association 22, 1927), of
NPS by the adjusted Wald interval that Rocks found best for few answers (The American Statistician
70, 2016). Answers come as a mapping of the score to how often it was given; figures and ranges are
hundredths of a per cent or point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

LEAST_NPS = 5  # answers: below it there is no NPS
_Z = 1.96  # of a normal distribution, 95 %
_WHOLE = 100_00  # hundredths of 100
_PROMOTES, _DETRACTS, _SATISFIED = 9, 6, 4


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, how many answers it rests on, and where the true one lies.

    ``value``, ``low`` and ``high`` are None where the answers are too few.
    """

    answers: int = 0
    value: int | None = None
    low: int | None = None
    high: int | None = None


def mean(given: Mapping[int, int]) -> int | None:
    """Return the mean of the answers in hundredths of a point, half up; None without any."""
    answers = sum(given.values())
    if not answers:
        return None
    total = sum(point * count for point, count in given.items())
    return _half_up(100 * total, answers)


def csat(given: Mapping[int, int]) -> Estimate:
    """Return the share of 4 and 5 among the answers from 1 to 5."""
    answers = sum(given.values())
    if not answers:
        return Estimate()
    good = sum(count for point, count in given.items() if point >= _SATISFIED)
    share, square = good / answers, _Z * _Z
    middle = (share + square / (2 * answers)) / (1 + square / answers)
    reach = (
        _Z
        * sqrt(share * (1 - share) / answers + square / (4 * answers * answers))
        / (1 + square / answers)
    )
    return Estimate(
        answers,
        _half_up(_WHOLE * good, answers),
        max(0, round(_WHOLE * (middle - reach))),
        min(_WHOLE, round(_WHOLE * (middle + reach))),
    )


def nps(given: Mapping[int, int]) -> Estimate:
    """Return NPS of the answers from 0 to 10, from -100 to 100; none of fewer than five."""
    answers = sum(given.values())
    if answers < LEAST_NPS:
        return Estimate(answers)
    up = sum(count for point, count in given.items() if point >= _PROMOTES)
    down = sum(count for point, count in given.items() if point <= _DETRACTS)
    wide = answers + 3  # three invented answers keep the range honest where all said the same
    more, less = (up + 0.75) / wide, (down + 0.75) / wide
    middle = more - less
    reach = _Z * sqrt((more + less - middle * middle) / wide)
    return Estimate(
        answers,
        _half_up(_WHOLE * (up - down), answers),
        max(-_WHOLE, round(_WHOLE * (middle - reach))),
        min(_WHOLE, round(_WHOLE * (middle + reach))),
    )


def _half_up(part: int, whole: int) -> int:
    return (2 * part + whole) // (2 * whole)
