"""A statement of account as a workbook of one sheet; its balances are formulas."""

from __future__ import annotations

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.kinds import AgeBucket, DocumentType, Language, ReceiptKind
from acctdesk.reports import styles
from acctdesk.reports.page import Page, cell
from acctdesk.reports.plain_book import PlainBook
from acctdesk.services.statements import Statement, StatementLine

TITLE = msg("Statement", "Statement of account")
KINDS: dict[DocumentType | ReceiptKind, Message] = {
    DocumentType.INVOICE: msg("Statement", "Invoice"),
    DocumentType.CREDIT_NOTE: msg("Statement", "Credit note"),
    ReceiptKind.RECEIPT: msg("Statement", "Payment"),
    ReceiptKind.WRITE_OFF: msg("Statement", "Written off"),
}
AGES: dict[AgeBucket, Message] = {
    AgeBucket.NOT_DUE: msg("Statement", "Not yet due"),
    AgeBucket.DAYS_1_30: msg("Statement", "1–30 days"),
    AgeBucket.DAYS_31_60: msg("Statement", "31–60 days"),
    AgeBucket.DAYS_61_90: msg("Statement", "61–90 days"),
    AgeBucket.OVER_90: msg("Statement", "Over 90 days"),
}
UNAPPLIED = msg("Statement", "Not yet matched")
OPENING = msg("Statement", "Balance brought forward")
CLOSING = msg("Statement", "Balance at the end")
HEADINGS = (
    msg("Statement", "Date"),
    msg("Statement", "Movement"),
    msg("Statement", "Number"),
    msg("Statement", "Due"),
    msg("Statement", "Debit"),
    msg("Statement", "Credit"),
    msg("Statement", "Balance"),
)
_DEBIT, _CREDIT, _BALANCE = 4, 5, 6


def period_words(made: Statement) -> Message:
    """Return the days of a statement, in words."""
    return msg(
        "Statement",
        "From {start} to {end}, in {currency}",
        start=formats.date(made.start),
        end=formats.date(made.end),
        currency=made.currency,
    )


def whose(made: Statement) -> list[Message | str]:
    """Return who it is for, line by line: number, tax number, address."""
    found: list[Message | str] = []
    if made.members > 1:
        found.append(msg("Statement", "Group of {n} clients", n=made.members))
    if made.code:
        found.append(msg("Statement", "Client no. {code}", code=made.code))
    if made.vat_id:
        found.append(msg("Statement", "VAT number {number}", number=made.vat_id))
    return [*found, *made.address]


def statement_workbook(made: Statement, language: Language) -> bytes:
    """Return a statement as .xlsx."""
    period = period_words(made).localized(language)
    book = PlainBook(language=language, company=made.company, period_name=period)
    page = book.page(TITLE)
    page.text(0, 0, TITLE, "title")
    for row, high in ((0, 26), (1, 20)):  # points: the letters are larger than the sheet's
        page.sheet.set_row(row, high)
    page.across(1, 0, _BALANCE, made.name, "section")
    row = 2
    for line in whose(made):
        page.across(row, 0, _BALANCE, line, "subtitle")
        row += 1
    page.across(row, 0, _BALANCE, period, "subtitle")
    head = row + 2
    for column, heading in enumerate(HEADINGS):
        page.heading(head, column, heading, right=column >= _DEBIT)
    first = head + 1
    _opening(page, first, made)
    for number, moved in enumerate(made.lines, start=1):
        _line(page, first + number, made, moved)
    last = first + len(made.lines)
    _closing(page, last + 1, first, last, made)
    _foot(page, last + 4, made)
    page.within(0, 11, 14)
    page.within(2, 14, 30)
    for column in (_DEBIT, _CREDIT, _BALANCE):
        page.within(column, 13, 24)
    page.finish(landscape=False, repeat=(head, head))
    page.sheet.freeze_panes(first, 0)
    return book.content()


def _opening(page: Page, row: int, made: Statement) -> None:
    page.date(row, 0, made.start, **styles.LINE)
    page.text(row, 1, OPENING, **styles.LINE)
    for column in range(2, _BALANCE):
        page.text(row, column, None, **styles.LINE)
    page.money(row, _BALANCE, made.opening_minor, "cents", **styles.LINE)


def _line(page: Page, row: int, made: Statement, line: StatementLine) -> None:
    page.date(row, 0, line.day, **styles.LINE)
    words = page.book.say(KINDS[line.kind])
    page.text(row, 1, f"{words}, {line.client_name}" if made.members > 1 else words, **styles.LINE)
    page.text(row, 2, line.number, **styles.LINE)
    page.date(row, 3, line.due_on, **styles.LINE)
    debit = line.amount_minor if line.amount_minor >= 0 else None
    credit = -line.amount_minor if line.amount_minor < 0 else None
    page.money(row, _DEBIT, debit, "cents", **styles.LINE)
    page.money(row, _CREDIT, credit, "cents", **styles.LINE)
    formula = f"={cell(row - 1, _BALANCE)}+{cell(row, _DEBIT)}-{cell(row, _CREDIT)}"
    page.formula(row, _BALANCE, formula, line.balance_minor / 100, "cents", **styles.LINE)


def _closing(page: Page, row: int, first: int, last: int, made: Statement) -> None:
    page.date(row, 0, made.end, **styles.TOTAL)
    page.text(row, 1, CLOSING, **styles.TOTAL)
    for column in (2, 3):
        page.text(row, column, None, **styles.TOTAL)
    sums = (
        (_DEBIT, sum(one.amount_minor for one in made.lines if one.amount_minor >= 0)),
        (_CREDIT, -sum(one.amount_minor for one in made.lines if one.amount_minor < 0)),
    )
    for column, amount in sums:
        span = f"{cell(first, column)}:{cell(last, column)}"
        page.formula(row, column, f"=SUM({span})", amount / 100, "cents", **styles.TOTAL)
    formula = f"={cell(first, _BALANCE)}+{cell(row, _DEBIT)}-{cell(row, _CREDIT)}"
    page.formula(row, _BALANCE, formula, made.closing_minor / 100, "cents", **styles.TOTAL)


def _foot(page: Page, row: int, made: Statement) -> None:
    """Write what the balance is made of: the open invoices by age, and what is not matched."""
    page.across(
        row - 1,
        0,
        _BALANCE,
        msg("Statement", "What is open on {day}, by age", day=formats.date(made.end)),
        "section",
    )
    parts: list[tuple[Message, int]] = [(AGES[age], made.ageing[age]) for age in AgeBucket]
    parts.append((UNAPPLIED, made.unapplied_minor))
    for column, (name, amount) in enumerate(parts):
        page.heading(row, column, name, right=True)
        page.money(row + 1, column, amount, "cents", **styles.LINE)
    page.heading(row, _BALANCE, CLOSING, right=True)
    span = f"{cell(row + 1, 0)}:{cell(row + 1, _CREDIT)}"
    page.formula(
        row + 1, _BALANCE, f"=SUM({span})", made.closing_minor / 100, "cents", **styles.TOTAL
    )
