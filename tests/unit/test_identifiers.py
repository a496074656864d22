"""VAT ids, phones, IBAN, e-mail, yes and no."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.gr import vat

from acctdesk.text import (
    VatReading,
    parse_yes_no,
    read_iban,
    read_phone,
    read_segment,
    read_vat_id,
    valid_email,
    valid_iban,
)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (98764598, "098764598"),
        (98764598.0, "098764598"),
        ("98764598.0", "098764598"),
        (6515891, "006515891"),
        ("6515891", "006515891"),
    ],
)
def test_zeros_that_a_spreadsheet_dropped_come_back(cell: str | float, value: str) -> None:
    reading = read_vat_id(cell)
    assert (reading.value, reading.restored, reading.valid) == (value, True, True)


@pytest.mark.parametrize(
    "cell",
    ["094014201", "EL094014201", "GR 094 014 201", "el 094.014.201", "ΕΛ094014201",
     "ΑΦΜ: 094014201", "094-014-201", "\u00a0094014201 "],
)  # fmt: skip
def test_prefix_and_signs_go(cell: str) -> None:
    reading = read_vat_id(cell)
    assert (reading.value, reading.restored, reading.valid) == ("094014201", False, True)


@pytest.mark.parametrize(
    "cell",
    ["123456789", "09401424", "0940142011", "000000000", 0, "ABCDEFGHI", "999999999", "12345",
     98764597, 98764598.5, "DE136695977", "٠٩٤٠١٤٢٠١"],
)  # fmt: skip
def test_what_the_check_digit_refuses_is_invalid(cell: str | float) -> None:
    reading = read_vat_id(cell)
    assert (reading.value, reading.restored, reading.valid) == (None, False, False)
    assert reading.raw


def test_an_empty_cell_is_empty() -> None:
    assert read_vat_id(None) == read_vat_id(" ") == VatReading(None, False, False, "")


def test_foreign_ids_follow_their_own_rule() -> None:
    assert read_vat_id("DE 136 695 976").value == "DE136695976"
    assert read_vat_id("136695976", country="DE").value == "DE136695976"
    assert read_vat_id("FR40303265045").value == "FR40303265045"
    assert not read_vat_id("12345", country="US").valid


@given(st.integers(10**5, 99_999_999))
def test_a_valid_id_survives_the_loss_of_its_zeros(digits: int) -> None:
    body = f"{digits:08d}"
    whole = body + vat.calc_check_digit(body)
    reading = read_vat_id(int(whole))
    assert (reading.value, reading.valid) == (whole, True)
    assert reading.restored is whole.startswith("0")


@pytest.mark.data
def test_the_reference_identifiers(shared_data: Path) -> None:
    reference: dict[str, Any] = json.loads(
        (shared_data / "expected" / "greek_reference.json").read_text("utf-8")
    )
    assert all(read_vat_id(raw).valid for raw in reference["afm"]["valid"])
    assert all(read_vat_id(raw).restored for raw in reference["afm"]["valid_if_leading_zero_lost"])
    assert not any(read_vat_id(raw).valid for raw in reference["afm"]["invalid"])
    assert all(map(valid_iban, reference["iban"]["valid"]))
    assert not any(map(valid_iban, reference["iban"]["invalid"]))
    assert [read_phone(item["raw"]) for item in reference["phones"]] == [
        item["e164"] for item in reference["phones"]
    ]


@pytest.mark.parametrize(
    ("written", "e164"),
    [
        ("210 1234567 εσωτ. 12", "+302101234567"),
        ("τηλ. 210-1234567", "+302101234567"),
        ("6971234567 / 2101234567", "+306971234567"),
        (2101234567.0, "+302101234567"),
        ("+49 30 12345678", "+493012345678"),
        ("δεν έχει", None),
        ("", None),
        (None, None),
    ],
)
def test_a_phone_is_read_from_what_stands_in_the_cell(
    written: str | float | None, e164: str | None
) -> None:
    assert read_phone(written) == e164


@given(st.from_regex(r"[26][0-9]{9}", fullmatch=True))
@settings(max_examples=500)
def test_greek_numbers_are_those_of_the_national_plan(digits: str) -> None:
    number = phonenumbers.PhoneNumber(country_code=30, national_number=int(digits))
    expected = f"+30{digits}" if phonenumbers.is_valid_number(number) else None
    assert read_phone(digits) == expected


@pytest.mark.parametrize("cell", ["ΝΑΙ", "Ναι", "Ν", "1", 1.0, True, "yes", "ΑΛΗΘΗΣ"])
def test_yes(cell: object) -> None:
    assert parse_yes_no(cell) is True


@pytest.mark.parametrize("cell", ["όχι", "ΟΧΙ", "0", 0, False, "no", "ΨΕΥΔΕΣ", "Λάθος"])
def test_no(cell: object) -> None:
    assert parse_yes_no(cell) is False


@pytest.mark.parametrize("cell", ["ίσως", "", None, "2"])
def test_neither(cell: object) -> None:
    assert parse_yes_no(cell) is None


@pytest.mark.parametrize(
    "typed",
    [
        "GR1601101250000000012300695",
        " gr16 0110 1250 0000 0001 2300 695 ",
        "IBAN: GR16-0110-1250-0000-0001-2300-695",
    ],
)
def test_an_iban_as_it_is_typed(typed: str) -> None:
    assert read_iban(typed) == "GR1601101250000000012300695"
    assert read_iban(typed.replace("695", "696")) is None
    assert read_iban(typed.replace("695", "69")) is None


def test_email() -> None:
    assert all(map(valid_email, ["a@b.gr", "info@εταιρεία.gr", "a.b+c@sub.domain.com"]))
    bad = ["a@b", "a..b@c.gr", ".a@c.gr", "a b@c.gr", "a@-c.gr", "a@c.gr, b@c.gr", "", "@c.gr"]
    assert not any(map(valid_email, bad))


@pytest.mark.parametrize(
    ("written", "kept"),
    [("Α", "A"), ("A", "A"), (" α ", "A"), ("Β", "B"), ("b", "B"), ("Γ", "C"), ("c", "C"),
     ("Δ", "Δ"), ("VIP", "VIP"), ("Χονδρική", "Χονδρική"), ("ΑΑ", "ΑΑ"), ("", "")],
)  # fmt: skip
def test_a_class_is_one_on_either_keyboard(written: str, kept: str) -> None:
    assert read_segment(written) == kept
