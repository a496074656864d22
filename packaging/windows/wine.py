"""Windows to try the program in: a Wine prefix with the few functions that Debian's Wine lacks.

The shims are the prefix's; nothing of them is in the program's folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pe import Portable

HERE = Path(__file__).resolve().parent
_BUILTIN = Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows")
_COMPILER = "x86_64-w64-mingw32-gcc"
# Wine's own libraries in which functions are stubs that end the program.
_STUBS = {
    "ucrtbase.dll": ("creal", "cimag", "creall", "cimagl", "crealf", "cimagf"),
    "mscms.dll": ("WcsCreateIccProfile",),
}
_MARK = b"Wine builtin DLL"
USER = "Μαρία"


class Prefix:
    """One Windows in a folder of its own; programs run in it see no other home."""

    def __init__(self, folder: Path, display: str) -> None:
        self.folder = folder
        self.drive = folder / "drive_c"
        self.home = self.drive / "users" / USER
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),  # else Wine's desktop is the builder's own
            "USER": USER,
            "WINEPREFIX": str(folder),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "ucrtbase,mscms=n,b;mshtml,mscoree=",
            "DISPLAY": display,
            "LC_ALL": "C.UTF-8",
        }

    def lay(self, work: Path, qt: Path) -> None:
        """Make the prefix anew, as Windows 10, with the shims; ``qt`` is Qt6Core.dll."""
        self.end()
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "home").mkdir(parents=True)
        self.run(["wineboot", "--init"], timeout=300)
        self.run(["wine", "winecfg", "-v", "win10"], timeout=120)
        self.wait()
        system = self.drive / "windows" / "system32"
        work.mkdir(parents=True, exist_ok=True)
        for library, names in _STUBS.items():
            content = _mended(_BUILTIN / library, names, work)
            (system / library).unlink(missing_ok=True)
            (system / library).write_bytes(content)
        _build_icu(qt, system / "icuuc.dll", work)
        _build_library(system / "bcryptprimitives.dll", work, "-DRANDOM", "-ladvapi32")

    def run(
        self, words: Sequence[str | Path], *, timeout: float, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command and return what came of it.

        Raises:
            subprocess.TimeoutExpired: it does not end.
        """
        return subprocess.run(
            list(map(str, words)), env=self.environment, cwd=cwd, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
            timeout=timeout, check=False,
        )  # fmt: skip

    def must(
        self, words: Sequence[str | Path], *, timeout: float = 600, cwd: Path | None = None
    ) -> str:
        """Run a command that must work; return what it said, or stop everything."""
        done = self.run(words, timeout=timeout, cwd=cwd)
        if done.returncode:
            sys.exit(f"{' '.join(map(str, words))}\n{done.returncode}\n{done.stdout[-4000:]}")
        return done.stdout

    def wait(self) -> None:
        """Wait until every program in the prefix has ended."""
        self.run(["wineserver", "--wait"], timeout=300)

    def end(self) -> None:
        """End whatever runs in the prefix."""
        if self.folder.is_dir():
            self.run(["wineserver", "--kill"], timeout=60)

    def inside(self, file: Path) -> str:
        """Return the path of a file as a program of Windows calls it."""
        if file.is_relative_to(self.drive):
            return "C:\\" + str(file.relative_to(self.drive)).replace("/", "\\")
        return "Z:" + str(file).replace("/", "\\")


def _mended(library: Path, names: Sequence[str], work: Path) -> bytes:
    """Return one of Wine's libraries with our code where its stubs are."""
    made = work / "shims.o"
    subprocess.run(
        [_COMPILER, "-c", "-O2", "-ffreestanding", "-fno-builtin", "-ffunction-sections",
         "-fno-asynchronous-unwind-tables", "-fcf-protection=none", "-o", made,
         HERE / "wine_shims.c"],
        check=True,
    )  # fmt: skip
    content = bytearray(library.read_bytes())
    portable = Portable(bytes(content))
    exports = portable.exports()
    for name in names:
        code = work / f"{name}.bin"
        subprocess.run(
            ["x86_64-w64-mingw32-objcopy", "-O", "binary", f"--only-section=.text${name}",
             made, code],
            check=True,
        )  # fmt: skip
        place = portable.place(exports[name])
        content[place : place + code.stat().st_size] = code.read_bytes()
    mark = content.index(_MARK)
    content[mark : mark + len(_MARK)] = bytes(len(_MARK))  # else Wine takes its own all the same
    return bytes(content)


def _build_icu(qt: Path, file: Path, work: Path) -> None:
    source = (HERE / "wine_shims.c").read_text(encoding="utf-8")
    asked = Portable.of(qt).imports()["icuuc.dll"]
    others = [name for name in asked if f" {name}(" not in source and f"*{name}(" not in source]
    (work / "icu_names.h").write_text("".join(f"NOTHING({name})\n" for name in others), "ascii")
    _build_library(file, work, "-DICU")


def _build_library(file: Path, work: Path, *words: str) -> None:
    subprocess.run(
        [_COMPILER, "-shared", "-s", f"-I{work}", HERE / "wine_shims.c", "-o", file, *words],
        check=True,
    )  # fmt: skip
