"""Files of a bank and e-invoices are shown before they count; open items are settled by key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.models import Client, ClientAccount, Document, Receipt
from acctdesk.services.allocation import Part, allocate
from acctdesk.services.bank_in import BankPayment, ConfirmedPayment, take_payments
from acctdesk.services.desk import Desk
from acctdesk.services.open_items import ClientItems, client_items
from acctdesk.ui.context import Context, Target
from acctdesk.ui.dialogs.bank_in import BankInDialog
from acctdesk.ui.dialogs.invoices_in import InvoicesInDialog
from acctdesk.ui.dialogs.open_items import OpenItemsDialog
from acctdesk.ui.dialogs.open_items_forms import (
    ApplyForm,
    CreditForm,
    InstalmentsForm,
    WriteOffForm,
)
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.clients.page import ClientsPage
from acctdesk.ui.pages.imports import ImportPage
from acctdesk.ui.pages.receivables import ReceivablesPage
from tests.exchange.money_samples import CAMT, mydata, mydata_invoice
from tests.ui.world import STEP, TODAY, People, fill_small, make_context, press

D = TypeVar("D", bound=QDialog)
SPRING = dt.date(2026, 3, 2)


def add_invoices(session: Session, *, client_id: int) -> None:
    for number, kind, gross in (
        ("ΤΙΜ-7", "invoice", 100_050), ("ΤΙΜ-8", "invoice", 24_000), ("ΠΙΣ-1", "credit_note", -4_000),
    ):  # fmt: skip
        session.add(
            Document(
                type=kind, number=number, issued_on=SPRING, client_id=client_id, net_minor=gross,
                gross_minor=gross,
            )
        )  # fmt: skip


@pytest.fixture
def people(desk: Desk) -> People:
    """Fill the book; Παπαδόπουλος owes two invoices and has a credit note on account."""
    found = fill_small(desk)
    desk.perform(STEP, add_invoices, client_id=found.papadopoulos)
    return found


@pytest.fixture
def context(qapp: QApplication, desk: Desk, tmp_path: Path, people: People) -> Iterator[Context]:
    """Give a context over the small book."""
    owner = QObject()
    yield make_context(qapp, desk, tmp_path, parent=owner)
    owner.deleteLater()


@pytest.fixture
def window(
    context: Context, people: People, qapp: QApplication, qtbot: QtBot
) -> Iterator[MainWindow]:
    """Give the window with Παπαδόπουλος chosen."""
    made = MainWindow(context, [ClientsPage.spec, ReceivablesPage.spec, ImportPage.spec])
    made.resize(1440, 900)
    made.start()
    made.show()
    page = made.page
    assert isinstance(page, ClientsPage)
    qtbot.waitUntil(lambda: page.list.current_row() is not None)
    page.list.show_client(people.papadopoulos)
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()
    qapp.processEvents()


def shown(window: MainWindow, kind: type[D]) -> D:
    return next(one for one in window.findChildren(kind) if one.isVisible())


def items(desk: Desk, client_id: int) -> ClientItems:
    found = desk.query(client_items, client_id=client_id, as_of=TODAY)
    assert found is not None
    return found


def texts(dialog: BankInDialog | InvoicesInDialog | OpenItemsDialog) -> list[list[str]]:
    model = dialog.table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def take_file(window: MainWindow, folder: Path, name: str, content: str) -> None:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    window.incoming.go(Target("import", files=(str(file),)))


def test_a_bank_file_is_confirmed_before_it_counts(
    window: MainWindow, desk: Desk, people: People, tmp_path: Path, context: Context
) -> None:
    """What names an invoice is ticked; for a stranger the client is chosen; one undo for all."""
    before = items(desk, people.papadopoulos)
    take_file(window, tmp_path, "kinisi.xml", CAMT)
    dialog = shown(window, BankInDialog)
    assert [row[2:] for row in texts(dialog)] == [
        ["Ελαιώνες Νότου ΑΕ", "Παπαδόπουλος Α.Ε.", "ΤΙΜ-7"],
        ["Άλλος", "", ""],
    ]
    assert "Known by the invoice it names. The payment names ΤΙΜ-7." in dialog.why.text()
    assert dialog.keep.text() == "Take in 1"
    press(dialog.table, Qt.Key.Key_Down)
    press(dialog.table, Qt.Key.Key_Space)
    assert not dialog.choices[1].take  # nobody to take it for yet
    dialog.client.take(people.papadopoulos, "Παπαδόπουλος Α.Ε.")
    assert texts(dialog)[1][3:] == ["Παπαδόπουλος Α.Ε.", "ΤΙΜ-8"]
    dialog.keep.click()
    assert not dialog.isVisible()
    found = items(desk, people.papadopoulos)
    assert (found.invoices, [one.free_minor for one in found.receipts]) == ((), [])
    accounts = desk.query(lambda s: s.scalars(select(ClientAccount.iban)).all())
    assert accounts == ["DE89370400440532013000"]
    assert str(context.messages.log[-1].text) == "2 receipts were made."
    take_file(window, tmp_path, "kinisi.xml", CAMT)
    assert str(context.messages.log[-1].text).startswith("No new payment came in by this file")
    action = next(one.action for one in reversed(context.messages.log) if one.action is not None)
    action.run()
    assert items(desk, people.papadopoulos) == before


def test_how_much_of_an_invoice_a_payment_pays_can_be_changed(
    window: MainWindow, desk: Desk, people: People, tmp_path: Path
) -> None:
    """Too much is refused as a whole, and the dialog stays."""
    take_file(window, tmp_path, "kinisi.xml", CAMT)
    dialog = shown(window, BankInDialog)
    first, second = dialog.lines.lines
    first.tick.setChecked(False)
    second.tick.setChecked(True)
    assert texts(dialog)[0][4] == "ΤΙΜ-8"
    second.amount.setText("999")
    second.amount.textEdited.emit("999")
    dialog.keep.click()
    assert "Of ΤΙΜ-8 only €240.00 is open" in dialog.trouble.text()
    assert dialog.isVisible()
    second.amount.setText("100")
    second.amount.textEdited.emit("100")
    dialog.keep.click()
    found = items(desk, people.papadopoulos)
    assert [one.open_minor for one in found.invoices] == [100_050, 14_000]
    assert [one.free_minor for one in found.receipts] == [90_050]


def test_a_spoilt_bank_file_is_one_sentence(
    window: MainWindow, tmp_path: Path, context: Context
) -> None:
    take_file(window, tmp_path, "kinisi.xml", CAMT[:900])
    assert str(context.messages.log[-1].text) == (
        "kinisi.xml was not read: the file is damaged or cut off. Nothing was changed."
    )


def test_e_invoices_are_shown_before_they_count(
    window: MainWindow, desk: Desk, people: People, tmp_path: Path, context: Context
) -> None:
    """The client is who carries the buyer's VAT number; what is nobody's is said."""
    ours = mydata_invoice(mark="400009", aa="9", buyer="094014201")
    take_file(window, tmp_path, "mydata.xml", mydata(ours, mydata_invoice(aa="10", mark="1")))
    dialog = shown(window, InvoicesInDialog)
    assert [(row[0], row[2], row[4][:8]) for row in texts(dialog)] == [
        ("Invoice ΤΙΜ-9", "Παπαδόπουλος Α.Ε.", "new"),
        ("Invoice ΤΙΜ-10", "Ελαιώνες Νότου ΑΕ", "left out"),
    ]
    dialog.accept()
    assert str(context.messages.log[-1].text) == "1 document was taken in."
    made = desk.query(lambda s: s.scalar(select(Document).where(Document.number == "ΤΙΜ-9")))
    assert made is not None
    assert (made.client_id, made.mark, made.gross_minor) == (people.papadopoulos, "400009", 12_400)


def test_unknown_buyers_are_made_clients_where_ticked(
    window: MainWindow, desk: Desk, tmp_path: Path, context: Context
) -> None:
    """The number that fails its check is not ticked; clients and documents are one step."""
    good = [mydata_invoice(mark=mark, aa=mark, buyer="090000045") for mark in ("1", "2")]
    wrong = mydata_invoice(mark="3", aa="3", buyer="090000046").replace("Ελαιώνες", "Αμπελώνες")
    file = mydata(*good, wrong).replace(
        "<issuer><vatNumber>094014201", "<issuer><vatNumber>094259216"
    )
    take_file(window, tmp_path, "mydata.xml", file)
    dialog = shown(window, InvoicesInDialog)
    assert dialog.buyers is not None
    model = dialog.buyers.model()
    rows = [[model.index(row, at).data() for at in range(5)] for row in range(2)]
    assert rows == [
        ["Αμπελώνες Νότου ΑΕ", "090000046", "1", "€124.00",
         "The check digit of the VAT number is wrong."],
        ["Ελαιώνες Νότου ΑΕ", "090000045", "2", "€248.00", ""],
    ]  # fmt: skip
    assert dialog.make == ("090000045",)
    assert [row[4] for row in texts(dialog)][:2] == ["new, with its client"] * 2
    dialog.buyers.selectRow(0)
    press(dialog.buyers, Qt.Key.Key_Space)
    assert dialog.keep.text() == "Take in 3"
    press(dialog.buyers, Qt.Key.Key_Space)
    before = people_known(desk)
    dialog.keep.click()
    assert str(context.messages.log[-1].text) == "1 client was made, and 2 documents were taken in."
    assert people_known(desk) == {*before, "Ελαιώνες Νότου ΑΕ"}
    window.context.runner.undo()
    assert people_known(desk) == before


def people_known(desk: Desk) -> set[str]:
    query = select(Client.name).where(Client.deleted_at.is_(None))
    return desk.query(lambda session: set(session.scalars(query)))


# -- open items ------------------------------------------------------------------------------------


def open_items(window: MainWindow) -> OpenItemsDialog:
    window.context.actions["record.open_items"].trigger()
    return shown(window, OpenItemsDialog)


def paid(desk: Desk, client_id: int, amount: int, text: str = "") -> None:
    payment = BankPayment(f"{amount}{text}", SPRING, amount, "EUR", texts=(text,) if text else ())
    desk.perform(STEP, take_payments, confirmed=[ConfirmedPayment(payment, client_id)])


def choose(dialog: OpenItemsDialog, what: str, number: str = "") -> None:
    dialog.table.selectRow(
        next(
            at
            for at, row in enumerate(texts(dialog))
            if row[1] == what and (not number or row[2] == number)
        )
    )


def test_proposals_are_taken_by_key_and_taken_off_again(
    window: MainWindow, desk: Desk, people: People
) -> None:
    """Enter takes the proposal at hand, the button all of them; each is one step."""
    paid(desk, people.papadopoulos, 50_000, "τιμ 8")
    dialog = open_items(window)
    choose(dialog, "Receipt")
    assert dialog.says.text().startswith("Proposed: ΤΙΜ-8. The payment names ΤΙΜ-8.")
    press(dialog.table, Qt.Key.Key_Return)
    assert [row[2] for row in texts(dialog) if row[1] == "– pays"] == ["ΤΙΜ-8"]
    assert dialog.accept_all.text() == "Accept the proposal"
    assert "The oldest first" in next(row[5] for row in texts(dialog) if row[1] == "Receipt")
    dialog.accept_all.click()
    found = items(desk, people.papadopoulos)
    assert [(one.number, one.open_minor) for one in found.invoices] == [("ΤΙΜ-7", 74_050)]
    choose(dialog, "– pays", "ΤΙΜ-7")
    assert dialog.off.isEnabled()
    assert not dialog.write.isEnabled()
    dialog.off.click()
    found = items(desk, people.papadopoulos)
    assert [one.free_minor for one in found.receipts] == [26_000]
    window.context.runner.undo()
    window.context.runner.undo()
    window.context.runner.undo()
    assert [row[4] for row in texts(dialog) if row[1] == "Receipt"] == ["-€500.00"]


def test_a_receipt_is_applied_by_hand(window: MainWindow, desk: Desk, people: People) -> None:
    paid(desk, people.papadopoulos, 50_000)
    dialog = open_items(window)
    choose(dialog, "Receipt")
    dialog.apply.click()
    form = shown(window, ApplyForm)
    for line in form.lines.lines:
        line.tick.setChecked(line.what.number == "ΤΙΜ-8")
    form.save()
    found = items(desk, people.papadopoulos)
    assert [one.number for one in found.invoices] == ["ΤΙΜ-7"]
    assert [one.free_minor for one in found.receipts] == [26_000]


def test_a_credit_note_a_write_off_and_instalments(
    window: MainWindow, desk: Desk, people: People
) -> None:
    dialog = open_items(window)
    assert "Open €1,240.50, less not applied €40.00, is owed €1,200.50" in dialog.sums.text()
    choose(dialog, "Credit note")
    dialog.apply.click()
    credit = shown(window, CreditForm)
    credit.invoice.setCurrentIndex(1)
    credit.save()
    choose(dialog, "Credit note")
    assert dialog.says.text() == "lowers ΤΙΜ-8"
    choose(dialog, "Invoice", "ΤΙΜ-8")
    dialog.write.click()
    off = shown(window, WriteOffForm)
    off.save()
    assert off.trouble.text() == "Say why it is written off."
    off.reason.setText("Πτώχευση")
    off.save()
    assert [one.number for one in items(desk, people.papadopoulos).invoices] == ["ΤΙΜ-7"]
    choose(dialog, "Invoice", "ΤΙΜ-7")
    dialog.parts.click()
    parts = shown(window, InstalmentsForm)
    parts.count.setText("3")
    parts.divide.click()
    assert parts.sum.text() == "Together €1,000.50 of €1,000.50"
    parts.lines[0][1].setText("1")
    parts.save()
    assert "The instalments add up to" in parts.trouble.text()
    parts.divide.click()
    parts.save()
    (invoice,) = items(desk, people.papadopoulos).invoices
    assert [one.due_on for one in invoice.instalments] == [
        SPRING, dt.date(2026, 4, 2), dt.date(2026, 5, 2),
    ]  # fmt: skip


def test_the_receivables_page_opens_the_items_of_its_client(
    window: MainWindow, people: People, qapp: QApplication
) -> None:
    window.show_page("receivables")
    page = window.page
    assert isinstance(page, ReceivablesPage)
    page.open_target(Target("receivables", client_id=people.papadopoulos))
    qapp.processEvents()
    dialog = open_items(window)
    assert dialog.name.text() == "Παπαδόπουλος Α.Ε."


def test_receipts_of_the_bank_pay_as_others_do(desk: Desk, people: People) -> None:
    """What one pays by hand stands when nothing else names it."""
    paid(desk, people.papadopoulos, 24_000)
    receipt = desk.query(lambda s: s.scalar(select(Receipt.id)))
    assert receipt is not None
    invoice = items(desk, people.papadopoulos).invoices[1]
    desk.perform(STEP, allocate, parts=[Part(receipt, invoice.id, 24_000)])
    assert [one.number for one in items(desk, people.papadopoulos).invoices] == ["ΤΙΜ-7"]
