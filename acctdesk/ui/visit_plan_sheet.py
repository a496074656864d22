"""The visit plan on paper: a day's visits in their order, with what is worth knowing of each."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Mapping, Sequence

from PySide6.QtGui import QTextDocument

from acctdesk import formats
from acctdesk.i18n import Message, msg, tr
from acctdesk.services.visit_plan import VisitLine, VisitPlan
from acctdesk.ui.printing import PRINT_CSS, text_document
from acctdesk.ui.privacy import shown_name

_CSS = PRINT_CSS + "p{font-size:9.5pt;margin:0} .name{font-size:11pt;font-weight:600}"


def heading(plan: VisitPlan) -> Message:
    """Return what stands at the head of each page: the day and the area."""
    day = f"{formats.weekday_short(plan.day)} {formats.date(plan.day)}"
    return msg("Visit plan", "Visit plan, {day}, {area}", day=day, area=plan.area)


def why_text(line: VisitLine) -> str:
    """Return why a client is worth a visit, in one line."""
    return " · ".join(str(one) for one in line.why)


def place_text(line: VisitLine) -> str:
    """Return where a client is, as on an envelope."""
    town = " ".join(part for part in (line.postal_code, line.city) if part)
    return ", ".join(part for part in (line.address, town) if part)


def reach_text(line: VisitLine) -> str:
    """Return whom to ask for, and the telephones."""
    person = line.person or ""
    if line.person and line.person_phone:
        person = f"{line.person} {formats.phone(line.person_phone)}"
    own = formats.phone(line.phone) if line.phone else ""
    return " · ".join(part for part in (person, own) if part)


def sheet_document(
    plan: VisitPlan, lines: Sequence[VisitLine], times: Mapping[int, dt.time | None]
) -> QTextDocument:
    """Return the sheet of these clients, in their order; ``times`` by client, where it has one."""
    parts = [f"<h2>{html.escape(str(heading(plan)))}</h2>"]
    for line in lines:
        time = times.get(line.client_id)
        when = formats.time(time) if time is not None else "☐"
        told = [
            f'<p class="name">{html.escape(shown_name(line.name, line.client_id))}</p>',
            *(f"<p>{html.escape(one)}</p>" for one in (place_text(line), reach_text(line)) if one),
            f'<p class="muted">{html.escape(why_text(line))}</p>',
        ]
        if line.near:
            said = tr("Visit plan", "near: the same first three digits of the postcode")
            told.append(f'<p class="muted">{html.escape(said)}</p>')
        parts.append(
            '<table width="100%" cellspacing="0" cellpadding="8"><tr>'
            f'<td width="60" class="name">{html.escape(when)}</td><td>{"".join(told)}</td>'
            "</tr></table>"
        )
    return text_document("".join(parts), css=_CSS)
