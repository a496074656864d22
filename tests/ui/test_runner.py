"""Work away from the GUI thread comes back on it, in order, newest first, and can be cancelled."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.i18n import Message, msg
from acctdesk.ui.bus import ChangeBus
from acctdesk.ui.runner import BaseRunner, InlineRunner, Runner

LABEL = msg("Window", "Backing up")


@dataclass(frozen=True)
class Changes:
    label: Message = LABEL
    tables_: tuple[str, ...] = ("clients",)

    def touches(self, *tables: str) -> bool:
        return bool(set(tables) & set(self.tables_))


@dataclass(frozen=True)
class Result:
    value: Any
    changes: Changes = field(default_factory=Changes)


class FakeDesk:
    """Answers like a desk, without a book."""

    def perform(self, label: Message, command: Callable[..., Any], **args: Any) -> Result:
        args.pop("merge_key", None)
        return Result(command(None, **args))

    def query(self, function: Callable[..., Any], **args: Any) -> Any:
        return function(None, **args)

    def undo(self) -> Changes:
        return Changes()

    redo = undo


class Ear(QObject):
    """Hears answers, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[Any] = []
        self.errors: list[Exception] = []
        self.threads: set[QThread] = set()

    def hear(self, value: Any) -> None:
        self.values.append(value)
        self.threads.add(QThread.currentThread())

    def hear_error(self, error: Exception) -> None:
        self.errors.append(error)


@pytest.fixture(params=[Runner, InlineRunner])
def runner(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[BaseRunner]:
    made: BaseRunner = request.param(FakeDesk(), ChangeBus())
    yield made
    made.shutdown()


@pytest.fixture
def threaded(qtbot: QtBot) -> Iterator[Runner]:
    made = Runner(FakeDesk(), ChangeBus())  # type: ignore[arg-type]
    yield made
    made.shutdown()


def value_of(_session: None, *, value: Any) -> Any:
    return value


def refuse(_session: None) -> None:
    raise UserError(msg("Window", "Undo"))


def break_down(_session: None) -> None:
    raise EnvironmentFault(LABEL, safe=LABEL, remedy=LABEL)


def bug(_session: None) -> None:
    raise KeyError("Παπαδόπουλος")


def test_a_command_gives_its_value_and_tells_the_bus(runner: BaseRunner, qtbot: QtBot) -> None:
    ear = Ear()
    told: list[Any] = []
    runner._bus.changed.connect(lambda changes, by: told.append((changes, by)))
    runner.submit(LABEL, value_of, on_done=ear.hear, initiator="me", value=7)
    qtbot.waitUntil(lambda: bool(ear.values))
    assert ear.values == [7]
    assert [(changes.touches("clients"), by) for changes, by in told] == [(True, "me")]


def test_undo_and_redo_tell_the_bus(runner: BaseRunner, qtbot: QtBot) -> None:
    told: list[Any] = []
    runner._bus.changed.connect(lambda changes, _by: told.append(changes))
    runner.undo()
    runner.redo()
    qtbot.waitUntil(lambda: len(told) == 2)


def test_answers_come_on_the_gui_thread(threaded: Runner, qtbot: QtBot) -> None:
    ear = Ear()
    asked: list[QThread] = []

    def where(_session: None) -> int:
        asked.append(QThread.currentThread())
        return 1

    threaded.ask(where, on_done=ear.hear)
    qtbot.waitUntil(lambda: bool(ear.values))
    assert ear.threads == {QThread.currentThread()}
    assert QThread.currentThread() not in asked


def test_commands_run_in_the_order_submitted(threaded: Runner, qtbot: QtBot) -> None:
    ear = Ear()
    for number in range(50):
        threaded.submit(LABEL, value_of, on_done=ear.hear, value=number)
    qtbot.waitUntil(lambda: len(ear.values) == 50)
    assert ear.values == list(range(50))


def test_only_the_newest_question_of_a_key_is_answered(threaded: Runner, qtbot: QtBot) -> None:
    ear, gate = Ear(), threading.Event()

    def slow(_session: None, *, value: int) -> int:
        gate.wait(10)
        return value

    for number in range(8):
        threaded.ask(slow, on_done=ear.hear, key="list", value=number)
    gate.set()
    qtbot.waitUntil(lambda: not threaded.busy)
    assert ear.values == [7]


def test_a_forgotten_question_is_not_answered(threaded: Runner, qtbot: QtBot) -> None:
    ear = Ear()
    threaded.ask(value_of, on_done=ear.hear, key="list", value=1)
    threaded.forget("list")
    qtbot.waitUntil(lambda: not threaded.busy)
    assert ear.values == []


def test_a_refusal_goes_to_whoever_asked(runner: BaseRunner, qtbot: QtBot) -> None:
    ear = Ear()
    shown: list[Exception] = []
    runner.failed.connect(shown.append)
    runner.submit(LABEL, refuse, on_error=ear.hear_error)
    qtbot.waitUntil(lambda: bool(ear.errors))
    assert shown == []
    runner.submit(LABEL, refuse)
    qtbot.waitUntil(lambda: bool(shown))


@pytest.mark.parametrize("command", [break_down, bug])
def test_a_fault_is_always_shown(
    runner: BaseRunner, qtbot: QtBot, command: Callable[..., Any]
) -> None:
    ear = Ear()
    shown: list[Exception] = []
    runner.failed.connect(shown.append)
    runner.ask(command, on_done=ear.hear, on_error=ear.hear_error)
    qtbot.waitUntil(lambda: bool(shown))
    assert ear.errors == shown
    assert ear.values == []


def test_an_answer_for_a_page_that_is_gone_is_dropped(threaded: Runner, qtbot: QtBot) -> None:
    import shiboken6

    ear = Ear()
    threaded.ask(value_of, on_done=ear.hear, value=1)
    shiboken6.delete(ear)
    qtbot.waitUntil(lambda: not threaded.busy)
    assert ear.values == []


def test_long_work_reports_and_never_goes_back(runner: BaseRunner, qtbot: QtBot) -> None:
    ear = Ear()
    seen: list[Any] = []
    started: list[Any] = []
    runner.long_started.connect(started.append)
    runner.long_started.connect(
        lambda work: work.progressed.connect(lambda done, total, _what: seen.append((done, total)))
    )

    def task(progress: Callable[..., None], cancelled: Callable[[], bool]) -> str:
        for done in (1, 3, 2, 4):
            progress(done, 4)
        return "done"

    runner.long(LABEL, task, on_done=ear.hear)
    qtbot.waitUntil(lambda: ear.values == ["done"])
    assert len(started) == 1
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_long_work_is_shown_late_and_stops_when_asked(threaded: Runner, qtbot: QtBot) -> None:
    ear = Ear()
    running = threading.Event()

    class StoppedError(Exception):
        pass

    def task(progress: Callable[..., None], cancelled: Callable[[], bool]) -> None:
        running.set()
        pause = threading.Event()
        while not cancelled():
            pause.wait(0.01)
        raise StoppedError

    work = threaded.long(LABEL, task, on_done=ear.hear, on_error=ear.hear_error)
    assert running.wait(10)
    with qtbot.waitSignal(work.shown):
        pass
    with qtbot.waitSignal(work.finished):
        work.cancel()
    assert (ear.values, ear.errors) == ([], [])


def test_shutdown_drains_the_writer_and_accepts_no_more(qtbot: QtBot) -> None:
    made = Runner(FakeDesk(), ChangeBus())  # type: ignore[arg-type]
    done: list[int] = []

    def write(_session: None, *, number: int) -> None:
        done.append(number)

    for number in range(20):
        made.submit(LABEL, write, number=number)
    made.shutdown()
    assert done == list(range(20))
    made.submit(LABEL, write, number=99)
    assert done == list(range(20))


def test_busy_is_told_once_each_way(threaded: Runner, qtbot: QtBot) -> None:
    told: list[bool] = []
    threaded.busy_changed.connect(told.append)
    threaded.ask(value_of, on_done=Ear().hear, value=1)
    threaded.ask(value_of, on_done=Ear().hear, value=2)
    qtbot.waitUntil(lambda: not threaded.busy)
    assert told == [True, False]
