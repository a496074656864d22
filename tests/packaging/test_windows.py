"""The parts of the Windows build that are plain functions: no Wine and no compiler is needed."""

from __future__ import annotations

import ast
import datetime as dt
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import contents
import installers
import kept
import launcher
import pip
import pytest
import runtime
import wheels
from pe import Portable, forwarder

ROOT = Path(__file__).resolve().parents[2]
# pip carries small programs of Windows, in every environment
PROGRAMS = Path(pip.__file__).parent / "_vendor" / "distlib"
_WIX = "{http://schemas.microsoft.com/wix/2006/wi}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a small program folder."""
    made = tmp_path / "acctdesk"
    for name in ("acctdesk.exe", "runtime/python311.dll", "library/acctdesk/app.pyc"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(name.encode())
    return made


def test_what_a_program_asks_for_is_read_from_its_own_tables() -> None:
    """Its libraries and the names it uses of each; and whether it has a console."""
    console, window = (Portable.of(PROGRAMS / name) for name in ("t64.exe", "w64.exe"))
    asked = console.imports()
    assert "CreateProcessW" in asked["kernel32.dll"]
    assert not kept.lacking({"t64.exe": list(asked)}, set())
    assert (console.subsystem, window.subsystem) == (3, 2)
    assert console.exports() == {}


@pytest.mark.parametrize("content", [b"", b"\x7fELF" + bytes(100), b"MZ" + bytes(100)])
def test_a_file_that_is_no_program_of_windows_is_refused(content: bytes) -> None:
    """Also one that is cut short, and one for another processor."""
    with pytest.raises(ValueError, match=r"Windows|short"):
        Portable(content)
    with pytest.raises(ValueError, match="64-bit"):
        Portable.of(PROGRAMS / "t32.exe")


def test_the_forwarder_hands_every_name_on() -> None:
    """python3.dll has no code of its own: each name is the other library's."""
    told = forwarder("python311.dll", ["Py_Main", "PyList_Type"])
    assert told == "EXPORTS\nPyList_Type = python311.PyList_Type\nPy_Main = python311.Py_Main\n"


def test_a_library_that_nobody_has_is_told_with_who_asks() -> None:
    """Neither in the folder nor in Windows: the build stops there."""
    asked = {"a.pyd": ["kernel32.dll", "python3.dll", "api-ms-win-crt-heap-l1-1-0.dll", "gone.dll"]}
    assert kept.lacking(asked, {"python3.dll"}) == ["gone.dll, which a.pyd needs"]


def test_nothing_that_the_program_imports_is_left_out_on_windows() -> None:
    """A module that any function of the package imports is kept, of wheels and of Python."""
    for file in sorted((ROOT / "acctdesk").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                path = name.replace(".", "/")
                assert kept.keeps_stdlib(f"{path}.py"), f"{name} in {file}"
                if not name.startswith(("PySide6.", "sqlalchemy.testing")):
                    assert kept.keeps_module(name), f"{name} in {file}"


@pytest.mark.parametrize(
    ("path", "stays"),
    [
        ("PySide6/QtWidgets.pyd", True),
        ("PySide6/Qt6Core.dll", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/styles/qmodernwindowsstyle.dll", False),
        ("PySide6/opengl32sw.dll", False),
        ("PySide6/Qt6Quick.dll", False),
        ("PySide6/msvcp140.dll", False),
        ("shiboken6/Shiboken.pyd", True),
        ("stdnum/gr/vat.py", True),
        ("pyparsing/testing.py", True),
        ("numpy/random/mtrand.cp311-win_amd64.pyd", False),
        ("numpy/_core/_multiarray_umath.cp311-win_amd64.pyd", True),
        ("numpy.libs/libscipy_openblas64_-1.dll", True),
        ("numpy/_core/tests/test_umath.py", False),
        ("PIL/_avif.cp311-win_amd64.pyd", False),
        ("babel/locale-data/el.dat", True),
        ("babel/locale-data/fr.dat", False),
        ("jinja2/tests.py", True),
        ("icalendar/tests/test_alarms.py", False),
        ("lxml/etree.cp311-win_amd64.pyd", True),
        ("lxml/objectify.cp311-win_amd64.pyd", False),
        ("docx/templates/default.docx", True),
        ("tzdata/zoneinfo/Europe/Athens", True),
    ],
)
def test_the_wheels_are_sorted(path: str, *, stays: bool) -> None:
    """What the window, the book and the workbook need stays; tools, tests, other media go."""
    assert kept.keeps(path) is stays


def test_every_shipped_resource_is_there() -> None:
    """The same list serves both systems."""
    for one in contents.RESOURCES:
        assert any((ROOT / "resources" / one).iterdir()), one


@pytest.mark.parametrize(
    ("version", "numbers"), [("0.1.0.dev0", (0, 1, 0, 0)), ("1.12.3", (1, 12, 3, 1))]
)
def test_a_version_becomes_four_numbers(version: str, numbers: tuple[int, ...]) -> None:
    """A released version is above the same one in the making."""
    assert launcher.numbers(version) == numbers


def test_a_program_file_says_what_it_is() -> None:
    """Name, version and icon are in the resources of the file; a version in the making says so."""
    told = launcher.described(launcher.CONSOLE, "0.1.0.dev0", 2026)
    assert 'VALUE "ProductVersion", "0.1.0.dev0"' in told
    assert 'VALUE "OriginalFilename", "acctdesk-cli.exe"' in told
    assert "FILEVERSION 0,1,0,0" in told
    assert "FILEFLAGS 2" in told
    assert "FILEFLAGS 0" in launcher.described(launcher.WINDOW, "0.1.0", 2026)


def test_the_msi_knows_every_file_by_the_same_number_from_version_to_version(folder: Path) -> None:
    """So a newer one replaces what an older one laid; the product's own number is a new one."""
    old = ET.fromstring(installers.wxs(folder, version="0.1.0", icon=Path("work/acctdesk.ico")))
    new = ET.fromstring(installers.wxs(folder, version="0.2.0", icon=Path("work/acctdesk.ico")))
    sources = [one.get("Source") for one in old.iter(f"{_WIX}File")]
    assert sorted(filter(None, sources)) == [
        "acctdesk/acctdesk.exe",
        "acctdesk/library/acctdesk/app.pyc",
        "acctdesk/runtime/python311.dll",
    ]
    numbers = [[one.get("Guid") for one in each.iter(f"{_WIX}Component")] for each in (old, new)]
    assert numbers[0] == numbers[1]
    assert len(set(numbers[0])) == len(numbers[0]) == 4
    products = [each.find(f"{_WIX}Product") for each in (old, new)]
    assert products[0] is not None
    assert products[1] is not None
    assert products[0].get("UpgradeCode") == products[1].get("UpgradeCode")
    assert products[0].get("Id") != products[1].get("Id")


def test_both_installers_open_the_same_kind_of_file_with_the_same_program() -> None:
    """A book is opened by acctdesk.exe, whose name both know."""
    script = (ROOT / "packaging" / "windows" / "setup.nsi").read_text(encoding="utf-8")
    assert f'!define BOOK "{installers.BOOK}"' in script
    assert launcher.WINDOW.file in script
    described = {match[1] for match in re.finditer(r"LangString (\w+) \$\{LANG_GREEK\}", script)}
    assert described == {
        match[1] for match in re.finditer(r"LangString (\w+) \$\{LANG_ENGLISH\}", script)
    }


def test_equal_modules_make_an_equal_archive(tmp_path: Path) -> None:
    """Whenever and in whatever order its files were laid."""
    time = dt.datetime(2026, 6, 30, tzinfo=dt.UTC)
    for number, names in enumerate((("a.pyc", "b/c.pyc"), ("b/c.pyc", "a.pyc"))):
        for name in names:
            file = tmp_path / str(number) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(name, encoding="utf-8")
        runtime.archive_of(tmp_path / str(number), tmp_path / f"{number}.zip", time=time)
    first, second = (tmp_path / "0.zip").read_bytes(), (tmp_path / "1.zip").read_bytes()
    assert first == second
    assert zipfile.ZipFile(tmp_path / "0.zip").namelist() == ["a.pyc", "b/c.pyc"]


def test_the_lock_for_windows_pins_every_package_by_hash() -> None:
    """And ships no other version than the one that the tests here run with."""
    text = (ROOT / "requirements-windows.lock").read_text(encoding="utf-8")
    ours = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    shipped, tried = (
        set(re.findall(r"^([\w.-]+==\S+)", one, re.MULTILINE)) for one in (text, ours)
    )
    more = {one.partition("==")[0] for one in shipped - tried}
    assert more == {one.replace("_", "-") for one in wheels.CARRIERS}
    for block in re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in block, block[:60]
