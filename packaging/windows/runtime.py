"""Python for Windows, from packages alone: its libraries, Microsoft's runtime, its own modules.

The ``panda3d`` wheel carries python.org's signed libraries of one Python; ``msvc-runtime`` carries
Microsoft's current C and C++ runtime. Python's modules are those of the Python that runs this,
which must be of the same minor version, compiled and put into one archive.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import kept
from pe import Portable, forwarder

PYTHON = (3, 11)  # what requirements-windows.lock was made for
DLL = f"python{PYTHON[0]}{PYTHON[1]}.dll"
HERE = Path(__file__).resolve().parent


def lay(carrier: Path, msvc: Path, folder: Path, work: Path, *, time: dt.datetime) -> None:
    """Write the runtime into ``folder``; ``carrier`` and ``msvc`` are the two wheels.

    Raises:
        subprocess.CalledProcessError: a tool failed.
        LookupError: a wheel does not hold what it used to.
    """
    folder.mkdir(parents=True)
    _take_carried(carrier, folder)
    _take_msvc(msvc, folder)
    _write_forwarder(folder, work)
    _write_modules(folder, work, time)
    _compile_start(folder)
    # Python finds its paths here and nowhere else; relative to the folder of its library
    lines = (f"python{PYTHON[0]}{PYTHON[1]}.zip", ".", "..\\library")
    (folder / DLL).with_suffix("._pth").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")


def _take_carried(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            place, _, file = name.rpartition("/")
            if place == "deploy_libs" and not kept.RUNTIME_LEFT_OUT.fullmatch(file):
                (folder / file).write_bytes(archive.read(name))
    if not (folder / DLL).is_file():
        raise LookupError(f"{wheel.name} does not hold {DLL}")


def _take_msvc(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            file = name.rpartition("/")[2].lower()
            if kept.MSVC.fullmatch(file):
                (folder / file).write_bytes(archive.read(name))
    if not (folder / "vcruntime140_1.dll").is_file():
        raise LookupError(f"{wheel.name} does not hold vcruntime140_1.dll")


def _write_forwarder(folder: Path, work: Path) -> None:
    """Make python3.dll, which extension modules of the stable interface ask for."""
    names = [name for name in Portable.of(folder / DLL).exports() if re.fullmatch(r"_?Py\w+", name)]
    definition = work / "python3.def"
    definition.write_text("LIBRARY python3.dll\n" + forwarder(DLL, names), encoding="ascii")
    subprocess.run(
        ["x86_64-w64-mingw32-gcc", "-shared", "-nostdlib", "-s", "-Wl,--entry=0",
         "-Wl,--no-insert-timestamp", definition, "-o", folder / "python3.dll"],
        check=True,
    )  # fmt: skip


def _write_modules(folder: Path, work: Path, time: dt.datetime) -> None:
    source = Path(sysconfig.get_path("stdlib"))
    sorted_out = work / "stdlib"
    shutil.rmtree(sorted_out, ignore_errors=True)
    for file in source.rglob("*.py"):
        name = file.relative_to(source)
        if kept.keeps_stdlib(name.as_posix()):
            (sorted_out / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, sorted_out / name)
    compile_all(sorted_out)
    archive_of(sorted_out, (folder / DLL).with_suffix(".zip"), time=time)


def compile_all(folder: Path) -> None:
    """Compile every module below ``folder``: MODULE.pyc takes the place of MODULE.py.

    Equal sources give equal files, and no path of this machine is in them.
    """
    subprocess.run(
        [sys.executable, "-m", "compileall", "-b", "-q", "-j", str(os.cpu_count() or 1),
         "-s", str(folder), "--invalidation-mode", "unchecked-hash", str(folder)],
        env={**os.environ, "PYTHONHASHSEED": "0"}, check=True,
    )  # fmt: skip
    for file in folder.rglob("*.py"):
        file.unlink()


def _compile_start(folder: Path) -> None:
    shutil.copyfile(HERE / "start.py", folder / "start.py")
    program = "import py_compile, sys; py_compile.compile(*sys.argv[1:4], doraise=True,"
    mode = "invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)"
    files = (folder / "start.py", folder / "start.pyc", "start.py")
    subprocess.run([sys.executable, "-c", f"{program} {mode}", *map(str, files)], check=True)
    (folder / "start.py").unlink()


def archive_of(folder: Path, file: Path, *, time: dt.datetime) -> None:
    """Write an archive of all below ``folder``; not packed, for the installer packs it better."""
    stamp = time.timetuple()[:6]
    with zipfile.ZipFile(file, "w") as archive:
        for one in sorted(folder.rglob("*")):
            if one.is_file():
                entry = zipfile.ZipInfo(one.relative_to(folder).as_posix(), stamp)
                archive.writestr(entry, one.read_bytes())
