"""When one payment was told twice: by the bank, and by the company's own program.

It is the same client, currency and amount, on days that lie at most ``NEAR`` apart. A bank books on
working days and a receipt is typed in when somebody comes to it: over Easter that takes five days.
Longer, and the payments of clients who pay every week would be taken for one another.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

NEAR = dt.timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Told:
    """A payment as one of the two tells it; ``key`` names it there. Minor units."""

    key: int | str
    client_id: int
    currency: str
    amount_minor: int
    day: dt.date


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tellings that may be one payment.

    It is ``sure`` where neither of them may be any other one: then it can be proposed as it is.
    Of those that are not sure several may name one ``held``: it is one of them at most.
    """

    arriving: int | str
    held: int | str
    sure: bool


def pairs(arriving: Iterable[Told], held: Iterable[Told]) -> list[Pair]:
    """Return which of ``arriving`` may be which of ``held``: the nearest days first.

    Each of ``held`` goes to one; who gets none of them is told with its nearest, after the others.
    """
    there = defaultdict[tuple[int, str, int], list[Told]](list)
    for one in held:
        there[_what(one)].append(one)
    near = sorted(
        (abs(one.day - other.day), one.day, other.day, str(one.key), str(other.key), one, other)
        for one in arriving
        for other in there[_what(one)]
        if abs(one.day - other.day) <= NEAR
    )
    arrives = Counter(one.key for *_, one, _other in near)
    holds = Counter(other.key for *_, other in near)
    found: dict[int | str, Pair] = {}
    taken = set[int | str]()
    for *_, one, other in near:
        if one.key not in found and other.key not in taken:
            taken.add(other.key)
            sure = arrives[one.key] == holds[other.key] == 1
            found[one.key] = Pair(one.key, other.key, sure)
    for *_, one, other in near:
        found.setdefault(one.key, Pair(one.key, other.key, sure=False))
    return list(found.values())


def _what(one: Told) -> tuple[int, str, int]:
    return one.client_id, one.currency, one.amount_minor
