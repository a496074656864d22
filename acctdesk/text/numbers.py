"""Numbers as people and programs write them, Greek and English."""

from __future__ import annotations

import re
from decimal import Decimal

from acctdesk.text.folding import fold

_LONGEST = 60  # a cell longer than this is no number
_MOST_DIGITS = 9  # of a count, a year, a serial day; Python itself refuses thousands of digits
_MOST = Decimal(10) ** 15  # more is no amount and no quantity, and no column could keep it
_SPACES = re.compile("[\u00a0\u2000-\u200b\u202f\u205f\u3000\u2060\ufeff\t]")
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "’": "'", "`": "'"})
_CURRENCY = re.compile(r"€|\$|£|eur(?:os?)?\b\.?|ευρω\b|usd\b|gbp\b|chf\b|δρχ\b\.?", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"(\d+)(?:[.,](\d+))?e([+-]?\d{1,2})")
_PLAIN = re.compile(r"(\d*)(?:([.,])(\d+))?")
_GROUPED = re.compile(r"([1-9]\d{0,2})((?:([.,' ])\d{3})(?:\3\d{3})*)(?:([.,])(\d+))?")


def parse_number(text: str | float | Decimal | None, *, language: str = "el") -> Decimal | None:
    """Return the number in a cell, or None where it cannot be read for certain.

    Reads 1.234,56 and 1,234.56, groups parted by a dot, comma, space or apostrophe, a minus
    before or after, parentheses as negative, and a currency before or after. ``1.234`` and
    ``1,234`` alone follow ``language``: in Greek the dot groups and the comma is decimal. A
    float is taken by its shortest digits, so 8247.74 is exact. A percentage is no number here:
    see :func:`parse_ratio`; nor are digits that make 10**15 or more.
    """
    if text is None or isinstance(text, bool):
        return None
    if not isinstance(text, str):
        number = text if isinstance(text, Decimal) else Decimal(repr(text))
        return number if number.is_finite() and abs(number) < _MOST else None
    if len(text) > _LONGEST:
        return None
    body = _SPACES.sub(" ", text).translate(_MINUS).strip()
    negative, body = _sign_and_body(body)
    if negative is None or not body:
        return None
    number_or_none = _magnitude(body, decimal_comma=language != "en")
    if number_or_none is None or number_or_none >= _MOST:
        return None
    return -number_or_none if negative else number_or_none


def parse_ratio(text: str | float | Decimal | None, *, language: str = "el") -> Decimal | None:
    """Return a share: ``25,6 %`` is 0.256; a number without the sign is taken as it stands."""
    if isinstance(text, str) and text.strip().endswith("%"):
        number = parse_number(text.strip()[:-1], language=language)
        return None if number is None else number / 100
    return parse_number(text, language=language)


def whole_number(text: str) -> int | None:
    """Return the whole number that ``text`` is in digits alone; None beyond nine of them."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def _sign_and_body(body: str) -> tuple[bool | None, str]:
    """Take sign, parentheses and one currency off; None for a sign that says two things."""
    negative = False
    signs = 0
    without = _CURRENCY.sub(" ", fold(body), count=1).strip()
    if without.startswith("(") and without.endswith(")"):
        without, negative, signs = without[1:-1].strip(), True, 1
    if without.endswith((",-", ".-")):  # 100,- is a round hundred
        without = without[:-2]
    elif without.endswith("-"):
        without, negative, signs = without[:-1].rstrip(), True, signs + 1
    if without.startswith(("-", "+")):
        negative = negative or without[0] == "-"
        without, signs = without[1:].lstrip(), signs + 1
    return (None if signs > 1 else negative), without


def _magnitude(body: str, *, decimal_comma: bool) -> Decimal | None:
    grouped = _GROUPED.fullmatch(body)
    if grouped is not None:
        head, groups, separator, point, fraction = grouped.groups()
        alone = point is None and len(groups) == 4 and separator in ".,"
        groups_here = separator == ("." if decimal_comma else ",")
        if point != separator and (not alone or groups_here):
            return Decimal(head + groups.replace(separator, "") + (f".{fraction}" if point else ""))
    plain = _PLAIN.fullmatch(body)
    if plain is not None:
        whole, _point, fraction = plain.groups()
        return Decimal(f"{whole or 0}.{fraction}") if fraction else Decimal(whole)
    scientific = _SCIENTIFIC.fullmatch(body)
    if scientific is not None:
        whole, fraction, exponent = scientific.groups()
        return Decimal(f"{whole}.{fraction or 0}e{exponent}")
    return None
