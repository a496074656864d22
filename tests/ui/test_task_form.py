"""The form of a task that comes again: its rule in words, and which times a change is meant for."""

from __future__ import annotations

import datetime as dt

import pytest

pytest.importorskip("PySide6")

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acctdesk.kinds import HolidayShift, InteractionKind
from acctdesk.services.desk import Desk
from acctdesk.services.rows import TaskRow
from acctdesk.services.series import Scope, add_series, get_series
from acctdesk.services.tasks import add_task, get_task, open_tasks
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.scope import ScopeDialog
from acctdesk.ui.dialogs.task_form import TaskForm
from acctdesk.ui.widgets.repeat_field import RepeatField
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.test_record_dialogs import own
from tests.ui.world import STEP, type_text


def choose(field: RepeatField, key: str) -> None:
    """Choose a rule by its key."""
    field.how.setCurrentIndex(field.how.findData(key))
    field.how.activated.emit(field.how.currentIndex())


def form(qtbot: QtBot, context: Context, task: TaskRow | None = None) -> TaskForm:
    """Show the form."""
    made = TaskForm(context, None, task=task)
    own(qtbot, made)
    made.open()
    QApplication.processEvents()
    return made


def times(desk: Desk) -> list[TaskRow]:
    """Return every open task."""
    return desk.query(open_tasks, every_time=True)


@pytest.fixture
def visits(context: Context, desk: Desk) -> list[TaskRow]:
    """Give visits of every Friday, from 13 November 2026 on."""
    friday = dt.date(2026, 11, 13)
    rule = "FREQ=WEEKLY;BYDAY=FR"
    context.desk.perform(
        STEP, add_series, title="Visit", rule=rule, starts_on=friday, today=context.today()
    )
    return times(desk)


def test_a_task_that_comes_again_is_said_in_words_with_its_next_days(
    context: Context, desk: Desk, qtbot: QtBot
) -> None:
    made = form(qtbot, context)
    type_text(made.what, "Visit")
    type_text(made.when.field, "3/3/2025 10")
    choose(made.repeat, "nth1")
    assert made.repeat.sentence.text() == (
        "Every month on the first Monday; on a day off: the next working day."
    )
    assert made.repeat.preview.text() == (
        "Next: Tue 04/03/2025 (moved from Mon 3/3: Clean Monday) · Mon 07/04/2025 · Mon 05/05/2025"
    )
    context.languages.speak("el")
    assert "Καθαρά Δευτέρα" in made.repeat.preview.text()
    assert made.repeat.sentence.text().startswith("Κάθε μήνα, την πρώτη Δευτέρα")
    made.save()
    first = times(desk)[0]
    assert (first.due_on, first.series_on) == (dt.date(2025, 3, 4), dt.date(2025, 3, 3))
    assert first.due_time == dt.time(10)


def test_a_day_that_is_off_is_named_while_one_types(context: Context, qtbot: QtBot) -> None:
    made = form(qtbot, context)
    type_text(made.when.field, "13/4/2026")
    assert made.moved.text() == "This day is off: Easter Monday"
    made.when.field.setText("14/4/2026")
    assert not made.moved.isVisibleTo(made)


def test_an_occurrence_says_in_its_form_why_it_moved(
    context: Context, desk: Desk, qtbot: QtBot, visits: list[TaskRow]
) -> None:
    christmas = next(one for one in visits if one.series_on == dt.date(2026, 12, 25))
    made = form(qtbot, context, christmas)
    assert made.moved.text() == "moved from Fri 25/12: Christmas"


def test_every_field_of_a_task_is_stored_and_shown_again(
    context: Context, desk: Desk, qtbot: QtBot
) -> None:
    made = form(qtbot, context)
    type_text(made.what, "Contract")
    type_text(made.when.field, "5 working days")
    type_text(made.minutes, "45")
    type_text(made.place, "Patra")
    made.kind.setCurrentIndex(made.kind.findData("meeting"))
    made.deadline.setChecked(True)
    made.save()
    (row,) = times(desk)
    assert (row.due_on, row.minutes, row.place) == (dt.date(2026, 11, 19), 45, "Patra")
    assert (row.kind, row.deadline) == (InteractionKind.MEETING, True)
    again = form(qtbot, context, row)
    assert (again.minutes.text(), again.place.text()) == ("45", "Patra")
    assert again.kind.currentData() == "meeting"
    again.save()
    assert times(desk) == [row]


def test_another_title_asks_which_times_are_meant(
    context: Context, desk: Desk, qtbot: QtBot, visits: list[TaskRow]
) -> None:
    made = form(qtbot, context, visits[1])
    made.what.setText("Lunch")
    made.save()
    asked = made.findChild(ScopeDialog)
    assert asked is not None
    assert list(asked.buttons) == list(Scope)
    asked.buttons[Scope.FOLLOWING].click()
    assert [one.title for one in times(desk)[:3]] == ["Visit", "Lunch", "Lunch"]


def test_another_day_is_meant_for_one_alone_and_is_not_asked(
    context: Context, desk: Desk, qtbot: QtBot, visits: list[TaskRow]
) -> None:
    made = form(qtbot, context, visits[1])
    made.when.field.setText("19/11/2026")
    made.save()
    assert made.findChild(ScopeDialog) is None
    assert times(desk)[1].due_on == dt.date(2026, 11, 19)
    assert times(desk)[2:] == visits[2:]


def test_another_rule_is_never_meant_for_one(
    context: Context, desk: Desk, qtbot: QtBot, visits: list[TaskRow]
) -> None:
    made = form(qtbot, context, visits[0])
    made.repeat.shift.setCurrentIndex(made.repeat.shift.findData(HolidayShift.PREVIOUS.value))
    made.save()
    asked = made.findChild(ScopeDialog)
    assert asked is not None
    assert Scope.ONE not in asked.buttons
    asked.buttons[Scope.ALL].click()
    christmas = next(one for one in times(desk) if one.series_on == dt.date(2026, 12, 25))
    assert christmas.due_on == dt.date(2026, 12, 24)
    assert visits[0].series_id is not None
    series = desk.query(get_series, series_id=visits[0].series_id)
    assert series is not None
    assert series.shift is HolidayShift.PREVIOUS


def test_a_task_stops_coming_again(
    context: Context, desk: Desk, qtbot: QtBot, visits: list[TaskRow]
) -> None:
    made = form(qtbot, context, visits[1])
    choose(made.repeat, "never")
    made.save()
    assert [one.due_on for one in times(desk)] == [visits[0].due_on, visits[1].due_on]


def test_a_plain_task_begins_to_come_again(context: Context, desk: Desk, qtbot: QtBot) -> None:
    task = desk.perform(STEP, add_task, title="Call", due_on=dt.date(2026, 11, 30)).value
    made = form(qtbot, context, desk.query(get_task, task_id=task))
    choose(made.repeat, "last")
    made.save()
    assert [one.series_on for one in times(desk)[:3]] == [
        dt.date(2026, 11, 30), dt.date(2026, 12, 31), dt.date(2027, 1, 31)
    ]  # fmt: skip
    assert times(desk)[0].id == task


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("how", ["week", "nth2", "day"])
def test_the_form_is_whole_whatever_is_chosen(
    context: Context, qtbot: QtBot, how: str, language: str
) -> None:
    made = form(qtbot, context)
    choose(made.repeat, how)
    context.languages.speak(language)
    for ending in ("until", "count"):
        made.repeat.ends.setCurrentIndex(made.repeat.ends.findData(ending))
        made.repeat.ends.activated.emit(0)
        QApplication.processEvents()
        QApplication.processEvents()
        assert_no_overlap_or_cut(made)
