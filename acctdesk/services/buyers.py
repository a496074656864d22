"""Buyers of e-invoices whom the book does not hold, and how clients are made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.i18n import Message, msg
from acctdesk.models import Client
from acctdesk.services.invoices_in import (
    InvoiceInput,
    InvoiceRow,
    compare_invoices,
    store_invoices,
    vat_key,
)
from acctdesk.services.profile import get_profile
from acctdesk.text import clean, fold, read_vat_id

_LONGEST = 300  # letters of a client's name


@dataclass(frozen=True, slots=True)
class Buyer:
    """A buyer who is nobody in the book, and what the file holds of it.

    ``vat_id`` is as a client would carry it. ``name`` is that number where the file tells no name.
    ``totals`` are gross, by currency, in minor units. ``doubt`` says why it should be looked at
    before it becomes a client.
    """

    vat_id: str
    name: str
    documents: int
    totals: tuple[tuple[str, int], ...]
    doubt: Message | None = None


@dataclass(frozen=True, slots=True)
class InvoicesFound:
    """What would become of the invoices of a file, and the buyers whom the book does not hold."""

    rows: tuple[InvoiceRow, ...]
    buyers: tuple[Buyer, ...]

    @property
    def sure(self) -> tuple[str, ...]:
        """Return the VAT ids of the buyers whom nothing speaks against."""
        return tuple(one.vat_id for one in self.buyers if one.doubt is None)


def look_at_invoices(session: Session, *, invoices: Sequence[InvoiceInput]) -> InvoicesFound:
    """Return what would become of the invoices of a file, and their unknown buyers by name."""
    rows = compare_invoices(session, invoices=invoices)
    bought = _bought(rows)
    if not bought:
        return InvoicesFound(tuple(rows), ())
    sellers = {vat_key(one.seller_vat) for one in invoices if one.seller_vat}
    own = fold(get_profile(session).company)
    folds = {key: fold(_name(key, some)) for key, some in bought.items()}
    taken = set(
        session.scalars(
            select(Client.name_fold).where(
                Client.name_fold.in_(folds.values()), Client.deleted_at.is_(None)
            )
        )
    )
    alone = len({vat_key(one.buyer_vat) for one in invoices}) == 1

    def doubt(key: str) -> Message | None:
        if not read_vat_id(key).valid:
            return msg("E-invoices", "The check digit of the VAT number is wrong.")
        if folds[key] in taken:
            return msg("E-invoices", "A client of this name has another VAT number, or none.")
        if key in sellers or folds[key] == own:
            return msg("E-invoices", "It seems to be our own company: this is no sale of ours.")
        if alone and not any(clean(one.buyer_name) for one in bought[key]):
            return msg(
                "E-invoices", "The files name it alone, by number only: it may be our own company."
            )
        if len(sellers) > 1:
            return msg("E-invoices", "The files are of several sellers: not all can be ours.")
        return None

    buyers = [
        Buyer(key, _name(key, some), len(some), _totals(some), doubt(key))
        for key, some in bought.items()
    ]
    return InvoicesFound(tuple(rows), tuple(sorted(buyers, key=lambda one: fold(one.name))))


def take_invoices(
    session: Session, *, invoices: Sequence[InvoiceInput], make: Collection[str] = ()
) -> int:
    """Make clients of the buyers with the VAT ids ``make``, then documents of what is new.

    Like every client met on the way they are provisional: a list of clients that comes later
    gives them their code and corrects their name. Returns how many documents were made.

    Raises:
        UserError: nothing is new.
    """
    rows = compare_invoices(session, invoices=invoices) if make else []
    for key, some in _bought(rows).items():
        if key in make:
            valid = read_vat_id(key).valid
            session.add(
                Client(
                    name=_name(key, some),
                    vat_id=key if valid else None,
                    vat_id_raw=None if valid else key,
                    provisional=True,
                )
            )
    session.flush()
    return store_invoices(session, invoices=invoices)


def _bought(rows: Sequence[InvoiceRow]) -> dict[str, list[InvoiceInput]]:
    found: dict[str, list[InvoiceInput]] = {}
    for row in rows:
        if row.buyer is not None:
            found.setdefault(row.buyer, []).append(row.invoice)
    return found


def _name(key: str, invoices: Sequence[InvoiceInput]) -> str:
    """Return the longest name that the buyer is given: myDATA leaves out that of Greek ones."""
    names = {clean(one.buyer_name)[:_LONGEST] for one in invoices} - {""}
    return min(names, key=lambda name: (-len(name), name), default=key)


def _totals(invoices: Sequence[InvoiceInput]) -> tuple[tuple[str, int], ...]:
    totals = Counter[str]()
    for one in invoices:
        totals[one.currency] += one.gross_minor
    return tuple(sorted(totals.items()))
