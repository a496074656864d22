"""What the management workbook is made of: rows of two fiscal years, and what stood before them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from acctdesk import periods
from acctdesk.figures import receivables as definitions
from acctdesk.figures.allocation import instalment_shares
from acctdesk.kinds import DocumentType, InteractionKind, TaskState
from acctdesk.models import (
    Allocation,
    Client,
    Contact,
    Document,
    Instalment,
    Interaction,
    Receipt,
    Target,
    Task,
)
from acctdesk.periods import Period
from acctdesk.services import sales
from acctdesk.services.days import day_end, day_start, local_day
from acctdesk.services.figures import YEAR_DAYS, figures
from acctdesk.services.pack_rows import (
    PackClient,
    PackData,
    PackDocument,
    PackInteraction,
    PackOpening,
    PackOpenItem,
    PackReceiptPart,
    PackTarget,
    PackTask,
)
from acctdesk.services.profile import get_profile
from acctdesk.services.receivables import open_invoices
from acctdesk.services.rows import OpenInvoice
from acctdesk.services.targets import target_series


def pack_data(session: Session, *, period: Period, as_of: dt.date) -> PackData:
    """Return the rows and figures of a period as they stood on a day.

    The data begin with the fiscal year before that of the period (or of ``as_of``, the earlier).
    """
    profile = get_profile(session)
    fiscal = periods.fiscal_year_of(period.start, profile.fiscal_start)
    first = min(fiscal, periods.fiscal_year_of(as_of, profile.fiscal_start)) - 1
    starts_on = periods.fiscal_year(first, profile.fiscal_start).start
    counted, before, last_year = compared(period, as_of)
    documents = _documents(session, starts_on, as_of)
    receipts = _receipts(session, starts_on, as_of)
    interactions = _interactions(session, starts_on, as_of)
    openings = _openings(session, starts_on, as_of)
    used = {
        *(row.client_id for row in documents),
        *(row.client_id for row in receipts),
        *(row.client_id for row in openings),
    }
    return PackData(
        profile=profile,
        period=period,
        as_of=as_of,
        starts_on=starts_on,
        counted=counted,
        before=before,
        last_year=last_year,
        before_minor=sales.net_between(session, start=before.start, end=before.end),
        last_year_minor=sales.net_between(session, start=last_year.start, end=last_year.end),
        figures=figures(session, as_of=as_of, period=period),
        year=target_series(session, fiscal_year=fiscal, as_of=as_of),
        year_before=target_series(session, fiscal_year=fiscal - 1, as_of=as_of),
        clients=_clients(session, as_of, used),
        openings=openings,
        documents=documents,
        receipts=receipts,
        open_items=_open_items(session, starts_on, as_of),
        targets=_targets(session, starts_on, periods.fiscal_year(fiscal, profile.fiscal_start).end),
        interactions=interactions,
        tasks=_tasks(session, period, as_of),
    )


def compared(period: Period, as_of: dt.date) -> tuple[Period, Period, Period]:
    """Return the period up to ``as_of``, the one before it and last year's, cut to equal length."""
    before, last_year = periods.previous(period), periods.same_last_year(period)
    if as_of >= period.end:
        return period, before, last_year
    gone = as_of - period.start
    counted = Period(period.name, period.start, max(as_of, period.start - dt.timedelta(days=1)))
    if gone.days < 0:
        nothing = dt.timedelta(days=1)
        return (
            counted,
            Period("", before.start, before.start - nothing),
            Period("", last_year.start, last_year.start - nothing),
        )
    return (
        counted,
        Period("", before.start, min(before.start + gone, before.end)),
        Period("", last_year.start, min(periods.year_earlier(as_of), last_year.end)),
    )


def _documents(session: Session, start: dt.date, as_of: dt.date) -> tuple[PackDocument, ...]:
    related = aliased(Document)
    query = (
        select(
            Document.id,
            Document.type,
            Document.number,
            Document.issued_on,
            Document.due_on,
            Document.client_id,
            Document.related_id,
            func.coalesce(related.number, Document.related_ref).label("related_number"),
            Document.net_minor,
            Document.vat_minor,
            Document.gross_minor,
        )
        .outerjoin(related, related.id == Document.related_id)
        .where(
            Document.deleted_at.is_(None),
            Document.client_id.is_not(None),
            Document.issued_on.between(start, as_of),
        )
        .order_by(Document.issued_on, Document.id)
    )
    return tuple(
        PackDocument(
            row.id,
            DocumentType(row.type),
            row.number,
            row.issued_on,
            row.due_on,
            row.client_id,
            row.related_id,
            row.related_number,
            row.net_minor,
            row.vat_minor,
            row.gross_minor,
        )
        for row in session.execute(query)
    )


def _receipts(session: Session, start: dt.date, as_of: dt.date) -> tuple[PackReceiptPart, ...]:
    wanted = (
        Receipt.deleted_at.is_(None),
        Receipt.client_id.is_not(None),
        Receipt.received_on.between(start, as_of),
    )
    allocated: dict[int, list[tuple[int | None, str | None, int]]] = defaultdict(list)
    parts_of = (
        select(
            Allocation.receipt_id,
            Allocation.document_id,
            func.coalesce(Document.number, Allocation.document_ref),
            Allocation.amount_minor,
        )
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .outerjoin(Document, Document.id == Allocation.document_id)
        .where(Allocation.deleted_at.is_(None), *wanted)
        .order_by(Allocation.id)
    )
    for receipt_id, document_id, number, amount in session.execute(parts_of):
        allocated[receipt_id].append((document_id, number, amount))
    query = (
        select(
            Receipt.id,
            Receipt.number,
            Receipt.received_on,
            Receipt.client_id,
            Receipt.method,
            Receipt.amount_minor,
        )
        .where(*wanted)
        .order_by(Receipt.received_on, Receipt.id)
    )
    found = []
    for row in session.execute(query):
        parts = list(allocated.get(row.id, ()))
        rest = row.amount_minor - sum(amount for _, _, amount in parts)
        if rest or not parts:
            parts.append((None, None, rest))
        found += [
            PackReceiptPart(
                row.id,
                row.number,
                row.received_on,
                row.client_id,
                row.method,
                document_id,
                number,
                amount,
            )
            for document_id, number, amount in parts
        ]
    return tuple(found)


def _open_items(session: Session, start: dt.date, as_of: dt.date) -> tuple[PackOpenItem, ...]:
    """Return the open invoices with what was settled by rows that no data sheet holds.

    Those are credit notes and receipts of before ``start``, and those whose client is not known.
    """
    credit = aliased(Document)
    outside_credit = or_(credit.issued_on < start, credit.client_id.is_(None))
    credited = (
        select(credit.related_id, func.sum(-credit.gross_minor))
        .where(
            credit.related_id.is_not(None),
            credit.type == DocumentType.CREDIT_NOTE.value,
            credit.deleted_at.is_(None),
            credit.issued_on <= as_of,
            outside_credit,
        )
        .group_by(credit.related_id)
    )
    paid = (
        select(Allocation.document_id, func.sum(Allocation.amount_minor))
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .where(
            Allocation.document_id.is_not(None),
            Allocation.deleted_at.is_(None),
            Receipt.deleted_at.is_(None),
            Receipt.received_on <= as_of,
            or_(Receipt.received_on < start, Receipt.client_id.is_(None)),
        )
        .group_by(Allocation.document_id)
    )
    settled: dict[int, int] = defaultdict(int)
    for query in (credited, paid):
        for document_id, amount in session.execute(query):
            assert document_id is not None
            settled[document_id] += int(amount)
    owed = open_invoices(session, as_of=as_of)
    parts: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(
        select(Instalment.document_id, Instalment.due_on, Instalment.amount_minor)
        .where(Instalment.deleted_at.is_(None))
        .order_by(Instalment.due_on, Instalment.id)
    ):
        parts[row.document_id].append(row)
    return tuple(
        item
        for invoice in owed
        for item in _in_parts(invoice, settled.get(invoice.id, 0), parts.get(invoice.id), as_of)
    )


def _in_parts(
    invoice: OpenInvoice, settled: int, parts: Sequence[Any] | None, as_of: dt.date
) -> Iterator[PackOpenItem]:
    """Yield an invoice, or each of its instalments of which something is open."""
    if not parts:
        yield PackOpenItem(invoice, settled)
        return
    amounts = [one.amount_minor for one in parts]
    blocked, number = invoice.disputed_minor, 0
    for place, share in enumerate(instalment_shares(invoice.open_minor, amounts)):
        if not share:
            continue
        due = parts[place].due_on
        days = definitions.days_past_due(due, as_of)
        disputed = min(share, blocked)
        part = invoice._replace(
            due_on=due, open_minor=share, disputed_minor=disputed,
            days_past_due=days, bucket=definitions.bucket(days),
        )  # fmt: skip
        yield PackOpenItem(
            part, settled, number, sum(amounts[place + 1 :]), amounts[place] if place else None
        )
        blocked, number = blocked - disputed, number + 1


def _openings(session: Session, start: dt.date, as_of: dt.date) -> tuple[PackOpening, ...]:
    def counted(kind: DocumentType) -> ColumnElement[int]:
        return func.sum(case((Document.type == kind.value, 1), else_=0))

    in_previous = and_(
        Document.issued_on > as_of - 2 * YEAR_DAYS, Document.issued_on <= as_of - YEAR_DAYS
    )
    documents = (
        select(
            Document.client_id,
            func.sum(Document.gross_minor).label("gross"),
            func.sum(Document.net_minor).label("net"),
            func.sum(case((in_previous, Document.net_minor), else_=0)).label("previous"),
            counted(DocumentType.INVOICE).label("invoices"),
            counted(DocumentType.CREDIT_NOTE).label("credit_notes"),
        )
        .where(
            Document.deleted_at.is_(None),
            Document.client_id.is_not(None),
            Document.issued_on < start,
            Document.issued_on <= as_of,
        )
        .group_by(Document.client_id)
    )
    receipts = (
        select(Receipt.client_id, func.sum(Receipt.amount_minor))
        .where(
            Receipt.deleted_at.is_(None),
            Receipt.client_id.is_not(None),
            Receipt.received_on < start,
            Receipt.received_on <= as_of,
        )
        .group_by(Receipt.client_id)
    )
    received = {key: int(amount) for key, amount in session.execute(receipts)}
    found = []
    for row in session.execute(documents):
        paid = received.pop(row.client_id, 0)
        found.append(
            PackOpening(
                client_id=row.client_id,
                balance_minor=row.gross - paid,
                net_minor=row.net,
                previous_365_minor=row.previous,
                invoices=row.invoices,
                credit_notes=row.credit_notes,
            )
        )
    found += [PackOpening(key, balance_minor=-paid) for key, paid in received.items() if key]
    return tuple(sorted(found, key=lambda opening: opening.client_id))


def _clients(session: Session, as_of: dt.date, used: set[int]) -> tuple[PackClient, ...]:
    contact = (
        select(Interaction.client_id, func.max(Interaction.happened_at).label("at"))
        .where(Interaction.deleted_at.is_(None), Interaction.happened_at < day_end(as_of))
        .group_by(Interaction.client_id)
        .subquery("last_contact")
    )
    query = (
        select(Client, contact.c.at)
        .outerjoin(contact, contact.c.client_id == Client.id)
        .order_by(Client.code, Client.name_fold, Client.id)
    )
    return tuple(
        PackClient(
            id=client.id,
            code=client.code,
            name=client.name,
            vat_id=client.vat_id,
            city=client.city,
            segment=client.segment,
            active=client.active,
            live=client.deleted_at is None,
            last_contact_on=None if at is None else local_day(at),
        )
        for client, at in session.execute(query)
        if client.deleted_at is None or client.id in used
    )


def _targets(session: Session, start: dt.date, end: dt.date) -> tuple[PackTarget, ...]:
    query = (
        select(
            Target.month,
            Target.client_id,
            Target.client_ref_code,
            Target.client_ref_name,
            Target.amount_minor,
        )
        .where(Target.deleted_at.is_(None))
        .order_by(Target.month, Target.client_id)
    )
    rows = session.execute(query).all()

    def of_book(client_id: int | None, code: str | None, name: str | None) -> bool:
        return client_id is None and code is None and name is None

    own = any(of_book(row.client_id, row.client_ref_code, row.client_ref_name) for row in rows)
    found = []
    for row in rows:
        whole = of_book(row.client_id, row.client_ref_code, row.client_ref_name)
        if not whole and row.client_id is None:
            continue  # waits for its client
        if start <= row.month <= end:
            counts = whole if own else True
            found.append(PackTarget(row.month, row.client_id, row.amount_minor, counts))
    return tuple(found)


def _interactions(session: Session, start: dt.date, as_of: dt.date) -> tuple[PackInteraction, ...]:
    query = (
        select(
            Interaction.id,
            Interaction.happened_at,
            Interaction.client_id,
            Interaction.kind,
            Interaction.subject,
            Contact.name,
            Interaction.minutes,
        )
        .join(Client, Client.id == Interaction.client_id)
        .outerjoin(Contact, Contact.id == Interaction.contact_id)
        .where(
            Interaction.deleted_at.is_(None),
            Client.deleted_at.is_(None),
            Interaction.happened_at >= day_start(start),
            Interaction.happened_at < day_end(as_of),
        )
        .order_by(Interaction.happened_at, Interaction.id)
    )
    return tuple(
        PackInteraction(id_, local_day(at), client_id, InteractionKind(kind), subject, who, minutes)
        for id_, at, client_id, kind, subject, who, minutes in session.execute(query)
    )


def _tasks(session: Session, period: Period, as_of: dt.date) -> tuple[PackTask, ...]:
    """Return the open next steps of as many days after the as-of date as the period has."""
    last = as_of + (period.end - period.start) + dt.timedelta(days=1)
    query = (
        select(Task.due_on, Task.client_id, Task.title)
        .join(Client, Client.id == Task.client_id)
        .where(
            Task.deleted_at.is_(None),
            Client.deleted_at.is_(None),
            Task.state == TaskState.OPEN.value,
            Task.due_on > as_of,
            Task.due_on <= last,
        )
        .order_by(Task.due_on, Task.id)
    )
    return tuple(
        PackTask(day, client_id, title)
        for day, client_id, title in session.execute(query)
        if day is not None and client_id is not None
    )
