"""What a disk may hold after a power cut: every write recorded once, then cut off anywhere.

The model of the disk: a write is safe once its own file was synced after it; a file made, renamed
or taken away is safe once its folder was synced. Of what was not safe at the cut each write may be
lost, be there, or be torn at a sector, in any order.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_CALLS = "openat,pwrite64,fsync,fdatasync,ftruncate,unlink,close,write"
_LINE = re.compile(r"(\w+)\((.*)\)\s+=\s+(-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_SECTOR = 512


@dataclass(frozen=True, slots=True)
class Call:
    """One thing done to a file of the book: write, truncate, sync, unlink; or a line told."""

    what: str
    file: str = ""
    at: int = 0
    data: bytes = b""


@dataclass(slots=True)
class _Disk:
    """The files as the disk holds them for certain, and what is not yet safe."""

    safe: dict[str, bytearray] = field(default_factory=dict)
    open: dict[str, list[Call]] = field(default_factory=dict)

    def do(self, call: Call) -> None:
        if call.what == "unlink":
            self.safe.pop(call.file, None)
            self.open.pop(call.file, None)
        elif call.what == "sync":
            for one in self.open.pop(call.file, ()):
                _apply(self.safe, one, one.data)
        elif call.what != "told":
            self.open.setdefault(call.file, []).append(call)

    def after_a_cut(self, drawn: random.Random) -> dict[str, bytes]:
        files = {name: bytearray(content) for name, content in self.safe.items()}
        for name, calls in self.open.items():
            files.setdefault(name, bytearray())
            for call in drawn.sample(calls, len(calls)):
                fate = drawn.random()
                if fate < 0.15:
                    sectors = len(call.data) // _SECTOR
                    _apply(files, call, call.data[: _SECTOR * drawn.randrange(sectors + 1)])
                elif fate < 0.5:
                    _apply(files, call, call.data)
        return {name: bytes(content) for name, content in files.items()}


def _apply(files: dict[str, bytearray], call: Call, data: bytes) -> None:
    content = files.setdefault(call.file, bytearray())
    end = call.at if call.what == "truncate" else call.at + len(data)
    if len(content) < call.at:
        content.extend(bytes(call.at - len(content)))
    if call.what == "truncate":
        del content[end:]
    else:
        content[call.at : end] = data


def record(module: str, arguments: Sequence[str], *, book: Path, log: Path) -> list[Call]:
    """Run ``python -m module arguments`` and return what it did to the book's own files.

    Lines written to standard output stand between as calls named "told".
    """
    subprocess.run(
        [
            "strace", "-qq", "-xx", "-s", "4000000", "-e", f"trace={_CALLS}", "-o", str(log),
            sys.executable, "-m", module, *arguments,
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    return _read(log, str(book))


def _read(log: Path, book: str) -> list[Call]:
    calls: list[Call] = []
    names: dict[int, str] = {}
    for line in log.read_text(encoding="ascii").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        call, arguments, result = match[1], match[2], int(match[3])
        if call == "openat":
            names[result] = _text(arguments).decode("utf-8", "replace")
        elif call == "unlink":
            calls += _known("unlink", _text(arguments).decode("utf-8", "replace"), book)
        else:
            number = int(arguments.split(",", 1)[0])
            if call == "close":
                names.pop(number, None)
            elif number == 1 and call == "write":
                calls.append(Call("told", data=_text(arguments)))
            else:
                calls += _on_file(call, arguments, names.get(number, ""), book)
    return calls


def _on_file(call: str, arguments: str, name: str, book: str) -> list[Call]:
    if call in {"fsync", "fdatasync"}:
        return _known("sync", name, book)
    at = int(arguments.rsplit(",", 1)[1])
    if call == "ftruncate":
        return _known("truncate", name, book, at)
    assert call == "pwrite64" or not _known(call, name, book), "a write without its place"
    return _known("write", name, book, at, _text(arguments))


def _known(what: str, name: str, book: str, at: int = 0, data: bytes = b"") -> list[Call]:
    """Return the call where it concerns the book or its log; shared memory is not on the disk."""
    if name not in {book, f"{book}-wal", f"{book}-journal"}:
        return []
    return [Call(what, name, at, data)]


def _text(arguments: str) -> bytes:
    match = _TEXT.search(arguments)
    assert match is not None
    return bytes.fromhex(match[1].replace("\\x", ""))


def cut_off(
    calls: Sequence[Call], start: dict[str, bytes], at: int, drawn: random.Random
) -> tuple[dict[str, bytes], list[str]]:
    """Return the files after a power cut before call ``at``, and the lines told until then."""
    disk = _Disk({name: bytearray(content) for name, content in start.items()})
    for call in calls[:at]:
        disk.do(call)
    told = [call.data.decode() for call in calls[:at] if call.what == "told"]
    return disk.after_a_cut(drawn), "".join(told).splitlines()
