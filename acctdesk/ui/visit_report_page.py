"""The report of a visit as a page: what is printed and saved as PDF."""

from __future__ import annotations

import html
from collections.abc import Mapping

from PySide6.QtGui import QTextDocument

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.services.visit_reports import SECTIONS, ReportForm
from acctdesk.ui.itemmodels import words
from acctdesk.ui.printing import PRINT_CSS, text_document

_CSS = PRINT_CSS + "h2{font-size:10pt;margin:9pt 0 2pt 0} p{font-size:10pt;margin:0 0 2pt 0}"


def heading(form: ReportForm) -> Message:
    """Return what stands at the head of the page: what it is, and of which day."""
    day = formats.date(form.interaction.happened_at.astimezone().date())
    return msg("Visit report", "Visit report, {day}", day=day)


def report_document(form: ReportForm, sections: Mapping[str, str]) -> QTextDocument:
    """Return the report as a document; sections without words are left out."""
    local = form.interaction.happened_at.astimezone()
    small = [
        str(words.INTERACTIONS[form.interaction.kind].word),
        f"{formats.date(local.date())} {formats.time(local.time())}",
        *([form.city] if form.city else []),
        *([form.profile.officer] if form.profile.officer else []),
        *([form.profile.company] if form.profile.company else []),
    ]
    parts = [
        f"<h1>{html.escape(form.client_name)}</h1>",
        f'<p class="muted">{html.escape(" · ".join(small))}</p>',
    ]
    for key, title in SECTIONS.items():
        told = sections.get(key, "").strip()
        if told:
            parts.append(f"<h2>{html.escape(str(title))}</h2>")
            parts += [f"<p>{html.escape(line)}</p>" for line in told.splitlines()]
    return text_document("".join(parts), css=_CSS)
