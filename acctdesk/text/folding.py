"""Keys for search and sort: folded Greek, one skeleton for Greek and Greeklish."""

from __future__ import annotations

import re
import unicodedata
from os.path import commonprefix

_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
_SIGNS = "\u00ad\u200b-\u200f\u2060\ufeff"
_INVISIBLE = re.compile(f"[{_SIGNS}]+")
_DROPPED = re.compile(f"[{_MARKS}{_SIGNS}]+")


def clean(text: str) -> str:
    """Return ``text`` trimmed, inner white space of any kind one space, invisible marks dropped."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def fold(text: str) -> str:
    """Return ``text`` as search and sort compare it.

    Accents and other combining marks are dropped, case is folded, final sigma is a sigma, and
    white space is trimmed and collapsed. Letters keep their script: see :func:`latin_key`.
    """
    if not text.isascii():
        text = _DROPPED.sub("", unicodedata.normalize("NFD", text))
    return " ".join(text.casefold().split())


_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th",
    "ι": "i", "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p",
    "ρ": "r", "σ": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "x", "ψ": "ps", "ω": "o",
}  # fmt: skip
_TO_LATIN = str.maketrans(_GREEK)
_ABBREVIATION = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_SOUND = re.compile(
    r"[ae][uy]|o[uy]|ai|[eoy]i|mp|mb|nt(?!h)|nd|gx|ng|gk|gg|ph|th|ch|kh|[kcq]s|[dgsr]h"
    r"|[yuwbvdcqhj]"
)
_VOICED = frozenset("aeiouywbvgdzlmnrj")  # αυ and ευ are av, ev before these, else af, ef
_H_AS_ETA = re.compile(r"(?<=[mnlzvbfj])h(?![aeiouyw])")
_SOUNDS = {
    "ou": "o", "oy": "o", "ai": "e", "ei": "i", "oi": "i", "yi": "i",
    "mp": "v", "mb": "v", "nt": "d", "nd": "d", "gx": "nx", "ng": "g", "gk": "g", "gg": "g",
    "ph": "f", "th": "t", "ch": "x", "kh": "x", "ks": "x", "cs": "x", "qs": "x",
    "dh": "d", "gh": "g", "sh": "s", "rh": "r",
    "y": "i", "u": "o", "w": "o", "b": "v", "v": "v", "d": "d", "c": "k", "q": "k",
    "h": "x", "j": "tz",
}  # fmt: skip
_DOUBLE = re.compile(r"([a-z])\1+")


def _sound(match: re.Match[str]) -> str:
    written = match.group()
    if written[0] in "ae" and written[1] in "uy":
        following = match.string[match.end() : match.end() + 1]
        return written[0] + ("v" if following and following in _VOICED else "f")
    if written == "h" and _H_AS_ETA.match(match.string, match.start()):
        return "i"
    return _SOUNDS[written]


def latin_key(text: str) -> str:
    """Return one skeleton in Latin letters for a Greek text and the ways it is typed in Latin.

    papadopoulos, papadopulos, papadopoylos in any case or script give one key. Words stay apart
    by one space, other signs go, digits stay. The key is coarse on purpose, for finding and never
    for identity: one sign stands for ο ω ου (o w u ou oy), for ι η υ ει οι (i y ei oi), for αι
    and ε, β and μπ (b v mp), δ and ντ (d nt nd), γ γκ γγ (g gk gg ng), τ and θ (t th), and for
    ξ and χ (x ks ch h); αυ and ευ follow their sound.

    Not covered: h for η next to κ, π, τ, σ, δ, γ or a vowel, 8 for θ, 3 for ξ, ηυ, and
    foreign names that Greek writes by their sound.
    """
    latin = _ABBREVIATION.sub("", fold(text)).translate(_TO_LATIN)
    words = re.sub(r"[\W_]+", " ", latin.replace("'", "").replace("’", "")).strip()
    return _DOUBLE.sub(r"\1", _SOUND.sub(_sound, words))


def latin_prefix(text: str) -> str:
    """Return the part of the key of a half-typed ``text`` that no further letter can change.

    For searching as one types: for any ``rest``, ``latin_key(text + rest)`` starts with it.
    """
    letters = "abcdefghijklmnopqrstuvwxyz"
    keys = [latin_key(text), *(latin_key(text + letter) for letter in letters)]
    return commonprefix(keys)  # noqa: RUF071 - letter by letter is what is meant


_DIGITS = re.compile(r"\d+")
_MOST_DIGITS = 1000  # Python itself refuses to read thousands of digits as a number


def _numbered(match: re.Match[str]) -> str:
    digits = match.group()
    if not digits.isdecimal() or len(digits) >= _MOST_DIGITS:
        return digits
    plain = str(int(digits))
    return f"\x01{chr(0x30 + len(plain))}{plain}"


def sort_key(text: str) -> str:
    """Return a text whose plain order is the natural one: folded, ``ΤΙΜ-9`` before ``ΤΙΜ-10``.

    A number stands behind a sign that is less than any letter, and behind its length. The order is
    that of the signs' code points, as SQLite compares texts.
    """
    return _DIGITS.sub(_numbered, fold(text))
