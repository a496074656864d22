"""Lines of sales documents and their products."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.exchange.match import rows_of
from acctdesk.exchange.parsed import Rec
from acctdesk.exchange.plan import ImportPlan, New, Reference
from acctdesk.models import DocumentLine, Product
from acctdesk.models.base import utc_now
from acctdesk.text import clean, fold


@dataclass(frozen=True, slots=True)
class Kept:
    """How many lines of a document were created, updated, and were there already."""

    created: int = 0
    updated: int = 0
    skipped: int = 0


class Products:
    """Live products by code, else by folded name, and the ones this plan makes."""

    def __init__(self, session: Session, plan: ImportPlan) -> None:
        self._plan = plan
        self._by_code: dict[str, Reference] = {}
        self._by_name: dict[str, Reference] = {}
        query = select(Product.id, Product.code, Product.name_fold).where(
            Product.deleted_at.is_(None)
        )
        for row in session.execute(query):
            self._keep(row.id, row.code, row.name_fold)

    def _keep(self, ref: Reference, code: str | None, name_fold: str) -> None:
        if code:
            self._by_code[code] = ref
        else:
            self._by_name.setdefault(name_fold, ref)

    def of(self, rec: Rec) -> Reference | None:
        """Return the product of a line, made on the way where it is news."""
        code, name = rec.values.get("product_code"), clean(rec.values.get("product_name") or "")
        if not code and not name:
            return None
        found = self._by_code.get(code) if code else self._by_name.get(fold(name))
        if found is None:
            values: dict[str, Any] = {"code": code or None, "name": name or code}
            if rec.values.get("product_family"):
                values["family"] = rec.values["product_family"]
            found = self._plan.insert(Product, values)
            self._keep(found, code, fold(values["name"]))
        return found


def stored_lines(session: Session, documents: Iterable[Any]) -> dict[int, list[Any]]:
    """Return the live lines of documents of the book, in their order, by document id."""
    columns = (
        DocumentLine.id, DocumentLine.document_id, DocumentLine.position, DocumentLine.product_id,
        DocumentLine.description, DocumentLine.quantity, DocumentLine.unit_price,
        DocumentLine.discount, DocumentLine.amount,
    )  # fmt: skip
    query = select(*columns)
    found: dict[int, list[Any]] = {}
    for row in rows_of(
        session, DocumentLine, query, [row.id for row in documents], DocumentLine.document_id
    ):
        found.setdefault(row.document_id, []).append(row)
    for lines in found.values():
        lines.sort(key=lambda line: (line.position, line.id))
    return found


def plan_lines(
    plan: ImportPlan,
    products: Products,
    document: Reference,
    *,
    lines: Sequence[Rec],
    before: Sequence[Any],
) -> Kept:
    """Plan the lines of one document, compared with those before by their place in it."""
    created = updated = 0
    for index, rec in enumerate(lines):
        values = {
            key: rec.values.get(key)
            for key in ("description", "quantity", "unit_price", "discount", "amount")
        }
        values["product_id"] = products.of(rec)
        if isinstance(document, New) or index >= len(before):
            plan.insert(DocumentLine, {"document_id": document, "position": index + 1, **values})
            created += 1
            continue
        line = before[index]
        changes = {
            key: value
            for key, value in values.items()
            if value is not None and value != getattr(line, key)
        }
        if changes:
            plan.change(line.id, DocumentLine, changes)
            updated += 1
    for line in before[len(lines) :]:
        # the document has fewer lines than it had
        plan.change(line.id, DocumentLine, {"deleted_at": utc_now()})
    return Kept(created, updated, len(lines) - created - updated)
