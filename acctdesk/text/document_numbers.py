"""Numbers of documents as people write them, alone and inside a sentence."""

from __future__ import annotations

import re

from acctdesk.text.folding import fold

_LOOKALIKES = str.maketrans("ΑΒΕΖΗΙΚΛΜΝΟΡΤΥΧ", "ABEZHIKLMNOPTYX")
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_LEAST_DIGITS = 3  # of a number without letters: fewer stand in every sentence


def document_key(number: str) -> tuple[str, ...]:
    """Return what two spellings of one document number share: ΤΔΑ-0012 and τδα 12.

    Letters of both alphabets that look alike are one; zeros in front and signs between do not
    count.
    """
    plain = fold(number).upper().translate(_LOOKALIKES)
    return tuple(part.lstrip("0") or "0" for part in _PARTS.findall(plain))


def place_of(key: tuple[str, ...], told: tuple[str, ...]) -> int | None:
    """Return where a document's key stands in a sentence's, None where it does not.

    A key of digits alone needs three of them.
    """
    if not key or (all(part.isdigit() for part in key) and sum(map(len, key)) < _LEAST_DIGITS):
        return None
    return next(
        (at for at in range(len(told) - len(key) + 1) if told[at : at + len(key)] == key), None
    )
