"""The rules of the house that no linter knows, read from the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "acctdesk"


def _modules(folder: Path = PACKAGE) -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(folder.rglob("*.py")):
        yield str(file.relative_to(ROOT)), ast.parse(file.read_text(encoding="utf-8"))


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return ast.unparse(node.func)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def _top_level_imports(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in tree.body:
        found.update(name.partition(".")[0] for name in _imported(node))
    return found


def test_pyplot_is_never_imported() -> None:
    """It keeps figures alive in a global registry."""
    guilty = [
        where
        for where, tree in _modules()
        for node in ast.walk(tree)
        if any("pyplot" in name for name in _imported(node))
    ]
    assert guilty == []


def test_no_screen_waits_in_a_nested_event_loop() -> None:
    """Dialogs use open() and signals: exec() runs the program inside itself."""
    guilty = [
        f"{where}:{node.lineno}"
        for where, tree in _modules(PACKAGE / "ui")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and _called(node).endswith(".exec")
        and "app" not in _called(node).lower()
        and not where.endswith("shots.py")  # it drives the program from outside
    ]
    assert guilty == []


# it drives the program from outside; the focus moves in the application; loaded once a process
_OF_THE_PROCESS = ("shots.py", "following_area.py", "chart_view.py")


def test_nobody_reaches_for_the_application_object() -> None:
    """What a part needs is handed to it."""
    guilty = [
        f"{where}:{node.lineno}"
        for where, tree in _modules(PACKAGE / "ui")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and not where.endswith(_OF_THE_PROCESS)
        and (_called(node).endswith("Application.instance") or "parent().parent" in _called(node))
    ]
    assert guilty == []


def test_nothing_attaches_a_second_database() -> None:
    """ATTACH ... KEY '' would write clear text beside an encrypted book."""
    guilty = [
        f"{where}:{node.lineno}"
        for where, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.lstrip().upper().startswith("ATTACH ")
    ]
    assert guilty == []


@pytest.mark.parametrize(
    "library",
    [
        "alembic",
        "bs4",
        "docx",
        "docxtpl",
        "icalendar",
        "jinja2",
        "matplotlib",
        "olefile",
        "openpyxl",
        "oxmsg",
        "python_calamine",
        "recurring_ical_events",
        "xlsxwriter",
    ],
)
def test_heavy_libraries_are_imported_where_they_are_needed(library: str) -> None:
    """The window is painted before any of them is loaded."""
    guilty = [
        where
        for where, tree in _modules()
        if library in _top_level_imports(tree) and "migrations" not in where
    ]
    assert guilty == []


def test_there_is_no_drawer() -> None:
    """A module says what it is for."""
    drawers = {"utils", "util", "misc", "common", "helpers", "helper"}
    guilty = [where for where, _ in _modules() if set(Path(where).with_suffix("").parts) & drawers]
    assert guilty == []


def test_every_module_says_what_it_is_for() -> None:
    """Its docstring is one sentence or more."""
    guilty = [
        where
        for where, tree in _modules()
        if not ast.get_docstring(tree) and "versions" not in where
    ]
    assert guilty == []
