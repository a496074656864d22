"""Which face the arguments ask for, help in both languages, and a light start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from acctdesk import cli
from acctdesk.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]


def test_faces(tmp_path: Path) -> None:
    book = tmp_path / "mine.acctbook"
    book.write_bytes(b"")
    assert cli.face_of([]).name == "window"
    assert cli.face_of(["--language", "el"]).name == "window"
    assert cli.face_of([str(book)]) == cli.Face("window", (str(book),))
    assert cli.face_of([str(tmp_path / "mine")]).name == "window"
    assert cli.face_of(["self-test"]).name == "self-test"
    for arguments in (["figures", "x"], ["--help"], ["--version"], ["figurs"], ["figures"]):
        assert cli.face_of(arguments).name == "command"


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("language", "word"), [("en", "usage:"), ("el", "χρήση:")])
def test_every_command_has_help(run: Any, command: str, language: str, word: str) -> None:
    ran = run(command, "--language", language, "--help")
    assert ran.status == 0
    assert ran.out.startswith(word)
    if language == "el":
        assert "show this help" not in ran.out


def test_a_mistyped_command_is_said(run: Any) -> None:
    ran = run("figurs", "book", "--language", "en")
    assert ran.status == 2
    assert "figurs" in ran.err


def in_a_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    import os

    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        check=False,
        timeout=120,
    )


def test_the_program_runs_as_a_module(demo_file: Path) -> None:
    ran = in_a_process("-m", "acctdesk", "figures", str(demo_file), "--json")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("{")
    ran = in_a_process("-m", "acctdesk", "--version")
    assert ran.stdout.startswith("acctdesk ")


def test_the_command_line_needs_no_qt_and_starts_light(demo_file: Path) -> None:
    check = (
        "import sys\n"
        "sys.modules['PySide6'] = None\n"
        "from acctdesk import cli\n"
        "heavy = {'sqlalchemy', 'matplotlib', 'openpyxl', 'alembic', 'numpy', 'babel'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        f"status = cli.main(['figures', {str(demo_file)!r}, '--json'])\n"
        "heavy = {'matplotlib', 'openpyxl', 'alembic', 'numpy'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "raise SystemExit(status)\n"
    )
    ran = in_a_process("-c", check)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such shell")
def test_a_reader_that_goes_away_is_no_failure(demo_file: Path) -> None:
    import shlex

    line = f"{shlex.quote(sys.executable)} -m acctdesk figures {shlex.quote(str(demo_file))}"
    ran = subprocess.run(
        ["/bin/sh", "-c", f"{line} | head -n 1"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in ran.stderr


def test_the_program_tests_itself() -> None:
    ran = in_a_process("-m", "acctdesk", "self-test", QT_QPA_PLATFORM="offscreen", LC_ALL="C.UTF-8")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "✗" not in ran.stdout
    assert ran.stdout.count("✓") >= 7
