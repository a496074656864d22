"""A second start: the program that runs takes its files and shows its window."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Client
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from acctdesk import bootstrap
from acctdesk.ui.instance import Instance, hand_over

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds, for a start on a busy machine


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Instance]:
    """Give a program that listens in a home of its own."""
    instance = Instance(tmp_path)
    instance.listen()
    yield instance
    instance.stop()


def test_where_nothing_runs_nothing_takes_the_files(tmp_path: Path) -> None:
    assert not hand_over(tmp_path, [])
    instance = Instance(tmp_path)
    instance.listen()
    left = (tmp_path / "running.json").read_bytes()
    instance.stop()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "running.json").write_bytes(left)  # as a killed program leaves it
    assert not hand_over(tmp_path, ["a.acctbook"])


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"address": "x", "key": "no"}'])
def test_an_unreadable_address_is_as_if_nothing_ran(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "running.json").write_bytes(content)
    assert not hand_over(tmp_path, [])


def test_the_files_arrive_with_their_whole_paths(
    running: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.chdir(tmp_path)
    for named in ([], ["Βιβλίο Α.acctbook", "/x/πωλήσεις 2026.xlsx"]):
        with qtbot.waitSignal(running.asked) as asked:
            assert hand_over(tmp_path, named)
        assert asked.args == [[str(tmp_path / one) for one in named]]


def test_who_does_not_know_the_key_is_not_heard(
    running: Instance, tmp_path: Path, qtbot: QtBot
) -> None:
    told = json.loads((tmp_path / "running.json").read_text(encoding="utf-8"))
    with qtbot.assertNotEmitted(running.asked, wait=50):
        with pytest.raises(Exception, match="digest"):
            Client(told["address"], authkey=b"guessed")
        with Client(told["address"], authkey=bytes.fromhex(told["key"])) as connection:
            connection.send_bytes(b'{"open": 1}')
            with pytest.raises(EOFError):
                connection.recv_bytes()
    with qtbot.waitSignal(running.asked):
        assert hand_over(tmp_path, [])


@pytest.mark.skipif(sys.platform == "win32", reason="the user's folder is private there")
def test_only_the_user_can_read_the_key(running: Instance, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "running.json").stat().st_mode) == 0o600


def test_two_starts_are_one_program(tmp_path: Path, book_file: Path) -> None:
    home = tmp_path / "home"
    environment = os.environ | {bootstrap.HOME_VARIABLE: str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "acctdesk"]
    first = subprocess.Popen([*command, str(book_file)], env=environment)
    try:
        until = time.monotonic() + PATIENCE
        while not (home / "running.json").exists() and time.monotonic() < until:
            assert first.poll() is None
            time.sleep(0.05)
        second = subprocess.run(command, env=environment, timeout=PATIENCE, check=False)
        assert second.returncode == 0
        assert first.poll() is None
    finally:
        first.kill()
        first.wait()
