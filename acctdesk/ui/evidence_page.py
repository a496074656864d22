"""The evidence of a target on one page: what was done and what stood in the way, from records."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtGui import QTextDocument

from acctdesk import formats
from acctdesk.charts.landing import value_text
from acctdesk.i18n import Message, msg, ntr, tr
from acctdesk.kinds import InteractionKind, PromiseState
from acctdesk.reports.workbook import KIND_WORDS
from acctdesk.services.attainment import AimStanding
from acctdesk.services.evidence import EvidenceKind, EvidenceLine, EvidencePart
from acctdesk.ui.itemmodels.targets_text import aim_about, aim_name, cause_text, period_text
from acctdesk.ui.printing import text_document
from acctdesk.ui.privacy import shown_name

_TITLES: dict[EvidenceKind, Message] = {
    EvidenceKind.INTERACTION: msg("Evidence", "What was done: contacts with clients"),
    EvidenceKind.OUR_PROMISE: msg("Evidence", "Our promises that fell due"),
    EvidenceKind.THEIR_PROMISE: msg("Evidence", "Their promises not kept in time"),
    EvidenceKind.DISPUTE: msg("Evidence", "Disputes"),
    EvidenceKind.DISRUPTION: msg("Evidence", "Disruptions of our service or supply"),
    EvidenceKind.REQUEST: msg("Evidence", "Answers waited for from departments"),
}
_STATES: dict[PromiseState, Message] = {
    PromiseState.OPEN: msg("Evidence", "open"),
    PromiseState.KEPT: msg("Evidence", "kept"),
    PromiseState.BROKEN: msg("Evidence", "not kept"),
}
_WIDTHS = (15, 27, 38, 20)  # per cent of the page


def heading(standing: AimStanding) -> str:
    """Return what stands at the head of the page."""
    return tr("Evidence", "Evidence: {name}", name=aim_name(standing.aim))


def evidence_document(
    standing: AimStanding, parts: Sequence[EvidencePart], currency: str
) -> QTextDocument:
    """Return the page: how the target stands, then every kind of record with its dates."""
    aim = standing.aim
    about = f"{aim_about(aim)} · {period_text(aim.period)}"
    values = {
        "day": formats.date(min(standing.as_of, aim.period.end)),
        "actual": value_text(aim, standing.actual, currency),
        "due": value_text(aim, standing.due, currency),
        "target": value_text(aim, aim.amount, currency),
    }
    said = tr(
        "Evidence",
        "Up to {day}: {actual} of a plan to date of {due}; the target is {target}.",
        **values,
    )
    causes = "".join(
        f"<li>{html.escape(cause_text(one, currency))}</li>" for one in standing.causes
    )
    body = [
        f"<h1>{html.escape(heading(standing))}</h1>",
        f'<p class="muted">{html.escape(about)}</p><p>{html.escape(said)}</p>',
        f"<ul>{causes}</ul>" if causes else "",
        *(_part(part) for part in parts),
    ]
    if not parts:
        empty = tr("Evidence", "There is no record of this period.")
        body.append(f"<p>{html.escape(empty)}</p>")
    foot = tr("Evidence", "Only what is on record stands here; nothing was added or judged.")
    body.append(f'<p class="muted">{html.escape(foot)}</p>')
    return text_document("".join(body))


def _part(part: EvidencePart) -> str:
    title = f"{_TITLES[part.kind]} ({formats.number(part.count)})"
    lines = "".join(_line(part.kind, line) for line in part.lines)
    more = part.count - len(part.lines)
    rest = ""
    if more > 0:
        text = ntr("Evidence", "and {n} earlier", "and {n} earlier", more)
        rest = f'<p class="muted">{html.escape(text)}</p>'
    table = f'<table width="100%" cellpadding="3">{lines}</table>'
    return f"<br><h2>{html.escape(title)}</h2>{table}{rest}"


def _line(kind: EvidenceKind, line: EvidenceLine) -> str:
    cells = (_days(kind, line), _whose(kind, line), line.what, _detail(kind, line))
    return (
        "<tr>"
        + "".join(
            f'<td width="{width}%" style="padding-right:10px">{html.escape(cell)}</td>'
            for width, cell in zip(_WIDTHS, cells, strict=True)
        )
        + "</tr>"
    )


def _days(kind: EvidenceKind, line: EvidenceLine) -> str:
    if line.until == line.on or kind in (EvidenceKind.OUR_PROMISE, EvidenceKind.THEIR_PROMISE):
        return formats.date(line.on)
    until = tr("Evidence", "still open") if line.until is None else formats.date(line.until)
    return f"{formats.date(line.on)} – {until}"


def _whose(kind: EvidenceKind, line: EvidenceLine) -> str:
    if kind is EvidenceKind.DISRUPTION:
        return ntr("Evidence", "{n} client", "{n} clients", line.clients)
    if line.client_id is None:
        return ""
    return shown_name(line.client_name, line.client_id)


def _detail(kind: EvidenceKind, line: EvidenceLine) -> str:
    if kind is EvidenceKind.INTERACTION:
        return str(KIND_WORDS[InteractionKind(line.detail)])
    if kind in (EvidenceKind.OUR_PROMISE, EvidenceKind.THEIR_PROMISE):
        said = str(_STATES[PromiseState(line.detail)])
        return said if line.until is None else f"{said}, {formats.date(line.until)}"
    if kind is EvidenceKind.REQUEST and line.due_on is not None:
        wanted = tr("Evidence", "wanted by {day}", day=formats.date(line.due_on))
        return f"{line.detail}, {wanted}"
    return line.detail
