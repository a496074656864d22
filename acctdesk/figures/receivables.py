"""What is owed: open amounts, ageing, days sales outstanding. Gross of VAT, minor units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from acctdesk.kinds import AgeBucket

LIMITS = (  # days past due up to which a bucket reaches
    (0, AgeBucket.NOT_DUE),
    (30, AgeBucket.DAYS_1_30),
    (60, AgeBucket.DAYS_31_60),
    (90, AgeBucket.DAYS_61_90),
)


def open_amount(gross: int, *, credits_: int, receipts: int) -> int:
    """Return what is unpaid of an invoice: gross + credit notes that name it − receipts that do.

    ``credits_`` is negative. What exceeds the invoice is not negative debt here: it is unapplied.
    Definition: ``docs/architecture.md`` and the command line's ``figures``.
    """
    return max(0, gross + credits_ - receipts)


def disputed_shares(open_minor: int, blocked: Iterable[int]) -> list[int]:
    """Return what each of several disputes still blocks of one invoice, the first ones first.

    Together they are the smaller of what is open and what was blocked: what is paid is no longer
    in dispute.
    """
    shares, left = [], open_minor
    for amount in blocked:
        share = min(amount, left)
        shares.append(share)
        left -= share
    return shares


def excess(gross: int, *, credits_: int, receipts: int) -> int:
    """Return by how much credit notes and receipts exceed the invoice: unapplied."""
    return max(0, receipts - credits_ - gross)


def closed_on(issued_on: dt.date, gross: int, moves: Iterable[tuple[dt.date, int]]) -> dt.date:
    """Return the day from which on nothing of an invoice is open, ``date.max`` while something is.

    ``moves`` are (day, amount) of the credit notes and receipts that name it, what lowers it
    negative, in any order. For every day from ``issued_on``: :func:`open_amount` of that day is
    above zero some time from then on exactly where the day is before the one returned.
    """
    left = gross
    by_day: dict[dt.date, int] = {}
    for day, amount in moves:
        if day <= issued_on:
            left += amount
        else:
            by_day[day] = by_day.get(day, 0) + amount
    closed = issued_on if left <= 0 else dt.date.max
    for day in sorted(by_day):
        left += by_day[day]
        if left > 0:
            closed = dt.date.max
        elif closed == dt.date.max:
            closed = day
    return closed


def days_past_due(due_on: dt.date, as_of: dt.date) -> int:
    """Return the days since an invoice fell due; due on the day itself is 0, not yet due."""
    return (as_of - due_on).days


def bucket(days: int) -> AgeBucket:
    """Return the ageing bucket of days past due: not due (≤ 0), 1–30, 31–60, 61–90, over 90."""
    return next((name for limit, name in LIMITS if days <= limit), AgeBucket.OVER_90)


def ageing(items: Iterable[tuple[int, int]]) -> dict[AgeBucket, int]:
    """Return the open amounts by bucket, all five present; items are (days past due, open)."""
    found = dict.fromkeys(AgeBucket, 0)
    for days, amount in items:
        found[bucket(days)] += amount
    return found


def dso_simple(open_minor: int, gross_sales_minor: int, days: int) -> Decimal | None:
    """Return days sales outstanding: closing receivables ÷ gross sales of the period × days.

    Half up to two decimals; None where the period has no sales. Both sides include VAT.
    Source: the simple method of credit management, closing AR ÷ credit sales × days.
    """
    if gross_sales_minor <= 0:
        return None
    exact = Decimal(days) * open_minor / gross_sales_minor
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def dso_count_back(open_minor: int, months: Iterable[tuple[int, int]]) -> Decimal | None:
    """Return days sales outstanding by the count-back (exhaustion) method.

    ``months`` are (gross sales, days of the month), newest first: whole months are taken off the
    receivables and their days added, the last month by its share. None where the months given do
    not exhaust the receivables. Source: Oracle's description of DSO by exhaustion.
    """
    left, days = Decimal(open_minor), Decimal(0)
    for sales, length in months:
        if sales <= 0:
            days += length
            continue
        if left <= sales:
            days += Decimal(length) * left / sales
            return days.quantize(Decimal("0.01"), ROUND_HALF_UP)
        left -= sales
        days += length
    return None


def dso_best(not_due_minor: int, gross_sales_minor: int, days: int) -> Decimal | None:
    """Return the best possible days sales outstanding: receivables not yet due ÷ sales × days.

    What it would be if everybody paid on the day. Half up to two decimals; None without sales.
    Source: a measure of the Credit Research Foundation.
    """
    return dso_simple(not_due_minor, gross_sales_minor, days)


def days_delinquent(
    open_minor: int, not_due_minor: int, gross_sales_minor: int, days: int
) -> Decimal | None:
    """Return the average days delinquent: DSO less its best possible value, on the same inputs.

    The difference of the two as they are shown, so that the three add up.
    """
    simple = dso_simple(open_minor, gross_sales_minor, days)
    best = dso_best(not_due_minor, gross_sales_minor, days)
    return None if simple is None or best is None else simple - best


def collection_effectiveness(
    opening_minor: int, gross_sales_minor: int, closing_minor: int, not_due_minor: int
) -> Decimal | None:
    """Return how much of what could be collected in a period was, as a share.

    (opening + sales − closing) ÷ (opening + sales − closing not yet due), half up to four
    decimals; None where nothing could be collected. Source: the collection effectiveness index.
    """
    collectable = opening_minor + gross_sales_minor - not_due_minor
    if collectable <= 0:
        return None
    collected = opening_minor + gross_sales_minor - closing_minor
    return (Decimal(collected) / collectable).quantize(Decimal("0.0001"), ROUND_HALF_UP)
