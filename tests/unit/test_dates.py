"""Days and months as written in files, and as said in a quick line."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctdesk import formats
from acctdesk.periods import add_working_days
from acctdesk.text import When, parse_date, parse_month, parse_time, parse_when, reads_month_first

TUESDAY = dt.date(2026, 11, 24)
DAYS = st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31))


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("3/1/25", "2025-01-03"),
        ("03-01-2025", "2025-01-03"),
        ("3.1.2025", "2025-01-03"),
        ("3 1 2025", "2025-01-03"),
        ("2025-01-03", "2025-01-03"),
        ("2025-01-03T14:30:00+02:00", "2025-01-03"),
        ("2025-01-03 14:30:00.000", "2025-01-03"),
        ("3/1/2025 2:30 μ.μ.", "2025-01-03"),
        ("20250103", "2025-01-03"),
        ("1 Ιανουαρίου 2026", "2026-01-01"),
        ("15 Mar 2026", "2026-03-15"),
        ("March 15, 2026", "2026-03-15"),
        ("Τετ. 2 Δεκ 2026", "2026-12-02"),
        ("Πέμπτη, 9 Απριλίου 2026", "2026-04-09"),
        ("3-Ιαν-25", "2025-01-03"),
        ("31/12/99", "1999-12-31"),
        ("29/02/2024", "2024-02-29"),
        ("12/31/2025", "2025-12-31"),
    ],
)
def test_reads_a_day(written: str, iso: str) -> None:
    assert parse_date(written) == dt.date.fromisoformat(iso)


@pytest.mark.parametrize(
    "written",
    ["29/02/2026", "31/02/2026", "32/1/2026", "1/1/126", "9 Ιου 2026", "9 Marketing 2026",
     "46121", "", "-", "Μάιος 2026", "1/2", "00/00/0000", "2026-13-01"],
)  # fmt: skip
def test_what_is_no_day_is_not_read(written: str) -> None:
    assert parse_date(written) is None


def test_a_column_of_months_first_is_recognised_and_read() -> None:
    column = ["01/02/2026", "12/31/2025", "05/06/2026"]
    assert reads_month_first(column)
    assert not reads_month_first([*column, "31/12/2025"])
    assert not reads_month_first(["01/02/2026", "03/04/2026"])
    assert parse_date("01/02/2026", day_first=False) == dt.date(2026, 1, 2)


def test_dates_and_instants_pass_through() -> None:
    assert parse_date(TUESDAY) == TUESDAY
    assert parse_date(dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)) == TUESDAY
    assert parse_date(5) is None


@pytest.mark.parametrize(
    "written",
    ["Μάιος 2026", "Μαϊ-26", "ΜΑΪΟΣ 2026", "Μάη 2026", "May 2026", "05/2026", "2026-05", "5/26",
     "202605", "2026M05", "12/5/2026", "Μάι. 2026"],
)  # fmt: skip
def test_reads_a_month(written: str) -> None:
    assert parse_month(written) == dt.date(2026, 5, 1)


@pytest.mark.parametrize("written", ["13/2026", "Ιου 2026", "Σύνολο 2026", "2026", "", "1000"])
def test_what_is_no_month_is_not_read(written: str) -> None:
    assert parse_month(written) is None


@pytest.mark.data
def test_the_reference_dates(shared_data: Path) -> None:
    reference = json.loads((shared_data / "expected" / "greek_reference.json").read_text("utf-8"))
    for item in reference["dates_el"]:
        wanted = item["iso"]
        if "(" in wanted or "only if" in wanted:
            continue  # serials and the order of a column are the sheet reader's
        if len(wanted) == 7:
            assert parse_month(item["raw"]) == dt.date.fromisoformat(wanted + "-01"), item
        elif wanted == "error":
            assert parse_date(item["raw"]) is None, item
        else:
            assert parse_date(item["raw"]) == dt.date.fromisoformat(wanted[:10]), item


@given(DAYS)
def test_what_is_shown_is_read_back(day: dt.date) -> None:
    assert parse_date(formats.date(day)) == day
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%d.%m.%y}") == day
    for language in ("el", "en"):
        assert parse_date(formats.long_date(day, language)) == day
        assert parse_month(formats.month_name(day, language)) == day.replace(day=1)


@given(st.text(max_size=30))
def test_no_text_breaks_the_readers(text: str) -> None:
    parse_date(text)
    parse_month(text)
    parse_time(text)
    parse_when(text, today=TUESDAY)


@pytest.mark.parametrize(
    ("said", "day", "time"),
    [
        ("αύριο 10", "2026-11-25", "10:00"),
        ("αύριο στις 5", "2026-11-25", "17:00"),
        ("tomorrow 10am", "2026-11-25", "10:00"),
        ("Παρ", "2026-11-27", None),
        ("την Παρασκευή", "2026-11-27", None),
        ("Τρ", "2026-12-01", None),
        ("επόμενη Παρ 10.30", "2026-11-27", "10:30"),
        ("fri 3pm", "2026-11-27", "15:00"),
        ("15/3", "2027-03-15", None),
        ("15/3 10", "2027-03-15", "10:00"),
        ("24/11", "2026-11-24", None),
        ("29/2", "2028-02-29", None),
        ("15 Μαρ", "2027-03-15", None),
        ("9/4/2027 14:30", "2027-04-09", "14:30"),
        ("+3d", "2026-11-27", None),
        ("+2w", "2026-12-08", None),
        ("σε 2 εβδομάδες", "2026-12-08", None),
        ("σε 3 μέρες", "2026-11-27", None),
        ("+1m", "2026-12-24", None),
        ("επόμενη εβδομάδα", "2026-11-30", None),
        ("next month", "2026-12-01", None),
        ("χθες", "2026-11-23", None),
        ("στις 5 μμ", "2026-11-24", "17:00"),
        ("10:30", "2026-11-24", "10:30"),
    ],
)
def test_reads_the_day_that_is_meant(said: str, day: str, time: str | None) -> None:
    wanted = When(dt.date.fromisoformat(day), dt.time.fromisoformat(time) if time else None)
    assert parse_when(said, today=TUESDAY) == wanted


@pytest.mark.parametrize(
    "said",
    ["monkey", "παραλαβή", "10", "3 παλέτες", "bank transfer", "", "αύριο 25", "αύριο 10 τιμ"],
)
def test_a_word_that_begins_like_a_day_is_none(said: str) -> None:
    assert parse_when(said, today=TUESDAY) is None


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("9:05", "09:05"),
        ("14.30:59", "14:30"),
        ("2:30 μ.μ.", "14:30"),
        ("12 am", "00:00"),
        (dt.time(8, 15, 30), "08:15"),
        ("24:00", None),
        ("14:60", None),
        ("10 τιμ", None),
        ("", None),
        (dt.date(2026, 3, 2), None),
    ],
)
def test_a_cell_is_read_as_a_time_of_day(written: object, time: str | None) -> None:
    assert parse_time(written) == (dt.time.fromisoformat(time) if time else None)


@pytest.mark.parametrize(
    "said", ["5 εργ", "+5ε", "5 εργάσιμες", "σε 5 εργάσιμες ημέρες", "+5wd", "5 working days"]
)
def test_working_days_are_counted_where_somebody_can_count_them(said: str) -> None:
    wednesday = dt.date(2026, 4, 8)
    found = parse_when(f"{said} 10", today=wednesday, later=add_working_days)
    assert found == When(dt.date(2026, 4, 17), dt.time(10))
    assert parse_when(said, today=wednesday) is None
