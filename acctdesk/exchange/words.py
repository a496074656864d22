"""How alike two headings are: by meaning, blind to accents, punctuation, endings and shortening."""

from __future__ import annotations

import re
from functools import cache

from acctdesk.text import fold

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
        "με",
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
    # the same headings in Latin letters
    "kodikos": "κωδικοσ", "kod": "κωδικοσ", "eponymia": "επωνυμια", "eponimia": "επωνυμια",
    "afm": "αφμ", "doy": "δου", "poli": "πολη", "polh": "πολη", "tilefono": "τηλεφωνο",
    "thlefono": "τηλεφωνο", "imerominia": "ημερομηνια", "hmerominia": "ημερομηνια",
    "hmeromhnia": "ημερομηνια", "pelatis": "πελατησ", "pelaths": "πελατησ", "pelati": "πελατησ",
    "poso": "ποσο", "kathari": "καθαρη", "fpa": "φπα", "synolo": "συνολο", "parastatiko": "παραστατικο",
    "tropos": "τροποσ", "energos": "ενεργοσ", "axia": "αξια", "mikti": "μικτη", "lixi": "ληξη",
    "eidos": "ειδοσ", "arithmos": "αριθμοσ", "stoxos": "στοχοσ", "stoxoi": "στοχοσ", "minas": "μηνασ",
    "etos": "ετοσ", "periodos": "περιοδοσ", "drastiriotita": "δραστηριοτητα", "kinito": "κινητο",
}  # fmt: skip
_INITIALS = re.compile(r"(?<!\w)(?:\w\.){2,}\w?(?!\w)")
_SPLIT_WORDS = re.compile(r"\b(ημ|παρ|αρ)\s*[/'’]\s*(νια|κο|κου|μοσ)\b")
_CAMEL = re.compile(r"([a-zα-ω])([A-ZΑ-Ω])")
_TOKEN = re.compile(r"\w+")
_STEM = 5


@cache
def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a heading as stems, shortenings spelt out."""
    body = fold(_CAMEL.sub(r"\1 \2", text))
    body = _INITIALS.sub(lambda found: found.group().replace(".", ""), body)
    body = _SPLIT_WORDS.sub(lambda found: found[1] + found[2], body)
    found = []
    for token in _TOKEN.findall(body.replace("_", " ")):
        if token in _STOP:
            continue
        full = _SHORT.get(token, token)
        found.append(full if full.isascii() or len(full) <= _STEM else full[:_STEM])
    return tuple(found)


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) >= 3 and long.startswith(short):
        return 0.85
    if one.isascii() and other.isascii() and len(short) >= 4 and short[:4] == long[:4]:
        return 0.8
    return 0.0


@cache
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
        best = max(left, key=lambda candidate: _alike(token, candidate), default=None)
        if best is None:
            break
        score = _alike(token, best)
        if score:
            total += score
            left.remove(best)
    return 2 * total / (len(one) + len(other)) * 0.98
