"""How alike two headings are: by meaning, blind to accents, punctuation, endings and shortening."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from acctdesk.text import fold, latin_key

_STOP = frozenset(
    [
        "του",
        "τησ",
        "των",
        "το",
        "τα",
        "η",
        "ο",
        "οι",
        "σε",
        "για",
        "και",
        "ανα",
        "the",
        "of",
        "in",
        "a",
        "an",
        "for",
        "eur",
        "ευρω",
        "κ",
    ]
)
_SHORT = {
    "κωδ": "κωδικοσ", "κωδικ": "κωδικοσ", "ημ": "ημερομηνια", "ημερ": "ημερομηνια", "ημνια": "ημερομηνια",
    "ημια": "ημερομηνια", "ημερα": "ημερομηνια", "αρ": "αριθμοσ", "αριθ": "αριθμοσ", "no": "αριθμοσ",
    "nr": "αριθμοσ", "num": "αριθμοσ", "number": "αριθμοσ", "νο": "αριθμοσ", "τηλ": "τηλεφωνο",
    "κιν": "κινητο", "παρκο": "παραστατικο", "παρκου": "παραστατικο", "παρστ": "παραστατικο",
    "επων": "επωνυμια", "πελ": "πελατησ", "cust": "customer", "acct": "account", "qty": "quantity",
    "amt": "amount", "inv": "invoice", "doc": "document", "tel": "phone", "telephone": "phone",
    "mob": "mobile", "addr": "address", "desc": "description", "περιγρ": "περιγραφη", "ποσοτ": "ποσοτητα",
    "καθ": "καθαρη", "σχετ": "σχετικο", "διευθ": "διευθυνση", "πιστ": "πιστωση", "id": "κωδικοσ",
    "code": "κωδικοσ", "ref": "reference", "vat": "vat", "date": "date",
    "ημερνια": "ημερομηνια", "συννου": "συναλλασσομενοσ", "συννοσ": "συναλλασσομενοσ",
    "συναλνου": "συναλλασσομενοσ", "δνση": "διευθυνση", "τηλνο": "τηλεφωνο",
    "ονμο": "ονοματεπωνυμο", "αρμοσ": "αριθμοσ", "συναλ": "συναλλασσομενοσ",
    "συντ": "%", "συντελεστησ": "%", "ποσοστο": "%", "rate": "%",
    "percent": "%", "percentage": "%", "pct": "%",
}  # fmt: skip
_INITIALS = re.compile(r"(?<!\w)(?:\w\.){2,}\w?(?!\w)")
_SPLIT_WORDS = re.compile(
    r"\b(ημ|ημερ|παρ|αρ|συν|συναλ|δ|τηλ|ον|im|hm|imer|par|ar|syn|d|til|thl|on)\s*[/'’]\s*"
    r"(νια|κο|κου|μοσ|νου|νοσ|νση|νο|μο|nia|ko|kou|koy|mos|nou|noy|nos|nsi|nsh|no|mo)\b"
)
_CAMEL = re.compile(r"([a-zα-ω])([A-ZΑ-Ω])")
_TOKEN = re.compile(r"\w+|%")
_H_ALONE = re.compile(r"(?<![tcpskgd])h")
_STEM = 5
_START = 3  # words that are alike begin with the same letters


def without_initials(folded: str) -> str:
    """Return a folded text with «α.φ.μ.» written as «αφμ»."""
    return _INITIALS.sub(lambda found: found.group().replace(".", ""), folded)


def _words(text: str) -> list[str]:
    body = without_initials(fold(_CAMEL.sub(r"\1 \2", text)))
    body = _SPLIT_WORDS.sub(lambda found: found[1] + found[2], body)
    return _TOKEN.findall(body.replace("_", " "))


@cache
def _vocabulary() -> tuple[frozenset[str], dict[str, str]]:
    """Return the English words of known headings, and the Greek ones by their Latin spelling."""
    from acctdesk.exchange.fields import phrases

    known = {word for phrase in phrases() for word in _words(phrase)} | set(_SHORT)
    greek: dict[str, str] = {}
    for word in sorted(word for word in known if not word.isascii()):
        key = latin_key(word)
        greek.setdefault(key, word)
        if len(key) > _STEM:
            greek.setdefault(f"{key[:_STEM]}…", word)
    return frozenset(word for word in known if word.isascii()), greek


def _in_greek(word: str) -> str:
    """Return the Greek word of a heading that was typed in Latin letters, else the word itself."""
    english, greek = _vocabulary()
    if word in english or len(word) < 2 or not word.isalpha():
        return word
    # an h stands for η, or makes a θ or χ of the letter before it
    spelt = (word, _H_ALONE.sub("i", word), word.replace("h", "i"))
    keys = [latin_key(way) for way in spelt]
    keys += [f"{key[:_STEM]}…" for key in keys if len(key) > _STEM]
    return next((greek[key] for key in keys if key in greek), word)


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a heading as stems, shortenings spelt out, Greeklish in Greek."""
    found = []
    for word in _words(text):
        if word in _STOP:
            continue
        full = _SHORT.get(word) or (_in_greek(word) if word.isascii() else word)
        full = _SHORT.get(full, full)
        found.append(full if full.isascii() or len(full) <= _STEM else full[:_STEM])
    return tuple(found)


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) >= _START and long.startswith(short):
        return 0.85
    if one.isascii() and other.isascii() and len(short) >= 4 and short[:4] == long[:4]:
        return 0.8
    return 0.0


@lru_cache(maxsize=200_000)
def similarity(heading: str, phrase: str) -> float:
    """Return from 0 to 1 how surely two headings mean the same."""
    one, other = tokens(heading), tokens(phrase)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    left = list(other)
    total = 0.0
    for token in one:
        if token in left:
            score, best = 1.0, token
        else:
            start = token[:_START]
            near = [word for word in left if word.startswith(start)]
            score, best = max(((_alike(token, word), word) for word in near), default=(0.0, ""))
        if score:
            total += score
            left.remove(best)
    return 2 * total / (len(one) + len(other)) * 0.98


@cache
def _by_start(known: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return which phrases have a word that begins with these three letters."""
    found: dict[str, set[str]] = {}
    for phrase in known:
        for token in tokens(phrase):
            found.setdefault(token[:_START], set()).add(phrase)
    return {start: tuple(sorted(those)) for start, those in found.items()}


def best_similarity(heading: str, known: tuple[str, ...]) -> float:
    """Return how alike ``heading`` is to the one of the ``known`` phrases that is most alike."""
    index = _by_start(known)
    near = {phrase for token in tokens(heading) for phrase in index.get(token[:_START], ())}
    return max((similarity(heading, phrase) for phrase in near), default=0.0)
