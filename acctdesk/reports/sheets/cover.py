"""Cover: who, what period, the headline figures, the findings in words, and the names to know."""

from __future__ import annotations

from dataclasses import dataclass

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.reports import styles
from acctdesk.reports.cells import fit_text, line_count
from acctdesk.reports.facts import change, ratio
from acctdesk.reports.findings import findings, most_overdue, movers
from acctdesk.reports.page import Page
from acctdesk.reports.workbook import Book

TITLE = msg("Report", "Cover")
_LEFT, _COLUMNS, _WIDTH = 1, 4, 22.0


@dataclass(frozen=True, slots=True)
class _Tile:
    label: Message
    formula: str
    value: float | None
    style: str
    note: str


def write(book: Book, page: Page) -> None:
    """Write the cover: one page."""
    data = book.data
    page.fix(0, 2)
    for column in range(_LEFT, _LEFT + _COLUMNS):
        page.fix(column, _WIDTH)
    page.text(0, _LEFT, data.profile.company or None, "subtitle", font_size=11, bold=True)
    page.sheet.set_row(1, 32)
    title = msg("Report", "Report: {period}", period=book.period_name)
    page.text(1, _LEFT, title, "title", font_size=22)
    page.text(2, _LEFT, _about(book), "subtitle")
    row = _tiles(book, page, 4)
    row = _findings(book, page, row + 1)
    row = _names(book, page, row + 1)
    page.text(
        row + 1,
        _LEFT,
        msg(
            "Report",
            "Sales are net of VAT, receivables with VAT; amounts in {currency}.",
            currency=data.profile.currency,
        ),
        "muted",
    )
    agree = book.say(msg("Report", "Figures of program and formulas"))
    page.formula(
        row + 2, _LEFT, f'="{agree}: "&check_verdict', f"{agree}: {_verdict(book)}", "muted"
    )
    for column in range(_LEFT, _LEFT + _COLUMNS):
        page.fix(column, _WIDTH)
    page.sheet.print_area(0, 0, row + 2, _LEFT + _COLUMNS - 1)
    page.sheet.set_first_sheet()
    page.sheet.activate()
    page.finish(landscape=False, repeat=None, whole=True)


def _verdict(book: Book) -> str:
    from acctdesk.reports.sheets.check import difference

    wrong = any(difference(checked) for checked in book.checks)
    return book.say(msg("Report", "Differs") if wrong else msg("Report", "OK"))


def _about(book: Book) -> Message:
    data = book.data
    values = {
        "officer": data.profile.officer,
        "start": formats.date(data.period.start),
        "end": formats.date(data.period.end),
        "day": formats.date(data.as_of),
    }
    if data.profile.officer:
        return msg("Report", "Account officer: {officer} · {start} – {end} · as of {day}", **values)
    return msg("Report", "{start} – {end} · as of {day}", **values)


def _tiles(book: Book, page: Page, row: int) -> int:
    data, facts = book.data, book.facts
    net = facts.net.between(data.counted.start, data.counted.end)
    target = facts.target_of(data.period)
    year = data.year
    inside = 'SUMIFS(doc_net,doc_date,">="&before_start,doc_date,"<="&before_end)'
    before = facts.net.between(data.before.start, data.before.end)
    book.check(
        msg("Report", "Net sales, previous period"), data.before_minor / 100, inside, before / 100
    )
    last = facts.net.between(data.last_year.start, data.last_year.end)
    year_due = year.target_to_date_minor
    tiles = (
        _Tile(
            msg("Report", "Net sales"),
            "=period_net",
            net / 100,
            "money",
            _say(book, msg("Report", "Target: {amount}", amount=book.money(target))),
        ),
        _Tile(
            msg("Report", "Attainment"),
            "=period_attainment",
            ratio(net, target),
            "share",
            _say(
                book,
                msg(
                    "Report",
                    "Difference: {amount}",
                    amount=_plus(book, None if target is None else net - target),
                ),
            ),
        ),
        _Tile(
            msg("Report", "Same time last year"),
            '=IF(period_last_year<=0,"–",ROUND(period_net/period_last_year-1,4))',
            change(net, last),
            "change",
            book.money(last),
        ),
        _Tile(
            msg("Report", "Previous period"),
            f'=IF({inside}<=0,"–",ROUND(period_net/{inside}-1,4))',
            change(net, before),
            "change",
            book.money(before),
        ),
        _Tile(
            msg("Report", "Attainment, year to date"),
            "=year_attainment",
            ratio(year.net_to_date_minor, year_due),
            "share",
            _say(book, msg("Report", "Net: {amount}", amount=book.money(year.net_to_date_minor))),
        ),
        _Tile(
            msg("Report", "Balance"),
            "=balance_total",
            facts.balance / 100,
            "money",
            _say(book, msg("Report", "Open: {amount}", amount=book.money(facts.open))),
        ),
        _Tile(
            msg("Report", "Overdue"),
            "=overdue_total",
            facts.overdue / 100,
            "money",
            _say(
                book,
                msg(
                    "Report",
                    "{share} of what is open",
                    share=book.percent(ratio(facts.overdue, facts.open)),
                ),
            ),
        ),
        _last_tile(book),
    )
    for place, tile in enumerate(tiles):
        top, column = row + 4 * (place // _COLUMNS), _LEFT + place % _COLUMNS
        edge: styles.Look = {"left": 5, "left_color": "#FFFFFF"} if column > _LEFT else {}
        page.sheet.set_row(top, 18)
        page.sheet.set_row(top + 1, 26)
        page.sheet.set_row(top + 2, 18)
        page.text(top, column, tile.label, "tile_label", indent=1, shrink=True, **edge)
        unknown = tile.value is None
        page.formula(
            top + 1,
            column,
            tile.formula,
            ("–" if tile.style == "change" else None) if unknown else tile.value,
            tile.style,
            font_size=16,
            bold=True,
            align="left",
            indent=1,
            bg_color=styles.SUNKEN,
            **edge,
        )
        page.text(top + 2, column, tile.note, "tile_note", indent=1, shrink=True, **edge)
    page.sheet.set_row(row + 3, 6)
    return row + 7


def _last_tile(book: Book) -> _Tile:
    """Return the tile of contacts, or of the collection time where no interaction is recorded."""
    facts, clients = book.facts, book.data.clients
    if not book.data.interactions:
        return _Tile(
            msg("Report", "DSO"),
            "=dso",
            facts.dso,
            "days",
            _say(book, msg("Report", "days sales outstanding")),
        )
    seen = sum(1 for client in clients if facts.contacts_of(client.id))
    return _Tile(
        msg("Report", "Clients in touch"),
        "=clients_contacted",
        float(seen),
        "count",
        _say(book, msg("Report", "of {count} clients", count=len(clients))),
    )


def _plus(book: Book, minor: int | None) -> str:
    return ("+" if minor is not None and minor > 0 else "") + book.money(minor)


def _say(book: Book, message: Message) -> str:
    return book.say(message)


def _findings(book: Book, page: Page, row: int) -> int:
    page.text(row, _LEFT, msg("Report", "Findings"), "section")
    row += 1
    room = _WIDTH * (_COLUMNS - 1) - 2
    for finding in findings(book):
        sentence = fit_text(book.say(finding.sentence))[0]
        lines = line_count(sentence, room)
        page.sheet.set_row(row, 6 + 13 * lines)
        line = {"top": 4, "top_color": styles.HAIR, "valign": "top"}
        page.text(row, _LEFT, finding.subject, "text", bold=True, font_color=styles.SECOND, **line)
        page.across(row, _LEFT + 1, _LEFT + _COLUMNS - 1, sentence, "wrapped", **line)
        row += 1
    return row


def _names(book: Book, page: Page, row: int) -> int:
    """List the clients that moved most, and those that owe most past its day."""
    up, down = movers(book)
    look = styles.LINE
    sold = 'SUMIFS(doc_net,doc_client,{key},doc_date,">="&{start},doc_date,"<="&{end})'
    for heading, listed in (
        (msg("Report", "Largest increases"), up),
        (msg("Report", "Largest decreases"), down),
    ):
        if not listed:
            continue
        _head(page, row, heading, (msg("Report", "Difference"), msg("Report", "Net sales")))
        for mover in listed:
            row += 1
            key = mover.client.id
            now = sold.format(key=key, start="period_start", end="period_end")
            before = sold.format(key=key, start="last_year_start", end="last_year_end")
            _name(page, row, mover.client.name)
            page.formula(
                row, _LEFT + 2, f"=ROUND({now}-{before},2)", mover.gap_minor / 100, "gain", **look
            )
            page.formula(row, _LEFT + 3, f"={now}", mover.now_minor / 100, "money", **look)
        row += 2
    owing = most_overdue(book)
    if owing:
        _head(
            page,
            row,
            msg("Report", "Most overdue"),
            (msg("Report", "Overdue"), msg("Report", "Days of the oldest")),
        )
        for client, amount, days in owing:
            row += 1
            _name(page, row, client.name)
            page.formula(
                row,
                _LEFT + 2,
                f'=SUMIFS(open_amount,open_client,{client.id},open_days,">0")',
                amount / 100,
                "money",
                **look,
            )
            page.number(row, _LEFT + 3, days, "count", **look)
        row += 2
    return row - 1


def _head(page: Page, row: int, title: Message, columns: tuple[Message, Message]) -> None:
    look = {"font_size": 10, "font_color": styles.TEXT}
    page.across(row, _LEFT, _LEFT + 1, title, "heading", **look)
    page.heading(row, _LEFT + 2, columns[0])
    page.heading(row, _LEFT + 3, columns[1])


def _name(page: Page, row: int, name: str) -> None:
    page.across(row, _LEFT, _LEFT + 1, name, "text", shrink=True, **styles.LINE)
