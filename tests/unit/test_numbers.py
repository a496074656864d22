"""Numbers in Greek and English writing; what is not certain is not read."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctdesk.text import parse_number, parse_ratio


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1234.56", "1234.56"),
        ("12.345.678,90", "12345678.90"),
        ("(250,00)", "-250.00"),
        ("1.000,00 €", "1000.00"),
        ("€ -5", "-5"),
        ("5 EUR", "5"),
        ("5 ευρώ", "5"),
        ("12,5-", "-12.5"),
        ("−5,00", "-5.00"),
        ("1\u00a0234,56", "1234.56"),
        ("1\u202f234\u202f567", "1234567"),
        ("1'234.50", "1234.50"),
        ("0.500", "0.500"),
        (",5", "0.5"),
        ("1.234.567", "1234567"),
        ("100,-", "100"),
        ("1,5e3", "1500"),
    ],
)
def test_reads_what_people_and_programs_write(written: str, value: str) -> None:
    assert parse_number(written) == Decimal(value)


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "-", "—", "1.2.3", "12.34.5", "1.23.4,5", "12 34", "1.234,5,6", "--5", "(5)-",
        "-(5)", "n/a", "#Δ/Υ", "5%", "12,", "1234.567,8", "ένα", "5 6", "€", "1_000", "9" * 70,
    ],
)  # fmt: skip
def test_what_is_not_certain_is_not_a_number(written: str) -> None:
    assert parse_number(written) is None


def test_a_lone_separator_follows_the_language() -> None:
    assert parse_number("1.234", language="el") == 1234
    assert parse_number("1.234", language="en") == Decimal("1.234")
    assert parse_number("1,234", language="el") == Decimal("1.234")
    assert parse_number("1,234", language="en") == 1234


def test_numbers_of_a_cell_are_exact() -> None:
    assert parse_number(8247.74) == Decimal("8247.74")
    assert parse_number(7) == 7
    assert parse_number(True) is None
    assert parse_number(float("nan")) is None
    assert parse_number(None) is None


def test_a_percentage_is_a_share_and_no_amount() -> None:
    assert parse_ratio("25,6 %") == Decimal("0.256")
    assert parse_ratio("0,15") == Decimal("0.15")
    assert parse_number("25,6%") is None


@pytest.mark.data
def test_the_reference_numbers(shared_data: Path) -> None:
    reference = json.loads((shared_data / "expected" / "greek_reference.json").read_text("utf-8"))
    for item in reference["numbers_el"]:
        wanted = item["value"]
        if wanted == "error":
            wanted = None
        elif wanted is not None:
            wanted = Decimal(wanted.split()[0])
        assert parse_ratio(item["raw"]) == wanted, item


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False), st.sampled_from(["el", "en"]))
def test_what_is_written_by_the_rules_is_read_back(value: Decimal, language: str) -> None:
    english = f"{value:,.2f}"
    greek = english.translate(str.maketrans(",.", ".,"))
    assert parse_number(english, language=language) == value
    assert parse_number(greek, language=language) == value
    assert parse_number(f"{greek} €", language=language) == value


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    number = parse_number(text)
    assert number is None or number.is_finite()
