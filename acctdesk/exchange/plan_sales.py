"""Sales documents: whole ones, one a row, and documents whose rows are their lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.exchange.lines import Kept, Products, plan_lines, stored_lines
from acctdesk.exchange.match import (
    Clients,
    client_changes,
    client_columns,
    invoices_by_key,
    names_nobody,
    rows_of,
)
from acctdesk.exchange.parsed import ParsedFile, Rec
from acctdesk.exchange.plan import ImportPlan, Reference, problem
from acctdesk.i18n import Message, msg
from acctdesk.kinds import DocumentType, ProblemCode, ProblemOutcome
from acctdesk.models import Document
from acctdesk.services.profile import get_profile
from acctdesk.text import clean, document_key

Key = tuple[str, str]
Outcome = Literal["created", "updated", "skipped", "refused"]
_MINOR = Decimal(100)


@dataclass(slots=True)
class Sale:
    """One document of the file: its first row and, where rows are lines, all of them."""

    rec: Rec
    type: str
    number: str
    values: dict[str, Any]
    lines: list[Rec] = field(default_factory=list)
    ref: Reference | None = None


def plan_sales(session: Session, parsed: ParsedFile, plan: ImportPlan) -> None:
    """Plan every sales document of the file.

    Counted by row: each line of a document with lines is a record. The net amount of such a
    document is the sum of its exact line amounts, rounded half up once.
    """
    clients = Clients(session, plan)
    sales = _gather(parsed, plan)
    plan.documents = len(sales)
    clients.meet(sale.rec for sale in sales.values())
    stored = _stored(session, sales.values())
    currency = get_profile(session).currency
    products = Products(session, plan) if parsed.is_lines else None
    lines = stored_lines(session, stored.values()) if parsed.is_lines else {}
    for key, sale in sales.items():
        row = stored.get(key)
        outcome = _settle(plan, clients, sale, row, currency)
        kept = Kept()
        if products is not None and sale.ref is not None:
            before = lines.get(row.id, []) if row is not None else []
            kept = plan_lines(plan, products, sale.ref, lines=sale.lines, before=before)
        if products is None or outcome == "refused":
            setattr(plan, outcome, getattr(plan, outcome) + len(sale.lines))
            continue
        if outcome == "updated" and not kept.updated and kept.skipped:
            kept = Kept(kept.created, 1, kept.skipped - 1)
        plan.created += kept.created
        plan.updated += kept.updated
        plan.skipped += kept.skipped
    _relate(session, plan, sales, stored)


def _refuse(plan: ImportPlan, rec: Rec, key: str, code: ProblemCode, what: Message) -> None:
    plan.refused += 1
    plan.tell(problem(rec, key, code, ProblemOutcome.REFUSED, what))


def _missing(rec: Rec, *, is_lines: bool) -> str | None:
    values = rec.values
    if not values.get("number"):
        return "number"
    if values.get("issued_on") is None:
        return "issued_on"
    if is_lines:
        return "amount" if values.get("amount") is None else None
    if values.get("net_minor") is None and values.get("gross_minor") is None:
        return "net_minor"
    return "client_name" if names_nobody(rec) else None


def _gather(parsed: ParsedFile, plan: ImportPlan) -> dict[Key, Sale]:
    sales: dict[Key, Sale] = {}
    for rec in parsed.records:
        missing = _missing(rec, is_lines=parsed.is_lines)
        if missing is not None:
            what = msg("Import", "A value that every sales document needs is missing.")
            _refuse(plan, rec, missing, ProblemCode.MISSING_VALUE, what)
            continue
        kind = str(rec.values.get("type") or DocumentType.INVOICE)
        key = (kind, clean(str(rec.values["number"])))
        first = sales.get(key)
        if first is None:
            values = dict(rec.values) if parsed.is_lines else dict(rec.values) | _amounts(rec)
            sales[key] = Sale(rec, *key, values, [rec])
        elif _other_client(first.rec.values, rec.values):
            what = msg(
                "Import",
                "Document {number} stands in row {row} for another client. This row was not"
                " stored.",
                number=key[1],
                row=first.rec.row,
            )
            _refuse(plan, rec, "number", ProblemCode.CONFLICTING_VALUE, what)
        elif parsed.is_lines:
            first.lines.append(rec)
            _fill(first, rec)
        else:
            _repeated(plan, first, rec)
    if parsed.is_lines:
        for sale in [*sales.values()]:
            if names_nobody(Rec(sale.rec.sheet, sale.rec.row, sale.values)):
                for rec in sale.lines:
                    what = msg("Import", "The document names no client.")
                    _refuse(plan, rec, "client_name", ProblemCode.MISSING_VALUE, what)
                del sales[sale.type, sale.number]
                continue
            sale.values |= _summed(sale.lines)
            sale.rec = Rec(sale.rec.sheet, sale.rec.row, sale.values)
    return sales


def _other_client(one: dict[str, Any], other: dict[str, Any]) -> bool:
    codes = one.get("client_code"), other.get("client_code")
    return bool(codes[0] and codes[1] and codes[0] != codes[1])


def _fill(sale: Sale, rec: Rec) -> None:
    for key in ("due_on", "client_code", "client_name", "related_ref", "notes"):
        if sale.values.get(key) is None and rec.values.get(key) is not None:
            sale.values[key] = rec.values[key]


def _repeated(plan: ImportPlan, first: Sale, rec: Rec) -> None:
    amounts = _amounts(rec)
    if any(first.values[key] != amounts[key] for key in amounts):
        what = msg(
            "Import",
            "Document {number} stands in row {row} with another amount. This row was not stored.",
            number=first.number,
            row=first.rec.row,
        )
        _refuse(plan, rec, "number", ProblemCode.CONFLICTING_VALUE, what)
        return
    _fill(first, rec)
    first.rec = Rec(first.rec.sheet, first.rec.row, first.rec.values | first.values)
    plan.skipped += 1
    plan.tell(
        problem(
            rec,
            "number",
            ProblemCode.DUPLICATE_ROW,
            ProblemOutcome.MERGED,
            msg(
                "Import",
                "The document stands in row {row} already and was counted once.",
                row=first.rec.row,
            ),
        )
    )


# ---- amounts -------------------------------------------------------------------------------------


def _amounts(rec: Rec) -> dict[str, int | None]:
    """Return net, VAT and gross as the row says them, worked out where two of them tell a third."""
    net, vat, gross = (rec.values.get(f"{key}_minor") for key in ("net", "vat", "gross"))
    if net is None:
        net = gross - (vat or 0) if gross is not None else None
    if gross is not None and net is not None:
        vat = gross - net  # where the three disagree, what is sold and what is owed stand
    if gross is None and vat is not None and net is not None:
        gross = net + vat
    return {"net_minor": net, "vat_minor": vat, "gross_minor": gross}


def _minor(amounts: Iterable[Decimal | None]) -> int | None:
    total = Decimal(0)
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return int((total * _MINOR).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _summed(lines: list[Rec]) -> dict[str, int | None]:
    net = _minor(rec.values["amount"] for rec in lines)
    vat = _minor(rec.values.get("vat_amount") for rec in lines)
    gross = _minor(rec.values.get("gross_amount") for rec in lines)
    assert net is not None
    if vat is None and gross is not None:
        vat = gross - net
    return {
        "net_minor": net,
        "vat_minor": vat,
        "gross_minor": None if vat is None else net + vat,
    }


# ---- against the book ----------------------------------------------------------------------------


def _stored(session: Session, sales: Iterable[Sale]) -> dict[Key, Any]:
    columns = (
        Document.id, Document.type, Document.number, Document.issued_on, Document.due_on,
        Document.client_id, Document.client_ref_code, Document.client_ref_name,
        Document.related_id, Document.related_ref, Document.currency, Document.net_minor,
        Document.vat_minor, Document.gross_minor, Document.notes,
    )  # fmt: skip
    numbers = {sale.number for sale in sales}
    related = (sale.values.get("related_ref") for sale in sales)
    numbers |= {clean(ref) for ref in related if ref}
    found = rows_of(session, Document, select(*columns), sorted(numbers), Document.number)
    return {(row.type, row.number): row for row in found}


def _settle(plan: ImportPlan, clients: Clients, sale: Sale, row: Any, currency: str) -> Outcome:
    known = clients.resolve(sale.rec)
    values = sale.values
    told = {
        "issued_on": values["issued_on"],
        "due_on": values.get("due_on"),
        "related_ref": clean(values["related_ref"]) if values.get("related_ref") else None,
        "notes": values.get("notes"),
        "currency": values.get("currency"),
        **client_columns(sale.rec, known),
        **{key: values[key] for key in ("net_minor", "vat_minor", "gross_minor")},
    }
    if row is None:
        vat = told["vat_minor"] or 0
        gross = told["net_minor"] + vat
        told |= {"vat_minor": vat, "gross_minor": gross, "currency": told["currency"] or currency}
        sale.ref = plan.insert(Document, {"type": sale.type, "number": sale.number, **told})
        outcome: Outcome = "created"
    elif _another(row, told):
        what = msg(
            "Import",
            "The book holds document {number} of another client and day. This one was not stored.",
            number=sale.number,
        )
        plan.tell(
            problem(sale.rec, "number", ProblemCode.CONFLICTING_VALUE, ProblemOutcome.REFUSED, what)
        )
        return "refused"
    else:
        sale.ref = row.id
        changes = differences(row, told)
        plan.change(row.id, Document, changes)
        outcome = "updated" if changes else "skipped"
    if known is None and not (row is not None and row.client_ref_code):
        if clients.listed:
            clients.unresolved(sale.rec)
            return "refused"
        plan.waiting += 1
    return outcome


def _another(row: Any, told: dict[str, Any]) -> bool:
    codes = row.client_ref_code, told["client_ref_code"]
    return bool(
        codes[0] and codes[1] and codes[0] != codes[1] and row.issued_on != told["issued_on"]
    )


def differences(row: Any, told: dict[str, Any]) -> dict[str, Any]:
    """Return what a stored document has to take over: an empty cell never erases."""
    changes = {
        key: told[key]
        for key in ("issued_on", "due_on", "related_ref", "notes", "currency", "net_minor")
        if told[key] is not None and told[key] != getattr(row, key)
    }
    vat = row.vat_minor if told["vat_minor"] is None else told["vat_minor"]
    gross = told["net_minor"] + vat
    if vat != row.vat_minor:
        changes["vat_minor"] = vat
    if gross != row.gross_minor:
        changes["gross_minor"] = gross
    return changes | client_changes(row, told)


# ---- credit notes --------------------------------------------------------------------------------


def _relate(
    session: Session, plan: ImportPlan, sales: dict[Key, Sale], stored: dict[Key, Any]
) -> None:
    # the invoice that a credit note names: of this file, of the book, or not here yet
    invoices: dict[str, Reference] = {
        number: row.id for (kind, number), row in stored.items() if kind == DocumentType.INVOICE
    }
    for (kind, number), sale in sales.items():
        if kind == DocumentType.INVOICE and sale.ref is not None:
            invoices[number] = sale.ref
    naming = [sale for sale in sales.values() if sale.ref and sale.values.get("related_ref")]
    refs = [clean(sale.values["related_ref"]) for sale in naming]
    unknown = any(ref not in invoices for ref in refs)
    keys = invoices_by_key(session, invoices) if unknown else {}
    for sale, ref in zip(naming, refs, strict=True):
        assert sale.ref is not None
        named = invoices.get(ref) or keys.get(document_key(ref))
        row = stored.get((sale.type, sale.number))
        if named is None:
            plan.waiting += 1
            plan.tell(
                problem(
                    sale.rec,
                    "related_ref",
                    ProblemCode.UNKNOWN_DOCUMENT,
                    ProblemOutcome.WAITING,
                    msg(
                        "Import",
                        "No invoice has the number {number} yet. The two are linked when it"
                        " arrives.",
                        number=ref,
                    ),
                )
            )
        elif row is None or row.related_id != named:
            plan.change(sale.ref, Document, {"related_id": named})
