"""Days as people write them: dates, months, and «αύριο 10» while typing a next step."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from acctdesk.text.folding import fold

_MONTH_FORMS = (
    ("ιανουαριοσ", "ιανουαριου", "γεναρησ", "γεναρη", "january"),
    ("φεβρουαριοσ", "φεβρουαριου", "φλεβαρησ", "φλεβαρη", "february"),
    ("μαρτιοσ", "μαρτιου", "μαρτησ", "μαρτη", "march", "μρτ"),
    ("απριλιοσ", "απριλιου", "απριλησ", "απριλη", "april"),
    ("μαιοσ", "μαιου", "μαησ", "μαη", "may"),
    ("ιουνιοσ", "ιουνιου", "ιουνησ", "ιουνη", "june"),
    ("ιουλιοσ", "ιουλιου", "ιουλησ", "ιουλη", "july"),
    ("αυγουστοσ", "αυγουστου", "august"),
    ("σεπτεμβριοσ", "σεπτεμβριου", "σεπτεμβρησ", "σεπτεμβρη", "september", "sept"),
    ("οκτωβριοσ", "οκτωβριου", "οκτωβρησ", "οκτωβρη", "october"),
    ("νοεμβριοσ", "νοεμβριου", "νοεμβρησ", "νοεμβρη", "november"),
    ("δεκεμβριοσ", "δεκεμβριου", "δεκεμβρησ", "δεκεμβρη", "december"),
)
_WEEKDAY_FORMS = (
    ("δευτερα", "monday"),
    ("τριτη", "tuesday"),
    ("τεταρτη", "wednesday"),
    ("πεμπτη", "thursday"),
    ("παρασκευη", "friday"),
    ("σαββατο", "saturday"),
    ("κυριακη", "sunday"),
)
_WEEKDAY = (
    r"(?:δευ?|δευτερα|τρ(?:ι|ιτη)?|τετ?|τεταρτη|πεμ?|πεμπτη|παρ?|παρασκευη|σαβ?β?|σαββατο"
    r"|κυρ?|κυριακη|(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?)\.?,? +"
)
_TIME = (
    r"(?:[t, ] *\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r" *(?:[πμap]\.?μ?m?\.?)?(?:z|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMERIC = re.compile(
    rf"(\d{{1,2}})(?: ?[-/.] ?| )(\d{{1,2}})(?: ?[-/.] ?| )(\d{{4}}|\d{{2}}){_TIME}"
)
_NAMED = re.compile(
    r"(\d{1,2})(?:η|ησ|st|nd|rd|th)?[ .\-/]*(?:of )?([^\W\d_]{3,})"
    rf"[ .,\-/']*(\d{{4}}|\d{{2}}){_TIME}"
)
_NAMED_MONTH_FIRST = re.compile(
    rf"([^\W\d_]{{3,}})\.? *(\d{{1,2}})(?:st|nd|rd|th)?,? +(\d{{4}}){_TIME}"
)
_WRITTEN = (  # pattern, and which of its groups are year, month and day
    (_YEAR_FIRST, 1, 3, 4),
    (_COMPACT, 1, 2, 3),
    (_NAMED, 3, 2, 1),
    (_NAMED_MONTH_FIRST, 3, 1, 2),
)
_MONTH_NAMED = re.compile(r"([^\W\d_]{3,})[ .,\-/']*(\d{4}|\d{2})")
_MONTH_NAMED_YEAR_FIRST = re.compile(r"(\d{4})[ .,\-/]*([^\W\d_]{3,})")
_MONTH_NUMERIC = re.compile(r"(\d{1,2}) ?[-/.] ?(\d{4}|\d{2})")
_MONTH_YEAR_FIRST = re.compile(r"(\d{4}) ?[-/.]?m?(\d{2}|(?<!\d)\d)")
_TWO_DIGIT_PIVOT = 70  # 69 is 2069, 70 is 1970, as POSIX reads them
_LONGEST = 60
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def parse_date(text: object, *, day_first: bool = True) -> dt.date | None:
    """Return the day in a cell, None where there is none or no such day exists.

    Reads 9/4/2026 and 9-4-26 (day before month unless only the other order is a date), ISO with
    or without a time, 20260409, «9 Απριλίου 2026», ``April 9, 2026``, with or without a weekday.
    """
    if isinstance(text, dt.datetime):
        return text.date()
    if isinstance(text, dt.date):
        return text
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    written = re.sub(rf"^{_WEEKDAY}", "", fold(text))
    if match := _NUMERIC.fullmatch(written):
        first, second, year = match.groups()
        if not day_first:
            first, second = second, first
        return _day(year, second, first) or _day(year, first, second)
    for pattern, year_at, month_at, day_at in _WRITTEN:
        if match := pattern.fullmatch(written):
            month = match[month_at]
            number = month if month.isdecimal() else _month_number(month)
            return _day(match[year_at], number, match[day_at])
    return None


def parse_month(text: object) -> dt.date | None:
    """Return the first day of a month written «Μάιος 2026», Μαϊ-26, 05/2026, 2026-05 or a date."""
    day = parse_date(text)
    if day is not None:
        return day.replace(day=1)
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    written = fold(text)
    if match := _MONTH_NAMED.fullmatch(written):
        return _day(match[2], _month_number(match[1]), "1")
    if match := _MONTH_NAMED_YEAR_FIRST.fullmatch(written):
        return _day(match[1], _month_number(match[2]), "1")
    if match := _MONTH_NUMERIC.fullmatch(written):
        return _day(match[2], match[1], "1")
    if match := _MONTH_YEAR_FIRST.fullmatch(written):
        return _day(match[1], match[2], "1")
    return None


def reads_month_first(texts: Iterable[str]) -> bool:
    """Tell whether a column of dates can only be month/day/year.

    True when some second part exceeds 12 and no first part does; then call
    ``parse_date(..., day_first=False)`` for the whole column.
    """
    second_is_day = False
    for text in texts:
        if match := _NUMERIC.fullmatch(fold(text)):
            if int(match[1]) > 12:
                return False
            second_is_day = second_is_day or int(match[2]) > 12
    return second_is_day


def month_number(name: str) -> int | None:
    """Return 1 to 12 for a month's name or unmistakable beginning, Greek or English."""
    number = _month_number(fold(name).rstrip("."))
    return int(number) if number else None


def _month_number(folded: str) -> str | None:
    if len(folded) < 3:
        return None
    found = {
        number
        for number, forms in enumerate(_MONTH_FORMS, 1)
        if any(form.startswith(folded) for form in forms)
    }
    return str(found.pop()) if len(found) == 1 else None


def _day(year: str, month: str | None, day: str) -> dt.date | None:
    if month is None:
        return None
    full = int(year)
    if len(year) == 2:
        full += 2000 if full < _TWO_DIGIT_PIVOT else 1900
    if not _FIRST_YEAR <= full <= _LAST_YEAR:
        return None
    try:
        return dt.date(full, int(month), int(day))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class When:
    """A day, and a time of day where one was said."""

    day: dt.date
    time: dt.time | None = None


_SPOKEN_DAYS = {
    "σημερα": 0, "today": 0, "τωρα": 0,
    "αυριο": 1, "tomorrow": 1, "tmr": 1,
    "μεθαυριο": 2, "χθεσ": -1, "χτεσ": -1, "εχθεσ": -1, "yesterday": -1, "προχθεσ": -2,
}  # fmt: skip
_STEP = re.compile(
    r"(?:\+|σε |in |μετα απο )? ?(\d{1,3}|μια|ενα|εναν|a|one) ?"
    r"(d|days?|η|ημερ(?:α|εσ)|μερ(?:α|εσ)|w|weeks?|εβδ|εβδομαδ(?:α|εσ)|m|months?|μ|μην(?:α|εσ))"
)
_WORKING = re.compile(
    r"(?:\+|σε |in |μετα απο )? ?(\d{1,3}|μια|ενα|εναν|a|one) ?"
    r"(?:ε|εργ|εργασιμ(?:η|εσ|ησ|ων)(?: ημερ(?:α|εσ|ων)| μερ(?:α|εσ))?|wd|working days?|workdays?)"
    r"(?: μετα)?"
)
Later = Callable[[dt.date, int], dt.date]  # a day, and how many working days after it
_NEXT = re.compile(r"(?:την |τον )?(?:επομεν[ηο]|αλλ[ηο]|next) (εβδομαδα|week|μηνα|month)")
_CLOCK = re.compile(
    r"(?:^| )(?:στισ |στη |at |@ ?)?(\d{1,2})(?:[:.](\d{2}))?"
    r" ?(π\.?μ\.?|μ\.?μ\.?|am|pm|το πρωι|το μεσημερι|το απογευμα|το βραδυ)?$"
)
_SECONDS = re.compile(r"^(\d{1,2}[:.]\d{2})[:.]\d{2}(?:[.,]\d+)?")
_AFTERNOON = frozenset({"μμ", "pm", "το απογευμα", "το βραδυ"})
_SHORT_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})")
_NAMED_SHORT = re.compile(r"(\d{1,2}) ?([^\W\d_]{3,})")


def parse_when(text: str, *, today: dt.date, later: Later | None = None) -> When | None:
    """Return the day (and time) an officer means, None where it is not certain.

    Reads αύριο, μεθαύριο, Παρ (the next such day after today), «επόμενη Παρ», 15/3 (the next
    such day, today included), 15 Μαρ, any full date, +3d, σε 2 εβδομάδες, «επόμενη εβδομάδα»
    (its Monday); each with a time after it (10, 10:30, 10πμ, 3pm, στις 5 μμ). A bare hour from
    1 to 7 is an afternoon one. ``later`` counts working days: with it +5ε, «5 εργάσιμες» and
    +5wd are read too.
    """
    written = fold(text).strip(" .,")
    if not written or len(written) > _LONGEST:
        return None
    match = _CLOCK.search(written)
    time = None if match is None else _clock(match)
    if match is not None and time is not None and match.start():
        day = _spoken_day(written[: match.start()].strip(" ,"), today, later)
        if day is not None:
            return When(day, time)
    day = _spoken_day(written, today, later)
    if day is not None:
        return When(day)
    if match is None or time is None or match.start():
        return None
    certain = match[2] or match[3] or match[0][0] not in "0123456789"
    return When(today, time) if certain else None


def parse_time(text: object) -> dt.time | None:
    """Return the time of day in a cell, to the minute: 14:30, 14.30:05, «2:30 μμ», 9am."""
    if isinstance(text, dt.datetime):
        text = text.time()
    if isinstance(text, dt.time):
        return text.replace(second=0, microsecond=0, tzinfo=None)
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    match = _CLOCK.fullmatch(_SECONDS.sub(r"\1", fold(text)))
    return None if match is None else _clock(match)


def _clock(match: re.Match[str]) -> dt.time | None:
    hour, minute = int(match[1]), int(match[2] or 0)
    half = (match[3] or "").replace(".", "")
    if half and hour > 12:
        return None
    afternoon = half in _AFTERNOON or (half == "το μεσημερι" and hour < 6)
    if half in {"am", "πμ"} and hour == 12:
        hour = 0
    if (afternoon and hour < 12) or (not half and 1 <= hour <= 7 and match[2] is None):
        hour += 12
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def _spoken_day(written: str, today: dt.date, later: Later | None) -> dt.date | None:
    if written in _SPOKEN_DAYS:
        return today + dt.timedelta(days=_SPOKEN_DAYS[written])
    if later is not None and (match := _WORKING.fullmatch(written)):
        return later(today, _count(match[1]))
    if match := _STEP.fullmatch(written):
        return _step(match[1], match[2], today)
    if match := _NEXT.fullmatch(written):
        if match[1] in {"εβδομαδα", "week"}:
            return today + dt.timedelta(days=7 - today.weekday())
        return _months_later(today.replace(day=1), 1)
    return _next_weekday(written, today) or _next_date(written, today) or parse_date(written)


def _step(count: str, unit: str, today: dt.date) -> dt.date:
    number = _count(count)
    if unit[0] in "dη" or unit.startswith("μερ"):
        return today + dt.timedelta(days=number)
    if unit[0] in "wε":
        return today + dt.timedelta(weeks=number)
    return _months_later(today, number)


def _count(written: str) -> int:
    return int(written) if written.isdecimal() else 1


def _months_later(day: dt.date, months: int) -> dt.date:
    from dateutil.relativedelta import relativedelta

    return day + relativedelta(months=months)


def _next_weekday(written: str, today: dt.date) -> dt.date | None:
    name = re.sub(r"^(?:την|το|on|επομενη|επομενο|next|αυτη την) ", "", written).rstrip(".")
    if len(name) < 2:
        return None
    found = {
        number
        for number, forms in enumerate(_WEEKDAY_FORMS)
        if any(form.startswith(name) for form in forms)
    }
    if len(found) != 1:
        return None
    ahead = (found.pop() - today.weekday() - 1) % 7 + 1
    return today + dt.timedelta(days=ahead)


def _next_date(written: str, today: dt.date) -> dt.date | None:
    if match := _SHORT_DATE.fullmatch(written):
        month: str | None = match[2]
    elif match := _NAMED_SHORT.fullmatch(written):
        month = _month_number(match[2])
    else:
        return None
    for year in range(today.year, today.year + 9):  # 29 February may be eight years away
        day = _day(str(year), month, match[1])
        if day is not None and day >= today:
            return day
    return None
