"""The head of a client's record: name, category, who and where, telephone and e-mail."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, nmsg, tr
from acctdesk.kinds import ContactState
from acctdesk.services.credit import NEAR, ClientCredit
from acctdesk.services.credit_words import hold_words
from acctdesk.services.rows import ClientCard
from acctdesk.ui.behind import when_seen
from acctdesk.ui.clipboard import clipboard
from acctdesk.ui.itemmodels import words
from acctdesk.ui.painting import ChipKind, text_width
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import Button, icon_button, row
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.words import bell, plain_tip, say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

HEIGHT = 84
LARGE, SMALL = 24, 20  # the name's size in px


class RecordHeader(QFrame):
    """84 px over timeline and rail; ``parent_wanted`` asks to go to the head of the group.

    The name comes first: where it would be cut, the chips go into the second line and it gets
    smaller.
    """

    parent_wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setFixedHeight(HEIGHT)
        self._context = context
        self._card: ClientCard | None = None
        self._currency = "EUR"
        self._credit: ClientCredit | None = None
        self.name = ElidedLabel(px=24, weight=600)
        self.segment = Chip(parent=self)
        self.state = Chip(kind="warning", parent=self)
        self.touch = Chip(kind="warning", parent=self)
        self.hold = Chip(kind="danger", parent=self)
        self._chips = (self.hold, self.state, self.segment, self.touch)
        self._said: set[Chip] = set()  # those with something to say
        self.line = ElidedLabel(px=12, ink="muted")
        self.brief = icon_button("file-text", msg("Action", "Brief before a visit"), quiet=False)
        self.phone = icon_button("phone", msg("Record", "Copy the telephone"), quiet=False)
        self.mail = icon_button("mail", msg("Record", "Copy the e-mail address"), quiet=False)
        self.group = icon_button("users", msg("Record", "Go to the group"), quiet=False)
        self.brief.clicked.connect(self._open_brief)
        self.phone.clicked.connect(self._copy_phone)
        self.mail.clicked.connect(self._copy_mail)
        self.group.clicked.connect(self._go_to_parent)
        self._upper = row(self.name, 4, *self._chips, None, spacing=6)
        self._lower = row(self.line, spacing=6)
        self._below = False  # whether the chips stand in the second line
        upper = row(spacing=8)
        upper.addLayout(self._upper, 1)
        for button in self._buttons():
            upper.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 10, 16, 10)
        whole.setSpacing(2)
        whole.addStretch(1)
        whole.addLayout(upper)
        whole.addLayout(self._lower)
        whole.addStretch(1)
        bell().rung.connect(self._speak)
        self.show_card(None)

    def show_card(self, card: ClientCard | None) -> None:
        """Show a client; None shows nothing."""
        self._card = card
        for one in (*self._buttons(), *self._chips):
            one.setVisible(False)
        self._speak()

    def show_credit(self, credit: ClientCredit | None, currency: str) -> None:
        """Show how the client stands against its limit, and whether to offer anything new.

        None: not known yet.
        """
        self._credit, self._currency = credit, currency
        self._speak()

    def _buttons(self) -> tuple[Button, ...]:
        return self.brief, self.phone, self.mail, self.group

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the name its room."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        others = [one for one in self._buttons()[1:] if one.isVisibleTo(self)]
        least = text_width(self.name.text(), SMALL, 600) + 2
        # there are keys and menus for it too: the name is not cut for the button
        fits = least <= self.width() - 36 - 40 * (len(others) + 1)
        self.brief.setVisible(self._card is not None and fits)
        buttons = [one for one in self._buttons() if one.isVisibleTo(self)]
        chips = [one for one in self._chips if one in self._said]
        while chips and sum(one.sizeHint().width() + 6 for one in chips) > self.width() - 36:
            chips.pop()  # the facts beside the timeline say it too
        for one in self._chips:
            one.setVisible(one in chips)
        room = self.width() - 36 - 40 * len(buttons)
        taken = sum(one.sizeHint().width() + 6 for one in chips) + (4 if chips else 0)
        wanted = text_width(self.name.text(), LARGE, 600) + 2
        below = bool(chips) and wanted > room - taken
        if below is not self._below:
            self._below = below
            for place, one in enumerate(self._chips):
                (self._upper if below else self._lower).removeWidget(one)
                if below:
                    self._lower.insertWidget(place, one)
                else:
                    self._upper.insertWidget(2 + place, one)
        self.name.set_px(LARGE if wanted <= room - (0 if below else taken) else SMALL)

    @Slot()
    @when_seen
    def _speak(self) -> None:
        card = self._card
        if card is None:
            self._said = set()
            self.name.setText("")
            self.line.setText("")
            return
        self.name.setText(card.name)
        parts = []
        if card.vat_id:
            parts.append(tr("Record", "VAT no. {number}", number=card.vat_id))
        elif card.vat_id_raw:
            parts.append(tr("Record", "VAT no. {number} (not valid)", number=card.vat_id_raw))
        parts += [part for part in (card.city, card.activity) if part]
        if card.parent_name:
            parts.append(tr("Record", "Group: {name} ({n})", name=_parent(card), n=card.group_size))
        elif card.group_size > 1:
            parts.append(tr("Record", "Head of a group ({n})", n=card.group_size))
        self.line.setText(" · ".join(parts))
        if card.segment:
            self.segment.set_status(msg("Record", "Category {one}", one=card.segment), "accent")
        self._said = {self.segment} if card.segment else set()
        hold = None if self._credit is None else self._credit.hold
        if hold is not None:
            self._said.add(self.hold)
            money = partial(formats.money, currency=self._currency, cents=False)
            self.hold.set_status(msg("Credit", "Offer nothing new"), "danger", "ban")
            why = str(hold_words(hold, money))
            say(self.hold, name=why)
            self.hold.setToolTip(plain_tip(why))
        state = _state(card, self._credit)
        if state is not None:
            self._said.add(self.state)
            self.state.set_status(state, "warning", "alert-triangle")
        touch = _touch(card)
        if touch is not None:
            self._said.add(self.touch)
            self.touch.set_status(*touch, "clock")
        number = card.phone or card.mobile
        self.phone.setVisible(bool(number))
        self.mail.setVisible(bool(card.email))
        if number:
            say(self.phone, tip=msg("Record", "Copy {value}", value=number))
        if card.email:
            say(self.mail, tip=msg("Record", "Copy {value}", value=card.email))
        self.group.setVisible(card.parent_id is not None)
        if card.parent_name:
            say(self.group, tip=msg("Record", "Go to the group: {name}", name=_parent(card)))
        self._share()

    @Slot()
    def _open_brief(self) -> None:
        self._context.actions["record.brief"].trigger()

    @Slot()
    def _copy_phone(self) -> None:
        if self._card is not None:
            self._copy(self._card.phone or self._card.mobile)

    @Slot()
    def _copy_mail(self) -> None:
        if self._card is not None:
            self._copy(self._card.email)

    def _copy(self, value: str | None) -> None:
        if value:
            clipboard().copy(value)
            self._context.messages.say(msg("Record", "Copied: {value}", value=value))

    @Slot()
    def _go_to_parent(self) -> None:
        if self._card is not None and self._card.parent_id is not None:
            self.parent_wanted.emit(self._card.parent_id)


def _state(card: ClientCard, credit: ClientCredit | None) -> Message | None:
    if not card.active:
        return msg("Record", "Inactive")
    used = None if credit is None else credit.exposure.used
    if credit is not None and credit.exposure.is_over:
        return msg("Record", "Over the credit limit")
    if used is not None and used >= NEAR:
        return msg("Record", "At the credit limit")
    return None


def _touch(card: ClientCard) -> tuple[Message, ChipKind] | None:
    """Return the chip of the contact rhythm, None while there is time."""
    rhythm = card.rhythm
    if rhythm is None or rhythm.due_on is None or rhythm.state not in words.CONTACT_STATES:
        return None
    tone = words.CONTACT_STATES[rhythm.state].tone
    if rhythm.state is ContactState.DUE:
        day = formats.short_date(rhythm.due_on)
        return msg("Record", "Contact due since {day}", day=day), tone
    days = rhythm.days or 0
    return nmsg("Record", "{n} day without contact", "{n} days without contact", days), tone


def _parent(card: ClientCard) -> str:
    return shown_name(card.parent_name, card.parent_id)
