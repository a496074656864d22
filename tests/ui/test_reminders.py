"""Reminders: each once, also after nine hours of sleep, and after the program was shut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from acctdesk.services.desk import Desk
from acctdesk.services.series import add_series
from acctdesk.services.tasks import add_task, complete_task, move_task, open_tasks
from acctdesk.services.today import today_page
from acctdesk.ui.context import Context, Target
from acctdesk.ui.messages import Toast
from acctdesk.ui.pulse import BEAT_MS, Pulse
from acctdesk.ui.reminders import Reminder, Reminders, notice
from tests.ui.accessibility import assert_accessible
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import STEP, TODAY, People, fill_small, make_context, press


class Clock:
    """A clock that a test sets."""

    def __init__(self, hour: int, minute: int = 0) -> None:
        self.now = at(hour, minute)

    def __call__(self) -> dt.datetime:
        return self.now


def at(hour: int, minute: int = 0, day: dt.date = TODAY) -> dt.datetime:
    """Return an instant by the wall clock of this machine."""
    return dt.datetime.combine(day, dt.time(hour, minute)).astimezone(dt.UTC)


@pytest.fixture
def people(desk: Desk) -> People:
    """Fill the book with a call at ten and a visit at three."""
    people = fill_small(desk)
    desk.perform(
        STEP, add_task, title="Κλήση", client_id=people.myloi, due_on=TODAY, due_time=dt.time(10)
    )
    desk.perform(STEP, add_task, title="Επίσκεψη", due_on=TODAY, due_time=dt.time(15))
    return people


@pytest.fixture
def clock() -> Clock:
    """Give a clock at nine."""
    return Clock(9)


@pytest.fixture
def context(
    qapp: QApplication, desk: Desk, tmp_path: Path, people: People, clock: Clock
) -> Iterator[Context]:
    """Give a context with that clock."""
    owner = QObject()
    made = make_context(qapp, desk, tmp_path, parent=owner)
    made.clock = clock
    yield made
    made.languages.speak("en")
    owner.deleteLater()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Give something to stand in."""
    made = QWidget()
    made.resize(1366, 768)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def reminders(context: Context, window: QWidget) -> Reminders:
    """Give reminders that have begun at nine."""
    made = Reminders(context, window)
    made.start()
    return made


def said(reminders: Reminders) -> str:
    return reminders.bar.words.text() if not reminders.bar.isHidden() else ""


def test_a_reminder_comes_at_its_time_and_once(reminders: Reminders, clock: Clock) -> None:
    assert said(reminders) == ""
    clock.now = at(10)
    reminders.pulse.beat()
    assert said(reminders) == "Κλήση · Μύλοι Θερμαϊκού Α.Ε."
    assert reminders.bar.detail.text() == "now, at 10:00"
    reminders.bar.close_button.click()
    assert said(reminders) == ""
    clock.now = at(10, 1)
    reminders.pulse.beat()
    assert said(reminders) == ""


def test_what_was_due_in_nine_hours_of_sleep_is_shown_once(
    reminders: Reminders, clock: Clock
) -> None:
    clock.now = at(18)
    reminders.pulse.beat()
    assert reminders.waiting == 2
    assert said(reminders) == "Κλήση · Μύλοι Θερμαϊκού Α.Ε."
    assert reminders.bar.detail.text() == "missed · Today, 10:00 · 1 more"
    reminders.bar.close_button.click()
    assert said(reminders) == "Επίσκεψη"
    assert reminders.bar.detail.text() == "missed · Today, 15:00"
    reminders.bar.close_button.click()
    reminders.pulse.beat()
    assert said(reminders) == ""


def test_what_was_due_while_the_program_was_shut_is_shown_at_the_next_start(
    reminders: Reminders, context: Context, clock: Clock, qtbot: QtBot
) -> None:
    reminders.stop()
    context.settings.save()
    clock.now = at(8, day=TODAY + dt.timedelta(days=1))
    other = QWidget()
    qtbot.addWidget(other)
    again = Reminders(context, other)
    again.start()
    assert again.waiting == 2
    assert again.bar.detail.text().startswith("missed · Yesterday, 10:00")
    again.stop()
    third = Reminders(context, other)
    third.start()
    assert third.waiting == 0


def test_a_crash_repeats_nothing_that_was_shown(
    reminders: Reminders, context: Context, clock: Clock, qtbot: QtBot
) -> None:
    clock.now = at(10)
    reminders.pulse.beat()
    assert reminders.waiting == 1
    other = QWidget()
    qtbot.addWidget(other)
    again = Reminders(context, other)  # nobody called stop()
    again.start()
    assert again.waiting == 0


def test_a_new_book_is_not_greeted_with_its_past(
    context: Context, clock: Clock, window: QWidget
) -> None:
    clock.now = at(20)
    made = Reminders(context, window)
    made.start()
    assert made.waiting == 0


def test_in_ten_minutes_also_after_a_restart(
    reminders: Reminders, context: Context, clock: Clock, qtbot: QtBot
) -> None:
    clock.now = at(10)
    reminders.pulse.beat()
    reminders.bar.snooze_button.click()
    assert said(reminders) == ""
    clock.now = at(10, 9)
    reminders.pulse.beat()
    assert said(reminders) == ""
    reminders.stop()
    other = QWidget()
    qtbot.addWidget(other)
    again = Reminders(context, other)
    again.start()
    assert again.waiting == 0
    clock.now = at(10, 10)
    again.pulse.beat()
    assert said(again) == "Κλήση · Μύλοι Θερμαϊκού Α.Ε."
    clock.now = at(10, 30)
    again.pulse.beat()
    assert again.waiting == 1


def test_done_marks_the_task_and_offers_undo(
    reminders: Reminders, context: Context, clock: Clock, desk: Desk
) -> None:
    told: list[Toast] = []
    context.messages.told.connect(told.append)
    clock.now = at(10)
    reminders.pulse.beat()
    reminders.bar.done_button.click()
    assert "Κλήση" not in {task.title for task in desk.query(open_tasks)}
    assert told[-1].action is not None


def test_open_shows_the_record(
    reminders: Reminders, context: Context, clock: Clock, people: People
) -> None:
    wanted: list[Target] = []
    context.navigator.requested.connect(wanted.append)
    clock.now = at(16)
    reminders.pulse.beat()
    reminders.bar.open_button.click()
    reminders.bar.open_button.click()
    assert [(one.page, one.client_id) for one in wanted] == [
        ("clients", people.myloi),
        ("tasks", None),
    ]
    assert reminders.waiting == 0


def test_a_task_done_or_moved_elsewhere_reminds_no_more(
    reminders: Reminders, context: Context, clock: Clock, desk: Desk
) -> None:
    call, visit = (
        next(one for one in desk.query(open_tasks) if one.title == title)
        for title in ("Κλήση", "Επίσκεψη")
    )
    clock.now = at(10)
    reminders.pulse.beat()
    context.runner.submit(STEP, complete_task, task_id=call.id, on=TODAY)
    assert said(reminders) == ""
    context.runner.submit(STEP, move_task, task_id=visit.id, due_on=TODAY, due_time=dt.time(17))
    clock.now = at(15)
    reminders.pulse.beat()
    assert said(reminders) == ""
    clock.now = at(17)
    reminders.pulse.beat()
    assert said(reminders) == "Επίσκεψη"


def test_in_private_nothing_is_named(reminders: Reminders, clock: Clock) -> None:
    clock.now = at(10)
    reminders.pulse.beat()
    shown = reminders.shown
    assert isinstance(shown, Reminder)
    words = [str(one) for one in notice(shown, now=clock.now, private=True)]
    assert words == ["A task is due", "at 10:00"]


def test_the_settings_hold_no_name(
    reminders: Reminders, context: Context, clock: Clock, tmp_path: Path
) -> None:
    clock.now = at(16)
    reminders.pulse.beat()
    reminders.bar.snooze_button.click()
    reminders.stop()
    context.settings.save()
    text = (tmp_path / "settings.ini").read_text(encoding="utf-8")
    assert "reminders" in text
    for word in ("Κλήση", "Μύλοι", "acctbook", "\\u"):
        assert word not in text


@pytest.mark.parametrize("kept", ['"x"', '{"until": 7, "snoozed": {"a": 1}}', "[]"])
def test_settings_that_make_no_sense_are_passed_over(
    context: Context, window: QWidget, kept: str
) -> None:
    first = Reminders(context, window)
    first.start()
    context.settings._store.setValue(first._place.key, kept)
    again = Reminders(context, window)
    again.start()
    assert again.waiting == 0


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Give what the system's tray is told."""
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _self: None)
    monkeypatch.setattr(
        QSystemTrayIcon,
        "showMessage",
        lambda _self, title, text, _icon: told.append((title, text)),
    )
    return told


def test_the_tray_is_told_where_there_is_one(
    reminders: Reminders, clock: Clock, tray: list[tuple[str, str]]
) -> None:
    clock.now = at(10)
    reminders.pulse.beat()
    assert tray == [("Κλήση · Μύλοι Θερμαϊκού Α.Ε.", "now, at 10:00")]


def test_the_tray_names_nothing_while_the_window_is_locked(
    reminders: Reminders, clock: Clock, tray: list[tuple[str, str]], window: QWidget
) -> None:
    window.hide()
    clock.now = at(10)
    reminders.pulse.beat()
    assert tray == [("A task is due", "at 10:00")]
    window.show()
    assert said(reminders) == "Κλήση · Μύλοι Θερμαϊκού Α.Ε."


def test_a_wake_up_is_noticed_within_ten_seconds() -> None:
    assert BEAT_MS <= 10_000


def test_an_occurrence_reminds_once_on_the_day_it_moved_to(
    reminders: Reminders, context: Context, clock: Clock, desk: Desk
) -> None:
    christmas, monday = dt.date(2026, 12, 25), dt.date(2026, 12, 28)
    desk.perform(
        STEP,
        add_series,
        title="Γύρος",
        rule="FREQ=WEEKLY;BYDAY=FR",
        starts_on=christmas,
        today=TODAY,
        due_time=dt.time(11),
    )
    context.bus.changed.emit(desk.everything(), None)
    clock.now = at(12, day=christmas)
    reminders.pulse.beat()
    for _ in range(reminders.waiting):
        reminders.bar.close_button.click()
    clock.now = at(20, day=monday)  # nine hours after it was due
    reminders.pulse.beat()
    assert said(reminders) == "Γύρος"
    reminders.bar.close_button.click()
    reminders.pulse.beat()
    assert said(reminders) == ""
    lines = desk.query(today_page, today=monday).lines
    (line,) = [one for one in lines if str(one.what) == "Γύρος"]
    assert "moved from Fri 25/12: Christmas" in str(line.why)


def test_the_keyboard_reaches_it_and_goes_back(
    reminders: Reminders, clock: Clock, window: QWidget, qtbot: QtBot
) -> None:
    assert not reminders.bar.take_focus()
    clock.now = at(10)
    reminders.pulse.beat()
    assert reminders.bar.take_focus()
    assert window.focusWidget() is reminders.bar.open_button
    press(reminders.bar, Qt.Key.Key_Escape)
    assert said(reminders) == ""


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("size", [(800, 600), (1366, 768)])
def test_nothing_is_cut_and_everything_is_named(
    reminders: Reminders,
    clock: Clock,
    context: Context,
    window: QWidget,
    size: tuple[int, int],
    language: str,
) -> None:
    clock.now = at(18)
    reminders.pulse.beat()
    context.languages.speak(language)
    window.resize(*size)
    QApplication.processEvents()
    assert window.rect().contains(reminders.bar.geometry())
    assert_no_overlap_or_cut(reminders.bar)
    assert_accessible(reminders.bar)


def test_the_pulse_tells_midnight_and_waking(qtbot: QtBot) -> None:
    clock, owner, heard = Clock(23, 59), QObject(), []
    pulse = Pulse(clock, owner)
    pulse.ticked.connect(lambda: heard.append("tick"))
    pulse.day_changed.connect(lambda: heard.append("day"))
    pulse.woke.connect(lambda: heard.append("woke"))
    clock.now += dt.timedelta(seconds=5)
    pulse.beat()
    assert heard == ["tick"]
    clock.now += dt.timedelta(seconds=58)
    pulse.beat()
    assert heard == ["tick", "day", "tick"]
    clock.now += dt.timedelta(hours=9)
    pulse.beat()
    assert heard[3:] == ["woke", "tick"]


def test_it_stands_where_it_hides_nothing_that_has_the_keyboard(
    reminders: Reminders, window: QWidget, clock: Clock
) -> None:
    clock.now = at(10)
    reminders.pulse.beat()
    usual = reminders.bar.geometry()
    button = QPushButton("Αποθήκευση", window)
    button.setGeometry(usual.adjusted(10, 10, -200, -60))
    button.show()
    button.setFocus()
    assert not reminders.bar.geometry().intersects(button.geometry())
    window.setFocus()
    reminders.bar.place()
    assert reminders.bar.geometry() == usual
