"""Activity: interactions by kind and month, who was seen, and who was not in touch."""

from __future__ import annotations

from acctdesk import formats, periods
from acctdesk.i18n import msg
from acctdesk.kinds import InteractionKind
from acctdesk.reports import styles
from acctdesk.reports.cells import line_count
from acctdesk.reports.page import Page, cell, column_letters
from acctdesk.reports.sheets.client_data import FACE_TO_FACE
from acctdesk.reports.sheets.head import write_head
from acctdesk.reports.workbook import KIND_WORDS, Book
from acctdesk.services.pack_rows import PackClient

TITLE = msg("Report", "Activity")
_HEAD, _FIRST = 3, 4
_KIND, _MONTHS = 0, 3
_LAST = _MONTHS + 3  # a month's, a quarter's and a year's sheet are at least this wide
_PLANNED = 25


def quiet(book: Book) -> list[PackClient]:
    """Return the active clients without an interaction in the period, the largest first."""
    facts = book.facts
    return sorted(
        (
            client
            for client in book.data.clients
            if client.active and client.live and not facts.contacts_of(client.id)
        ),
        key=lambda client: (-facts.last_365_of(client.id), client.name),
    )


def write(book: Book, page: Page) -> None:
    """Write the sheet."""
    write_head(book, page, TITLE, msg("Report", "interactions as recorded"))
    page.fix(0, 6)
    for column in range(_MONTHS, _LAST + 1):
        page.fix(column, 12)
    row = _by_kind(book, page)
    row = _counts(book, page, row + 1)
    row = _planned(book, page, row + 1)
    _quiet(book, page, row + 1)
    page.fix(0, 6)
    page.widen(1, "0" * 12)
    page.within(2, 30, 34)
    page.finish(landscape=False, repeat=None)


def _by_kind(book: Book, page: Page) -> int:
    data = book.data
    months = periods.months(data.period.start, data.period.end)
    page.text(_HEAD, 0, msg("Report", "Kind"), "heading")
    page.text(_HEAD, 1, None, "heading")
    page.text(_HEAD, 2, None, "heading")
    for place, month in enumerate(months):
        page.date(
            _HEAD,
            _MONTHS + place,
            month,
            book.month_style,
            bold=True,
            font_size=9,
            font_color=styles.SECOND,
            align="right",
            bottom=1,
            bottom_color=styles.ACCENT,
        )
        page.widen(_MONTHS + place, "00/00/0000")
    total = _MONTHS + len(months)
    page.heading(_HEAD, total, msg("Report", "Total"))
    counts: dict[tuple[InteractionKind, int], int] = {}
    for interaction in data.interactions:
        if interaction.day in data.counted:
            place = months.index(periods.month_start(interaction.day))
            counts[interaction.kind, place] = counts.get((interaction.kind, place), 0) + 1
    kinds = list(InteractionKind)
    for line, kind in enumerate(kinds):
        row = _FIRST + line
        page.text(row, _KIND, KIND_WORDS[kind], "muted", font_size=10, font_color=styles.TEXT)
        for place in range(len(months)):
            first_day = f"{column_letters(_MONTHS + place)}${_HEAD + 1}"
            page.formula(
                row,
                _MONTHS + place,
                f'=COUNTIFS(int_kind,$A{row + 1},int_date,">="&{first_day},'
                f'int_date,"<"&EDATE({first_day},1),int_date,"<="&as_of)',
                counts.get((kind, place), 0),
                "count",
            )
        first, last = cell(row, _MONTHS), cell(row, total - 1)
        amount = sum(counts.get((kind, place), 0) for place in range(len(months)))
        page.formula(row, total, f"=SUM({first}:{last})", amount, "count", bold=True)
    row = _FIRST + len(kinds)
    look = styles.SUM
    page.text(row, _KIND, msg("Report", "Total"), "text", **look)
    page.text(row, 1, None, "text", **look)
    page.text(row, 2, None, "text", **look)
    for column in range(_MONTHS, total + 1):
        found = sum(
            amount
            for (_, place), amount in counts.items()
            if column == total or place == column - _MONTHS
        )
        page.formula(
            row,
            column,
            f"=SUM({cell(_FIRST, column)}:{cell(row - 1, column)})",
            found,
            "count",
            **look,
        )
    page.define("interactions_total", page.ref(row, total))
    inside = sum(1 for interaction in data.interactions if interaction.day in data.counted)
    book.check(
        msg("Report", "Interactions in the period"),
        inside,
        "interactions_total",
        sum(counts.values()),
        "number",
    )
    return row + 1


def _counts(book: Book, page: Page, row: int) -> int:
    facts = book.facts
    contacted = sum(1 for client in book.data.clients if facts.contacts_of(client.id))
    seen = sum(1 for client in book.data.clients if facts.contacts_of(client.id, FACE_TO_FACE))
    for place, (name, label, formula, value) in enumerate(
        (
            (
                msg("Report", "Clients in touch"),
                "clients_contacted",
                '=COUNTIFS(cli_contacts,">0")',
                contacted,
            ),
            (
                msg("Report", "Clients seen (visit or meeting)"),
                "clients_seen",
                '=COUNTIFS(cli_visits,">0")',
                seen,
            ),
            (
                msg("Report", "Clients in all"),
                "clients_all",
                "=COUNT(cli_id)",
                len(book.data.clients),
            ),
        )
    ):
        page.text(row + place, 0, name, "muted", font_size=10, font_color=styles.TEXT)
        page.formula(row + place, _MONTHS, formula, value, "count")
        page.define(label, page.ref(row + place, _MONTHS))
    return row + 3


def _planned(book: Book, page: Page, row: int) -> int:
    """List the next steps planned for the time after, the earliest first."""
    tasks = book.data.tasks
    if not tasks:
        return row - 1
    page.text(row, 0, msg("Report", "Planned"), "section", font_size=12)
    told = msg(
        "Report",
        "Next steps from {start} on: {count}. The earliest first.",
        start=formats.date(tasks[0].day),
        count=len(tasks),
    )
    page.text(row + 1, 0, told, "muted")
    head = row + 2
    page.across(head, 0, 1, msg("Report", "Date"), "heading")
    page.heading(head, 2, msg("Report", "Client"), right=False)
    page.across(head, _MONTHS, _LAST, msg("Report", "What"), "heading")
    look = {**styles.LINE, "valign": "top"}
    room = sum(page.width(column) for column in range(_MONTHS, _LAST + 1)) - 2
    for place, task in enumerate(tasks[:_PLANNED], start=1):
        line = head + place
        page.sheet.merge_range(line, 0, line, 1, "", book.format("date", **look, align="left"))
        page.date(line, 0, task.day, "date", **look, align="left")
        page.text(line, 2, book.clients[task.client_id].name, shrink=True, **look)
        page.across(line, _MONTHS, _LAST, task.title, "wrapped", **look)
        page.sheet.set_row(line, 2 + 13 * line_count(task.title, room))
    return head + min(len(tasks), _PLANNED) + 1


def _quiet(book: Book, page: Page, row: int) -> None:
    page.text(row, 0, msg("Report", "Not in touch in the period"), "section", font_size=12)
    if not book.data.interactions:
        page.text(
            row + 1,
            0,
            msg("Report", "No interaction is recorded in the data of this workbook."),
            "muted",
        )
        return
    listed = quiet(book)
    if not listed:
        page.text(row + 1, 0, msg("Report", "Every active client was in touch."), "muted")
        return
    page.text(
        row + 1,
        0,
        msg(
            "Report",
            "Active clients: {count}. The largest of the last 365 days first.",
            count=len(listed),
        ),
        "muted",
    )
    page.fix(0, 6)
    head = row + 2
    page.heading(head, 0, msg("Report", "No."), right=False)
    page.heading(head, 1, msg("Report", "Code"), right=False)
    page.heading(head, 2, msg("Report", "Client"), right=False)
    page.heading(head, 3, msg("Report", "Last contact"))
    page.heading(head, 4, msg("Report", "Last 365 days"))
    look = styles.LINE
    for place, client in enumerate(listed):
        line = head + 1 + place
        page.number(line, 0, client.id, "key", **look)
        page.text(line, 1, client.code, **look)
        page.text(line, 2, client.name, shrink=True, **look)
        page.date(line, 3, client.last_contact_on, "date", align="right", **look)
        page.formula(
            line,
            4,
            f'=SUMIFS(doc_net,doc_client,$A{line + 1},doc_date,">"&(as_of-365),doc_date,"<="&as_of)',
            book.facts.last_365_of(client.id) / 100,
            **look,
        )
        book.step()
    page.widen(3, "00/00/0000")
    page.widen(4, "0.000.000")
