"""What a bank says of an account, whichever format it came in."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from acctdesk.exchange.values import to_minor
from acctdesk.services.bank_in import BankPayment

OPENING = ("OPBD", "PRCD", "60F", "60M")  # as camt and MT940 name them, the first that is there
CLOSING = ("CLBD", "62F", "62M")


@dataclass(frozen=True, slots=True)
class Balance:
    """A balance at the end of a day; ``code`` as the bank names its kind, debit negative."""

    code: str
    amount: Decimal
    currency: str
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of an entry; ``amount`` as signed as the entry's, None where only that has it.

    ``name`` and ``iban`` are of the other side; ``texts`` is what the payment is for in words,
    ``references`` what it is for by number.
    """

    amount: Decimal | None
    currency: str
    name: str = ""
    iban: str = ""
    texts: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    end_to_end: str = ""
    reference: str = ""  # the bank's own


@dataclass(frozen=True, slots=True)
class Entry:
    """A movement of the account: money in is positive. ``pending`` is not booked yet.

    ``reversal`` takes an earlier movement back. ``payments`` are its details, none where the bank
    gives none.
    """

    booked_on: dt.date | None
    value_on: dt.date | None
    amount: Decimal
    currency: str
    reversal: bool = False
    pending: bool = False
    reference: str = ""
    text: str = ""
    payments: tuple[Payment, ...] = ()

    @property
    def parts(self) -> tuple[Payment, ...]:
        """Return the payments that make up the entry: its details where they add up, else one."""
        amounts = [one.amount for one in self.payments]
        if len(amounts) > 1 and None not in amounts:
            same = {one.currency for one in self.payments} == {self.currency}
            if same and sum((one or Decimal(0) for one in amounts), Decimal(0)) == self.amount:
                return self.payments
        some = self.payments

        def sole(field: str) -> str:
            values = {getattr(one, field) for one in some}
            return values.pop() if len(values) == 1 else ""

        told = tuple(text for one in some for text in one.texts)
        return (
            Payment(
                self.amount, self.currency, sole("name"), sole("iban"),
                told or ((self.text,) if self.text else ()),
                tuple(number for one in some for number in one.references),
                sole("end_to_end"), self.reference or sole("reference"),
            ),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """An account over some days. ``account`` is its IBAN, or the number the bank writes."""

    id: str
    account: str
    currency: str
    balances: tuple[Balance, ...]
    entries: tuple[Entry, ...]

    @property
    def opening(self) -> Balance | None:
        """Return the balance before the first entry."""
        return self._balance(OPENING)

    @property
    def closing(self) -> Balance | None:
        """Return the balance after the last entry."""
        return self._balance(CLOSING)

    @property
    def missing(self) -> Decimal | None:
        """Return by how much the entries fail to lead from opening to closing balance.

        None where one of them is not told, or in another currency than the entries.
        """
        opening, closing = self.opening, self.closing
        if opening is None or closing is None:
            return None
        booked = [one for one in self.entries if not one.pending]
        if {opening.currency, closing.currency} | {one.currency for one in booked} != {
            opening.currency
        }:
            return None
        return closing.amount - opening.amount - sum((e.amount for e in booked), Decimal(0))

    def _balance(self, codes: tuple[str, ...]) -> Balance | None:
        return next(
            (one for code in codes for one in self.balances if one.code == code),
            None,
        )


def payments_of(statements: Iterable[Statement]) -> tuple[BankPayment, ...]:
    """Return the booked payments of statements, each once, in their order.

    Two honest equal payments of one statement stay two: the second is the second of its kind.
    """
    found: dict[str, BankPayment] = {}
    for statement in statements:
        seen: Counter[str] = Counter()
        for entry in statement.entries:
            booked = entry.booked_on or entry.value_on
            if entry.pending or booked is None:
                continue
            for place, part in enumerate(entry.parts):
                said = _said(statement, entry, part, place)
                seen[said] += 1
                key = hashlib.sha256(f"{said}|{seen[said]}".encode()).hexdigest()
                amount = part.amount if part.amount is not None else entry.amount
                found.setdefault(
                    key,
                    BankPayment(
                        key=key,
                        day=booked,
                        amount_minor=to_minor(amount),
                        currency=entry.currency,
                        reversal=entry.reversal,
                        name=part.name,
                        iban=part.iban,
                        texts=part.texts,
                        references=tuple(one for one in (*part.references, part.end_to_end) if one),
                    ),
                )
    return tuple(found.values())


def _said(statement: Statement, entry: Entry, part: Payment, place: int) -> str:
    """Return what is the same whenever the bank tells a payment again."""
    amount = None if part.amount is None else part.amount.normalize()
    said = [statement.account, entry.booked_on, entry.currency, amount]
    if entry.reference:
        return "|".join(str(one) for one in (*said, entry.reference, place))
    more = (entry.value_on, part.name, part.iban, part.end_to_end, part.reference)
    return "|".join(str(one) for one in (*said, *more, *part.texts, *part.references))
