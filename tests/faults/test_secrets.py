"""What the program says of a fault: where it happened and of which kind, never what was in hand."""

from __future__ import annotations

import ast
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from acctdesk import cli
from acctdesk.errors import without_values
from acctdesk.i18n import msg
from acctdesk.services import child
from acctdesk.services.desk import Desk
from acctdesk.ui import job
from acctdesk.ui.messages import Messages, Trouble
from tests.ui.world import make_context

ROOT = Path(__file__).parents[2]
CANARY = "Καναρίνης Αντώνιος"
AFM = "094999993"


def _plain() -> None:
    raise ValueError(f"δεν βρέθηκε ο {CANARY}")


def _chained() -> None:
    try:
        _plain()
    except ValueError as error:
        raise RuntimeError(AFM) from error


def _while_handling() -> None:
    try:
        _plain()
    except ValueError:
        {"α": 1}[CANARY]


def _in_a_key() -> None:
    {"α": 1}[f"{CANARY} {AFM}"]


def _in_a_group() -> None:
    raise ExceptionGroup(CANARY, [ValueError(AFM), KeyError(CANARY)])


def _with_notes() -> None:
    error = ValueError(CANARY)
    error.add_note(AFM)
    raise error


def _in_sql() -> None:
    from sqlalchemy.exc import IntegrityError

    raise IntegrityError("INSERT INTO clients", {"name": CANARY}, ValueError(AFM))


def _in_a_path() -> None:
    Path(f"/{CANARY}/{AFM}").read_bytes()


def _in_unicode() -> None:
    CANARY.encode("ascii")


def _in_an_argument() -> None:
    int(CANARY)


PLACES: dict[str, Callable[[], None]] = {
    function.__name__: function
    for function in (
        _plain, _chained, _while_handling, _in_a_key, _in_a_group, _with_notes, _in_sql,
        _in_a_path, _in_unicode, _in_an_argument,
    )
}  # fmt: skip


def _child_bug(_desk: Desk, *, name: str, **_rest: Any) -> None:
    raise ValueError(name)


def _silent(text: str) -> None:
    for secret in (CANARY, AFM, *CANARY.split()):
        for form in (secret, secret.encode("unicode_escape").decode(), ascii(secret)[1:-1]):
            assert form not in text


class Ear:
    """Keeps what dialogs and toasts say."""

    def __init__(self, messages: Messages) -> None:
        self.heard: list[str] = []
        messages.troubled.connect(self.trouble)
        messages.told.connect(self.told)

    def trouble(self, trouble: Trouble) -> None:
        self.heard += map(str, (trouble.title, trouble.happened, trouble.safe, trouble.remedy))

    def told(self, toast: Any) -> None:
        self.heard.append(str(toast.text))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("road", ["submit", "ask", "read"])
def test_a_bug_in_any_place_is_told_without_its_words(
    place: str,
    road: str,
    qapp: QApplication,
    desk: Desk,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    context = make_context(qapp, desk, tmp_path)
    ear = Ear(context.messages)
    secret = CANARY  # in the locals of a frame of the trace

    def fails(*_session: object, **_fields: object) -> None:
        assert secret
        PLACES[place]()

    with caplog.at_level(logging.DEBUG):
        if road == "submit":
            context.runner.submit(msg("Test", "A change"), fails, name=CANARY)
        elif road == "ask":
            context.runner.ask(fails, on_done=print)
        else:
            context.runner.read(fails, on_done=print)
    assert any("mistake" in line for line in ear.heard)
    assert place in caplog.text
    written = capfd.readouterr()
    for text in (*ear.heard, caplog.text, written.out, written.err):
        _silent(text)


@pytest.mark.parametrize("place", PLACES)
def test_a_bug_under_the_command_line_is_told_without_its_words(
    place: str, book_file: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from acctdesk.cli import commands

    monkeypatch.setitem(commands._COMMANDS, "figures", lambda _options: PLACES[place]())
    assert cli.main(["--language", "en", "figures", str(book_file)]) == 2
    written = capfd.readouterr()
    assert "The program made a mistake" in written.err
    assert place in written.err
    _silent(written.out + written.err)


@pytest.mark.parametrize("place", PLACES)
def test_a_bug_before_a_book_is_open_is_told_without_its_words(
    place: str, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        PLACES[place]()
    except Exception as error:  # noqa: BLE001 - any of them
        with caplog.at_level(logging.DEBUG):
            said = str(job.sentence_of(error))
        _silent(said + caplog.text + without_values(error))


def test_a_bug_in_a_child_process_is_told_without_its_words(
    desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(RuntimeError) as raised:
        child.run_in_child(desk, _child_bug, ended=msg("Test", "A change"), name=CANARY)
    assert "_child_bug" in str(raised.value)
    written = capfd.readouterr()
    _silent(str(raised.value) + written.out + written.err)


def test_nothing_prints_a_trace_with_its_words() -> None:
    """A trace of the interpreter's own holds the words of the exception."""
    guilty = [
        f"{file.name}:{node.lineno}"
        for file in (ROOT / "acctdesk").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and (
            (ast.unparse(node.value) == "traceback" and node.attr.startswith(("print", "format")))
            or (ast.unparse(node.value) in {"_log", "logging"} and node.attr == "exception")
        )
    ]
    assert guilty == []
