"""The wheels for Windows: fetched as the lock names them, unpacked, sorted."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import kept
from runtime import PYTHON, compile_all

# They carry libraries for the runtime and are no packages of the program.
CARRIERS = ("panda3d", "msvc_runtime")


def fetch(lock: Path, folder: Path) -> list[Path]:
    """Download what the lock names, checked by hash, into ``folder``; return the wheels.

    What lies there already is checked and taken. The registry is the one pip is set up with.

    Raises:
        subprocess.CalledProcessError: pip failed; it said why.
    """
    folder.mkdir(parents=True, exist_ok=True)
    version = f"{PYTHON[0]}{PYTHON[1]}"
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check",
         "--no-deps", "--require-hashes", "--only-binary", ":all:", "--platform", "win_amd64",
         "--python-version", version, "--implementation", "cp",
         "--abi", f"cp{version}", "--abi", "abi3", "--abi", "none",
         "--find-links", str(folder), "--dest", str(folder), "--requirement", str(lock)],
        check=True,
    )  # fmt: skip
    wanted = re.findall(r"^([\w.-]+)==([^\s\\]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return [_wheel_of(name, version, folder) for name, version in wanted]


def _wheel_of(name: str, version: str, folder: Path) -> Path:
    stem = re.sub(r"[-_.]+", "_", name).lower()
    found = [
        file
        for file in folder.glob("*.whl")
        if re.sub(r"[-_.]+", "_", file.name.split("-")[0]).lower() == stem
        and file.name.split("-")[1] == version
    ]
    if len(found) != 1:
        raise LookupError(f"{len(found)} wheels of {name} {version} in {folder}")
    return found[0]


def carrier(wheels: list[Path], name: str) -> Path:
    """Return the wheel of a carrier."""
    return next(file for file in wheels if file.name.startswith(f"{name}-"))


def unpack(wheels: list[Path], folder: Path) -> None:
    """Unpack the packages of the program into ``folder``, as pip would lay them."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for wheel in wheels:
        if wheel.name.split("-")[0] in CARRIERS:
            continue
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
        for data in folder.glob("*.data"):
            for part in ("purelib", "platlib"):
                if (data / part).is_dir():
                    shutil.copytree(data / part, folder, dirs_exist_ok=True)
            shutil.rmtree(data)


def sort(site: Path, library: Path) -> list[Path]:
    """Copy what is kept of ``site`` into ``library``, compiled; return the files taken."""
    taken = []
    for file in sorted(site.rglob("*")):
        name = file.relative_to(site).as_posix()
        if file.is_file() and kept.keeps(name):
            (library / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, library / name)
            taken.append(file)
    compile_all(library)
    return taken
