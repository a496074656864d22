"""The client list's model: ids in order, rows by page, nothing fetched that is not shown."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from acctdesk import i18n
from acctdesk.kinds import InteractionKind
from acctdesk.services.rows import ClientRow
from acctdesk.ui.itemmodels.client_columns import COLUMNS, INDEX, change_text
from acctdesk.ui.itemmodels.clients import ID_ROLE, PAGE, ROW_ROLE, ClientListModel

TODAY = dt.date(2026, 11, 12)


def make_row(client_id: int, **changes: Any) -> ClientRow:
    """Return an invented row."""
    values: dict[str, Any] = {
        "id": client_id,
        "code": f"C{client_id:04}",
        "name": f"Πελάτης {client_id}",
        "city": "Θεσσαλονίκη",
        "segment": "A",
        "active": True,
        "last_contact_on": TODAY,
        "last_contact_kind": InteractionKind.CALL,
        "sales_365_minor": 112_00,
        "sales_previous_365_minor": 100_00,
        "trend": (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
        "overdue_minor": 0,
        "overdue_days": None,
        "balance_minor": 0,
        "next_step_on": None,
    }
    return ClientRow(**{**values, **changes})


@pytest.fixture
def model(qtbot: QtBot) -> ClientListModel:
    """Return a model of 300 clients that answers its own questions."""
    made = ClientListModel()
    made.set_context(today=TODAY, currency="EUR")
    made.set_ids(range(1, 301))
    return made


def test_model_keeps_qts_rules(model: ClientListModel, qtmodeltester: ModelTester) -> None:
    model.put_rows({n: make_row(n) for n in range(1, 301)})
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt is untyped


def test_only_the_pages_that_are_looked_at_are_asked_for(
    model: ClientListModel, qtbot: QtBot
) -> None:
    asked: list[list[int]] = []
    model.wanted.connect(asked.append)
    with qtbot.waitSignal(model.wanted):
        assert model.data(model.index(PAGE + 3, 0), ROW_ROLE) is None
        assert model.data(model.index(PAGE + 4, 0), ROW_ROLE) is None
    assert asked == [list(range(PAGE + 1, 2 * PAGE + 1))]


def test_a_page_on_its_way_is_not_asked_for_twice(model: ClientListModel, qtbot: QtBot) -> None:
    asked: list[list[int]] = []
    model.wanted.connect(asked.append)
    for _ in range(3):
        model.data(model.index(0, 0), ROW_ROLE)
        qtbot.wait(1)
    assert len(asked) == 1


def test_rows_arrive_and_are_said_in_words(model: ClientListModel) -> None:
    model.put_rows({1: make_row(1, overdue_minor=12_480_00, overdue_days=34)})
    first = [str(model.data(model.index(0, n))) for n in range(len(COLUMNS))]
    assert first[INDEX["client"]] == "Πελάτης 1, Θεσσαλονίκη"
    assert first[INDEX["last"]] == "Today call"
    assert "▲ 12%" in first[INDEX["sales"]]
    assert "34 d" in first[INDEX["overdue"]]
    assert first[INDEX["next"]] == "—"


def test_an_outdated_row_stays_on_screen_until_the_new_one_is_here(
    model: ClientListModel, qtbot: QtBot
) -> None:
    model.put_rows({n: make_row(n) for n in range(1, 301)})
    with qtbot.assertNotEmitted(model.wanted, wait=5):
        model.data(model.index(0, 0), ROW_ROLE)
    model.outdate({1})
    with qtbot.waitSignal(model.wanted) as asked:
        shown = model.data(model.index(0, 0), ROW_ROLE)
    assert shown.name == "Πελάτης 1"
    assert asked.args == [[1]]
    model.put_rows({1: make_row(1, name="Άλλο όνομα")})
    assert model.data(model.index(0, 0), ROW_ROLE).name == "Άλλο όνομα"


def test_ids_keep_their_rows_in_another_order(model: ClientListModel) -> None:
    model.put_rows({n: make_row(n) for n in range(1, 301)})
    model.set_ids(range(300, 0, -1))
    assert model.data(model.index(0, 0), ID_ROLE) == 300
    assert model.row_of(300) == 0
    assert model.data(model.index(0, 0), ROW_ROLE).id == 300
    assert model.row_of(999) is None


def test_headings_follow_the_language(model: ClientListModel) -> None:
    def heading() -> str:
        value = model.headerData(
            INDEX["client"], Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole
        )
        return str(value)

    assert heading() == "Client"
    i18n.set_language("el")
    assert heading() == "Πελάτης"


def test_strange_indexes_are_answered_with_nothing(model: ClientListModel) -> None:
    assert model.data(QModelIndex()) is None
    assert model.headerData(99, Qt.Orientation.Horizontal) is None
    assert model.rowCount(model.index(0, 0)) == 0


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (112_00, 100_00, "▲ 12%"),
        (82_00, 100_00, "▼ 18%"),
        (100_00, 100_00, "= same"),
        (50_00, 0, "new"),
        (0, 0, ""),
        (0, 50_00, "▼ 100%"),
    ],
)
def test_change_is_told_with_a_sign(now: int, before: int, said: str) -> None:
    row = make_row(1, sales_365_minor=now, sales_previous_365_minor=before)
    assert change_text(row) == said


def test_more_ids_are_added_without_a_new_beginning(model: ClientListModel, qtbot: QtBot) -> None:
    began: list[bool] = []
    model.modelAboutToBeReset.connect(lambda: began.append(True))
    with qtbot.waitSignal(model.rowsInserted):
        model.set_ids(range(1, 501))
    assert model.rowCount() == 500
    assert began == []
    model.set_ids(range(2, 501))
    assert began == [True]


def test_a_delegate_gets_the_row_itself(model: ClientListModel) -> None:
    row = make_row(3)
    model.put_rows({3: row})
    assert model.row_at(2) is row
    assert model.row_at(3) is None
    assert model.row_at(-1) is model.row_at(300) is None
