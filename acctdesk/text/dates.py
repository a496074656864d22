"""Dates as people write them, in Greek and English; day before month."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from acctdesk.text.folding import fold

_MONTH_STEMS = {
    1: ("ιαν", "jan"), 2: ("φεβ", "feb"), 3: ("μαρ", "mar"), 4: ("απρ", "apr"),
    5: ("μαι", "μαη", "may"), 6: ("ιουν", "jun"), 7: ("ιουλ", "jul"), 8: ("αυγ", "aug"),
    9: ("σεπ", "sep"), 10: ("οκτ", "oct"), 11: ("νοε", "noe", "nov"), 12: ("δεκ", "dec"),
}  # fmt: skip
_WEEKDAYS = {
    0: ("δευ", "mon"), 1: ("τρ", "tue"), 2: ("τετ", "wed"), 3: ("πεμ", "thu"),
    4: ("παρ", "fri"), 5: ("σαβ", "sat"), 6: ("κυρ", "sun"),
}  # fmt: skip
_PIVOT = 70  # two digits below it are of this century
_NUMERIC = re.compile(r"(\d{1,4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORDS = re.compile(r"(\d{1,2})(?:η|st|nd|rd|th)?[\s\-./]*([a-zα-ω]{3,12})\.?[\s\-./,']*(\d{2,4})")
_ENGLISH = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{2,4})")
_TIME_OF_DAY = re.compile(
    r"(?:[t\s,]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?|πμ|μμ|z)?)$"
)


def month_number(word: str) -> int | None:
    """Return 1 to 12 for a month's name or a stem of it in Greek or English, else None."""
    folded = fold(word).rstrip(".")
    for number, stems in _MONTH_STEMS.items():
        if any(folded.startswith(stem) for stem in stems):
            return number
    return None


def _year(text: str) -> int | None:
    number = int(text)
    if len(text) <= 2:
        return 2000 + number if number < _PIVOT else 1900 + number
    return number if 1900 <= number <= 2199 else None


def _date(year: int | None, month: int | None, day: int) -> dt.date | None:
    if year is None or month is None:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def parse_date(text: object, *, day_first: bool = True) -> dt.date | None:
    """Return the day a cell names, None where there is none such (29/02/2026) or it is not a date.

    Reads 3/1/25, 03-01-2025, 3.1.2025, 2025-01-03 (with a time or without), 20250103,
    «3 Ιανουαρίου 2025», 3 Jan 2025, Jan 3, 2025. Where day and month could be either,
    ``day_first`` decides; where only one reading is a date, that one counts.
    """
    if isinstance(text, dt.datetime):
        return text.date()
    if isinstance(text, dt.date):
        return text
    if not isinstance(text, str) or len(text) > 40:
        return None
    body = _TIME_OF_DAY.sub("", fold(text)).strip(" ,.")
    numeric = _NUMERIC.fullmatch(body)
    if numeric:
        return _numeric(*numeric.groups(), day_first=day_first)
    compact = _COMPACT.fullmatch(body)
    if compact:
        return _date(_year(compact[1]), int(compact[2]), int(compact[3]))
    body = re.sub(r"^[a-zα-ω]{3,9}\.?,?\s+(?=\d)", "", body)  # a day's name before the date
    words = _WORDS.fullmatch(body)
    if words:
        return _date(_year(words[3]), month_number(words[2]), int(words[1]))
    english = _ENGLISH.fullmatch(fold(text).strip())
    if english:
        return _date(_year(english[3]), month_number(english[1]), int(english[2]))
    return None


def _numeric(first: str, second: str, third: str, *, day_first: bool) -> dt.date | None:
    if len(first) == 4:
        return _date(_year(first), int(second), int(third)) if len(third) <= 2 else None
    if len(third) not in {2, 4} or len(first) > 2:
        return None
    year, one, two = _year(third), int(first), int(second)
    day, month = (one, two) if day_first else (two, one)
    return _date(year, month, day) or _date(year, day, month)


def reads_month_first(texts: Iterable[str]) -> bool:
    """Tell whether a column of numeric dates puts the month first (5/31/2026) throughout."""
    month_first = False
    for text in texts:
        found = _NUMERIC.match(text.strip())
        if not found or len(found[1]) == 4:
            continue
        if int(found[1]) > 12:
            return False
        month_first = month_first or int(found[2]) > 12
    return month_first


_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_YEAR_MONTH = re.compile(r"(\d{4})\s*[/.\-]?\s*(?:m)?(\d{1,2})")
_NAME_YEAR = re.compile(r"([a-zα-ω]{3,12})\.?[\s\-/.,']*(\d{4}|\d{2})")
_YEAR_NAME = re.compile(r"(\d{4})[\s\-/.,]*([a-zα-ω]{3,12})\.?")


def parse_month(text: object) -> dt.date | None:
    """Return the first day of the month in a cell: 01/2023, 2023-01, Ιαν 2023, ΙΑΝ-23, a date."""
    if isinstance(text, dt.date):
        return dt.date(text.year, text.month, 1)
    if not isinstance(text, str) or len(text) > 40:
        return None
    body = fold(text).strip(" .")
    for pattern, year_group, month_group in (
        (_MONTH_YEAR, 2, 1), (_YEAR_MONTH, 1, 2), (_NAME_YEAR, 2, 1), (_YEAR_NAME, 1, 2),
    ):  # fmt: skip
        found = pattern.fullmatch(body)
        if found:
            word = found[month_group]
            month = int(word) if word.isdigit() else month_number(word)
            return _date(_year(found[year_group]), month or None, 1)
    day = parse_date(body)
    return None if day is None else day.replace(day=1)


@dataclass(frozen=True, slots=True)
class When:
    """A day, with a time of day where one was written."""

    day: dt.date
    time: dt.time | None = None


_CLOCK = re.compile(
    r"(?:\s|^)(?:στις\s+|at\s+)?(\d{1,2})(?:[:.](\d{2}))?\s*(πμ|π\.μ|μμ|μ\.μ|am|pm)?\.?$"
)
_PLUS = re.compile(r"\+\s*(\d{1,3})\s*([dwmημεβδ]?)[a-zα-ω]*")
_DAY_MONTH = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})")
_NAMED_DAYS = {
    "σημερα": 0, "today": 0, "αυριο": 1, "tomorrow": 1, "μεθαυριο": 2, "χθεσ": -1, "yesterday": -1,
}  # fmt: skip


def parse_when(text: str, *, today: dt.date) -> When | None:
    """Return the day (and time) that a person means: «αύριο 10», «Παρ», «15/3», +3d, tomorrow 10am.

    A weekday is the next one after today; a day and month without a year the next such day.
    """
    body = fold(text).strip(" .,")
    if not body:
        return None
    day = _day(body, today)
    if day is not None:
        return When(day)
    clock = _CLOCK.search(body)
    if clock is None:
        return None
    time = _time(clock)
    rest = body[: clock.start()].strip(" ,")
    day = _day(rest, today) if rest else today
    return None if day is None or time is None else When(day, time)


def _time(clock: re.Match[str]) -> dt.time | None:
    hour, minute, half = int(clock[1]), int(clock[2] or 0), (clock[3] or "").replace(".", "")
    if half in {"μμ", "pm"} and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        return None
    return dt.time(hour, minute)


def _day(body: str, today: dt.date) -> dt.date | None:
    if body in _NAMED_DAYS:
        return today + dt.timedelta(days=_NAMED_DAYS[body])
    plus = _PLUS.fullmatch(body)
    if plus:
        unit = plus[2] or "d"
        days = {"w": 7, "ε": 7, "β": 7, "m": 30, "μ": 30}.get(unit, 1)
        return today + dt.timedelta(days=days * int(plus[1]))
    if body.isalpha():
        for number, stems in _WEEKDAYS.items():
            if any(body.startswith(stem) for stem in stems):
                return today + dt.timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    short = _DAY_MONTH.fullmatch(body)
    if short:
        for year in (today.year, today.year + 1):
            found = _date(year, int(short[2]), int(short[1]))
            if found and found >= today:
                return found
        return None
    return parse_date(body)
