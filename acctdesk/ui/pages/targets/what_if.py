"""What if: trial deals on top of the book, and where the period lands and pays with them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QGridLayout, QWidget

from acctdesk import formats
from acctdesk.charts.landing import value_text
from acctdesk.errors import UserError
from acctdesk.i18n import msg, ntr, tr
from acctdesk.kinds import PayPeriod
from acctdesk.services.pay_plans import PayPlanRow, pay_plans
from acctdesk.services.what_if import (
    Deal,
    Ground,
    WhatIfRow,
    ground,
    outcome,
    save_what_if,
    trash_what_if,
    what_ifs,
)
from acctdesk.text import clean
from acctdesk.ui.dialogs.record_form import read_day
from acctdesk.ui.itemmodels.deals import AMOUNT, CLIENT, DAY, NAME, STATE, DealsModel
from acctdesk.ui.itemmodels.targets_text import period_text, range_text
from acctdesk.ui.pages.clients.book_profile import BookProfile
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.pages.tabs import Tab
from acctdesk.ui.pages.targets.choices import PeriodChoice, PlanChoice
from acctdesk.ui.pages.targets.figure import UNREAD, Figure
from acctdesk.ui.widgets.basics import Button, LineEdit, box, column, label, labelled, row
from acctdesk.ui.widgets.client_picker import ClientPicker
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.menu import Deed, open_menu
from acctdesk.ui.widgets.plain_rows import PlainRows
from acctdesk.ui.widgets.when_field import WhenField
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from acctdesk.ui.context import Context

_WIDTHS = {CLIENT: 170, AMOUNT: 104, DAY: 106, STATE: 120}


class DealsView(PlainRows):
    """Deals whose cells are typed on the spot; Space ticks, Delete takes a line away."""

    def __init__(self, model: DealsModel, parent: WhatIfTab) -> None:
        super().__init__(
            model, parent, name=msg("What-if", "Trial deals"), widths=_WIDTHS, wide=NAME,
            given_up=(STATE, CLIENT), least=130,
        )  # fmt: skip
        self._deals, self._tab = model, parent
        self.setMinimumHeight(44 + 4 * 36 + 8)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        say(
            self,
            description=msg(
                "What-if", "Space ticks a deal, F2 changes a cell, Delete takes a deal away."
            ),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by Space wherever the cursor stands; take away by Delete."""
        if event.key() == Qt.Key.Key_Space and self.place >= 0:
            self._deals.tick(self.place)
        elif event.key() == Qt.Key.Key_Delete and self.place >= 0:
            self._tab.remove_deal()
        else:
            super().keyPressEvent(event)


class WhatIfTab(Tab):
    """Ticks, dates and amounts move the figures at once; only Save keeps anything."""

    tables = (
        "targets", "documents", "days_off", "pay_plans", "what_ifs", "credit_shares", "receipts",
        "allocations", "clients",
    )  # fmt: skip
    unread = UNREAD

    def __init__(self, context: Context, profile: BookProfile, parent: QWidget) -> None:
        super().__init__(context, profile, parent)
        self._ground: Ground | None = None
        self._saved: list[WhatIfRow] = []
        self._held: int | None = None  # the what-if that is shown
        self.model = DealsModel(context.today, self._counts, self)
        self.model.edited.connect(self.say_anew)
        self._build()

    def first_focus(self) -> None:
        """Begin at the name of a deal."""
        self.deal.setFocus()

    # -- building

    def _build(self) -> None:
        self.period = PeriodChoice(msg("What-if", "Period of the trial"), self)
        self.period.chosen.connect(self.load)
        self.kept = Combo(self)
        self.kept.setMinimumWidth(160)
        say(self.kept, name=msg("What-if", "Saved what-ifs"))
        self.kept.activated.connect(self._take_kept)
        self.save_button = Button(msg("What-if", "Save as…"), icon="check")
        self.save_button.clicked.connect(self.ask_name)
        self.head.addWidget(self.sub, 1)
        self.head.addLayout(row(self.period))
        self.head.addLayout(row(self.kept, self.save_button, None))
        said = msg(
            "What-if",
            "Trial deals come on top of the landing. Nothing of them is in the book; only what you"
            " save is kept, and no other figure reads it.",
        )
        self.content.addWidget(label(said, "small", wrap=True))
        lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        lower.setSpacing(12)
        lower.addWidget(self._make_deals(), 3)
        lower.addLayout(self._make_figures(), 2)
        self.turning.append(lower)
        self.content.addLayout(lower, 1)

    def _make_deals(self) -> QWidget:
        card, inside = box("card", margins=(1, 12, 1, 4), spacing=8)
        self.deal, self.amount = LineEdit(self), LineEdit(self)
        self.deal.setMaxLength(120)
        self.client = ClientPicker(self.context, self)
        self.client.setFixedHeight(32)
        say(self.client.field, placeholder=msg("What-if", "Name or code"))
        self.day = WhenField(self.context.today(), parent=self)
        say(
            self.day.field,
            name=msg("What-if", "Day"),
            placeholder=msg("Form", "Tue, 15/3, +3d"),
        )
        self.add_button = Button(msg("What-if", "Add"), icon="plus")
        self.add_button.clicked.connect(self.add_deal)
        self.amount.returnPressed.connect(self.add_deal)
        self.day.field.returnPressed.connect(self.add_deal)
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        grid = QGridLayout()
        grid.setContentsMargins(14, 0, 14, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.addLayout(labelled(msg("What-if", "Deal"), self.deal), 0, 0)
        grid.addLayout(
            column(label(msg("What-if", "Client"), "field"), self.client, spacing=4), 0, 1
        )
        grid.addLayout(labelled(msg("What-if", "Net amount"), self.amount), 1, 0)
        grid.addLayout(column(label(msg("What-if", "Day"), "field"), self.day, spacing=4), 1, 1)
        grid.addWidget(self.add_button, 1, 2, Qt.AlignmentFlag.AlignBottom)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        inside.addLayout(grid)
        inside.addLayout(row(self.trouble, margins=(14, 0, 14, 0)))
        self.view = DealsView(self.model, self)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        inside.addWidget(self.view, 1)
        return card

    def _make_figures(self) -> QBoxLayout:
        self.landing = Figure(msg("What-if", "Lands at"), self)
        self.target = Figure(msg("What-if", "Target"), self)
        self.pay = Figure(msg("What-if", "Pay at the landing"), self)
        self.plan = PlanChoice(self)
        self.plan.activated.connect(self.load)
        self.said = label(role="small", wrap=True)
        return column(
            self.landing,
            self.target,
            self.pay,
            labelled(msg("Pay", "Pay plan"), self.plan),
            self.said,
            None,
            spacing=12,
        )

    # -- asking

    @Slot()
    def load(self) -> None:
        """Fetch what the deals are put on, and what was saved."""
        self.context.runner.ask(
            _asked,
            as_of=self.context.today(),
            kind=self.period.kind,
            plan_id=self.plan.currentData(),
            key="targets.what_if",
            on_done=self._arrived,
            on_error=self.failed,
        )

    def _arrived(self, found: tuple[Ground, list[PayPlanRow], list[WhatIfRow]]) -> None:
        self.arrived()
        self._ground, plans, self._saved = found
        asked = self.plan.currentData()
        self.plan.show_plans(plans)
        self._list_kept()
        if self.plan.currentData() != asked:
            self.load()  # the first plan is known only now
            return
        self.say_anew()

    def _list_kept(self) -> None:
        self.kept.clear()
        self.kept.addItem(tr("What-if", "Not saved"), None)
        for one in self._saved:
            self.kept.addItem(one.name, one.id)
        self.kept.setCurrentIndex(max(self.kept.findData(self._held), 0))

    # -- showing

    def _counts(self, deal: Deal) -> bool:
        return self._ground is not None and self._ground.counts(deal)

    @property
    def sub_title(self) -> str:
        """The period of the trial."""
        standing = None if self._ground is None else self._ground.standing
        if standing is None:
            return tr("What-if", "What if")
        return tr("What-if", "What if · {period}", period=period_text(standing.aim.period))

    def speak(self) -> None:
        """Show what the deals make of it."""
        super().speak()
        on, currency = self._ground, self.profile.currency()
        if on is None:
            return
        self.model.repeat()
        self.kept.setItemText(0, tr("What-if", "Not saved"))
        found = outcome(on, self.model.rows)
        standing = on.standing
        if standing is None:
            for figure in (self.landing, self.target):
                figure.show_figure(formats.UNKNOWN, tr("What-if", "no target by month"))
        else:
            aim = standing.aim
            landed = None if found.landing is None else found.landing.landing_minor
            before = None if found.without is None else found.without.landing_minor
            self.landing.show_figure(
                value_text(aim, landed, currency),
                tr("What-if", "without them {amount}", amount=value_text(aim, before, currency)),
            )
            gap = None if landed is None or aim.amount is None else landed - aim.amount
            note = range_text(standing, standing.usual, currency)
            if gap is not None:
                note = (
                    tr("What-if", "reached, {amount} above it",
                       amount=value_text(aim, gap, currency))
                    if gap >= 0
                    else tr("What-if", "{amount} short", amount=value_text(aim, -gap, currency))
                )  # fmt: skip
            self.target.show_figure(value_text(aim, aim.amount, currency), note)
        paid, plain = found.pay, found.pay_without
        self.pay.show_figure(
            formats.money(None if paid is None else paid.pay_minor, currency),
            tr("What-if", "without them {amount}",
               amount=formats.money(plain.pay_minor, currency))
            if plain is not None
            else tr("What-if", "no pay plan, or no quota"),
        )  # fmt: skip
        counted = sum(self._counts(deal) for deal in self.model.rows)
        self.said.setText(
            ntr(
                "What-if",
                "{n} deal counts, {amount} in all.",
                "{n} deals count, {amount} in all.",
                counted,
                amount=formats.money(found.deals_minor, currency),
            )
        )
        self.save_button.setEnabled(bool(self.model.rows))

    # -- hands

    @Slot()
    def add_deal(self) -> None:
        """Take the deal that is typed, or say what is missing."""
        self.trouble.hide()
        try:
            deal = self._typed()
        except UserError as error:
            self.trouble.setText(str(error))
            self.trouble.show()
            return
        self.model.set_rows([*self.model.rows, deal])
        for field in (self.deal, self.amount, self.day.field):
            field.clear()
        self.client.take(None, "")
        self.view.choose(len(self.model.rows) - 1)
        self.deal.setFocus()
        self.say_anew()

    def _typed(self) -> Deal:
        amount, day = read_amount(self.amount.text()), read_day(self.day)
        if amount is None:
            self.amount.setFocus()
            raise UserError(msg("What-if", "Write the net amount of the deal."))
        if day is None:
            self.day.setFocus()
            raise UserError(msg("What-if", "Say on which day it would come."))
        name = clean(self.deal.text()) or self.client.client_name or tr("What-if", "A deal")
        return Deal(name, amount, day, self.client.client_id, self.client.client_name)

    @Slot()
    def remove_deal(self) -> None:
        """Take the deal at hand away."""
        place = self.view.place
        if 0 <= place < len(self.model.rows):
            self.model.set_rows([*self.model.rows[:place], *self.model.rows[place + 1 :]])
            self.view.choose(min(place, len(self.model.rows) - 1))
            self.say_anew()

    @Slot(int)
    def _take_kept(self, _place: int) -> None:
        wanted = self.kept.currentData()
        row_ = next((one for one in self._saved if one.id == wanted), None)
        self._held = None if row_ is None else row_.id
        self.model.set_rows(() if row_ is None else row_.deals)
        self.view.choose(0)
        self.say_anew()

    @Slot()
    def ask_name(self) -> None:
        """Ask for the name that the deals are kept under."""
        from acctdesk.ui.dialogs.what_if_name import WhatIfName

        held = next((one for one in self._saved if one.id == self._held), None)
        dialog = WhatIfName(self.window(), name="" if held is None else held.name)
        dialog.given.connect(self._save)
        dialog.open()

    @Slot(str)
    def _save(self, name: str) -> None:
        held = next((one for one in self._saved if one.id == self._held), None)
        same = held is not None and held.name == clean(name)
        self.context.runner.submit(
            msg("Step", "What-if saved"),
            save_what_if,
            name=name,
            deals=tuple(self.model.rows),
            what_if_id=self._held if same else None,
            on_done=self._was_saved,
            on_error=self.context.messages.fail,
        )

    def _was_saved(self, what_if_id: int) -> None:
        self._held = what_if_id
        self.context.messages.say(msg("What-if", "The what-if was saved."))
        self.load()

    @Slot()
    def trash_kept(self) -> None:
        """Move the what-if that is shown to the trash."""
        if self._held is not None:
            self.context.runner.submit(
                msg("Step", "What-if removed"),
                trash_what_if,
                what_if_id=self._held,
                on_error=self.context.messages.fail,
            )
            self._held = None

    @Slot(QPoint)
    def _open_menu(self, at: QPoint) -> None:
        offers: list[Deed] = []
        if self.view.place >= 0:
            offers.append((msg("What-if", "Take the deal away"), self.remove_deal))
        if self._held is not None:
            offers.append((msg("What-if", "Move the saved what-if to the trash"), self.trash_kept))
        if offers:
            open_menu(self, self.view.viewport().mapToGlobal(at), offers)


def _asked(
    session: Session, *, as_of: dt.date, kind: PayPeriod, plan_id: int | None
) -> tuple[Ground, list[PayPlanRow], list[WhatIfRow]]:
    plans = pay_plans(session)
    known = plan_id if any(one.id == plan_id for one in plans) else None
    return ground(session, as_of=as_of, kind=kind, plan_id=known), plans, what_ifs(session)
