"""The doors of open items, bank files and e-invoices; ``doors`` holds them with all the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.services.accounts import add_account
from acctdesk.services.bank_in import BankPayment, ConfirmedPayment, take_payments
from acctdesk.services.client_facts import get_client
from acctdesk.services.open_items import (
    ClientItems,
    CreditItem,
    InvoiceItem,
    ReceiptItem,
    client_items,
    clients_to_apply,
)
from acctdesk.ui.dialogs.account_form import AccountForm
from acctdesk.ui.dialogs.bank_in import BankInDialog
from acctdesk.ui.dialogs.invoices_in import InvoicesInDialog
from acctdesk.ui.dialogs.open_items import OpenItemsDialog
from acctdesk.ui.dialogs.open_items_forms import (
    ApplyForm,
    CreditForm,
    InstalmentsForm,
    WriteOffForm,
)
from acctdesk.ui.dialogs.record_form import RecordForm
from acctdesk.ui.dialogs.same_payments import SamePaymentsDialog
from acctdesk.ui.pages.clients.page import ClientsPage
from acctdesk.ui.pages.imports import ImportPage

if TYPE_CHECKING:
    from acctdesk.ui.doors import Tour

_DAY = dt.date(2026, 1, 15)
_IBANS = ("GR1601101250000000012300695", "DE89370400440532013000")
_CREDIT = CreditItem(0, "ΠΙΣ-000017", _DAY, "EUR", 12_400, 12_400, None)
_BANK = """:20:KINISI
:25:GR1601101250000000012300695
:28C:1/1
:60F:C{day}EUR1000,00
:61:{day}C{amount}NTRF{number}//B1
:86:166?00IN?20SVWZ+{number}?31DE89370400440532013000?32{payer}
:61:{day}C250,00NTRFNONREF//B2
:86:166?00IN?20SVWZ+payment of march?32SOMEBODY ELSE LTD
:61:{there}C{held}NTRFNONREF//B3
:86:166?00IN?20SVWZ+thank you?32{name}
:61:{day}D30,00NCHGNONREF//B4
:86:charges
:62F:C{day}EUR{closing}
-
"""
_INVOICE = """<invoice><mark>40000{which}</mark>
<issuer><vatNumber>094259216</vatNumber></issuer>
<counterpart><vatNumber>{vat_id}</vatNumber><name>{name}</name></counterpart>
<invoiceHeader><series>ΤΙΜ</series><aa>90{which}</aa><issueDate>{day}</issueDate>
<invoiceType>{kind}</invoiceType><currency>EUR</currency></invoiceHeader>
<invoiceSummary><totalNetValue>1000.00</totalNetValue><totalVatAmount>240.00</totalVatAmount>
<totalGrossValue>1240.00</totalGrossValue></invoiceSummary></invoice>"""


def _client(tour: Tour) -> tuple[int, str]:
    """Return a client with something to apply, else the one at hand."""
    page, context = tour.page(ClientsPage), tour.session.context
    found = context.desk.query(clients_to_apply, as_of=context.today())
    client_id = found[0][0] if found else page.record.client_id
    assert client_id is not None
    return client_id, context.desk.query(
        get_client, client_id=client_id, today=context.today()
    ).name


def _items(tour: Tour) -> ClientItems:
    context = tour.session.context
    client_id, _name = _client(tour)
    found = context.desk.query(client_items, client_id=client_id, as_of=context.today())
    assert found is not None
    return found


def _open_items(tour: Tour) -> Iterator[QWidget]:
    client = _client(tour)
    dialog = OpenItemsDialog(tour.session.context, tour.window, client=client)
    dialog.open()
    yield dialog
    dialog.close()


def _form(make: Callable[[Tour, ClientItems], RecordForm], tour: Tour) -> Iterator[QWidget]:
    form = make(tour, _items(tour))
    form.open()
    yield form
    form.close()


def _invoice(items: ClientItems) -> InvoiceItem:
    none = InvoiceItem(0, "ΤΙΜ-000123", _DAY, _DAY, "EUR", 124_000, 124_000)
    return next(iter(items.invoices), none)


def _receipt(items: ClientItems) -> ReceiptItem:
    return next((one for one in items.receipts if one.free_minor), items.receipts[0])


def _apply(tour: Tour, items: ClientItems) -> RecordForm:
    return ApplyForm(
        tour.session.context, tour.window, receipt=_receipt(items), invoices=items.invoices
    )


def _credit(tour: Tour, items: ClientItems) -> RecordForm:
    return CreditForm(tour.session.context, tour.window, credit=_CREDIT, invoices=items.invoices)


def _write_off(tour: Tour, items: ClientItems) -> RecordForm:
    return WriteOffForm(tour.session.context, tour.window, invoice=_invoice(items))


def _instalments(tour: Tour, items: ClientItems) -> RecordForm:
    form = InstalmentsForm(tour.session.context, tour.window, invoice=_invoice(items))
    form.count.setText("3")
    form.fill()
    return form


def _swift(amount_minor: int) -> str:
    return f"{amount_minor // 100},{amount_minor % 100:02d}"


def _bank_in(row: int, tour: Tour) -> Iterator[QWidget]:
    items, (_id, name) = _items(tour), _client(tour)
    invoice, held = _invoice(items), _receipt(items)
    day = tour.session.context.today()
    file = tour.folder / "kinisi.sta"
    file.write_text(
        _BANK.format(
            day=f"{day:%y%m%d}",
            amount=_swift(invoice.open_minor),
            number=invoice.number,
            payer="A PAYER OF THE DEMO",
            there=f"{held.received_on:%y%m%d}",
            held=_swift(held.amount_minor),
            name=name,
            closing=_swift(122_000 + invoice.open_minor + held.amount_minor),
        ),
        encoding="utf-8",
    )
    take = partial(tour.window.incoming.money.take_statements, [file])
    dialog = tour.shown(BankInDialog, take)
    dialog.table.selectRow(row)
    yield dialog
    dialog.close()


def _accounts(tour: Tour) -> Iterator[QWidget]:
    """Look at a client with two accounts: one that a payment told of, one that was typed."""
    context, (client_id, name) = tour.session.context, _client(tour)
    page = tour.page(ClientsPage)
    page.list.show_client(client_id)
    told = BankPayment("account", context.today(), 100, "EUR", name=name, iban=_IBANS[0])
    for step, command, args in (
        (
            msg("Step", "Payments of the bank taken in"),
            take_payments,
            {"confirmed": [ConfirmedPayment(told, client_id)]},
        ),
        (
            msg("Step", "New bank account"),
            add_account,
            {"client_id": client_id, "iban": _IBANS[1]},
        ),
    ):
        context.runner.submit(step, command, **args)
    tour.settle()
    page.record.show_part(1)
    rail = page.record.rail
    rail.accounts.lines[0].setFocus(Qt.FocusReason.TabFocusReason)
    rail.area.ensureWidgetVisible(rail.accounts)
    yield tour.window
    page.list.focus_list()
    page.record.show_part(0)
    context.runner.undo()
    context.runner.undo()


def _account(tour: Tour) -> Iterator[QWidget]:
    page = tour.page(ClientsPage)
    form = tour.shown(AccountForm, page.record.rail.accounts.add.click)
    yield form
    form.close()


def _invoices_in(tour: Tour) -> Iterator[QWidget]:
    context = tour.session.context
    client_id, _name = _client(tour)
    card = context.desk.query(get_client, client_id=client_id, today=context.today())
    day = context.today().isoformat()
    told = (
        ("1", "1.1", card.vat_id or "", ""),
        ("2", "1.1", "094019245", "Ελαιώνες Νότου ΑΕ"),
        ("4", "1.1", "094019245", "Ελαιώνες Νότου ΑΕ"),
        ("5", "1.1", "094019246", "Αμπελώνες Βορρά ΟΕ"),
        ("3", "9.3", "", ""),
    )
    invoices = "".join(
        _INVOICE.format(which=which, kind=kind, vat_id=vat_id, name=name, day=day)
        for which, kind, vat_id, name in told
    )
    file = tour.folder / "mydata.xml"
    space = "http://www.aade.gr/myDATA/invoice/v1.0"
    file.write_text(f'<InvoicesDoc xmlns="{space}">{invoices}</InvoicesDoc>', encoding="utf-8")
    dialog = tour.shown(InvoicesInDialog, partial(tour.window.incoming.money.take_invoices, [file]))
    yield dialog
    dialog.close()


def _same(tour: Tour) -> ImportPage:
    """Bring a file of receipts of which the bank has brought some; taken in, they stay so."""
    context, (client_id, name) = tour.session.context, _client(tour)
    day = context.today()
    amounts = (74_400, 31_250, 31_250)
    payments = [
        ConfirmedPayment(
            BankPayment(f"door {place}", day - dt.timedelta(place), amount, "EUR", name=name),
            client_id,
        )
        for place, amount in enumerate(amounts)
    ]
    context.desk.perform(
        msg("Step", "Payments of the bank taken in"), take_payments, confirmed=payments
    )
    code = context.desk.query(get_client, client_id=client_id, today=day).code
    rows = [
        f"ΑΠ-{90 + place};{day:%d/%m/%Y};{code};{_swift(amount)}"
        for place, amount in enumerate((74_400, 31_250, 9_900))
    ]
    file = tour.folder / "εισπράξεις.csv"
    file.write_text("\n".join(["Αρ. είσπραξης;Ημερομηνία;Κωδ. πελάτη;Ποσό", *rows]), "utf-8")
    page = tour.page(ImportPage)
    page.take_files([file])
    tour.settle()
    return page


def _over(tour: Tour, page: ImportPage) -> None:
    page.cancel()
    tour.session.context.runner.undo()
    tour.settle()


def _import_same(part: int, tour: Tour) -> Iterator[QWidget]:
    page = _same(tour)
    page.work.tabs.setCurrentIndex(part)
    yield tour.window
    _over(tour, page)


def _same_payments(tour: Tour) -> Iterator[QWidget]:
    page = _same(tour)
    dialog = tour.shown(SamePaymentsDialog, page.ask_same)
    yield dialog
    dialog.close()
    _over(tour, page)


MONEY_DOORS: Mapping[str, Callable[[Tour], Iterator[QWidget]]] = {
    "open-items": _open_items,
    "open-items-apply": partial(_form, _apply),
    "open-items-credit": partial(_form, _credit),
    "open-items-write-off": partial(_form, _write_off),
    "open-items-instalments": partial(_form, _instalments),
    "bank-in": partial(_bank_in, 0),
    "bank-in-same": partial(_bank_in, 2),
    "import-same": partial(_import_same, 1),
    "same-payments": _same_payments,
    "invoices-in": _invoices_in,
    "clients-accounts": _accounts,
    "account": _account,
}
