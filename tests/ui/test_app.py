"""The program from start to end: which book, which question, which window, and its hooks."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal, qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acctdesk import bootstrap, i18n
from acctdesk.errors import UserError
from acctdesk.services.clients import create_client
from acctdesk.ui import hooks
from acctdesk.ui import settings as remembered
from acctdesk.ui.app import Program
from acctdesk.ui.dialogs.failure import FailureDialog
from acctdesk.ui.dialogs.help import helper, open_help
from acctdesk.ui.hooks import FaultBell, set_hooks
from acctdesk.ui.log import keep_log
from acctdesk.ui.session import Session
from acctdesk.ui.settings import Settings
from tests.ui.doors import PATIENCE
from tests.ui.world import STEP


class Question(QObject):
    """Stands for the dialogs that open or make a book."""

    opened = Signal(object)
    book_wanted = Signal(object)
    finished = Signal(int)
    asked: list[Question] = []  # noqa: RUF012 - emptied by the fixture

    def __init__(self, place: Path, **context: Any) -> None:
        super().__init__()
        self.place, self.context, self.shown = place, context, False
        Question.asked.append(self)

    def open(self) -> None:
        self.shown = True


@pytest.fixture
def program(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Iterator[Program]:
    """Give the program at an empty home, with stand-ins for its questions."""
    monkeypatch.setenv(bootstrap.HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.setattr(qapp, "quit", lambda: None)
    for module, name in (("unlock", "UnlockDialog"), ("first_run", "FirstRunDialog")):
        fake = ModuleType(module)
        setattr(fake, name, Question)
        monkeypatch.setitem(sys.modules, f"acctdesk.ui.dialogs.{module}", fake)
    Question.asked.clear()
    made = Program(qapp, Settings(tmp_path / "home" / "settings.ini"))
    yield made
    if made.session is not None:
        made.session.window.close()
    qapp.processEvents()
    Question.asked.clear()
    made.deleteLater()
    qapp.setQuitOnLastWindowClosed(True)


def test_a_new_laptop_is_asked_for_its_first_book(program: Program, tmp_path: Path) -> None:
    program.start([])
    (question,) = Question.asked
    assert question.shown
    assert question.place == tmp_path / "home" / "books"
    assert program.session is None


def opened(program: Program, qtbot: QtBot) -> Session:
    """Wait until the book is open behind its window and return its session."""
    qtbot.waitUntil(lambda: _has_page(program), timeout=PATIENCE)
    assert program.session is not None
    return program.session


def _has_page(program: Program) -> bool:
    return program.session is not None and program.session.window.page is not None


def test_a_plain_book_opens_behind_its_window_and_is_remembered(
    program: Program, book_file: Path, qtbot: QtBot
) -> None:
    program.start([book_file])
    assert program.session is not None
    assert program.session.window.isVisible()
    session = opened(program, qtbot)
    assert bootstrap.default_book() == book_file.resolve()
    session.window.close()
    assert not program.session
    bootstrap.open_book(book_file).close()  # its lock is free again


def test_an_open_manual_does_not_keep_the_program_running(
    program: Program,
    book_file: Path,
    qtbot: QtBot,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ends: list[bool] = []
    monkeypatch.setattr(qapp, "quit", lambda: ends.append(True))
    program.start([book_file])
    window = opened(program, qtbot).window
    assert open_help(window.topic, window).isVisible()
    window.close()
    qtbot.waitUntil(lambda: bool(ends), timeout=PATIENCE)
    assert helper().window is None


def test_what_could_not_be_read_is_told_once_the_book_is_open(
    program: Program, tmp_path: Path, book_file: Path, qtbot: QtBot
) -> None:
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    (home / "settings.ini").write_bytes(b"\x00" * 300)
    (home / "recent.json").write_bytes(b"{")
    program.settings = Settings(home / "settings.ini")
    program.start([book_file])
    told = [str(toast.text) for toast in opened(program, qtbot).context.messages.log]
    assert [one for one in told if "settings.ini.damaged" in one]
    assert [one for one in told if "recent.json.damaged" in one]
    assert (home / "settings.ini.damaged").exists()


def shown(session: Session) -> str:
    """Return the page in front."""
    assert session.window.page is not None
    return session.window.page.spec.key


def test_a_second_start_shows_the_window_and_imports_what_it_was_given(
    program: Program, book_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    sheet = tmp_path / "πελάτες.CSV"
    sheet.write_text("Κωδικός;Επωνυμία\n7;Νέος Α.Ε.\n", encoding="utf-8")
    program.start([book_file, sheet])
    session = opened(program, qtbot)
    qtbot.waitUntil(lambda: shown(session) == "import", timeout=PATIENCE)
    session.window.showMinimized()
    session.window.show_page("today")
    program.take([])
    assert not session.window.isMinimized()
    assert shown(session) == "today"
    program.take([str(sheet)])
    assert shown(session) == "import"
    assert program.session is session


def test_a_start_during_the_last_backup_waits_for_it(
    program: Program, book_file: Path, qtbot: QtBot
) -> None:
    program.start([book_file])
    first = opened(program, qtbot)
    first.context.desk.perform(STEP, create_client, name="Νέος")
    first.window.close()
    program.take([])
    qtbot.waitUntil(lambda: program.session not in {None, first}, timeout=PATIENCE)
    opened(program, qtbot).window.close()
    qtbot.waitUntil(lambda: program.session is None, timeout=PATIENCE)


def test_an_encrypted_book_asks_for_its_password(
    program: Program, encrypted_file: Path, book_file: Path
) -> None:
    program.start([encrypted_file])
    (question,) = Question.asked
    assert question.place == encrypted_file
    question.opened.emit(bootstrap.open_book(book_file))
    assert program.session is not None


def test_a_file_that_is_no_book_is_told_and_another_asked_for(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "x.acctbook"
    file.write_bytes(b"nothing of the kind" * 100)
    program.start([file])
    qtbot.waitUntil(lambda: bool(Question.asked), timeout=PATIENCE)
    (question,) = Question.asked
    assert question.place == file
    assert isinstance(question.context["trouble"], UserError)
    assert program.session is None


def test_another_book_takes_the_place_of_the_first(
    program: Program, book_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program.start([book_file])
    first = opened(program, qtbot)
    other = bootstrap.create_book(tmp_path / "other", password=None, officer="Νίκος")
    program.show_desk(other)
    assert program.session is not first
    assert program.session is not None
    bootstrap.open_book(book_file).close()


def test_the_book_says_the_language_until_the_officer_does(
    program: Program, book_file: Path, qtbot: QtBot
) -> None:
    program.start([book_file])
    opened(program, qtbot)
    assert i18n.language() == "el"
    program.settings.set(remembered.LANGUAGE, "en")
    assert program._language() == "en"


def test_what_nobody_caught_reaches_the_window_from_any_thread(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    heard: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    bell = FaultBell()
    bell.rung.connect(heard.append)
    before = qInstallMessageHandler(None)
    try:
        set_hooks(bell)
        error = ValueError("x")
        sys.excepthook(ValueError, error, None)
        thread = threading.Thread(target=[].pop)
        thread.start()
        thread.join()
    finally:
        qInstallMessageHandler(before)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[0] is error
    assert isinstance(heard[1], IndexError)


def test_qts_words_go_to_the_log(
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    before = qInstallMessageHandler(None)
    try:
        set_hooks(FaultBell())
        with caplog.at_level(logging.WARNING):
            qWarning("a word of Qt")
    finally:
        qInstallMessageHandler(before)
    assert "Qt: a word of Qt" in caplog.text
    caplog.clear()


def test_the_log_is_a_file_of_the_home(tmp_path: Path) -> None:
    logger = logging.getLogger("acctdesk")
    handlers, propagates = list(logger.handlers), logger.propagate
    try:
        keep_log(tmp_path / "home")
        logging.getLogger("acctdesk.ui").error("fault")
    finally:
        for handler in set(logger.handlers) - set(handlers):
            logger.removeHandler(handler)
            handler.close()
        logger.propagate = propagates
    assert "fault" in (tmp_path / "home" / "acctdesk.log").read_text(encoding="utf-8")


def test_a_fault_before_any_window_is_told_in_a_dialog(program: Program) -> None:
    program.fail(KeyError("Παπαδόπουλος"))
    (dialog,) = _failures()
    dialog.close()


def _failures() -> list[FailureDialog]:
    tops = QApplication.topLevelWidgets()
    return [one for one in tops if isinstance(one, FailureDialog) and one.isVisible()]


def test_the_module_sets_its_hooks_alone() -> None:
    ui = Path(hooks.__file__).parent
    for file in ui.rglob("*.py"):
        if file.name != "hooks.py":
            text = file.read_text(encoding="utf-8")
            assert "excepthook" not in text, file
            assert "qInstallMessageHandler" not in text, file
