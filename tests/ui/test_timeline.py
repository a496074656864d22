"""The timeline: its model keeps Qt's rules, its words say everything, its paint stays inside."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from acctdesk.kinds import InteractionKind, Mood, PromiseBy, PromiseState, TimelineKind
from acctdesk.services.rows import PromiseRow, TimelineItem
from acctdesk.ui.delegates.timeline_row import HEADING, item_height
from acctdesk.ui.itemmodels.timeline import LINE_ROLE, TimelineModel
from acctdesk.ui.itemmodels.timeline_text import body, chip, meta, spoken, title
from acctdesk.ui.pages.clients.timeline_view import TimelineView
from acctdesk.ui.painting import load_fonts
from acctdesk.ui.theme import Theme
from tests.ui.world import press

TODAY = dt.date(2026, 11, 12)
MARK = QColor("#FF00FF")


def item(number: int, day: dt.date = TODAY, /, **changes: Any) -> TimelineItem:
    """Return an invented call."""
    values: dict[str, Any] = {
        "key": (TimelineKind.INTERACTION, number),
        "kind": TimelineKind.INTERACTION,
        "interaction_kind": InteractionKind.CALL,
        "day": day,
        "at": None,
        "subject": f"Όροι πληρωμής {number}",
        "body": "Συμφωνεί στις 60 ημέρες. Ζητά γραπτώς τους νέους όρους. " * 3,
        "person": "Ε. Μαυρίδου",
        "minutes": 12,
        "place": "Σίνδος",
        "mood": Mood.GOOD,
        "needs_reply": False,
        "amount_minor": None,
        "open_minor": None,
        "number": None,
        "due_on": None,
        "promises": (),
    }
    return TimelineItem(**{**values, **changes})


def invoice(number: int, **changes: Any) -> TimelineItem:
    """Return an invented invoice."""
    values: dict[str, Any] = {
        "key": (TimelineKind.INVOICE, number),
        "kind": TimelineKind.INVOICE,
        "interaction_kind": None,
        "subject": "",
        "body": "",
        "person": None,
        "minutes": None,
        "place": None,
        "mood": None,
        "number": f"ΤΙΜ-{number:06}",
        "amount_minor": 1000_00,
        "open_minor": 400_00,
        "due_on": TODAY + dt.timedelta(days=20),
    }
    return item(number, **{**values, **changes})


def promise(number: int) -> PromiseRow:
    """Return an invented promise."""
    return PromiseRow(
        id=number,
        client_id=1,
        interaction_id=1,
        given_by=PromiseBy.US,
        what="αναθεωρημένοι όροι και πλάνο παραδόσεων για ολόκληρο το έτος",
        due_on=TODAY,
        state=PromiseState.OPEN,
        settled_on=None,
        version=1,
    )


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> TimelineView:
    """Return a view of 388 px over a day with everything and the day before."""
    load_fonts()
    Theme(qapp).apply("light")
    model = TimelineModel()
    model.set_context(today=TODAY, currency="EUR")
    made = TimelineView(model, None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    model.setParent(made)
    made.resize(388, 600)
    yesterday = TODAY - dt.timedelta(days=1)
    model.set_items(
        [
            item(1, promises=(promise(1), promise(2)), needs_reply=True),
            invoice(2),
            item(3, yesterday),
        ],
        more=False,
    )
    made.show()
    return made


def test_model_keeps_qts_rules(view: TimelineView, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(view._timeline, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt is untyped


def test_days_have_headings_that_arrows_pass_over(view: TimelineView) -> None:
    model = view._timeline
    assert model.rowCount() == 5
    headings = [n for n in range(5) if model.index(n, 0).flags() == Qt.ItemFlag.NoItemFlags]
    assert headings == [0, 3]
    assert str(model.index(0, 0).data()).startswith("Today")


def test_what_is_small_is_said_too() -> None:
    one = invoice(7)
    assert title(one, currency="EUR") == "Invoice €1,000.00"
    assert body(one) == "Number ΤΙΜ-000007"
    assert "still open €400.00" in meta(one, currency="EUR")
    mark = chip(one, today=TODAY)
    assert mark is not None
    assert mark.text == "Partly paid"
    said = spoken(one, today=TODAY, currency="EUR")
    assert "due on 02/12/2026" in said
    assert "still open" in said


def test_a_matched_receipt_says_its_kind_once() -> None:
    one = invoice(8, kind=TimelineKind.RECEIPT, due_on=None, open_minor=0)
    lines = (title(one, currency="EUR"), body(one), meta(one, currency="EUR"))
    assert " ".join(lines).count("Receipt") == 1
    assert spoken(one, today=TODAY, currency="EUR").count("Receipt") == 1
    assert item_height(one, 360) < item_height(invoice(9), 360)  # no empty line


@pytest.mark.parametrize("selected", [False, True])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_painted_outside_the_row(
    view: TimelineView, qapp: QApplication, selected: bool, theme: str
) -> None:
    Theme(qapp).apply(theme)
    model = view._timeline
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        line = index.data(LINE_ROLE)
        high = HEADING if line.item is None else item_height(line.item, 360)
        image = QImage(420, high + 60, QImage.Format.Format_RGB32)
        image.fill(MARK)
        option = QStyleOptionViewItem()
        option.rect = QRect(30, 30, 360, high)
        if selected:
            option.state |= QStyle.StateFlag.State_Selected
        painter = QPainter(image)
        view.painter_of_rows.paint(painter, option, index)
        painter.end()
        inside = option.rect
        outside = [
            (x, y)
            for x in range(0, image.width(), 3)
            for y in range(0, image.height(), 3)
            if not inside.contains(x, y) and image.pixelColor(x, y) != MARK
        ]
        assert outside == []
        used = {image.pixelColor(x, 30 + high - 12).name() for x in range(90, 380)}
        assert used  # the small print stands on the last line


def test_a_click_on_a_promise_ticks_it(view: TimelineView, qtbot: QtBot) -> None:
    model = view._timeline
    index = model.index(1, 0)
    rect = view.visualRect(index)
    lines = item_height(model.items()[0], view.viewport().width()) - 10 - 20 - 56 - 18 - 10
    point = rect.topLeft()
    point.setX(80)
    point.setY(rect.y() + 30 + lines + 28 + 14)
    with qtbot.waitSignal(view.ticked) as told:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert told.args[0].id == 2


def test_space_ticks_and_arrows_choose_the_promise(view: TimelineView, qtbot: QtBot) -> None:
    view.choose((TimelineKind.INTERACTION, 1))
    press(view, Qt.Key.Key_Right)
    with qtbot.waitSignal(view.ticked) as told:
        press(view, Qt.Key.Key_Space)
    assert told.args[0].id == 2
    with qtbot.waitSignal(view.opened):
        press(view, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.trash_wanted):
        press(view, Qt.Key.Key_Delete)


def test_five_thousand_lines_are_asked_for_as_they_are_seen(
    view: TimelineView, qapp: QApplication
) -> None:
    model = view._timeline
    model.set_items([item(n, TODAY - dt.timedelta(days=n // 3)) for n in range(5000)], more=True)
    view.doItemsLayout()
    asked = [0]
    real = type(model).data

    def counted(self: TimelineModel, index: Any, role: int = 0) -> Any:
        asked[0] += 1
        return real(self, index, role)

    type(model).data = counted  # type: ignore[method-assign]
    try:
        view.viewport().repaint()
        view.grab()
    finally:
        type(model).data = real  # type: ignore[method-assign]
    assert asked[0] < 200, asked
