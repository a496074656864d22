"""Files of banks and e-invoices on their way in: read, compared, shown, kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.exchange.arriving import arriving_invoices, arriving_statements
from acctdesk.exchange.bank import Statement, payments_of
from acctdesk.exchange.invoices_in import InvoiceFile, inputs
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.services.bank_in import (
    ConfirmedPayment,
    PaymentRow,
    PaymentState,
    compare_payments,
    take_payments,
)
from acctdesk.services.buyers import InvoicesFound, look_at_invoices, take_invoices
from acctdesk.ui.dialogs.bank_in import BankInDialog
from acctdesk.ui.dialogs.invoices_in import InvoicesInDialog
from acctdesk.ui.messages import ToastAction
from acctdesk.ui.widgets.basics import Button
from acctdesk.ui.widgets.dialog import CalmDialog

if TYPE_CHECKING:
    from acctdesk.ui.context import Context
    from acctdesk.ui.runner import Progress


Keep = Callable[[], None]
KEEP = msg("Drop", "Keep as a file")


class MoneyIntake(QObject):
    """Takes statements and e-invoices; nothing is kept before the officer has seen what."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    def take_statements(self, paths: Sequence[Path], *, keep: Keep | None = None) -> None:
        """Read files of a bank and show what they would bring; ``keep`` keeps them as files."""
        what = msg("Bank", "Reading the bank’s file")
        self._long(what, arriving_statements, paths, partial(self._read, keep), keep)

    def take_invoices(self, paths: Sequence[Path], *, keep: Keep | None = None) -> None:
        """Read e-invoices and show what they would bring; ``keep`` keeps them as files."""
        what = msg("E-invoices", "Reading the e-invoices")
        self._long(what, arriving_invoices, paths, partial(self._invoices_read, keep), keep)

    def _long(
        self,
        what: Message,
        reader: Callable[..., Any],
        paths: Sequence[Path],
        on_done: Callable[[Any], None],
        keep: Keep | None,
    ) -> None:
        desk = self._context.desk

        def read(_progress: Progress, _cancelled: Callable[[], bool]) -> Any:
            return reader(desk, paths)

        self._context.runner.long(
            what, read, on_done=on_done, on_error=partial(self._not_read, keep)
        )

    def _not_read(self, keep: Keep | None, error: Exception) -> None:
        if keep is not None and isinstance(error, UserError):
            self._context.messages.refuse(error.message, action=ToastAction(KEEP, keep))
        else:
            self._context.messages.fail(error)

    # -- a bank

    def _read(self, keep: Keep | None, statements: tuple[Statement, ...]) -> None:
        self._context.runner.ask(
            compare_payments,
            payments=payments_of(statements),
            on_done=partial(self._show, keep, _missing(statements)),
            on_error=self._context.messages.fail,
        )

    def _show(self, keep: Keep | None, note: Message | None, rows: list[PaymentRow]) -> None:
        if not any(row.state in (PaymentState.NEW, PaymentState.UNKNOWN) for row in rows):
            self._context.messages.say(
                msg("Bank", "No new payment came in by this file. Nothing was changed."),
                action=None if keep is None else ToastAction(KEEP, keep),
            )
            return
        dialog = BankInDialog(self._context, rows, note, self._window)
        _offer_keeping(dialog, keep)
        dialog.confirmed.connect(partial(self._keep, dialog))
        dialog.open()

    def _keep(self, dialog: BankInDialog, confirmed: list[ConfirmedPayment]) -> None:
        joined = sum(one.same is not None for one in confirmed)
        self._context.runner.submit(
            msg("Step", "Payments of the bank taken in"),
            take_payments,
            confirmed=confirmed,
            on_done=partial(self._kept, dialog, joined),
            on_error=dialog.refused,
        )

    def _kept(self, dialog: BankInDialog, joined: int, count: int) -> None:
        dialog.accept()
        told = nmsg("Bank", "{n} receipt was made.", "{n} receipts were made.", count - joined)
        if joined:
            told = nmsg(
                "Bank",
                "{n} payment joined its receipt, and {made} receipts were made.",
                "{n} payments joined their receipts, and {made} receipts were made.",
                joined,
                made=count - joined,
            )
        self._say(told)

    # -- e-invoices

    def _invoices_read(self, keep: Keep | None, found: InvoiceFile) -> None:
        left_out = [(one.id, one.why) for one in found.left_out]
        asked: dict[str, Any] = {"invoices": inputs(found.invoices)}
        self._context.runner.ask(
            look_at_invoices,
            on_done=partial(self._show_invoices, keep, asked, left_out),
            on_error=self._context.messages.fail,
            **asked,
        )

    def _show_invoices(
        self,
        keep: Keep | None,
        asked: dict[str, Any],
        left_out: list[tuple[str, Message]],
        found: InvoicesFound,
    ) -> None:
        dialog = InvoicesInDialog(found, left_out, self._window)
        _offer_keeping(dialog, keep)
        dialog.accepted.connect(partial(self._keep_invoices, asked, dialog))
        dialog.open()

    def _keep_invoices(self, asked: dict[str, Any], dialog: InvoicesInDialog) -> None:
        self._context.runner.submit(
            msg("Step", "E-invoices taken in"),
            take_invoices,
            make=dialog.make,
            on_done=partial(self._invoices_kept, len(dialog.make)),
            on_error=self._context.messages.fail,
            **asked,
        )

    def _invoices_kept(self, clients: int, count: int) -> None:
        told = nmsg(
            "E-invoices", "{n} document was taken in.", "{n} documents were taken in.", count
        )
        if clients:
            told = nmsg(
                "E-invoices",
                "{n} client was made, and {documents} documents were taken in.",
                "{n} clients were made, and {documents} documents were taken in.",
                clients,
                documents=count,
            )
        self._say(told)

    def _say(self, told: Message) -> None:
        undo = ToastAction(msg("Toast", "Undo"), self._undo)
        self._context.messages.say(told, action=undo)

    def _undo(self) -> None:
        self._context.runner.undo(on_error=self._context.messages.fail)


def _offer_keeping(dialog: CalmDialog, keep: Keep | None) -> None:
    if keep is None:
        return

    def instead() -> None:
        dialog.reject()
        keep()

    button = Button(KEEP, icon="paperclip")
    button.clicked.connect(instead)
    dialog.add_foot(button)


def _missing(statements: Sequence[Statement]) -> Message | None:
    """Say which statement does not add up: the bank left something out, or the file did."""
    for one in statements:
        if one.missing:
            return msg(
                "Bank",
                "Statement {id} does not add up: {amount} are missing between its balances.",
                id=one.id,
                amount=formats.money(round(one.missing * 100), one.currency),
            )
    return None
