"""Key dates, shares of credit and cases in the record of a client, by keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acctdesk.kinds import DisputeType, DocumentType, KeyDateKind
from acctdesk.models import Document
from acctdesk.services.desk import Desk
from acctdesk.services.disputes import disputes, open_dispute
from acctdesk.services.key_dates import key_dates
from acctdesk.services.receivables import open_invoices
from acctdesk.services.requests import requests
from acctdesk.services.shares import shares_at
from acctdesk.services.today import today_page
from acctdesk.ui.context import Context, Target
from acctdesk.ui.dialogs.record_form import RecordForm
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.clients.page import ClientsPage
from acctdesk.ui.pages.clients.rail import Rail
from tests.ui.world import STEP, TODAY, People, fill_small, make_context, press, type_text

DAY = dt.timedelta(days=1)


@pytest.fixture
def people(desk: Desk) -> People:
    """Fill the book."""
    return fill_small(desk)


@pytest.fixture
def context(qapp: QApplication, desk: Desk, tmp_path: Path, people: People) -> Iterator[Context]:
    """Give a context over the book."""
    owner = QObject()
    yield make_context(qapp, desk, tmp_path, parent=owner)
    owner.deleteLater()


@pytest.fixture
def page(context: Context, people: People, qapp: QApplication, qtbot: QtBot) -> Iterator[Any]:
    """Give the Clients page with the first client chosen."""
    window = MainWindow(context, [ClientsPage.spec])
    window.resize(1366, 768)
    window.start()
    window.show()
    window.activateWindow()
    page = window.page
    assert isinstance(page, ClientsPage)
    page.list.show_client(people.papadopoulos)
    qtbot.waitUntil(lambda: page.record.card is not None)
    yield page
    window.close()
    window.deleteLater()
    qapp.processEvents()


def form(page: ClientsPage) -> Any:
    return next(one for one in page.window().findChildren(RecordForm) if one.isVisible())


def rail(page: ClientsPage) -> Rail:
    return page.record.rail


def dates_of(desk: Desk, people: People) -> list[tuple[KeyDateKind, str | None, int]]:
    rows = desk.query(key_dates, client_id=people.papadopoulos, today=TODAY)
    return [(one.kind, one.title, one.lead_days) for one in rows]


def test_a_key_date_is_added_changed_closed_and_taken_back(
    page: ClientsPage, desk: Desk, people: People
) -> None:
    rail(page).dates.add.click()
    asked = form(page)
    asked.kind.setCurrentIndex(list(KeyDateKind).index(KeyDateKind.GUARANTEE))
    assert asked.lead.placeholderText() == "30 days, as usual"
    asked.save()
    assert "on which day" in asked.trouble.text()
    type_text(asked.day.field, "+20d")
    type_text(asked.title, "Καλής εκτέλεσης")
    asked.save()
    assert dates_of(desk, people) == [(KeyDateKind.GUARANTEE, "Καλής εκτέλεσης", 30)]
    told = [str(one.what) for one in desk.query(today_page, today=TODAY).lines]
    assert "Guarantee: Καλής εκτέλεσης" in told
    press(rail(page).dates.lines[0], Qt.Key.Key_Return)
    asked = form(page)
    type_text(asked.lead, "7")
    asked.save()
    assert dates_of(desk, people) == [(KeyDateKind.GUARANTEE, "Καλής εκτέλεσης", 7)]
    press(rail(page).dates.lines[0], Qt.Key.Key_Space)
    assert dates_of(desk, people) == []
    QApplication.processEvents()
    assert rail(page).dates.lines == []
    desk.undo()
    rail(page).load()
    press(rail(page).dates.lines[0], Qt.Key.Key_Delete)
    assert dates_of(desk, people) == []
    desk.undo()
    assert len(dates_of(desk, people)) == 1


def test_shares_are_refused_until_they_are_a_hundred(
    page: ClientsPage, desk: Desk, people: People
) -> None:
    facts = rail(page).details.group
    press(facts.shares, Qt.Key.Key_Space)
    asked = form(page)
    for line, (who, share) in zip(
        asked.lines, (("Μαρία", "66,67"), ("Κώστας", "33")), strict=False
    ):
        type_text(line[0], who)
        type_text(line[2], share)
    assert asked.sum.text() == "Together 99.67%"
    asked.save()
    assert "99.67%" in asked.trouble.text()
    asked.lines[1][2].setText("33.33")
    asked.save()
    held = desk.query(shares_at, client_id=people.papadopoulos, on=TODAY)
    assert held is not None
    assert [(one.who, one.share_bp) for one in held.shares] == [("Μαρία", 66_67), ("Κώστας", 33_33)]
    assert facts.shares.value() == "Μαρία 66.67% · Κώστας 33.33%"
    assert desk.query(shares_at, client_id=people.papadopoulos, on=TODAY - DAY) is None


def invoice(session: Any, *, client_id: int) -> None:
    session.add(
        Document(
            type=DocumentType.INVOICE.value,
            number="Τ-1",
            client_id=client_id,
            issued_on=TODAY,
            net_minor=100_00,
            gross_minor=100_00,
        )
    )


def test_the_record_shows_its_cases_and_what_is_in_dispute(
    page: ClientsPage, desk: Desk, people: People, context: Context
) -> None:
    assert rail(page).cases.isHidden()
    client = people.papadopoulos
    desk.perform(STEP, invoice, client_id=client)
    (owed,) = desk.query(open_invoices, as_of=TODAY)
    made = desk.perform(
        STEP, open_dispute, client_id=client, today=TODAY, title="Τιμή", type=DisputeType.PRICE,
        blocked={owed.id: None},
    ).value  # fmt: skip
    page.record.reload()
    assert rail(page).key_facts.disputed.value() == "€100"
    (line,) = rail(page).cases.lines
    wanted: list[Target] = []
    context.navigator.requested.connect(wanted.append)
    press(line, Qt.Key.Key_Return)
    assert (wanted[-1].page, wanted[-1].kind, wanted[-1].id) == ("cases", "dispute", made)
    page.new_request()
    asked = form(page)
    assert asked.client.client_id == client
    type_text(asked.what, "Καρτέλα")
    asked.save()
    (request,) = desk.query(requests, today=TODAY)
    assert (request.client_id, request.department) == (client, "Back office")
    assert len(rail(page).cases.lines) == 2
    view = page.record.timeline.view
    talk = next(one for one in page.record.timeline.model.items() if one.key[1] == people.call)
    view.choose(talk.key)
    page.record.timeline.dispute_wanted.emit(talk)
    asked = form(page)
    assert "60 ημέρες" in asked.notes.toPlainText()
    type_text(asked.what, "Ποσότητα")
    asked.save()
    assert len(desk.query(disputes, today=TODAY, client_id=client)) == 2
