"""What a calendar would bring: shown before anything is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.services.appointments import Arrival, ArrivalRow
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.plain_table import PlainTable

_WORDS = {
    Arrival.NEW: msg("Calendar", "new"),
    Arrival.CHANGED: msg("Calendar", "changed"),
    Arrival.GONE: msg("Calendar", "called off"),
    Arrival.KNOWN: msg("Calendar", "known"),
}
_HEADINGS = (
    msg("Calendar", "State"),
    msg("Calendar", "Day"),
    msg("Calendar", "Time"),
    msg("Calendar", "Appointment"),
    msg("Calendar", "Client"),
    msg("Calendar", "Before"),
)


class CalendarInDialog(CalmDialog):
    """Lists what becomes of each appointment; accepted, it is to be kept."""

    topic = "mail"

    def __init__(self, rows: Sequence[ArrivalRow], left_out: int, parent: QWidget) -> None:
        super().__init__(parent, msg("Calendar", "Take in a calendar"), width=820)
        told = [row for row in rows if row.arrival is not Arrival.KNOWN]
        known = len(rows) - len(told)
        self.content.addWidget(label(_what(told), wrap=True))
        self.table = PlainTable(_HEADINGS, msg("Calendar", "Appointments"), self, wide=3)
        self.table.show_rows([_row(row) for row in told])
        self.content.addWidget(self.table, 1)
        for note in _notes(known, left_out):
            self.content.addWidget(label(note, "sub", wrap=True))
        self.add_button(msg("Calendar", "Cancel")).clicked.connect(self.reject)
        keep = self.add_button(
            nmsg("Calendar", "Take in {n}", "Take in {n}", len(told)),
            look="primary",
            icon="check",
            default=True,
        )
        keep.clicked.connect(self.accept)
        keep.setFocus()


def _what(rows: Sequence[ArrivalRow]) -> Message:
    count = {one: sum(row.arrival is one for row in rows) for one in Arrival}
    return msg(
        "Calendar",
        "For the next 12 months: {new} new, {changed} changed, {gone} called off. They become"
        " tasks; what is called off goes to the trash. Nothing has changed yet.",
        new=count[Arrival.NEW],
        changed=count[Arrival.CHANGED],
        gone=count[Arrival.GONE],
    )


def _notes(known: int, left_out: int) -> list[Message]:
    notes = []
    if known:
        notes.append(
            nmsg(
                "Calendar",
                "{n} more is known and unchanged.",
                "{n} more are known and unchanged.",
                known,
            )
        )
    if left_out:
        notes.append(
            nmsg(
                "Calendar",
                "{n} series is left out: it comes several times a day.",
                "{n} series are left out: they come several times a day.",
                left_out,
            )
        )
    return notes


def _row(row: ArrivalRow) -> tuple[str, ...]:
    was = ""
    if row.was is not None and row.was != (row.day, row.time):
        was = " ".join(filter(None, (formats.date(row.was[0]), formats.time(row.was[1]))))
    return (
        str(_WORDS[row.arrival]),
        f"{formats.weekday_short(row.day)} {formats.date(row.day)}",
        formats.time(row.time),
        row.title,
        shown_name(row.client_name, None),
        was,
    )
