"""One payment told twice, by the bank and by the company's program: which receipts those are.

Whichever came first, the one receipt that is left has the number, day, method and reason of the
company's program, what the bank alone knows (whose account it came from), and the bank's key: so
either file is known when it comes again.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from acctdesk import formats
from acctdesk.figures.same_payment import NEAR, Told, pairs
from acctdesk.i18n import Message, msg
from acctdesk.kinds import ReceiptKind
from acctdesk.models import Receipt

if TYPE_CHECKING:
    from acctdesk.services.bank_in import BankPayment

_CAME_IN = (
    Receipt.deleted_at.is_(None),
    Receipt.kind == ReceiptKind.RECEIPT.value,
    Receipt.client_id.is_not(None),
    Receipt.amount_minor > 0,
)
# a row of a file names its client, a payment of the bank does not
_FILE_NAMES_CLIENT = or_(Receipt.client_ref_code.is_not(None), Receipt.client_ref_name.is_not(None))
# what only the bank has told
OF_BANK: tuple[ColumnElement[bool], ...] = (
    *_CAME_IN, Receipt.number.is_(None), Receipt.same_key.is_not(None), ~_FILE_NAMES_CLIENT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SameReceipt:
    """A numbered receipt of the book that a payment of the bank may be; ``sure`` as in ``Pair``."""

    id: int
    number: str
    day: dt.date
    sure: bool

    @property
    def doubt(self) -> Message | None:
        """Say why it is not sure."""
        if self.sure:
            return None
        return msg(
            "Bank",
            "It may be receipt {number} of {day}, but there are several of that amount.",
            number=self.number,
            day=formats.date(self.day),
        )


@dataclass(frozen=True, slots=True)
class ToldBefore:
    """What the book holds of payments, by their key: whom each may join, and why it is in doubt."""

    same: dict[str, SameReceipt]
    doubts: dict[str, Message]


def told_before(session: Session, payments: Sequence[tuple[BankPayment, int]]) -> ToldBefore:
    """Return which receipts payments of clients (by id) may be.

    A receipt that none can join may be one too: it was told without a number, or by another file of
    the bank. Where both tell the account, they are told apart by their keys.
    """
    query = select(
        Receipt.id, Receipt.number, Receipt.same_key, Receipt.received_on, Receipt.client_id,
        Receipt.currency, Receipt.amount_minor, Receipt.payer_iban,
    ).where(
        *_CAME_IN,
        Receipt.client_id.in_({client_id for _payment, client_id in payments}),
        Receipt.amount_minor.in_({one.amount_minor for one, _client_id in payments}),
    ).order_by(Receipt.received_on)  # fmt: skip
    rows = session.execute(query).all()
    can_join = {row.id: row for row in rows if row.number is not None and row.same_key is None}
    others = defaultdict[tuple[int, str, int], list[Any]](list)
    for row in rows:
        if row.id not in can_join:
            others[row.client_id, row.currency, row.amount_minor].append(row)
    doubts: dict[str, Message] = {}
    for one, client_id in payments:
        day = next(
            (
                row.received_on
                for row in others.get((client_id, one.currency, one.amount_minor), ())
                if abs(row.received_on - one.day) <= NEAR and not (one.iban and row.payer_iban)
            ),
            None,
        )
        if day is not None:
            told = formats.date(day)
            doubts[one.key] = msg(
                "Bank", "A receipt of the same amount is in the book, of {day}.", day=told
            )
    arriving = [
        Told(one.key, client_id, one.currency, one.amount_minor, one.day)
        for one, client_id in payments
    ]
    held = (
        Told(row.id, row.client_id, row.currency, row.amount_minor, row.received_on)
        for row in can_join.values()
    )
    same: dict[str, SameReceipt] = {}
    for pair in pairs(arriving, held):
        key, row = str(pair.arriving), can_join[int(pair.held)]
        sure = pair.sure and key not in doubts
        same[key] = SameReceipt(row.id, row.number, row.received_on, sure)
        if (why := same[key].doubt) is not None:
            doubts[key] = why
    return ToldBefore(same, doubts)
