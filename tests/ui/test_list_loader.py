"""What the list asks, and when: first what is seen, however many clients there are."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event

from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.lists import ClientQuery
from acctdesk.ui.context import Context
from acctdesk.ui.itemmodels.clients import PAGE
from acctdesk.ui.pages.clients.list_loader import ListLoader
from tests.ui.world import STEP

OF_A_PAGE = 5  # statements for the rows of a page


class Heard:
    """What a loader told, in its order, and how many statements had been sent by then."""

    def __init__(self, context: Context) -> None:
        self.loader = ListLoader(context, context.runner)
        self.told: list[tuple[str, int, int]] = []
        self.sent = 0
        event.listen(context.desk.book.read_engine, "before_cursor_execute", self._count)
        self.loader.window_arrived.connect(lambda ids, _rows: self._tell("window", ids))
        self.loader.ids_arrived.connect(lambda ids: self._tell("all", ids))

    def _count(self, _c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.sent += not statement.startswith("BEGIN")

    def _tell(self, what: str, ids: list[int]) -> None:
        self.told.append((what, len(ids), self.sent))


@pytest.fixture
def heard(context: Context) -> Heard:
    return Heard(context)


def add(desk: Desk, count: int) -> None:
    for number in range(count):
        desk.perform(STEP, create_client, name=f"Πελάτης {number}")


def test_the_first_rows_wait_for_nothing_else_and_all_follow(
    heard: Heard, context: Context
) -> None:
    add(context.desk, PAGE + 12)
    heard.loader.load(ClientQuery(), shown=False)
    shown = 1 + OF_A_PAGE
    assert heard.told == [("window", PAGE, shown), ("all", PAGE + 12, shown + 1)]


def test_a_short_list_is_asked_for_once(heard: Heard, context: Context) -> None:
    add(context.desk, 3)
    heard.loader.load(ClientQuery(), shown=False)
    assert heard.told == [("all", 3, 1)]


@pytest.mark.parametrize(
    ("query", "shown"), [(ClientQuery(), True), (ClientQuery(sort="sales"), False)]
)
def test_what_is_shown_or_must_be_computed_is_asked_for_whole(
    heard: Heard, context: Context, query: ClientQuery, shown: bool
) -> None:
    add(context.desk, PAGE + 2)
    heard.loader.load(query, shown=shown)
    assert heard.told == [("all", PAGE + 2, 1)]
