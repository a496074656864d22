"""The late interest of a client as a page: each invoice with its days and rates, and the sums."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Sequence

from PySide6.QtGui import QTextDocument

from acctdesk import formats
from acctdesk.i18n import msg, ntr, tr
from acctdesk.services.late_interest import InvoiceClaim
from acctdesk.ui.printing import PRINT_CSS, text_document
from acctdesk.ui.statement_page import AIR

TITLE = msg("Interest", "Late interest")
WARNING = msg("Interest", "Calculation, not legal advice")
_WIDTHS = (15, 31, 9, 17, 14, 14)  # of the columns, per cent
_CSS = PRINT_CSS + ".sum td{font-weight:600} .warn{font-weight:600}"


def total(claims: Sequence[InvoiceClaim]) -> tuple[int | None, int]:
    """Return all interest (None where a rate is not known) and all fixed sums, minor units."""
    interest = [one.claim.interest_minor for one in claims]
    known = [one for one in interest if one is not None]
    fixed = sum(one.claim.fixed_minor for one in claims)
    return (sum(known) if len(known) == len(interest) else None), fixed


def interest_document(
    client: str, claims: Sequence[InvoiceClaim], *, until: dt.date, currency: str
) -> QTextDocument:
    """Return the calculation as a document."""

    def money(minor: int | None) -> str:
        return html.escape(formats.money(minor, currency))

    interest, fixed = total(claims)
    both = None if interest is None else interest + fixed
    count = len(claims)
    sub = ntr(
        "Interest",
        "Up to {day}, {n} open invoice past due",
        "Up to {day}, {n} open invoices past due",
        count,
        day=formats.date(until),
    )
    parts = [
        f"<h1>{html.escape(str(TITLE))}</h1><h2>{html.escape(client)}</h2>",
        f'<p class="warn">{html.escape(str(WARNING))}</p>',
        f'<p class="muted">{html.escape(sub)}</p>',
        AIR + '<table width="100%" cellpadding="4"><thead><tr>',
        *(_cell("th", place, text) for place, text in enumerate(_headings())),
        "</tr></thead>",
        *(_invoice(one, currency) for one in claims),
        _row(("", tr("Interest", "All interest"), "", "", "", money(interest)), "sum"),
        _row(("", tr("Interest", "Fixed sum for each late invoice"), "", "", "", money(fixed))),
        _row(("", tr("Interest", "Together"), "", "", "", money(both)), "sum"),
        "</table>" + AIR,
    ]
    if not all(one.claim.is_checked for one in claims):
        told = tr(
            "Interest",
            "* An estimate: compare the reference rate with what the central bank published, and"
            " tick it as checked in Settings.",
        )
        parts.append(f'<p class="muted">{html.escape(told)}</p>')
    how = tr(
        "Interest",
        "Simple interest from the day after the due date, by half-years: reference rate plus"
        " margin, on what was open each day, VAT included.",
    )
    parts.append(f'<p class="muted">{html.escape(how)}</p>')
    return text_document("".join(parts), css=_CSS)


def _headings() -> tuple[str, ...]:
    return (
        tr("Interest", "From"),
        tr("Interest", "To"),
        tr("Interest", "Days"),
        tr("Interest", "Open"),
        tr("Interest", "Rate"),
        tr("Interest", "Interest"),
    )


def _invoice(one: InvoiceClaim, currency: str) -> str:
    invoice = one.invoice
    named = tr(
        "Interest",
        "{number}, due {due}, {amount} open",
        number=invoice.number,
        due=formats.date(invoice.due_on),
        amount=formats.money(invoice.open_minor, currency),
    )
    if invoice.disputed_minor:
        named = tr("Interest", "{invoice}, in dispute", invoice=named)
    rows = [f'<tr class="sum"><td colspan="6">{html.escape(named)}</td></tr>']
    for span in one.claim.spans:
        rate = formats.UNKNOWN
        if span.percent is not None:
            mark = "" if span.checked else " *"
            rate = f"{formats.number(span.percent, 2)} %{mark}"
        rows.append(
            _row(
                (
                    formats.date(span.start),
                    formats.date(span.end),
                    str(span.days),
                    html.escape(formats.money(span.owed_minor, currency)),
                    rate,
                    html.escape(formats.money(span.interest_minor, currency)),
                )
            )
        )
    return "".join(rows)


def _cell(tag: str, place: int, text: str) -> str:
    side = ' align="right" class="num"' if place > 1 else ' align="left"'
    return f'<{tag}{side} width="{_WIDTHS[place]}%">{text}</{tag}>'


def _row(cells: Sequence[str], kind: str = "") -> str:
    inside = "".join(_cell("td", place, text) for place, text in enumerate(cells))
    return f'<tr class="{kind}">{inside}</tr>'
