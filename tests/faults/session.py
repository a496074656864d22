"""A whole session at an encrypted book, in a process of its own: for what is traced or searched.

``python -m tests.faults.session FOLDER``: the folder gets home, book and what the officer asked for.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QLineEdit, QToolTip, QWidget

from acctdesk import bootstrap
from acctdesk.errors import UserError
from acctdesk.exchange.elsewhere import import_in_child
from acctdesk.exchange.runner import import_file
from acctdesk.i18n import msg
from acctdesk.kinds import (
    DisputeType,
    InteractionKind,
    KeyDateKind,
    Phasing,
    PromiseBy,
    Reliability,
    RiskClass,
    SatisfactionMeasure,
    TargetMeasure,
)
from acctdesk.periods import month_end
from acctdesk.reports.pack import write_pack
from acctdesk.services import keeping
from acctdesk.services.attachments import FileInput, attach
from acctdesk.services.bank_in import BankPayment, ConfirmedPayment, take_payments
from acctdesk.services.clients import create_client, update_client
from acctdesk.services.contacts import create_contact
from acctdesk.services.credit_file import save_note, save_order
from acctdesk.services.desk import Desk
from acctdesk.services.disputes import open_dispute
from acctdesk.services.disruptions import open_disruption
from acctdesk.services.interactions import PromiseInput, log_interaction
from acctdesk.services.invoices_in import InvoiceInput, store_invoices
from acctdesk.services.key_dates import add_key_date
from acctdesk.services.ladder import log_reminder
from acctdesk.services.measures import Scope
from acctdesk.services.needs import add_need
from acctdesk.services.pay_plans import TierRow, add_pay_plan
from acctdesk.services.payment_promises import promise_to_pay
from acctdesk.services.plans import Step, start_plan
from acctdesk.services.receivables import open_invoices
from acctdesk.services.requests import ask
from acctdesk.services.reviews import set_risk
from acctdesk.services.satisfaction import record_satisfaction
from acctdesk.services.series import add_series
from acctdesk.services.target_plans import change_target_plan, set_target_plan
from acctdesk.services.tasks import TaskInput
from acctdesk.services.what_if import Deal, save_what_if
from acctdesk.ui import app as program
from acctdesk.ui import shots
from acctdesk.ui.dialogs.unlock import UnlockDialog
from acctdesk.ui.doors import DOORS, Tour, opened
from acctdesk.ui.hooks import FaultBell, ignore_foreign_plugins, set_hooks
from acctdesk.ui.log import keep_log
from acctdesk.ui.messages import Trouble
from acctdesk.ui.printing import save_pdf
from acctdesk.ui.session import Session
from acctdesk.ui.settings import Settings
from tests.books import PASSWORD
from tests.faults.operations import REPORT
from tests.ui.world import type_text

STEP = msg("Test", "A change")
COUNT = 50
WORDS = [f"λέξη{letter}{number}κρυφή" for number in range(10) for letter in "αβγδε"]
ASKED_FOR = "asked-for"  # the officer's own files: what was imported, what was exported
CANARY = "canary.png"


# each text holds a word, and would make a careless label open the canary in the working folder
TEXTS = [f'{word} <img src="{CANARY}"> <b>Ο</b>' for word in WORDS]


def fill(desk: Desk, words: list[str], asked: Path) -> None:
    """Put every word somewhere: fields, notes, imported rows, a label of a step, a backup."""
    at = iter(words)
    client_id = desk.perform(
        STEP,
        create_client,
        name=f"{next(at)} Α.Ε.",
        code=next(at),
        city=next(at),
        address=next(at),
        notes=" ".join(next(at) for _ in range(5)),
        vat_id="094014201",
    ).value
    contact = desk.perform(
        STEP, create_contact, client_id=client_id, name=next(at), role=next(at)
    ).value
    talks = [
        desk.perform(
            STEP,
            log_interaction,
            client_id=client_id,
            kind=kind,
            happened_at=dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC),
            subject=next(at),
            body=f"{next(at)} {next(at)}",
            contact_id=contact,
            promises=(PromiseInput(PromiseBy.US, next(at)),),
            next_step=TaskInput(next(at), dt.date(2026, 3, 9)),
        ).value
        for kind in (InteractionKind.CALL, InteractionKind.MEETING, InteractionKind.VISIT)
    ]
    day = dt.date(2026, 3, 2)

    def do(command: Callable[..., Any], **fields: Any) -> Any:
        return desk.perform(STEP, command, **fields).value

    title, who, what, date, need, name, data, fault, again, plan, step, aim, since, paid, deal = (
        next(at) for _ in range(15)
    )
    heard, source, reason = (next(at) for _ in range(3))
    do(open_dispute, client_id=client_id, today=day, type=DisputeType.PRICE, title=title)
    began = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
    do(open_disruption, title=fault, started_at=began, client_ids=[client_id])
    do(ask, client_id=client_id, department=who, what=what, asked_on=day)
    do(add_key_date, client_id=client_id, kind=KeyDateKind.OTHER, title=date, on_date=day)
    note = {"noted_on": day, "reliability": Reliability.LOW}
    do(save_note, client_id=client_id, body=heard, source=source, **note)
    do(set_risk, client_id=client_id, risk=RiskClass.LOW, reason=reason, who=None, today=day)
    do(save_order, client_id=client_id, ordered_on=day, amount_minor=50_000)
    do(add_need, client_id=client_id, what=need, interaction_id=talks[0])
    asked_on = {"answered_on": day, "today": day, "words": heard}
    csat = {"measure": SatisfactionMeasure.CSAT, "score": 4, **asked_on}
    do(record_satisfaction, client_id=client_id, interaction_id=talks[2], **csat)
    do(record_satisfaction, client_id=client_id, **csat)
    now = dt.datetime.now(dt.UTC).date()  # the window shows this week and the next
    do(
        add_series, client_id=client_id, title=again, rule="FREQ=DAILY;COUNT=20",
        starts_on=now, today=now,
    )  # fmt: skip
    do(start_plan, client_id=client_id, title=plan, steps=[Step(step, 3)], anchor_on=now)
    invoice = InvoiceInput(
        mark="400001", number=next(at), credit=False, issued_on=day, due_on=None, buyer_name="",
        buyer_vat="094014201", seller_vat="", net_minor=10_000, gross_minor=12_400, currency="EUR",
    )  # fmt: skip
    do(store_invoices, invoices=[invoice])
    payment = BankPayment("bank", day, 5_000, "EUR", name=next(at), texts=(next(at),))
    do(take_payments, confirmed=[ConfirmedPayment(payment, client_id)])
    (owed,) = desk.query(open_invoices, as_of=day, client_id=client_id)
    do(
        promise_to_pay, client_id=client_id, due_on=day, invoices={owed.id: None}, today=day,
        notes=title,
    )  # fmt: skip
    do(
        log_reminder, client_id=client_id, number=1, name=title,
        invoices={owed.id: owed.open_minor}, sent_on=day,
    )  # fmt: skip
    month = now.replace(day=1)
    aimed = do(
        set_target_plan, name=aim, measure=TargetMeasure.VISITS, scope=Scope(client_id=client_id),
        starts_on=month, ends_on=month_end(month), amount=4, phasing=Phasing.EVEN, today=now,
    )  # fmt: skip
    do(change_target_plan, plan_id=aimed, amount=3, phasing=Phasing.EVEN, reason=since, today=now)
    do(add_pay_plan, name=paid, from_on=month, tiers=[TierRow(0, 500)], quota_minor=1_000_00)
    do(save_what_if, name=deal, deals=[Deal(deal, 1_00, now, client_id)])
    kept = FileInput(f"{name.split()[0]}.txt", "text/plain", data.encode())
    do(attach, interaction_id=talks[1], files=[kept])
    rest = list(at)
    rows = [f"{800 + number};{word};Βόλος" for number, word in enumerate(rest)]
    file = asked / "pelates.csv"
    file.write_text("\n".join(["Κωδικός;Επωνυμία;Πόλη", *rows]), encoding="utf-8")
    import_file(desk, file, today=dt.date(2026, 3, 2))
    file.write_text(f"Κωδικός;Επωνυμία\n999;{rest[0]} που έμεινε έξω\n", encoding="utf-8")
    try:
        import_in_child(desk, file, today=dt.date(2026, 3, 2), cancelled=lambda: True)
    except UserError:
        pass
    else:
        raise AssertionError("the import was not cancelled")
    file.write_text("\n".join(["Κωδικός;Επωνυμία;Πόλη", *rows]), encoding="utf-8")
    desk.undo()
    desk.redo()
    desk.perform(STEP, update_client, client_id=client_id, phone="2310999111")
    desk.backup()
    write_pack(desk, out=asked / "report.xlsx", **REPORT)


def at_the_window(desk: Desk, words: list[str], folder: Path) -> None:
    """Look at every page and dialog, search for words, and meet a fault that holds one."""
    qt = QApplication(["acctdesk"])
    home = bootstrap.home()
    keep_log(home)
    bell = FaultBell()
    set_hooks(bell)
    sys.excepthook = sys.__excepthook__  # a mistake of this script itself is to be seen
    shown = program.Program(qt, Settings(home / "settings.ini"))
    bell.rung.connect(shown.fail, Qt.ConnectionType.QueuedConnection)
    shown.show_desk(desk)
    # a traced session is slow enough to look like one that slept: locking has tests of its own
    assert shown.idle is not None
    shown.idle.away.disconnect(shown._away)
    session = shown.session
    assert session is not None
    window = session.window
    window.resize(QSize(1366, 768))
    for key in window.page_specs:
        window.show_page(key)
        shots.settle(session)
        for field in window.findChildren(QLineEdit):
            if field.isVisible():
                type_text(field, words[0])
                shots.settle(session)
                hover(window)
                field.clear()
                shots.settle(session)
        hover(window)
        page = window._pages[key]
        document = page.print_document()
        if document is not None:
            save_pdf(document, folder / f"{key}.pdf", heading=words[0])
    window.palette_overlay.open_palette(query=words[1])
    shots.settle(session)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    window.palette_overlay.close_palette()
    tour = Tour(session, folder, partial(shots.settle, session))
    for key in DOORS:
        with opened(key, tour) as behind:
            behind.grab()

    session.context.messages.say(msg("Test", "{word}", word=words[4]))
    shots.settle(session)
    session.context.messages.refuse(msg("Test", "{word}", word=words[5]))
    shots.settle(session)
    for word in words[6:8]:
        text = msg("Test", "{word}", word=word)
        session.context.messages.troubled.emit(Trouble(text, text, text, text))
        shots.settle(session)

    def fails(_session: object) -> None:
        hidden = words[2]
        raise ValueError(f"δεν βρέθηκε: {hidden}")

    session.context.runner.ask(fails, on_done=print)
    shots.settle(session)
    bell.rung.emit(KeyError(words[3]))
    QCoreApplication.processEvents()
    for dialog in qt.topLevelWidgets():
        if isinstance(dialog, QDialog):
            dialog.close()
    shots.settle(session)
    lock_and_unlock(shown, session)
    window.palette_overlay.open_palette(query=words[1])
    shots.settle(session)
    window.palette_overlay.close_palette()
    window.close()
    while shown.session is not None:
        QCoreApplication.processEvents()


def lock_and_unlock(shown: program.Program, session: Session) -> None:
    """Lock by the key of the session, with the book in full view, and unlock by typing."""
    session.window.show_page("clients")
    shots.settle(session)
    session.lock()
    while shown._asking is None:
        QCoreApplication.processEvents()
    dialog = shown._asking
    assert isinstance(dialog, UnlockDialog)
    type_text(dialog.password.field.field, PASSWORD)
    dialog.go_on()
    while session.is_locked:
        QCoreApplication.processEvents()
    shots.settle(session)


def hover(window: QWidget) -> None:
    """Show every tooltip there is: of widgets and of the first rows of every list."""
    tips = {widget.toolTip() for widget in window.findChildren(QWidget)}
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
        for row in range(min(model.rowCount(QModelIndex()), 20)):
            for column in range(columns):
                tips.add(str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or ""))
    for tip in tips - {""}:
        QToolTip.showText(window.mapToGlobal(QPoint(20, 20)), tip, window)
        QCoreApplication.processEvents()
    QToolTip.hideText()


def main(folder: Path, words: list[str]) -> None:
    """Make the book, fill it, show it, lock it, close it, restore a backup, open it again."""
    ignore_foreign_plugins()
    os.environ[bootstrap.HOME_VARIABLE] = str(folder / "home")
    asked = folder / ASKED_FOR
    asked.mkdir(parents=True)
    made: Any = bootstrap.create_book(
        folder / "book" / "officer", password=PASSWORD, officer=words[-1], company=words[-2]
    )
    fill(made, words[:-2], asked)
    at_the_window(made, words, asked)
    place = bootstrap.book_path(folder / "book" / "officer")
    newest = max(keeping.backups_of(place), key=lambda one: one.made_at)
    assert keeping.restore_backup(newest.path, place) is not None
    bootstrap.open_book(place, password=PASSWORD).close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), TEXTS)
