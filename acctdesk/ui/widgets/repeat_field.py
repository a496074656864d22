"""How a task comes again: chosen by hand, said in a sentence, with the next three days."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, nmsg, tr
from acctdesk.kinds import HolidayShift
from acctdesk.services.recurrence import (
    LAST,
    SHIFTS,
    WORKDAYS,
    Every,
    Repeat,
    moved_reason,
    next_occurrences,
    nth_words,
    read_rule,
    rule_words,
    write_rule,
)
from acctdesk.ui.own_days import own_days
from acctdesk.ui.widgets.basics import LineEdit, column, label, row
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.when_field import WhenField
from acctdesk.ui.words import bell, say

NEVER, KEPT, WORK = "never", "kept", "work"
_ONE = dt.timedelta(days=1)


def _how(repeat: Repeat) -> str:
    """Return the key of a choice."""
    if repeat.every is Every.WEEK and repeat.weekdays == WORKDAYS and repeat.interval == 1:
        return WORK
    if repeat.every is Every.MONTH_WEEKDAY:
        return f"nth{repeat.nth}"
    if repeat.every is Every.MONTH_DAY and repeat.month_day == LAST:
        return "last"
    return repeat.every.value


def _unit(how: str, typed: str) -> Message:
    n = int(typed) if typed.isdecimal() else 1
    match how:
        case Every.DAY.value:
            return nmsg("Repeat", "day", "days", n)
        case Every.WEEK.value:
            return nmsg("Repeat", "week", "weeks", n)
        case Every.YEAR.value:
            return nmsg("Repeat", "year", "years", n)
        case _:
            return nmsg("Repeat", "month", "months", n)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class RepeatField(QWidget):
    """A choice of rules, and what belongs to the chosen one. ``changed`` follows every change."""

    changed = Signal()

    def __init__(self, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self._start = today
        self._kept: str | None = None  # a rule that cannot be chosen here
        self._day: int | None = None  # of the rule, which a short month may not have
        self.how = self._combo(msg("Repeat", "Repeat"))
        self.interval = self._number(msg("Repeat", "Every how many"), 99)
        self.days = [QCheckBox(self) for _ in range(7)]
        self.ends = self._combo(msg("Repeat", "End"))
        self.count = self._number(msg("Repeat", "How many times"), 999)
        self.until = WhenField(today, parent=self)
        say(self.until.field, name=msg("Repeat", "Last day"))
        self.shift = self._combo(msg("Repeat", "On a day off"))
        self.sentence = label("", "small", wrap=True)
        self.preview = label("", "caption", wrap=True)
        week = QHBoxLayout()
        week.setContentsMargins(0, 0, 0, 0)
        week.setSpacing(18)  # wider than between a box and its word
        for box in self.days:
            week.addWidget(box)
            box.toggled.connect(self._tell)
        week.addStretch(1)
        self._week = QWidget(self)
        self._week.setLayout(week)
        self._details = QWidget(self)
        every = label(msg("Repeat", "Every"), "field")
        self._unit = label("", "small")
        line = row(every, self.interval, self._unit, self.ends, self.count, self.until)
        line.setStretch(3, 1)
        line.setStretch(5, 1)
        self._details.setLayout(
            column(line, self._week, self.shift, self.sentence, self.preview, spacing=6)
        )
        self.setLayout(column(self.how, self._details, spacing=8))
        self.setFocusProxy(self.how)
        self.until.changed.connect(self._tell)
        bell().rung.connect(self._speak)
        self._speak()
        self.set_rule(None, today)

    def _combo(self, name: Message) -> Combo:
        made = Combo(self)
        made.setMinimumHeight(32)
        say(made, name=name)
        made.activated.connect(self._tell)
        return made

    def _number(self, name: Message, most: int) -> LineEdit:
        made = LineEdit(self)
        made.setValidator(QIntValidator(1, most, made))
        made.setFixedWidth(56)
        made.setText("1")
        say(made, name=name)
        made.textChanged.connect(self._tell)
        return made

    # -- what is chosen

    @property
    def rule(self) -> str | None:
        """The rule chosen, None for none."""
        how = str(self.how.currentData())
        if how == NEVER:
            return None
        return self._kept if how == KEPT else write_rule(self._repeat(how))

    @property
    def chosen_shift(self) -> HolidayShift:
        """Where an occurrence goes whose day is off."""
        return HolidayShift(str(self.shift.currentData()))

    def understood(self) -> bool:
        """Tell whether the end that is chosen is given."""
        if self.rule is None or self._ending() != "until":
            return True
        return self.until.when() is not None

    def set_start(self, day: dt.date) -> None:
        """Count from another day: the day of the task."""
        if day != self._start:
            if self.rule is None:
                for number, box in enumerate(self.days):
                    box.setChecked(number == day.weekday())
            self._start, self._day = day, None
            self._speak()
            self._tell()

    def set_rule(
        self, rule: str | None, start: dt.date, shift: HolidayShift = HolidayShift.NEXT
    ) -> None:
        """Show a rule."""
        self._start, self._day = start, None
        repeat = None if rule is None else read_rule(rule, start)
        self._kept = rule if rule is not None and repeat is None else None
        blockers = [QSignalBlocker(one) for one in (self.interval, self.count, *self.days)]
        weekdays = (start.weekday(),) if repeat is None else repeat.weekdays or (start.weekday(),)
        for number, box in enumerate(self.days):
            box.setChecked(number in weekdays)
        if repeat is not None:
            self.interval.setText(str(repeat.interval))
            self.count.setText(str(repeat.count or 10))
            self.until.field.setText(formats.date(repeat.until) if repeat.until else "")
            dated = repeat.every in {Every.MONTH_DAY, Every.YEAR}
            self._day = repeat.month_day if dated and repeat.month_day > 0 else None
        del blockers
        self._speak()
        how = NEVER if rule is None else KEPT if repeat is None else _how(repeat)
        self.how.setCurrentIndex(max(0, self.how.findData(how)))
        if repeat is not None:
            ending = "until" if repeat.until else "count" if repeat.count else "never"
            self.ends.setCurrentIndex(self.ends.findData(ending))
        self.shift.setCurrentIndex(self.shift.findData(shift.value))
        self._tell()

    def _ending(self) -> str:
        return str(self.ends.currentData())

    def _repeat(self, how: str) -> Repeat:
        until = self.until.when() if self._ending() == "until" else None
        typed = self.interval.text()
        interval = max(1, int(typed)) if typed.isdecimal() else 1
        count = int(self.count.text() or 1) if self._ending() == "count" else None
        start, day = self._start, self._day or self._start.day
        chosen = tuple(n for n, box in enumerate(self.days) if box.isChecked())
        every, weekdays, nth = Every.WEEK, chosen or (start.weekday(),), 1
        if how == WORK:
            weekdays = WORKDAYS
        elif how.startswith("nth"):
            every, weekdays, nth = Every.MONTH_WEEKDAY, (start.weekday(),), int(how[3:])
        elif how == "last":
            every, day = Every.MONTH_DAY, LAST
        else:
            every = Every(how)
        return Repeat(
            every,
            interval,
            weekdays,
            nth,
            day,
            start.month,
            until.day if until is not None else None,
            max(1, count) if count is not None else None,
        )

    # -- what is shown

    def _ways(self) -> list[tuple[str, Message]]:
        """Return the rules that can be chosen for the day at hand."""
        start = self._start
        nth = (start.day - 1) // 7 + 1
        last = (start + 7 * _ONE).month != start.month
        ways = [
            (NEVER, msg("Repeat", "Does not come again")),
            (Every.DAY.value, msg("Repeat", "Every day")),
            (WORK, msg("Repeat", "Monday to Friday")),
            (Every.WEEK.value, msg("Repeat", "Every week on chosen days")),
            (
                Every.MONTH_DAY.value,
                msg("Repeat", "Every month on day {day}", day=self._day or start.day),
            ),
        ]
        if (start + _ONE).day == 1:
            ways.append(("last", msg("Repeat", "Every month on its last day")))
        numbers = {*([nth] if nth < 5 else []), *([LAST] if last else [])}
        for number in sorted(numbers, key=lambda one: (one == LAST, one)):
            which = nth_words(number, start.weekday())
            ways.append((f"nth{number}", msg("Repeat", "Every month on {which}", which=which)))
        year = formats.day_month(start)
        ways.append((Every.YEAR.value, msg("Repeat", "Every year on {day}", day=year)))
        if self._kept is not None:
            ways.append((KEPT, rule_words(self._kept, start)))
        return ways

    @Slot()
    def _speak(self) -> None:
        for combo, lines in (
            (self.how, self._ways()),
            (
                self.ends,
                [
                    ("never", msg("Repeat", "without an end")),
                    ("until", msg("Repeat", "until a day")),
                    ("count", msg("Repeat", "so many times")),
                ],
            ),
            (self.shift, [(one.value, text) for one, text in SHIFTS.items()]),
        ):
            held = combo.currentData()
            combo.clear()
            for key, text in lines:
                combo.addItem(_capital(str(text)), key)
            combo.setCurrentIndex(max(0, combo.findData(held)))
        monday = dt.date(2024, 1, 1)
        for number, box in enumerate(self.days):
            box.setText(formats.weekday_short(monday + number * _ONE))
            say(box, name=formats.weekday_name(number))
        self._show()

    @Slot()
    def _tell(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        how, rule = str(self.how.currentData()), self.rule
        self._details.setVisible(rule is not None)
        if rule is None:
            return
        self._week.setVisible(how == Every.WEEK.value)
        fixed = how in {WORK, KEPT}
        self.interval.setVisible(not fixed)
        self._unit.setText("" if fixed else str(_unit(how, self.interval.text())))
        self.ends.setVisible(how != KEPT)
        self.count.setVisible(how != KEPT and self._ending() == "count")
        self.until.setVisible(how != KEPT and self._ending() == "until")
        say(
            self.sentence,
            text=msg(
                "Repeat",
                "{rule}; {shift}.",
                rule=rule_words(rule, self._start),
                shift=SHIFTS[self.chosen_shift],
            ),
        )
        self.preview.setText(self._next_days(rule))

    def _next_days(self, rule: str) -> str:
        calendar = own_days().calendar
        found = next_occurrences(
            rule,
            self._start,
            3,
            shift=self.chosen_shift,
            calendar=calendar,
            after=self._start - _ONE,
        )
        if not found:
            return tr("Repeat", "By this rule there is no day at all.")
        days = []
        for one in found:
            day = f"{formats.weekday_short(one.due_on)} {formats.date(one.due_on)}"
            why = moved_reason(one.series_on, one.due_on, calendar)
            days.append(day if why is None else f"{day} ({why})")
        return tr("Repeat", "Next: {days}", days=" · ".join(days))
