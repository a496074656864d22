"""One payment that was told twice is known by client, currency, amount and near days."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from acctdesk.figures.same_payment import Pair, Told, pairs

DAY = dt.date(2026, 4, 10)
BANK = Told("b1", 1, "EUR", 12_400, DAY)


def held(key: int, after: int = 0, **other: object) -> Told:
    return replace(BANK, key=key, day=DAY + dt.timedelta(days=after), **other)  # type: ignore[arg-type]


@pytest.mark.parametrize("after", [-5, 0, 5])
def test_the_only_one_of_its_kind_is_sure(after: int) -> None:
    assert pairs([BANK], [held(7, after)]) == [Pair("b1", 7, sure=True)]


@pytest.mark.parametrize(
    "other",
    [
        held(7, 6), held(7, -6), held(7, client_id=2), held(7, currency="USD"),
        held(7, amount_minor=12_401),
    ],
)  # fmt: skip
def test_what_differs_is_another_payment(other: Told) -> None:
    assert pairs([BANK], [other]) == []


def test_of_several_the_nearest_is_proposed_and_none_is_sure() -> None:
    assert pairs([BANK], [held(1, -4), held(2, 1), held(3, 5)]) == [Pair("b1", 2, sure=False)]


def test_one_receipt_is_never_two_payments() -> None:
    """The nearer of the two is told first; the other one may be it as well."""
    later = replace(BANK, key="b2", day=DAY + dt.timedelta(days=1))
    assert pairs([BANK, later], [held(1, 2)]) == [Pair("b2", 1, False), Pair("b1", 1, False)]


def test_a_crowd_is_paired_by_day_and_none_is_sure() -> None:
    arriving = [replace(BANK, key=f"b{n}", day=DAY + dt.timedelta(days=n)) for n in range(3)]
    found = pairs(reversed(arriving), [held(n, n) for n in (2, 0, 1)])
    assert {(one.arriving, one.held) for one in found} == {("b0", 0), ("b1", 1), ("b2", 2)}
    assert not any(one.sure for one in found)


def test_a_monthly_sum_is_sure_of_its_own_month() -> None:
    months = [replace(BANK, key=f"b{n}", day=dt.date(2026, n, 3)) for n in (1, 2, 3)]
    typed = [replace(BANK, key=n, day=dt.date(2026, n, 5)) for n in (1, 2, 3)]
    assert sorted((one.arriving, one.held, one.sure) for one in pairs(months, typed)) == [
        ("b1", 1, True), ("b2", 2, True), ("b3", 3, True),
    ]  # fmt: skip
