"""The rates of late interest by half-year, the margin, the days of a year, the fixed sum."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from acctdesk import formats, i18n, periods
from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.services.late_interest import (
    YEAR_DAYS,
    Rate,
    Terms,
    get_rates,
    get_terms,
    half_year,
    set_interest,
)
from acctdesk.text import clean, parse_number
from acctdesk.ui.dialogs.record_form import RecordForm
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.widgets.basics import LineEdit, label, labelled
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from acctdesk.ui.context import Context

_FIRST = dt.date(2023, 1, 1)


@dataclass(frozen=True, slots=True)
class _Held:
    rates: list[Rate]
    terms: Terms


def _held(session: Session) -> _Held:
    return _Held(get_rates(session), get_terms(session))


@dataclass(frozen=True, slots=True)
class _Line:
    since: dt.date
    percent: LineEdit
    checked: QCheckBox


class RatesForm(RecordForm):
    """Changes the rates; an empty one is not in the table, one not ticked is an estimate."""

    topic = "reminders"

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(context, parent, msg("Interest", "Rates of late interest"), width=560)
        self.content.addWidget(
            label(
                msg(
                    "Interest",
                    "The reference rate of the European Central Bank on the first day of each"
                    " half-year. Those that came with the program are estimates: compare them"
                    " with what the bank published, and tick them.",
                ),
                "sub",
                wrap=True,
            )
        )
        self.margin = LineEdit(self)
        self.fixed = LineEdit(self)
        self.year = Segments(
            [
                Choice(str(days), "calendar", msg("Interest", "{n} days", n=days))
                for days in YEAR_DAYS
            ],
            msg("Interest", "Days of a year"),
            parent=self,
        )
        terms = QGridLayout()
        terms.setHorizontalSpacing(16)
        margin = msg("Interest", "Margin on top, %")
        terms.addLayout(labelled(margin, self.margin), 0, 0)
        fixed = msg("Interest", "Sum for each late invoice")
        terms.addLayout(labelled(fixed, self.fixed), 0, 1)
        terms.addLayout(labelled(msg("Interest", "Days of a year"), self.year), 0, 2)
        self.content.addLayout(terms)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        for place, heading in enumerate(
            (
                msg("Interest", "Half-year from"),
                msg("Interest", "Reference rate, %"),
                msg("Interest", "Checked"),
            )
        ):
            self._grid.addWidget(label(heading, "field"), 0, place)
        self._grid.setColumnStretch(2, 1)
        self.content.addLayout(self._grid)
        self.lines = [self._line(number, day) for number, day in enumerate(self._days(), start=1)]
        self.finish()
        context.runner.ask(_held, on_done=self._arrived, on_error=self.refused)
        self.margin.setFocus()

    def _days(self) -> list[dt.date]:
        """Return the first days of the half-years, the next one first."""
        last = periods.add_months(half_year(self.context.today()), 6)
        found = [_FIRST]
        while found[-1] < last:
            found.append(periods.add_months(found[-1], 6))
        return found[::-1]

    def _line(self, number: int, since: dt.date) -> _Line:
        day = formats.date(since)
        percent, checked = LineEdit(self), QCheckBox(self)
        percent.setFixedWidth(112)
        percent.setAlignment(Qt.AlignmentFlag.AlignRight)
        say(percent, name=msg("Interest", "Reference rate from {day}", day=day))
        say(checked, name=msg("Interest", "The rate from {day} is checked", day=day))
        self._grid.addWidget(label(day), number, 0)
        self._grid.addWidget(percent, number, 1)
        self._grid.addWidget(checked, number, 2)
        return _Line(since, percent, checked)

    def _arrived(self, held: _Held) -> None:
        known = {one.since: one for one in held.rates}
        for line in self.lines:
            rate = known.get(line.since)
            line.percent.setText("" if rate is None else formats.number(rate.percent, 2))
            line.checked.setChecked(rate is not None and rate.checked)
        self.margin.setText(formats.number(held.terms.margin, 2))
        self.fixed.setText(formats.number(Decimal(held.terms.fixed_minor) / 100, 2))
        self.year.choose(str(held.terms.year_days))

    @Slot()
    def store(self) -> None:
        """Read and keep the rates and the terms, as one step."""
        rates = []
        for line in self.lines:
            typed = clean(line.percent.text())
            if typed:
                rates.append(Rate(line.since, _percent(typed), line.checked.isChecked()))
        terms = Terms(
            margin=_percent(clean(self.margin.text())),
            year_days=int(self.year.key),
            fixed_minor=read_amount(self.fixed.text()) or 0,
        )
        self.send(msg("Step", "Rates of late interest"), set_interest, rates=rates, terms=terms)


def _percent(typed: str) -> Decimal:
    number = parse_number(typed.removesuffix("%"), language=i18n.language())
    if number is None:
        raise UserError(msg("Interest", "“{typed}” is no rate.", typed=typed))
    return number
