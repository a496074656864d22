"""Receipts: by number, or by what the row says where it has none; with the invoices they name."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

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
from acctdesk.exchange.same_bank import BankReceipts
from acctdesk.figures.same_payment import Told
from acctdesk.i18n import Message, msg
from acctdesk.kinds import DocumentType, ProblemCode, ProblemOutcome
from acctdesk.models import Allocation, Document, Receipt
from acctdesk.models.base import utc_now
from acctdesk.services.profile import get_profile
from acctdesk.text import clean, document_key, fold


@dataclass(slots=True)
class _Paid:
    """One receipt of the file; one that pays several invoices stands in several rows."""

    parts: list[Rec]
    number: str | None = None
    same_key: str | None = None

    @property
    def rec(self) -> Rec:
        return self.parts[0]

    @property
    def key(self) -> str:
        return self.number or self.same_key or ""

    @property
    def amount_minor(self) -> int:
        return sum(part.values["amount_minor"] for part in self.parts)


def plan_receipts(session: Session, parsed: ParsedFile, plan: ImportPlan) -> None:
    """Plan every receipt of the file; each row is a record."""
    clients = Clients(session, plan)
    receipts = _gather(parsed, plan)
    clients.meet(rec for paid in receipts for rec in paid.parts)
    stored = _Stored(session, receipts)
    currency = get_profile(session).currency
    news = [paid for paid in receipts if stored.receipt(paid) is None]
    bank = BankReceipts(
        session,
        [told for paid in news if (told := _told(clients, paid, currency)) is not None],
        {paid.number for paid in news if paid.number},
        parsed.same,
    )
    stored.read_allocations(session, bank.ids)
    plan.same_payments += bank.proposed
    for paid in news:
        bank.tell(plan, paid.rec, paid.key, numbered=paid.number is not None)
    for paid in receipts:
        row = stored.receipt(paid) or bank.joined(paid.key)
        _settle(plan, clients, stored, paid, row, currency=currency)


def _told(clients: Clients, paid: _Paid, currency: str) -> Told | None:
    values, known = paid.rec.values, clients.resolve(paid.rec)
    if known is None or not isinstance(known.ref, int):
        return None
    day, money = values["received_on"], values.get("currency") or currency
    return Told(paid.key, known.ref, money, paid.amount_minor, day)


def _ref(rec: Rec) -> str:
    return clean(rec.values.get("document_ref") or "")


def _refuse(plan: ImportPlan, rec: Rec, key: str, code: ProblemCode, what: Message) -> None:
    plan.refused += 1
    plan.tell(problem(rec, key, code, ProblemOutcome.REFUSED, what))


def _gather(parsed: ParsedFile, plan: ImportPlan) -> list[_Paid]:
    numbered: dict[str, _Paid] = {}
    found: list[_Paid] = []
    seen: Counter[str] = Counter()
    for rec in parsed.records:
        missing = _missing(rec)
        if missing is not None:
            what = msg("Import", "A value that every receipt needs is missing.")
            _refuse(plan, rec, missing, ProblemCode.MISSING_VALUE, what)
            continue
        number = clean(str(rec.values.get("number") or ""))
        if not number:
            key = _same_key(rec, seen)
            found.append(_Paid([rec], same_key=key))
        elif number not in numbered:
            numbered[number] = _Paid([rec], number=number)
            found.append(numbered[number])
        else:
            _again(plan, numbered[number], rec)
    return found


def _missing(rec: Rec) -> str | None:
    for key in ("received_on", "amount_minor"):
        if rec.values.get(key) is None:
            return key
    return "client_name" if names_nobody(rec) else None


def _same_key(rec: Rec, seen: Counter[str]) -> str:
    # two honest equal rows stay two: the second is "the second of its kind", in every import
    values = rec.values
    who = values.get("client_code") or fold(values.get("client_name") or "")
    text = f"{values['received_on']}|{who}|{values['amount_minor']}|{_ref(rec)}"
    seen[text] += 1
    return hashlib.sha256(f"{text}|{seen[text]}".encode()).hexdigest()


def _again(plan: ImportPlan, paid: _Paid, rec: Rec) -> None:
    first = paid.rec
    codes = first.values.get("client_code"), rec.values.get("client_code")
    other_day = first.values["received_on"] != rec.values["received_on"]
    if (codes[0] and codes[1] and codes[0] != codes[1]) or other_day:
        what = msg(
            "Import",
            "Receipt {number} stands in row {row} for another client or day. This row was not"
            " stored.",
            number=paid.number,
            row=first.row,
        )
        _refuse(plan, rec, "number", ProblemCode.CONFLICTING_VALUE, what)
        return
    amount = rec.values["amount_minor"]
    for part in paid.parts:
        if _ref(part) and _ref(rec) and _ref(part) != _ref(rec):
            continue
        if part.values["amount_minor"] == amount:
            for key, value in rec.values.items():
                if part.values.get(key) is None and value is not None:
                    part.values[key] = value
            plan.skipped += 1
            what = msg(
                "Import",
                "The receipt stands in row {row} already and was counted once.",
                row=part.row,
            )
            plan.tell(
                problem(rec, "number", ProblemCode.DUPLICATE_ROW, ProblemOutcome.MERGED, what)
            )
            return
        if _ref(part) == _ref(rec):
            what = msg(
                "Import",
                "Receipt {number} stands in row {row} with another amount. This row was not"
                " stored.",
                number=paid.number,
                row=part.row,
            )
            _refuse(plan, rec, "number", ProblemCode.CONFLICTING_VALUE, what)
            return
    paid.parts.append(rec)


# ---- against the book ----------------------------------------------------------------------------


class _Stored:
    """What the book holds of these receipts, of what they pay, and of the invoices they name."""

    def __init__(self, session: Session, receipts: Iterable[_Paid]) -> None:
        receipts = list(receipts)
        columns = (
            Receipt.id, Receipt.number, Receipt.same_key, Receipt.received_on, Receipt.client_id,
            Receipt.client_ref_code, Receipt.client_ref_name, Receipt.currency,
            Receipt.amount_minor, Receipt.method, Receipt.reason,
        )  # fmt: skip
        numbers = [paid.number for paid in receipts if paid.number]
        keys = [paid.same_key for paid in receipts if paid.same_key]
        query = select(*columns)
        self.by_number: dict[str, list[Any]] = {}
        for row in rows_of(session, Receipt, query, numbers, Receipt.number):
            self.by_number.setdefault(row.number, []).append(row)
        self.by_key = {
            row.same_key: row for row in rows_of(session, Receipt, query, keys, Receipt.same_key)
        }
        ids = [row.id for rows in self.by_number.values() for row in rows]
        ids += [row.id for row in self.by_key.values()]
        self.allocations: dict[int, list[Any]] = {}
        self.read_allocations(session, ids)
        refs = sorted({_ref(rec) for paid in receipts for rec in paid.parts} - {""})
        invoices = select(Document.id, Document.number).where(
            Document.type == DocumentType.INVOICE.value
        )
        found = rows_of(session, Document, invoices, refs, Document.number)
        self._invoices: dict[str, Reference] = {row.number: row.id for row in found}
        missing = any(ref not in self._invoices for ref in refs)
        self._by_key = invoices_by_key(session) if missing else {}
        live = select(func.count()).where(Document.deleted_at.is_(None))
        self.documents_known = bool(session.execute(live).scalar_one())

    def read_allocations(self, session: Session, ids: Iterable[int]) -> None:
        """Read what receipts of the book pay."""
        query = select(
            Allocation.id,
            Allocation.receipt_id,
            Allocation.document_ref,
            Allocation.amount_minor,
            Allocation.by_hand,
        ).order_by(Allocation.id)
        for row in rows_of(session, Allocation, query, ids, Allocation.receipt_id):
            self.allocations.setdefault(row.receipt_id, []).append(row)

    def invoice(self, ref: str) -> Reference | None:
        """Return the invoice of that number, else of the same number spelt otherwise."""
        return self._invoices.get(ref) or self._by_key.get(document_key(ref))

    def receipt(self, paid: _Paid) -> Any:
        """Return the stored receipt that ``paid`` is, None where it is news."""
        if paid.same_key:
            return self.by_key.get(paid.same_key)
        rows = self.by_number.get(paid.number or "", [])
        code = paid.rec.values.get("client_code")
        return min(rows, key=lambda row: (row.client_ref_code != code, row.id), default=None)


def _settle(
    plan: ImportPlan, clients: Clients, stored: _Stored, paid: _Paid, row: Any, *, currency: str
) -> None:
    rec, count = paid.rec, len(paid.parts)
    known = clients.resolve(rec)
    told = {
        "received_on": rec.values["received_on"],
        "amount_minor": paid.amount_minor,
        "method": rec.values.get("method"),
        "reason": rec.values.get("reason"),
        "currency": rec.values.get("currency"),
        **client_columns(rec, known),
    }
    if row is not None and _another(row, told):
        what = msg(
            "Import",
            "The book holds receipt {number} of another client and day. This one was not stored.",
            number=paid.number,
        )
        for part in paid.parts:
            _refuse(plan, part, "number", ProblemCode.CONFLICTING_VALUE, what)
        return
    if row is None:
        told["currency"] = told["currency"] or currency
        ref: Reference = plan.insert(
            Receipt, {"number": paid.number, "same_key": paid.same_key, **told}
        )
        for part in paid.parts:
            _allocate(plan, stored, ref, part)
        created, updated = count, 0
    else:
        changes = _differences(row, told)
        if paid.number and row.number is None:
            changes["number"] = paid.number
        plan.change(row.id, Receipt, changes)
        created, updated = 0, _reallocate(plan, stored, row, paid)
        updated = max(updated, 1 if changes else 0)
    if known is None and not (row is not None and row.client_ref_code):
        if clients.listed:
            plan.refused += count
            clients.unresolved(rec)
            return
        plan.waiting += 1
    plan.created += created
    plan.updated += updated
    plan.skipped += count - created - updated


def _another(row: Any, told: dict[str, Any]) -> bool:
    codes = row.client_ref_code, told["client_ref_code"]
    return bool(
        codes[0] and codes[1] and codes[0] != codes[1] and row.received_on != told["received_on"]
    )


def _differences(row: Any, told: dict[str, Any]) -> dict[str, Any]:
    changes = {
        key: told[key]
        for key in ("received_on", "amount_minor", "method", "reason", "currency")
        if told[key] is not None and told[key] != getattr(row, key)
    }
    return changes | client_changes(row, told)


def _document(plan: ImportPlan, stored: _Stored, part: Rec) -> Reference | None:
    found = stored.invoice(_ref(part))
    if found is None:
        plan.waiting += 1
        if stored.documents_known:
            what = msg(
                "Import",
                "No invoice has the number {number} yet. The two are linked when it arrives.",
                number=_ref(part),
            )
            plan.tell(
                problem(
                    part,
                    "document_ref",
                    ProblemCode.UNKNOWN_DOCUMENT,
                    ProblemOutcome.WAITING,
                    what,
                )
            )
    return found


def _allocate(plan: ImportPlan, stored: _Stored, receipt: Reference, part: Rec) -> None:
    if not _ref(part):
        return
    plan.insert(
        Allocation,
        {
            "receipt_id": receipt,
            "document_id": _document(plan, stored, part),
            "document_ref": _ref(part),
            "amount_minor": part.values["amount_minor"],
        },
    )


def _reallocate(plan: ImportPlan, stored: _Stored, row: Any, paid: _Paid) -> int:
    """Plan what a stored receipt pays now; return how many of its rows changed that."""
    before = list(stored.allocations.get(row.id, ()))
    parts = list(paid.parts)
    if len(parts) == 1 and not _ref(parts[0]) and before:
        # the cell is empty: what the receipt was known to pay stays
        if len(before) == 1 and before[0].amount_minor == row.amount_minor:
            amount = parts[0].values["amount_minor"]
            if amount != before[0].amount_minor:
                plan.change(before[0].id, Allocation, {"amount_minor": amount})
                return 1
        return 0
    changed: list[Rec] = []
    for part in parts:
        same = next(
            (
                one
                for one in before
                if (one.document_ref or "") == _ref(part)
                and one.amount_minor == part.values["amount_minor"]
            ),
            None,
        )
        if same is not None:
            before.remove(same)
            if _ref(part) and stored.invoice(_ref(part)) is None:
                _document(plan, stored, part)
        elif _ref(part):
            changed.append(part)
    if any(one.by_hand for one in before) and not any(stored.invoice(_ref(one)) for one in changed):
        changed = []  # what the officer chose stands until the file names an invoice
    for part in changed:
        if before:
            values = {
                "document_ref": _ref(part),
                "document_id": _document(plan, stored, part),
                "amount_minor": part.values["amount_minor"],
                "by_hand": False,
            }
            plan.change(before.pop(0).id, Allocation, values)
        else:
            _allocate(plan, stored, row.id, part)
    for one in before:
        if one.document_ref or (changed and one.by_hand):
            plan.change(one.id, Allocation, {"deleted_at": utc_now()})
    return len(changed)
