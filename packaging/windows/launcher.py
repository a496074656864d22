"""The program files of the Windows folder: C compiled with icon, version and manifest."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
_COMPILER = "x86_64-w64-mingw32-gcc"
_RESOURCES = "x86_64-w64-mingw32-windres"
_FLAGS = (
    "-std=c11", "-Os", "-Wall", "-Wextra", "-Werror", "-municode", "-static", "-s",
    "-D_WIN32_WINNT=0x0A00",
    "-Wl,--dynamicbase,--high-entropy-va,--nxcompat,--no-insert-timestamp",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    """One program file: its name, what it is called, its flags."""

    file: str
    described: str
    flags: tuple[str, ...]


WINDOW = Face("acctdesk.exe", "acctdesk", ("-mwindows", "-DWINDOW"))
CONSOLE = Face("acctdesk-cli.exe", "acctdesk, command line", ("-mconsole",))
PLAIN = Face("python.exe", "Python for trying acctdesk", ("-mconsole", "-DPLAIN"))


def numbers(version: str) -> tuple[int, int, int, int]:
    """Return a version as Windows wants it, four numbers; a version in the making ends in 0.

    >>> numbers("0.1.0.dev0"), numbers("1.2.3")
    ((0, 1, 0, 0), (1, 2, 3, 1))
    """
    found = re.match(r"(\d+)\.(\d+)\.(\d+)(.*)", version)
    if found is None:
        raise ValueError(f"{version!r} has no three numbers")
    return int(found[1]), int(found[2]), int(found[3]), 0 if found[4] else 1


def described(face: Face, version: str, year: int) -> str:
    """Return the resources of a program file: icon, manifest, version, as windres reads them."""
    four = ",".join(map(str, numbers(version)))
    values = {
        "CompanyName": "acctdesk",
        "FileDescription": face.described,
        "FileVersion": version,
        "InternalName": face.file.removesuffix(".exe"),
        "LegalCopyright": f"© {year} acctdesk, MIT",
        "OriginalFilename": face.file,
        "ProductName": "acctdesk",
        "ProductVersion": version,
    }
    lines = "".join(f'      VALUE "{name}", "{value}"\n' for name, value in values.items())
    return (
        '1 ICON "acctdesk.ico"\n'
        f'1 24 "{HERE / "acctdesk.manifest"}"\n'
        "1 VERSIONINFO\n"
        f"FILEVERSION {four}\nPRODUCTVERSION {four}\n"
        f"FILEFLAGSMASK 0x3F\nFILEFLAGS {0 if numbers(version)[3] else 2}\n"  # 2: not released
        "FILEOS 0x40004\nFILETYPE 1\n"
        "BEGIN\n"
        '  BLOCK "StringFileInfo"\n  BEGIN\n    BLOCK "040904B0"\n    BEGIN\n'
        f"{lines}    END\n  END\n"
        '  BLOCK "VarFileInfo"\n  BEGIN\n    VALUE "Translation", 0x409, 1200\n  END\n'
        "END\n"
    )


def build(face: Face, folder: Path, work: Path, *, version: str, year: int, python: str) -> None:
    """Compile a program file into ``folder``; ``work`` holds acctdesk.ico, ``python`` is its DLL.

    Raises:
        subprocess.CalledProcessError: a tool failed; it said why.
    """
    source = work / f"{face.file}.rc"
    source.write_text(described(face, version, year), encoding="utf-8")
    made = source.with_suffix(".o")
    subprocess.run([_RESOURCES, "--codepage=65001", source.name, made.name], cwd=work, check=True)
    words = [_COMPILER, *_FLAGS, *face.flags, f'-DPYTHON_DLL=L"{python}"']
    subprocess.run([*words, HERE / "launcher.c", made, "-o", folder / face.file], check=True)
