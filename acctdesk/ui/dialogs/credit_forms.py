"""The forms of a credit file: a security, an order, a note from the market, a risk class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import msg
from acctdesk.kinds import Reliability, RiskClass, SecurityKind
from acctdesk.services.credit_file import (
    MarketNoteRow,
    OrderRow,
    SecurityRow,
    save_note,
    save_order,
    save_security,
)
from acctdesk.services.credit_words import RELIABILITY, RISKS
from acctdesk.services.profile import get_profile
from acctdesk.services.reviews import set_risk
from acctdesk.services.rows import Profile
from acctdesk.text import clean
from acctdesk.ui.dialogs.record_form import RecordForm, named, read_day
from acctdesk.ui.itemmodels.credit_text import SECURITIES
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.widgets.basics import LineEdit, label, labelled
from acctdesk.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(12)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _amount(field: LineEdit, minor: int | None) -> None:
    if minor is not None:
        field.setText(formats.number(minor / 100, 2))


class SecurityForm(RecordForm):
    """What covers a part of what a client owes, and for how long."""

    topic = "credit"

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        client_id: int,
        row: SecurityRow | None = None,
    ) -> None:
        super().__init__(context, parent, msg("Credit", "Security"), width=520)
        self._client_id, self._row = client_id, row
        self.kind = Combo(self)
        for kind, name in SECURITIES.items():
            self.kind.addItem(str(name), kind)
        self.amount = LineEdit(self)
        first, last = msg("Credit", "Valid from"), msg("Credit", "Valid until, that day too")
        self.first = self.day_field(first, row.from_on if row else None)
        self.last = self.day_field(last, row.until_on if row else None)
        self.notes = LineEdit(self)
        self.notes.setMaxLength(300)
        grid = _grid()
        grid.addLayout(labelled(msg("Credit", "Kind"), self.kind), 0, 0)
        grid.addLayout(labelled(msg("Credit", "Amount"), self.amount), 0, 1)
        grid.addLayout(named(first, self.first), 1, 0)
        grid.addLayout(named(last, self.last), 1, 1)
        self.content.addLayout(grid)
        self.content.addLayout(labelled(msg("Credit", "Remarks"), self.notes))
        self.finish()
        if row is not None:
            self.kind.setCurrentIndex(list(SECURITIES).index(row.kind))
            _amount(self.amount, row.amount_minor)
            self.notes.setText(row.notes or "")
        self.amount.setFocus()

    def store(self) -> None:
        """Read and store the security."""
        row = self._row
        self.send(
            msg("Step", "Security"),
            save_security,
            client_id=self._client_id,
            security_id=None if row is None else row.id,
            expected_version=None if row is None else row.version,
            kind=SecurityKind(self.kind.currentData()),
            amount_minor=read_amount(self.amount.text()),
            from_on=read_day(self.first),
            until_on=read_day(self.last),
            notes=clean(self.notes.text()),
        )


class OrderForm(RecordForm):
    """An order that is not yet invoiced."""

    topic = "credit"

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        client_id: int,
        row: OrderRow | None = None,
    ) -> None:
        super().__init__(context, parent, msg("Credit", "Order not yet invoiced"), width=520)
        self._client_id, self._row = client_id, row
        self.number = LineEdit(self)
        self.number.setMaxLength(60)
        self.amount = LineEdit(self)
        taken, closed = msg("Credit", "Taken on"), msg("Credit", "Invoiced or cancelled on")
        self.taken = self.day_field(taken, row.ordered_on if row else context.today(), past=True)
        self.closed = self.day_field(closed, row.closed_on if row else None, past=True)
        self.notes = LineEdit(self)
        self.notes.setMaxLength(300)
        grid = _grid()
        grid.addLayout(labelled(msg("Credit", "Number"), self.number), 0, 0)
        grid.addLayout(labelled(msg("Credit", "Amount, gross"), self.amount), 0, 1)
        grid.addLayout(named(taken, self.taken), 1, 0)
        grid.addLayout(named(closed, self.closed), 1, 1)
        self.content.addLayout(grid)
        self.content.addLayout(labelled(msg("Credit", "Remarks"), self.notes))
        self.finish()
        if row is not None:
            self.number.setText(row.number or "")
            _amount(self.amount, row.amount_minor)
            self.notes.setText(row.notes or "")
        self.amount.setFocus()

    def store(self) -> None:
        """Read and store the order."""
        row = self._row
        self.send(
            msg("Step", "New order") if row is None else msg("Step", "Order changed"),
            save_order,
            client_id=self._client_id,
            order_id=None if row is None else row.id,
            expected_version=None if row is None else row.version,
            number=clean(self.number.text()),
            amount_minor=read_amount(self.amount.text()),
            ordered_on=read_day(self.taken) or self.context.today(),
            closed_on=read_day(self.closed),
            notes=clean(self.notes.text()),
        )


class NoteForm(RecordForm):
    """A piece of market information: what is known, from whom, of when, how reliable."""

    topic = "credit"

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        client_id: int,
        row: MarketNoteRow | None = None,
    ) -> None:
        super().__init__(context, parent, msg("Credit", "Market information"), width=560)
        self._client_id, self._row = client_id, row
        said = msg("Credit", "What is known")
        self.body = self.text_field(said, row.body if row else None, height=96)
        self.source = LineEdit(self)
        self.source.setMaxLength(200)
        self.reliability = Combo(self)
        for reliability, name in RELIABILITY.items():
            self.reliability.addItem(str(name), reliability)
        of = msg("Credit", "Of which day")
        self.day = self.day_field(of, row.noted_on if row else context.today(), past=True)
        self.content.addLayout(labelled(said, self.body))
        self.content.addLayout(labelled(msg("Credit", "Where from"), self.source))
        grid = _grid()
        grid.addLayout(named(of, self.day), 0, 0)
        grid.addLayout(labelled(msg("Credit", "How reliable"), self.reliability), 0, 1)
        self.content.addLayout(grid)
        self.finish()
        chosen = row.reliability if row is not None else Reliability.MEDIUM
        self.reliability.setCurrentIndex(list(RELIABILITY).index(chosen))
        if row is not None:
            self.source.setText(row.source)
        self.body.setFocus()

    def store(self) -> None:
        """Read and store the note."""
        row = self._row
        self.send(
            msg("Step", "Market information"),
            save_note,
            client_id=self._client_id,
            note_id=None if row is None else row.id,
            expected_version=None if row is None else row.version,
            body=self.body.toPlainText(),
            source=clean(self.source.text()),
            reliability=Reliability(self.reliability.currentData()),
            noted_on=read_day(self.day) or self.context.today(),
        )


class RiskForm(RecordForm):
    """Gives a client a risk class: who says so, and why. The open review moves with it."""

    topic = "credit"

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        client_id: int,
        risk: RiskClass | None = None,
    ) -> None:
        super().__init__(context, parent, msg("Credit", "Risk class"), width=520)
        self._client_id = client_id
        self.risk = Combo(self)
        for one, name in RISKS.items():
            self.risk.addItem(str(name), one)
        self.risk.setCurrentIndex(list(RISKS).index(risk or RiskClass.MEDIUM))
        self.who = LineEdit(self)
        self.who.setMaxLength(200)
        self.reason = LineEdit(self)
        self.reason.setMaxLength(300)
        grid = _grid()
        grid.addLayout(labelled(msg("Credit", "Risk class"), self.risk), 0, 0)
        grid.addLayout(labelled(msg("Credit", "Who says so"), self.who), 0, 1)
        self.content.addLayout(grid)
        self.content.addLayout(labelled(msg("Credit", "Why"), self.reason))
        moves = msg(
            "Credit",
            "The open review of who the client is moves to the day that the class asks for.",
        )
        self.content.addWidget(label(moves, "caption", wrap=True))
        self.finish()
        context.runner.ask(get_profile, on_done=self._profile_arrived, on_error=self.refused)
        self.reason.setFocus()

    def _profile_arrived(self, profile: Profile) -> None:
        if not self.who.text():
            self.who.setText(profile.officer)

    def store(self) -> None:
        """Read and store the class."""
        self.send(
            msg("Step", "Risk class"),
            set_risk,
            client_id=self._client_id,
            risk=RiskClass(self.risk.currentData()),
            reason=self.reason.text(),
            who=clean(self.who.text()),
            today=self.context.today(),
        )
