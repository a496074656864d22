"""Accounts of clients come with their list: read, checked, added once, never taken from another."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from acctdesk.exchange.apply import ImportResult
from acctdesk.exchange.runner import import_file
from acctdesk.kinds import ProblemCode, RecordKind
from acctdesk.models import Client, ClientAccount
from acctdesk.services.bank_in import BankPayment, compare_payments
from acctdesk.services.clients import trash_client
from acctdesk.services.desk import Desk
from tests.exchange.desks import client, rows_of, take
from tests.storage.commands import LABEL

GREEK, GERMAN = "GR1601101250000000012300695", "DE89370400440532013000"
TODAY = dt.date(2026, 3, 2)


def accounts(desk: Desk) -> list[tuple[object, ...]]:
    return rows_of(desk, ClientAccount, "client_id", "iban")


def take_file(desk: Desk, folder: Path, *rows: str) -> ImportResult:
    file = folder / "pelates.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    return import_file(desk, file, today=TODAY)


@pytest.mark.parametrize(
    "heading",
    ["IBAN", "Τραπεζικός λογαριασμός", "Λογ/σμός τράπεζας", "Bank account", "ΙΒΑΝ πελάτη"],
)
def test_a_column_of_accounts_is_known(desk: Desk, tmp_path: Path, heading: str) -> None:
    """However it is headed; a payment from the account is its client's then."""
    result = take_file(
        desk,
        tmp_path,
        f"Κωδικός;Επωνυμία;Πόλη;{heading}",
        "1;Νότος ΑΕ;Βόλος;gr16 0110 1250 0000 0001 2300 695",
        f"2;Βορράς ΑΕ;Βόλος;IBAN {GERMAN}",
        "3;Δύση ΑΕ;Βόλος;",
    )
    assert (result.created, result.problems) == (3, ())
    assert accounts(desk) == [(1, GREEK), (2, GERMAN)]
    payment = BankPayment("b1", TODAY, 1, "EUR", name="X HOLDING", iban=GERMAN)
    (row,) = desk.query(compare_payments, payments=[payment])
    assert (row.client_id, row.sure) == (2, True)


def test_an_account_whose_check_digits_are_wrong_is_left_out_and_told(
    desk: Desk, tmp_path: Path
) -> None:
    wrong = GREEK[:-1] + "6"
    result = take_file(
        desk, tmp_path, "Κωδικός;Επωνυμία;Πόλη;IBAN", f'1;Νότος ΑΕ;Βόλος;"{GREEK} / {wrong}"'
    )
    assert [(one.code, one.value) for one in result.problems] == [(ProblemCode.IBAN_INVALID, wrong)]
    assert accounts(desk) == [(1, GREEK)]


@pytest.mark.parametrize(
    ("cell", "known"),
    [
        ("GR16 0110 1250 0000 0001 2300 695 EUROBANK", [GREEK]),
        ("GR16 0110 1250 0000 0001 2300 695 (Alpha), EUROBANK", [GREEK]),
        (f"{GREEK} IBAN {GERMAN}", [GREEK, GERMAN]),
    ],
)
def test_an_account_is_read_whatever_stands_beside_it(
    desk: Desk, tmp_path: Path, cell: str, known: list[str]
) -> None:
    result = take_file(desk, tmp_path, "Κωδικός;Επωνυμία;Πόλη;IBAN", f"1;Νότος ΑΕ;Βόλος;{cell}")
    assert result.problems == ()
    assert accounts(desk) == [(1, one) for one in known]


def test_a_wrong_account_beside_a_good_one_is_told(desk: Desk, tmp_path: Path) -> None:
    cell = f"{GREEK} {GERMAN[:-1]}1"
    result = take_file(desk, tmp_path, "Κωδικός;Επωνυμία;Πόλη;IBAN", f"1;Νότος ΑΕ;Βόλος;{cell}")
    assert [one.code for one in result.problems] == [ProblemCode.IBAN_INVALID]
    assert accounts(desk) == [(1, GREEK)]


def test_a_column_of_addresses_is_no_column_of_accounts(desk: Desk, tmp_path: Path) -> None:
    places = ("No12 Main Street Athens", "AP05 Megaro Mousikis", "No14 Long Street Larissa")
    rows = [f"{n};Πελάτης {n};Βόλος;{place}" for n, place in enumerate(places)]
    result = take_file(desk, tmp_path, "Κωδικός;Επωνυμία;Πόλη;Β", *rows)
    assert (result.created, result.problems) == (3, ())


def test_a_column_of_banks_is_no_column_of_accounts(desk: Desk, tmp_path: Path) -> None:
    result = take_file(
        desk, tmp_path, "Κωδικός;Επωνυμία;Πόλη;Λογαριασμός τράπεζας", "1;Νότος ΑΕ;Βόλος;Εθνική"
    )
    assert (result.created, result.problems) == (1, ())
    assert accounts(desk) == []


def test_accounts_are_added_once(desk: Desk) -> None:
    """A client has a row for each, or both in one; the same again changes nothing."""
    rows = [client("1", "Νότος ΑΕ", iban=(one,)) for one in (GREEK, GERMAN)]
    result = take(desk, RecordKind.CLIENTS, *rows)
    assert (result.created, result.skipped) == (1, 1)
    assert accounts(desk) == [(1, GREEK), (1, GERMAN)]
    again = take(desk, RecordKind.CLIENTS, client("1", "Νότος ΑΕ", iban=(GERMAN, GREEK)))
    assert (again.updated, again.skipped) == (0, 1)


def test_a_new_account_of_a_known_client_is_an_update_and_undone_as_one(desk: Desk) -> None:
    take(desk, RecordKind.CLIENTS, client("1", "Νότος ΑΕ"))
    row = client("1", "Νότος ΑΕ", city="Βόλος", iban=(GREEK,))
    result = take(desk, RecordKind.CLIENTS, row)
    assert (result.updated, result.skipped) == (1, 0)
    desk.undo()
    assert (accounts(desk), rows_of(desk, Client, "city")) == ([], [(None,)])
    plain = take(desk, RecordKind.CLIENTS, client("1", "Νότος ΑΕ", iban=(GREEK,)))
    assert (plain.updated, accounts(desk)) == (1, [(1, GREEK)])


def test_an_account_of_another_client_stays_there(desk: Desk) -> None:
    take(desk, RecordKind.CLIENTS, client("1", "Νότος ΑΕ", iban=(GREEK,)))
    rows = [client("2", "Βορράς ΑΕ", iban=(GREEK,)), client("3", "Δύση ΑΕ", iban=(GREEK, GERMAN))]
    result = take(desk, RecordKind.CLIENTS, *rows)
    assert [(one.record, one.code) for one in result.problems] == [
        ("2", ProblemCode.CONFLICTING_VALUE), ("3", ProblemCode.CONFLICTING_VALUE),
    ]  # fmt: skip
    assert "belongs to Νότος ΑΕ" in str(result.problems[0].what)
    assert accounts(desk) == [(1, GREEK), (3, GERMAN)]


def test_an_account_of_a_client_in_the_trash_is_free(desk: Desk) -> None:
    take(desk, RecordKind.CLIENTS, client("1", "Νότος ΑΕ", iban=(GREEK,)))
    desk.perform(LABEL, trash_client, client_id=1)
    result = take(desk, RecordKind.CLIENTS, client("2", "Βορράς ΑΕ", iban=(GREEK,)))
    assert (result.created, result.problems) == (1, ())
    assert accounts(desk) == [(2, GREEK)]
