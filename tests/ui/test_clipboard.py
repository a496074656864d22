"""What was copied from the book does not stay on the clipboard; what is another's does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acctdesk.ui import clipboard as module
from acctdesk.ui.app import Program
from acctdesk.ui.clipboard import KEPT_MS, clipboard
from acctdesk.ui.settings import Settings
from tests.ui.world import fill_small, leave, opened, session_over

PHONE = "+302310123456"


@pytest.fixture(autouse=True)
def _empty(qapp: QApplication) -> Iterator[None]:
    yield
    clipboard().take_back()
    qapp.clipboard().clear()


def on_it(app: QApplication) -> str:
    return app.clipboard().text()


def half_a_minute_later() -> None:
    assert clipboard().timer.isActive()
    assert clipboard().timer.interval() == KEPT_MS == 30_000
    clipboard().timer.timeout.emit()


def test_a_value_is_gone_after_half_a_minute(qapp: QApplication) -> None:
    clipboard().copy(PHONE)
    assert on_it(qapp) == PHONE
    half_a_minute_later()
    assert on_it(qapp) == ""


def test_what_another_program_copied_since_stays(qapp: QApplication) -> None:
    clipboard().copy(PHONE)
    qapp.clipboard().setText("του γείτονα")
    half_a_minute_later()
    clipboard().lock()
    clipboard().leave()
    assert on_it(qapp) == "του γείτονα"


def test_a_lock_takes_back_what_was_copied(
    qapp: QApplication, encrypted_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = opened(encrypted_file)
    fill_small(desk)
    session = session_over(desk, qapp, tmp_path)
    clipboard().copy_table("Παπαδόπουλος\t5", "<td>Παπαδόπουλος</td>")
    session.lock()
    assert on_it(qapp) == ""
    leave(session, qtbot)


def test_a_lock_takes_back_what_was_copied_from_a_field(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the offscreen platform never says that a clipboard is its own
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: True)
    qapp.clipboard().setText("από ένα πεδίο")
    clipboard().lock()
    assert on_it(qapp) == ""


def test_the_end_takes_a_value_back_and_leaves_a_table_as_plain_text(
    qapp: QApplication, tmp_path: Path
) -> None:
    program = Program(qapp, Settings(tmp_path / "settings.ini"))
    clipboard().copy(PHONE)
    qapp.aboutToQuit.emit()
    assert on_it(qapp) == ""
    clipboard().copy_table("Α\tΒ", "<td>Α</td><td>Β</td>")
    qapp.aboutToQuit.emit()
    assert on_it(qapp) == "Α\tΒ"
    assert not qapp.clipboard().mimeData().hasHtml()
    assert isinstance(program, QObject)


def test_a_recovery_code_is_kept_out_of_the_histories_of_clipboards(qapp: QApplication) -> None:
    clipboard().copy("AAAAA-BBBBB", secret=True)
    data = qapp.clipboard().mimeData()
    assert data.text() == "AAAAA-BBBBB"
    assert data.data("x-kde-passwordManagerHint").data() == b"secret"
    assert any("ExcludeClipboardContentFromMonitorProcessing" in kind for kind in data.formats())
    clipboard().copy(PHONE)
    assert "x-kde-passwordManagerHint" not in qapp.clipboard().mimeData().formats()


def test_nothing_reaches_the_clipboard_by_another_road() -> None:
    ui = Path(module.__file__).parent
    for file in ui.rglob("*.py"):
        if file.name != "clipboard.py":
            assert "QGuiApplication.clipboard" not in file.read_text(encoding="utf-8"), file
