"""Which invoices a receipt pays that names none: by reference, then amount, then age.

Minor units, gross. Numbers in, numbers out; whoever asks says it in words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from acctdesk.text import document_key, place_of

_LEAST_DIGITS = 3


class Basis(StrEnum):
    """Why invoices are proposed for a receipt."""

    REFERENCE = "reference"  # the text names them
    AMOUNT = "amount"  # exactly what is open of one
    OLDEST = "oldest"  # exactly the oldest ones
    AGE = "age"  # the oldest first, nothing says more


@dataclass(frozen=True, slots=True)
class Owed:
    """An invoice of the payer in the receipt's currency, of which ``open`` is unpaid."""

    id: int
    number: str
    due_on: dt.date
    open: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a receipt would pay: pairs of an invoice's id and an amount, and why."""

    basis: Basis
    parts: tuple[tuple[int, int], ...]


def named_in(texts: Iterable[str], numbers: Sequence[tuple[int, str]]) -> list[int]:
    """Return the ids of the numbers that the texts name, in the order they are named.

    A whole number, however it is spelt, comes first; where none is named, its last digits do if
    there are three or more and no other number ends so.
    """
    told = tuple(part for text in texts for part in document_key(text))
    keys = {which: document_key(number) for which, number in numbers}
    found = _found(keys, told)
    if found:
        return found
    ends: dict[str, list[int]] = {}
    for which, key in keys.items():
        if key and key[-1].isdigit() and len(key[-1]) >= _LEAST_DIGITS:
            ends.setdefault(key[-1], []).append(which)
    return _found({which[0]: (end,) for end, which in ends.items() if len(which) == 1}, told)


def _found(keys: dict[int, tuple[str, ...]], told: tuple[str, ...]) -> list[int]:
    places = [
        (place, -len(key), which)
        for which, key in keys.items()
        if (place := place_of(key, told)) is not None
    ]
    return [which for _place, _length, which in sorted(places)]


def propose(amount: int, texts: Iterable[str], owed: Iterable[Owed]) -> Proposed | None:
    """Return what ``amount``, not yet applied, of a receipt with these texts would pay.

    Never more than is open of an invoice, never more than ``amount``; None where nothing is owed
    or nothing is left.
    """
    items = sorted((one for one in owed if one.open > 0), key=lambda one: (one.due_on, one.id))
    if amount <= 0 or not items:
        return None
    by_id = {one.id: one for one in items}
    named = named_in(texts, [(one.id, one.number) for one in items])
    if named:
        return Proposed(Basis.REFERENCE, _pay(amount, [by_id[which] for which in named]))
    for one in items:
        if one.open == amount:
            return Proposed(Basis.AMOUNT, ((one.id, amount),))
    total = 0
    for count, one in enumerate(items, 1):
        total += one.open
        if total == amount:
            return Proposed(Basis.OLDEST, _pay(amount, items[:count]))
        if total > amount:
            break
    return Proposed(Basis.AGE, _pay(amount, items))


def _pay(amount: int, items: Sequence[Owed]) -> tuple[tuple[int, int], ...]:
    parts = []
    for one in items:
        part = min(amount, one.open)
        if part:
            parts.append((one.id, part))
        amount -= part
    return tuple(parts)


def instalment_shares(open_minor: int, amounts: Sequence[int]) -> list[int]:
    """Return what is open of each instalment of an invoice, the earliest first.

    What is paid pays the earliest first; together they are ``open_minor``. What is open beyond
    the instalments, because money went back, is the first one's.
    """
    shares, left = [], open_minor
    for amount in reversed(amounts[1:]):
        shares.append(min(amount, left))
        left -= shares[-1]
    return [*([left] if amounts else []), *reversed(shares)]
