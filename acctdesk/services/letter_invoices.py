"""The table of overdue invoices in letters: its rows, and as lines of a plain text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk import formats
from acctdesk.i18n import msg, nmsg
from acctdesk.kinds import Language
from acctdesk.models import Document
from acctdesk.services import standing


@dataclass(frozen=True, slots=True)
class LetterInvoice:
    """An overdue invoice as a letter names it; gross, minor units.

    ``interest_minor`` is None where the letter says none.
    """

    document_id: int
    number: str
    issued_on: dt.date
    due_on: dt.date
    days_late: int
    open_minor: int
    interest_minor: int | None = None


@dataclass(frozen=True, slots=True)
class InvoiceTable:
    """The same as words in a language: headings, rows, and the sums below the last columns."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


def overdue_invoices(
    session: Session, ids: Collection[int], today: dt.date
) -> dict[int, list[LetterInvoice]]:
    """Return each client's overdue invoices, the oldest due first."""
    items = standing.open_items(today, standing.may_be_overdue(today), client_ids=ids)
    found: dict[int, list[LetterInvoice]] = {}
    for row in session.execute(
        select(items, Document.number, Document.issued_on)
        .join(Document, Document.id == items.c.id)
        .where(items.c.open > 0, items.c.due < today)
        .order_by(items.c.client_id, items.c.due, items.c.id)
    ):
        found.setdefault(row.client_id, []).append(
            LetterInvoice(
                row.id, row.number, row.issued_on, row.due, (today - row.due).days, row.open
            )
        )
    return found


def interest_of(invoices: Sequence[LetterInvoice]) -> int | None:
    """Return the interest of all, None where none of them says one."""
    told = [one.interest_minor for one in invoices if one.interest_minor is not None]
    return sum(told) if told else None


def invoice_table(
    invoices: Sequence[LetterInvoice], currency: str, language: Language
) -> InvoiceTable:
    """Return the table of a letter."""

    def money(minor: int | None) -> str:
        return formats.money(minor, currency, language=language.value)

    interest = interest_of(invoices)
    headings = [
        msg("Letters", "Invoice"),
        msg("Letters", "Date"),
        msg("Letters", "Due"),
        msg("Letters", "Days late"),
        msg("Letters", "Open amount"),
        *([msg("Letters", "Late interest")] if interest is not None else []),
    ]
    rows = [
        (
            one.number,
            formats.date(one.issued_on),
            formats.date(one.due_on),
            str(one.days_late),
            money(one.open_minor),
            *([money(one.interest_minor)] if interest is not None else []),
        )
        for one in invoices
    ]
    total = (
        msg("Letters", "Total").localized(language),
        *("", "", ""),
        money(sum(one.open_minor for one in invoices)),
        *([money(interest)] if interest is not None else []),
    )
    return InvoiceTable(tuple(one.localized(language) for one in headings), tuple(rows), total)


def table_text(invoices: Sequence[LetterInvoice], currency: str, language: Language) -> str:
    """Return the table as lines, for a plain text; "" without invoices."""
    lines = []
    for one in invoices:
        line = nmsg(
            "Letters",
            "{number} of {date}, due {due}, {n} day late: {amount}",
            "{number} of {date}, due {due}, {n} days late: {amount}",
            one.days_late,
            number=one.number,
            date=formats.date(one.issued_on),
            due=formats.date(one.due_on),
            amount=formats.money(one.open_minor, currency, language=language.value),
        )
        if one.interest_minor is not None:
            interest = formats.money(one.interest_minor, currency, language=language.value)
            line = msg("Letters", "{line}, late interest {interest}", line=line, interest=interest)
        lines.append(f"- {line.localized(language)}")
    return "\n".join(lines)


def template_rows(
    invoices: Sequence[LetterInvoice], currency: str, language: Language
) -> list[Mapping[str, str]]:
    """Return what an own document loops over: number, date, due, days, open, interest."""
    table = invoice_table(invoices, currency, language)
    keys = ("number", "date", "due", "days", "open", "interest")
    return [{**dict.fromkeys(keys, ""), **dict(zip(keys, row, strict=False))} for row in table.rows]
