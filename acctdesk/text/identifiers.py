"""Numbers that name somebody: VAT ids, phones, IBAN, e-mail; and yes or no."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from acctdesk.text.folding import clean, fold

_YES = frozenset(
    [
        "ναι",
        "ν",
        "yes",
        "y",
        "1",
        "true",
        "t",
        "αληθεσ",
        "αληθησ",
        "σωστο",
        "ok",
        "x",
        "✓",
        "✔",
        "√",
        "si",
    ]
)
_NO = frozenset(["οχι", "ο", "no", "n", "0", "false", "f", "ψευδεσ", "λαθοσ", "-", "✗", "✘"])


def parse_yes_no(text: object) -> bool | None:
    """Return what a cell answers (ΝΑΙ, Ν, 1, yes; ΟΧΙ, Ο, 0, no), None where it does not."""
    if isinstance(text, bool):
        return text
    word = fold(str(text)).rstrip(".") if text is not None else ""
    word = word.removesuffix(".0")
    if word in _YES:
        return True
    return False if word in _NO else None


# the three classes, as a Greek and as a Latin keyboard has them: the first two look alike
_CLASSES = {
    "Α": "A",
    "Β": "B",
    "Γ": "C",
    "a": "A",
    "b": "B",
    "c": "C",
    "α": "A",
    "β": "B",
    "γ": "C",
}


def read_segment(text: str) -> str:
    """Return a segment as it is kept: of a class its Latin letter, any other as it is written."""
    cleaned = clean(text)
    return _CLASSES.get(cleaned, cleaned)


@dataclass(frozen=True, slots=True)
class VatReading:
    """What a cell says as a VAT id.

    ``value`` is the compact number (Greek without prefix, foreign with its country code) or None
    where it is not ``valid``; ``restored`` tells that lost leading zeros were put back; ``raw``
    is the text of the cell, empty for an empty one.
    """

    value: str | None
    restored: bool
    valid: bool
    raw: str


_VAT_LABEL = re.compile(r"^(?:Α\.?Φ\.?Μ\.?|AFM|VAT(?:\s*(?:ID|NO))?)[.:\s]*")
_NOT_CODE = re.compile(r"[\s.\-/:_]+")
_GREEK_CAPITALS = str.maketrans("ΑΒΕΖΗΙΚΛΜΝΟΡΤΥΧ", "ABEZHIKLMNOPTYX")
_EU = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
        "XI",
    ]
)
_FEWEST_DIGITS = 6  # fewer is some other number that happens to agree with its check digit


def read_vat_id(value: str | float | None, *, country: str = "GR") -> VatReading:
    """Read a VAT id (ΑΦΜ) from a cell of text or number.

    A Greek one has nine digits with a check digit; the prefix EL or GR, spaces and signs go, and
    zeros that a spreadsheet dropped from the front come back when the check digit then agrees.
    000000000 is refused. An id with another country's prefix, or of ``country``, is checked by
    that country's rule.
    """
    if value is None:
        return VatReading(None, restored=False, valid=False, raw="")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    raw = clean(str(value))
    compact = re.sub(r"(?<=\d)[.,]0+$", "", raw) if re.fullmatch(r"\d+[.,]0", raw) else raw
    compact = _NOT_CODE.sub("", _VAT_LABEL.sub("", compact.upper())).lstrip("'")
    prefix = compact[:2].translate(_GREEK_CAPITALS)
    if prefix in {"EL", "GR"}:
        return _greek_vat(compact[2:], raw)
    if prefix in _EU and len(compact) > 2:
        return _foreign_vat(prefix, compact[2:], raw)
    if country not in {"GR", "EL", ""}:
        return _foreign_vat(country.upper(), compact, raw)
    return _greek_vat(compact, raw)


def _greek_vat(digits: str, raw: str) -> VatReading:
    from stdnum.gr import vat

    invalid = VatReading(None, restored=False, valid=False, raw=raw)
    if not (digits.isascii() and digits.isdigit()) or not _FEWEST_DIGITS <= len(digits) <= 9:
        return invalid
    if len(digits) < 9 and digits.startswith("0"):
        return invalid  # its zeros are there: what is missing is elsewhere
    number = digits.zfill(9)
    if not number.strip("0") or vat.calc_check_digit(number[:-1]) != number[-1]:
        return invalid
    return VatReading(number, restored=len(digits) < 9, valid=True, raw=raw)


def _foreign_vat(country: str, number: str, raw: str) -> VatReading:
    from stdnum import get_cc_module

    rule = get_cc_module("gb" if country == "XI" else country.lower(), "vat")
    valid = bool(rule is not None and rule.is_valid(number))
    return VatReading(f"{country}{number}" if valid else None, restored=False, valid=valid, raw=raw)


_EXTENSION = re.compile(r"\s*[,(]?\s*(?:εσωτ?|ext|int|x|#)\.?\s*:?\s*\d+\s*\)?$")
_PHONE_LABEL = re.compile(r"^\s*(?:τηλ|κιν|tel|mob|phone|t|m)\w*\s*[.:]*\s*")


def read_phone(text: str | float | None, *, country: str = "GR") -> str | None:
    """Return a phone number in E.164 (+302101234567), None where it is not a possible one.

    An extension and a label are cut off; of several numbers in a cell the first one counts.
    """
    if text is None:
        return None
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    written = _PHONE_LABEL.sub("", _EXTENSION.sub("", fold(str(text))))
    if not any(sign.isdigit() for sign in written) or len(written) > 80:
        return None
    for part in (written, *re.split(r"[/,;|]|\s-\s|\s{2,}", written)):
        number = _phone(part, country)
        if number is not None:
            return number
    return None


_GREEK_PHONE = re.compile(r"(?:\+30|0030)?([26]\d{9})")
_PHONE_SIGNS = str.maketrans("", "", " -./()")


@cache
def _greek_plan() -> re.Pattern[str]:
    """Return the pattern of the country's landlines and mobiles, as the library has it."""
    from phonenumbers import PhoneMetadata

    plan = PhoneMetadata.metadata_for_region("GR")
    assert plan is not None
    kinds = [kind.national_number_pattern for kind in (plan.fixed_line, plan.mobile) if kind]
    return re.compile("|".join(f"(?:{pattern})" for pattern in kinds))


def _phone(written: str, country: str) -> str | None:
    import phonenumbers

    greek = _GREEK_PHONE.fullmatch(written.translate(_PHONE_SIGNS))
    if greek is not None and (country == "GR" or not written[0].isdigit()):
        # nothing is left to find out about such a number but whether it can exist
        return f"+30{greek[1]}" if _greek_plan().fullmatch(greek[1]) else None
    try:
        number = phonenumbers.parse(written, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


_EMAIL = re.compile(
    r"[^\s@<>()\[\],;:\\\"]{1,64}@(?=.{1,253}$)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}"
)


def valid_email(text: str) -> bool:
    """Tell whether ``text`` is one e-mail address that could be written to."""
    local = text.partition("@")[0]
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    return not dots and _EMAIL.fullmatch(text) is not None


def read_iban(text: str) -> str | None:
    """Return the IBAN that was typed, compact and upper case; None where it is not valid."""
    written = re.sub(r"^IBAN|[^A-Z0-9]", "", text.upper().strip())
    return written if valid_iban(written) else None


def valid_iban(text: str) -> bool:
    """Tell whether ``text`` is an IBAN whose length, country and check digits agree."""
    from stdnum import iban

    return bool(iban.is_valid(text))
