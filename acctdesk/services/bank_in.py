"""Payments of a bank file: who paid, which invoices that pays, and the receipts they become.

Whom a payment is from is proposed by the invoice it names, the account it came from, or the
payer's name; the officer confirms. What was taken once is known by its key.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.figures.allocation import Owed, propose
from acctdesk.i18n import Message, msg
from acctdesk.models import Client, ClientAccount, Receipt
from acctdesk.services import checks, standing
from acctdesk.services.allocation import Part, allocate
from acctdesk.services.open_items import Proposal, ProposedPart
from acctdesk.services.open_items import why as reason_of
from acctdesk.services.same_payments import SameReceipt, ToldBefore, told_before
from acctdesk.text import document_key, fold, latin_key, valid_iban

_REASON, _NAME = 300, 300  # letters kept
_ALIKE = 0.86  # from which on two names are the same person's, to be confirmed
_FORMS = frozenset(latin_key("ΑΕ ΟΕ ΕΕ ΕΠΕ ΙΚΕ ΑΒΕΕ ΜΟΝΟΠΡΟΣΩΠΗ SA LTD GMBH CO ΚΑΙ").split())


@dataclass(frozen=True, slots=True)
class BankPayment:
    """A booked payment of a bank file; money in is above zero, minor units.

    ``key`` is the same whenever the bank tells it again. ``texts`` say what it is for,
    ``references`` by number. ``reversal`` takes an earlier payment back.
    """

    key: str
    day: dt.date
    amount_minor: int
    currency: str
    reversal: bool = False
    name: str = ""
    iban: str = ""
    texts: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


class PaymentState(StrEnum):
    """What becomes of a payment."""

    NEW = "new"
    KNOWN = "known"
    OUT = "out"  # money out, or taken back
    UNKNOWN = "unknown"  # nobody in the book


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment, whose it may be and why, and what it would pay.

    ``same`` is the receipt of the book that it may be, told by another file; ``doubt`` says so
    where that is not sure. It is ``sure`` where the client is known by more than a likeness and
    there is no doubt.
    """

    payment: BankPayment
    state: PaymentState
    client_id: int | None = None
    client_name: str | None = None
    how: Message | None = None
    proposal: Proposal | None = None
    same: SameReceipt | None = None
    doubt: Message | None = None
    sure: bool = False

    @property
    def joins(self) -> SameReceipt | None:
        """Return the receipt that it is proposed to be, None where it is to become one."""
        return self.same if self.same is not None and self.same.sure else None


@dataclass(frozen=True, slots=True)
class ConfirmedPayment:
    """A payment that the officer takes in, for a client; ``parts`` are (invoice, minor units).

    ``same`` is the id of the receipt that it is; that one goes on paying what it pays.
    """

    payment: BankPayment
    client_id: int
    parts: tuple[tuple[int, int], ...] = ()
    same: int | None = None


def as_proposed(rows: Iterable[PaymentRow]) -> list[ConfirmedPayment]:
    """Return the payments that are sure, as they are proposed."""
    return [
        ConfirmedPayment(
            row.payment,
            row.client_id,
            tuple(
                (part.document_id, part.amount_minor)
                for part in (row.proposal.parts if row.proposal else ())
            ),
            None if row.joins is None else row.joins.id,
        )
        for row in rows
        if row.sure and row.client_id is not None
    ]


def compare_payments(session: Session, *, payments: Sequence[BankPayment]) -> list[PaymentRow]:
    """Return what would become of payments; no euro of an invoice is proposed twice."""
    taken = set(
        session.scalars(
            select(Receipt.same_key).where(
                Receipt.same_key.in_([one.key for one in payments]), Receipt.deleted_at.is_(None)
            )
        )
    )
    book = _Book(session)
    rows = [
        PaymentRow(
            payment,
            PaymentState.KNOWN
            if payment.key in taken
            else PaymentState.OUT
            if payment.amount_minor <= 0 or payment.reversal
            else PaymentState.NEW,
        )
        for payment in payments
    ]
    whose = {
        row.payment.key: book.whose(row.payment) for row in rows if row.state is PaymentState.NEW
    }
    theirs = [(row.payment, known[0]) for row in rows if (known := whose.get(row.payment.key))]
    told = told_before(session, theirs)
    return [
        book.row(row.payment, whose[row.payment.key], told)
        if row.state is PaymentState.NEW
        else row
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Found:
    """What a client owes in a payment's currency, what the payment would pay, or which it is.

    ``same`` and ``doubt`` are as in :class:`PaymentRow`.
    """

    owed: tuple[Owed, ...]
    proposal: Proposal | None
    same: SameReceipt | None
    doubt: Message | None


def propose_invoices(session: Session, *, payment: BankPayment, client_id: int) -> Found:
    """Return what a payment would be if it were a client's."""
    owed = _owed(session, client_id).get((client_id, payment.currency), [])
    told, key = told_before(session, [(payment, client_id)]), payment.key
    return Found(tuple(owed), _proposal(payment, owed), told.same.get(key), told.doubts.get(key))


def take_payments(session: Session, *, confirmed: Sequence[ConfirmedPayment]) -> int:
    """Make receipts of payments that are not in the book yet; return how many were taken in.

    A payment that is a receipt of the book joins it: what that says stands, what it does not say
    is added. The account each came from is remembered as the client's.

    Raises:
        UserError: all are in the book, an amount is more than is open, or a receipt that one is
            has changed.
    """
    known = set(
        session.scalars(
            select(Receipt.same_key).where(
                Receipt.same_key.in_([one.payment.key for one in confirmed]),
                Receipt.deleted_at.is_(None),
            )
        )
    )
    made = 0
    for one in confirmed:
        payment = one.payment
        if payment.key in known:
            continue
        known.add(payment.key)
        client = checks.live(session, Client, one.client_id)
        if one.same is not None:
            _join(session, one)
        else:
            receipt = Receipt(
                client_id=client.id,
                received_on=checks.day(payment.day),
                currency=payment.currency,
                amount_minor=payment.amount_minor,
                **_said(payment),
            )
            session.add(receipt)
            session.flush()
            if one.parts:
                allocate(session, parts=[Part(receipt.id, which, n) for which, n in one.parts])
        _remember(session, client.id, payment)
        made += 1
    if not made:
        raise UserError(msg("Bank", "All of it is in the book already. Nothing was changed."))
    return made


def _said(payment: BankPayment) -> dict[str, Any]:
    """Return the columns of a receipt that say what the bank says."""
    return {
        "method": str(msg("Bank", "Bank")),
        "reason": " · ".join(_told(payment))[:_REASON] or None,
        "payer_name": payment.name[:_NAME] or None,
        "payer_iban": payment.iban or None,
        "same_key": payment.key,
    }


def _join(session: Session, one: ConfirmedPayment) -> None:
    receipt, payment = checks.live(session, Receipt, one.same or 0), one.payment
    wanted = (one.client_id, payment.currency, payment.amount_minor, None)
    if (receipt.client_id, receipt.currency, receipt.amount_minor, receipt.same_key) != wanted:
        raise UserError(
            msg(
                "Bank",
                "Receipt {number} has changed since. Nothing was changed; take the file in again.",
                number=receipt.number or "",
            )
        )
    for column, value in _said(payment).items():
        if getattr(receipt, column) is None:
            setattr(receipt, column, value)


def _remember(session: Session, client_id: int, payment: BankPayment) -> None:
    iban = payment.iban.replace(" ", "").upper()
    if not iban or not valid_iban(iban):
        return
    known = session.scalars(
        select(ClientAccount).where(ClientAccount.iban == iban, ClientAccount.deleted_at.is_(None))
    ).first()
    if known is None:
        name = payment.name[:_NAME] or None
        session.add(ClientAccount(client_id=client_id, iban=iban, name=name))
        session.flush()
    elif known.client_id != client_id:
        known.client_id = client_id  # who paid last is asked about first


def _owed(session: Session, client_id: int | None = None) -> dict[tuple[int, str], list[Owed]]:
    """Return what is open for good by client and currency."""
    from acctdesk.models import Document

    conditions = [] if client_id is None else [Document.client_id == client_id]
    items = standing.open_documents(checks.LATEST, *conditions)
    found = defaultdict[tuple[int, str], list[Owed]](list)
    for row in session.execute(
        select(items, Document.number, Document.currency)
        .join(Document, Document.id == items.c.id)
        .where(items.c.open > 0)
    ):
        found[row.client_id, row.currency].append(Owed(row.id, row.number, row.due, row.open))
    return found


def _told(payment: BankPayment) -> list[str]:
    return [*payment.texts, *payment.references]


def _proposal(payment: BankPayment, owed: Iterable[Owed]) -> Proposal | None:
    by_id = {one.id: one for one in owed}
    proposed = propose(payment.amount_minor, _told(payment), by_id.values())
    if proposed is None:
        return None
    parts = tuple(ProposedPart(which, by_id[which].number, n) for which, n in proposed.parts)
    return Proposal(parts, proposed.basis, reason_of(proposed.basis, parts))


class _Book:
    """The clients by name and account, what each owes, and what of it is proposed already."""

    def __init__(self, session: Session) -> None:
        self._owed = _owed(session)
        self._names: dict[int, str] = {}
        by_fold, by_sound = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
        self._by_word = defaultdict[str, set[int]](set)
        self._sounds: dict[int, str] = {}
        for row in session.execute(
            select(Client.id, Client.name, Client.name_fold).where(Client.deleted_at.is_(None))
        ):
            self._names[row.id] = row.name
            by_fold[row.name_fold].append(row.id)
            sound = _sound(row.name)
            self._sounds[row.id] = sound
            by_sound[sound].append(row.id)
            for word in sound.split():
                self._by_word[word[:4]].add(row.id)
        self._by_fold, self._by_sound = by_fold, by_sound
        self._accounts: dict[str, int] = dict(
            session.execute(
                select(ClientAccount.iban, ClientAccount.client_id).where(
                    ClientAccount.deleted_at.is_(None)
                )
            ).all()
        )
        self._by_number = defaultdict[tuple[str, ...], set[int]](set)
        for (client_id, _currency), owed in self._owed.items():
            for one in owed:
                self._by_number[document_key(one.number)].add(client_id)
        self._longest = max((len(key) for key in self._by_number), default=0)

    def row(
        self, payment: BankPayment, whose: tuple[int, Message, bool] | None, told: ToldBefore
    ) -> PaymentRow:
        """Return what becomes of a payment; what it would pay is counted as paid."""
        if whose is None:
            return PaymentRow(payment, PaymentState.UNKNOWN)
        client_id, how, sure = whose
        name, same = self._names[client_id], told.same.get(payment.key)
        if same is not None and same.sure:
            return PaymentRow(payment, PaymentState.NEW, client_id, name, how, same=same, sure=sure)
        key = (client_id, payment.currency)
        proposal = _proposal(payment, self._owed.get(key, []))
        if proposal is not None:
            paid = {part.document_id: part.amount_minor for part in proposal.parts}
            self._owed[key] = [
                Owed(one.id, one.number, one.due_on, one.open - paid.get(one.id, 0))
                for one in self._owed[key]
            ]
        why = told.doubts.get(payment.key)
        return PaymentRow(
            payment, PaymentState.NEW, client_id, name, how, proposal, same, why,
            sure=sure and why is None,
        )  # fmt: skip

    def whose(self, payment: BankPayment) -> tuple[int, Message, bool] | None:
        """Return the client, how it is known, and whether that is sure."""
        named = self._named(payment)
        account = self._accounts.get(payment.iban.replace(" ", "").upper())
        if named is not None and named[1]:
            return named[0], msg("Bank", "by the invoice it names"), True
        if account in self._names:
            return account, msg("Bank", "by the account it came from"), True
        by_name = self._by_name(payment.name)
        if by_name is not None:
            return by_name
        if named is not None:
            return named[0], msg("Bank", "by the invoice it names"), False
        return None

    def _named(self, payment: BankPayment) -> tuple[int, bool] | None:
        """Return the one client whose open invoices the texts name, and whether that is sure.

        It is sure where the number has letters: digits alone may be anything.
        """
        told = tuple(part for text in _told(payment) for part in document_key(text))
        sure, perhaps = set[int](), set[int]()
        for length in range(1, self._longest + 1):
            for at in range(len(told) - length + 1):
                key = told[at : at + length]
                if key in self._by_number:
                    digits = all(part.isdigit() for part in key)
                    if not digits:
                        sure |= self._by_number[key]
                    elif sum(map(len, key)) > 3:
                        perhaps |= self._by_number[key]
        if len(sure) == 1:
            return sure.pop(), True
        return (perhaps.pop(), False) if not sure and len(perhaps) == 1 else None

    def _by_name(self, name: str) -> tuple[int, Message, bool] | None:
        same = self._by_fold.get(fold(name), []) if name else []
        if len(same) == 1:
            return same[0], msg("Bank", "by its name"), True
        sound = _sound(name)
        same = self._by_sound.get(sound, []) if sound else []
        if len(same) == 1:
            return same[0], msg("Bank", "by its name, as it sounds"), True
        near = set[int]().union(*(self._by_word.get(word[:4], set()) for word in sound.split()))
        scores = sorted(
            ((SequenceMatcher(None, sound, self._sounds[one]).ratio(), one) for one in near),
            reverse=True,
        )
        good = [one for score, one in scores if score >= _ALIKE]
        if len(good) == 1 and not same:
            return good[0], msg("Bank", "by a name like it"), False
        return None


def _sound(name: str) -> str:
    """Return a name as it sounds, without what kind of firm it is."""
    return " ".join(word for word in latin_key(name).split() if word not in _FORMS)
