"""The columns of the client list, each declared once: title, width, sort, text and tooltip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from acctdesk import formats
from acctdesk.i18n import Message, msg, ntr, tr
from acctdesk.services.rows import ClientRow
from acctdesk.ui.itemmodels import words
from acctdesk.ui.privacy import shown_name

DASH = formats.UNKNOWN


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``text`` is what a screen reader, a copy and a print say of it."""

    key: str
    title: Message
    tooltip: Message
    width: int
    minimum: int
    text: Callable[[ClientRow, dt.date, str], str]
    right: bool = False
    sort: str | None = None
    first_descending: bool = False
    shown: bool = True
    fixed: bool = False  # cannot be hidden or moved


def change_of(row: ClientRow) -> float | None:
    """Return the ratio by which sales changed; None where there was nothing before."""
    if row.sales_previous_365_minor <= 0:
        return None
    return (row.sales_365_minor - row.sales_previous_365_minor) / row.sales_previous_365_minor


def change_text(row: ClientRow) -> str:
    """Return the change with an arrow, e.g. ``▲ 12%``; so it is read without colour."""
    change = change_of(row)
    if change is None:
        return tr("Clients", "new") if row.sales_365_minor > 0 else ""
    if abs(change) > 9.99:
        return "▲ ×10" if change > 0 else "▼ ×10"
    if round(abs(change) * 100) == 0:
        return tr("Clients", "= same")
    return f"{'▲' if change > 0 else '▼'} {formats.percent(abs(change))}"


def days_text(days: int | None) -> str:
    """Return the age of the oldest overdue invoice, short: ``34 d``."""
    return "" if days is None else ntr("Clients", "{n} d", "{n} d", days)


def kind_text(row: ClientRow) -> str:
    """Return the short word of the last contact's kind, empty where there was none."""
    return "" if row.last_contact_kind is None else str(words.SHORT[row.last_contact_kind])


def _name(row: ClientRow, _today: dt.date, _currency: str) -> str:
    name = shown_name(row.name, row.id)
    return f"{name}, {row.city}" if row.city else name


def contact_state(row: ClientRow) -> words.StateLook | None:
    """Return how the client's last contact stands, None where nothing needs saying."""
    return None if row.rhythm is None else words.CONTACT_STATES.get(row.rhythm.state)


def _last(row: ClientRow, today: dt.date, _currency: str) -> str:
    state = contact_state(row)
    parts = (
        formats.relative_day(row.last_contact_on, today=today),
        kind_text(row),
        "" if state is None else str(state.word),
    )
    return " ".join(part for part in parts if part)


def _sales(row: ClientRow, _today: dt.date, currency: str) -> str:
    amount = formats.money(row.sales_365_minor, currency, cents=False)
    return f"{amount} {change_text(row)}".strip()


def _overdue(row: ClientRow, _today: dt.date, currency: str) -> str:
    if row.overdue_minor <= 0:
        return DASH
    amount = formats.money(row.overdue_minor, currency, cents=False)
    return f"{amount} {days_text(row.overdue_days)}".strip()


COLUMNS: tuple[Column, ...] = (
    Column(
        "client",
        msg("Clients", "Client"),
        msg("Clients", "Name and city"),
        216,
        200,
        _name,
        sort="name",
        fixed=True,
    ),
    Column(
        "last",
        msg("Clients", "Last contact"),
        msg(
            "Clients",
            "Last contact, notes apart: when and how; “due” after the ideal days of the client or"
            " its category, “forgotten” after the most",
        ),
        86,
        80,
        _last,
        sort="last_contact",
        first_descending=True,
    ),
    Column(
        "sales",
        msg("Clients", "Sales 12 m"),
        msg("Clients", "Net sales of the last 365 days, and the change from the 365 days before"),
        122,
        92,
        _sales,
        right=True,
        sort="sales",
        first_descending=True,
    ),
    Column(
        "overdue",
        msg("Clients", "Overdue"),
        msg("Clients", "Overdue amount, and the days of the oldest overdue invoice"),
        80,
        76,
        _overdue,
        right=True,
        sort="overdue",
        first_descending=True,
    ),
    Column(
        "next",
        msg("Clients", "Next step"),
        msg("Clients", "The day of the next step"),
        92,
        76,
        lambda row, today, _c: formats.relative_day(row.next_step_on, today=today),
        sort="next_step",
        shown=False,
    ),
    Column(
        "balance",
        msg("Clients", "Balance"),
        msg("Clients", "What the client owes today, VAT included"),
        104,
        84,
        lambda row, _t, currency: formats.money(row.balance_minor, currency, cents=False),
        right=True,
        sort="balance",
        first_descending=True,
        shown=False,
    ),
    Column(
        "code",
        msg("Clients", "Code"),
        msg("Clients", "The client's code in the company's system"),
        92,
        64,
        lambda row, _t, _c: row.code or DASH,
        sort="code",
        shown=False,
    ),
    Column(
        "vat",
        msg("Clients", "VAT number"),
        msg("Clients", "VAT number (ΑΦΜ)"),
        100,
        92,
        lambda row, _t, _c: row.vat_id or DASH,
        sort="vat_id",
        shown=False,
    ),
    Column(
        "segment",
        msg("Clients", "Category"),
        msg("Clients", "The weight of the client in the book"),
        84,
        64,
        lambda row, _t, _c: row.segment or DASH,
        sort="segment",
        shown=False,
    ),
    Column(
        "phone",
        msg("Clients", "Phone"),
        msg("Clients", "Main telephone"),
        128,
        96,
        lambda row, _t, _c: row.phone or DASH,
        shown=False,
    ),
    Column(
        "email",
        msg("Clients", "E-mail"),
        msg("Clients", "Main e-mail address"),
        180,
        96,
        lambda row, _t, _c: row.email or DASH,
        shown=False,
    ),
)
BY_KEY = {column.key: column for column in COLUMNS}
INDEX = {column.key: position for position, column in enumerate(COLUMNS)}
