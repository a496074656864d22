"""The ledger of promises on paper: the lines that are shown, with the figures above them."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Mapping

from PySide6.QtGui import QTextDocument

from acctdesk import formats
from acctdesk.i18n import msg, tr
from acctdesk.kinds import PromiseBy
from acctdesk.services.promises import KeptRatio
from acctdesk.ui.itemmodels.tasks_text import Entry, due_chip, giver, second_line
from acctdesk.ui.printing import text_document
from acctdesk.ui.promise_words import RATIO_TITLES, short_ratio

_HEADS = (
    msg("Promises", "Given by"),
    msg("Promises", "What"),
    msg("Promises", "To whom, when"),
    msg("Promises", "What became of it"),
)


def ledger_document(
    entries: Iterable[Entry], ratios: Mapping[PromiseBy, KeptRatio], *, today: dt.date
) -> QTextDocument:
    """Return the lines shown as a table."""
    title = tr("Promises", "Promises, {day}", day=formats.date(today))
    kept = " · ".join(f"{RATIO_TITLES[by]} {short_ratio(one)}" for by, one in ratios.items())
    heads = "".join(f'<th align="left">{html.escape(str(one))}</th>' for one in _HEADS)
    rows = [f"<tr>{heads}</tr>"]
    for entry in entries:
        cells = (
            giver(entry), entry.title, second_line(entry), due_chip(entry, today=today).text
        )  # fmt: skip
        rows.append("<tr>" + "".join(f"<td>{html.escape(one)}</td>" for one in cells) + "</tr>")
    return text_document(
        f"<h2>{html.escape(title)}</h2><p>{html.escape(kept)}</p>"
        f'<table width="100%" cellspacing="0" cellpadding="3">{"".join(rows)}</table>'
    )
