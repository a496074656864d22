"""The start: the frame is painted before the book is open, and nothing heavy before the frame."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from acctdesk import bootstrap
from acctdesk.services.desk import Desk
from acctdesk.storage.lock import is_held
from acctdesk.ui import warming
from acctdesk.ui.app import dress
from acctdesk.ui.session import Session
from acctdesk.ui.settings import Settings
from acctdesk.ui.translation import Languages
from tests.ui.doors import PATIENCE

# what a first paint must not wait for
HEAVY = (
    "sqlalchemy", "sqlcipher3", "acctdesk.models", "alembic", "babel", "holidays", "matplotlib",
    "numpy", "openpyxl", "phonenumbers", "psutil", "xlsxwriter", "zxcvbn",
)  # fmt: skip
LOOK = """
import json, os, sys
from acctdesk.ui import app
from acctdesk.ui.frame import Frame

make = Frame.__init__

def watched(self, *arguments):
    make(self, *arguments)
    self.painted.connect(look)

def look():
    sys.stdout.write(json.dumps(sorted(sys.modules)))
    sys.stdout.flush()
    os._exit(0)

Frame.__init__ = watched
app.run([sys.argv[1]])
"""


def test_nothing_heavy_is_loaded_when_the_frame_is_painted(book_file: Path, tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", LOOK, str(book_file)],
        env={**os.environ, bootstrap.HOME_VARIABLE: str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE / 1000,
    ).stdout
    loaded = set(json.loads(told))
    assert "acctdesk.ui.main_window" in loaded
    assert [one for one in HEAVY if one in loaded] == []


WHERE = """
import json, os, sys, threading
from importlib.abc import MetaPathFinder
from PySide6.QtCore import QTimer
from acctdesk.ui import app, warming

loaded = {}
seen = []

class Watch(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        loaded[name] = threading.current_thread() is threading.main_thread()

sys.meta_path.insert(0, Watch())
begin = app.Program.start

def started(self, books):
    begin(self, books)
    timer = QTimer(self)
    timer.timeout.connect(look)
    timer.start(20)

def look():
    warming_up = any(one.name == "acctdesk-warming" for one in threading.enumerate())
    if warming_up:
        seen.append(True)
    elif seen:
        sys.stdout.write(json.dumps(loaded))
        sys.stdout.flush()
        os._exit(0)

app.Program.start = started
app.run([sys.argv[1]])
"""


def test_pages_are_loaded_beside_the_window_and_before_they_are_wanted(
    book_file: Path, tmp_path: Path
) -> None:
    in_the_way: dict[str, bool] = json.loads(
        subprocess.run(
            [sys.executable, "-c", WHERE, str(book_file)],
            env={**os.environ, bootstrap.HOME_VARIABLE: str(tmp_path / "home")},
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE / 1000,
        ).stdout
    )
    for module in (
        "sqlalchemy.orm",
        "acctdesk.services.profile",
        "acctdesk.ui.pages.today.page",
        "acctdesk.ui.pages.clients.page",
        "acctdesk.ui.pages.settings.page",
        "acctdesk.ui.dialogs.palette",
        "matplotlib.figure",
    ):
        assert in_the_way[module] is False, module


def test_what_a_closed_book_leaves_is_collected() -> None:
    class Left:
        """Holds itself."""

    left = Left()
    left.itself = left  # type: ignore[attr-defined]
    gone = weakref.ref(left)
    gc.freeze()  # as when the window stands
    del left
    warming.cool()
    gc.collect()
    assert gone() is None


@pytest.fixture
def session(qapp: QApplication, book_file: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    """Give a session of a plain book, before anything of it is shown."""
    languages = Languages(qapp)
    languages.speak("en")
    made = Session(
        book_file.resolve(),
        encrypted=False,
        theme=dress(qapp),
        settings=Settings(tmp_path / "settings.ini"),
        languages=languages,
    )
    yield made
    if isValid(made.window):
        with qtbot.waitSignal(made.ended, timeout=PATIENCE):
            made.window.close()
    qapp.processEvents()


def key_of_page(session: Session) -> str | None:
    """Return the key of the page at hand, None where there is none yet."""
    page = session.window.page
    return None if page is None else page.spec.key


def open_behind(session: Session) -> None:
    """Show the window, which opens the book."""
    session.open(lambda: bootstrap.open_book(session.book))


def test_the_book_is_opened_behind_a_window_that_is_there(session: Session, qtbot: QtBot) -> None:
    open_behind(session)
    assert session.window.isVisible()
    assert key_of_page(session) is None
    assert session.window.topbar.primary.isVisible()
    assert not is_held(session.book)
    qtbot.waitUntil(lambda: key_of_page(session) == "today", timeout=PATIENCE)
    assert is_held(session.book)


def test_what_is_asked_for_meanwhile_is_done_when_the_book_is_open(
    session: Session, qtbot: QtBot
) -> None:
    open_behind(session)
    session.window.sidebar.button("tasks").click()
    session.window.topbar.search.click()
    assert key_of_page(session) is None
    qtbot.waitUntil(lambda: key_of_page(session) == "tasks", timeout=PATIENCE)
    assert session.window.palette_overlay.isVisible()


def test_a_window_that_is_closed_at_once_leaves_no_book_open(
    session: Session, qtbot: QtBot
) -> None:
    desks: list[Desk] = []

    def open_slowly() -> Desk:
        desks.append(bootstrap.open_book(session.book))
        return desks[0]

    session.open(open_slowly)
    qtbot.waitUntil(lambda: bool(desks), timeout=PATIENCE)  # open, and not yet handed over
    with qtbot.waitSignal(session.ended, timeout=PATIENCE):
        session.window.close()
    assert not is_held(session.book)


def test_a_book_that_does_not_open_is_told_without_its_window(
    session: Session, qtbot: QtBot
) -> None:
    session.book.write_bytes(b"nothing of the kind" * 100)
    with (
        qtbot.waitSignal(session.not_opened, timeout=PATIENCE),
        qtbot.waitSignal(session.ended, timeout=PATIENCE),
    ):
        open_behind(session)
    assert not session.window.isVisible()
