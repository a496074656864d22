"""The brief before a visit as one A4: the document that is shown, printed and saved."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtGui import QTextDocument

from acctdesk import formats
from acctdesk.i18n import Message, msg, ntr, tr
from acctdesk.services.brief import Brief
from acctdesk.services.case_rows import DisputeRow
from acctdesk.services.credit_words import hold_words
from acctdesk.services.rows import ContactRow, OpenInvoice, PromiseRow, TaskRow, TimelineItem
from acctdesk.services.today_cases import name_of_date
from acctdesk.ui.brief_figures import Tile, as_of, sales_lines, tiles
from acctdesk.ui.itemmodels import words
from acctdesk.ui.itemmodels.cases_text import dispute_mark
from acctdesk.ui.itemmodels.tasks_text import due_chip, of_task
from acctdesk.ui.itemmodels.timeline_text import ChipText, body, chip, promise_due, title
from acctdesk.ui.painting import ChipKind, elided, text_width, wrapped
from acctdesk.ui.printing import pages_on_a4, text_document
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.promise_words import RATIO_TITLES, payment_words, short_ratio
from acctdesk.ui.theme import LIGHT

MOST, FEWEST = 16, 2  # lines of one list, where there is room and where there is none
_WHOLE, _LEFT, _GAP = 510, 264, 20  # widths in points: of the page, of the left column
_RIGHT = _WHOLE - _LEFT - _GAP
_TEXT, _SMALL, _NAME = 9, 8, 18  # sizes in points
_VALUES = (14, 13, 12, 11, 10, 9)  # of a tile's value, the largest that fits
_INKS: dict[ChipKind, str] = {
    "accent": LIGHT.accent,
    "success": LIGHT.success,
    "warning": LIGHT.warning,
    "danger": LIGHT.danger,
    "info": LIGHT.info,
    "muted": LIGHT.muted,
}
_CSS = (
    f"body,td,p{{color:{LIGHT.text};font-family:Inter;font-size:{_TEXT}pt}}"
    f"p{{margin:0}} .muted{{color:{LIGHT.muted}}}"
    f".small{{color:{LIGHT.muted};font-size:{_SMALL}pt}}"
    f".name{{font-size:{_NAME}pt;font-weight:700}} .head{{font-weight:600;font-size:10pt}}"
    f".strong{{font-weight:600}}"
)


def heading(brief: Brief) -> Message:
    """Return what stands at the head of the page: what it is and of which day."""
    return msg("Brief", "Brief before a visit, {day}", day=formats.date(brief.as_of))


def brief_document(brief: Brief) -> QTextDocument:
    """Return the brief as a document that is one page of A4, however much there is to tell.

    Texts are cut to their line; the lists are shortened until everything fits.
    """
    fits, fails = FEWEST, MOST + 1  # the last one is always shown
    most, made = MOST, None
    while fails - fits > 1 or made is None:
        document = text_document(_page(brief, most), css=_CSS)
        if pages_on_a4(document) == 1 or most == FEWEST:
            fits, made = most, document
        else:
            fails = most
        most = (fits + fails) // 2
    return made


def _page(brief: Brief, most: int) -> str:
    left = _talks(brief, 3 if most > 4 else 2) + _promises(brief, most) + _needs(brief, most)
    left += _tasks(brief, most)
    left += _remarks(brief, 3 if most > 4 else 1)
    right = _people(brief, most) + _invoices(brief, most) + _disputes(brief, most)
    right += _sales(brief) + _dates(brief, most)
    return (
        f"{_head(brief)}{_tiles(brief)}{_step(brief)}"
        '<table width="100%" cellspacing="0" cellpadding="0"><tr>'
        f"<td {_wide(_LEFT)}>{left}</td><td {_wide(_GAP)}></td>"
        f"<td {_wide(_RIGHT)}>{right}</td></tr></table>"
    )


# -- the pieces of markup --------------------------------------------------------------------------


def _cut(text: str, width: float, px: int = _TEXT, weight: int = 400) -> str:
    """Return one line of data as markup, cut with an ellipsis to a width in points."""
    return html.escape(elided(" ".join(text.split()), width - 2, px, weight))


def _wide(points: float) -> str:
    """Return a width as markup: Qt takes 96 of its units for an inch of 72 points."""
    return f'width="{round(points * 96 / 72)}"'


def _air(points: int) -> str:
    return f'<p style="font-size:{points}pt;line-height:{points}px">&nbsp;</p>'


def _section(name: Message, lines: str, *, note: str = "", nothing: Message) -> str:
    """Return a heading over a thin line, what stands under it, or that there is nothing."""
    line = f'style="border-bottom:0.5px solid {LIGHT.border};padding-bottom:3px"'
    side = html.escape(note)
    shown = lines or f'<p class="small">{html.escape(str(nothing))}</p>'
    return (
        '<table width="100%" cellspacing="0" cellpadding="0" style="border-collapse:collapse"><tr>'
        f'<td class="head" {line}>{html.escape(str(name))}</td>'
        f'<td align="right" class="small" {line}>{side}</td></tr></table>'
        f"{_air(2)}{shown}{_air(8)}"
    )


def _pair(text: str, mark: ChipText, width: float, *, lead: str = "") -> str:
    """Return a line of a list: a word before it, the text cut, and a mark at its right end."""
    before = 44 if lead else 0
    right = text_width(mark.text, _TEXT, 600) + 8
    room = width - before - right
    first = f'<td {_wide(before)} class="muted">{html.escape(lead)}</td>' if lead else ""
    return (
        f'<tr>{first}<td>{_cut(text, room)}</td><td {_wide(right)} align="right">'
        f'<span style="font-weight:600;color:{_INKS[mark.tone]}">{html.escape(mark.text)}</span>'
        "</td></tr>"
    )


def _table(rows: Iterable[str]) -> str:
    body_of = "".join(rows)
    if not body_of:
        return ""
    return f'<table width="100%" cellspacing="0" cellpadding="1">{body_of}</table>'


def _more(count: int) -> str:
    """Say how many lines have no room."""
    if count <= 0:
        return ""
    return (
        f'<p class="small">{html.escape(ntr("Brief", "and {n} more", "and {n} more", count))}</p>'
    )


def _few(items: Sequence[object], most: int) -> int:
    """Return how many of a list are shown: all of them, or one less than fits for the rest."""
    return len(items) if len(items) <= most else most - 1


# -- head, tiles, next step ------------------------------------------------------------------------


def _head(brief: Brief) -> str:
    client = brief.client
    parts = []
    if client.segment:
        parts.append(tr("Record", "Category {one}", one=client.segment))
    if client.vat_id:
        parts.append(tr("Record", "VAT no. {number}", number=client.vat_id))
    parts += [part for part in (client.city, client.activity) if part]
    if client.parent_name:
        name = shown_name(client.parent_name, client.parent_id)
        parts.append(tr("Record", "Group: {name} ({n})", name=name, n=client.group_size))
    if not client.active:
        parts.append(tr("Record", "Inactive"))
    line = _cut(" · ".join(parts), _WHOLE)
    return (
        f'<p class="name">{_cut(client.name, _WHOLE, _NAME, 700)}</p>'
        f'<p class="muted">{line}</p>{_hold(brief)}{_air(5)}'
    )


def _hold(brief: Brief) -> str:
    """Say why nothing new is to be offered, where that is so."""
    if brief.credit.hold is None:
        return ""
    money = partial(formats.money, currency=brief.profile.currency, cents=False)
    said = _cut(str(hold_words(brief.credit.hold, money)), _WHOLE, _TEXT, 600)
    return f'<p style="font-weight:600;color:{_INKS["danger"]}">{said}</p>'


def _tiles(brief: Brief) -> str:
    each = (_WHOLE - 3 * 6) / 4
    cells = []
    for number, tile in enumerate(tiles(brief)):
        if number:
            cells.append(f"<td {_wide(6)}></td>")
        cells.append(_tile(tile, each))
    return (
        '<table width="100%" cellspacing="0" cellpadding="0"><tr>'
        f"{''.join(cells)}</tr></table>{_air(6)}"
    )


def _tile(tile: Tile, width: float) -> str:
    room = width - 16
    ink = LIGHT.text if tile.tone is None else _INKS[tile.tone]
    fits = (px for px in _VALUES if text_width(tile.value, px, 600) <= room - 2)
    px = next(fits, _VALUES[-1])  # an amount is not cut
    value = f"font-size:{px}pt;font-weight:600;color:{ink}"
    rows = [
        f'<p class="small" style="font-weight:600">{_cut(tile.name, room, _SMALL, 600)}</p>',
        f'<p style="{value}">{_cut(tile.value, room, px, 600)}</p>',
        *(
            f'<p style="font-size:{_SMALL}pt">{_cut(line, room, _SMALL) or "&nbsp;"}</p>'
            for line in tile.lines
        ),
        f'<p class="small">{_cut(tile.as_of, room, _SMALL)}</p>',
    ]
    return f'<td {_wide(width)} bgcolor="{LIGHT.app}" style="padding:6px 8px">{"".join(rows)}</td>'


def _step(brief: Brief) -> str:
    said = html.escape(tr("Brief", "Next step"))
    lead = text_width(tr("Brief", "Next step"), _TEXT, 600) + 12
    if brief.tasks:
        mark = due_chip(of_task(brief.tasks[0]), today=brief.as_of)
        right = text_width(mark.text, _TEXT, 600) + 8
        what = _cut(brief.tasks[0].title, _WHOLE - 16 - lead - right - 8, _TEXT, 600)
        when = html.escape(mark.text)
        ink = _INKS[mark.tone]
    else:
        right, when, ink = 4, "", LIGHT.muted
        what = html.escape(tr("Brief", "Nothing is planned."))
    pad = "padding:5px 8px;font-weight:600"
    return (
        f'<table width="100%" cellspacing="0" cellpadding="0" bgcolor="{LIGHT.soft}"><tr>'
        f'<td style="{pad};color:{LIGHT.accent}" {_wide(lead + 8)}>{said}</td>'
        f'<td style="{pad}">{what}</td>'
        f'<td style="{pad};color:{ink}" align="right" {_wide(right + 8)}>{when}</td>'
        f"</tr></table>{_air(8)}"
    )


# -- the left column: what was said, what is open --------------------------------------------------


def _talks(brief: Brief, lines: int) -> str:
    shown = "".join(_talk(one, brief, lines) for one in brief.talks)
    return _section(
        msg("Brief", "Last contacts"),
        shown,
        nothing=msg("Brief", "There has been no contact yet."),
    )


def _talk(item: TimelineItem, brief: Brief, lines: int) -> str:
    day = formats.date(item.day)
    mark = chip(item, today=brief.as_of)
    kind = str(words.look_of(item).word)
    small = [day, kind, *([item.person] if item.person else [])]
    if item.minutes:
        small.append(str(formats.minutes(item.minutes)))
    if item.mood is not None:
        small.append(str(words.MOOD_IN_META[item.mood]))
    said = title(item, currency=brief.profile.currency)
    head = f'<p class="strong">{_cut(said, _LEFT, _TEXT, 600)}</p>' if item.subject else ""
    text = "".join(
        f"<p>{html.escape(line)}</p>" for line in wrapped(body(item), _LEFT - 2, _TEXT, 400, lines)
    )
    right = "" if mark is None else mark.text
    room = _LEFT - (text_width(right, _SMALL, 600) + 8 if right else 0)
    late = (
        f'<td align="right" style="font-size:{_SMALL}pt;font-weight:600;color:{LIGHT.warning}">'
        f"{html.escape(right)}</td>"
        if right
        else ""
    )
    return (
        '<table width="100%" cellspacing="0" cellpadding="0"><tr>'
        f'<td class="small">{_cut(" · ".join(small), room, _SMALL)}</td>{late}</tr></table>'
        f"{head}{text}{_air(3)}"
    )


def _promises(brief: Brief, most: int) -> str:
    few = _few(brief.promises, most)

    def line(one: PromiseRow) -> str:
        mark = promise_due(one, today=brief.as_of)
        return _pair(one.what, mark, _LEFT, lead=str(words.GIVERS[one.given_by]))

    shown = _table(line(one) for one in brief.promises[:few]) + _more(len(brief.promises) - few)
    if not shown:
        shown = f'<p class="small">{html.escape(tr("Promise", "Nothing is open."))}</p>'
    return _section(
        msg("Promise", "Open promises"),
        shown + _kept(brief),
        nothing=msg("Promise", "Nothing is open."),
    )


def _kept(brief: Brief) -> str:
    """Return how many promises each side kept, and how promises to pay stand; empty without."""
    parts = [
        f"{RATIO_TITLES[by]} {short_ratio(ratio)}"
        for by, ratio in brief.kept.items()
        if ratio.counted
    ]
    lines = [" · ".join(parts)] if parts else []
    if brief.payments:
        said = payment_words(brief.payments)[0]
        lines.append(f"{tr('Collecting', 'Promises to pay')}: {said}")
    return "".join(f'{_air(1)}<p class="small">{_cut(one, _LEFT, _SMALL)}</p>' for one in lines)


def _needs(brief: Brief, most: int) -> str:
    if not brief.needs:
        return ""
    few = _few(brief.needs, max(FEWEST, most // 2))
    lines = "".join(f"<p>{_cut(one.what, _LEFT)}</p>" for one in brief.needs[:few])
    return _section(
        msg("Needs", "Open needs"),
        lines + _more(len(brief.needs) - few),
        nothing=msg("Promise", "Nothing is open."),
    )


def _tasks(brief: Brief, most: int) -> str:
    rest = brief.tasks[1:]
    few = _few(rest, most)

    def line(one: TaskRow) -> str:
        return _pair(one.title, due_chip(of_task(one), today=brief.as_of), _LEFT)

    return _section(
        msg("Brief", "Other open tasks") if brief.tasks else msg("Brief", "Open tasks"),
        _table(line(one) for one in rest[:few]) + _more(len(rest) - few),
        nothing=msg("Promise", "Nothing is open."),
    )


def _remarks(brief: Brief, lines: int) -> str:
    if not brief.client.notes:
        return ""
    text = wrapped(brief.client.notes, _LEFT - 2, _TEXT, 400, lines)
    return _section(
        msg("Facts", "Remarks"),
        "".join(f"<p>{html.escape(line)}</p>" for line in text),
        nothing=msg("Promise", "Nothing is open."),
    )


# -- the right column: who, how much, when ---------------------------------------------------------


def _people(brief: Brief, most: int) -> str:
    few = _few(brief.people, max(FEWEST, most // 2))

    def person(one: ContactRow) -> str:
        mark = ChipText(tr("Brief", "decides"), "accent" if one.decides else "muted")
        right = mark.text if one.decides else ""
        room = _RIGHT - (text_width(right, _TEXT, 600) + 8 if right else 0)
        number = one.mobile or one.phone
        role = [part for part in (one.role, one.department) if part]
        small = " · ".join([*role, *([formats.phone(number)] if number else [])])
        end = (
            f'<td align="right" style="font-weight:600;color:{LIGHT.accent}">'
            f"{html.escape(right)}</td>"
            if right
            else ""
        )
        below = f'<p class="small">{_cut(small, _RIGHT, _SMALL)}</p>' if small else ""
        return (
            '<table width="100%" cellspacing="0" cellpadding="0"><tr>'
            f'<td class="strong">{_cut(one.name, room, _TEXT, 600)}</td>{end}</tr></table>'
            f"{below}{_air(2)}"
        )

    return _section(
        msg("Brief", "People"),
        "".join(person(one) for one in brief.people[:few]) + _more(len(brief.people) - few),
        nothing=msg("Brief", "Nobody is written down."),
    )


def _invoices(brief: Brief, most: int) -> str:
    few = _few(brief.invoices, most)

    def line(one: OpenInvoice) -> str:
        late = one.days_past_due > 0
        amount = formats.money(one.open_minor, brief.profile.currency)
        days = ntr("Clients", "{n} d", "{n} d", one.days_past_due) if late else ""
        right = text_width(amount, _TEXT, 400) + 6
        number = _cut(one.number, _RIGHT - right - 94)
        below = ""
        if one.disputed_minor:
            blocked = formats.money(one.disputed_minor, brief.profile.currency)
            said = html.escape(tr("Brief", "in dispute: {amount}", amount=blocked))
            below = f'<tr><td colspan="4" class="small">{said}</td></tr>'
        return (
            f'<tr><td>{number}</td><td {_wide(54)} class="muted">{formats.date(one.due_on)}</td>'
            f'<td {_wide(32)} align="right"><span style="color:{LIGHT.danger}">{days}</span></td>'
            f'<td {_wide(right)} align="right">{html.escape(amount)}</td></tr>{below}'
        )

    return _section(
        msg("Brief", "Open invoices"),
        _table(line(one) for one in brief.invoices[:few]) + _more(len(brief.invoices) - few),
        note=as_of(brief),
        nothing=msg("Brief", "Nothing is owed."),
    )


def _disputes(brief: Brief, most: int) -> str:
    """Return the open disputes; the section goes where there are none."""
    if not brief.disputes:
        return ""
    few = _few(brief.disputes, max(FEWEST, most // 2))
    currency = brief.profile.currency

    def line(one: DisputeRow) -> str:
        money = one.at_stake_minor
        what = one.title
        if money is not None:
            what = f"{formats.money(money, currency, cents=False)} · {one.title}"
        return _pair(what, dispute_mark(one), _RIGHT)

    return _section(
        msg("Cases", "Disputes"),
        _table(line(one) for one in brief.disputes[:few]) + _more(len(brief.disputes) - few),
        note=as_of(brief),
        nothing=msg("Cases", "No dispute is open"),
    )


def _sales(brief: Brief) -> str:
    def line(what: str, amount: str, share: str) -> str:
        right = text_width(amount, _TEXT, 600) + 6
        return (
            f'<tr><td class="muted">{_cut(what, _RIGHT - right - 46)}</td>'
            f'<td align="right" class="muted" {_wide(42)}>{html.escape(share)}</td>'
            f'<td {_wide(right)} align="right" class="strong">{html.escape(amount)}</td></tr>'
        )

    return _section(
        msg("Targets", "Sales and target {year}", year=str(brief.sales.fiscal_year)),
        _table(line(*one) for one in sales_lines(brief)),
        note=as_of(brief),
        nothing=msg("Brief", "Nothing was sold."),
    )


def _tone(day: dt.date, brief: Brief) -> str:
    """Return a day's ink as markup: red where it has passed and was not closed."""
    return f'style="color:{LIGHT.danger}"' if day < brief.as_of else 'class="muted"'


def _dates(brief: Brief, most: int) -> str:
    found: list[tuple[dt.date, str]] = [
        (
            one.due_on,
            tr(
                "Brief",
                "Invoice {number} · {amount}",
                number=one.number,
                amount=formats.money(one.open_minor, brief.profile.currency, cents=False),
            ),
        )
        for one in brief.falling_due
    ]
    if brief.order is not None and brief.order.due_on >= brief.as_of:
        found.append((brief.order.due_on, tr("Brief", "Next order by its own rhythm")))
    if brief.anniversary is not None and brief.client.client_since is not None:
        years = brief.anniversary.year - brief.client.client_since.year
        found.append(
            (brief.anniversary, ntr("Brief", "{n} year a client", "{n} years a client", years))
        )
    found += [(one.on_date, str(name_of_date(one))) for one in brief.key_dates]
    found.sort()
    few = _few(found, max(FEWEST, most // 2))
    rows = (
        f"<tr><td {_wide(58)} {_tone(day, brief)}>{formats.date(day)}</td>"
        f"<td>{_cut(what, _RIGHT - 64)}</td></tr>"
        for day, what in found[:few]
    )
    return _section(
        msg("Brief", "Dates in the next 90 days"),
        _table(rows) + _more(len(found) - few),
        nothing=msg("Brief", "The book knows of none."),
    )
