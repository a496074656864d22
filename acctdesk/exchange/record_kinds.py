"""What each kind of record needs beyond its cells: signs, totals, months, lines."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

from acctdesk.exchange.columns import Mapping
from acctdesk.exchange.parsed import Rec
from acctdesk.exchange.records import Finish, Reader, cell_of
from acctdesk.exchange.sheets import Cell, Row
from acctdesk.exchange.tables import Table
from acctdesk.exchange.values import (
    is_blank,
    read_document_type,
    text_of,
    to_minor,
)
from acctdesk.i18n import msg
from acctdesk.kinds import (
    DocumentType,
    InteractionKind,
    ProblemCode,
    ProblemOutcome,
    RecordKind,
    TaskState,
)
from acctdesk.text import fold

_REFUND = re.compile(r"επιστροφ|refund|return|ακυρ")
_CURRENCY_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
_CENT = Decimal("0.01")
_INTERACTIONS = (
    (InteractionKind.CALL, r"κλησ|τηλ|call|phone"),
    (InteractionKind.VISIT, r"επισκ|visit"),
    (InteractionKind.MEETING, r"συναντ|meeting|συσκεψ"),
    (InteractionKind.EMAIL, r"mail|μηνυμα"),
    (InteractionKind.LETTER, r"επιστολ|letter"),
)


def is_lines(mapping: Mapping, columns: dict[str, int]) -> bool:
    """Tell whether a sales file holds a row for each line of a document."""
    if mapping.kind is not RecordKind.SALES:
        return False
    has_lines = {"product_code", "product_name"} & set(columns) and {
        "quantity",
        "unit_price",
    } & set(columns)
    return bool(has_lines) or "unit_price" in columns


def _series(rec: Rec) -> None:
    series, number = rec.values.pop("series", None), rec.values.get("number")
    if series and number and fold(series) not in fold(number):
        rec.values["number"] = f"{series} {number}"


def _currency(reader: Reader, rec: Rec) -> None:
    stated = rec.values.get("currency")
    code = _CURRENCY_SIGNS.get(stated or "", (stated or reader.currency).upper()[:3])
    rec.values["currency"] = "EUR" if code in {"ΕΥΡ", "EUR"} else code
    if rec.values["currency"] != reader.currency:
        reader.tell(
            rec, "currency", stated, ProblemCode.FOREIGN_CURRENCY, ProblemOutcome.STATED,
            msg("Problem", "The amount is in another currency than the book."),
        )  # fmt: skip


def _document_type(
    reader: Reader, rec: Rec, cell: Cell, amount: Decimal | None
) -> DocumentType | None:
    if not is_blank(cell):
        found = read_document_type(cell)
        if found is not None:
            return found
        reader.refuse(
            rec, "type", cell, ProblemCode.UNKNOWN_DOCUMENT_TYPE,
            msg("Problem", "This kind of document is not known. The row was left out."),
        )  # fmt: skip
        return None
    prefix = re.match(r"[^\W\d]+", rec.values.get("number") or "")
    found = read_document_type(prefix.group()) if prefix else None
    if found is not None:
        return found
    return DocumentType.CREDIT_NOTE if amount is not None and amount < 0 else DocumentType.INVOICE


def _required(reader: Reader, rec: Rec, row: Row, columns: dict[str, int], key: str) -> bool:
    if rec.values.get(key) is not None:
        return True
    cell = cell_of(row, columns, key)
    told = {ProblemCode.UNREADABLE_DATE, ProblemCode.UNREADABLE_NUMBER}
    last = reader.problems[-1] if reader.problems else None
    if last is not None and last.row == rec.row and last.field == key and last.code in told:
        reader.problems.pop()
        reader.refuse(rec, key, cell, last.code, last.what)
    else:
        reader.refuse(
            rec, key, cell, ProblemCode.MISSING_VALUE,
            msg("Problem", "A value that is needed is missing. The row was left out."),
        )  # fmt: skip
    return False


def client(
    _reader: Reader, rec: Rec, _row: Row, columns: dict[str, int], _table: Table
) -> Rec | None:
    """Finish a client: the limit in minor units."""
    if "credit_limit" in columns:
        limit = rec.values.pop("credit_limit")
        rec.values["credit_limit_minor"] = None if limit is None else to_minor(limit)
    if "vat_id" in columns:
        rec.values.setdefault("vat_id_raw", None)
    return rec


def contact(
    _reader: Reader, rec: Rec, _row: Row, _columns: dict[str, int], _table: Table
) -> Rec | None:
    """Finish a contact: first and last name make the name."""
    first, last = rec.values.pop("first_name", None), rec.values.pop("last_name", None)
    if not rec.values.get("name"):
        rec.values["name"] = " ".join(part for part in (first, last) if part) or None
    return rec


def document(
    reader: Reader, rec: Rec, row: Row, columns: dict[str, int], _table: Table
) -> Rec | None:
    """Finish a sales document: its type, its sign, the amounts that follow from the others."""
    _series(rec)
    values = rec.values
    if not all(_required(reader, rec, row, columns, key) for key in ("number", "issued_on")):
        return None
    debit, credit = values.pop("debit", None), values.pop("credit", None)
    if values.get("gross") is None and values.get("net") is None and (debit or credit):
        values["gross"] = debit or -(credit or Decimal(0))
    net, vat, gross = values.pop("net", None), values.pop("vat", None), values.pop("gross", None)
    rate = values.pop("vat_rate", None)
    if net is None and gross is None:
        values["net"] = None
        _required(reader, rec, row, columns, "net" if "net" in columns else "gross")
        return None
    kind = _document_type(
        reader, rec, cell_of(row, columns, "type"), net if net is not None else gross
    )
    if kind is None:
        return None
    net, vat, gross = _amounts(reader, rec, net, vat, gross, rate)
    sign = -1 if kind is DocumentType.CREDIT_NOTE else 1
    if gross * sign < 0 or (gross == 0 and net * sign < 0):
        if kind is DocumentType.INVOICE:
            reader.tell(
                rec, "type", text_of(cell_of(row, columns, "type")), ProblemCode.SIGN_CHANGED,
                ProblemOutcome.STATED,
                msg("Problem", "An invoice with a negative amount. It is counted as it stands."),
            )  # fmt: skip
        else:
            net, vat, gross = -net, -vat, -gross
    elif kind is DocumentType.CREDIT_NOTE and gross > 0:
        net, vat, gross = -net, -vat, -gross
    if kind is DocumentType.CREDIT_NOTE and _was_positive(reader, row, columns):
        reader.tell(
            rec, "gross" if "gross" in columns else "net",
            cell_of(row, columns, "gross" if "gross" in columns else "net"),
            ProblemCode.SIGN_CHANGED, ProblemOutcome.STATED,
            msg("Problem", "A credit note written as a positive amount. It is counted negative."),
        )  # fmt: skip
        net, vat, gross = -abs(net), -abs(vat), -abs(gross)
    values.update(
        type=kind,
        related_ref=values.pop("related", None),
        net_minor=to_minor(net),
        vat_minor=to_minor(vat),
        gross_minor=to_minor(gross),
    )
    for key in (
        "product_code",
        "product_name",
        "product_family",
        "quantity",
        "unit_price",
        "discount",
    ):
        values.pop(key, None)
    _currency(reader, rec)
    return rec


def _was_positive(reader: Reader, row: Row, columns: dict[str, int]) -> bool:
    for key in ("gross", "net"):
        index = columns.get(key)
        if index is not None and index < len(row):
            number = reader.number(row[index], index)
            if number is not None:
                return number > 0
    return False


def _amounts(
    reader: Reader,
    rec: Rec,
    net: Decimal | None,
    vat: Decimal | None,
    gross: Decimal | None,
    rate: Decimal | None,
) -> tuple[Decimal, Decimal, Decimal]:
    if net is None:
        assert gross is not None
        if vat is None and rate is not None:
            net = (gross / (1 + rate)).quantize(_CENT, ROUND_HALF_UP)
        else:
            net = gross - (vat or 0)
    if vat is None:
        if gross is not None:
            vat = gross - net
        else:
            vat = (net * (rate or 0)).quantize(_CENT, ROUND_HALF_UP)
    if gross is None:
        return net, vat, net + vat
    if abs(net + vat - gross) > Decimal("0.05"):
        reader.tell(
            rec, "gross", format(gross, "f"), ProblemCode.AMOUNTS_DISAGREE, ProblemOutcome.STATED,
            msg("Problem", "Net and VAT do not add up to the gross amount. All are kept."),
        )  # fmt: skip
    return net, vat, gross


def line(reader: Reader, rec: Rec, row: Row, columns: dict[str, int], _table: Table) -> Rec | None:
    """Finish a line of a document: its exact amount, unrounded."""
    _series(rec)
    values = rec.values
    if not all(_required(reader, rec, row, columns, key) for key in ("number", "issued_on")):
        return None
    quantity, price = values.get("quantity"), values.get("unit_price")
    net, vat, gross = values.pop("net", None), values.pop("vat", None), values.pop("gross", None)
    values.pop("vat_rate", None), values.pop("debit", None), values.pop("credit", None)
    amount = net
    if amount is None and quantity is not None and price is not None:
        amount = quantity * price * (1 - (values.get("discount") or Decimal(0)))
    if amount is None and gross is not None:
        amount = gross - (vat or 0)
    if amount is None:
        values["unit_price"] = None
        _required(reader, rec, row, columns, "unit_price")
        return None
    kind = _document_type(reader, rec, cell_of(row, columns, "type"), amount)
    if kind is None:
        return None
    sign = -1 if kind is DocumentType.CREDIT_NOTE and amount > 0 else 1
    values.update(
        type=kind,
        amount=amount * sign,
        vat_amount=None if vat is None else vat * sign,
        gross_amount=None if gross is None else gross * sign,
        related_ref=values.pop("related", None),
        description=values.pop("notes", None),
    )
    _currency(reader, rec)
    return rec


def receipt(
    reader: Reader, rec: Rec, row: Row, columns: dict[str, int], _table: Table
) -> Rec | None:
    """Finish a receipt: money given back is negative."""
    _series(rec)
    values = rec.values
    debit, credit = values.pop("debit", None), values.pop("credit", None)
    if values.get("amount") is None and (debit or credit):
        values["amount"] = credit or -(debit or Decimal(0))
    if not all(_required(reader, rec, row, columns, key) for key in ("received_on", "amount")):
        return None
    amount = values.pop("amount")
    kind = values.pop("type", None)
    if kind and _REFUND.search(fold(kind)):
        amount = -abs(amount)
    values["amount_minor"] = to_minor(amount)
    _currency(reader, rec)
    return rec


def interaction(
    reader: Reader, rec: Rec, row: Row, columns: dict[str, int], _table: Table
) -> Rec | None:
    """Finish an interaction: its kind by its word, a note where none fits."""
    if not _required(reader, rec, row, columns, "happened_on"):
        return None
    word = fold(rec.values.get("kind") or "")
    rec.values["kind"] = next(
        (kind for kind, pattern in _INTERACTIONS if re.search(pattern, word)), InteractionKind.NOTE
    )
    rec.values.setdefault("happened_time", None)
    if not isinstance(rec.values["happened_time"], dt.time):
        rec.values["happened_time"] = None
    return rec


def task(reader: Reader, rec: Rec, row: Row, columns: dict[str, int], _table: Table) -> Rec | None:
    """Finish a task: done or open by its word."""
    if not _required(reader, rec, row, columns, "title"):
        return None
    word = fold(rec.values.get("state") or "")
    done = bool(re.search(r"εγινε|ολοκληρ|done|complete|κλειστ|closed", word))
    rec.values["state"] = TaskState.DONE if done or rec.values.get("done_on") else TaskState.OPEN
    if not isinstance(rec.values.get("due_time"), dt.time):
        rec.values["due_time"] = None
    return rec


FINISH: dict[RecordKind, Finish] = {
    RecordKind.CLIENTS: client,
    RecordKind.CONTACTS: contact,
    RecordKind.SALES: document,
    RecordKind.RECEIPTS: receipt,
    RecordKind.INTERACTIONS: interaction,
    RecordKind.TASKS: task,
}
