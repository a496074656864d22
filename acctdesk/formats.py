"""How a value is shown: money, numbers, shares, dates; by the language, from the CLDR.

What is not known is shown as a dash, never as zero.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

from acctdesk import i18n
from acctdesk.i18n import Message, msg
from acctdesk.kinds import Language

if TYPE_CHECKING:
    from decimal import Decimal

UNKNOWN = "—"
HIDDEN = "•••"  # an amount that is not for every eye
_privacy = {"hidden": False}
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}


def hide_amounts(hidden: bool) -> None:
    """Show amounts of money as dots from now on, or as they are."""
    _privacy["hidden"] = hidden


def amounts_hidden() -> bool:
    """Tell whether amounts of money are shown as dots."""
    return _privacy["hidden"]


def _locale(language: Language | str | None) -> str:
    chosen = language or i18n.language()
    return "el_GR" if str(chosen) == "el" else "en_GB"


def number(value: float | Decimal | None, digits: int = 0, language: str | None = None) -> str:
    """Return a number with its thousands grouped and ``digits`` decimals, rounded half up."""
    if value is None:
        return UNKNOWN
    return f"{_half_up(value, digits):,.{digits}f}".translate(_signs(_locale(language)))


@cache
def _signs(locale: str) -> dict[int, str]:
    """Return a locale's signs in a number; looked up once: a list paints hundreds."""
    from babel.numbers import get_decimal_symbol, get_group_symbol, get_minus_sign_symbol

    return str.maketrans(
        {
            ",": get_group_symbol(locale),
            ".": get_decimal_symbol(locale),
            "-": get_minus_sign_symbol(locale),
        }
    )


def _half_up(value: float | Decimal, digits: int) -> Decimal:
    from decimal import ROUND_HALF_UP, Decimal

    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    # adding zero turns a negative zero into zero
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0


def amount(minor: int | None, *, cents: bool = True, language: str | None = None) -> str:
    """Return minor units as an amount without a currency: 1.234,56."""
    if minor is None:
        return UNKNOWN
    if amounts_hidden():
        return HIDDEN
    return number(_major(minor), 2 if cents else 0, language)


def _major(minor: int, unit: int = 100) -> Decimal:
    from decimal import Decimal

    return Decimal(minor) / unit


def money(
    minor: int | None, currency: str = "EUR", *, cents: bool = True, language: str | None = None
) -> str:
    """Return minor units with the currency: 1.234,56 € in Greek, €1,234.56 in English."""
    if minor is None:
        return UNKNOWN
    symbol = _SYMBOLS.get(currency, currency)
    if amounts_hidden():
        return _with_symbol(HIDDEN, symbol, language)
    value = _half_up(_major(minor), 2 if cents else 0)
    shown = number(abs(value), 2 if cents else 0, language)
    sign = "-" if value < 0 else ""
    return sign + _with_symbol(shown, symbol, language)


def _with_symbol(shown: str, symbol: str, language: str | None) -> str:
    if _locale(language).startswith("el"):
        return f"{shown}\u00a0{symbol}"
    return f"{symbol}{shown}" if len(symbol) == 1 else f"{symbol}\u00a0{shown}"


def currencies(language: str | None = None) -> list[tuple[str, str]]:
    """Return the currencies in use today: code and ``EUR – Ευρώ``; those of here come first."""
    from babel import Locale
    from babel.numbers import get_currency_name

    locale = Locale.parse(_locale(language))
    lines = {
        code: f"{code} – {get_currency_name(code, locale=locale)}" for code in _current_currencies()
    }
    order = [*_SYMBOLS, *sorted(set(lines) - set(_SYMBOLS))]
    return [(code, lines[code]) for code in order]


@cache
def _current_currencies() -> frozenset[str]:
    from babel.core import get_global
    from babel.numbers import get_territory_currencies

    return frozenset(
        code
        for place in get_global("territory_currencies")
        for code in get_territory_currencies(place)
    )


def compact(minor: int | None, digits: int = 1, language: str | None = None) -> str:
    """Return minor units in thousands: 174,1."""
    if minor is not None and amounts_hidden():
        return HIDDEN
    return UNKNOWN if minor is None else number(_major(minor, 100_000), digits, language)


def percent(ratio: float | Decimal | None, digits: int = 0, language: str | None = None) -> str:
    """Return a share as a percentage: 89 % in Greek, 89% in English."""
    if ratio is None:
        return UNKNOWN
    from decimal import Decimal

    exact = ratio if isinstance(ratio, Decimal) else Decimal(repr(ratio))
    air = "\u00a0" if _locale(language).startswith("el") else ""
    return f"{number(exact * 100, digits, language)}{air}%"


def quoted(text: str, language: str | None = None) -> str:
    """Return a text in quotation marks: «Φύλλο1» in Greek, “Sheet1” in English."""
    return f"«{text}»" if _locale(language).startswith("el") else f"“{text}”"


def date(day: dt.date | None) -> str:
    """Return a day as 12/11/2026 in either language."""
    return UNKNOWN if day is None else f"{day:%d/%m/%Y}"


def short_date(day: dt.date | None) -> str:
    """Return a day as 12/11."""
    return UNKNOWN if day is None else f"{day.day}/{day.month}"


def long_date(day: dt.date, language: str | None = None) -> str:
    """Return a day in words: Πέμπτη 12 Νοεμβρίου 2026."""
    from babel.dates import format_date

    return str(format_date(day, "EEEE d MMMM y", locale=_locale(language)))


_NEAR = {
    0: msg("Day", "Today"),
    -1: msg("Day", "Yesterday"),
    1: msg("Day", "Tomorrow"),
}


def near_day(day: dt.date, *, today: dt.date) -> Message | None:
    """Return today, yesterday or tomorrow as a word, None for any other day."""
    return _NEAR.get((day - today).days)


def relative_day(day: dt.date | None, *, today: dt.date) -> str:
    """Return Today, Yesterday, Tomorrow, 12/11 of this year, or 12/11/2025."""
    if day is None:
        return UNKNOWN
    near = near_day(day, today=today)
    if near is not None:
        return near.localized()
    return short_date(day) if day.year == today.year else date(day)


def day_heading(day: dt.date, *, today: dt.date) -> str:
    """Return a heading for a day: «Σήμερα, Πέμπτη 12 Νοεμβρίου»."""
    from babel.dates import format_date

    pattern = "EEEE d MMMM" if day.year == today.year else "EEEE d MMMM y"
    shown = str(format_date(day, pattern, locale=_locale(None)))
    near = near_day(day, today=today)
    return shown if near is None else f"{near.localized()}, {shown}"


def weekday_short(day: dt.date, language: str | None = None) -> str:
    """Return a weekday's short name: Τρί."""
    from babel.dates import format_date

    return str(format_date(day, "EEE", locale=_locale(language)))


def weekday_name(number: int, language: str | None = None) -> str:
    """Return the name of a day of the week, from Monday 0, as it follows a preposition: Τρίτη."""
    from babel.dates import get_day_names

    return str(get_day_names("wide", locale=_locale(language))[number])


def day_month(day: dt.date, language: str | None = None) -> str:
    """Return a day and its month in words: 15 Μαρτίου."""
    from babel.dates import format_date

    return str(format_date(day, "d MMMM", locale=_locale(language)))


def month_name(day: dt.date, language: str | None = None) -> str:
    """Return a month and year as they stand alone: Νοέμβριος 2026."""
    from babel.dates import format_date

    return str(format_date(day, "LLLL y", locale=_locale(language)))


def month_names(language: str | None = None) -> tuple[str, ...]:
    """Return the names of the twelve months, as they stand alone: Ιανουάριος."""
    from babel.dates import get_month_names

    names = get_month_names("wide", context="stand-alone", locale=_locale(language))
    return tuple(names[number] for number in range(1, 13))


def month_initial(day: dt.date, language: str | None = None) -> str:
    """Return the first letter of a month's name."""
    from babel.dates import format_date

    return str(format_date(day, "LLLLL", locale=_locale(language)))


def month_initials(language: str | None = None) -> tuple[str, ...]:
    """Return the first letters of January to December."""
    return tuple(month_initial(dt.date(2000, month, 1), language) for month in range(1, 13))


def phone(e164: str | None) -> str:
    """Return a number as Greek readers write it: 210 123 4567, 2310 555 555; else with +code."""
    import phonenumbers

    if not e164:
        return UNKNOWN
    national = e164.removeprefix("+30")
    if e164.startswith("+30") and len(national) == 10 and national[0] in "26":
        area = 4 if national[0] == "2" and national[1] != "1" else 3
        middle = area + 3
        return f"{national[:area]} {national[area:middle]} {national[middle:]}"
    if e164.startswith("+308") and len(national) == 10:
        return f"{national[:3]} {national[3:5]} {national[5:]}"
    try:
        number_read = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    shown = phonenumbers.format_number(number_read, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return str(shown)


def iban(compact: str) -> str:
    """Return an IBAN in groups of four, as it stands on paper."""
    return " ".join(compact[at : at + 4] for at in range(0, len(compact), 4))


def month_short(day: dt.date, language: str | None = None) -> str:
    """Return a month's short name: Νοέ."""
    from babel.dates import format_date

    return str(format_date(day, "LLL", locale=_locale(language)))


def time(instant: dt.datetime | dt.time | None, zone: dt.tzinfo | None = None) -> str:
    """Return the time of day, 24 hours, of an instant in the local zone (or ``zone``)."""
    if instant is None:
        return UNKNOWN
    if isinstance(instant, dt.datetime):
        instant = instant.astimezone(zone).time()
    return f"{instant:%H:%M}"


def minutes(count: int | None) -> Message | None:
    """Return a duration in words: 12 minutes; 1 hour 20 minutes."""
    if count is None:
        return None
    hours, rest = divmod(count, 60)
    if not hours:
        return msg("Duration", "{minutes} min", minutes=rest)
    if not rest:
        return msg("Duration", "{hours} h", hours=hours)
    return msg("Duration", "{hours} h {minutes} min", hours=hours, minutes=rest)


def file_size(count: int, language: str | None = None) -> str:
    """Return a number of bytes as people say it: 12 kB, 3,4 MB."""
    if count < 1_000_000:
        return f"{number(max(1, round(count / 1000)), language=language)} kB"
    return f"{number(count / 1_000_000, 1, language=language)} MB"
