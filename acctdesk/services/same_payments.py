"""One payment told twice, by the bank and by the company's program: which receipts those are.

Whichever came first, the one receipt that is left has the number, day, method and reason of the
company's program, what the bank alone knows (whose account it came from), and the bank's key: so
either file is known when it comes again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
# what only the bank has told, and what only a file has told that numbers its receipts
OF_BANK: tuple[ColumnElement[bool], ...] = (
    *_CAME_IN, Receipt.number.is_(None), Receipt.same_key.is_not(None), ~_FILE_NAMES_CLIENT,
)  # fmt: skip
_OF_FILE = (*_CAME_IN, Receipt.number.is_not(None), Receipt.same_key.is_(None))
_WITHOUT_NUMBER = (*_CAME_IN, Receipt.number.is_(None), _FILE_NAMES_CLIENT)


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


def same_receipts(
    session: Session, payments: Sequence[tuple[BankPayment, int]]
) -> dict[str, SameReceipt]:
    """Return which receipt each payment of a client (its id) may be, by the payment's key."""
    query = select(
        Receipt.id, Receipt.number, Receipt.received_on, Receipt.client_id, Receipt.currency,
        Receipt.amount_minor,
    ).where(
        *_OF_FILE,
        Receipt.client_id.in_({client_id for _payment, client_id in payments}),
        Receipt.amount_minor.in_({one.amount_minor for one, _client_id in payments}),
    )  # fmt: skip
    held = {row.id: row for row in session.execute(query)}
    arriving = [
        Told(one.key, client_id, one.currency, one.amount_minor, one.day)
        for one, client_id in payments
    ]
    told = (
        Told(row.id, row.client_id, row.currency, row.amount_minor, row.received_on)
        for row in held.values()
    )
    return {
        str(pair.arriving): SameReceipt(row.id, row.number, row.received_on, pair.sure)
        for pair in pairs(arriving, told)
        if (row := held[int(pair.held)])
    }


def doubt(session: Session, payment: BankPayment, client_id: int) -> Message | None:
    """Say which receipt without a number, by which it could be known, may be the same payment."""
    day = session.scalar(
        select(Receipt.received_on)
        .where(
            *_WITHOUT_NUMBER,
            Receipt.client_id == client_id,
            Receipt.amount_minor == payment.amount_minor,
            Receipt.currency == payment.currency,
            Receipt.received_on.between(payment.day - NEAR, payment.day + NEAR),
        )
        .order_by(Receipt.received_on)
        .limit(1)
    )
    if day is None:
        return None
    told = formats.date(day)
    return msg("Bank", "A receipt of the same amount is in the book, of {day}.", day=told)
