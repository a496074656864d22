"""Shared libraries: what one asks for, what is reached, what would be missing."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path, PurePosixPath


@cache
def needed(file: Path) -> tuple[str, ...]:
    """Return the names of the libraries that an ELF file asks for; none for any other file."""
    with file.open("rb") as stream:
        if stream.read(4) != b"\x7fELF":
            return ()
    told = subprocess.run(
        ["objdump", "--private-headers", str(file)], capture_output=True, text=True, check=True
    ).stdout
    return tuple(line.split()[1] for line in told.splitlines() if line.split()[:1] == ["NEEDED"])


def reached(libraries: Iterable[tuple[str, str]], *, leave: Collection[str] = ()) -> set[str]:
    """Return the destinations that are asked for, directly or not, by what Python loads itself.

    ``libraries`` are (destination, source). Extension modules and Qt's plugins are where the way
    begins; every other library stays only where one of them leads to it. ``leave`` are names that
    are not followed.
    """
    by_name: dict[str, list[tuple[str, str]]] = {}
    waiting: list[tuple[str, str]] = []
    for destination, source in libraries:
        by_name.setdefault(PurePosixPath(destination).name, []).append((destination, source))
        if is_start(destination):
            waiting.append((destination, source))
    found: set[str] = set()
    while waiting:
        destination, source = waiting.pop()
        if destination in found:
            continue
        found.add(destination)
        for name in needed(Path(source)):
            if name not in leave:
                waiting += by_name.get(name, [])
    return found


def is_start(destination: str) -> bool:
    """Tell whether a library is loaded by name: an extension module, a plugin, Python itself."""
    path = PurePosixPath(destination)
    if path.name.startswith("libpython") or "plugins" in path.parts:
        return True
    return not path.name.startswith("lib") and not path.parts[0].endswith(".libs")


def sound(file: Path) -> bool:
    """Tell whether the loader can map an ELF file: strip spoils some that wheels changed."""
    told = subprocess.run(
        ["objdump", "--private-headers", str(file)], capture_output=True, text=True, check=True
    ).stdout
    parts = re.findall(r"LOAD off\s+(0x\w+) vaddr (0x\w+) paddr \w+ align 2\*\*(\d+)", told)
    return all((int(at, 16) - int(to, 16)) % 2 ** int(bits) == 0 for at, to, bits in parts)


def strip(file: Path) -> None:
    """Take the symbols of debuggers out of an ELF file where it survives that."""
    smaller = file.with_name(file.name + ".stripped")
    done = subprocess.run(
        ["strip", "--strip-unneeded", "-o", str(smaller), str(file)],
        capture_output=True,
        check=False,
    )
    if done.returncode == 0 and sound(smaller):
        shutil.copymode(file, smaller)
        smaller.replace(file)
    else:
        smaller.unlink(missing_ok=True)


def missing(folder: Path) -> list[tuple[str, str]]:
    """Return (library, who asks for it) for all that the files of a bundle lack in it."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_symlink()]
    present = {file.name for file in folder.rglob("*")}
    return [
        (name, str(file.relative_to(folder)))
        for file in files
        for name in needed(file)
        if name not in present
    ]
