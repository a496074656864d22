"""Late interest: the officer's rate table, and what open invoices of clients have come to.

A calculation, not legal advice: whoever shows it says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.figures.late_interest import SHIPPED, Claim, Rate, Terms, claim, half_year
from acctdesk.i18n import msg
from acctdesk.services import preferences
from acctdesk.services.invoice_moves import invoice_moves
from acctdesk.services.receivables import open_invoices
from acctdesk.services.rows import OpenInvoice

__all__ = [
    "YEAR_DAYS",
    "InvoiceClaim",
    "Rate",
    "Terms",
    "claims",
    "client_claims",
    "get_rates",
    "get_terms",
    "half_year",
    "set_interest",
    "set_rates",
    "set_terms",
]

_RATES, _TERMS = "interest_rates", "interest_terms"  # the settings
_MOST_PERCENT, _MOST_FIXED = 100, 10_000_00
YEAR_DAYS = (365, 360)


@dataclass(frozen=True, slots=True)
class InvoiceClaim:
    """An open invoice past due and its interest up to a day."""

    invoice: OpenInvoice
    claim: Claim


def get_rates(session: Session) -> list[Rate]:
    """Return the rate table by half-year; the shipped one where none was kept."""
    kept = preferences.read(session, _RATES)
    if kept is None:
        return list(SHIPPED)
    return [
        Rate(dt.date.fromisoformat(one["since"]), Decimal(one["percent"]), one["checked"])
        for one in kept
    ]


def set_rates(session: Session, *, rates: Sequence[Rate] | None) -> None:
    """Keep a rate table; None goes back to the shipped one.

    Raises:
        UserError: it is empty, a half-year stands twice, or a rate cannot be one.
    """
    if rates is None:
        preferences.write(session, _RATES, None)
        return
    if not rates:
        raise UserError(msg("Interest", "The table needs the rate of one half-year at least."))
    ordered = sorted(rates, key=lambda one: one.since)
    for before, one in zip([None, *ordered], ordered, strict=False):
        if one.since != half_year(one.since):
            raise UserError(msg("Interest", "A rate begins on 1 January or on 1 July."))
        if before is not None and before.since == one.since:
            raise UserError(
                msg("Interest", "The half-year of {day} stands twice.", day=f"{one.since:%d/%m/%Y}")
            )
        if not -_MOST_PERCENT <= one.percent <= _MOST_PERCENT:
            raise UserError(msg("Interest", "{rate} % is no rate.", rate=one.percent))
    kept = [
        {"since": one.since.isoformat(), "percent": str(one.percent), "checked": one.checked}
        for one in ordered
    ]
    preferences.write(session, _RATES, kept)


def get_terms(session: Session) -> Terms:
    """Return the margin, the days of a year and the sum for each late invoice."""
    kept = preferences.read(session, _TERMS)
    if kept is None:
        return Terms()
    return Terms(Decimal(kept["margin"]), kept["year_days"], kept["fixed_minor"])


def set_terms(session: Session, *, terms: Terms) -> None:
    """Choose the margin, the days of a year and the sum for each late invoice.

    Raises:
        UserError: one of them cannot be.
    """
    if not 0 <= terms.margin <= _MOST_PERCENT:
        raise UserError(msg("Interest", "{rate} % is no margin.", rate=terms.margin))
    if terms.year_days not in YEAR_DAYS:
        raise ValueError("a year has 365 or 360 days")
    if not 0 <= terms.fixed_minor <= _MOST_FIXED:
        raise UserError(msg("Interest", "The sum for each late invoice cannot be that much."))
    kept = {
        "margin": str(terms.margin),
        "year_days": terms.year_days,
        "fixed_minor": terms.fixed_minor,
    }
    preferences.write(session, _TERMS, kept)


def set_interest(session: Session, *, rates: Sequence[Rate], terms: Terms) -> None:
    """Keep the rate table and the terms; raises as :func:`set_rates` and :func:`set_terms`."""
    set_rates(session, rates=rates)
    set_terms(session, terms=terms)


def client_claims(session: Session, *, client_id: int, as_of: dt.date) -> list[InvoiceClaim]:
    """Return a client's open invoices past due with their interest, the oldest due first."""
    late = [
        one
        for one in open_invoices(session, as_of=as_of, client_id=client_id)
        if one.days_past_due > 0
    ]
    found = claims(session, {one.id: (one.gross_minor, one.due_on) for one in late}, as_of)
    return [InvoiceClaim(one, found[one.id]) for one in late]


def claims(
    session: Session, invoices: Mapping[int, tuple[int, dt.date]], as_of: dt.date
) -> dict[int, Claim]:
    """Return the interest of invoices up to a day; each is (gross, minor units, day it was due).

    Receipts, credit notes and what was written off lower it from their day on.
    """
    rates, terms = get_rates(session), get_terms(session)
    lowered = invoice_moves(session, invoices, as_of=as_of, write_offs=True)
    return {
        key: claim(
            gross, due_on=due_on, until=as_of, payments=lowered[key], rates=rates, terms=terms
        )
        for key, (gross, due_on) in invoices.items()
    }
