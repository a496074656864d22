"""The workbook being written: its language, formats, sheets, names, notes and progress."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, fields

from acctdesk import formats, periods
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.kinds import DocumentType, InteractionKind, Language
from acctdesk.periods import Period
from acctdesk.reports.facts import Facts
from acctdesk.reports.plain_book import PlainBook
from acctdesk.reports.rows import Rows, with_rows
from acctdesk.services.pack_rows import PackClient, PackData


@dataclass(frozen=True, slots=True)
class Checked:
    """A headline figure: the program's value, and the cell whose formula finds it again."""

    name: Message | str
    program: float | None
    formula: str
    found: float | None
    style: str = "cents"


class Book(PlainBook):
    """The management workbook."""

    def __init__(
        self,
        data: PackData,
        *,
        language: Language,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__(
            language=language,
            company=data.profile.company,
            period_name=name_of_period(
                data.period, fiscal_start=data.profile.fiscal_start, language=language
            ),
        )
        self.data = data
        self.facts = Facts(data)
        self.checks: list[Checked] = []
        self._streams: list[Rows] = []
        self.clients: dict[int, PackClient] = {client.id: client for client in data.clients}
        self._progress = progress
        self._cancelled = cancelled
        self._done = 0
        rows = (getattr(data, one.name) for one in fields(data))
        # about: a row of data is written and streamed, one of a report is a client's
        self._total = 1 + 2 * sum(len(one) for one in rows if isinstance(one, tuple))

    # ---- words

    @property
    def month_style(self) -> str:
        """The style of a month in the workbook's language."""
        return f"month_{self.language.value}"

    def money(self, minor: int | None, *, cents: bool = False) -> str:
        """Return an amount as it stands in a sentence."""
        return formats.money(
            minor, self.data.profile.currency, cents=cents, language=self.language.value
        )

    def percent(self, ratio: float | None, digits: int = 1) -> str:
        """Return a share as it stands in a sentence."""
        return formats.percent(ratio, digits, self.language.value)

    # ---- what is checked

    def check(
        self,
        name: Message | str,
        program: float | None,
        formula: str,
        found: float | None,
        style: str = "cents",
    ) -> None:
        """Ask the Check sheet to compare the program's value with a formula's."""
        self.checks.append(Checked(name, program, formula, found, style))

    # ---- progress

    def step(self, rows: int = 1) -> None:
        """Tell that rows were written; stop where the officer cancelled.

        Raises:
            UserError: cancelled.
        """
        before = self._done
        self._done = min(self._total, self._done + rows)
        if before // 250 != self._done // 250 or self._done == self._total:
            self.breathe()

    def breathe(self) -> None:
        """Report how far the work is, and stop where the officer cancelled.

        Raises:
            UserError: cancelled.
        """
        if self._cancelled is not None and self._cancelled():
            raise UserError(msg("Report", "Cancelled. No workbook was written."))
        if self._progress is not None:
            self._progress(self._done, self._total)

    def stream(self, rows: Rows) -> None:
        """Have rows added to a sheet when the workbook is closed."""
        self._streams.append(rows)

    def content(self) -> bytes:
        """Close the workbook and return it as bytes.

        Raises:
            UserError: cancelled.
        """
        self.workbook.close()
        return with_rows(self._content.getvalue(), self._streams, self.step)


def name_of_period(period: Period, *, fiscal_start: int, language: Language) -> str:
    """Return a period's name in words: 2nd quarter 2026."""
    year = periods.fiscal_year_of(period.end, fiscal_start)
    if period == periods.month_of(period.start):
        return formats.month_name(period.start, language.value)
    if (period.start, period.end) == _days(periods.fiscal_year(year, fiscal_start)):
        whole = (
            msg("Report", "Year {year}", year=year)
            if fiscal_start == 1
            else msg("Report", "Fiscal year {year}", year=year)
        )
        return whole.localized(language)
    for number in range(1, 5):
        if (period.start, period.end) == _days(periods.quarter(year, number, fiscal_start)):
            return f"{quarter_name(number).localized(language)} {year}"
    return period.name


def _days(period: Period) -> tuple[dt.date, dt.date]:
    return period.start, period.end


def quarter_name(number: int) -> Message:
    """Return the name of a fiscal quarter, 1 to 4."""
    return (
        msg("Report", "1st quarter"),
        msg("Report", "2nd quarter"),
        msg("Report", "3rd quarter"),
        msg("Report", "4th quarter"),
    )[number - 1]


KIND_WORDS = {
    InteractionKind.CALL: msg("Report", "Call"),
    InteractionKind.VISIT: msg("Report", "Visit"),
    InteractionKind.MEETING: msg("Report", "Meeting"),
    InteractionKind.EMAIL: msg("Report", "E-mail"),
    InteractionKind.LETTER: msg("Report", "Letter"),
    InteractionKind.NOTE: msg("Report", "Note"),
}
TYPE_WORDS = {
    DocumentType.INVOICE: msg("Report", "Invoice"),
    DocumentType.CREDIT_NOTE: msg("Report", "Credit note"),
}
