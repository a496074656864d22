"""The item models of the Import page: what they say, and that Qt finds nothing wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from acctdesk import i18n
from acctdesk.exchange.columns import ColumnMap, Mapping
from acctdesk.exchange.problems import Problem
from acctdesk.exchange.trial import ProblemGroup, grouped
from acctdesk.i18n import msg
from acctdesk.kinds import ProblemCode, ProblemOutcome, RecordKind
from acctdesk.ui.itemmodels.import_columns import (
    CERTAINTY,
    FIELD,
    HEADING,
    ImportColumnsModel,
    choices,
)
from acctdesk.ui.itemmodels.import_files import NAME, STATE, ImportFilesModel
from acctdesk.ui.itemmodels.import_problems import GROUP, ImportProblemsModel
from acctdesk.ui.pages.imports.files import FileState, ImportFile, with_layout

WHY = msg("Mapping", "Heading and values")


def mapping(*fields: str | None, kind: RecordKind = RecordKind.CLIENTS) -> Mapping:
    """Return a mapping with one column a field, each a little less certain than the one before."""
    return Mapping(
        kind,
        tuple(
            ColumnMap(at, "ABCDEFG"[at], f"Στήλη {at}", ("α", "β"), key, 0.99 - at / 10, WHY)
            for at, key in enumerate(fields)
        ),
    )


def groups() -> tuple[ProblemGroup, ...]:
    what = msg("Problem", "The date cannot be read.")
    return grouped(
        tuple(
            Problem(None, "Φύλλο1", row, "client_since", value, code, done, what)
            for row, value, code, done in (
                (4, "x", ProblemCode.UNREADABLE_DATE, ProblemOutcome.RESTORED),
                (7, "32/1", ProblemCode.UNREADABLE_DATE, ProblemOutcome.EMPTIED),
                (41, "32/1", ProblemCode.UNREADABLE_DATE, ProblemOutcome.EMPTIED),
                (50, "", ProblemCode.MISSING_VALUE, ProblemOutcome.REFUSED),
            )
        )
    )


def test_columns(qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    model = ImportColumnsModel()
    chosen: list[tuple[int, object]] = []
    model.chosen.connect(lambda index, key: chosen.append((index, key)))
    model.show_mapping(mapping("code", "name", "city", None))
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt is untyped
    assert model.counts() == (2, 1, 1)
    assert model.first_doubtful() == 2
    assert model.data(model.index(0, HEADING)) == "Στήλη 0 · α · β"
    assert model.data(model.index(0, CERTAINTY)) == "99% · Heading and values"
    spoken = model.data(model.index(1, FIELD), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Column B, Στήλη 1: Name"
    assert not model.setData(model.index(1, FIELD), "phone")
    assert not model.setData(model.index(1, FIELD), "name")
    assert not model.setData(model.index(1, FIELD), "")
    assert chosen == [(1, "phone"), (1, None)]
    resets: list[object] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.show_mapping(mapping("code", "name", None, None))
    assert resets == []
    model.show_mapping(None)
    assert model.rowCount() == 0


def test_a_column_of_a_month_is_called_by_its_month() -> None:
    i18n.set_language("el")
    model = ImportColumnsModel()
    wide = mapping("year", "month:2026-03", "month:04", kind=RecordKind.TARGETS)
    model.show_mapping(wide)
    assert model.data(model.index(1, FIELD)) == "Στόχος · Μάρτιος 2026"
    assert model.data(model.index(2, FIELD)) == "Στόχος · Απρίλιος"
    keys = {key for key, _ in choices(wide)}
    assert {"month:2026-03", "month:12", "amount", None} <= keys
    assert with_layout(wide).layout == "months_wide"
    assert with_layout(mapping("month", "amount", kind=RecordKind.TARGETS)).layout == "months_long"


def test_problems(qtmodeltester: ModelTester) -> None:
    model = ImportProblemsModel()
    model.show_groups(RecordKind.CLIENTS, groups())
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt is untyped
    said = [model.data(model.index(row, 0)) for row in range(model.rowCount())]
    assert said == [
        "Refused: Client since: empty. The date cannot be read. row 50",
        "Left empty, needs you: Client since “32/1”. The date cannot be read. rows 7, 41",
        "Mended: Client since “x”. The date cannot be read. row 4",
    ]
    assert [model.count(key) for key in ("all", "needs_you", "mended", "know")] == [4, 2, 1, 0]
    model.show_only("needs_you")
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt is untyped
    assert model.index(0, 0).data(GROUP).count == 2
    i18n.set_language("el")
    model.repeat()
    assert "γρ. 7, 41" in model.data(model.index(0, 0))


def test_files(qtmodeltester: ModelTester) -> None:
    model = ImportFilesModel()
    reading, refused = ImportFile(Path("a.xlsx")), ImportFile(Path("b.xlsx"), trying=False)
    refused.refusal = msg("File", "it is empty.")
    model.show_files([reading, refused])
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt is untyped
    assert reading.state is FileState.READING
    reading.share = 0.4
    assert model.data(model.index(0, STATE)) == "Reading 40%"
    assert model.data(model.index(1, NAME)) == "b.xlsx · it is empty."
    assert model.data(model.index(1, STATE), Qt.ItemDataRole.AccessibleTextRole) == (
        "State: Not read"
    )
    assert model.row_of(refused) == 1
