"""Who was told of a dispute: a contact of the client, a department, or anybody by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCompleter, QWidget

from acctdesk.i18n import msg
from acctdesk.services.case_rows import DisputeRow
from acctdesk.services.contacts import contacts_of
from acctdesk.services.disputes import tell
from acctdesk.services.rows import ContactRow
from acctdesk.text import clean, fold
from acctdesk.ui.dialogs.record_form import RecordForm, named, read_day
from acctdesk.ui.widgets.basics import LineEdit, label, labelled
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class TellForm(RecordForm):
    """Writes down one who was told."""

    topic = "cases"

    def __init__(self, context: Context, parent: QWidget | None, row: DisputeRow) -> None:
        super().__init__(context, parent, msg("Cases", "Who was told"), width=440)
        self._row = row
        self._people: list[ContactRow] = []
        self.content.addWidget(label(row.title, "sub", wrap=True))
        self.who = LineEdit(self)
        self.who.setMaxLength(200)
        say(self.who, placeholder=msg("Cases", "A contact, a department or a name"))
        day = msg("Cases", "Told on")
        self.day = self.day_field(day, context.today(), past=True)
        self.content.addLayout(labelled(msg("Cases", "Name"), self.who))
        self.content.addLayout(named(day, self.day))
        self.finish()
        self.who.setFocus()
        context.runner.ask(
            contacts_of, client_id=row.client_id, on_done=self._arrived, on_error=self.refused
        )

    def _arrived(self, people: list[ContactRow]) -> None:
        self._people = people
        self.who.setCompleter(QCompleter([one.name for one in people], self))

    def store(self) -> None:
        """Write it down."""
        who = clean(self.who.text())
        known = next((one.id for one in self._people if fold(one.name) == fold(who)), None)
        self.send(
            msg("Step", "Somebody was told"),
            tell,
            dispute_id=self._row.id,
            who=who,
            contact_id=known,
            told_on=read_day(self.day) or self.context.today(),
        )
