"""The facts of a client: the few figures that decide, and everything that can be corrected."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from acctdesk import formats, i18n
from acctdesk.errors import ConflictError, UserError
from acctdesk.i18n import Message, msg, ntr, tr
from acctdesk.services.clients import update_client
from acctdesk.services.credit import NEAR, ClientCredit
from acctdesk.services.payment_promises import PaymentPromiseRow
from acctdesk.services.rows import ClientCard
from acctdesk.text import clean, parse_date, parse_number
from acctdesk.ui.behind import when_seen
from acctdesk.ui.itemmodels.words import CONTACT_STATES
from acctdesk.ui.pages.clients.fact_row import FactRow, FactValue
from acctdesk.ui.pages.clients.group_facts import GroupFacts
from acctdesk.ui.promise_words import payment_words
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.words import bell

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

Read = Callable[[str], Any]


_THOUSANDS = re.compile(r"(?<![\d.,])([1-9]\d{0,2})[.,](\d{3})(?![\d.,])")


def _text(typed: str) -> str | None:
    return clean(typed) or None


def _whole(typed: str) -> int | None:
    if not clean(typed):
        return None
    number = parse_number(typed, language=i18n.language())
    if number is None or number != number.to_integral_value():
        raise UserError(msg("Facts", "Write a whole number of days."))
    return int(number)


def read_amount(typed: str) -> int | None:
    """Return an amount in hundredths as it was typed, None for an empty field.

    Three digits after a lone dot or comma are thousands in either language, for an amount has two
    decimals: 20.000 and 20,000 are the same, whichever keyboard habit the officer has.

    Raises:
        UserError: it is no amount.
    """
    if not clean(typed):
        return None
    joined = _THOUSANDS.sub(r"\1\2", clean(typed))
    number = parse_number(joined, language=i18n.language())
    if number is None:
        example = formats.number(80_000, 2)
        raise UserError(msg("Facts", "Write an amount, for example {example}.", example=example))
    return int((number * 100).to_integral_value(rounding="ROUND_HALF_UP"))


def _date(typed: str) -> dt.date | None:
    if not clean(typed):
        return None
    day = parse_date(typed)
    if day is None:
        raise UserError(msg("Facts", "Write a date, for example 15/3/2026."))
    return day


@dataclass(frozen=True, slots=True)
class Fact:
    """One stored field: how it is called and how what was typed is read."""

    key: str
    text: Message
    read: Read = _text


DETAILS: tuple[Fact, ...] = (
    Fact("name", msg("Facts", "Name")),
    Fact("code", msg("Facts", "Code")),
    Fact("vat_id", msg("Facts", "VAT number")),
    Fact("tax_office", msg("Facts", "Tax office")),
    Fact("activity", msg("Facts", "Activity")),
    Fact("segment", msg("Facts", "Category")),
    Fact("address", msg("Facts", "Address")),
    Fact("postal_code", msg("Facts", "Postcode")),
    Fact("city", msg("Facts", "City")),
    Fact("phone", msg("Facts", "Telephone")),
    Fact("mobile", msg("Facts", "Mobile")),
    Fact("email", msg("Facts", "E-mail")),
    Fact("website", msg("Facts", "Website")),
    Fact("credit_days", msg("Facts", "Credit days"), _whole),
    Fact("credit_limit_minor", msg("Facts", "Credit limit"), read_amount),
    Fact("ideal_days", msg("Facts", "Contact every"), _whole),
    Fact("most_days", msg("Facts", "At the latest after"), _whole),
    Fact("client_since", msg("Facts", "Client since"), _date),
    Fact("notes", msg("Facts", "Remarks")),
)


_GAPS = {"ideal_days": "ideal", "most_days": "most"}  # what counts where the fact has no value


def as_typed(key: str, value: Any) -> str:
    """Return a stored value as it would be typed into its field."""
    if value is None:
        return ""
    if key == "credit_limit_minor":
        return formats.number(Decimal(value) / 100, 2)
    if isinstance(value, dt.date):
        return formats.date(value)
    return " ".join(str(value).split())


class KeyFacts(QFrame):
    """What the officer looks at first; nothing here is typed."""

    def __init__(self, currency: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._currency = currency
        self._card: ClientCard | None = None
        self._credit: ClientCredit | None = None
        self.exposure = FactValue(msg("Facts", "Exposure / limit"), editable=False, parent=self)
        self.overdue = FactValue(msg("Facts", "Overdue"), editable=False, parent=self)
        self.disputed = FactValue(msg("Cases", "In dispute"), editable=False, parent=self)
        self.disputed.hide()
        self._disputed = 0
        self.promised = FactValue(msg("Facts", "Promised"), editable=False, parent=self)
        self.promised.hide()
        self._payments: Sequence[PaymentPromiseRow] = ()
        self.habit = FactValue(msg("Facts", "Usually pays"), editable=False, parent=self)
        self.decider = FactValue(msg("Facts", "Decides"), editable=False, parent=self)
        self.touch = FactValue(msg("Facts", "Next contact"), editable=False, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(0)
        column.addWidget(label(msg("Facts", "Key facts"), "strong"))
        column.addSpacing(2)
        for one in (
            self.exposure, self.overdue, self.disputed, self.promised, self.habit, self.decider,
            self.touch,
        ):  # fmt: skip
            column.addWidget(one)
        bell().rung.connect(self._speak)

    def show_card(self, card: ClientCard | None) -> None:
        """Show a client."""
        self._card = card
        self._speak()

    def show_credit(self, credit: ClientCredit | None) -> None:
        """Show the client's exposure against its limit; None: not known yet."""
        self._credit = credit
        self._speak()

    def _show_exposure(self, money: Callable[[int], str]) -> None:
        if self._credit is None:
            self.exposure.show_value(formats.UNKNOWN)
            return
        held = self._credit.exposure
        if held.limit_minor is None:
            self.exposure.show_value(money(held.exposure_minor))
            return
        near = held.used is not None and held.used >= NEAR
        ink = "danger" if held.is_over else "warning" if near else "text"
        used = formats.amount(held.exposure_minor, cents=False)
        self.exposure.show_value(f"{used} / {money(held.limit_minor)}", ink=ink)

    def show_disputed(self, minor: int) -> None:
        """Show what of the client's open invoices is in dispute; nothing where nothing is."""
        self._disputed = minor
        self.disputed.setVisible(minor > 0)
        self._speak()

    def show_payments(self, payments: Sequence[PaymentPromiseRow]) -> None:
        """Show what the client promised to pay, and how many it kept; nothing where none is."""
        self._payments = payments
        self.promised.setVisible(bool(payments))
        self._speak()

    @Slot()
    @when_seen
    def _speak(self) -> None:
        card = self._card
        if card is None:
            return
        promised, ink = payment_words(self._payments)
        self.promised.show_value(promised, ink=ink)
        money = partial(formats.money, currency=self._currency(), cents=False)
        self._show_exposure(money)
        if card.overdue_minor > 0:
            days = ntr("Clients", "{n} d", "{n} d", card.overdue_days or 0)
            self.overdue.show_value(f"{money(card.overdue_minor)} · {days}", ink="danger")
        else:
            self.overdue.show_value(tr("Facts", "nothing"))
        self.disputed.show_value(money(self._disputed), ink="warning")
        self.habit.show_value(habit_words(card.habit.usual))
        self.decider.show_value(card.decider or formats.UNKNOWN)
        rhythm = card.rhythm
        if rhythm is None or rhythm.due_on is None:
            self.touch.show_value(formats.UNKNOWN)
            return
        look = CONTACT_STATES.get(rhythm.state)
        shown = tr("Facts", "by {day}", day=formats.date(rhythm.due_on))
        if look is not None:
            shown = f"{shown} · {look.word}"
        self.touch.show_value(shown, ink="text" if look is None else look.tone)


def habit_words(days: int | None) -> str:
    """Return how many days before or after the due date a client usually pays."""
    if days is None:
        return tr("Facts", "not known yet")
    if days == 0:
        return tr("Facts", "on the day")
    if days > 0:
        return ntr("Facts", "{n} day late", "{n} days late", days)
    return ntr("Facts", "{n} day early", "{n} days early", -days)


class Details(QFrame):
    """Every stored fact, each saved on leaving its field. ``stored`` says that one was."""

    stored = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._context = context
        self._card: ClientCard | None = None
        self._base: dict[str, Any] = {}  # what stood there when editing began
        self._mine: dict[str, Any] = {}
        self.rows: dict[str, FactRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(0)
        column.addWidget(label(msg("Facts", "Details"), "strong"))
        column.addSpacing(2)
        for fact in DETAILS:
            one = FactRow(fact.key, fact.text, self)
            one.submitted.connect(partial(self._submit_typed, fact))
            one.kept_mine.connect(partial(self._keep_mine, fact))
            self.rows[fact.key] = one
            column.addWidget(one)
        self.group = GroupFacts(context, self)
        column.addWidget(self.group)
        bell().rung.connect(self._speak)

    def show_card(self, card: ClientCard | None) -> None:
        """Show a client."""
        self.group.show_card(card)
        if card is None or card.id != self.client_id:
            self._base.clear()
            self._mine.clear()
            for one in self.rows.values():
                one.forget()
        self._card = card
        self._speak()

    def set_read_only(self, read_only: bool) -> None:
        """Let the facts be edited, or only read."""
        for one in self.rows.values():
            one.set_editable(not read_only)
        self.group.set_read_only(read_only)

    @Slot()
    def edit_first(self) -> None:
        """Open the first fact."""
        self.rows["name"].edit()

    @Slot()
    @when_seen
    def _speak(self) -> None:
        card = self._card
        if card is None:
            return
        for fact in DETAILS:
            value = getattr(card, fact.key)
            typed = as_typed(fact.key, value)
            shown, ink = typed or formats.UNKNOWN, "text" if typed else "muted"
            if fact.key == "credit_limit_minor":
                shown = formats.amount(value)
            if fact.key in _GAPS and value is None:
                shown = tr("Facts", "{n} (of its category)", n=getattr(card.gap, _GAPS[fact.key]))
            if fact.key == "vat_id" and not typed and card.vat_id_raw:
                typed = card.vat_id_raw
                shown = tr("Facts", "{number} (not valid)", number=card.vat_id_raw)
                ink = "danger"
            self.rows[fact.key].show_stored(shown, typed, ink=ink)

    def _submit_typed(self, fact: Fact, typed: str) -> None:
        card = self._card
        if card is None:
            return
        try:
            value = fact.read(typed)
        except UserError as refusal:
            self.rows[fact.key].refuse(str(refusal))
            return
        self._base[fact.key] = getattr(card, fact.key)
        self._mine[fact.key] = value
        self._store(fact, card.version)

    def _store(self, fact: Fact, version: int | None) -> None:
        card = self._card
        if card is None:
            return
        answer = _Answer(self, fact, card.id)
        self._context.runner.submit(
            msg("Step", "Change of a client"),
            update_client,
            merge_key=f"client:{card.id}:{fact.key}",
            client_id=card.id,
            expected_version=version,
            initiator=self,
            on_done=answer.done,
            on_error=answer.failed,
            **{fact.key: self._mine[fact.key]},
        )

    @property
    def client_id(self) -> int | None:
        """The client shown."""
        return None if self._card is None else self._card.id

    def tell(self, error: Exception) -> None:
        """Say that a value of a client shown before was not stored."""
        self._context.messages.fail(error)

    def stored_one(self, fact: Fact) -> None:
        """The book took a value."""
        self._base.pop(fact.key, None)
        self._mine.pop(fact.key, None)
        self.rows[fact.key].accept()
        self._speak()
        self.stored.emit()

    def refused_one(self, fact: Fact, error: Exception) -> None:
        """The book did not take a value: say why, or let the officer choose."""
        one = self.rows[fact.key]
        if isinstance(error, ConflictError) and fact.key in error.stored:
            theirs = error.stored[fact.key]
            if theirs == self._base.get(fact.key):  # other fields changed, this one did not
                self._store(fact, error.version)
                return
            one.offer_choice(as_typed(fact.key, theirs) or formats.UNKNOWN)
            return
        one.refuse(str(error))

    def _keep_mine(self, fact: Fact) -> None:
        if fact.key in self._mine:
            self._store(fact, None)


class _Answer(QObject):
    """Knows which fact of which client an answer is about; late ones reach nobody's field."""

    def __init__(self, card: Details, fact: Fact, client_id: int) -> None:
        super().__init__(card)
        self._card, self._fact, self._client_id = card, fact, client_id

    def done(self, _value: object) -> None:
        """The value is stored."""
        if self._card.client_id == self._client_id:
            self._card.stored_one(self._fact)
        self.deleteLater()

    def failed(self, error: Exception) -> None:
        """The value is not stored."""
        if self._card.client_id == self._client_id:
            self._card.refused_one(self._fact, error)
        else:
            self._card.tell(error)
        self.deleteLater()
