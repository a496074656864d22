"""By which rule a task comes again, on which days, and how the rule is said.

A rule is an RRULE of RFC 5545, read and written by dateutil. A day of the rule that is off goes to
another one, or falls away where the series stands on that one already.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.kinds import HolidayShift
from acctdesk.periods import WorkingDays

LAST = -1
WORKDAYS = (0, 1, 2, 3, 4)
_DAY = dt.timedelta(days=1)
_ABOUT = dt.timedelta(days=60)  # how far beside a window others are looked for
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Every(StrEnum):
    """The rules that can be chosen by hand."""

    DAY = "day"
    WEEK = "week"
    MONTH_DAY = "month_day"
    MONTH_WEEKDAY = "month_weekday"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Repeat:
    """A rule as one chooses it. ``weekdays`` count from Monday 0; ``nth`` is 1 to 4, or LAST.

    ``month_day`` is 1 to 31, or LAST; in a month that is shorter it means its last day.
    """

    every: Every
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int = 1
    month_day: int = 1
    month: int = 1
    until: dt.date | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a series: the day that the rule gives, and the day on which it is done."""

    series_on: dt.date
    due_on: dt.date


def write_rule(repeat: Repeat) -> str:
    """Return a choice as an RRULE."""
    from dateutil import rrule

    names = [getattr(rrule, name) for name in _WEEKDAYS]
    parts: dict[str, Any] = {"interval": repeat.interval, "count": repeat.count}
    if repeat.until is not None:
        parts["until"] = _instant(repeat.until)
    frequency: Any
    match repeat.every:
        case Every.DAY:
            frequency = rrule.DAILY
        case Every.WEEK:
            frequency = rrule.WEEKLY
            parts["byweekday"] = [names[day] for day in sorted(repeat.weekdays)]
        case Every.MONTH_WEEKDAY:
            frequency = rrule.MONTHLY
            parts["byweekday"] = [names[repeat.weekdays[0]](repeat.nth)]
        case Every.MONTH_DAY:
            frequency = rrule.MONTHLY
            parts |= _month_day(repeat.month_day)
        case Every.YEAR:
            frequency = rrule.YEARLY
            parts |= {"bymonth": repeat.month, **_month_day(repeat.month_day)}
    return _text(rrule.rrule(frequency, dtstart=_instant(dt.date(2000, 1, 1)), **parts))


def _month_day(day: int) -> dict[str, Any]:
    """Return the day of a month; a month that lacks it gives its last one."""
    if day <= 28:
        return {"bymonthday": day}
    return {"bymonthday": tuple(range(28, day + 1)), "bysetpos": -1}


def read_rule(rule: str, starts_on: dt.date) -> Repeat | None:
    """Return the choice that a rule stands for, None where it cannot be chosen by hand."""
    parts = _parts(rule, starts_on)
    known = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
    rest = {key: value for key, value in parts.items() if key not in known}
    basis = {
        "interval": int(parts.get("INTERVAL", 1)),
        "count": int(parts["COUNT"]) if "COUNT" in parts else None,
        "until": dt.datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").date()  # noqa: DTZ007
        if "UNTIL" in parts
        else None,
    }
    chosen = _chosen(parts["FREQ"], rest, starts_on)
    return None if chosen is None else Repeat(**{**basis, **chosen})


def _chosen(frequency: str, rest: Mapping[str, str], starts_on: dt.date) -> dict[str, Any] | None:
    days, keys = rest.get("BYDAY", ""), frozenset(rest)
    if frequency == "DAILY" and not keys:
        return {"every": Every.DAY}
    if frequency == "WEEKLY" and keys <= {"BYDAY"}:
        named = [one for one in days.split(",") if one]
        chosen = [_WEEKDAYS.index(one) for one in named] or [starts_on.weekday()]
        return {"every": Every.WEEK, "weekdays": tuple(chosen)}
    if frequency == "MONTHLY" and keys == {"BYDAY"} and days[-2:] in _WEEKDAYS:
        number = days[:-2].removeprefix("+")
        if number in {"1", "2", "3", "4", "-1"}:
            weekday = _WEEKDAYS.index(days[-2:])
            return {"every": Every.MONTH_WEEKDAY, "weekdays": (weekday,), "nth": int(number)}
    month_day = _read_month_day(rest, starts_on)
    if month_day is None:
        return None
    if frequency == "MONTHLY" and keys <= {"BYMONTHDAY", "BYSETPOS"}:
        return {"every": Every.MONTH_DAY, "month_day": month_day}
    month = rest.get("BYMONTH", str(starts_on.month))
    dated = frequency == "YEARLY" and keys <= {"BYMONTH", "BYMONTHDAY", "BYSETPOS"}
    if dated and month.isdecimal() and 1 <= month_day <= monthrange(2000, int(month))[1]:
        return {"every": Every.YEAR, "month_day": month_day, "month": int(month)}
    return None


def _read_month_day(rest: Mapping[str, str], starts_on: dt.date) -> int | None:
    days = [int(one) for one in rest.get("BYMONTHDAY", str(starts_on.day)).split(",")]
    if len(days) == 1 and "BYSETPOS" not in rest:
        return days[0] if days[0] >= LAST else None
    last = max(days)
    whole = days == list(range(28, last + 1)) and rest.get("BYSETPOS") == "-1"
    return last if whole else None


def check_rule(rule: str, starts_on: dt.date) -> str:
    """Return a rule as dateutil writes it.

    Raises:
        UserError: it is no rule, or gives no day at all.
    """
    read = _read(rule, starts_on)
    if read.after(_instant(starts_on), inc=True) is None:
        raise UserError(msg("Series", "By this rule there is no day at all. Check its end."))
    return _text(read)


def ended(rule: str, starts_on: dt.date, before: dt.date) -> str:
    """Return a rule that gives the same days, but none on ``before`` or later."""
    until = _instant(before - _DAY)
    return _text(_read(rule, starts_on).replace(until=until, count=None))


def continued(rule: str, starts_on: dt.date, on: dt.date) -> str:
    """Return the rule of what is left from a day on: a count is lessened by what lies before."""
    read = _read(rule, starts_on)
    parts = _parts(rule, starts_on)
    if "COUNT" not in parts:
        return _text(read)
    passed = sum(1 for one in read if one.date() < on)
    return _text(read.replace(count=max(1, int(parts["COUNT"]) - passed)))


def names_weekdays(rule: str, starts_on: dt.date) -> bool:
    """Tell whether a rule names days of the week: then a Saturday is meant."""
    parts = _parts(rule, starts_on)
    return "BYDAY" in parts or parts["FREQ"] == "WEEKLY"


def rule_days(rule: str, starts_on: dt.date, *, after: dt.date, until: dt.date) -> list[dt.date]:
    """Return the days that a rule gives after a day, up to another one included."""
    read = _read(rule, starts_on)
    found = read.between(_instant(after), _instant(until + _DAY))
    return sorted({one.date() for one in found})


def occurrences(
    rule: str,
    starts_on: dt.date,
    *,
    shift: HolidayShift,
    calendar: WorkingDays,
    after: dt.date,
    until: dt.date,
) -> list[Occurrence]:
    """Return the times of a series whose rule's day lies after a day, up to another one included.

    Whichever window is asked for, the same days come out.
    """
    about = rule_days(rule, starts_on, after=after - _ABOUT, until=until + _ABOUT)
    weekend = not names_weekdays(rule, starts_on)
    taken = {day for day in about if calendar.shifted(day, shift, from_weekend=weekend) == day}
    found: list[Occurrence] = []
    for day in about:
        due = calendar.shifted(day, shift, from_weekend=weekend)
        if due != day:
            if due in taken:
                continue
            taken.add(due)
        if after < day <= until:
            found.append(Occurrence(day, due))
    return found


def next_occurrences(
    rule: str,
    starts_on: dt.date,
    count: int,
    *,
    shift: HolidayShift,
    calendar: WorkingDays,
    after: dt.date,
) -> list[Occurrence]:
    """Return the first ``count`` times after a day, fewer where the series ends before."""
    read = _read(rule, starts_on)
    days = [one.date() for one in read.xafter(_instant(after), count=count * 10)]
    if not days:
        return []
    found = occurrences(
        rule, starts_on, shift=shift, calendar=calendar, after=after, until=days[-1]
    )
    return found[:count]


def place(
    rule: str, starts_on: dt.date, day: dt.date, *, shift: HolidayShift, calendar: WorkingDays
) -> dt.date:
    """Return the day on which the time of a rule's day is done."""
    return calendar.shifted(day, shift, from_weekend=not names_weekdays(rule, starts_on))


def moved_reason(
    series_on: dt.date | None, due_on: dt.date | None, calendar: WorkingDays
) -> Message | None:
    """Return why an occurrence is not on its rule's day: «Mon 3/3: Clean Monday», None if it is."""
    if series_on is None or due_on is None or series_on == due_on:
        return None
    day = f"{formats.weekday_short(series_on)} {formats.short_date(series_on)}"
    reason = calendar.reason(series_on)
    places = {calendar.shifted(series_on, shift) for shift in HolidayShift}
    if reason is None or due_on not in places:
        return msg("Series", "moved from {day}", day=day)
    return msg("Series", "moved from {day}: {reason}", day=day, reason=reason)


# -- the rule in words -----------------------------------------------------------------------------


_NTH = {
    1: msg("Series", "the first {weekday}"),
    2: msg("Series", "the second {weekday}"),
    3: msg("Series", "the third {weekday}"),
    4: msg("Series", "the fourth {weekday}"),
    LAST: msg("Series", "the last {weekday}"),
}
_NTH_SATURDAY = {  # of another gender in Greek
    1: msg("Series, Saturday", "the first {weekday}"),
    2: msg("Series, Saturday", "the second {weekday}"),
    3: msg("Series, Saturday", "the third {weekday}"),
    4: msg("Series, Saturday", "the fourth {weekday}"),
    LAST: msg("Series, Saturday", "the last {weekday}"),
}


def nth_words(nth: int, weekday: int) -> Message:
    """Return «the first Monday»."""
    form = (_NTH_SATURDAY if weekday == 5 else _NTH)[nth]
    return Message(form.context, form.text, {"weekday": formats.weekday_name(weekday)})


def rule_words(rule: str, starts_on: dt.date) -> Message:
    """Return a rule as a sentence without its full stop: «Every month on the first Monday»."""
    repeat = read_rule(rule, starts_on)
    if repeat is None:
        return msg("Series", "By the rule {rule}", rule=rule)
    words = _words(repeat)
    if repeat.until is not None:
        return msg("Series", "{rule}, until {day}", rule=words, day=formats.date(repeat.until))
    if repeat.count is not None:
        return nmsg("Series", "{rule}, {n} time", "{rule}, {n} times", repeat.count, rule=words)
    return words


def _words(repeat: Repeat) -> Message:
    n = repeat.interval
    match repeat.every:
        case Every.DAY:
            return nmsg("Series", "Every day", "Every {n} days", n)
        case Every.WEEK:
            if repeat.weekdays == WORKDAYS and n == 1:
                return msg("Series", "Every day from Monday to Friday")
            days = ", ".join(formats.weekday_name(day) for day in repeat.weekdays)
            return nmsg("Series", "Every week on {days}", "Every {n} weeks on {days}", n, days=days)
        case Every.MONTH_WEEKDAY:
            which = nth_words(repeat.nth, repeat.weekdays[0])
            return nmsg(
                "Series", "Every month on {which}", "Every {n} months on {which}", n, which=which
            )
        case Every.MONTH_DAY if repeat.month_day == LAST:
            return nmsg("Series", "Every month on its last day", "Every {n} months on the last day", n)  # fmt: skip  # noqa: E501
        case Every.MONTH_DAY:
            return nmsg(
                "Series",
                "Every month on day {day}",
                "Every {n} months on day {day}",
                n,
                day=repeat.month_day,
            )
        case Every.YEAR:
            day = formats.day_month(dt.date(2000, repeat.month, max(1, repeat.month_day)))
            return nmsg("Series", "Every year on {day}", "Every {n} years on {day}", n, day=day)


SHIFTS: Mapping[HolidayShift, Message] = {
    HolidayShift.NEXT: msg("Series", "on a day off: the next working day"),
    HolidayShift.PREVIOUS: msg("Series", "on a day off: the working day before"),
    HolidayShift.STAY: msg("Series", "on a day off: it stays there"),
}


# -- dateutil --------------------------------------------------------------------------------------


def _instant(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min)


def _read(rule: str, starts_on: dt.date) -> Any:
    from dateutil.rrule import rrule, rrulestr

    try:
        read = rrulestr(rule.removeprefix("RRULE:"), dtstart=_instant(starts_on))
    except (ValueError, TypeError, KeyError) as fault:
        raise _no_rule(rule) from fault
    finer = ("FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=SECONDLY")
    if not isinstance(read, rrule) or any(one in str(read) for one in finer):
        raise _no_rule(rule)
    return read


def _no_rule(rule: str) -> UserError:
    return UserError(msg("Series", "“{rule}” is no rule by which a task could come again.", rule=rule))  # fmt: skip  # noqa: E501


def _text(read: Any) -> str:
    """Return a rule without its first day; an end is a day, as the first day is one."""
    line = next(one for one in str(read).splitlines() if one.startswith("RRULE:"))
    return line.removeprefix("RRULE:").replace("T000000", "")


def _parts(rule: str, starts_on: dt.date) -> dict[str, str]:
    """Return the parts of a rule as dateutil writes them."""
    pairs: Iterable[str] = _text(_read(rule, starts_on)).split(";")
    return dict(pair.split("=", 1) for pair in pairs)
