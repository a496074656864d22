"""``make bundle``, the Windows half: the folder, the Setup and the .msi, built here on Linux.

Run by the interpreter of build/bundle/venv, with packaging/ and the project on its path. All parts
come from the package registries: the wheels by requirements-windows.lock, the tools from the
system's packages (packaging/system.sh windows). Fails where a library would be missing, a file has
no known origin or licence, or it is too large.
"""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

import bundle
import carried
import components
import contents
import icon
import installers
import kept
import launcher
import runtime
import wheels
from pe import Portable

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "windows"
FOLDER = OUT / "acctdesk"
WORK = OUT / "work"
LOCK = ROOT / "requirements-windows.lock"


TOOLS = ("x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres", "makensis", "wixl")


def lay(files: list[Path], what: bundle.Source, version: str) -> list[Path]:
    """Lay the whole folder from the wheels; return the files taken from packages."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    carrier, msvc = (wheels.carrier(files, name) for name in wheels.CARRIERS)
    runtime.lay(carrier, msvc, FOLDER / "runtime", WORK, time=what.time)
    library = FOLDER / "library"
    wheels.unpack(files, WORK / "site")
    lay_ours(library, what)
    taken = wheels.sort(WORK / "site", library)
    migrations = Path("acctdesk", "storage", "migrations")  # Alembic reads them as text
    shutil.rmtree(library / migrations)
    shutil.copytree(
        ROOT / migrations, library / migrations, ignore=shutil.ignore_patterns("__pycache__")
    )
    icon.write_windows(WORK / "acctdesk.ico")
    icon.write_side(WORK / "side.bmp")
    for face in (launcher.WINDOW, launcher.CONSOLE):
        launcher.build(face, FOLDER, WORK, version=version, year=what.time.year, python=runtime.DLL)
    return taken


def lay_ours(library: Path, what: bundle.Source) -> None:
    """Lay our own package with what it carries."""
    package = library / "acctdesk"
    shutil.copytree(
        ROOT / "acctdesk", package, ignore=shutil.ignore_patterns("__pycache__", "resources")
    )
    for one in contents.RESOURCES:
        shutil.copytree(ROOT / "resources" / one, package / "resources" / one)
    bundle.write_origin(what, package / "resources")


def lacking() -> list[str]:
    """Return a line for each library that neither the folder nor Windows has."""
    programs = [
        file for file in bundle.files_of(FOLDER) if file.suffix.lower() in {".dll", ".pyd", ".exe"}
    ]
    asked = {str(file.relative_to(FOLDER)): list(Portable.of(file).imports()) for file in programs}
    return kept.lacking(asked, {file.name.lower() for file in programs})


def describe(taken: list[Path], msvc: Path, version: str, time: dt.datetime) -> int:
    """Write licences and SBOM; return how many works of others are in the folder."""
    origins = components.Origins([WORK / "site"])
    for file in taken:
        origins.take(str(file))
    for one in carried.works(FOLDER / "runtime", msvc, WORK):
        origins.take_made(one)
    found = origins.components()
    components.write_licences(found, FOLDER / "licences", WORK)
    components.write_sbom(found, OUT / "acctdesk-windows.cdx.json", version=version, built=time)
    return len(found)


def main() -> int:
    """Build, describe, measure, pack."""
    from acctdesk import __version__

    if sys.version_info[:2] != runtime.PYTHON:
        wanted = ".".join(map(str, runtime.PYTHON))
        print(
            f"No program for Windows: its modules come from Python {wanted}, and this is another."
        )
        return 0
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        print(f"No program for Windows: {', '.join(missing)} cannot be found or installed here.")
        return 0
    subprocess.run([sys.executable, ROOT / "packaging/translations.py", "compile"], check=True)
    what = bundle.source()
    print(f"Building acctdesk {__version__} for Windows from {what.commit} ...")
    files = wheels.fetch(LOCK, OUT / "wheels")
    taken = lay(files, what, __version__)
    bundle.stop_at("Libraries are missing", lacking())
    msvc = wheels.carrier(files, "msvc_runtime")
    works = describe(taken, msvc, __version__, what.time)
    bundle.report_size(FOLDER)
    made = installers.build(FOLDER, OUT, WORK, version=__version__, time=what.time)
    bundle.write_sums([*made, *bundle.files_of(FOLDER)], OUT)
    for file in made:
        print(f"{file.stat().st_size / 1e6:.0f} MB  {file}")
    print(f"Beside them: SHA256SUMS, acctdesk-windows.cdx.json; {works} works of others")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
