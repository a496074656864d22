"""What goes into the built program: nothing that is needed stays out, nothing large slips in."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import bundle
import contents
import icu
import libraries
import pytest

ROOT = Path(__file__).resolve().parents[2]


def _imports() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "acctdesk").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield alias.name, str(file)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module, str(file)


def _left_out(module: str) -> bool:
    return not contents.keeps_module(module) or any(
        module == name or module.startswith(f"{name}.") for name in contents.NEVER
    )


def test_nothing_that_the_program_imports_is_left_out() -> None:
    """A module that is imported in any function of the package is in the built program."""
    assert [f"{name} in {file}" for name, file in _imports() if _left_out(name)] == []


def test_what_is_imported_by_a_name_made_at_run_time_is_ours() -> None:
    """PyInstaller cannot see such an import; all modules of our own package go in."""
    assert "acctdesk" in contents.WHOLE
    for file in sorted((ROOT / "acctdesk").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value.startswith("acctdesk.")
            and node.value.count(" ") == 0
        }
        uses = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module")
        ]
        assert not uses or names, f"{file} imports by name, but no name of ours stands there"


BLOCKED = """
import runpy, sys
sys.path.append("packaging")
import contents
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name in contents.NEVER or not contents.keeps_module(name):
            raise ModuleNotFoundError(f"left out: {name}", name=name)
sys.meta_path.insert(0, Blocked())
sys.argv = ["acctdesk", "self-test"]
runpy.run_module("acctdesk", run_name="__main__")
"""


def test_the_program_works_without_what_is_left_out(tmp_path: Path) -> None:
    """Its test of itself passes in a process that cannot import any of it."""
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED],
        cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]


@pytest.mark.parametrize("name", [*contents.WHOLE, *contents.LAZY])
def test_a_module_named_for_the_builder_exists(name: str) -> None:
    """A library that renamed it would leave the built program without."""
    assert importlib.util.find_spec(name) is not None
    assert not _left_out(name)


@pytest.mark.parametrize(
    "path",
    [
        "docs/manual/pictures/el/today.png",
        "resources/fonts/Inter-Regular.ttf",
        "resources/translations/el/LC_MESSAGES/acctdesk.mo",
        "acctdesk/storage/migrations/versions/0001_initial.py",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/QtPrintSupport.abi3.so",
        "babel/locale-data/el.dat",
        "babel/global.dat",
        "matplotlib/mpl-data/matplotlibrc",
        "matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf",
        "matplotlib/mpl-data/fonts/ttf/LastResortHE-Regular.ttf",
        "stdnum/iban.dat",
        "docx/templates/default.docx",
        "lxml/etree.cpython-311-x86_64-linux-gnu.so",
        "sqlcipher3/_sqlite3.cpython-311-x86_64-linux-gnu.so",
        "tzdata/zoneinfo/Europe/Athens",
        "numpy.libs/libscipy_openblas64_-32a4b2a6.so",
    ],
)
def test_what_is_used_is_kept(path: str) -> None:
    """Fonts, words, revisions, plugins and the data of the languages spoken."""
    assert contents.keeps_file(path)


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/QtQml.abi3.so",
        "babel/locale-data/de.dat",
        "matplotlib/mpl-data/sample_data/goog.npz",
        "matplotlib/mpl-data/fonts/afm/pagd8a.afm",
        "PIL/_avif.cpython-311-x86_64-linux-gnu.so",
        "stdnum/oui.dat",
        "lxml/objectify.cpython-311-x86_64-linux-gnu.so",
        "docx/templates/default-docx-template/word/styles.xml",
    ],
)
def test_what_is_not_used_is_left_out(path: str) -> None:
    """Samples, other languages, plugins for other screens."""
    assert not contents.keeps_file(path)


def test_icu_keeps_greek_english_and_the_tables_of_all() -> None:
    """Sorting and dates of the languages spoken need theirs, the root and the collation table."""
    kept = ["el.res", "root.res", "coll/el.res", "coll/ucadata.icu", "zoneinfo64.res", "en_GB.res"]
    gone = ["de.res", "coll/zh_Hant.res", "ibm-737_P100-1997.cnv", "curr/fr_CA.res", "zone/de_.res"]
    assert [item for item in kept if icu.removes(item)] == []
    assert [item for item in gone if not icu.removes(item)] == []


GTK = "could not resolve 'libgtk-3.so.0', dependency of '/x/libqgtk3.so'."
CUPS = "could not resolve 'libcups.so.2', dependency of '/x/libcupsprintersupport.so'."
XCB = "could not resolve 'libxcb-icccm.so.4', dependency of '/x/libqxcb.so'."
SAID = (
    "1 INFO: fine",
    "2 WARNING: Library ole32 required via ctypes not found",
    f"3 WARNING: Library not found: {GTK}",
    f"4 WARNING: Library not found: {CUPS}",
    f"5 WARNING: Library not found: {XCB}",
    "6 ERROR: Hidden import 'alembic.op' not found",
)


def test_only_the_builders_known_warnings_are_passed_over() -> None:
    """A library that a shipped file misses is fatal; one that a left out plugin misses is not."""
    log = "\n".join(SAID)
    found = bundle.complaints(log, {"libqxcb.so", "libcupsprintersupport.so"})
    assert [line.partition(":")[0] for line in found] == ["WARNING", "ERROR"]
    assert "libxcb-icccm.so.4" in found[0]


def test_a_system_library_stays_only_where_something_leads_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The plugin leads to b and b to c; nobody asks for d, and cups is not followed."""
    asks = {"/p.so": ("b.so.1", "libcups.so.2"), "/b": ("libc.so.2",), "/cups": ("libd.so.1",)}
    monkeypatch.setattr(libraries, "needed", lambda file: asks.get(str(file), ()))
    found = libraries.reached(
        [
            ("Qt/plugins/p.so", "/p.so"),
            ("b.so.1", "/b"),
            ("libc.so.2", "/c"),
            ("libcups.so.2", "/cups"),
            ("libd.so.1", "/d"),
        ],
        leave=contents.MAY_LACK,
    )
    assert found == {"Qt/plugins/p.so", "b.so.1", "libc.so.2"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads an ELF file")
def test_the_libraries_of_a_file_are_read_from_itself() -> None:
    """Python's own program asks at least for the C library."""
    assert "libc.so.6" in libraries.needed(Path(sys.executable).resolve())
    assert libraries.needed(Path(__file__)) == ()


def test_each_library_left_to_the_system_is_in_a_package_that_is_named() -> None:
    """What the loader must find is what the Debian package depends on."""
    named = {one.partition(" ")[0] for one in contents.DEBIAN_DEPENDS}
    assert set(contents.FROM_SYSTEM.values()) <= named


def test_what_debian_has_is_named_by_the_package() -> None:
    """It is left out of the Linux bundle alone."""
    named = {one.partition(" ")[0] for one in contents.DEBIAN_DEPENDS}
    assert set(contents.DEBIAN_HAS) <= named - set(contents.NEVER)


def _pinned(file: str) -> dict[str, str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    pairs = (line.split(";")[0].split("\\")[0].split("==") for line in lines if "==" in line)
    return {name.strip().lower(): version.strip() for name, version in pairs}


def test_what_is_tested_is_what_is_shipped() -> None:
    """Both locks name the same version of each library, and every dependency of the program."""
    tested, shipped = _pinned("requirements.lock"), _pinned("requirements-bundle.lock")
    assert {
        n: (tested[n], shipped[n])
        for n in tested.keys() & shipped.keys()
        if tested[n] != shipped[n]
    } == {}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {
        one.split(">")[0].split("<")[0].strip().lower().replace("_", "-")
        for one in [*project["dependencies"], *project["optional-dependencies"]["bundle"]]
    }
    assert wanted <= {name.replace("_", "-") for name in shipped}
