"""The Cases page by keyboard, on a real book: disputes, disruptions, requests, and the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from acctdesk.kinds import DisputeState, DisputeType, DocumentType, RequestState
from acctdesk.models import Document
from acctdesk.services.case_rows import DisputeRow, DisruptionRow, RequestRow
from acctdesk.services.desk import Desk
from acctdesk.services.disputes import disputes, open_dispute
from acctdesk.services.disruptions import disruption_card, disruptions, open_disruption
from acctdesk.services.mail_drafts import request_draft
from acctdesk.services.requests import ask, requests
from acctdesk.services.timeline import timeline
from acctdesk.ui.context import Context, Target
from acctdesk.ui.dialogs.record_form import RecordForm
from acctdesk.ui.messages import Toast
from acctdesk.ui.pages.cases import CasesPage
from tests.ui.accessibility import assert_accessible
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import NOW, STEP, TODAY, People, fill_small, make_context, press, type_text

DAY = dt.timedelta(days=1)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _quiet_menus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Offscreen has no pop-up windows: a menu is made and not shown."""
    monkeypatch.setattr(QMenu, "popup", lambda _self, _point: None)


def invoice(session: Any, *, client_id: int, euros: int) -> None:
    session.add(
        Document(
            type=DocumentType.INVOICE.value,
            number=f"Τ-{euros}",
            client_id=client_id,
            issued_on=TODAY - 40 * DAY,
            net_minor=euros * 100,
            gross_minor=euros * 100,
        )
    )


@pytest.fixture
def people(desk: Desk) -> People:
    """Fill the book with a case of every kind."""
    people = fill_small(desk)

    def do(command: Any, **args: Any) -> None:
        desk.perform(STEP, command, **args)

    do(invoice, client_id=people.papadopoulos, euros=200)
    do(
        open_dispute, client_id=people.papadopoulos, today=TODAY, type=DisputeType.PRICE,
        title="Παλιός τιμοκατάλογος", due_on=TODAY + DAY, opened_on=TODAY - DAY,
    )  # fmt: skip
    do(
        open_disruption, title="Βλάβη ψυγείου", started_at=NOW,
        client_ids=[people.papadopoulos, people.myloi],
    )  # fmt: skip
    do(
        ask, department="Λογιστήριο", what="Καρτέλα", asked_on=TODAY - 14 * DAY,
        client_id=people.myloi, due_on=TODAY - DAY,
    )  # fmt: skip
    return people


@pytest.fixture
def context(qapp: QApplication, desk: Desk, tmp_path: Path, people: People) -> Iterator[Context]:
    """Give a context over the book."""
    owner = QObject()
    yield make_context(qapp, desk, tmp_path, parent=owner)
    owner.deleteLater()


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> CasesPage:
    """Give the page as the window shows it."""
    made = CasesPage(context)
    qtbot.addWidget(made)
    context.bus.changed.connect(made.on_changed)
    made.resize(1142, 684)
    made.show()
    made.activated()
    made.first_focus()
    QApplication.processEvents()
    return made


def form(page: CasesPage) -> Any:
    return next(one for one in page.findChildren(RecordForm) if one.isVisible())


def one_dispute(desk: Desk) -> DisputeRow:
    (row,) = desk.query(disputes, today=TODAY, open_only=False)
    return row


def one_disruption(desk: Desk) -> DisruptionRow:
    (row,) = desk.query(disruptions)
    return row


def one_request(desk: Desk) -> RequestRow:
    (row,) = desk.query(requests, today=TODAY, open_only=False)
    return row


def test_the_lists_say_where_each_case_stands(page: CasesPage) -> None:
    said = {}
    for chip in ("dispute", "disruption", "request"):
        page.chips.choose(chip)
        (entry,) = page.list.entries.entries()
        said[chip] = (entry.title, entry.below, entry.mark and entry.mark.text)
    assert said == {
        "dispute": ("Παλιός τιμοκατάλογος", "Παπαδόπουλος Α.Ε. · Price", "1 day left"),
        "disruption": (
            "Βλάβη ψυγείου",
            f"since 12/11/2026 {NOW.astimezone():%H:%M} · 2 clients",
            "2 not told",
        ),
        "request": ("Καρτέλα", "Λογιστήριο · Μύλοι Θερμαϊκού Α.Ε.", "10 working days"),
    }
    assert page.count() == 1
    page.chips.choose("closed")
    assert page.card_of_list.states.currentWidget() is page.card_of_list.states.empty


def test_a_dispute_is_opened_by_key_with_an_invoice_and_taken_back(
    page: CasesPage, desk: Desk, people: People
) -> None:
    press(page.list, Qt.Key.Key_N, CONTROL)
    asked = form(page)
    asked.client.take(people.papadopoulos, "Παπαδόπουλος Α.Ε.")
    asked.save()
    assert "what the dispute is about" in asked.trouble.text()
    type_text(asked.what, "Έλειπαν κιβώτια")
    (line,) = asked.invoices.lines
    line.tick.setChecked(True)
    type_text(line.amount, "300")
    asked.save()
    assert "€200.00" in asked.trouble.text()
    line.amount.clear()
    asked.save()
    rows = desk.query(disputes, today=TODAY)
    assert {row.title: row.blocked_minor for row in rows} == {
        "Παλιός τιμοκατάλογος": 0,
        "Έλειπαν κιβώτια": 200_00,
    }
    entry = page.list.current_entry()
    assert entry is not None
    assert entry.title == "Έλειπαν κιβώτια", "what was made is the current line"
    desk.undo()
    assert len(desk.query(disputes, today=TODAY)) == 1


def test_a_dispute_is_changed_told_of_closed_and_opened_again(
    page: CasesPage, desk: Desk, context: Context
) -> None:
    told: list[Toast] = []
    context.messages.told.connect(told.append)
    press(page.list, Qt.Key.Key_F2)
    asked = form(page)
    (line,) = asked.invoices.lines
    line.tick.setChecked(True)
    type_text(line.amount, "50")
    asked.save()
    assert one_dispute(desk).blocked_minor == 50_00
    page.do("tell")
    asked = form(page)
    type_text(asked.who, "ε. μαυριδου")
    asked.save()
    assert one_dispute(desk).told == 1
    assert page.detail.list is not None
    press(page.detail.list, Qt.Key.Key_Delete)
    assert one_dispute(desk).told == 0
    press(page.list, Qt.Key.Key_Space)
    asked = form(page)
    asked.save()
    assert "how the dispute ended" in asked.trouble.text()
    asked.text.setPlainText("Πιστωτικό")
    asked.save()
    assert one_dispute(desk).state is DisputeState.SETTLED
    assert page.list.entries.entries() == []
    page.chips.choose("closed")
    page.do("reopen")
    assert one_dispute(desk).state is DisputeState.OPEN
    action = told[-1].action
    assert action is not None
    action.run()
    assert one_dispute(desk).state is DisputeState.SETTLED


def test_clients_are_told_of_a_disruption_one_by_one(
    page: CasesPage, desk: Desk, people: People, context: Context
) -> None:
    wanted: list[Target] = []
    context.navigator.requested.connect(wanted.append)
    page.chips.choose("disruption")
    press(page.list, Qt.Key.Key_Space)
    clients = page.detail.list
    assert clients is not None
    first = clients.current_entry()
    assert first is not None
    client_id = first.record.client_id
    press(clients, Qt.Key.Key_Space)
    assert one_disruption(desk).untold == 1
    lines = desk.query(timeline, client_id=client_id, today=TODAY, kinds=["call"])
    assert "Βλάβη ψυγείου" in {line.subject for line in lines}
    assert page.detail.list is not None
    leading, last = page.detail.list.entries.entries()
    assert (leading.record.told_on, last.record.client_id) == (None, client_id)
    page.detail.list.choose(last.key)
    press(page.detail.list, Qt.Key.Key_Space)
    assert one_disruption(desk).untold == 2
    press(page.detail.list, Qt.Key.Key_Return)
    assert (wanted[-1].page, wanted[-1].kind) == ("clients", "client")
    page.do("mailed")
    assert one_disruption(desk).untold == 0
    mails = desk.query(timeline, client_id=people.myloi, today=TODAY, kinds=["email"])
    assert [line.subject for line in mails] == ["Βλάβη ψυγείου"]
    desk.undo()
    page.load()
    assert one_disruption(desk).untold == 2
    assert page.detail.list is not None
    press(page.detail.list, Qt.Key.Key_Delete)
    assert one_disruption(desk).clients == 1


def test_the_clients_of_a_disruption_are_chosen_by_city(
    page: CasesPage, desk: Desk, people: People
) -> None:
    page.chips.choose("disruption")
    page.new_case()
    asked = form(page)
    type_text(asked.what, "Απεργία")
    asked.city.choose("Μύκονος")
    asked.add_found.click()
    assert asked.client_ids == (people.xenodocheia,)
    asked.one.take(people.myloi, "Μύλοι")
    assert asked.client_ids == (people.xenodocheia, people.myloi)
    press(asked.list, Qt.Key.Key_Delete)
    asked.save()
    made = next(one for one in desk.query(disruptions) if one.title == "Απεργία")
    card = desk.query(disruption_card, disruption_id=made.id)
    assert card is not None
    assert [one.client_id for one in card.clients] == [people.myloi]


def test_a_request_is_answered_cancelled_and_goes_to_the_trash(page: CasesPage, desk: Desk) -> None:
    page.chips.choose("request")
    press(page.list, Qt.Key.Key_Space)
    asked = form(page)
    asked.text.setPlainText("Στάλθηκε")
    asked.save()
    assert (one_request(desk).state, one_request(desk).answer) == (
        RequestState.ANSWERED,
        "Στάλθηκε",
    )
    desk.undo()
    page.load()
    page.do("cancel")
    assert one_request(desk).state is RequestState.CANCELLED
    page.chips.choose("closed")
    press(page.list, Qt.Key.Key_Delete)
    assert desk.query(requests, today=TODAY, open_only=False) == []
    desk.undo()
    assert one_request(desk).state is RequestState.CANCELLED


def test_a_department_is_asked_by_a_new_name_and_its_mail_is_written(
    page: CasesPage, desk: Desk, tmp_path: Path, people: People
) -> None:
    page.chips.choose("request")
    page.new_case()
    asked = form(page)
    assert asked.department.itemText(0) == "Λογιστήριο"
    assert asked.department.count() == 5, "the one there is, and the four usual ones"
    asked.department.setEditText("Αποθήκη")
    type_text(asked.what, "Έλεγχος αποθέματος στο κεντρικό, και φωτογραφίες από τις δύο παρτίδες")
    asked.client.take(people.myloi, "Μύλοι Θερμαϊκού Α.Ε.")
    asked.save()
    entry = page.list.current_entry()
    assert entry is not None
    assert entry.record.department == "Αποθήκη"
    page.do("department")
    asked = form(page)
    type_text(asked.fields["email"], "apothiki@aigaion.example")
    asked.save()
    entry = page.list.current_entry()
    assert entry is not None
    draft = request_draft(entry.record, officer="Μαρία", due="", client="Μύλοι")
    page.deeds._draft = draft
    page.deeds.write_mail(str(tmp_path / "mail.eml"))
    mail = message_from_bytes((tmp_path / "mail.eml").read_bytes())
    assert str(make_header(decode_header(mail["Subject"]))) == entry.title
    assert (mail["To"], mail["X-Unsent"]) == ("apothiki@aigaion.example", "1")
    body = mail.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert "Client: Μύλοι" in body.decode()


def test_the_page_is_filtered_printed_and_opened_at_a_case(page: CasesPage, desk: Desk) -> None:
    page.filter_focus()
    type_text(page.filter, "τιμοκαταλογος")
    assert len(page.list.entries.entries()) == 1
    type_text(page.filter, " ζζζ")
    assert page.card_of_list.states.currentWidget() is page.card_of_list.states.hidden
    page.open_target(Target("cases", "request", one_request(desk).id))
    assert page.chips.key == "request"
    for chip, words in (("request", "Λογιστήριο"), ("disruption", "☐"), ("dispute", "Price")):
        page.chips.choose(chip)
        document = page.print_document()
        assert document is not None
        assert words in document.toPlainText()
    page.set_read_only(True)
    assert not page.detail.deeds["tell"].isEnabled()
    page.set_read_only(False)
    assert page.detail.deeds["tell"].isEnabled()
    page.list.menu_wanted.emit(page.rect().center())
    menu = page.findChild(QMenu)
    assert menu is not None
    assert {action.text() for action in menu.actions()} >= {
        "Told…",
        "Close…",
        "Edit…",
        "Open the client",
        "Move to the trash",
    }


def test_the_page_is_named_and_nothing_of_it_is_cut(page: CasesPage, context: Context) -> None:
    for language in ("el", "en"):
        context.languages.speak(language)
        for chip in ("dispute", "disruption", "request"):
            page.chips.choose(chip)
            QApplication.processEvents()
            assert_accessible(page)
            assert_no_overlap_or_cut(page)
