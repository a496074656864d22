"""A case on one page: a request as it is handed over, a dispute or a disruption as it stands."""

from __future__ import annotations

import html

from PySide6.QtGui import QTextDocument

from acctdesk import formats
from acctdesk.i18n import Message, msg, tr
from acctdesk.services.case_rows import DisputeCard, DisruptionCard, RequestRow
from acctdesk.ui.itemmodels.cases_text import (
    TYPES,
    dispute_mark,
    disruption_mark,
    instant,
    request_mark,
)
from acctdesk.ui.printing import text_document


def request_document(row: RequestRow) -> QTextDocument:
    """Return a request as a page for the department."""
    facts = [
        (msg("Cases", "Department"), " · ".join(filter(None, (row.department, row.person)))),
        (msg("Cases", "Client"), row.client_name or ""),
        (msg("Cases", "Asked on"), formats.date(row.asked_on)),
        (msg("Cases", "Answer wanted by"), formats.date(row.due_on) if row.due_on else ""),
        (msg("Cases", "Waiting"), request_mark(row).text),
        (msg("Cases", "What they answered"), row.answer or ""),
    ]
    return _page(tr("Cases", "Request to a department"), row.what, facts, row.details)


def dispute_document(card: DisputeCard, currency: str) -> QTextDocument:
    """Return a dispute as a page."""
    row = card.row
    money = row.at_stake_minor
    facts = [
        (msg("Cases", "Client"), row.client_name),
        (msg("Cases", "Type"), str(TYPES[row.type])),
        (msg("Cases", "Cause"), row.cause or ""),
        (msg("Cases", "Began on"), formats.date(row.opened_on)),
        (msg("Cases", "Wants an answer by"), formats.date(row.due_on) if row.due_on else ""),
        (msg("Cases", "State"), dispute_mark(row).text),
        (msg("Cases", "In dispute"), "" if money is None else formats.money(money, currency)),
        (msg("Cases", "How it ended"), card.resolution or ""),
    ]
    lines = [
        (one.number, formats.date(one.issued_on), formats.money(one.disputed_minor, currency))
        for one in card.invoices
    ]
    lines += [(one.who, formats.date(one.told_on), tr("Cases", "told")) for one in card.notices]
    return _page(tr("Cases", "Dispute"), row.title, facts, card.notes, lines)


def disruption_document(card: DisruptionCard) -> QTextDocument:
    """Return a disruption as a list of whom to tell."""
    row = card.row
    facts = [
        (msg("Cases", "Cause"), row.cause or ""),
        (msg("Cases", "Began on"), instant(row.started_at)),
        (msg("Cases", "Over since"), instant(row.ended_at) if row.ended_at else ""),
        (msg("Cases", "State"), disruption_mark(row).text),
        (msg("Cases", "What was done"), card.resolution or ""),
    ]
    lines = [
        (
            one.name,
            formats.phone(one.phone) if one.phone else "",
            "☐" if one.told_on is None else formats.date(one.told_on),
        )
        for one in card.clients
    ]
    return _page(tr("Cases", "Disruption"), row.title, facts, card.notes, lines)


def _page(
    what: str,
    title: str,
    facts: list[tuple[Message, str]],
    text: str | None,
    lines: list[tuple[str, str, str]] | None = None,
) -> QTextDocument:
    rows = "".join(
        f'<tr><td width="150" class="muted">{html.escape(str(name))}</td>'
        f"<td>{html.escape(value)}</td></tr>"
        for name, value in facts
        if value
    )
    below = "".join(
        f"<tr><td>{html.escape(first)}</td><td>{html.escape(second)}</td>"
        f'<td class="num" align="right">{html.escape(third)}</td></tr>'
        for first, second, third in lines or ()
    )
    parts = [
        f'<p class="muted">{html.escape(what)}</p><h1>{html.escape(title)}</h1>',
        f'<table width="100%" cellpadding="3">{rows}</table>',
    ]
    if text:
        parts.append("<br>" + "".join(f"<p>{html.escape(one)}</p>" for one in text.splitlines()))
    if below:
        parts.append(f'<br><table width="100%" cellpadding="3">{below}</table>')
    return text_document("".join(parts))
