"""Where clients stand, as SQL to join, sort and filter by: money, last contact, next step.

Each function returns a subquery with one row per client (``client_id`` and figures in minor
units), so that a list of any length is ordered by the database. The definitions are those of
``figures``; a test proves both equal.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    Select,
    Subquery,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.orm import aliased

from acctdesk.figures.rhythm import OTHERS, USUAL_GAPS
from acctdesk.kinds import DocumentType, InteractionKind, TaskState
from acctdesk.models import (
    Allocation,
    Client,
    Dispute,
    DisputedDocument,
    Document,
    Instalment,
    Interaction,
    Receipt,
    Setting,
    Task,
)
from acctdesk.services.days import day_end

YEAR = dt.timedelta(days=365)
Ids = Collection[int] | BindParameter[Any]  # a parameter for a statement that is made once


def of_clients(column: Any, client_ids: Ids | None) -> list[ColumnElement[bool]]:
    """Return the condition that a column names one of these clients; none for all."""
    return [] if client_ids is None else [column.in_(client_ids)]


def these(ids: Collection[int]) -> Select[tuple[int]]:
    """Return the ids as a subquery, which takes more of them than a statement has parameters."""
    given = func.json_each(json.dumps(list(ids))).table_valued("value")
    return select(given.c.value)


def sales(as_of: dt.date, client_ids: Ids | None = None) -> Subquery:
    """Return ``last`` and ``previous`` 365 days of net sales of clients who bought in either."""
    in_last = Document.issued_on > as_of - YEAR
    return (
        select(
            Document.client_id,
            func.sum(case((in_last, Document.net_minor), else_=0)).label("last"),
            func.sum(case((in_last, 0), else_=Document.net_minor)).label("previous"),
        )
        .where(
            Document.deleted_at.is_(None),
            Document.client_id.is_not(None),
            Document.issued_on <= as_of,
            Document.issued_on > as_of - 2 * YEAR,
            *of_clients(Document.client_id, client_ids),
        )
        .group_by(Document.client_id)
        .subquery("standing_sales")
    )


def of_year(today: dt.date) -> list[ColumnElement[bool]]:
    """Return the conditions of a document of the last 365 days."""
    return [
        Document.deleted_at.is_(None),
        Document.issued_on <= today,
        Document.issued_on > today - YEAR,
    ]


def year_sales(today: dt.date) -> Subquery:
    """Return ``sales``: the last 365 days of net sales of clients who bought then; quick."""
    return (
        select(Document.client_id, func.sum(Document.net_minor).label("sales"))
        .where(*of_year(today), Document.client_id.is_not(None))
        .group_by(Document.client_id)
        .subquery("year_sales")
    )


def sales_of_year(today: dt.date) -> ColumnElement[int | None]:
    """Return what :func:`year_sales` does, of the client at hand, by one look into an index."""
    return (
        select(func.sum(Document.net_minor))
        .where(*of_year(today), Document.client_id == Client.id)
        .correlate(Client)
        .scalar_subquery()
    )


class Moves(NamedTuple):
    """The columns of what raises, or lowers, what clients owe: whose, live, when and how much."""

    owner: Any
    deleted_at: Any
    day: Any
    amount: Any


SOLD = Moves(Document.client_id, Document.deleted_at, Document.issued_on, Document.gross_minor)
RECEIVED = Moves(Receipt.client_id, Receipt.deleted_at, Receipt.received_on, Receipt.amount_minor)


def balance(as_of: dt.date) -> ColumnElement[int]:
    """Return documents less receipts, up to a day, of the client at hand.

    It is what is kept of all days without the little that is dated later.
    """

    def later(moves: Moves) -> ColumnElement[int]:
        of_client = (
            select(func.coalesce(func.sum(moves.amount), 0))
            .where(moves.owner == Client.id, moves.deleted_at.is_(None), moves.day > as_of)
            .correlate(Client)
            .scalar_subquery()
        )
        # asked once: of today there is hardly ever anything, and no client is looked at for it
        is_any = exists(moves.day).where(moves.day > as_of).correlate(None)
        return case((is_any, of_client), else_=0)

    return type_coerce(Client.balance_minor - later(SOLD) + later(RECEIVED), Integer())


def due_day() -> ColumnElement[dt.date]:
    """Return the day an invoice is due; without one, its date and its client's credit days.

    Worked out at each asking, so that the figures are equal whichever file came first.
    """
    credit_days = (
        select(func.coalesce(Client.credit_days, 0))
        .where(Client.id == Document.client_id)
        .correlate(Document)
        .scalar_subquery()
    )
    by_terms = func.date(Document.issued_on, func.printf("+%d days", credit_days))
    return type_coerce(func.coalesce(Document.due_on, by_terms), Date())


_CREDIT = Document.__table__.alias("credit")  # made once: a table of many columns


def open_amount(as_of: dt.date) -> ColumnElement[int]:
    """Return what is unpaid of the invoice at hand on ``as_of``, never below zero."""
    credit = _CREDIT
    credited = (
        select(func.coalesce(func.sum(credit.c.gross_minor), 0))
        .where(
            credit.c.related_id == Document.id,
            credit.c.type == DocumentType.CREDIT_NOTE.value,
            credit.c.deleted_at.is_(None),
            credit.c.client_id.is_not(None),
            credit.c.issued_on <= as_of,
        )
        .correlate(Document)
        .scalar_subquery()
    )
    paid = (
        select(func.coalesce(func.sum(Allocation.amount_minor), 0))
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .where(
            Allocation.document_id == Document.id,
            Allocation.deleted_at.is_(None),
            Receipt.deleted_at.is_(None),
            Receipt.client_id.is_not(None),
            Receipt.received_on <= as_of,
        )
        .correlate(Document)
        .scalar_subquery()
    )
    # most invoices were touched by nothing yet, and CASE works out only what is asked;
    # the scalar max of SQLite works the sums out once
    untouched = (Document.touched_on > as_of, Document.gross_minor)
    return func.max(case(untouched, else_=Document.gross_minor + credited - paid), 0)


def open_invoices(as_of: dt.date) -> list[ColumnElement[bool]]:
    """Return the conditions of an invoice of which something may be open on ``as_of``.

    It is one of the few that were not closed for good by then (see ``services.kept``).
    """
    return [*invoices(as_of), Document.closed_on > as_of]


def invoices(as_of: dt.date, *, of_few: bool = False) -> list[ColumnElement[bool]]:
    """Return the conditions of an invoice that counts on ``as_of``.

    ``of_few``: it is asked of few clients, so by them, not through all invoices of the book.
    """
    return [
        is_invoice_too() if of_few else Document.type == DocumentType.INVOICE.value,
        Document.deleted_at.is_(None),
        Document.issued_on <= as_of,
    ]


def is_invoice_too() -> ColumnElement[bool]:
    """Return the condition of an invoice, where another condition is what it is looked for by."""
    return type_too() == DocumentType.INVOICE.value


def type_too() -> ColumnElement[str]:
    """Return the type of a document that is looked for by something else."""
    return literal_column("+documents.type", Document.type.type)


def open_documents(
    as_of: dt.date,
    *conditions: ColumnElement[bool],
    client_ids: Ids | None = None,
    of_few: bool = False,
) -> CTE:
    """Return ``id``, ``client_id``, ``due`` and ``open`` of invoices that may be open.

    Only linked ones; what is ``open`` may be nothing. The amounts are worked out once, however
    often a query names them. ``of_few``: the conditions name few invoices.
    """
    may_be_open = open_invoices(as_of)
    if of_few or client_ids is not None:  # by them, not through all that is open in the book
        may_be_open[0] = is_invoice_too()
    return (
        select(
            Document.id,
            Document.client_id,
            due_day().label("due"),
            open_amount(as_of).label("open"),
        )
        .where(
            *may_be_open,
            Document.client_id.is_not(None),
            *of_clients(Document.client_id, client_ids),
            *conditions,
        )
        .cte("open_documents", nesting=True)
        .prefix_with("MATERIALIZED")
    )


def _instalment() -> tuple[type[Instalment], ColumnElement[int], ColumnElement[bool]]:
    """Return an instalment, what its invoice's later ones come to, and whether it is the first."""
    part, other = aliased(Instalment), aliased(Instalment)
    of_same = (other.document_id == part.document_id) & other.deleted_at.is_(None)
    place, others = tuple_(part.due_on, part.id), tuple_(other.due_on, other.id)
    later = (
        select(func.coalesce(func.sum(other.amount_minor), 0))
        .where(of_same, others > place)
        .correlate(part)
        .scalar_subquery()
    )
    return part, later, ~exists().where(of_same, others < place).correlate(part)


_INSTALMENT = _instalment()


def open_items(
    as_of: dt.date, *conditions: ColumnElement[bool], client_ids: Ids | None = None
) -> Subquery:
    """Return what :func:`open_documents` does, an invoice in instalments as one row for each.

    ``before`` is what is open of the earlier instalments of the same invoice, ``whole`` what is of
    all. Definition: ``figures.allocation.instalment_shares``.
    """
    whole = open_documents(as_of, *conditions, client_ids=client_ids)
    part, later, is_first = _INSTALMENT
    rest = func.max(0, whole.c.open - later)
    return (
        select(
            whole.c.id,
            whole.c.client_id,
            type_coerce(func.coalesce(part.due_on, whole.c.due), Date()).label("due"),
            case(
                (part.id.is_(None), whole.c.open),
                (is_first, rest),
                else_=func.min(part.amount_minor, rest),
            ).label("open"),
            case(
                (or_(part.id.is_(None), is_first), 0),
                else_=func.max(0, whole.c.open - later - part.amount_minor),
            ).label("before"),
            whole.c.open.label("whole"),
        )
        .select_from(whole)
        .outerjoin(part, (part.document_id == whole.c.id) & part.deleted_at.is_(None))
        .subquery("open_items")
    )


def may_be_overdue(as_of: dt.date) -> ColumnElement[bool]:
    """Return the condition of an invoice of which a part was due before ``as_of``."""
    parts = select(Instalment.document_id).where(
        Instalment.deleted_at.is_(None), Instalment.due_on < as_of
    )
    return or_(due_day() < as_of, Document.id.in_(parts))


def disputes(as_of: dt.date) -> list[ColumnElement[bool]]:
    """Return the conditions of a dispute that was open at the end of ``as_of``."""
    return [
        Dispute.deleted_at.is_(None),
        Dispute.opened_on <= as_of,
        or_(Dispute.closed_on.is_(None), Dispute.closed_on > as_of),
    ]


def blocked(as_of: dt.date) -> Subquery:
    """Return ``amount`` that open disputes block of an invoice (``document_id``), paid or not."""
    return (
        select(
            DisputedDocument.document_id, func.sum(DisputedDocument.amount_minor).label("amount")
        )
        .join(Dispute, Dispute.id == DisputedDocument.dispute_id)
        .where(*disputes(as_of), DisputedDocument.deleted_at.is_(None))
        .group_by(DisputedDocument.document_id)
        .subquery("blocked")
    )


def overdue(as_of: dt.date, client_ids: Ids | None = None) -> Subquery:
    """Return ``amount`` overdue and the day ``since`` which the oldest such invoice was due."""
    items = open_items(as_of, may_be_overdue(as_of), client_ids=client_ids)
    return (
        select(
            items.c.client_id,
            func.sum(items.c.open).label("amount"),
            func.min(items.c.due).label("since"),
        )
        .where(items.c.open > 0, items.c.due < as_of)
        .group_by(items.c.client_id)
        .subquery("standing_overdue")
    )


def _contacts(today: dt.date) -> list[ColumnElement[bool]]:
    """Return the conditions of a contact with the client at hand.

    A note is no contact, nor is what is planned for a later day.
    """
    return [
        Interaction.client_id == Client.id,
        Interaction.deleted_at.is_(None),
        Interaction.kind != InteractionKind.NOTE.value,
        Interaction.happened_at < day_end(today),
    ]


def last_contact_at(today: dt.date) -> ColumnElement[dt.datetime | None]:
    """Return when the client at hand was last in touch, by one look at an index."""
    last: Select[Any] = select(func.max(Interaction.happened_at)).where(*_contacts(today))
    return last.correlate(Client).scalar_subquery()


def last_contact(today: dt.date, client_ids: Ids | None = None) -> Subquery:
    """Return ``at`` and ``kind`` of a client's last contact up to the end of today."""
    last = (
        select(Interaction.id)
        .where(*_contacts(today))
        .order_by(Interaction.happened_at.desc(), Interaction.id.desc())
        .limit(1)
        .correlate(Client)
        .scalar_subquery()
    )
    return (
        select(Client.id.label("client_id"), Interaction.kind, Interaction.happened_at.label("at"))
        .join(Interaction, Interaction.id == last)
        .where(*of_clients(Client.id, client_ids))
        .subquery("standing_contact")
    )


RHYTHM = "rhythm"  # the setting: segment to its days, {"A": {"ideal": 20, "most": 30}, ...}


def _usual(days: str) -> ColumnElement[int]:
    """Return the days that the segment of the client at hand has, by the book's setting."""

    def chosen(segment: str) -> ColumnElement[int]:
        kept = (
            select(func.json_extract(Setting.value, f"$.{segment}.{days}"))
            .where(Setting.key == RHYTHM, Setting.deleted_at.is_(None))
            .scalar_subquery()
        )
        return func.coalesce(kept, getattr(USUAL_GAPS[segment], days))

    named = [segment for segment in USUAL_GAPS if segment != OTHERS]
    return case(*((Client.segment == one, chosen(one)) for one in named), else_=chosen(OTHERS))


def most_days() -> ColumnElement[int]:
    """Return after how many days without a contact the client at hand is forgotten."""
    pushed = func.max(_usual("most"), func.coalesce(Client.ideal_days, 0))
    return type_coerce(func.coalesce(func.nullif(Client.most_days, 0), pushed), Integer())


def ideal_days() -> ColumnElement[int]:
    """Return after how many days the next contact of the client at hand is due."""
    wanted = func.coalesce(func.nullif(Client.ideal_days, 0), _usual("ideal"))
    return type_coerce(func.min(wanted, most_days()), Integer())


def rhythm(today: dt.date) -> Subquery:
    """Return the clients who buy, their ``sales``, their contacts and whether they are ``quiet``.

    Who buys is active and bought within 365 days, net in sum. ``at`` is the last contact, ``days``
    how many of the officer's days have passed since, None where there was none; ``ideal`` and
    ``most`` are the days that count. Quiet is whom nobody was in touch with for more than the
    most, or ever. Definition: ``figures.rhythm.contact_rhythm``.
    """
    # with a plus clients come in their own order, as the indexes hold their sales and contacts
    deleted_at = literal_column("+clients.deleted_at", Client.deleted_at.type)
    active = literal_column("+clients.active", Client.active.type)
    touched = (
        select(
            Client.id.label("client_id"),
            sales_of_year(today).label("sales"),
            last_contact_at(today).label("at"),
            ideal_days().label("ideal"),
            most_days().label("most"),
        )
        .where(deleted_at.is_(None), active.is_(True))
        .cte("standing_touched", nesting=True)
        .prefix_with("MATERIALIZED")  # or each mention would look for the contact again
    )
    waited = (
        select(touched, days_since(touched.c.at, today).label("days"))
        .where(touched.c.sales > 0)
        .cte("standing_waited", nesting=True)
        .prefix_with("MATERIALIZED")  # or each mention would count the days again
    )
    quiet = waited.c.days.is_(None) | (waited.c.days > waited.c.most)
    return select(waited, quiet.label("quiet")).subquery("standing_rhythm")


def days_since(instant: ColumnElement[Any], today: dt.date) -> ColumnElement[int]:
    """Return how many of the officer's days have passed since the day of an instant."""
    day = func.date(instant, "localtime")
    return cast(func.julianday(today) - func.julianday(day), Integer)


def quiet(today: dt.date) -> Subquery:
    """Return the clients who buy and whom nobody was in touch with for too long."""
    buying = rhythm(today)
    return select(buying.c.client_id).where(buying.c.quiet).subquery("standing_quiet")


def next_step(client_ids: Ids | None = None) -> Subquery:
    """Return ``due``: the day of the earliest open task, None where none has a day."""
    return (
        select(Task.client_id, func.min(Task.due_on).label("due"))
        .where(
            Task.deleted_at.is_(None),
            Task.state == TaskState.OPEN.value,
            Task.client_id.is_not(None),
            *of_clients(Task.client_id, client_ids),
        )
        .group_by(Task.client_id)
        .subquery("standing_step")
    )
