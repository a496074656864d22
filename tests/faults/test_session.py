"""A whole session at an encrypted book, watched: what it opens, whom it calls, what it leaves."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults import session

ROOT = Path(__file__).parents[2]
_TRACED = "trace=%network,openat,open,stat,execve"

pytestmark = [
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here"),
    pytest.mark.qt,
]


@dataclass(frozen=True)
class Watched:
    """What a session left in its folder, and the calls it made."""

    folder: Path
    evil: Path
    calls: str


def _watched(folder: Path) -> Watched:
    (folder / "tmp").mkdir()
    evil = folder / "evil"
    (evil / "platforms").mkdir(parents=True)
    for name in ("sqlcipher3", "openpyxl", "acctdesk", "sitecustomize", "xlsxwriter"):
        (evil / f"{name}.py").write_text("raise SystemExit('evil')\n", encoding="utf-8")
    (evil / session.CANARY).write_bytes(b"\x89PNG\r\n\x1a\n")
    for name in ("qt.conf", "platforms/libqoffscreen.so", "libsqlite3.so.0", "libcrypto.so.3"):
        (evil / name).write_bytes(b"evil")
    log = folder / "calls.log"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "nobody"),
        "TMPDIR": str(folder / "tmp"),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_PLUGIN_PATH": str(evil),
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        [
            "strace", "-f", "-qq", "--seccomp-bpf", "-s", "300", "-e", _TRACED, "-e", "signal=none",
            "-o", str(log), sys.executable, "-P", "-m", session.__name__, str(folder),
        ],
        cwd=evil, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "evil" not in done.stderr
    assert (folder / session.ASKED_FOR / "clients.pdf").exists(), done.stderr
    (folder / "stderr").write_text(done.stderr + done.stdout, encoding="utf-8")
    return Watched(folder, evil, log.read_text(encoding="utf-8", errors="replace"))


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """Give a session whose book holds fifty planted words, each with the address of a picture."""
    return _watched(tmp_path_factory.mktemp("session"))


def _left(watched: Watched) -> Iterator[Path]:
    for path in watched.folder.rglob("*"):
        if path.is_file() and session.ASKED_FOR not in path.parts and path.name != "calls.log":
            yield path


def test_nothing_written_around_an_encrypted_book_holds_a_word_of_it(watched: Watched) -> None:
    assert len(set(session.WORDS)) == session.COUNT
    names = {path.name for path in _left(watched)}
    assert {"officer.acctbook", "settings.ini", "recent.json", "acctdesk.log", "stderr"} <= names
    assert any(name.endswith(".acctbackup") for name in names)
    for path in _left(watched):
        content = path.read_bytes()
        for word in session.WORDS:
            for form in (word, word.upper(), word.replace("έ", "ε").replace("ή", "η")):
                assert form.encode() not in content, path
                assert form.encode("utf-16-le") not in content, path
                assert form.encode("unicode_escape") not in content, path
    asked = watched.folder / session.ASKED_FOR / "pelates.csv"
    assert (
        session.WORDS[session.COUNT - 3].encode() in asked.read_bytes()
    )  # the search itself finds


def test_a_fault_is_in_the_log_without_its_words(watched: Watched) -> None:
    log = (watched.folder / "home" / "acctdesk.log").read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "session.py" in log
    assert "KeyError" in log


def test_no_name_of_a_file_holds_a_word(watched: Watched) -> None:
    for path in _left(watched):
        assert not any(word in str(path.relative_to(watched.folder)) for word in session.WORDS)


def test_no_socket_of_a_network_is_made(watched: Watched) -> None:
    assert (
        re.findall(r"socket\(AF_INET.*|connect\([^)]*AF_INET.*|sendto\(.*AF_INET.*", watched.calls)
        == []
    )


def test_a_foreign_file_in_the_working_folder_is_not_loaded(watched: Watched) -> None:
    calls = watched.calls.splitlines()
    assert [line for line in calls if str(watched.evil) in line] == []
    assert [
        line for line in calls if re.search(r'"(qt\.conf|[\w/]*\.so[.\d]*|\w+\.py)"', line)
    ] == []


def test_no_text_of_the_book_makes_the_program_open_a_file(watched: Watched) -> None:
    found = [line for line in watched.calls.splitlines() if session.CANARY in line]
    assert found == []


_CARELESS = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel(sys.argv[1])
label.show()
for _ in range(20):
    app.processEvents()
label.grab()
"""


def test_the_control_of_a_careless_label_is_seen(tmp_path: Path) -> None:
    log = tmp_path / "calls.log"
    (tmp_path / session.CANARY).write_bytes(b"\x89PNG\r\n\x1a\n")
    command = [sys.executable, "-c", _CARELESS, session.TEXTS[0]]
    subprocess.run(
        ["strace", "-f", "-qq", "-e", "trace=openat", "-o", str(log), *command],
        check=True, cwd=tmp_path, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, capture_output=True,
    )  # fmt: skip
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    assert any(session.CANARY in line for line in lines)
