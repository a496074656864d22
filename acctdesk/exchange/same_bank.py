"""Receipts of a file that the bank has told of before: the row of the file joins that receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk import formats
from acctdesk.exchange.parsed import Rec
from acctdesk.exchange.plan import ImportPlan, problem
from acctdesk.figures.same_payment import Pair, Told, pairs
from acctdesk.i18n import msg
from acctdesk.kinds import ProblemCode, ProblemOutcome
from acctdesk.models import Client, Receipt
from acctdesk.services.same_payments import OF_BANK


@dataclass(frozen=True, slots=True)
class SamePayment:
    """A receipt of the file and a payment of the bank that may be one; minor units.

    ``sure`` ones are taken as one unless the officer says otherwise; ``taken`` says what is
    planned. Several may name one payment (``bank_id``): one of them is it at most.
    """

    number: str
    day: dt.date
    client_name: str
    amount_minor: int
    currency: str
    bank_id: int
    bank_day: dt.date
    payer: str
    sure: bool
    taken: bool


class BankReceipts:
    """The receipts that only the bank has told of, as far as these of a file may be them."""

    def __init__(
        self,
        session: Session,
        arriving: Sequence[Told],
        numbers: Collection[str],
        wanted: Collection[str] | None,
    ) -> None:
        query = select(
            Receipt.id, Receipt.number, Receipt.same_key, Receipt.received_on, Receipt.client_id,
            Receipt.client_ref_code, Receipt.client_ref_name, Receipt.currency,
            Receipt.amount_minor, Receipt.method, Receipt.reason, Receipt.payer_name,
            Client.name.label("client_name"),
        ).join(Client, Client.id == Receipt.client_id).where(*OF_BANK)  # fmt: skip
        amounts = {one.amount_minor for one in arriving}
        held_all = session.execute(query) if amounts else ()
        self._rows = {row.id: row for row in held_all if row.amount_minor in amounts}
        held = [
            Told(row.id, row.client_id, row.currency, row.amount_minor, row.received_on)
            for row in self._rows.values()
        ]
        found = pairs(arriving, held)
        self._pairs: dict[int | str, Pair] = {one.arriving: one for one in found}
        # the nearest first: of two that are ticked for one payment the other is another
        by_held: dict[int | str, int | str] = {}
        for key, pair in self._pairs.items():
            if key in numbers and (pair.sure if wanted is None else key in wanted):
                by_held.setdefault(pair.held, key)
        self._taken = set(by_held.values())
        self.proposed = [
            self._proposed(one, self._pairs[one.key])
            for one in arriving
            if one.key in self._pairs and one.key in numbers
        ]

    def _proposed(self, one: Told, pair: Pair) -> SamePayment:
        row = self._rows[pair.held]
        return SamePayment(
            number=str(one.key),
            day=one.day,
            client_name=row.client_name,
            amount_minor=one.amount_minor,
            currency=one.currency,
            bank_id=row.id,
            bank_day=row.received_on,
            payer=row.payer_name or "",
            sure=pair.sure,
            taken=one.key in self._taken,
        )

    @property
    def ids(self) -> list[int]:
        """Return the receipts of the book that rows of the file join."""
        return [int(self._pairs[key].held) for key in self._taken]

    def joined(self, key: str) -> Any:
        """Return the receipt that the one of the file is, None where it is none."""
        return self._rows[self._pairs[key].held] if key in self._taken else None

    def tell(self, plan: ImportPlan, rec: Rec, key: str, *, numbered: bool) -> None:
        """Say what the bank has told of a receipt that is new in the file."""
        pair = self._pairs.get(key)
        if pair is None:
            return
        day, done = formats.date(self._rows[pair.held].received_on), ProblemOutcome.STATED
        if key in self._taken:
            done = ProblemOutcome.MERGED
            what = msg(
                "Import",
                "The bank brought this payment, of {day}: the two are one receipt.",
                day=day,
            )
        elif numbered:
            what = msg(
                "Import",
                "The bank brought a payment of the same amount, of {day}. This one counts as"
                " another.",
                day=day,
            )
        else:
            what = msg(
                "Import",
                "The bank brought a payment of the same amount, of {day}. Without a number this one"
                " cannot join it and counts as another.",
                day=day,
            )
        plan.tell(problem(rec, "number", ProblemCode.SAME_PAYMENT, done, what))
