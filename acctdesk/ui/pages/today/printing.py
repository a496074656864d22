"""The day's plan on paper: appointments, and what is worth doing with a box to tick."""

from __future__ import annotations

import html

from PySide6.QtGui import QTextDocument

from acctdesk import formats
from acctdesk.i18n import tr
from acctdesk.services.rows import Today, TodayLine
from acctdesk.services.today_rules import RULES
from acctdesk.ui.itemmodels.today_text import day_line, stake
from acctdesk.ui.pages.today.appointments import second_line
from acctdesk.ui.printing import text_document


def plan_document(today: Today) -> QTextDocument:
    """Return the day as a document."""
    parts = [
        f"<h2>{html.escape(tr('Today', 'Plan of the day'))}</h2>",
        f"<p>{html.escape(str(day_line(today)))}</p>",
    ]
    if today.appointments:
        parts.append(f"<h3>{html.escape(tr('Today', 'Appointments today'))}</h3>")
        rows = "".join(
            f'<tr><td width="60"><b>{formats.time(one.time)}</b></td>'
            f"<td><b>{html.escape(one.client_name or one.title)}</b><br>"
            f'<span class="muted">{html.escape(second_line(one, today.currency))}</span></td></tr>'
            for one in today.appointments
        )
        parts.append(f'<table width="100%" cellpadding="4">{rows}</table>')
    parts.append(f"<h3>{html.escape(tr('Today', 'What is worth doing today'))}</h3>")
    if today.lines:
        lines = "".join(_line(line, today.currency) for line in today.lines)
        parts.append(f'<table width="100%" cellpadding="4">{lines}</table>')
    else:
        parts.append(f"<p>{html.escape(tr('Today', 'Nothing presses today.'))}</p>")
    return text_document("".join(parts))


def _line(line: TodayLine, currency: str) -> str:
    client = f" — {html.escape(line.client_name)}" if line.client_name else ""
    money = stake(line, currency) if line.at_stake_minor is not None else ""
    takes = [str(RULES[line.rule].name), str(formats.minutes(line.minutes) or "")]
    return (
        f'<tr><td width="20">☐</td><td><b>{html.escape(str(line.what))}</b>{client}<br>'
        f"{html.escape(str(line.why))} "
        f'<span class="muted">{html.escape(" · ".join(filter(None, takes)))}</span></td>'
        f'<td class="num" align="right">{html.escape(money)}</td></tr>'
    )
