"""A payment that bank and company's program both tell is proposed as one, and the officer decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.models import Client, Document, Receipt
from acctdesk.services.bank_in import (
    BankPayment,
    ConfirmedPayment,
    PaymentRow,
    compare_payments,
    take_payments,
)
from acctdesk.services.desk import Desk
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.bank_in import BankInDialog
from acctdesk.ui.dialogs.same_payments import SamePaymentsDialog
from acctdesk.ui.pages.imports import ImportPage
from acctdesk.ui.pages.imports.files import FileState
from tests.ui.world import STEP, here, make_context, press

DAY = dt.date(2026, 3, 10)


def fill(session: Session) -> None:
    session.add(Client(code="30.01", name="Νότος ΑΕ"))
    session.add(Client(code="30.02", name="Βορράς ΑΕ"))
    session.flush()
    session.add(
        Document(
            type="invoice", number="ΤΙΜ-1", issued_on=DAY, client_id=1, net_minor=5_000,
            gross_minor=5_000,
        )
    )  # fmt: skip


def told(key: str, after: int = 0, name: str = "Νότος ΑΕ") -> BankPayment:
    return BankPayment(key, DAY + dt.timedelta(days=after), 5_000, "EUR", name=name)


def typed(session: Session, *, number: str) -> None:
    session.add(
        Receipt(
            number=number, client_id=1, client_ref_code="30.01", received_on=DAY,
            amount_minor=5_000,
        )
    )  # fmt: skip


@pytest.fixture
def context(qapp: QApplication, desk: Desk, tmp_path: Path) -> Iterator[Context]:
    """Give a context over a book with two clients and an invoice."""
    desk.perform(STEP, fill)
    owner = QObject()
    yield make_context(qapp, desk, tmp_path, parent=owner)
    owner.deleteLater()


# -- the bank's file after the company's


def bank_dialog(context: Context, desk: Desk, qtbot: QtBot, *payments: BankPayment) -> BankInDialog:
    rows: list[PaymentRow] = desk.query(compare_payments, payments=payments)
    made = BankInDialog(context, rows, None, None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.show()
    return made


def pays(dialog: BankInDialog, row: int = 0) -> str:
    return str(dialog.table.model().index(row, 4).data())


def confirmed(dialog: BankInDialog) -> list[ConfirmedPayment]:
    found: list[ConfirmedPayment] = []
    dialog.confirmed.connect(found.extend)
    dialog.keep.click()
    return found


def test_a_payment_is_the_receipt_that_it_can_only_be(
    context: Context, desk: Desk, qtbot: QtBot
) -> None:
    """Unticked it becomes a receipt of its own and pays what is proposed."""
    desk.perform(STEP, typed, number="ΑΠ-1")
    dialog = bank_dialog(context, desk, qtbot, told("b1", 2))
    assert dialog.same.isVisible()
    assert dialog.same.isChecked()
    assert not dialog.lines.isVisible()
    assert (pays(dialog), dialog.keep.text()) == ("is receipt ΑΠ-1", "Take in 1")
    assert [(one.same, one.parts) for one in confirmed(dialog)] == [(1, ())]
    dialog.same.setChecked(False)
    assert pays(dialog) == "ΤΙΜ-1"
    assert dialog.lines.isVisible()
    assert [(one.same, one.parts) for one in confirmed(dialog)] == [(None, ((1, 5_000),))]


def test_a_receipt_is_one_payment_only(context: Context, desk: Desk, qtbot: QtBot) -> None:
    desk.perform(STEP, typed, number="ΑΠ-1")
    dialog = bank_dialog(context, desk, qtbot, told("b1", 1), told("b2", 2))
    assert [one.take for one in dialog.choices] == [False, False]
    assert "several of that amount" in dialog.why.text()
    for at in (0, 1):
        dialog.table.selectRow(at)
        dialog.same.setChecked(True)
        assert [one.joins for one in dialog.choices] == [at == 0, at == 1]


def test_a_client_chosen_by_hand_is_asked_the_same(
    context: Context, desk: Desk, qtbot: QtBot
) -> None:
    desk.perform(STEP, typed, number="ΑΠ-1")
    dialog = bank_dialog(context, desk, qtbot, told("b1", name="Nobody Ltd"))
    assert not dialog.same.isVisible()
    dialog.client.take(1, "Νότος ΑΕ")
    assert pays(dialog) == "is receipt ΑΠ-1"
    dialog.client.take(2, "Βορράς ΑΕ")
    assert not dialog.same.isVisible()
    assert pays(dialog) == "stays not applied"


def test_two_clients_chosen_by_hand_are_not_both_one_receipt(
    context: Context, desk: Desk, qtbot: QtBot
) -> None:
    """One of the two was in doubt, the other is the receipt for sure: it is the same receipt."""
    desk.perform(STEP, typed, number="ΑΠ-1")
    dialog = bank_dialog(
        context, desk, qtbot, told("b1", 1), told("b2", 2), told("b3", 3, name="Nobody Ltd")
    )
    dialog.same.setChecked(True)
    dialog.table.selectRow(2)
    dialog.client.take(1, "Νότος ΑΕ")
    assert [one.joins for one in dialog.choices] == [True, False, False]


# -- the company's file after the bank's


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> ImportPage:
    made = here(ImportPage(context))
    qtbot.addWidget(made)
    context.bus.changed.connect(made.on_changed)
    made.resize(1280, 800)
    made.show()
    return made


def receipts(folder: Path, *numbers: str) -> Path:
    file = folder / "εισπράξεις.csv"
    rows = [f"{number};12/03/2026;30.01;50,00" for number in numbers]
    file.write_text("\n".join(["Αριθμός είσπραξης;Ημερομηνία;Κωδικός πελάτη;Ποσό", *rows]), "utf-8")
    return file


def bank(desk: Desk, *payments: BankPayment) -> None:
    desk.perform(STEP, take_payments, confirmed=[ConfirmedPayment(one, 1) for one in payments])


def numbers(desk: Desk) -> list[str | None]:
    return desk.query(lambda s: list(s.scalars(select(Receipt.number).order_by(Receipt.id))))


def shown(page: ImportPage) -> SamePaymentsDialog:
    page.work.outcome.same.click()
    return next(one for one in page.findChildren(SamePaymentsDialog) if one.isVisible())


def test_receipts_of_the_bank_are_proposed_in_the_preview(
    page: ImportPage, desk: Desk, tmp_path: Path
) -> None:
    bank(desk, told("b1"))
    page.take_files([receipts(tmp_path, "ΑΠ-1")])
    assert "1 receipt may be a payment that the bank brought" in page.work.outcome.lines.text()
    assert page.work.outcome.updated.figure.text() == "1"
    dialog = shown(page)
    press(dialog.table, Qt.Key.Key_Space)
    dialog.keep.click()
    assert page.work.outcome.new.figure.text() == "1"
    dialog = shown(page)
    press(dialog.table, Qt.Key.Key_Space)
    dialog.keep.click()
    page.commit()
    assert numbers(desk) == ["ΑΠ-1"]
    assert not page.work.outcome.same.isVisible()


def test_of_two_receipts_for_one_payment_a_tick_takes_the_other_off(
    page: ImportPage, desk: Desk, tmp_path: Path
) -> None:
    bank(desk, told("b1"))
    page.take_files([receipts(tmp_path, "ΑΠ-1", "ΑΠ-2")])
    dialog = shown(page)
    press(dialog.table, Qt.Key.Key_Space)
    dialog.table.selectRow(1)
    press(dialog.table, Qt.Key.Key_Space)
    dialog.keep.click()
    page.commit()
    assert numbers(desk) == ["ΑΠ-2", "ΑΠ-1"]


def test_a_file_with_such_receipts_is_opened_before_it_is_imported(
    page: ImportPage, desk: Desk, tmp_path: Path
) -> None:
    bank(desk, told("b1"))
    other = tmp_path / "πελάτες.csv"
    other.write_text("Κωδικός;Επωνυμία;ΑΦΜ\n30.09;Νέος ΑΕ;094014201\n", "utf-8")
    page.take_files([receipts(tmp_path, "ΑΠ-1"), other])
    file = page.batch.files[0]
    assert file.state is FileState.LOOK
    page.open_file(file)
    assert file in page.batch.ready()
