"""The fault table names every case once, and only tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "faults.md"
_CASE = re.compile(r"^\| (F\d\d) \|(.*)\|(.*)\|(.*)\|(.*)\|$")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def _cases() -> dict[str, tuple[str, str]]:
    """Return the tests and the outcome of each case."""
    found: dict[str, tuple[str, str]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        match = _CASE.match(line)
        if match is not None:
            assert match[1] not in found, match[1]
            found[match[1]] = (match[4], match[5].strip())
    return found


def _functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_case_stands_in_the_table() -> None:
    assert set(_cases()) == {f"F{number:02}" for number in range(1, 74)}


def test_a_case_names_tests_that_exist_or_says_why_there_is_none() -> None:
    missing = []
    for case, (tests, outcome) in _cases().items():
        named = _TEST.findall(tests)
        if not named:
            assert tests.strip() == "—", f"{case}: {tests}"
            assert "not yet" in outcome, case
        for file, function in named:
            there = (ROOT / file).exists() and function in _functions(ROOT / file)
            if not there:
                missing.append(f"{case}: {file}::{function}")
    assert missing == []


def test_every_fault_test_stands_in_the_table() -> None:
    text = TABLE.read_text(encoding="utf-8")
    unnamed = [
        f"{file.name}::{function}"
        for file in sorted((ROOT / "tests" / "faults").glob("test_*.py"))
        for function in sorted(_functions(file))
        if function.startswith("test_") and f"{file.name}::{function}`" not in text
    ]
    assert unnamed == []
