"""May I take this order? Client and amount in, the answer with its reasons out, at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg, tr
from acctdesk.services.credit import CreditLine, OrderTrial, credit_line, order_trial
from acctdesk.services.credit_file import save_order
from acctdesk.services.credit_words import ANSWERS, rule_words
from acctdesk.services.profile import get_profile
from acctdesk.services.rows import Profile
from acctdesk.ui.dialogs.record_form import named
from acctdesk.ui.itemmodels.credit_text import TONES
from acctdesk.ui.messages import ToastAction
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.widgets.basics import LineEdit, Role, box, label, labelled, row
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.widgets.client_picker import ClientPicker
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context
    from acctdesk.ui.main_window import MainWindow

_ROWS: tuple[Message, ...] = (
    msg("Credit", "Owes"),
    msg("Credit", "Ordered, not invoiced"),
    msg("Credit", "Secured"),
    msg("Credit", "Exposure"),
    msg("Credit", "Limit"),
    msg("Credit", "Headroom"),
)


class OrderTrialDialog(CalmDialog):
    """Tries an order against a client's credit, and records it in one step where it is taken."""

    topic = "credit"

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        client: tuple[int, str] | None = None,
    ) -> None:
        super().__init__(parent, msg("Credit", "May I take this order?"), width=560)
        self.context = context
        self.trial: OrderTrial | None = None
        self._line: CreditLine | None = None
        self._said: list[QLabel] = []  # a reason each
        self._currency = "EUR"
        self.client = ClientPicker(context, self)
        self.amount = LineEdit(self)
        say(self.amount, placeholder=msg("Credit", "Gross of VAT"))
        self.content.addLayout(named(msg("Credit", "Client"), self.client))
        self.content.addLayout(labelled(msg("Credit", "Amount of the order"), self.amount))
        self.content.addWidget(self._make_answer())
        self.content.addLayout(self._make_table())
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addWidget(self.trouble)
        self.content.addStretch(1)
        self.add_button(msg("Credit", "Close")).clicked.connect(self.reject)
        self.take = self.add_button(
            msg("Credit", "Record the order"), look="primary", icon="check", default=True
        )
        self.take.clicked.connect(self.record)
        self.client.chosen.connect(self.ask)
        self.amount.textEdited.connect(self.ask)
        bell().rung.connect(self._speak)
        context.runner.ask(get_profile, on_done=self._profile_arrived, on_error=self._refused)
        if client is not None:
            self.client.take(*client)
        self._speak()
        (self.client if client is None else self.amount).setFocus()

    def _make_answer(self) -> QWidget:
        card, inside = box("card", margins=(16, 12, 16, 12), spacing=8)
        self.answer = Chip(parent=card)
        self.headline = label("", "strong", wrap=True)
        head = row(self.answer, spacing=8)
        head.addWidget(self.headline, 1)
        inside.addLayout(head)
        self.reasons = QVBoxLayout()
        self.reasons.setSpacing(4)
        inside.addLayout(self.reasons)
        return card

    def _make_table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight
        for place, head in enumerate((msg("Credit", "Now"), msg("Credit", "With this order")), 1):
            grid.addWidget(label(head, "captionStrong"), 0, place, right)
        self.cells: list[tuple[QLabel, QLabel]] = []
        for line, name in enumerate(_ROWS, 1):
            role: Role = "strong" if line == len(_ROWS) else "body"
            grid.addWidget(label(name, role), line, 0)
            pair = (label("", role), label("", role))
            for place, cell in enumerate(pair, 1):
                cell.setMinimumWidth(120)
                cell.setAlignment(right)
                grid.addWidget(cell, line, place)
            self.cells.append(pair)
        return grid

    # -- asking

    @Slot()
    def ask(self) -> None:
        """Ask anew: as soon as a client is there, and with the amount once it can be read."""
        self.trial = None
        self.trouble.hide()
        client_id = self.client.client_id
        if client_id is None:
            self._line = None
            self._speak()
            return
        try:
            amount = read_amount(self.amount.text())
        except UserError as error:
            self._refused(error)
            return
        ask = partial(
            self.context.runner.ask,
            client_id=client_id,
            as_of=self.context.today(),
            key="credit.trial",
            on_error=self._refused,
        )
        if amount is None:
            ask(credit_line, on_done=self._line_arrived)
        else:
            ask(order_trial, amount_minor=amount, on_done=self._trial_arrived)

    def _profile_arrived(self, profile: Profile) -> None:
        self._currency = profile.currency
        self._speak()

    def _line_arrived(self, line: CreditLine) -> None:
        self._line = line
        self._speak()

    def _trial_arrived(self, trial: OrderTrial) -> None:
        self.trial, self._line = trial, trial.before
        self._speak()

    def _refused(self, error: Exception) -> None:
        self.trouble.setText(str(error))
        self.trouble.show()
        self._speak()

    # -- showing

    @Slot()
    def _speak(self) -> None:
        line, trial = self._line, self.trial
        if line is not None and not self.client.client_name:
            self.client.take(line.client_id, line.name)
        after = None if trial is None else trial.after
        self.take.setEnabled(trial is not None)
        self.answer.setVisible(after is not None)
        self._clear()
        if trial is None or after is None:
            words = (
                tr("Credit", "Choose a client and write the amount.")
                if line is None
                else tr("Credit", "Write the amount of the order.")
            )
            self.headline.setText(words)
        else:
            self.answer.set_status(ANSWERS[after.answer], TONES[after.answer])
            self.headline.setText(str(self._headline(trial)))
            money = partial(formats.money, currency=self._currency, cents=False)
            for rule in after.rules:
                said = label(rule_words(rule, after, trial.thresholds, money), "body", wrap=True)
                self.reasons.addWidget(said)
                self._said.append(said)
        for place, shown in enumerate((line, after)):
            for cells, text in zip(self.cells, _figures(shown), strict=True):
                cells[place].setText(text)
        if self.isVisible():
            self.fit(self.size())

    def _headline(self, trial: OrderTrial) -> Message:
        headroom = trial.after.standing.exposure.headroom_minor
        amount = formats.money(trial.amount_minor, self._currency, cents=False)
        if headroom is None:
            return msg("Credit", "An order of {amount}.", amount=amount)
        left = formats.money(abs(headroom), self._currency, cents=False)
        if headroom < 0:
            return msg(
                "Credit",
                "An order of {amount} goes {over} over the limit.",
                amount=amount,
                over=left,
            )
        return msg(
            "Credit", "An order of {amount} leaves {left} of headroom.", amount=amount, left=left
        )

    def _clear(self) -> None:
        for said in self._said:
            self.reasons.removeWidget(said)
            said.hide()
            said.deleteLater()
        self._said.clear()

    # -- taking it

    @Slot()
    def record(self) -> None:
        """Record the order that was tried; from now on it counts until it is closed."""
        if self.trial is None:
            return
        self.context.runner.submit(
            msg("Step", "New order"),
            save_order,
            initiator=self,
            on_done=self._recorded,
            on_error=self._refused,
            client_id=self.trial.before.client_id,
            ordered_on=self.context.today(),
            amount_minor=self.trial.amount_minor,
        )

    def _recorded(self, _value: object) -> None:
        context = self.context
        undo = ToastAction(
            msg("Toast", "Undo"), partial(context.runner.undo, on_error=context.messages.fail)
        )
        context.messages.say(msg("Credit", "The order was recorded."), action=undo)
        self.accept()


def _figures(line: CreditLine | None) -> tuple[str, ...]:
    if line is None:
        return ("",) * len(_ROWS)
    held = line.standing.exposure
    amounts = (
        held.owed_minor,
        held.orders_minor,
        -held.secured_minor,
        held.exposure_minor,
        held.limit_minor,
        held.headroom_minor,
    )
    shown = [formats.amount(one, cents=False) for one in amounts]
    if held.limit_minor is None:
        shown[4] = tr("Credit", "not recorded")
    return tuple(shown)


def open_order_trial(context: Context, parent: MainWindow) -> OrderTrialDialog:
    """Show the dialog for the client at hand, where the page has one."""
    page = parent.page
    dialog = OrderTrialDialog(context, parent, client=None if page is None else page.client)
    dialog.open()
    return dialog
