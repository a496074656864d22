"""How a case ended: a dispute settled or withdrawn, a request answered, a disruption over."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.kinds import DisputeState
from acctdesk.services.case_rows import DisputeRow, DisruptionRow, RequestRow
from acctdesk.services.disputes import close_dispute
from acctdesk.services.disruptions import change_disruption
from acctdesk.services.requests import answer_request
from acctdesk.ui.dialogs.record_form import RecordForm, named, read_day, read_when
from acctdesk.ui.itemmodels.cases_text import ENDS
from acctdesk.ui.widgets.basics import label, labelled
from acctdesk.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class _EndForm(RecordForm):
    """A day and a text; what else there is stands above."""

    topic = "cases"

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        title: Message,
        *,
        about: str,
        day: Message,
        text: Message,
    ) -> None:
        super().__init__(context, parent, title, width=480)
        self.content.addWidget(label(about, "sub", wrap=True))
        self.day = self.day_field(day, context.today(), past=True)
        self.text = self.text_field(text, height=96)
        self.add_more()
        self.content.addLayout(named(day, self.day))
        self.content.addLayout(labelled(text, self.text))
        self.finish()
        self.text.setFocus()

    def add_more(self) -> None:
        """Add what stands above the day."""

    def on(self) -> dt.date:
        """Return the day typed, today where none is."""
        return read_day(self.day) or self.context.today()


class CloseDispute(_EndForm):
    """Settles a dispute, or lets it be withdrawn."""

    def __init__(self, context: Context, parent: QWidget | None, row: DisputeRow) -> None:
        self._row = row
        super().__init__(
            context,
            parent,
            msg("Cases", "Close the dispute"),
            about=row.title,
            day=msg("Cases", "Closed on"),
            text=msg("Cases", "How it ended"),
        )

    def add_more(self) -> None:
        """Ask whether it was settled or withdrawn."""
        self.state = Combo(self)
        for state in (DisputeState.SETTLED, DisputeState.WITHDRAWN):
            self.state.addItem(str(ENDS[state]), state)
        self.content.addLayout(labelled(msg("Cases", "Outcome"), self.state))

    def store(self) -> None:
        """Close it."""
        self.send(
            msg("Step", "Dispute closed"),
            close_dispute,
            dispute_id=self._row.id,
            state=DisputeState(self.state.currentData()),
            on=self.on(),
            resolution=self.text.toPlainText(),
            today=self.context.today(),
        )


class AnswerRequest(_EndForm):
    """Keeps what a department answered."""

    def __init__(self, context: Context, parent: QWidget | None, row: RequestRow) -> None:
        self._row = row
        super().__init__(
            context,
            parent,
            msg("Cases", "They answered"),
            about=f"{row.department} · {row.what}",
            day=msg("Cases", "Answered on"),
            text=msg("Cases", "What they answered"),
        )

    def store(self) -> None:
        """Keep the answer."""
        self.send(
            msg("Step", "Request answered"),
            answer_request,
            request_id=self._row.id,
            on=self.on(),
            answer=self.text.toPlainText(),
        )


class EndDisruption(_EndForm):
    """Says when a disruption was over, and what was done."""

    def __init__(self, context: Context, parent: QWidget | None, row: DisruptionRow) -> None:
        self._row = row
        super().__init__(
            context,
            parent,
            msg("Cases", "The disruption is over"),
            about=row.title,
            day=msg("Cases", "Since when"),
            text=msg("Cases", "What was done"),
        )
        now = context.clock().astimezone()
        self.day.field.setText(f"{formats.date(now.date())} {formats.time(now)}")

    def store(self) -> None:
        """End it."""
        when = read_when(self.day)
        now = self.context.clock()
        self.send(
            msg("Step", "Disruption over"),
            change_disruption,
            disruption_id=self._row.id,
            ended_at=now
            if when is None
            else dt.datetime.combine(when.day, when.time or dt.time(12)).astimezone(dt.UTC),
            resolution=self.text.toPlainText(),
        )
