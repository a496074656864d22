"""Statements of banks and e-invoices are read to the last figure, or refused in one sentence."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acctdesk.errors import UserError
from acctdesk.exchange.bank import Balance, Statement, payments_of
from acctdesk.exchange.money_files import (
    MoneyFile,
    kind_of,
    read_invoices,
    read_statements,
)
from tests.exchange.money_samples import CAMT, MT940, UBL, mydata, mydata_invoice

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
EXPECTED = SHARED / "expected" / "exchange.json"
CASES: dict[str, Any] = json.loads(EXPECTED.read_text("utf-8")) if EXPECTED.is_file() else {}
needs_data = pytest.mark.skipif(not CASES, reason="needs the shared data")


def _of(kind: str) -> Sequence[str]:
    return list(CASES.get(kind, {}))


def _told(balance: Balance) -> tuple[str, Decimal, str, str]:
    return balance.code, balance.amount, balance.currency, str(balance.day)


def _wanted(balance: dict[str, str]) -> tuple[str, Decimal, str, str]:
    sign = 1 if balance["dc"] == "CRDT" else -1
    return (
        balance["code"],
        sign * Decimal(balance["amount"]),
        balance["ccy"],
        balance["date"][:10],
    )


def _sum(statements: Sequence[Statement]) -> Decimal:
    return sum((one.amount for each in statements for one in each.entries), Decimal(0))


@pytest.mark.data
@needs_data
@pytest.mark.parametrize("name", _of("camt"))
def test_camt_equals_the_reference(name: str) -> None:
    """Balances, sums, identifiers, texts; a name is one of the two sides that the bank names."""
    file = SHARED / "bank" / "camt" / name
    assert kind_of(file) is MoneyFile.BANK
    wanted = CASES["camt"][name]
    if not wanted:
        with pytest.raises(UserError, match="holds no statement"):
            read_statements([file])
        return
    found = read_statements([file])
    assert len(found) == len(wanted)
    for one, case in zip(found, wanted, strict=True):
        payments = [payment for entry in one.entries for payment in entry.payments]
        assert (one.id, one.account or None) == (case["id"], case["iban"])
        assert (len(one.entries), len(payments)) == (case["entries"], case["tx_details"])
        assert _sum([one]) == Decimal(case["signed_sum"])
        assert [_told(each) for each in one.balances] == [_wanted(b) for b in case["balances"]]
        ends = [payment.end_to_end for payment in payments if payment.end_to_end]
        assert ends == case["end_to_end_ids"]
        assert [text for payment in payments for text in payment.texts] == case["remittance"]
        assert {payment.name for payment in payments} - {""} <= set(case["counterparties"])


@pytest.mark.data
@needs_data
@pytest.mark.parametrize("name", _of("mt940"))
def test_mt940_equals_the_reference(name: str) -> None:
    """Every dialect, 30 February, a binary sign, a balance without a currency."""
    file = SHARED / "bank" / "mt940" / name
    assert kind_of(file) is MoneyFile.BANK
    found, case = read_statements([file]), CASES["mt940"][name]
    assert sum(len(one.entries) for one in found) == case["transactions"]
    assert _sum(found) == Decimal(case["signed_sum"])
    for which, codes in (("opening", ("60F", "60M")), ("closing", ("62F", "62M"))):
        told = [
            (f"{balance.day:%y%m%d}", balance.currency, balance.amount)
            for one in found
            for balance in one.balances
            if balance.code in codes
        ]
        wanted = [(b["date"], b["ccy"], Decimal(b["signed"])) for b in case[which]]
        assert told == wanted
    if len(found) == 1 and case["balances_tie"] is not None:
        assert (found[0].missing == 0) is case["balances_tie"]


@pytest.mark.data
@needs_data
@pytest.mark.parametrize("name", _of("peppol"))
def test_ubl_equals_the_reference(name: str) -> None:
    file = SHARED / "einvoice" / "peppol" / name
    assert kind_of(file) is MoneyFile.INVOICES
    (found,) = read_invoices([file]).invoices
    case = CASES["peppol"][name]
    assert found.credit is (case["root"] == "CreditNote" or case["payable"].startswith("-"))
    assert (found.id, str(found.issued_on)) == (case["id"], case["issue"])
    assert (None if found.due_on is None else str(found.due_on)) == case["due"]
    assert (found.currency, found.buyer.name) == (case["currency"], case["customer"])
    assert (found.seller.vat_id or None) == case["supplier_vat"]
    assert case["supplier"] in (found.seller.name, None)
    assert (found.net, found.vat) == (Decimal(case["net"]), Decimal(case["vat"]))
    prepaid = found.prepaid or Decimal(0)
    assert found.gross - prepaid == Decimal(case["payable"])
    assert prepaid == Decimal(case["prepaid"] or 0)
    assert len(found.lines) == case["lines"]


@pytest.mark.data
@needs_data
@pytest.mark.parametrize("name", _of("mydata"))
def test_mydata_equals_the_reference(name: str) -> None:
    """What has no number or amounts, or is a delivery note, is told as left out."""
    file = SHARED / "einvoice" / "mydata" / name
    assert kind_of(file) is MoneyFile.INVOICES
    read = read_invoices([file])
    found = {one.id: one for one in read.invoices}
    left_out = {one.id for one in read.left_out}
    assert len(found) + len(left_out) == len(CASES["mydata"][name])
    for case in CASES["mydata"][name]:
        which = case["mark"] or case["uid"]
        if case["aa"] is None or case["invoiceType"] == "9.3":
            assert which in left_out
            continue
        one = found[which]
        series = "" if case["series"] == "0" else f"{case['series']}-"
        assert (one.number, str(one.issued_on)) == (f"{series}{case['aa']}", case["issueDate"])
        amounts = (case["totalNetValue"], case["totalVatAmount"], case["totalGrossValue"])
        assert (one.net, one.vat, one.gross) == tuple(Decimal(each) for each in amounts)
        assert (one.seller.vat_id, one.buyer.vat_id) == (case["issuer"], case["counterpart"])
        assert (one.currency, len(one.lines)) == (case["currency"], case["lines"])


def _file(folder: Path, content: str | bytes, name: str = "x.xml") -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def test_a_batch_gives_each_of_its_payments(tmp_path: Path) -> None:
    """What is not booked yet is left out; charges stay an entry without a payer."""
    (one,) = read_statements([_file(tmp_path, CAMT)])
    assert one.missing == 0
    found = payments_of((one,))
    assert [(each.amount_minor, each.name, each.iban) for each in found] == [
        (100_050, "Ελαιώνες Νότου ΑΕ", "DE89370400440532013000"),
        (24_000, "Άλλος", ""),
        (-3_000, "", ""),
    ]
    assert [each.texts for each in found] == [("εξόφληση ΤΙΜ-7",), (), ("Έξοδα",)]
    assert [each.references for each in found] == [("E2E-1",), ("RF18539007547034",), ()]
    assert found[0].day == dt.date(2026, 3, 2)
    assert one.entries[0].value_on == dt.date(2026, 3, 3)


def test_a_payment_that_comes_again_has_its_key(tmp_path: Path) -> None:
    """In a longer statement too; two equal payments of one statement stay two."""
    (one,) = read_statements([_file(tmp_path, CAMT)])
    charges = CAMT[CAMT.index('<Ntry><Amt Ccy="EUR">30.00') : CAMT.index('<Ntry><Amt Ccy="EUR">99')]
    longer = CAMT.replace(charges, charges * 2).replace("ST-1", "ST-2")
    (more,) = read_statements([_file(tmp_path, longer)])
    keys = [each.key for each in payments_of((one,))]
    assert [each.key for each in payments_of((one, more))][:3] == keys
    assert len(payments_of((one, more))) == 4


def test_any_namespace_will_do(tmp_path: Path) -> None:
    old = CAMT.replace("urn:iso:std:iso:20022:tech:xsd:camt.053.001.02", "urn:some:bank:of:ours")
    assert kind_of(_file(tmp_path, old)) is MoneyFile.BANK
    assert read_statements([_file(tmp_path, old)]) == read_statements([_file(tmp_path, CAMT)])


def test_mt940_names_payer_purpose_and_what_was_taken_back(tmp_path: Path) -> None:
    (one,) = read_statements([_file(tmp_path, MT940, "x.sta")])
    assert (one.account, one.currency) == ("GR1601101250000000012300695", "EUR")
    assert one.missing == 0
    first, second = payments_of((one,))
    told = (first.amount_minor, first.name, first.iban)
    assert told == (25_000, "NOTOS", "DE89370400440532013000")
    assert (first.texts, first.references) == (("invoice TIM-9",), ("E2E-9",))
    assert first.day == dt.date(2026, 3, 3)
    assert (second.amount_minor, second.reversal) == (-4_000, True)


def test_greek_statements_are_read_in_their_encoding(tmp_path: Path) -> None:
    greek = MT940.replace(":86:returned", ":86:επιστροφή πελάτη")
    (one,) = read_statements([_file(tmp_path, greek.encode("cp1253"), "x.sta")])
    assert payments_of((one,))[1].texts == ("επιστροφή πελάτη",)


def test_a_statement_that_does_not_add_up_says_so(tmp_path: Path) -> None:
    (one,) = read_statements([_file(tmp_path, MT940.replace("C250,00", "C200,00"), "x.sta")])
    assert one.missing == 50


def test_a_credit_note_names_its_invoice(tmp_path: Path) -> None:
    (one,) = read_invoices([_file(tmp_path, UBL)]).invoices
    assert (one.credit, one.number, one.names) == (True, "ΠΙΣ-12", ("ΤΙΜ-7",))
    assert (one.net, one.vat, one.gross) == (Decimal(100), Decimal(24), Decimal(124))
    assert (one.seller.vat_id, one.buyer.vat_id) == ("EL094014201", "EL090000045")
    assert [(line.text, line.quantity, line.amount) for line in one.lines] == [
        ("Λάδι", Decimal(2), Decimal(100))
    ]


def test_only_sales_are_taken_from_mydata(tmp_path: Path) -> None:
    correlated = "<correlatedInvoices>400001</correlatedInvoices>"
    read = read_invoices(
        [
            _file(
                tmp_path,
                mydata(
                    mydata_invoice(),
                    mydata_invoice(mark="400002", aa="3", kind="5.1", names=correlated),
                    mydata_invoice(mark="400003", kind="9.3"),
                    "<mark>400004</mark>",
                ),
            )
        ]
    )
    assert [(one.mark, one.number, one.credit, one.names) for one in read.invoices] == [
        ("400001", "ΤΙΜ-7", False, ()),
        ("400002", "ΤΙΜ-3", True, ("400001",)),
    ]
    assert [one.id for one in read.left_out] == ["400003", "400004"]


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE Document [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><Document><BkToCstmrStmt><Stmt><Id>&i;</Id></Stmt></BkToCstmrStmt></Document>"
)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (LAUGHS, "document type|damaged"),
        ("<Document/>", "no statement of a bank"),
        ("<Invoice xmlns='urn:other'/>", "no statement of a bank"),
        ("", "no statement of a bank"),
        ("just words", "no statement of a bank"),
        (CAMT.replace("1240.50", "12,40"), "damaged"),
        (CAMT.replace("1240.50", "NaN"), "damaged"),
        (CAMT.replace("1240.50", "1e999999"), "damaged"),
        (CAMT.replace("2026-03-02", "2026-13-02"), "damaged"),
        (CAMT.replace("<CdtDbtInd>DBIT</CdtDbtInd>", ""), "damaged"),
        (MT940.replace("C250,00", "X250,00"), "damaged"),
        (MT940.replace(":62F:C260303EUR1210,00", ""), "damaged"),
    ],
)
def test_a_spoilt_statement_is_refused_in_one_sentence(
    tmp_path: Path, content: str, why: str
) -> None:
    with pytest.raises(UserError, match=rf"^x.xml was not read: .*({why}).* Nothing was changed.$"):
        read_statements([_file(tmp_path, content)])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (UBL.replace("urn:oasis:names:specification:ubl", "urn:other"), "no e-invoice"),
        (UBL.replace("<b:IssueDate>2026-03-03</b:IssueDate>", ""), "damaged"),
        (UBL.replace(">124.00<", ">Infinity<"), "damaged"),
        (mydata(), "holds no invoice"),
        (CAMT, "no e-invoice"),
    ],
)
def test_a_spoilt_invoice_is_refused_in_one_sentence(
    tmp_path: Path, content: str, why: str
) -> None:
    with pytest.raises(UserError, match=rf"^x.xml was not read: .*{why}.* Nothing was changed.$"):
        read_invoices([_file(tmp_path, content)])


def test_other_files_are_not_money(tmp_path: Path) -> None:
    assert kind_of(_file(tmp_path, "client;amount\n1;2\n", "x.txt")) is None
    assert kind_of(_file(tmp_path, "<html><body>Amt</body></html>")) is None
    assert kind_of(tmp_path / "absent.xml") is None
    assert kind_of(_file(tmp_path, CAMT.encode("utf-16"))) is MoneyFile.BANK


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_cut_or_spoilt_anywhere_it_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    """Cut off at any byte, or with any bytes written over it, nothing but a sentence comes back."""
    whole = data.draw(st.sampled_from([CAMT, MT940, UBL, mydata(mydata_invoice())])).encode()
    cut = data.draw(st.integers(0, len(whole)))
    over = data.draw(st.binary(max_size=8))
    keeps_rest = data.draw(st.booleans())
    spoilt = whole[:cut] + over + (whole[cut + len(over) :] if keeps_rest else b"")
    file = _file(tmp_path, spoilt)
    kind_of(file)
    refused = []
    for read in (read_statements, read_invoices):
        try:
            read([file])
        except UserError as error:
            refused.append(str(error))
    assert refused  # it is never both
    assert all("Nothing was changed." in one for one in refused)
