"""How values are shown in both languages."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from acctdesk import formats, i18n
from acctdesk.text import parse_number

THURSDAY = dt.date(2026, 11, 12)


def test_money_in_both_languages() -> None:
    assert formats.money(123456, "EUR", language="el") == "1.234,56\u00a0€"
    assert formats.money(123456, "EUR", language="en") == "€1,234.56"
    assert formats.money(-123456, "EUR", language="el") == "-1.234,56\u00a0€"
    assert formats.money(-123456, "EUR", language="en") == "-€1,234.56"
    assert formats.money(100, "CHF", language="en") == "CHF\u00a01.00"
    assert formats.compact(17412000, language="el") == "174,1"


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, places=4),
    st.integers(0, 4),
    st.sampled_from([("el", "el_GR"), ("en", "en_GB")]),
)
def test_numbers_are_written_as_the_cldr_has_them(
    value: Decimal, digits: int, spoken: tuple[str, str]
) -> None:
    language, locale = spoken
    shown = formats.number(value, digits, language)
    rounded = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    assert shown == format_decimal(rounded, format=pattern, locale=locale)


@pytest.mark.parametrize(
    "show",
    [formats.money, formats.amount, formats.compact, formats.percent, formats.number,
     formats.date, formats.short_date, formats.time, formats.phone],
)  # fmt: skip
def test_what_is_not_known_is_a_dash(show: object) -> None:
    assert callable(show)
    assert show(None) == "—"


def test_rounding_is_half_up_and_nought_has_no_sign() -> None:
    shown = [formats.amount(minor, cents=False, language="en") for minor in (50, 150, 250, -50, -4)]
    assert shown == ["1", "2", "3", "-1", "0"]
    assert formats.money(-4, cents=False, language="en") == "€0"
    assert formats.percent(Decimal("0.885"), language="en") == "89%"
    assert formats.percent(Decimal("0.8945"), 1, "el") == "89,5\u00a0%"


def test_english_writes_percent_and_quotes_its_own_way() -> None:
    assert formats.percent(Decimal("-0.645"), 1, "en") == format_percent(
        Decimal("-0.645"), "#,##0.0%", locale="en_GB"
    )
    assert formats.quoted("Φύλλο1", "el") == "«Φύλλο1»"
    assert formats.quoted("Sheet1", "en") == "“Sheet1”"


@given(st.integers(-(10**13), 10**13), st.sampled_from(["el", "en"]))
def test_a_copied_amount_is_read_back(minor: int, language: str) -> None:
    for shown in (
        formats.amount(minor, language=language),
        formats.money(minor, "EUR", language=language),
    ):
        assert parse_number(shown, language=language) == Decimal(minor) / 100


def test_days_in_greek() -> None:
    i18n.set_language("el")
    assert formats.date(THURSDAY) == "12/11/2026"
    assert formats.short_date(THURSDAY) == "12/11"
    assert formats.long_date(THURSDAY) == "Πέμπτη 12 Νοεμβρίου 2026"
    assert formats.day_heading(THURSDAY, today=dt.date(2026, 12, 1)) == "Πέμπτη 12 Νοεμβρίου"
    assert formats.month_name(THURSDAY) == "Νοέμβριος 2026"
    assert formats.month_initials() == tuple("ΙΦΜΑΜΙΙΑΣΟΝΔ")


def test_days_in_english() -> None:
    assert formats.day_heading(THURSDAY, today=THURSDAY) == "Today, Thursday 12 November"
    assert formats.relative_day(THURSDAY, today=THURSDAY) == "Today"
    assert formats.relative_day(THURSDAY, today=dt.date(2026, 11, 11)) == "Tomorrow"
    assert formats.relative_day(THURSDAY, today=dt.date(2026, 11, 13)) == "Yesterday"
    assert formats.relative_day(THURSDAY, today=dt.date(2026, 1, 1)) == "12/11"
    assert formats.relative_day(THURSDAY, today=dt.date(2027, 1, 1)) == "12/11/2026"
    assert formats.month_initials("en") == tuple("JFMAMJJASOND")


def test_an_instant_is_shown_in_the_zone() -> None:
    instant = dt.datetime(2026, 7, 1, 7, 5, tzinfo=dt.UTC)
    assert formats.time(instant, ZoneInfo("Europe/Athens")) == "10:05"
    assert formats.time(dt.time(9, 30)) == "09:30"


@pytest.mark.parametrize(
    ("e164", "shown"),
    [
        ("+302101234567", "210 123 4567"),
        ("+302310555555", "2310 555 555"),
        ("+306971234567", "697 123 4567"),
        ("+308011112345", "801 11 12345"),
        ("+493012345678", "+49 30 12345678"),
        ("what was typed", "what was typed"),
    ],
)
def test_phones_as_greek_readers_write_them(e164: str, shown: str) -> None:
    assert formats.phone(e164) == shown


def test_an_iban_in_groups_of_four() -> None:
    assert formats.iban("GR1601101250000000012300695") == "GR16 0110 1250 0000 0001 2300 695"
