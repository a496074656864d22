"""``make bundle``: the program in one folder, build/bundle/acctdesk, its .deb, and their papers.

Run by the interpreter of build/bundle/venv, which holds what requirements-bundle.lock names and
nothing else. Fails where PyInstaller warns of anything unknown, a library would be missing, a file
has no known origin or licence, the folder is too large or the program's test of itself fails.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import components
import contents
import deb
import icu
import libraries

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "bundle"
WORK = OUT / "work"
BUNDLE = OUT / "acctdesk"
_UNRESOLVED = re.compile(r"could not resolve '(?P<name>[^']+)', dependency of '(?P<by>[^']+)'")
# Windows' own libraries, which platformdirs names in code for Windows
_ELSEWHERE = re.compile(r"Library (shell32|ole32|user32|kernel32) required via ctypes not found")


@dataclass(frozen=True, slots=True)
class Source:
    """What is built: a commit, whether files were changed since, and its time."""

    commit: str
    time: dt.datetime


def source() -> Source:
    """Return what is built; a tree without git has today's date and no commit."""
    try:
        told = _git("show", "--no-patch", "--format=%h %ct", "HEAD").split()
        changed = "+" if _git("status", "--porcelain", "--untracked-files=no") else ""
    except (OSError, subprocess.CalledProcessError):
        return Source("unknown", dt.datetime.now(dt.UTC).replace(microsecond=0))
    return Source(told[0] + changed, dt.datetime.fromtimestamp(int(told[1]), dt.UTC))


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def write_origin(what: Source, folder: Path) -> None:
    """Write what is built as build.json, which the program reads for About."""
    told = json.dumps({"commit": what.commit, "day": f"{what.time:%Y-%m-%d}"})
    (folder / "build.json").write_text(told, encoding="utf-8")


def complaints(log: str, shipped: Collection[str]) -> list[str]:
    """Return PyInstaller's warnings that matter; ``shipped`` are names of the bundle's files."""
    found = []
    for line in log.splitlines():
        if " WARNING: " not in line and " ERROR: " not in line:
            continue
        if _ELSEWHERE.search(line):
            continue
        unresolved = _UNRESOLVED.search(line)
        if unresolved:
            by = Path(unresolved["by"]).name
            if by not in shipped or contents.MAY_LACK.get(unresolved["name"]) == by:
                continue
        found.append(line.partition(" ")[2])
    return found


def lacking(folder: Path) -> list[str]:
    """Return a line for each library that the bundle lacks and the system is not known to have."""
    return [
        f"{name}, which {by} needs"
        for name, by in libraries.missing(folder)
        if name not in contents.FROM_SYSTEM and contents.MAY_LACK.get(name) != Path(by).name
    ]


def build(what: Source) -> None:
    """Run PyInstaller and judge what it says."""
    shutil.rmtree(BUNDLE, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    write_origin(what, WORK)
    environment = {
        **os.environ,
        "ACCTDESK_BUILD": str(WORK),
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(int(what.time.timestamp())),
    }
    log = WORK / "pyinstaller.log"
    with log.open("w", encoding="utf-8") as stream:
        status = subprocess.run(
            [sys.executable, "-m", "PyInstaller", "--noconfirm", "--distpath", str(OUT),
             "--workpath", str(WORK), str(ROOT / "packaging" / "acctdesk.spec")],
            env=environment, stdout=stream, stderr=subprocess.STDOUT, check=False,
        ).returncode  # fmt: skip
    told = log.read_text(encoding="utf-8")
    if status:
        sys.exit(f"PyInstaller failed:\n{told[-3000:]}\nAll it said: {log}")
    shipped = {file.name for file in BUNDLE.rglob("*")}
    stop_at("PyInstaller warns", complaints(told, shipped))
    for table in BUNDLE.rglob("libicudata.so.*"):
        if not table.is_symlink():
            icu.trim(table, WORK / "icu")
    for file in files_of(BUNDLE):
        if libraries.needed(file) and file.name != "acctdesk":  # its modules hang on to that one
            libraries.strip(file)
    stop_at("Libraries are missing", lacking(BUNDLE))


def stop_at(what: str, lines: Collection[str]) -> None:
    """End with what was found, where anything was."""
    if lines:
        sys.exit(f"{what}:\n  " + "\n  ".join(lines))


def describe(what: Source, version: str) -> int:
    """Write licences and SBOM; return how many works of others are in the bundle."""
    went_in = json.loads((WORK / "went-in.json").read_text(encoding="utf-8"))
    origins = components.Origins()
    origins.take_named("pyinstaller")  # its loader starts the program
    for _, file in [*went_in["files"], *went_in["modules"]]:
        if Path(file).is_absolute():  # a link names its target
            origins.take(file)
    found = origins.components()
    components.write_licences(found, BUNDLE / "licences", WORK)
    components.write_sbom(found, OUT / "acctdesk.cdx.json", version=version, built=what.time)
    return len(found)


def write_sums(files: Collection[Path], folder: Path) -> None:
    """Write SHA256SUMS of ``files`` into ``folder``, which they lie below."""
    lines = []
    for file in files:
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        lines.append(f"{digest}  {file.relative_to(folder).as_posix()}\n")
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def pack(what: Source, version: str) -> list[Path]:
    """Make the Debian package where Debian's own tool is; packed tightly for a release."""
    if shutil.which("dpkg-deb") is None:
        print("No .deb: dpkg-deb is not here.")
        return []
    released = version.replace(".", "").isdigit()
    file = deb.build(BUNDLE, OUT, version=version, built=what.time, quick=not released)
    size = file.stat().st_size / 1e6
    print(f"To install: {file} ({size:.0f} MB)")
    if released and size > contents.DOWNLOAD_LIMIT_MB:
        sys.exit(f"The package may have {contents.DOWNLOAD_LIMIT_MB} MB.")
    return [file]


def files_of(folder: Path) -> list[Path]:
    """Return the files below a folder, without links, in order."""
    return [one for one in sorted(folder.rglob("*")) if one.is_file() and not one.is_symlink()]


def report_size(folder: Path) -> None:
    """Print the size of a built folder and what is big; stop where it is over the limit."""
    sizes: Counter[str] = Counter()
    files = files_of(folder)
    for file in files:
        parts = file.relative_to(folder).parts
        where = "/".join(parts[: min(2, len(parts) - 1)]) or parts[0]
        sizes[where] += file.stat().st_size
    total = sum(sizes.values()) / 1e6
    print(f"{total:.0f} MB of {contents.SIZE_LIMIT_MB} MB in {len(files)} files:")
    for where, size in sizes.most_common(8):
        print(f"  {size / 1e6:6.1f} MB  {where}")
    if total > contents.SIZE_LIMIT_MB:
        sys.exit("The bundle is too large.")


def try_it(version: str) -> None:
    """Let the built program test itself here, without a display and in a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"}
        program = str(BUNDLE / "acctdesk")
        said = subprocess.run(
            [program, "--version"], env=environment, capture_output=True, text=True, check=True
        ).stdout
        if version not in said:
            sys.exit(f"The program says it is {said}, not {version}.")
        tried = subprocess.run(
            [program, "self-test"], env=environment, capture_output=True, text=True, check=False
        )
    print(tried.stdout, end="")
    if tried.returncode:
        sys.exit(f"The built program does not pass its own test.\n{tried.stderr[-3000:]}")


def main() -> int:
    """Build, describe, measure, try."""
    sys.path.insert(0, str(ROOT))
    from acctdesk import __version__

    subprocess.run([sys.executable, ROOT / "packaging/translations.py", "compile"], check=True)
    what = source()
    print(f"Building acctdesk {__version__} from {what.commit} ...")
    build(what)
    works = describe(what, __version__)
    report_size(BUNDLE)
    try_it(__version__)
    made = pack(what, __version__)
    write_sums([*made, *files_of(BUNDLE)], OUT)
    print(
        f"The program: {BUNDLE / 'acctdesk'}\n"
        f"Beside it: SHA256SUMS, acctdesk.cdx.json; {works} works of others, texts in licences/"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
