"""The list and a timeline on paper and on the clipboard: the same words as on screen."""

from __future__ import annotations

import datetime as dt
import html
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextDocument

from acctdesk import formats
from acctdesk.i18n import tr
from acctdesk.services.clients import client_rows
from acctdesk.services.rows import ClientCard, ClientRow
from acctdesk.ui.itemmodels.client_columns import BY_KEY, Column
from acctdesk.ui.itemmodels.timeline import TimelineModel
from acctdesk.ui.itemmodels.timeline_text import (
    body,
    chip,
    meta,
    strip_look,
    strips,
    title,
)
from acctdesk.ui.printing import text_document

if TYPE_CHECKING:
    from acctdesk.ui.context import Context
    from acctdesk.ui.pages.clients.list_pane import ListPane

_UNBROKEN = 4  # more columns than these may break their lines
MOST_PRINTED = 2_000  # rows; a longer list is for the workbook


def _columns(pane: ListPane) -> list[Column]:
    return [BY_KEY[key] for key, shown in pane.view.column_layout() if shown]


def _table(columns: list[Column], rows: list[ClientRow], today: dt.date, currency: str) -> str:
    others = max(1, len(columns) - 1)
    name = max(24, 100 - 21 * others)  # per cent of the page
    share = (100 - name) // others
    look = "num" if others <= _UNBROKEN else ""

    def cell(tag: str, column: Column, text: str) -> str:
        first = column.key == "client"
        side = "right" if column.right else "left"
        kind = "" if first or tag == "th" else f' class="{look}"'
        width = f' width="{name if first else share}%"'
        return f'<{tag} align="{side}"{kind}{width}>{html.escape(text)}</{tag}>'

    head = "".join(cell("th", column, str(column.title)) for column in columns)
    lines = [f"<thead><tr>{head}</tr></thead>"]
    for row in rows:
        cells = (cell("td", column, column.text(row, today, currency)) for column in columns)
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table width="100%" cellspacing="0" cellpadding="3">{"".join(lines)}</table>'


def row_copies(pane: ListPane, row: ClientRow, today: dt.date, currency: str) -> tuple[str, str]:
    """Return a row as tab-separated text with its heading, and as an HTML table."""
    columns = _columns(pane)
    heads = "\t".join(str(column.title) for column in columns)
    cells = "\t".join(column.text(row, today, currency) for column in columns)
    return f"{heads}\n{cells}\n", _table(columns, [row], today, currency)


def list_document(pane: ListPane, context: Context) -> QTextDocument:
    """Return the filtered list as a document; at most 2,000 rows, and it says so."""
    today, ids = context.today(), pane.model.ids()
    shown = ids[:MOST_PRINTED]
    known = {one: row for one in shown if (row := pane.model.known(one)) is not None}
    missing = [one for one in shown if one not in known]
    if missing:
        known |= context.desk.query(client_rows, ids=missing, today=today)
    rows = [known[one] for one in shown if one in known]
    heading = html.escape(tr("Clients", "Clients, {day}", day=formats.date(today)))
    note = ""
    if len(ids) > len(shown):
        words = tr(
            "Clients",
            "The first {shown} of {all} clients.",
            shown=formats.number(len(shown)),
            all=formats.number(len(ids)),
        )
        note = f"<p>{html.escape(words)}</p>"
    return text_document(
        f"<h2>{heading}</h2>{note}{_table(_columns(pane), rows, today, pane.currency())}"
    )


def timeline_document(card: ClientCard, model: TimelineModel) -> QTextDocument:
    """Return the timeline that is shown as a document."""
    parts = [f"<h2>{html.escape(card.name)}</h2>"]
    day: dt.date | None = None
    for item in model.items():
        if item.day != day:
            day = item.day
            heading = formats.day_heading(day, today=model.today)
            parts.append(f"<h4>{html.escape(heading)}</h4>")
        mark = chip(item, today=model.today)
        words = title(item, currency=model.currency)
        said = f"{words} — {mark.text}" if mark else words
        lines = [f"<b>{html.escape(said)}</b>"]
        text = body(item)
        if text:
            lines.append(html.escape(text))
        for part in strips(item):
            look = strip_look(part, today=model.today, currency=model.currency)
            lines.append(f"• {html.escape(look.text)}, {html.escape(look.mark.text)}")
        small = meta(item, currency=model.currency)
        if small:
            lines.append(f"<small>{html.escape(small)}</small>")
        parts.append(f"<p>{'<br>'.join(lines)}</p>")
    return text_document("".join(parts))
