"""The forms of a credit file: a security, an order, a note from the market, a risk class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QGridLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg
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
from acctdesk.services.reviews import Rating, set_risk
from acctdesk.services.rows import Profile
from acctdesk.text import clean
from acctdesk.ui.dialogs.record_form import RecordForm, named, read_day
from acctdesk.ui.itemmodels.credit_text import SECURITIES
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.widgets.basics import LineEdit, label, labelled
from acctdesk.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class CreditForm(RecordForm):
    """A new row of a client's credit file, or ``row`` changed: write ``build`` and ``store``."""

    topic = "credit"
    heading: ClassVar[Message]
    wide: ClassVar[int] = 520

    def __init__(
        self, context: Context, parent: QWidget | None, *, client_id: int, row: Any = None
    ) -> None:
        super().__init__(context, parent, self.heading, width=self.wide)
        self.client_id, self.row = client_id, row
        self.row_id: int | None = getattr(row, "id", None)
        self.row_version: int | None = getattr(row, "version", None)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(12)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1)
        self.build()

    def build(self) -> None:
        """Make the fields, show what the row has, and put the cursor where typing begins."""
        raise NotImplementedError

    def line(self, text: str | None = None, longest: int = 300) -> LineEdit:
        """Make a line of text."""
        made = LineEdit(self)
        made.setMaxLength(longest)
        made.setText(text or "")
        return made

    def choice(self, names: Mapping[Any, Message], chosen: object) -> Combo:
        """Make a choice between values by their names."""
        made = Combo(self)
        for value, name in names.items():
            made.addItem(str(name), value)
        made.setCurrentIndex(list(names).index(chosen))
        return made

    def amount_line(self) -> LineEdit:
        """Make a line for the row's amount."""
        return self.line(formats.number(self.row.amount_minor / 100, 2) if self.row else "")


class SecurityForm(CreditForm):
    """What covers a part of what a client owes, and for how long."""

    heading = msg("Credit", "Security")
    row: SecurityRow | None

    def build(self) -> None:
        """Make the fields."""
        row, kinds = self.row, list(SECURITIES)
        self.kind = self.choice(SECURITIES, row.kind if row else kinds[0])
        self.amount = self.amount_line()
        first, last = msg("Credit", "Valid from"), msg("Credit", "Valid until, that day too")
        self.first = self.day_field(first, row.from_on if row else None)
        self.last = self.day_field(last, row.until_on if row else None)
        self.notes = self.line(row.notes if row else None)
        self.grid.addLayout(labelled(msg("Credit", "Kind"), self.kind), 0, 0)
        self.grid.addLayout(labelled(msg("Credit", "Amount"), self.amount), 0, 1)
        self.grid.addLayout(named(first, self.first), 1, 0)
        self.grid.addLayout(named(last, self.last), 1, 1)
        self.content.addLayout(self.grid)
        self.content.addLayout(labelled(msg("Credit", "Remarks"), self.notes))
        self.finish()
        self.amount.setFocus()

    def store(self) -> None:
        """Read and store the security."""
        self.send(
            msg("Step", "Security"),
            save_security,
            client_id=self.client_id,
            security_id=self.row_id,
            expected_version=self.row_version,
            kind=SecurityKind(self.kind.currentData()),
            amount_minor=read_amount(self.amount.text()),
            from_on=read_day(self.first),
            until_on=read_day(self.last),
            notes=clean(self.notes.text()),
        )


class OrderForm(CreditForm):
    """An order that is not yet invoiced."""

    heading = msg("Credit", "Order not yet invoiced")
    row: OrderRow | None

    def build(self) -> None:
        """Make the fields."""
        row, today = self.row, self.context.today()
        self.number = self.line(row.number if row else None, 60)
        self.amount = self.amount_line()
        taken, closed = msg("Credit", "Taken on"), msg("Credit", "Invoiced or cancelled on")
        self.taken = self.day_field(taken, row.ordered_on if row else today, past=True)
        self.closed = self.day_field(closed, row.closed_on if row else None, past=True)
        self.notes = self.line(row.notes if row else None)
        self.grid.addLayout(labelled(msg("Credit", "Number"), self.number), 0, 0)
        self.grid.addLayout(labelled(msg("Credit", "Amount, gross"), self.amount), 0, 1)
        self.grid.addLayout(named(taken, self.taken), 1, 0)
        self.grid.addLayout(named(closed, self.closed), 1, 1)
        self.content.addLayout(self.grid)
        self.content.addLayout(labelled(msg("Credit", "Remarks"), self.notes))
        self.finish()
        self.amount.setFocus()

    def store(self) -> None:
        """Read and store the order."""
        self.send(
            msg("Step", "New order") if self.row is None else msg("Step", "Order changed"),
            save_order,
            client_id=self.client_id,
            order_id=self.row_id,
            expected_version=self.row_version,
            number=clean(self.number.text()),
            amount_minor=read_amount(self.amount.text()),
            ordered_on=read_day(self.taken) or self.context.today(),
            closed_on=read_day(self.closed),
            notes=clean(self.notes.text()),
        )


class NoteForm(CreditForm):
    """A piece of market information: what is known, from whom, of when, how reliable."""

    heading = msg("Credit", "Market information")
    wide = 560
    row: MarketNoteRow | None

    def build(self) -> None:
        """Make the fields."""
        row, today = self.row, self.context.today()
        said, of = msg("Credit", "What is known"), msg("Credit", "Of which day")
        self.body = self.text_field(said, row.body if row else None, height=96)
        self.source = self.line(row.source if row else None, 200)
        self.reliability = self.choice(RELIABILITY, row.reliability if row else Reliability.MEDIUM)
        self.day = self.day_field(of, row.noted_on if row else today, past=True)
        self.content.addLayout(labelled(said, self.body))
        self.content.addLayout(labelled(msg("Credit", "Where from"), self.source))
        self.grid.addLayout(named(of, self.day), 0, 0)
        self.grid.addLayout(labelled(msg("Credit", "How reliable"), self.reliability), 0, 1)
        self.content.addLayout(self.grid)
        self.finish()
        self.body.setFocus()

    def store(self) -> None:
        """Read and store the note."""
        self.send(
            msg("Step", "Market information"),
            save_note,
            client_id=self.client_id,
            note_id=self.row_id,
            expected_version=self.row_version,
            body=self.body.toPlainText(),
            source=clean(self.source.text()),
            reliability=Reliability(self.reliability.currentData()),
            noted_on=read_day(self.day) or self.context.today(),
        )


class RiskForm(CreditForm):
    """Gives a client a risk class: who says so, and why. The open review moves with it."""

    heading = msg("Credit", "Risk class")
    row: Rating | None

    def build(self) -> None:
        """Make the fields; the officer's name comes from the profile."""
        self.risk = self.choice(RISKS, self.row.risk if self.row else RiskClass.MEDIUM)
        self.who = self.line(longest=200)
        self.reason = self.line()
        self.grid.addLayout(labelled(msg("Credit", "Risk class"), self.risk), 0, 0)
        self.grid.addLayout(labelled(msg("Credit", "Who says so"), self.who), 0, 1)
        self.content.addLayout(self.grid)
        self.content.addLayout(labelled(msg("Credit", "Why"), self.reason))
        moves = msg(
            "Credit",
            "The open review of who the client is moves to the day that the class asks for.",
        )
        self.content.addWidget(label(moves, "caption", wrap=True))
        self.finish()
        self.context.runner.ask(get_profile, on_done=self._profile_arrived, on_error=self.refused)
        self.reason.setFocus()

    def _profile_arrived(self, profile: Profile) -> None:
        if not self.who.text():
            self.who.setText(profile.officer)

    def store(self) -> None:
        """Read and store the class."""
        self.send(
            msg("Step", "Risk class"),
            set_risk,
            client_id=self.client_id,
            risk=RiskClass(self.risk.currentData()),
            reason=self.reason.text(),
            who=clean(self.who.text()),
            today=self.context.today(),
        )
