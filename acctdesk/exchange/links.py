"""Links between records that came in different files, settled for the whole book at once.

A record without a client code belongs to the one live client that carries exactly its name; a
credit note and a receipt belong to the invoice whose number they name. Both are worked out anew
after every import, in either direction: a name that two clients carry now links nothing, whoever
came first. So the order of files cannot matter.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from acctdesk.exchange.match import invoices_by_key
from acctdesk.kinds import DocumentType
from acctdesk.models import Allocation, Client, Contact, Document, Receipt, Target
from acctdesk.models.base import Record
from acctdesk.storage.bulk import bulk_update
from acctdesk.text import document_key, fold

_BY_NAME: tuple[type[Record], ...] = (Document, Receipt, Contact, Target)


def relink(session: Session) -> int:
    """Make every link of the book say what is known now; return how many records changed."""
    linked = _clients_by_name(session)
    linked += _invoices(session, Document, Document.related_ref, Document.related_id)
    linked += _invoices(session, Allocation, Allocation.document_ref, Allocation.document_id)
    return linked


def _invoices(session: Session, model: type[Record], ref: Any, link: Any) -> int:
    """Link records to the invoice of exactly the number they name, else of the same spelt else."""
    invoice = aliased(Document)
    wanted = and_(invoice.type == DocumentType.INVOICE.value, invoice.deleted_at.is_(None))
    query = (
        select(model.id, ref.label("ref"), link.label("linked"), invoice.id.label("found"))
        .outerjoin(invoice, and_(invoice.number == ref, wanted))
        .where(
            model.deleted_at.is_(None),
            ref.is_not(None),
            or_(invoice.id.is_(None), link.is_distinct_from(invoice.id)),
        )
    )
    rows = session.execute(query).all()
    keys = invoices_by_key(session) if any(row.found is None for row in rows) else {}
    changes = []
    for row in rows:
        found = row.found or keys.get(document_key(row.ref))
        if found != row.linked:
            changes.append({"id": row.id, link.key: found})
    return bulk_update(session, model, changes)


def _clients_by_name(session: Session) -> int:
    waiting: dict[type[Record], list[Any]] = {}
    for model in _BY_NAME:
        table: Any = model
        query = select(table.id, table.client_id, table.client_ref_name).where(
            table.deleted_at.is_(None),
            table.client_ref_code.is_(None),
            table.client_ref_name.is_not(None),
        )
        rows = list(session.execute(query))
        if rows:
            waiting[model] = rows
    if not waiting:
        return 0
    alone = (
        select(Client.name_fold, func.min(Client.id))
        .where(Client.deleted_at.is_(None))
        .group_by(Client.name_fold)
        .having(func.count() == 1)
    )
    clients: dict[str, int] = dict(session.execute(alone).all())
    linked = 0
    for model, rows in waiting.items():
        changes = [
            {"id": row.id, "client_id": found}
            for row in rows
            if (found := clients.get(fold(row.client_ref_name))) != row.client_id
        ]
        if model is Target:
            changes = _free_months(session, changes)
        linked += bulk_update(session, model, changes)
    return linked


def _free_months(session: Session, changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    # a client has one target a month: one given by code stands, the one by name keeps waiting
    if not changes:
        return changes
    rows = session.execute(
        select(Target.id, Target.month, Target.measure, Target.client_id).where(
            Target.deleted_at.is_(None)
        )
    ).all()
    moving = {change["id"] for change in changes}
    taken = {(row.client_id, row.month, row.measure) for row in rows if row.id not in moving}
    months = {row.id: (row.month, row.measure) for row in rows}
    kept = []
    for change in changes:
        place = (change["client_id"], *months[change["id"]])
        if change["client_id"] is None or place not in taken:
            taken.add(place)
            kept.append(change)
    return kept
