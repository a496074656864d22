"""What a pay plan pays for a period of the book, opened to its sales. Net of VAT, minor units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from acctdesk.figures.pay import Credit, Pay, PayKind, PayLine, paid_part, pay, together
from acctdesk.kinds import DocumentType, ReceiptKind
from acctdesk.models import Allocation, Client, CreditShare, Document, Receipt
from acctdesk.periods import Period
from acctdesk.services import sales
from acctdesk.services.attainment import period_of
from acctdesk.services.pay_plans import PayPlanRow, get_pay_plan
from acctdesk.services.profile import get_profile
from acctdesk.text import fold

__all__ = ["PaidSale", "PayKind", "PayLine", "PayOfPeriod", "pay_of_period"]


class PaidSale(NamedTuple):
    """The document of a line: its number and whose it is."""

    number: str
    type: DocumentType
    client_id: int
    client_name: str


@dataclass(frozen=True, slots=True)
class PayOfPeriod:
    """The pay of a plan for a period, up to ``as_of``; ``pay`` is None without a quota."""

    plan: PayPlanRow
    period: Period
    as_of: dt.date
    quota_minor: int | None
    credits: tuple[Credit, ...]
    pay: Pay | None
    sales: Mapping[int, PaidSale]  # by the key of a credit

    def with_more(self, more: Sequence[Credit]) -> Pay | None:
        """Return the pay with more sales than there are, e.g. those still expected."""
        return pay(self.plan.figures(), [*self.credits, *more], quota_minor=self.quota_minor)


def pay_of_period(
    session: Session, *, plan_id: int, as_of: dt.date, opened: bool = True
) -> PayOfPeriod:
    """Return what a plan pays for the period that holds a day, up to that day.

    Without ``opened`` all sales stand as one: enough for what else would be paid.

    Raises:
        UserError: the plan is no longer in the book.
    """
    plan = get_pay_plan(session, plan_id=plan_id)
    period = period_of(as_of, plan.period, get_profile(session).fiscal_start)
    start = max(period.start, plan.from_on)
    end = min(as_of, period.end, plan.until_on or period.end)
    credits_ = tuple(_credits(session, plan, start, end)) if start <= end else ()
    if not opened:
        credits_ = together(credits_)
    quota = plan.quota_minor or _book_target(session, period)
    return PayOfPeriod(
        plan=plan,
        period=period,
        as_of=as_of,
        quota_minor=quota,
        credits=credits_,
        pay=pay(plan.figures(), credits_, quota_minor=quota),
        sales=_sales(session, {one.key for one in credits_}) if opened else {},
    )


def _book_target(session: Session, period: Period) -> int | None:
    inside = [amount for month, amount in sales.month_targets(session).items() if month in period]
    return sum(inside) if inside else None


def _live(*more: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    return [Document.deleted_at.is_(None), Document.client_id.is_not(None), *more]


def _credits(session: Session, plan: PayPlanRow, start: dt.date, end: dt.date) -> Iterable[Credit]:
    shares = _Shares(session) if plan.shared else None
    found = (
        _on_payment(session, plan, start, end)
        if plan.on_payment
        else _on_invoice(session, plan, start, end)
    )
    for key, client_id, day, net in found:
        yield Credit(key, day, net, Decimal(1) if shares is None else shares.at(client_id, day))


_Event = tuple[int, int, dt.date, int]  # document, client, day, net


def _on_invoice(
    session: Session, plan: PayPlanRow, start: dt.date, end: dt.date
) -> Iterable[_Event]:
    query = select(Document.id, Document.client_id, Document.issued_on, Document.net_minor)
    query = query.where(*_live(Document.issued_on.between(start, end)))
    if not plan.claw_back:
        query = query.where(Document.type == DocumentType.INVOICE.value)
    ordered = query.order_by(Document.issued_on, Document.id)
    rows: Iterable[Any] = session.connection().execute(ordered)
    yield from rows


def _on_payment(
    session: Session, plan: PayPlanRow, start: dt.date, end: dt.date
) -> Iterable[_Event]:
    """Yield what payments of a period earn, and what credit notes take back of it.

    An invoice has earned its net part paid, and with claw-back no more than what is left of its net
    after its credit notes. A credit note that names no invoice takes back its whole net.
    """
    payments = _payments(session, start, end)
    notes = _notes(session, start, end) if plan.claw_back else {}
    rows = _by_id(session, payments.keys() | notes.keys())
    for document_id, (client_id, net, gross) in rows.items():
        paid, left = 0, net
        events = [(day, amount, 0) for day, amount in payments.get(document_id, ())]
        events += [(day, 0, amount) for day, amount, _note in notes.get(document_id, ())]
        earned = 0
        for day, more, credited in sorted(events):
            paid, left = paid + more, left + credited
            now = min(paid_part(net, gross, paid), max(left, 0)) if net > 0 else 0
            if day >= start and now != earned:
                yield document_id, client_id, day, now - earned
            earned = now
    for day, amount, note in notes.get(None, ()):
        if day >= start:
            yield note[0], note[1], day, amount


def _payments(
    session: Session, start: dt.date, end: dt.date
) -> dict[int, list[tuple[dt.date, int]]]:
    """Return every payment up to ``end`` of the invoices that something is paid of or credited."""
    touched = _touched(start, end)
    query = (
        select(Allocation.document_id, Receipt.received_on, Allocation.amount_minor)
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .where(*_counted(), Receipt.received_on <= end, Allocation.document_id.in_(touched))
    )
    found: dict[int, list[tuple[dt.date, int]]] = {}
    for document_id, day, amount in session.execute(query):
        assert document_id is not None
        found.setdefault(document_id, []).append((day, amount))
    return found


def _counted() -> list[ColumnElement[bool]]:
    return [
        Allocation.deleted_at.is_(None),
        Receipt.deleted_at.is_(None),
        Receipt.client_id.is_not(None),
        Receipt.kind == ReceiptKind.RECEIPT.value,
    ]


def _touched(start: dt.date, end: dt.date) -> Any:
    """Return the invoices that something was paid of, or credited, in a period."""
    paid = (
        select(Allocation.document_id)
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .where(*_counted(), Receipt.received_on.between(start, end))
    )
    credited = select(Document.related_id).where(
        *_live(Document.issued_on.between(start, end)),
        Document.type == DocumentType.CREDIT_NOTE.value,
        Document.related_id.is_not(None),
    )
    return paid.union(credited)


def _notes(
    session: Session, start: dt.date, end: dt.date
) -> dict[int | None, list[tuple[dt.date, int, tuple[int, int]]]]:
    """Return credit notes by the invoice that they name: day, net, own id and client."""
    related = Document.related_id
    query = select(related, Document.issued_on, Document.net_minor, Document.id).add_columns(
        Document.client_id
    )
    query = query.where(
        *_live(Document.issued_on <= end),
        Document.type == DocumentType.CREDIT_NOTE.value,
        or_(related.in_(_touched(start, end)), related.is_(None) & (Document.issued_on >= start)),
    )
    found: dict[int | None, list[tuple[dt.date, int, tuple[int, int]]]] = {}
    for invoice_id, day, net, note_id, client_id in session.execute(query):
        assert client_id is not None
        found.setdefault(invoice_id, []).append((day, net, (note_id, client_id)))
    return found


def _by_id(session: Session, ids: Iterable[int | None]) -> dict[int, tuple[int, int, int]]:
    wanted = sorted(one for one in ids if one is not None)
    found: dict[int, tuple[int, int, int]] = {}
    for at in range(0, len(wanted), 5_000):
        query = select(
            Document.id, Document.client_id, Document.net_minor, Document.gross_minor
        ).where(*_live(Document.id.in_(wanted[at : at + 5_000])))
        for row in session.execute(query):
            found[row.id] = (row.client_id, row.net_minor, row.gross_minor)
    return found


def _sales(session: Session, ids: set[int]) -> dict[int, PaidSale]:
    wanted, found = sorted(ids), {}
    kinds = {kind.value: kind for kind in DocumentType}
    for at in range(0, len(wanted), 5_000):
        query = (
            select(Document.id, Document.number, Document.type, Document.client_id, Client.name)
            .join(Client, Client.id == Document.client_id)
            .where(Document.id.in_(wanted[at : at + 5_000]))
        )
        # without the ORM, whose rows cost half as much again
        rows: Iterable[Any] = session.connection().execute(query)
        for key, number, kind, client_id, name in rows:
            found[key] = PaidSale(number, kinds[kind], client_id, name)
    return found


class _Shares:
    """The officer's own share of each client's credit, by day."""

    def __init__(self, session: Session) -> None:
        self._officer = fold(get_profile(session).officer)
        rows = session.execute(
            select(
                CreditShare.client_id, CreditShare.from_on, CreditShare.who, CreditShare.share_bp
            )
            .where(CreditShare.deleted_at.is_(None))
            .order_by(CreditShare.from_on)
        )
        self._sets: dict[int, dict[dt.date, int]] = {}
        for client_id, from_on, who, share_bp in rows:
            days = self._sets.setdefault(client_id, {})
            days.setdefault(from_on, 0)
            if fold(who) == self._officer:
                days[from_on] += share_bp

    def at(self, client_id: int, day: dt.date) -> Decimal:
        """Return the share on a day: all of it where no shares were set by then."""
        held = [share for since, share in self._sets.get(client_id, {}).items() if since <= day]
        return Decimal(held[-1]) / 10_000 if held else Decimal(1)
