"""Clients from a file: who is one and the same, what is filled, what is never overwritten."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from acctdesk.exchange.apply import ImportResult
from acctdesk.exchange.fields import fields_of
from acctdesk.kinds import ProblemCode, RecordKind
from acctdesk.models import Client
from acctdesk.services.desk import Desk
from tests.exchange.desks import SPRING, client, live, receipt, rows_of, sale, take
from tests.storage.commands import LABEL


def _clients(desk: Desk, *rows: dict[str, Any]) -> ImportResult:
    return take(desk, RecordKind.CLIENTS, *rows)


def _codes(result: ImportResult) -> list[tuple[str | None, ProblemCode]]:
    return [(found.record, found.code) for found in result.problems]


def test_duplicate_rows_are_one_client_and_fill_only_what_is_empty_or_invalid(desk: Desk) -> None:
    first = client(
        "30.01",
        "  ΤΡΑΠΕΖΑ  ΧΙΟΣ Α.Ε.",
        vat_id=None,
        vat_id_raw="123456789",
        city="Χίος",
        phone=None,
    )
    later = client(
        "30.01", "Τραπεζα Χιος", vat_id="094012348", vat_id_raw=None, city="ΧΙΟΣ", phone="2271"
    )
    result = _clients(desk, first, later)
    assert (result.rows_read, result.created, result.skipped) == (2, 1, 1)
    assert _codes(result) == [("30.01", ProblemCode.DUPLICATE_ROW)]
    assert result.problems[0].row == 3
    assert rows_of(desk, Client, "code", "name", "vat_id", "vat_id_raw", "city", "phone") == [
        ("30.01", "ΤΡΑΠΕΖΑ ΧΙΟΣ Α.Ε.", "094012348", None, "Χίος", "2271")
    ]


def test_the_same_file_again_changes_nothing_and_is_no_step(desk: Desk) -> None:
    rows = [client("1", "ΑΛΦΑ", notes=None), client("1", "Αλφα", notes="δις"), client("2", "ΒΗΤΑ")]
    _clients(desk, *rows)
    before, label = live(desk), desk.undo_label()
    again = _clients(desk, *rows)
    assert (again.created, again.updated, again.skipped) == (0, 0, 3)
    assert live(desk) == before
    desk.undo()
    assert live(desk)["clients"] == []
    assert label is not None


def test_an_empty_cell_never_erases_and_a_difference_updates(desk: Desk) -> None:
    _clients(
        desk, client("1", "ΑΛΦΑ", city="Βόλος", credit_days=30), client("2", "ΒΗΤΑ", city=None)
    )
    result = _clients(
        desk, client("1", "ΑΛΦΑ", city=None, credit_days=60), client("2", "ΒΗΤΑ", city=None)
    )
    assert (result.created, result.updated, result.skipped) == (0, 1, 1)
    assert rows_of(desk, Client, "city", "credit_days") == [("Βόλος", 60), (None, None)]
    desk.undo()
    assert rows_of(desk, Client, "city", "credit_days") == [("Βόλος", 30), (None, None)]


@pytest.mark.parametrize("lossy", ["M?ller GmbH", "M\ufffdller GmbH", "ΤΡΑ??ΖΑ"])
def test_a_lossy_name_never_overwrites_a_good_one(desk: Desk, lossy: str) -> None:
    _clients(desk, client("1", "Müller GmbH"))
    result = _clients(desk, client("1", lossy))
    assert (result.updated, result.skipped) == (0, 1)
    better = _clients(desk, client("2", lossy), client("2", "Müller & Söhne"))
    assert better.created == 1
    assert rows_of(desk, Client, "name") == [("Müller GmbH",), ("Müller & Söhne",)]


def test_quotation_marks_that_an_encoding_lacks_are_no_change(desk: Desk) -> None:
    _clients(desk, client("1", "«ΗΛΙΟΣ» Α.Ε.", tax_office="Δ΄ ΘΕΣΣΑΛΟΝΙΚΗΣ"))
    result = _clients(desk, client("1", '"ΗΛΙΟΣ" Α.Ε.', tax_office="Δ' ΘΕΣΣΑΛΟΝΙΚΗΣ"))
    assert (result.updated, result.skipped) == (0, 1)


def test_an_invalid_vat_number_never_overwrites_a_valid_one(desk: Desk) -> None:
    _clients(desk, client("1", "ΑΛΦΑ", vat_id="094012348", vat_id_raw=None))
    result = _clients(desk, client("1", "ΑΛΦΑ", vat_id=None, vat_id_raw="123"))
    assert result.skipped == 1
    assert rows_of(desk, Client, "vat_id", "vat_id_raw") == [("094012348", None)]


def test_a_valid_vat_number_takes_the_place_of_an_invalid_one(desk: Desk) -> None:
    _clients(desk, client("1", "ΑΛΦΑ", vat_id=None, vat_id_raw="123"))
    assert rows_of(desk, Client, "vat_id", "vat_id_raw") == [(None, "123")]
    assert _clients(desk, client("1", "ΑΛΦΑ", vat_id="094012348", vat_id_raw=None)).updated == 1
    assert rows_of(desk, Client, "vat_id", "vat_id_raw") == [("094012348", None)]


def test_a_row_without_a_code_matches_by_exact_unique_folded_name_alone(desk: Desk) -> None:
    _clients(
        desk,
        client("1", "Τράπεζα Χίος", phone=None),
        client("2", "Δίδυμος"),
        client("3", "ΔΙΔΥΜΟΣ"),
    )
    result = _clients(
        desk,
        client(None, "ΤΡΑΠΕΖΑ ΧΙΟΣ", phone="2271"),
        client(None, "ΔΙΔΥΜΟΣ"),
        client(None, "ΤΡΑΠΕΖΑ ΧΙΟΥ"),
        client(None, None, phone="210"),
    )
    assert (result.rows_read, result.created, result.updated, result.refused) == (4, 0, 1, 3)
    assert [found.code for found in result.problems] == [
        ProblemCode.AMBIGUOUS_CLIENT,
        ProblemCode.UNKNOWN_CLIENT,
        ProblemCode.MISSING_VALUE,
    ]
    assert rows_of(desk, Client, "code", "name", "phone")[0] == ("1", "ΤΡΑΠΕΖΑ ΧΙΟΣ", "2271")


def test_a_row_without_a_code_finds_its_client_in_the_same_file_wherever_it_stands(
    desk: Desk,
) -> None:
    result = _clients(desk, client(None, "τράπεζα χίος", city="Χίος"), client("1", "ΤΡΑΠΕΖΑ ΧΙΟΣ"))
    assert (result.created, result.skipped, result.refused) == (1, 1, 0)
    assert rows_of(desk, Client, "code", "name", "city") == [("1", "ΤΡΑΠΕΖΑ ΧΙΟΣ", "Χίος")]


def test_a_list_without_any_codes_is_known_by_name(desk: Desk) -> None:
    rows: list[dict[str, Any]] = [
        {"name": "ΑΛΦΑ", "vat_id": "094012348"},
        {"name": "ΒΗΤΑ", "vat_id": None},
    ]
    assert _clients(desk, *rows).created == 2
    again = _clients(desk, *rows)
    assert (again.created, again.updated, again.skipped, again.refused) == (0, 0, 2, 0)


def test_a_code_joins_the_client_that_was_known_by_name_alone(desk: Desk) -> None:
    _clients(desk, {"name": "ΑΛΦΑ"})
    result = _clients(desk, client("30.1", "Άλφα"))
    assert (result.created, result.updated) == (0, 1)
    assert rows_of(desk, Client, "code", "name") == [("30.1", "Άλφα")]


def test_a_code_joins_the_client_that_an_e_invoice_brought(desk: Desk) -> None:
    """Known by its VAT number, whatever its name; of branches with one number the first is it."""

    def met(session: Session) -> None:
        session.add(Client(name="NOTOS SA", vat_id="090000045", provisional=True))

    desk.perform(LABEL, met)
    rows = [client(code, f"Νότος {code}", vat_id="090000045") for code in ("1", "2")]
    result = _clients(desk, *rows)
    assert (result.created, result.updated) == (1, 1)
    assert rows_of(desk, Client, "id", "code", "name", "provisional") == [
        (1, "1", "Νότος 1", False), (2, "2", "Νότος 2", False),
    ]  # fmt: skip


def test_a_list_without_codes_joins_the_client_that_an_e_invoice_brought(desk: Desk) -> None:
    def met(session: Session) -> None:
        session.add(Client(name="ABC EXPORT SA", vat_id="094014201", provisional=True))

    desk.perform(LABEL, met)
    rows = [{"name": name, "vat_id": "094014201"} for name in ("ABC ΑΕ", "ABC ΑΕ Πάτρας")]
    result = _clients(desk, *rows)
    assert (result.created, result.updated) == (1, 1)
    assert rows_of(desk, Client, "id", "name", "provisional") == [
        (1, "ABC ΑΕ", False), (2, "ABC ΑΕ Πάτρας", False),
    ]  # fmt: skip


def test_a_client_without_a_name_is_called_by_its_code_until_one_is_known(desk: Desk) -> None:
    result = _clients(desk, client("30.5", None))
    assert _codes(result) == [("30.5", ProblemCode.MISSING_VALUE)]
    assert result.refused == 0
    take(desk, RecordKind.SALES, sale("ΤΙΜ-1", "30.5", 100, client_name="ΕΨΙΛΟΝ"))
    assert rows_of(desk, Client, "code", "name") == [("30.5", "ΕΨΙΛΟΝ")]


def test_the_list_completes_a_client_met_in_sales(desk: Desk) -> None:
    take(desk, RecordKind.RECEIPTS, receipt("Ε1", "1", 100, client_name="M?ller"))
    take(desk, RecordKind.SALES, sale("ΤΙΜ-1", "1", 100, client_name="Müller"))
    assert rows_of(desk, Client, "name", "provisional") == [("Müller", True)]
    result = _clients(desk, client("1", "Müller GmbH", city="Πάτρα"))
    assert (result.created, result.updated) == (0, 1)
    assert rows_of(desk, Client, "name", "city", "provisional") == [("Müller GmbH", "Πάτρα", False)]


def test_the_list_is_not_renamed_by_sales(desk: Desk) -> None:
    _clients(desk, client("1", "ΑΛΦΑ Α.Ε."))
    take(desk, RecordKind.SALES, sale("ΤΙΜ-1", "1", 100, client_name="ΑΛΦΑ ΑΝΩΝΥΜΗ ΕΤΑΙΡΕΙΑ"))
    assert rows_of(desk, Client, "name") == [("ΑΛΦΑ Α.Ε.",)]


def test_groups_of_clients_stand_whatever_the_order_of_rows(desk: Desk) -> None:
    result = _clients(
        desk,
        client("3", "ΚΟΡΗ ΚΟΡΗΣ", parent_code="2", parent_name=None),
        client("2", "ΚΟΡΗ", parent_code="1", parent_name=None),
        client("1", "ΜΗΤΡΙΚΗ", parent_code=None, parent_name=None),
        client("4", "ΑΛΛΗ", parent_code=None, parent_name="ΜΗΤΡΙΚΗ"),
        client("5", "ΚΥΚΛΟΣ", parent_code="6", parent_name=None),
        client("6", "ΚΥΚΛΟΥ", parent_code="5", parent_name=None),
        client("7", "ΜΟΝΗ", parent_code="7", parent_name=None),
    )
    assert (result.created, result.problems) == (7, ())
    rows = rows_of(desk, Client, "id", "code", "parent_id")
    ids = {code: row_id for row_id, code, _ in rows}
    parents = {code: parent for _, code, parent in rows}
    assert parents["3"] == ids["2"]
    assert parents["2"] == parents["4"] == ids["1"]
    assert parents["1"] is parents["7"] is None
    assert {parents["5"], parents["6"]} in ({None, ids["5"]}, {None, ids["6"]})


def test_one_undo_takes_the_import_back_and_redo_brings_it_again(desk: Desk) -> None:
    take(
        desk, RecordKind.SALES, sale("ΤΙΜ-1", "1", 100), sale("ΤΙΜ-2", None, 50, client_name="ΒΗΤΑ")
    )
    before = live(desk)
    _clients(desk, client("1", "ΑΛΦΑ"), client("2", "ΒΗΤΑ"))
    after = live(desk)
    desk.undo()
    assert live(desk) == before
    desk.redo()
    assert live(desk) == after


def test_whatever_a_column_can_mean_is_kept(desk: Desk) -> None:
    typed: dict[str, Any] = {
        "credit_days": 30,
        "credit_limit_minor": 500,
        "ideal_days": 10,
        "most_days": 20,
        "active": False,
        "client_since": SPRING,
    }
    renamed = {"credit_limit": "credit_limit_minor"}
    elsewhere = {"parent_code", "parent_name", "iban"}
    texts = {one.key for one in fields_of(RecordKind.CLIENTS)} - elsewhere
    row = {name: typed.get(name, name) for name in (renamed.get(key, key) for key in texts)}
    _clients(desk, client(**{"vat_id_raw": None, **row}))
    assert rows_of(desk, Client, *row) == [tuple(row.values())]
