"""The project's own tests on the Windows libraries that are shipped, under Wine."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import kept
import launcher
import runtime
import wheels
from windows_bundle import OUT, ROOT, WORK
from wine import Prefix

LOCK = ROOT / "requirements-windows-test.lock"
# Without Qt, then a set with it.
WITHOUT_QT = ("unit", "figures", "charts", "services", "storage", "reports", "exchange", "cli")
WITH_QT = tuple(f"ui/test_{one}.py" for one in ("theme", "instance", "app", "clients_page"))
# What pytest-qt and hypothesis use of the shipped packages and the program does not.
_MORE = ("PySide6/QtTest.pyd", "PySide6/Qt6Test.dll", "numpy/random/*.py*")
# Warnings of Qt about Wine; a test fails by any other.
_SAID_BY_WINE = "qt_log_ignore=EnableNonClientDpiScaling\nQtWindows::DpiAwareness"
_RUN = """\
import os
import sys
os.environ["QT_QPA_PLATFORM"] = "windows"  # Wine hands no such variable on
sys.path[:0] = {paths!r}
if __name__ == "__main__":  # a child process imports this file
    import pytest
    raise SystemExit(pytest.main(sys.argv[1:]))
"""


def run(prefix: Prefix, folder: Path, place: Path) -> None:
    """Run the tests on a copy of the program's ``folder`` with what only tests ask for."""
    program = place / "program"
    shutil.rmtree(program, ignore_errors=True)
    shutil.copytree(folder, program, copy_function=os.link)
    for pattern in _MORE:
        for file in (WORK / "site").glob(pattern):
            name = file.relative_to(WORK / "site")
            assert not kept.keeps(name.as_posix())
            (program / "library" / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(file, program / "library" / name)
    launcher.build(launcher.PLAIN, program, WORK, version="0.0.0", year=2026, python=runtime.DLL)
    wheels.unpack(wheels.fetch(LOCK, OUT / "wheels-test"), place / "site")
    shutil.rmtree(place / "tests", ignore_errors=True)
    shutil.copytree(ROOT / "tests", place / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "pyproject.toml", place)
    paths = [prefix.inside(place), prefix.inside(place / "site")]
    script = place / "run_tests.py"
    script.write_text(_RUN.format(paths=paths), encoding="utf-8")
    for named, wanted in (("without Qt", WITHOUT_QT), ("with Qt", WITH_QT)):
        words: list[str | Path] = [
            "wine", program / "python.exe", "-B", "-X", "utf8", prefix.inside(script),
            "-p", "no:cacheprovider", "-o", "pythonpath=", "-o", _SAID_BY_WINE, "--tb=short",
            *(f"tests/{one}" for one in wanted),
        ]  # fmt: skip
        done = prefix.run(words, timeout=3600, cwd=place)
        (place / f"tests-{named.replace(' ', '-')}.txt").write_text(done.stdout, encoding="utf-8")
        verdict = done.stdout.strip().rpartition("\n")[2]
        if done.returncode:
            sys.exit(f"Tests {named} under Wine:\n{done.stdout[-6000:]}")
        print(f"Tests {named} under Wine: {verdict}")
