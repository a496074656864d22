"""A lack of memory is a fault of the machine: told as one by every face, never as a mistake."""

from __future__ import annotations

import resource
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from acctdesk import cli
from acctdesk.cli import commands
from acctdesk.errors import EnvironmentFault
from acctdesk.i18n import msg
from acctdesk.services import child
from acctdesk.services.desk import Desk
from acctdesk.ui.job import sentence_of
from acctdesk.ui.messages import Messages, Trouble
from tests.ui.world import make_context

ENOUGH = "not enough memory"


def ask_for_more_than_there_is(*_anything: object, **_more: object) -> None:
    """Ask the machine for memory until it refuses."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, before[1]))
    try:
        bytearray(64 << 30)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def test_the_window_says_it(qapp: QApplication, desk: Desk, tmp_path: Any) -> None:
    context = make_context(qapp, desk, tmp_path)
    told: list[Trouble] = []
    context.messages.troubled.connect(told.append)
    context.runner.ask(ask_for_more_than_there_is, on_done=print)
    assert ENOUGH in str(told[0].happened)
    assert "Nothing was changed" in str(told[0].safe)


def test_a_fault_that_nobody_caught_says_it(qapp: QApplication) -> None:
    messages = Messages()
    told: list[Trouble] = []
    messages.troubled.connect(told.append)
    messages.fail(MemoryError())
    assert ENOUGH in str(told[0].happened)


def test_a_child_process_says_it(desk: Desk) -> None:
    with pytest.raises(EnvironmentFault, match=ENOUGH) as refused:
        child.run_in_child(desk, ask_for_more_than_there_is, ended=msg("Test", "A change"))
    assert "Close other programs" in str(sentence_of(refused.value))


def test_the_command_line_says_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(commands._COMMANDS, "check", ask_for_more_than_there_is)
    assert cli.main(["check", str(desk.book.path)]) == cli.NOT_DONE
    said = capsys.readouterr().err
    assert ENOUGH in said
    assert "mistake" not in said
