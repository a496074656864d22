"""A statement of account as a page: what is printed and saved as PDF."""

from __future__ import annotations

import html
from collections.abc import Callable

from PySide6.QtGui import QTextDocument

from acctdesk import formats
from acctdesk.i18n import Message
from acctdesk.kinds import AgeBucket, Language
from acctdesk.reports.statement import (
    AGES,
    CLOSING,
    HEADINGS,
    KINDS,
    OPENING,
    TITLE,
    UNAPPLIED,
    period_words,
    whose,
)
from acctdesk.services.statements import Statement
from acctdesk.ui.printing import PRINT_CSS, text_document

AIR = '<p style="font-size:4pt">&nbsp;</p>'  # before a table
_FIGURES = 4  # the columns from here on are amounts
_DAYS = (0, 3)
_WIDTHS = (13, 20, 14, 13, 13, 13, 14)  # of the columns, per cent
_CSS = (
    PRINT_CSS + "td{font-size:9pt}td.day{white-space:nowrap}"
    ".sum td{font-weight:600;border-top:1px solid #2C58CF}"
)


def statement_document(made: Statement, language: Language) -> QTextDocument:
    """Return a statement as a document, in the language it is for."""

    def say(words: Message | str) -> str:
        return html.escape(words if isinstance(words, str) else words.localized(language))

    def money(minor: int | None) -> str:
        return "" if minor is None else formats.amount(minor, language=language.value)

    rows = [(formats.date(made.start), say(OPENING), "", "", "", "", money(made.opening_minor))]
    for one in made.lines:
        kind = say(KINDS[one.kind])
        if made.members > 1:
            kind = f"{kind}, {html.escape(one.client_name)}"
        debit = one.amount_minor >= 0
        rows.append(
            (
                formats.date(one.day),
                kind,
                html.escape(one.number or ""),
                "" if one.due_on is None else formats.date(one.due_on),
                money(one.amount_minor) if debit else "",
                "" if debit else money(-one.amount_minor),
                money(one.balance_minor),
            )
        )
    debits = sum(one.amount_minor for one in made.lines if one.amount_minor >= 0)
    total = (
        formats.date(made.end),
        say(CLOSING),
        "",
        "",
        money(debits),
        money(debits - made.moved_minor),
        money(made.closing_minor),
    )
    parts = [
        f"<h1>{say(TITLE)}</h1>",
        f"<h2>{html.escape(made.name)}</h2>",
        *(f'<p class="muted">{say(line)}</p>' for line in whose(made)),
        f"<p>{say(period_words(made))}</p>",
        AIR + '<table width="100%" cellpadding="4"><thead><tr>',
        *(_cell("th", column, say(heading)) for column, heading in enumerate(HEADINGS)),
        "</tr></thead>",
        *(_row(row) for row in rows),
        _row(total, "sum"),
        "</table>",
        _foot(made, say, money),
    ]
    return text_document("".join(parts), css=_CSS)


def _foot(made: Statement, say: Callable[[Message], str], money: Callable[[int], str]) -> str:
    ages = [(AGES[age], made.ageing[age]) for age in AgeBucket]
    ages += [(UNAPPLIED, made.unapplied_minor), (CLOSING, made.closing_minor)]
    heads = "".join(f'<th align="right" class="num">{say(name)}</th>' for name, _ in ages)
    cells = "".join(f'<td align="right" class="num">{money(amount)}</td>' for _, amount in ages)
    return (
        f'{AIR}<table width="100%" cellpadding="4"><tr>{heads}</tr>'
        f'<tr class="sum">{cells}</tr></table>'
    )


def _cell(tag: str, column: int, text: str) -> str:
    side = ' align="left"'
    if column >= _FIGURES:
        side = ' align="right" class="num"'
    elif column in _DAYS:
        side = ' align="left" class="day"'
    return f'<{tag}{side} width="{_WIDTHS[column]}%">{text}</{tag}>'


def _row(cells: tuple[str, ...], kind: str = "") -> str:
    inside = "".join(_cell("td", column, text) for column, text in enumerate(cells))
    return f'<tr class="{kind}">{inside}</tr>' if kind else f"<tr>{inside}</tr>"
