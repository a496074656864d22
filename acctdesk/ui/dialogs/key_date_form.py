"""A key date of a client: what it is, when, and how many days before it is told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from acctdesk.errors import UserError
from acctdesk.i18n import msg, ntr
from acctdesk.kinds import KeyDateKind
from acctdesk.services.case_rows import KeyDateRow
from acctdesk.services.key_dates import LEAD_DAYS, add_key_date, change_key_date
from acctdesk.services.today_cases import kind_of_date
from acctdesk.text import clean
from acctdesk.text.numbers import whole_number
from acctdesk.ui.dialogs.record_form import RecordForm, named, read_day
from acctdesk.ui.widgets.basics import LineEdit, labelled
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class KeyDateForm(RecordForm):
    """Adds a key date to a client, or changes one."""

    topic = "client"

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        client_id: int,
        date: KeyDateRow | None = None,
    ) -> None:
        title = msg("Key date", "New key date") if date is None else msg("Key date", "Key date")
        super().__init__(context, parent, title, width=480)
        self._client_id, self._date = client_id, date
        self.kind = Combo(self)
        for kind in KeyDateKind:
            self.kind.addItem(str(kind_of_date(kind)), kind)
        self.kind.currentIndexChanged.connect(self._usual)
        self.title = LineEdit(self)
        self.title.setMaxLength(300)
        when = msg("Key date", "Date")
        self.day = self.day_field(when, date.on_date if date is not None else None)
        self.lead = LineEdit(self)
        self.lead.setMaxLength(3)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addLayout(labelled(msg("Key date", "Kind"), self.kind), 0, 0)
        grid.addLayout(named(when, self.day), 0, 1)
        self.content.addLayout(grid)
        self.content.addLayout(labelled(msg("Key date", "What it is"), self.title))
        self.content.addLayout(labelled(msg("Key date", "Days before in Today"), self.lead))
        self.finish()
        if date is not None:
            self.kind.setCurrentIndex(list(KeyDateKind).index(date.kind))
            self.title.setText(date.title or "")
            if date.own_lead_days is not None:
                self.lead.setText(str(date.own_lead_days))
        self._usual()
        self.kind.setFocus()

    @Slot()
    def _usual(self) -> None:
        usual = LEAD_DAYS[KeyDateKind(self.kind.currentData())]
        say(
            self.lead, placeholder=ntr("Key date", "{n} day, as usual", "{n} days, as usual", usual)
        )

    def store(self) -> None:
        """Read and store the date."""
        day = read_day(self.day)
        if day is None:
            self.day.setFocus()
            raise UserError(msg("Key date", "Say on which day it is."))
        typed = clean(self.lead.text())
        lead = whole_number(typed) if typed else None
        if typed and lead is None:
            self.lead.setFocus()
            raise UserError(msg("Facts", "Write a whole number of days."))
        kind, title = KeyDateKind(self.kind.currentData()), clean(self.title.text()) or None
        if self._date is None:
            self.send(
                msg("Step", "New key date"),
                add_key_date,
                client_id=self._client_id,
                kind=kind,
                on_date=day,
                title=title,
                lead_days=lead,
            )
        else:
            self.send(
                msg("Step", "Key date changed"),
                change_key_date,
                key_date_id=self._date.id,
                expected_version=self._date.version,
                kind=kind,
                on_date=day,
                title=title,
                lead_days=lead,
            )
