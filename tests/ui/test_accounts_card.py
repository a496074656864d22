"""Bank accounts in the record of a client: typed, copied and taken off, by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acctdesk.services.accounts import accounts_of, add_account
from acctdesk.services.bank_in import BankPayment, ConfirmedPayment, take_payments
from acctdesk.services.desk import Desk
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.account_form import AccountForm
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.clients.accounts_card import AccountsCard
from acctdesk.ui.pages.clients.page import ClientsPage
from acctdesk.ui.privacy import privacy
from tests.ui.world import STEP, TODAY, People, fill_small, make_context, press, type_text

GREEK, GERMAN = "GR1601101250000000012300695", "DE89370400440532013000"
SHOWN = "DE89 3704 0044 0532 0130 00"


@pytest.fixture
def people(desk: Desk) -> People:
    """Fill the book; one payment has taught an account, of the second client one was typed."""
    made = fill_small(desk)
    told = BankPayment("first", TODAY, 100, "EUR", name="X HOLDING", iban=GERMAN)
    desk.perform(STEP, take_payments, confirmed=[ConfirmedPayment(told, made.papadopoulos)])
    desk.perform(STEP, add_account, client_id=made.myloi, iban=GREEK)
    return made


@pytest.fixture
def context(qapp: QApplication, desk: Desk, tmp_path: Path, people: People) -> Iterator[Context]:
    """Give a context over the book."""
    owner = QObject()
    made = make_context(qapp, desk, tmp_path, parent=owner)
    yield made
    made.languages.speak("en")
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
    page.record.show_part(1)
    yield page
    window.close()
    window.deleteLater()
    qapp.processEvents()


def card(page: ClientsPage) -> AccountsCard:
    return page.record.rail.accounts


def form(page: ClientsPage) -> AccountForm:
    return next(one for one in page.window().findChildren(AccountForm) if one.isVisible())


def ibans(desk: Desk, client_id: int) -> list[str]:
    return [one.iban for one in desk.query(accounts_of, client_id=client_id)]


def test_the_accounts_of_the_client_are_shown(page: ClientsPage, people: People) -> None:
    (line,) = card(page).lines
    name = line.accessibleName()
    assert name.startswith(f"{SHOWN}, since ")
    assert name.endswith(", X HOLDING")
    page.list.show_client(people.xenodocheia)
    assert (card(page).lines, card(page).findChildren(type(line))[0].isHidden()) == ([], True)
    page.list.show_client(people.myloi)
    (line,) = card(page).lines
    assert "X HOLDING" not in line.accessibleName()


def test_an_account_is_typed_and_a_wrong_one_is_refused(
    page: ClientsPage, desk: Desk, people: People
) -> None:
    press(card(page).add, Qt.Key.Key_Space)
    asked = form(page)
    for typed, why in (
        ("", "Write the IBAN"),
        ("GR16 0110 1250 0000 0001 2300 696", "not valid"),
        (SHOWN.lower(), "this client's already"),
        (GREEK, "another client already (Μύλοι Θερμαϊκού Α.Ε.)"),
    ):
        asked.iban.clear()
        type_text(asked.iban, typed)
        press(asked.iban, Qt.Key.Key_Return)
        assert why in asked.trouble.text()
        assert asked.isVisible()
    page.list.show_client(people.papadopoulos)
    asked.iban.setText("GB82 WEST 1234 5698 7654 32")
    asked.save()
    assert ibans(desk, people.papadopoulos) == [GERMAN, "GB82WEST12345698765432"]
    assert [one.account.iban for one in card(page).lines] == ibans(desk, people.papadopoulos)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_C])
def test_an_account_is_copied(page: ClientsPage, key: Qt.Key) -> None:
    (line,) = card(page).lines
    QGuiApplication.clipboard().clear()
    line.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    press(line, key, control if key == Qt.Key.Key_C else Qt.KeyboardModifier.NoModifier)
    assert QGuiApplication.clipboard().text() == SHOWN
    QGuiApplication.clipboard().clear()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert QGuiApplication.clipboard().text() == SHOWN


@pytest.mark.parametrize("by", ["keyboard", "mouse"])
def test_an_account_is_taken_off_and_brought_back(
    page: ClientsPage, desk: Desk, context: Context, people: People, by: str
) -> None:
    desk.perform(STEP, add_account, client_id=people.papadopoulos, iban="GB82WEST12345698765432")
    page.record.rail.load()
    QApplication.processEvents()
    first = card(page).lines[0]
    first.setFocus()
    assert first.hasFocus()
    if by == "keyboard":
        press(first, Qt.Key.Key_Delete)
    else:
        corner = first.rect().bottomRight() - QPoint(10, 10)
        QTest.mouseClick(first, Qt.MouseButton.LeftButton, pos=corner)
    assert ibans(desk, people.papadopoulos) == ["GB82WEST12345698765432"]
    (line,) = card(page).lines
    QApplication.processEvents()
    assert line.hasFocus()
    press(line, Qt.Key.Key_Delete)
    assert card(page).lines == []
    assert card(page).add.hasFocus()
    for toast in list(context.messages.log)[-2:]:
        assert str(toast.text).startswith("The account was taken off")
        assert toast.action is not None
        toast.action.run()
    assert ibans(desk, people.papadopoulos) == [GERMAN, "GB82WEST12345698765432"]
    assert len(card(page).lines) == 2


def test_language_and_privacy_change_what_stands_there(
    page: ClientsPage, context: Context, people: People
) -> None:
    context.languages.speak("el")
    (line,) = card(page).lines
    assert ", από τις " in line.accessibleName()
    privacy().set_on(True)
    try:
        assert "HOLDING" not in card(page).lines[0].accessibleName()
        assert SHOWN in card(page).lines[0].accessibleName()
    finally:
        privacy().set_on(False)
