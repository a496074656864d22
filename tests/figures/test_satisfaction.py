"""CSAT and NPS: the figure, how many answers it rests on, its range; no NPS of a few answers."""

from __future__ import annotations

from collections import Counter
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctdesk.figures.satisfaction import Estimate, csat, mean, nps


def test_csat_is_the_share_of_fours_and_fives_and_the_mean_is_another_figure() -> None:
    given = Counter((5, 4, 4, 2))
    found = csat(given)
    assert (found.answers, found.value) == (4, 75_00)
    assert mean(given) == 375
    assert csat({}) == Estimate()
    assert mean({}) is None


def test_the_range_of_csat_is_that_of_wilson() -> None:
    # 7 of 8 by hand: middle (p + z²/2n) / (1 + z²/n), reach z √(p(1-p)/n + z²/4n²) / (1 + z²/n)
    n, p, square = 8, 7 / 8, 1.96**2
    middle = (p + square / (2 * n)) / (1 + square / n)
    reach = 1.96 * sqrt(p * (1 - p) / n + square / (4 * n * n)) / (1 + square / n)
    found = csat({5: 7, 1: 1})
    assert found.low == round(10_000 * (middle - reach))
    assert found.high == round(10_000 * (middle + reach))
    assert (found.low, found.high) == (52_91, 97_76)


def test_nps_counts_nines_and_tens_against_zeros_to_sixes() -> None:
    found = nps(Counter((10, 9, 9, 8, 7, 6, 0)))
    assert (found.answers, found.value) == (7, 14_29)  # three up, two down, of seven
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0 < found.high


@pytest.mark.parametrize("count", range(5))
def test_fewer_than_five_answers_have_no_nps(count: int) -> None:
    assert nps({10: count} if count else {}) == Estimate(count)


def test_when_all_say_the_same_the_range_still_has_a_width() -> None:
    found = nps({10: 5})
    assert found.value == found.high == 100_00
    assert found.low is not None
    assert found.low < 60_00


@given(st.lists(st.integers(0, 10), min_size=5, max_size=60))
def test_nps_lies_on_its_scale_and_answers_turned_round_turn_it_round(answers: list[int]) -> None:
    turned = [{True: 0, False: 7}.get(one >= 9, 7) if one >= 7 else 10 for one in answers]
    found, other = nps(Counter(answers)), nps(Counter(turned))
    assert found.value is not None
    assert other.value is not None
    assert -100_00 <= found.value <= 100_00
    assert abs(found.value + other.value) <= 1  # half a hundredth goes up on both sides


@given(st.lists(st.integers(1, 5), min_size=1, max_size=60))
def test_csat_lies_in_its_range(answers: list[int]) -> None:
    found = csat(Counter(answers))
    assert found.low is not None
    assert found.value is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value <= found.high <= 100_00
