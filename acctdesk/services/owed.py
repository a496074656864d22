"""What a client owes as it can be promised: what is open, what of it is late, what is promised."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from acctdesk.services import standing
from acctdesk.services.payment_promises import PaymentPromiseRow, payment_promises
from acctdesk.services.receivables import disputed_part, open_invoices
from acctdesk.services.rows import OpenInvoice


@dataclass(frozen=True, slots=True)
class Owed:
    """What a client owes on a day, minor units; ``promises`` are those to pay that run.

    ``late`` is what is overdue of each invoice, without what is in dispute.
    """

    invoices: tuple[OpenInvoice, ...] = ()
    late: dict[int, int] = field(default_factory=dict)
    promises: tuple[PaymentPromiseRow, ...] = ()

    def share_out(self, amount: int | None) -> dict[int, int]:
        """Return what of each open invoice an amount would pay, the oldest due first.

        None is all that is overdue, or all that is open where nothing is, without what is in
        dispute. What no invoice has room for is left out: the sum is less than the amount.
        """
        if amount is None:
            rest = {one.id: one.open_minor - one.disputed_minor for one in self.invoices}
            return dict(self.late) or {key: part for key, part in rest.items() if part > 0}
        found: dict[int, int] = {}
        for one in self.invoices:
            part = min(amount, one.open_minor)
            if part > 0:
                found[one.id] = part
                amount -= part
        return found

    def replaced_by(self, invoices: dict[int, int]) -> list[PaymentPromiseRow]:
        """Return the running promises that a new one over these invoices withdraws."""
        return [
            one
            for one in self.promises
            if any(part.document_id in invoices for part in one.invoices)
        ]


def owed(session: Session, *, client_id: int, as_of: dt.date) -> Owed:
    """Return what a client owes on a day, the oldest due first."""
    items = standing.open_items(as_of, standing.may_be_overdue(as_of), client_ids=[client_id])
    blocked = standing.blocked(as_of)
    free = func.sum(items.c.open - disputed_part(items, blocked)).label("free")
    late = session.execute(
        select(items.c.id, free)
        .outerjoin(blocked, blocked.c.document_id == items.c.id)
        .where(items.c.open > 0, items.c.due < as_of)
        .group_by(items.c.id)
        .order_by(func.min(items.c.due), items.c.id)
    )
    held = payment_promises(session, as_of=as_of, client_id=client_id)
    return Owed(
        tuple(open_invoices(session, as_of=as_of, client_id=client_id)),
        {row.id: row.free for row in late if row.free > 0},
        tuple(one for one in held if one.is_running),
    )
