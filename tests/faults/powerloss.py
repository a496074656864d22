"""What a disk may hold after a power cut: every write recorded once, then cut off anywhere.

The model of the disk: what was written to a file is safe once that file was synced after it; of
what was not safe at the cut each write may be lost, be there, or be torn at a sector, in any order.
A name that was given, changed or taken away is safe once its folder was synced; of what was not
safe the first few may be there, in the order in which they were done. A name that is there says
nothing about the content: a file renamed before it was synced may be found empty.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_CALLS = (
    "openat,close,lseek,read,write,pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,"
    "renameat,renameat2,link,linkat,mkdir,writev,pwritev,sendfile,copy_file_range,fallocate"
)
_LINE = re.compile(r"(\w+)\((.*)\)\s+=\s+(-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_HANDLE = re.compile(r"/proc/self/fd/(\d+)")
_SECTOR = 512
_FOLDER = -1


@dataclass(frozen=True, slots=True)
class Call:
    """One thing done: write, truncate or sync of the file ``number``; name, unname, sync-folder.

    A line written to standard output is "told".
    """

    what: str
    number: int = 0
    name: str = ""
    at: int = 0
    data: bytes = b""


@dataclass(slots=True)
class _Disk:
    """The files as the disk holds them for certain, and what is not yet safe."""

    content: dict[int, bytearray] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    writes: dict[int, list[Call]] = field(default_factory=dict)
    renames: dict[str, list[Call]] = field(default_factory=dict)

    def do(self, call: Call) -> None:
        if call.what in {"name", "unname"}:
            self.renames.setdefault(str(Path(call.name).parent), []).append(call)
        elif call.what == "sync-folder":
            for one in self.renames.pop(call.name, ()):
                _rename(self.names, one)
        elif call.what == "sync":
            for one in self.writes.pop(call.number, ()):
                _apply(self.content, one, one.data)
        elif call.what != "told":
            self.writes.setdefault(call.number, []).append(call)

    def after_a_cut(self, drawn: random.Random) -> dict[str, bytes]:
        names = dict(self.names)
        for calls in self.renames.values():
            for call in calls[: drawn.randrange(len(calls) + 1)]:
                _rename(names, call)
        content = {number: bytearray(safe) for number, safe in self.content.items()}
        for calls in self.writes.values():
            for call in drawn.sample(calls, len(calls)):
                fate = drawn.random()
                if fate < 0.15:
                    sectors = len(call.data) // _SECTOR
                    _apply(content, call, call.data[: _SECTOR * drawn.randrange(sectors + 1)])
                elif fate < 0.5:
                    _apply(content, call, call.data)
        return {
            name: bytes(content.get(number, b""))
            for name, number in names.items()
            if number != _FOLDER and names.get(str(Path(name).parent), _FOLDER) == _FOLDER
        }


def _rename(names: dict[str, int], call: Call) -> None:
    if call.what == "unname":
        names.pop(call.name, None)
    else:
        names[call.name] = call.number


def _apply(files: dict[int, bytearray], call: Call, data: bytes) -> None:
    content = files.setdefault(call.number, bytearray())
    end = call.at if call.what == "truncate" else call.at + len(data)
    if len(content) < call.at:
        content.extend(bytes(call.at - len(content)))
    if call.what == "truncate":
        del content[end:]
    else:
        content[call.at : end] = data


@dataclass(slots=True)
class Recording:
    """What one run did to the files of a folder: from ``start`` through ``calls``."""

    folder: Path
    start: dict[str, bytes]
    calls: list[Call]

    def cut_off(self, at: int, drawn: random.Random) -> tuple[dict[str, bytes], list[str]]:
        """Return the files after a power cut before call ``at``, and the lines told until then.

        The files are named as they lie in the folder.
        """
        disk = _Disk()
        for number, (name, content) in enumerate(self.start.items(), start=1):
            disk.names[name] = number
            disk.content[number] = bytearray(content)
        for call in self.calls[:at]:
            disk.do(call)
        told = b"".join(call.data for call in self.calls[:at] if call.what == "told").decode()
        left = disk.after_a_cut(drawn)
        return {
            str(Path(name).relative_to(self.folder)): left[name] for name in left
        }, told.splitlines()

    def lay(self, files: dict[str, bytes], folder: Path) -> None:
        """Write what a cut left into ``folder``."""
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)


def record(module: str, arguments: Sequence[str], *, folder: Path, log: Path) -> Recording:
    """Run ``python -m module arguments`` and return what it did to the files in ``folder``."""
    start = {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    subprocess.run(
        [
            "strace", "-qq", "-xx", "-s", "4000000", "-e", f"trace={_CALLS}", "-o", str(log),
            sys.executable, "-m", module, *arguments,
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    reader = _Reader(str(folder), {name: number for number, name in enumerate(start, start=1)})
    with log.open(encoding="ascii") as lines:
        for line in lines:
            reader.read(line)
    return Recording(folder, start, reader.calls)


@dataclass(slots=True)
class _Open:
    """A file that the run has open."""

    number: int  # _FOLDER for a folder
    name: str
    at: int = 0


class _Reader:
    """Follows names and places of the files of one folder through a log of strace."""

    def __init__(self, folder: str, names: dict[str, int]) -> None:
        self.calls: list[Call] = []
        self._folder = folder
        self._names = names
        self._last = len(names)
        self._open: dict[int, _Open] = {}

    def read(self, line: str) -> None:
        """Take one line of the log."""
        match = _LINE.match(line)
        if match is None or int(match[3]) < 0:
            return
        call, arguments, result = match[1], match[2], int(match[3])
        if call == "openat":
            self._opened(arguments, result)
        elif call in {
            "unlink",
            "unlinkat",
            "rename",
            "renameat",
            "renameat2",
            "link",
            "linkat",
            "mkdir",
        }:
            self._named(call, [_decoded(text) for text in _TEXT.findall(arguments)])
        else:
            self._on_file(call, arguments, result)

    def _is_ours(self, name: str) -> bool:
        inside = name == self._folder or name.startswith(f"{self._folder}/")
        return inside and not name.endswith("-shm")  # shared memory is not on the disk

    def _opened(self, arguments: str, result: int) -> None:
        name = _decoded(_TEXT.findall(arguments)[0])
        self._open.pop(result, None)
        if not self._is_ours(name):
            return
        assert "O_APPEND" not in arguments, arguments
        if "O_TMPFILE" in arguments:  # a file without a name, until it is linked
            self._last += 1
            self._open[result] = _Open(self._last, "")
            return
        if "O_DIRECTORY" in arguments or Path(name).is_dir() or name == self._folder:
            self._open[result] = _Open(_FOLDER, name)
            return
        number = self._names.get(name)
        if number is None:
            self._last += 1
            number = self._names[name] = self._last
            self.calls.append(Call("name", number, name))
        elif "O_TRUNC" in arguments:
            self.calls.append(Call("truncate", number))
        self._open[result] = _Open(number, name)

    def _named(self, call: str, names: list[str]) -> None:
        handle = _HANDLE.fullmatch(names[0])
        if not all(self._is_ours(name) for name in (names[1:] if handle else names)):
            return
        if call == "mkdir":
            self.calls.append(Call("name", _FOLDER, names[0]))
        elif call.startswith("unlink"):
            self._names.pop(names[0], None)
            self.calls.append(Call("unname", name=names[0]))
        else:
            old, new = names
            number = self._open[int(handle[1])].number if handle else self._names[old]
            self._names[new] = number
            self.calls.append(Call("name", number, new))
            if call.startswith("rename"):
                del self._names[old]
                self.calls.append(Call("unname", name=old))

    def _on_file(self, call: str, arguments: str, result: int) -> None:
        number = int(arguments.split(",", 1)[0])
        if number == 1 and call == "write":
            self.calls.append(Call("told", data=_bytes(arguments)))
        file = self._open.get(number)
        if file is None:
            return
        if call == "close":
            del self._open[number]
        elif call in {"fsync", "fdatasync"} and file.number == _FOLDER:
            self.calls.append(Call("sync-folder", name=file.name))
        elif call in {"fsync", "fdatasync"}:
            self.calls.append(Call("sync", file.number))
        elif call == "ftruncate":
            self.calls.append(Call("truncate", file.number, at=int(arguments.rsplit(",", 1)[1])))
        elif call == "pwrite64":
            at = int(arguments.rsplit(",", 1)[1])
            self.calls.append(Call("write", file.number, at=at, data=_bytes(arguments)))
        elif call == "write":
            self.calls.append(Call("write", file.number, at=file.at, data=_bytes(arguments)))
            file.at += result
        elif call == "read":
            file.at += result
        else:
            assert call == "lseek", f"{call} is not followed"
            file.at = result


def _decoded(text: str) -> str:
    return bytes.fromhex(text.replace("\\x", "")).decode("utf-8", "surrogateescape")


def _bytes(arguments: str) -> bytes:
    match = _TEXT.search(arguments)
    assert match is not None
    return bytes.fromhex(match[1].replace("\\x", ""))
