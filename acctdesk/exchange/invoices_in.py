"""Invoices that we issued, as the e-invoice file says them: UBL 2.1 (Peppol) and AADE's myDATA."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from acctdesk.exchange import xml_in
from acctdesk.exchange.values import to_minor
from acctdesk.exchange.xml_in import Unreadable, damaged, each, first, text
from acctdesk.i18n import Message, msg
from acctdesk.services.invoices_in import InvoiceInput

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_AADE = "aade.gr/myDATA/"
_GREEK_ID = re.compile(r"\w*\|\d{2}/\d{2}/\d{4}\|\d*\|[\d.]+\|([^|]*)\|(\d+)")
_CREDIT = {"5.1", "5.2", "11.4"}  # myDATA: credit notes, with and without an invoice, of retail
_SALES = re.compile(r"[12]\.\d+|7\.1|8\.1|11\.[1235]")


@dataclass(frozen=True, slots=True)
class Party:
    """A seller or buyer; ``vat_id`` as the file writes it, with or without a country."""

    name: str
    vat_id: str


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line, its net amount as written."""

    text: str
    quantity: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class EInvoice:
    """An invoice or a credit note; amounts as written, those of a credit note mostly positive.

    ``id`` is the MARK of AADE (else its uid), or the identifier in UBL; ``number`` what people
    call it. ``gross`` is what the buyer owes for it, ``prepaid`` what was paid of that before.
    ``names`` are numbers or MARKs of the invoices it corrects.
    """

    id: str
    mark: str
    number: str
    issued_on: dt.date
    due_on: dt.date | None
    credit: bool
    seller: Party
    buyer: Party
    net: Decimal
    vat: Decimal
    gross: Decimal
    prepaid: Decimal | None
    currency: str
    names: tuple[str, ...]
    lines: tuple[InvoiceLine, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document of the file that is none of ours to take; ``id`` as in :class:`EInvoice`."""

    id: str
    why: Message


@dataclass(frozen=True, slots=True)
class InvoiceFile:
    """What a file holds."""

    invoices: tuple[EInvoice, ...]
    left_out: tuple[LeftOut, ...] = ()


def is_invoice(root: Element) -> bool:
    """Tell whether a document is an e-invoice of one of the two kinds."""
    space = str(root.tag).rpartition("}")[0]
    known = _UBL in space or _AADE in space
    return known and xml_in.name(root) in ("Invoice", "CreditNote", "InvoicesDoc", "RequestedDoc")


def invoices(root: Element) -> InvoiceFile:
    """Return the invoices of a document.

    Raises:
        Unreadable: it holds none, or something in it cannot be read.
    """
    if xml_in.name(root) in ("Invoice", "CreditNote"):
        return InvoiceFile((_ubl(root),))
    inside = [root] if xml_in.name(root) == "InvoicesDoc" else list(each(root, "invoicesDoc"))
    found: list[EInvoice] = []
    left_out: list[LeftOut] = []
    for one in (invoice for doc in inside for invoice in each(doc, "invoice")):
        taken = _mydata(one)
        if isinstance(taken, EInvoice):
            found.append(taken)
        else:
            left_out.append(taken)
    if not found and not left_out:
        raise Unreadable(msg("Money files", "it holds no invoice."))
    return InvoiceFile(tuple(found), tuple(left_out))


# ---- UBL -----------------------------------------------------------------------------------------


def _ubl(root: Element) -> EInvoice:
    written, issued_on = text(root, "ID"), xml_in.day(root, "IssueDate")
    totals = first(root, "LegalMonetaryTotal")
    net = xml_in.amount(totals, "TaxExclusiveAmount")
    gross = xml_in.amount(totals, "TaxInclusiveAmount")
    payable = xml_in.amount(totals, "PayableAmount")
    if not written or issued_on is None or net is None or payable is None:
        raise damaged()
    prepaid = xml_in.amount(totals, "PrepaidAmount")
    currency = text(root, "DocumentCurrencyCode")
    seller = _ubl_party(first(root, "AccountingSupplierParty", "Party"))
    greek = _GREEK_ID.fullmatch(written)
    number = numbered(*greek.groups()) if greek else written
    lines = [*each(root, "InvoiceLine"), *each(root, "CreditNoteLine")]
    return EInvoice(
        id=written,
        mark="",
        number=number,
        issued_on=issued_on,
        due_on=xml_in.day(root, "DueDate") or xml_in.day(root, "PaymentMeans", "PaymentDueDate"),
        credit=xml_in.name(root) == "CreditNote" or payable < 0,
        seller=seller,
        buyer=_ubl_party(first(root, "AccountingCustomerParty", "Party")),
        net=net,
        vat=_ubl_vat(root, currency),
        gross=gross if gross is not None else payable + (prepaid or 0),
        prepaid=prepaid,
        currency=currency,
        names=tuple(
            xml_in.text(one)
            for one in each(root, "BillingReference", "InvoiceDocumentReference", "ID")
        ),
        lines=tuple(_ubl_line(one) for one in lines),
    )


def _ubl_vat(root: Element, currency: str) -> Decimal:
    # a second total is the same tax in the currency of the books
    totals = list(each(root, "TaxTotal", "TaxAmount"))
    own = [one for one in totals if one.get("currencyID") in (currency, None)] or totals
    return xml_in.amount(own[0]) or Decimal(0) if own else Decimal(0)


def _ubl_party(party: Element | None) -> Party:
    taxed = [
        text(one, "CompanyID")
        for one in each(party, "PartyTaxScheme")
        if text(one, "TaxScheme", "ID").upper() in ("VAT", "")
    ]
    called = text(party, "PartyLegalEntity", "RegistrationName") or text(party, "PartyName", "Name")
    return Party(called, next((one for one in taxed if one), ""))


def _ubl_line(line: Element) -> InvoiceLine:
    quantity = xml_in.amount(line, "InvoicedQuantity")
    if quantity is None:
        quantity = xml_in.amount(line, "CreditedQuantity")
    described = text(line, "Item", "Name") or text(line, "Item", "Description")
    return InvoiceLine(described, quantity, xml_in.amount(line, "LineExtensionAmount"))


# ---- myDATA --------------------------------------------------------------------------------------


def _mydata(invoice: Element) -> EInvoice | LeftOut:
    head, sums = first(invoice, "invoiceHeader"), first(invoice, "invoiceSummary")
    written = text(invoice, "mark") or text(invoice, "uid")
    kind, aa = text(head, "invoiceType"), text(head, "aa")
    issued_on = xml_in.day(head, "issueDate")
    net, vat = xml_in.amount(sums, "totalNetValue"), xml_in.amount(sums, "totalVatAmount")
    gross = xml_in.amount(sums, "totalGrossValue")
    if not aa or issued_on is None or net is None or vat is None or gross is None:
        return LeftOut(written, msg("Money files", "It has no number, date or amounts."))
    number = numbered(text(head, "series"), aa)
    if kind not in _CREDIT and not _SALES.fullmatch(kind):
        return LeftOut(
            written or number,
            msg("Money files", "A document of type {kind} is no sale.", kind=kind),
        )
    if text(invoice, "cancelledByMark"):
        return LeftOut(written or number, msg("Money files", "It was cancelled."))
    issuer = _mydata_party(first(invoice, "issuer"))
    return EInvoice(
        id=written,
        mark=text(invoice, "mark"),
        number=number,
        issued_on=issued_on,
        due_on=None,
        credit=kind in _CREDIT,
        seller=issuer,
        buyer=_mydata_party(first(invoice, "counterpart")),
        net=net,
        vat=vat,
        gross=gross,
        prepaid=None,
        currency=text(head, "currency") or "EUR",
        names=tuple(xml_in.text(one) for one in each(head, "correlatedInvoices")),
        lines=tuple(_mydata_line(one) for one in each(invoice, "invoiceDetails")),
    )


def _mydata_party(party: Element | None) -> Party:
    return Party(text(party, "name"), text(party, "vatNumber"))


def _mydata_line(line: Element) -> InvoiceLine:
    return InvoiceLine(
        text(line, "itemDescr") or text(line, "lineComments"),
        xml_in.amount(line, "quantity"),
        xml_in.amount(line, "netValue"),
    )


def numbered(series: str, aa: str) -> str:
    """Return how people write a series and the running number in it; series 0 is none."""
    return aa if series in ("", "0") else f"{series}-{aa}"


def inputs(invoices: Iterable[EInvoice]) -> list[InvoiceInput]:
    """Return the invoices as the book takes them, a credit note's amounts below zero."""
    made = []
    for one in invoices:
        # of a negative invoice the amounts are so already
        sign = -1 if one.credit and one.gross >= 0 else 1
        made.append(
            InvoiceInput(
                mark=one.mark,
                number=one.number,
                credit=one.credit,
                issued_on=one.issued_on,
                due_on=one.due_on,
                buyer_name=one.buyer.name,
                buyer_vat=one.buyer.vat_id,
                seller_vat=one.seller.vat_id,
                net_minor=sign * to_minor(one.net),
                gross_minor=sign * to_minor(one.gross),
                currency=one.currency,
                names=one.names,
                lines=tuple(
                    (line.text, line.quantity, sign * line.amount)
                    for line in one.lines
                    if line.amount is not None
                ),
            )
        )
    return made
