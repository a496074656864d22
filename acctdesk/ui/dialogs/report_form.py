"""What a report is about: period, as-of date, language and file."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDate, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QDateEdit, QSizePolicy, QWidget

from acctdesk import bootstrap, formats, i18n
from acctdesk.i18n import Message, msg
from acctdesk.kinds import Language
from acctdesk.periods import Period
from acctdesk.reports.pack import SUFFIX
from acctdesk.reports.workbook import name_of_period
from acctdesk.services.report_choices import ReportChoices, default_as_of
from acctdesk.text import file_stem
from acctdesk.ui.choosing import choose_place
from acctdesk.ui.settings import REPORT_FOLDER, Settings
from acctdesk.ui.widgets.basics import Button, LineEdit, column, label, labelled, row
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.words import bell, say

_KINDS = (
    Choice("month", "calendar-event", msg("Report dialog", "Month")),
    Choice("quarter", "report-analytics", msg("Report dialog", "Quarter")),
    Choice("year", "calendar", msg("Report dialog", "Year")),
)
_LANGUAGES = (
    Choice("el", "language", msg("Report dialog", "Greek")),
    Choice("en", "language", msg("Report dialog", "English")),
)


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """What was chosen."""

    period: Period
    as_of: dt.date
    language: Language
    out: Path


def file_name(period: Period, company: str, language: Language) -> str:
    """Return the name that is proposed for a report's file."""
    title = msg("Report dialog", "Report {period}", period=period.name).localized(language)
    body = " – ".join(part for part in (title, file_stem(company)) if part)
    return body + SUFFIX


def first_folder(settings: Settings) -> Path:
    """Return the folder chosen last, else that of the officer's documents."""
    remembered = settings.get(REPORT_FOLDER)
    if remembered and Path(remembered).is_dir():
        return Path(remembered)
    if os.environ.get(bootstrap.HOME_VARIABLE):
        return bootstrap.home()
    where = QStandardPaths.StandardLocation.DocumentsLocation
    documents = Path(QStandardPaths.writableLocation(where))
    return documents if documents.is_dir() else Path.home()


class ReportForm(QWidget):
    """The choices of a report. ``changed`` follows every one of them."""

    changed = Signal()

    def __init__(self, settings: Settings, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._choices: ReportChoices | None = None
        self._listed: tuple[Period, ...] = ()
        self._own_name = False
        self.folder = first_folder(settings)
        self.kind = Segments(_KINDS, msg("Report dialog", "Kind of period"), parent=self)
        self.kind.choose("quarter")
        self.period = Combo(self)
        self.period.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.as_of = QDateEdit(self)
        self.as_of.setDisplayFormat("dd/MM/yyyy")
        self.as_of.setCalendarPopup(True)
        self.as_of.setMaximumDate(_date(today))
        self.language = Segments(_LANGUAGES, msg("Report dialog", "Language"), parent=self)
        self.file = LineEdit(self)
        self.choose = Button(msg("Report dialog", "Choose…"), icon="folder-open")
        self.hint = label("", "caption", wrap=True)
        self._lay_out()
        self.kind.chosen.connect(self._list_periods)
        self.period.currentIndexChanged.connect(self._period_chosen)
        self.language.chosen.connect(self._propose)
        self.as_of.dateChanged.connect(self._tell)
        self.file.textEdited.connect(self._named)
        self.file.textChanged.connect(self._tell)
        self.choose.clicked.connect(self._choose_file)
        bell().rung.connect(self._name_periods)
        self.setEnabled(False)

    def _lay_out(self) -> None:
        kinds = label(msg("Report dialog", "Period"), "field")
        say(self.period, name=msg("Report dialog", "Period"))
        language = label(msg("Report dialog", "Language of the report"), "field")
        day = labelled(msg("Report dialog", "As of"), self.as_of)
        say(
            self.as_of,
            description=msg("Report dialog", "Whatever is dated later is left out."),
        )
        say(self.as_of.lineEdit(), name=msg("Report dialog", "As of"))
        file = label(msg("Report dialog", "File"), "field")
        file.setBuddy(self.file)
        say(self.file, name=msg("Report dialog", "File"))
        self.as_of.setMinimumWidth(160)
        lower = row(day, column(language, self.language, spacing=4), spacing=16)
        lower.setStretch(1, 1)
        self.setLayout(
            column(
                column(kinds, self.kind, self.period, spacing=8),
                lower,
                column(file, row(self.file, self.choose, spacing=8), self.hint, spacing=4),
                spacing=16,
            )
        )

    # -- what is offered

    def offer(self, choices: ReportChoices) -> None:
        """Take the periods that can be reported, and propose one."""
        self._choices = choices
        self.setEnabled(True)
        self.language.choose(choices.profile.language)
        self._list_periods()

    def order(self) -> ReportOrder | Message:
        """Return what is chosen, or what is missing."""
        period = self._period()
        if period is None:
            return msg("Report dialog", "Choose a period.")
        typed = self.file.text().strip()
        if not typed:
            return msg("Report dialog", "Say where the report is to be written.")
        out = Path(typed).expanduser()
        return ReportOrder(
            period,
            _day(self.as_of.date()),
            Language(self.language.key),
            out if out.is_absolute() else self.folder / out,
        )

    def _period(self) -> Period | None:
        place = self.period.currentIndex()
        return self._listed[place] if 0 <= place < len(self._listed) else None

    @Slot()
    def _list_periods(self) -> None:
        if self._choices is None:
            return
        kind, proposed = self.kind.key, self._choices.proposed
        self._listed = self._choices.of(kind)
        place = next(
            (
                n
                for n, one in enumerate(self._listed)
                if proposed.end in one or (kind == "month" and one.end <= proposed.end)
            ),
            0,
        )
        self.period.blockSignals(True)
        self.period.clear()
        self.period.addItems([self._name(one) for one in self._listed])
        self.period.setCurrentIndex(place)
        self.period.blockSignals(False)
        self._period_chosen()

    def _name(self, period: Period) -> str:
        assert self._choices is not None
        start = self._choices.profile.fiscal_start
        name = name_of_period(period, fiscal_start=start, language=i18n.language())
        return f"{name}  ·  {formats.date(period.start)} – {formats.date(period.end)}"

    @Slot()
    def _name_periods(self) -> None:
        for place, period in enumerate(self._listed):
            self.period.setItemText(place, self._name(period))
        self._tell()

    @Slot()
    def _period_chosen(self) -> None:
        period = self._period()
        if period is not None:
            self.as_of.setMinimumDate(_date(period.start))
            self.as_of.setDate(_date(default_as_of(period, today=self._today)))
        self._propose()

    # -- the file

    @Slot()
    def _named(self) -> None:
        self._own_name = True

    @Slot()
    def _propose(self) -> None:
        period = self._period()
        if period is not None and self._choices is not None and not self._own_name:
            language = Language(self.language.key)
            name = file_name(period, self._choices.profile.company, language)
            self.file.setText(str(self.folder / name))
            self.file.setCursorPosition(len(self.file.text()))
        self._tell()

    @Slot()
    def _choose_file(self) -> None:
        place = (self.folder / Path(self.file.text()).name).with_suffix(SUFFIX)
        filters = [f"{msg('Report dialog', 'Excel workbook')} (*{SUFFIX})"]
        title = msg("Report dialog", "Where to write the report")
        choose_place(self, title, place, filters, self.take_file)

    @Slot(str)
    def take_file(self, path: str) -> None:
        """Write to the file that was chosen."""
        self._own_name = True
        self.folder = Path(path).parent
        self.file.setText(path)

    @Slot()
    def _tell(self) -> None:
        """Say what is special about the choices, and that they changed."""
        order = self.order() if self._choices is not None else None
        told: list[str] = []
        if isinstance(order, ReportOrder):
            if order.as_of < order.period.end:
                told.append(
                    str(msg("Report dialog", "The period is not over: it is reported so far."))
                )
            if order.out.exists():
                told.append(
                    str(msg("Report dialog", "A file of this name is there and is replaced."))
                )
        self.hint.setText(" ".join(told))
        self.hint.setVisible(bool(told))
        self.changed.emit()


def _date(day: dt.date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _day(date: QDate) -> dt.date:
    return dt.date(date.year(), date.month(), date.day())
