"""Reading one text cell, remembered: columns repeat their values, and a look is taken twice."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from acctdesk.text import fold, parse_date, parse_number

folded = lru_cache(maxsize=50_000)(fold)


@lru_cache(maxsize=50_000)
def number_in(text: str, language: str = "el") -> Decimal | None:
    """Return the number that a text is, None where it is none."""
    # most cells hold no digit at all, or letters that no number has
    if not text or not any(map(str.isdigit, text)):
        return None
    return parse_number(text, language=language)


@lru_cache(maxsize=50_000)
def day_in(text: str, *, day_first: bool = True) -> dt.date | None:
    """Return the day that a text is, None where it is none."""
    if len(text) < 5 or not any(map(str.isdigit, text)):
        return None
    return parse_date(text, day_first=day_first)
