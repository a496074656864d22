"""Calendars (.ics) in and out: what happens in a period, and tasks as appointments.

Coming in, a series becomes its occurrences: rules, exceptions, moved and deleted dates and the zone
names of Outlook are the libraries' work. Going out, each task has an identifier of its own that
never changes, so that a calendar which takes it twice has it once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.services.appointments import AppointmentInput, CalendarTask, calendar_tasks
from acctdesk.storage import faults
from acctdesk.text import clean

if TYPE_CHECKING:
    from icalendar import Calendar, Component
    from sqlalchemy.orm import Session

LARGEST = 20_000_000  # bytes
MOST_EVENTS = 10_000
ZONE = "Europe/Athens"
USUAL_MINUTES = 30  # of an appointment out: without a length some calendars do not show it
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_MOST_A_DAY = 4
_DAY = 24 * 60  # minutes
# the rule of the European Union as Greece has it, in the short form that every calendar reads
_ATHENS = """BEGIN:VTIMEZONE
TZID:Europe/Athens
BEGIN:STANDARD
DTSTART:19961027T040000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:EET
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T030000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:EEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
END:DAYLIGHT
END:VTIMEZONE
"""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One appointment of a calendar.

    ``key`` stays the same when it is moved. ``start`` and ``end`` are days of an all-day entry (the
    end is not included), else instants; a time without a zone is the officer's own. ``people`` are
    the addresses of who takes part.
    """

    key: str
    start: dt.datetime | dt.date
    end: dt.datetime | dt.date
    summary: str
    notes: str
    place: str
    people: tuple[str, ...]
    cancelled: bool

    @property
    def all_day(self) -> bool:
        """Tell whether it has no time of day."""
        return not isinstance(self.start, dt.datetime)


@dataclass(frozen=True, slots=True)
class CalendarContent:
    """What a calendar holds for a period; ``uids`` are all its entries, in the period or not.

    ``left_out`` counts series that come too often to be appointments.
    """

    occurrences: tuple[Occurrence, ...]
    uids: frozenset[str]
    left_out: int = 0


def read_calendar(path: str | Path, *, start: dt.date, end: dt.date) -> CalendarContent:
    """Return what begins from ``start`` on and before ``end`` in a calendar file.

    Raises:
        UserError: it is no calendar, too large or damaged.
    """
    from recurring_ical_events import of

    file = Path(path)
    found: list[Occurrence] = []
    uids: set[str] = set()
    left_out = 0
    for calendar in _calendars(file):
        events = list(calendar.walk("VEVENT"))
        if len(events) > MOST_EVENTS:
            raise _refused(file.name, msg("Calendar", "it holds too many appointments."))
        for event in events:
            if not _now_and_then(event):
                calendar.subcomponents.remove(event)
                left_out += 1
        events = list(calendar.walk("VEVENT"))
        uids |= {_text(event, "UID") for event in events}
        series = {_text(event, "UID") for event in events if "RRULE" in event or "RDATE" in event}
        gone = _text(calendar, "METHOD").upper() == "CANCEL"
        try:
            happening = of(calendar, skip_bad_series=True).between(start, end)
            found += [
                _occurrence(event, in_series=_text(event, "UID") in series, gone=gone)
                for event in happening
            ]
        except (ValueError, TypeError, LookupError, ArithmeticError) as error:
            raise _refused(file.name, msg("Calendar", "the calendar is damaged.")) from error
    found = [one for one in found if start <= _day(one.start) < end]
    found.sort(key=lambda one: (_day(one.start), not one.all_day, str(one.start), one.key))
    return CalendarContent(tuple(found), frozenset(uids), left_out)


@dataclass(frozen=True, slots=True)
class CalendarsRead:
    """What several calendars hold for a period, as appointments."""

    appointments: tuple[AppointmentInput, ...]
    uids: frozenset[str]
    left_out: int


def read_calendars(paths: Sequence[Path], *, start: dt.date, end: dt.date) -> CalendarsRead:
    """Return the appointments of several files from ``start`` on and before ``end``."""
    contents = [read_calendar(path, start=start, end=end) for path in paths]
    return CalendarsRead(
        tuple(one for content in contents for one in appointments(content)),
        frozenset[str]().union(*(content.uids for content in contents)),
        sum(content.left_out for content in contents),
    )


def _calendars(file: Path) -> list[Calendar]:
    from icalendar import Calendar

    with faults.faults_told(file):
        if file.stat().st_size > LARGEST:
            raise _refused(
                file.name, msg("Calendar", "it is larger than a calendar can be (20 MB).")
            )
        content = file.read_bytes()
    if b"BEGIN:VCALENDAR" not in content[:4096].upper():
        raise _refused(file.name, msg("Calendar", "it is not a calendar."))
    damaged = _refused(file.name, msg("Calendar", "the calendar is damaged."))
    try:
        calendars = Calendar.from_ical(content, multiple=True)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise damaged from error
    if not calendars:  # cut off: its end is missing
        raise damaged
    return list(calendars)


def _refused(name: str, why: Message) -> UserError:
    return UserError(
        msg("Calendar", "{name} was not read: {why} Nothing was changed.", name=name, why=why)
    )


def _now_and_then(event: Component) -> bool:
    """Tell whether a rule gives appointments, a few a day at most, and not a flood."""
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        if {str(one).upper() for one in rule.get("FREQ", [])} & _TOO_OFTEN:
            return False
        a_day = 1
        for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            a_day *= max(1, len(rule.get(part, [])))
        if a_day > _MOST_A_DAY:
            return False
    return True


def _occurrence(event: Any, *, in_series: bool, gone: bool) -> Occurrence:
    which = event["RECURRENCE-ID"].to_ical().decode() if in_series else ""
    status = _text(event, "STATUS").upper()
    return Occurrence(
        key=f"ics:{_text(event, 'UID')[:200]}/{which}",
        start=event.start,
        end=event.end,
        summary=clean(_text(event, "SUMMARY")),
        notes=_text(event, "DESCRIPTION").strip(),
        place=clean(_text(event, "LOCATION")),
        people=tuple(_people(event)),
        cancelled=gone or status == "CANCELLED",
    )


def _text(component: Any, name: str) -> str:
    value = component.get(name, "")
    return str(value[0] if isinstance(value, list) and value else value)


def _people(event: Any) -> Iterable[str]:
    for name in ("ORGANIZER", "ATTENDEE"):
        given = event.get(name, [])
        for one in given if isinstance(given, list) else [given]:
            address = str(one).lower().removeprefix("mailto:").strip()
            if "@" in address:
                yield address


def _day(when: dt.datetime | dt.date) -> dt.date:
    return when.date() if isinstance(when, dt.datetime) else when


def appointments(
    content: CalendarContent, *, zone: dt.tzinfo | None = None
) -> list[AppointmentInput]:
    """Return what a calendar holds as appointments of the officer's own days and hours.

    ``zone`` is where the officer is, None for this machine's zone. An entry over several days
    stands on its first; its notes say until when.
    """
    made = []
    for one in content.occurrences:
        start, end = one.start, one.end
        notes = one.notes
        time, minutes = None, None
        if isinstance(start, dt.datetime) and isinstance(end, dt.datetime):
            local = start.astimezone(zone) if start.tzinfo is not None else start
            day, time = local.date(), local.time().replace(microsecond=0)
            length = int((end - start).total_seconds()) // 60
            minutes = length if 0 < length < _DAY else None
        else:
            day, last = _day(start), _day(end) - dt.timedelta(1)
            if last > day:
                notes = f"{formats.date(day)} – {formats.date(last)}\n{notes}"
        made.append(
            AppointmentInput(
                one.key, one.summary, day, time, minutes, notes, one.place, one.people,
                one.cancelled,
            )
        )  # fmt: skip
    return made


def write_calendar(
    session: Session,
    *,
    path: Path,
    name: str,
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> int:
    """Write the open tasks from ``start`` to ``end`` to a calendar file; return how many."""
    tasks = calendar_tasks(session, start=start, end=end)
    content = calendar_file(tasks, name=name)
    with faults.faults_told(path):
        path.write_bytes(content)
    return len(tasks)


def calendar_file(entries: Sequence[CalendarTask], *, name: str) -> bytes:
    """Return a calendar of these tasks as a file; ``name`` is how a program lists it."""
    from icalendar import Calendar, Event, Timezone

    calendar = Calendar()
    calendar.add("PRODID", "-//acctdesk//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", name)
    if any(entry.time is not None for entry in entries):
        calendar.add_component(Timezone.from_ical(_ATHENS))
    for entry in entries:
        event = Event()
        event.add("UID", f"{entry.uid}@acctdesk")
        event.add("SEQUENCE", entry.version - 1)
        event.add("DTSTAMP", entry.changed_at)
        event.add("LAST-MODIFIED", entry.changed_at)
        event.add("SUMMARY", entry.title)
        if entry.time is None:
            event.add("DTSTART", entry.day)
            event.add("TRANSP", "TRANSPARENT")
        else:
            start = dt.datetime.combine(entry.day, entry.time, tzinfo=ZoneInfo(ZONE))
            event.add("DTSTART", start)
            event.add("DURATION", dt.timedelta(minutes=entry.minutes or USUAL_MINUTES))
        for field, value in (("DESCRIPTION", entry.notes), ("LOCATION", entry.place)):
            if value:
                event.add(field, value)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
