"""A calendar is read as what happens in a period, and written so that nothing comes twice."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from acctdesk.errors import UserError
from acctdesk.exchange import calendars
from acctdesk.exchange.arriving import arriving_calendars
from acctdesk.exchange.calendars import appointments, calendar_file, read_calendar
from acctdesk.services.appointments import CalendarTask
from acctdesk.services.desk import Desk

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
EXPECTED = SHARED / "expected" / "exchange.json"
CASES = json.loads(EXPECTED.read_text(encoding="utf-8"))["ics"] if EXPECTED.is_file() else {}
START, END = dt.date(2026, 1, 1), dt.date(2027, 1, 1)
ATHENS = ZoneInfo("Europe/Athens")


@pytest.mark.data
@pytest.mark.skipif(not CASES, reason="needs the shared data")
@pytest.mark.parametrize("name", CASES)
def test_occurrences_are_those_of_the_reference(name: str) -> None:
    """Rules, exceptions, moved and deleted dates, changes of the hour, zones of Outlook."""
    case = CASES[name]
    folder = SHARED / "ics"
    file = next(one for one in (folder / name, folder / "recurring" / name) if one.is_file())
    start, end = (dt.date.fromisoformat(day) for day in case["window"])
    content = read_calendar(file, start=start, end=end)
    told = [(str(one.start), str(one.end), one.summary) for one in content.occurrences]
    assert len(told) == case["occurrences"]
    wanted = [(one["start"], one["end"], one["summary"].strip()) for one in case["first12"]]
    assert sorted(told[: len(wanted)]) == sorted(wanted)


def _file(folder: Path, *events: str, head: str = "") -> Path:
    lines = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    file = folder / "x.ics"
    file.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{lines}END:VCALENDAR\n", encoding="utf-8")
    return file


def test_a_moved_occurrence_keeps_its_key(tmp_path: Path) -> None:
    """And an appointment that is no series keeps it wherever it goes."""
    series = "UID:s\nDTSTART:20260305T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY:Α"
    moved = "UID:s\nRECURRENCE-ID:20260312T090000\nDTSTART:20260313T110000\nDURATION:PT1H"
    before = read_calendar(_file(tmp_path, series), start=START, end=END)
    after = read_calendar(_file(tmp_path, series, moved), start=START, end=END)
    assert [one.key for one in before.occurrences] == [one.key for one in after.occurrences]
    assert str(after.occurrences[1].start) == "2026-03-13 11:00:00"
    keys = {
        read_calendar(
            _file(tmp_path, f"UID:one\nDTSTART:2026030{day}T090000"), start=START, end=END
        )
        .occurrences[0]
        .key
        for day in (4, 5)
    }
    assert keys == {"ics:one/"}


def test_what_is_called_off_is_told(tmp_path: Path) -> None:
    """By the entry or by the message that brings it."""
    entry = "UID:a\nDTSTART:20260304T090000"
    called_off = _file(tmp_path, f"{entry}\nSTATUS:CANCELLED")
    assert read_calendar(called_off, start=START, end=END).occurrences[0].cancelled
    message = _file(tmp_path, entry, head="METHOD:CANCEL\n")
    assert read_calendar(message, start=START, end=END).occurrences[0].cancelled


def test_who_takes_part_is_told(tmp_path: Path) -> None:
    """Organiser first, addresses in small letters."""
    people = "ORGANIZER;CN=A:mailto:A@b.example\nATTENDEE:MAILTO:c@d.example\nATTENDEE:e@f.example"
    file = _file(tmp_path, f"UID:a\nDTSTART:20260304T090000\n{people}")
    found = read_calendar(file, start=START, end=END).occurrences[0]
    assert found.people == ("a@b.example", "c@d.example", "e@f.example")


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=HOURLY;UNTIL=99991231T000000", "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2"],
)
def test_a_flood_is_left_out_and_counted(tmp_path: Path, rule: str) -> None:
    """What else the calendar holds is read."""
    flood = f"UID:f\nDTSTART:20260304T090000\nRRULE:{rule}"
    content = read_calendar(
        _file(tmp_path, flood, "UID:a\nDTSTART;VALUE=DATE:20260305"), start=START, end=END
    )
    assert [one.key for one in content.occurrences] == ["ics:a/"]
    assert content.occurrences[0].all_day
    assert content.left_out == 1


def test_an_unknown_zone_and_an_endless_rule_are_read(tmp_path: Path) -> None:
    """The time counts as the officer's own."""
    event = "UID:a\nDTSTART;TZID=Nowhere/Else:20260304T090000\nRRULE:FREQ=MONTHLY;UNTIL=99991231"
    found = read_calendar(_file(tmp_path, event), start=START, end=END).occurrences
    assert len(found) == 10
    assert str(found[0].start) == "2026-03-04 09:00:00"


def test_an_appointment_stands_at_the_officers_own_hour(tmp_path: Path) -> None:
    """From another zone, without one, over days, longer than a day."""
    events = (
        "UID:a\nDTSTART;TZID=Europe/London:20260304T090000\nDURATION:PT45M",
        "UID:b\nDTSTART:20260305T090000\nDURATION:PT30H",
        "UID:c\nDTSTART;VALUE=DATE:20260306\nDTEND;VALUE=DATE:20260310\nDESCRIPTION:άδεια",
    )
    content = read_calendar(_file(tmp_path, *events), start=START, end=END)
    london, floating, leave = appointments(content, zone=ATHENS)
    assert (london.day, london.time, london.minutes) == (dt.date(2026, 3, 4), dt.time(11), 45)
    assert (floating.time, floating.minutes) == (dt.time(9), None)
    assert (leave.day, leave.time) == (dt.date(2026, 3, 6), None)
    assert leave.notes == "06/03/2026 – 09/03/2026\nάδεια"


@pytest.mark.parametrize(
    ("content", "words"),
    [("hello", "not a calendar"), ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:x", "damaged")],
)
def test_what_is_no_calendar_is_refused(tmp_path: Path, content: str, words: str) -> None:
    """With its name."""
    file = tmp_path / "x.ics"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=f"x.ics was not read: .*{words}"):
        read_calendar(file, start=START, end=END)


ENTRY = CalendarTask(
    uid="0198",
    version=3,
    changed_at=dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC),
    title="Ανανέωση, σύμβασης; – Αιγαίον Α.Ε.",
    day=dt.date(2026, 3, 30),
    time=dt.time(10, 15),
    minutes=45,
    notes="γραμμή\nδεύτερη",
    place="Σταδίου 10, Αθήνα",
)


def test_a_task_goes_out_and_comes_back_equal(tmp_path: Path) -> None:
    """Words, hour in Greek time after the change of the hour, length; a task without an hour."""
    file = tmp_path / "out.ics"
    whole_day = replace(ENTRY, uid="0199", time=None, minutes=None, notes=None, place=None)
    file.write_bytes(calendar_file([ENTRY, whole_day], name="Ημερολόγιο"))
    day, timed = read_calendar(file, start=START, end=END).occurrences
    assert (timed.summary, timed.notes, timed.place) == (ENTRY.title, ENTRY.notes, ENTRY.place)
    assert timed.start == dt.datetime(2026, 3, 30, 10, 15, tzinfo=ATHENS)
    assert isinstance(timed.start, dt.datetime)
    assert timed.start.utcoffset() == dt.timedelta(hours=3)
    assert timed.end - timed.start == dt.timedelta(minutes=45)
    assert (day.all_day, day.start) == (True, dt.date(2026, 3, 30))


def test_written_twice_it_is_the_same_entry_and_later_a_newer_one() -> None:
    """The identifier stays, the sequence and the time of the change grow with the task."""
    first = calendar_file([ENTRY], name="x").decode()
    assert first == calendar_file([ENTRY], name="x").decode()
    assert "UID:0198@acctdesk\r\n" in first
    assert "SEQUENCE:2\r\n" in first
    assert "LAST-MODIFIED:20260301T080000Z\r\n" in first
    assert "DTSTART;TZID=Europe/Athens:20260330T101500\r\n" in first
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Athens\r\n" in first
    assert "DURATION:PT45M\r\n" in first
    assert "SEQUENCE:3\r\n" in calendar_file([replace(ENTRY, version=4)], name="x").decode()


def test_a_large_calendar_is_read_in_a_process_of_its_own(tmp_path: Path, desk: Desk) -> None:
    """And one with too many appointments is refused."""
    events = [f"UID:{n}\nDTSTART:20260304T090000\nDESCRIPTION:{'λ' * 300}" for n in range(600)]
    read = arriving_calendars(desk, [_file(tmp_path, *events)], start=START, end=END)
    assert len(read.appointments) == len(read.uids) == 600
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calendars, "MOST_EVENTS", 599)
        with pytest.raises(UserError, match="too many appointments"):
            calendars.read_calendars([tmp_path / "x.ics"], start=START, end=END)
