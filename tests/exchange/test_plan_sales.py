"""Sales and receipts from a file: identity, links in any order, what counts and what is refused."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

import pytest

from acctdesk.exchange.apply import ImportResult
from acctdesk.kinds import DocumentType, ProblemCode, ProblemOutcome, RecordKind
from acctdesk.models import Allocation, Client, Document, DocumentLine, Product, Receipt, Target
from acctdesk.services.desk import Desk
from acctdesk.services.figures import figures
from acctdesk.storage.book import Book
from tests.books import copy_book
from tests.exchange.desks import SPRING, client, live, receipt, rows_of, sale, take

AS_OF = dt.date(2026, 6, 30)
MARCH = SPRING.replace(day=1)


def _sales(desk: Desk, *rows: dict[str, Any], is_lines: bool = False) -> ImportResult:
    return take(desk, RecordKind.SALES, *rows, is_lines=is_lines)


def _receipts(desk: Desk, *rows: dict[str, Any]) -> ImportResult:
    return take(desk, RecordKind.RECEIPTS, *rows)


def _counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.created, result.updated, result.skipped, result.refused


def test_sales_before_any_list_make_their_clients_without_a_word(desk: Desk) -> None:
    result = _sales(desk, sale("ΤΙΜ-1", "7", 100, client_name="ΗΤΑ"), sale("ΤΙΜ-2", "8", 200))
    assert _counts(result) == (2, 0, 0, 0)
    assert (result.problems, result.clients_made) == ((), 2)
    assert rows_of(desk, Client, "code", "name", "provisional") == [
        ("7", "ΗΤΑ", True),
        ("8", "8", True),
    ]


def test_a_code_that_the_list_does_not_know_is_told_once_and_created(desk: Desk) -> None:
    take(desk, RecordKind.CLIENTS, client("1", "ΑΛΦΑ"))
    result = _sales(desk, sale("ΤΙΜ-1", "9", 100), sale("ΤΙΜ-2", "9", 100), sale("ΤΙΜ-3", "1", 1))
    assert _counts(result) == (3, 0, 0, 0)
    assert [(one.code, one.done) for one in result.problems] == [
        (ProblemCode.UNKNOWN_CLIENT, ProblemOutcome.CREATED)
    ]


def test_the_same_document_twice_in_a_file_counts_once(desk: Desk) -> None:
    result = _sales(desk, sale("ΤΙΜ-1", "1", 100), sale("ΤΙΜ-1", "1", 100, notes="ξανά"))
    assert _counts(result) == (1, 0, 1, 0)
    assert [one.code for one in result.problems] == [ProblemCode.DUPLICATE_ROW]
    assert rows_of(desk, Document, "number", "net_minor", "notes") == [("ΤΙΜ-1", 100, "ξανά")]


@pytest.mark.parametrize("other", [{"net_minor": 250, "gross_minor": 250}, {"client_code": "2"}])
def test_a_document_that_contradicts_another_row_is_refused(
    desk: Desk, other: dict[str, Any]
) -> None:
    result = _sales(desk, sale("ΤΙΜ-1", "1", 100), {**sale("ΤΙΜ-1", "1", 100), **other})
    assert _counts(result) == (1, 0, 0, 1)
    assert [one.code for one in result.problems] == [ProblemCode.CONFLICTING_VALUE]


def test_a_number_used_again_for_another_client_and_day_is_refused(desk: Desk) -> None:
    _sales(desk, sale("ΤΙΜ-1", "1", 100))
    before = live(desk)["documents"]
    result = _sales(desk, sale("ΤΙΜ-1", "2", 300, issued_on=dt.date(2025, 1, 7)))
    assert _counts(result) == (0, 0, 0, 1)
    assert live(desk)["documents"] == before


def test_a_corrected_document_is_updated_and_an_empty_cell_erases_nothing(desk: Desk) -> None:
    _sales(desk, sale("ΤΙΜ-1", "1", 100, vat_minor=24, gross_minor=124))
    result = _sales(desk, sale("ΤΙΜ-1", "1", 200, vat_minor=48, gross_minor=248, due_on=None))
    assert _counts(result) == (0, 1, 0, 0)
    assert rows_of(desk, Document, "net_minor", "vat_minor", "gross_minor", "due_on") == [
        (200, 48, 248, SPRING + dt.timedelta(days=30))
    ]
    desk.undo()
    assert rows_of(desk, Document, "net_minor", "gross_minor") == [(100, 124)]


def test_net_alone_keeps_the_vat_that_is_known(desk: Desk) -> None:
    _sales(desk, sale("ΤΙΜ-1", "1", 100, vat_minor=24, gross_minor=124))
    _sales(desk, sale("ΤΙΜ-1", "1", 110, vat_minor=None, gross_minor=None))
    assert rows_of(desk, Document, "net_minor", "vat_minor", "gross_minor") == [(110, 24, 134)]


def test_a_row_without_client_date_or_amount_is_refused(desk: Desk) -> None:
    result = _sales(
        desk,
        sale("ΤΙΜ-1", None, 100),
        sale("ΤΙΜ-2", "1", 100, issued_on=None),
        {**sale("ΤΙΜ-3", "1", 0), "net_minor": None, "gross_minor": None},
        sale("ΤΙΜ-4", "1", 100),
    )
    assert _counts(result) == (1, 0, 0, 3)
    assert {one.code for one in result.problems} == {ProblemCode.MISSING_VALUE}


# ---- links ---------------------------------------------------------------------------------------


def test_a_credit_note_before_its_invoice_is_linked_when_it_arrives(desk: Desk) -> None:
    first = _sales(desk, sale("ΠΙΣ-1", "1", -40, related_ref="ΤΙΜ-1"))
    assert [(one.code, one.done) for one in first.problems] == [
        (ProblemCode.UNKNOWN_DOCUMENT, ProblemOutcome.WAITING)
    ]
    before = live(desk)
    second = _sales(desk, sale("ΤΙΜ-1", "1", 100))
    assert second.linked == 1
    assert desk.query(figures, as_of=AS_OF).receivables.open_minor == 60
    desk.undo()
    assert live(desk) == before


def test_a_credit_note_above_its_invoice_in_one_file_is_linked_at_once(desk: Desk) -> None:
    result = _sales(desk, sale("ΠΙΣ-1", "1", -40, related_ref="ΤΙΜ-1"), sale("ΤΙΜ-1", "1", 100))
    assert result.problems == ()
    ids = dict(rows_of(desk, Document, "number", "id"))
    assert dict(rows_of(desk, Document, "number", "related_id"))["ΠΙΣ-1"] == ids["ΤΙΜ-1"]


def test_receipts_wait_for_their_invoice_in_silence_before_any_sale(desk: Desk) -> None:
    result = _receipts(desk, receipt("Ε1", "1", 70, document_ref="ΤΙΜ-1"))
    assert (result.problems, result.waiting) == ((), 1)
    _sales(desk, sale("ΤΙΜ-1", "1", 100))
    assert rows_of(desk, Allocation, "document_id") == [(1,)]
    owed = desk.query(figures, as_of=AS_OF).receivables
    assert (owed.open_minor, owed.unapplied_minor, owed.balance_minor) == (30, 0, 30)


def test_a_receipt_of_an_unknown_invoice_is_told_once_sales_are_here(desk: Desk) -> None:
    _sales(desk, sale("ΤΙΜ-1", "1", 100))
    result = _receipts(desk, receipt("Ε1", "1", 70, document_ref="ΤΙΜ-9"))
    assert [(one.code, one.done) for one in result.problems] == [
        (ProblemCode.UNKNOWN_DOCUMENT, ProblemOutcome.WAITING)
    ]
    assert _counts(result) == (1, 0, 0, 0)
    owed = desk.query(figures, as_of=AS_OF).receivables
    assert (owed.open_minor, owed.unapplied_minor) == (100, 70)


def test_what_exceeds_an_invoice_is_unapplied(desk: Desk) -> None:
    _sales(desk, sale("ΤΙΜ-1", "1", 100), sale("ΤΙΜ-2", "1", 50))
    _receipts(desk, receipt("Ε1", "1", 130, document_ref="ΤΙΜ-1"))
    owed = desk.query(figures, as_of=AS_OF).receivables
    assert (owed.open_minor, owed.unapplied_minor, owed.balance_minor) == (50, 30, 20)


ROWS = {
    RecordKind.CLIENTS: [
        client("1", "Άλφα"),
        client("2", "Δίδυμος"),
        client("3", "ΔΙΔΥΜΟΣ"),
        client("4", "Müller"),
    ],
    RecordKind.SALES: [
        sale("ΤΙΜ-1", None, 100, client_name="ΑΛΦΑ"),
        sale("ΤΙΜ-2", None, 1000, client_name="ΔΙΔΥΜΟΣ"),
        sale("ΤΙΜ-3", None, 10_000, client_name="ΑΛΦΑΣ"),
        sale("ΤΙΜ-4", "3", 300, client_name="ΔΙΔΥΜΟΣ"),
        sale("ΤΙΜ-5", "4", 500, client_name="Müller"),
        sale("ΠΙΣ-1", None, -20, client_name="Άλφα", related_ref="ΤΙΜ-1"),
    ],
    RecordKind.RECEIPTS: [
        receipt("Ε1", None, 30, client_name="άλφα", document_ref="ΤΙΜ-1"),
        receipt("Ε2", None, 40, client_name="δίδυμος", document_ref="ΤΙΜ-2"),
        receipt("Ε3", "4", 50, client_name="M?ller", document_ref="ΤΙΜ-5"),
        receipt(None, "3", 60),
        receipt(None, "3", 60),
    ],
    RecordKind.TARGETS: [
        {"month": MARCH, "amount_minor": 900, "client_code": None, "client_name": None},
        {"month": MARCH, "amount_minor": 70, "client_name": "ΑΛΦΑ"},
        {"month": MARCH, "amount_minor": 80, "client_name": "ΚΑΝΕΙΣ"},
        {"month": MARCH, "amount_minor": 60, "client_code": "2"},
    ],
}  # fmt: skip


@pytest.mark.parametrize("order", list(itertools.permutations(ROWS)), ids="-".join)
def test_every_order_of_the_files_gives_the_same_figures(
    plain_template: Any, tmp_path: Any, order: tuple[RecordKind, ...]
) -> None:
    with Book.open(copy_book(plain_template, tmp_path / "any.acctbook")) as book:
        desk = Desk(book)
        snapshots = [live(desk)]
        for kind in order:
            take(desk, kind, *ROWS[kind])
            snapshots.append(live(desk))
        shown = desk.query(figures, as_of=AS_OF)
        assert [
            (one.code, one.name, one.net_minor, one.balance_minor) for one in shown.by_client
        ] == [
            ("1", "Άλφα", 80, 50),
            ("2", "Δίδυμος", 0, 0),
            ("3", "ΔΙΔΥΜΟΣ", 300, 180),
            ("4", "Müller", 500, 450),
        ]
        assert (shown.invoices, shown.credit_notes, shown.receipts) == (3, 1, 4)
        owed = shown.receivables
        assert (owed.open_minor, owed.unapplied_minor) == (800, 120)
        assert [one.target_minor for one in shown.by_month] == [900, None, None, None]
        for kind in order:
            again = take(desk, kind, *ROWS[kind])
            assert (again.created, again.updated) == (0, 0), kind
        assert live(desk) == snapshots[-1]
        for before in reversed(snapshots[:-1]):
            desk.undo()
            assert live(desk) == before
        for after in snapshots[1:]:
            desk.redo()
            assert live(desk) == after


def test_a_name_that_stops_being_unique_links_nothing_any_more(desk: Desk) -> None:
    take(desk, RecordKind.CLIENTS, client("1", "ΑΛΦΑ"))
    _sales(desk, sale("ΤΙΜ-1", None, 100, client_name="Άλφα"))
    assert rows_of(desk, Document, "client_id") == [(1,)]
    result = take(desk, RecordKind.CLIENTS, client("2", "Αλφα"))
    assert result.linked == 1
    assert rows_of(desk, Document, "client_id") == [(None,)]
    desk.undo()
    assert rows_of(desk, Document, "client_id") == [(1,)]


def test_a_row_without_a_code_that_nobody_carries_is_refused_and_counts_nowhere(desk: Desk) -> None:
    take(desk, RecordKind.CLIENTS, client("1", "ΑΛΦΑ"), client("2", "ΒΗΤΑ"), client("3", "Βήτα"))
    result = _sales(
        desk,
        sale("ΤΙΜ-1", None, 100, client_name="ΑΛΦΑΣ"),
        sale("ΤΙΜ-2", None, 100, client_name="ΒΗΤΑ"),
        sale("ΤΙΜ-3", None, 100, client_name="άλφα"),
    )
    assert _counts(result) == (1, 0, 0, 2)
    assert [(one.record, one.code, one.done) for one in result.problems] == [
        ("ΤΙΜ-1", ProblemCode.UNKNOWN_CLIENT, ProblemOutcome.REFUSED),
        ("ΤΙΜ-2", ProblemCode.AMBIGUOUS_CLIENT, ProblemOutcome.REFUSED),
    ]
    assert desk.query(figures, as_of=AS_OF).net_minor == 100
    take(desk, RecordKind.CLIENTS, client("4", "ΑΛΦΑΣ"))
    assert desk.query(figures, as_of=AS_OF).net_minor == 200


def test_a_code_that_comes_later_beats_the_name(desk: Desk) -> None:
    take(desk, RecordKind.CLIENTS, client("1", "ΑΛΦΑ"), client("2", "ΒΗΤΑ"))
    _sales(desk, sale("ΤΙΜ-1", None, 100, client_name="ΑΛΦΑ"))
    assert _sales(desk, sale("ΤΙΜ-1", "2", 100, client_name="ΑΛΦΑ")).updated == 1
    assert rows_of(desk, Document, "client_id", "client_ref_code") == [(2, "2")]
    assert _sales(desk, sale("ΤΙΜ-1", None, 100, client_name="ΑΛΦΑ")).updated == 0


# ---- receipts ------------------------------------------------------------------------------------


def test_two_honest_equal_receipts_without_a_number_stay_two(desk: Desk) -> None:
    rows = [receipt(None, "1", 50), receipt(None, "1", 50), receipt(None, "1", 60)]
    assert _counts(_receipts(desk, *rows)) == (3, 0, 0, 0)
    assert _counts(_receipts(desk, *rows)) == (0, 0, 3, 0)
    assert _counts(_receipts(desk, *rows, receipt(None, "1", 50))) == (1, 0, 3, 0)


def test_one_receipt_in_several_rows_pays_several_invoices(desk: Desk) -> None:
    _sales(desk, sale("ΤΙΜ-1", "1", 100), sale("ΤΙΜ-2", "1", 100))
    rows = [
        receipt("Ε1", "1", 100, document_ref="ΤΙΜ-1"),
        receipt("Ε1", "1", 70, document_ref="ΤΙΜ-2"),
    ]
    assert _counts(_receipts(desk, *rows)) == (2, 0, 0, 0)
    assert rows_of(desk, Receipt, "number", "amount_minor") == [("Ε1", 170)]
    assert desk.query(figures, as_of=AS_OF).receivables.open_minor == 30
    assert _counts(_receipts(desk, *rows)) == (0, 0, 2, 0)
    rows[1]["amount_minor"] = 80
    assert _counts(_receipts(desk, *rows)) == (0, 1, 1, 0)
    assert desk.query(figures, as_of=AS_OF).receivables.open_minor == 20


def test_receipts_repeated_or_contradicting(desk: Desk) -> None:
    result = _receipts(
        desk,
        receipt("Ε1", "1", 100, document_ref="ΤΙΜ-1"),
        receipt("Ε1", "1", 100, document_ref="ΤΙΜ-1", method="Επιταγή"),
        receipt("Ε1", "1", 90, document_ref="ΤΙΜ-1"),
        receipt("Ε1", "2", 100, document_ref="ΤΙΜ-1"),
        receipt("Ε2", None, 5),
    )
    assert _counts(result) == (1, 0, 1, 3)
    assert rows_of(desk, Receipt, "number", "amount_minor", "method") == [("Ε1", 100, "Επιταγή")]


def test_a_receipt_that_names_another_invoice_now_pays_that_one(desk: Desk) -> None:
    _sales(desk, sale("ΤΙΜ-1", "1", 100), sale("ΤΙΜ-2", "1", 100))
    _receipts(desk, receipt("Ε1", "1", 100, document_ref="ΤΙΜ-1"))
    assert _receipts(desk, receipt("Ε1", "1", 100, document_ref="ΤΙΜ-2")).updated == 1
    assert rows_of(desk, Allocation, "document_ref", "document_id") == [("ΤΙΜ-2", 2)]
    kept = _receipts(desk, receipt("Ε1", "1", 120))
    assert kept.updated == 1
    assert rows_of(desk, Allocation, "document_ref", "amount_minor") == [("ΤΙΜ-2", 120)]


# ---- lines ---------------------------------------------------------------------------------------


def _line(number: str, amount: str, product: str = "11", **more: Any) -> dict[str, Any]:
    return {
        "number": number,
        "type": DocumentType.INVOICE,
        "issued_on": SPRING,
        "client_code": "1",
        "product_code": product,
        "product_name": f"Προϊόν {product}",
        "quantity": Decimal(1),
        "unit_price": Decimal(amount),
        "discount": None,
        "amount": Decimal(amount),
        "currency": "EUR",
        **more,
    }


def test_a_document_is_the_sum_of_its_exact_lines_rounded_once(desk: Desk) -> None:
    rows = [_line("1", "0.104"), _line("1", "0.101", "12"), _line("2", "10.005")]
    result = _sales(desk, *rows, is_lines=True)
    assert _counts(result) == (3, 0, 0, 0)
    assert result.documents == 2
    assert rows_of(desk, Document, "number", "net_minor", "gross_minor") == [
        ("1", 21, 21),
        ("2", 1001, 1001),
    ]
    assert rows_of(desk, Product, "code", "name") == [("11", "Προϊόν 11"), ("12", "Προϊόν 12")]
    again = _sales(desk, *rows, is_lines=True)
    assert _counts(again) == (0, 0, 3, 0)


def test_lines_that_changed_are_updated_and_those_gone_leave_the_document(desk: Desk) -> None:
    _sales(desk, _line("1", "10"), _line("1", "20", "12"), _line("1", "30", "13"), is_lines=True)
    before = live(desk)
    result = _sales(desk, _line("1", "10"), _line("1", "25", "12"), is_lines=True)
    assert _counts(result) == (0, 1, 1, 0)
    assert rows_of(desk, DocumentLine, "position", "amount") == [(1, Decimal(10)), (2, Decimal(25))]
    assert rows_of(desk, Document, "net_minor") == [(3500,)]
    desk.undo()
    assert live(desk) == before


def test_targets_are_known_by_month_and_client(desk: Desk) -> None:
    month = SPRING.replace(day=1)
    rows = [
        {"month": month, "amount_minor": 100},
        {"month": month, "amount_minor": 70, "client_code": "1"},
    ]
    assert _counts(take(desk, RecordKind.TARGETS, *rows)) == (2, 0, 0, 0)
    rows[0]["amount_minor"] = 120
    again = {"month": month, "amount_minor": 70, "client_code": "1"}
    other = {"month": month, "amount_minor": 71, "client_code": "1"}
    assert _counts(take(desk, RecordKind.TARGETS, *rows, again, other)) == (0, 1, 2, 1)
    assert rows_of(desk, Target, "amount_minor", "client_id") == [(120, None), (70, 1)]
