"""The memory of a locked program, read from outside: the key is not in it any more."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from acctdesk import bootstrap
from acctdesk.storage import envelope
from acctdesk.storage.wiping import wipe

ROOT = Path(__file__).parents[2]
PASSWORD = "Κρυφός κωδικός 77 ζήτα"
NAME = "Καναρίνης Αντώνιος και Υιοί"

pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="the memory cannot be read"),
    pytest.mark.qt,
]


def found_in(pid: int, wanted: dict[str, bytes]) -> dict[str, int]:
    """Count in the memory of a process how often each pattern occurs."""
    counts = dict.fromkeys(wanted, 0)
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace")
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for start, end, rights in re.findall(r"^([0-9a-f]+)-([0-9a-f]+) (\S+)", maps, re.MULTILINE):
            if not rights.startswith("r"):
                continue
            try:
                memory.seek(int(start, 16))
                content = memory.read(int(end, 16) - int(start, 16))
            except (OSError, OverflowError, ValueError):  # what the kernel alone may read
                continue
            for name, pattern in wanted.items():
                counts[name] += content.count(pattern)
    return counts


@dataclass(frozen=True)
class Looked:
    """What was in memory while the book was open, and after it was locked."""

    opened: dict[str, int]
    locked: dict[str, int]


def _look(folder: Path) -> Looked:
    home = folder / "home"
    book = folder / "officer.acctbook"
    bootstrap.create_book(book, password=PASSWORD).close()
    found = envelope.read(book)
    key = envelope.unwrap(found, PASSWORD, kdf=envelope.REAL_KDF, name=book.name)
    derived = envelope._derive(PASSWORD, found.slots[0])
    wanted = {
        "key": bytes(key.secret),
        "key in letters": key.secret.hex().encode(),
        "key of the password": derived,
        "password": PASSWORD.encode(),
        "password in wide letters": PASSWORD.encode("utf-16-le"),
        "names": NAME.encode(),
        "names in wide letters": NAME.encode("utf-16-le"),
    }
    looks = []
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.unlocked", str(book), NAME],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", bootstrap.HOME_VARIABLE: str(home)},
    ) as child:  # fmt: skip
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(f"{PASSWORD}\n".encode())
            child.stdin.flush()
            for told in (b"open\n", b"locked\n"):
                assert child.stdout.readline() == told
                looks.append(found_in(child.pid, wanted))
                child.stdin.write(b"\n")
                child.stdin.flush()
        finally:
            child.kill()
    return Looked(*looks)


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Looked:
    """Look at the memory of a program with an open book, then at the same one locked."""
    return _look(tmp_path_factory.mktemp("memory"))


def test_the_key_of_an_open_book_is_in_memory_once(looked: Looked) -> None:
    assert looked.opened["key"] == 1  # the look itself finds; a second copy would be one too many
    assert looked.opened["key in letters"] == 0


def test_a_locked_program_holds_no_key(looked: Looked) -> None:
    assert looked.locked["key"] == 0
    assert looked.locked["key in letters"] == 0
    assert looked.locked["key of the password"] == 0
    # Python frees what it showed without overwriting it: what is left is told, and is no failure
    names = {what: looked.locked[what] for what in ("names", "names in wide letters")}
    sys.stdout.write(f"names left in the memory of a locked program: {names}\n")


def test_a_locked_program_holds_no_password(looked: Looked) -> None:
    assert looked.locked["password"] == 0
    assert looked.locked["password in wide letters"] == 0


@pytest.mark.parametrize("text", ["latin", "ÿÿÿ", "ελληνικά", "😀😀"])
def test_what_is_wiped_is_gone(text: str) -> None:
    made = "".join(list(text))
    wipe(made)
    assert set(made) == {"\0"}
    content = bytes(bytearray(text, "utf-8"))
    wipe(content)
    assert content == bytes(len(content))
