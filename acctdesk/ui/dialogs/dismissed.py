"""What was dismissed from Today for good, why, and the way to bring it back."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.i18n import msg, tr
from acctdesk.services.rows import DismissedLine
from acctdesk.services.today import bring_back, dismissed_lines
from acctdesk.services.today_rules import RULES
from acctdesk.ui.context import Context
from acctdesk.ui.deeds import Deeds
from acctdesk.ui.delegates.entry_row import ROW
from acctdesk.ui.itemmodels.entries import Entry
from acctdesk.ui.itemmodels.timeline_text import ChipText
from acctdesk.ui.itemmodels.today_text import look_of_rule
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.entry_list import EntryList
from acctdesk.ui.words import bell, say

SHOWN = 6  # rows


def entry_of(line: DismissedLine) -> Entry:
    """Return a dismissed line as an entry: what it was, and why it was dismissed."""
    look, rule = look_of_rule(line.rule), RULES.get(line.rule)
    name = str(rule.name) if rule is not None else line.rule
    if line.line is None:
        title = tr("Today", "There is no cause for it any more")
    else:
        client = shown_name(line.line.client_name, line.line.client_id)
        title = " · ".join(part for part in (str(line.line.what), client) if part)
    day = formats.date(line.marked_on)
    return Entry(
        ("mark", line.id),
        title,
        tr("Today", "{day}: {reason}", day=day, reason=line.reason or ""),
        ChipText(name, look.tone),
        icon=look.icon,
        quiet=line.line is None,
        record=line,
    )


class DismissedDialog(CalmDialog):
    """The dismissed lines, the latest first; Enter brings one back."""

    topic = "today"

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(parent, msg("Today", "Dismissed lines"), width=640)
        self.context = context
        self._lines: list[DismissedLine] = []
        self.deeds = Deeds(context, self)
        self.list = EntryList(self)
        self.list.setMinimumHeight(SHOWN * ROW)
        self.list.opened.connect(self._bring_back)
        self.list.entry_changed.connect(self._allow)
        say(
            self.list,
            name=msg("Today", "Dismissed lines"),
            description=msg("Today", "Enter brings the line back into Today."),
        )
        self.told = label(msg("Today", "Nothing was dismissed."), "sub", wrap=True)
        self.content.addWidget(self.told)
        self.content.addWidget(self.list, 1)
        self.add_button(msg("Today", "Close")).clicked.connect(self.accept)
        self.back = self.add_button(
            msg("Today", "Bring back"), look="primary", icon="restore", default=True
        )
        self.back.clicked.connect(self.bring_back)
        context.bus.changed.connect(self._changed)
        bell().rung.connect(self._show)
        self._load()
        self.list.setFocus()

    @Slot()
    def bring_back(self) -> None:
        """Let the current line come again."""
        entry = self.list.current_entry()
        if entry is not None:
            self._bring_back(entry)

    @Slot(object)
    def _bring_back(self, entry: Entry) -> None:
        self.deeds.do(
            msg("Step", "Line brought back"),
            bring_back,
            msg("Today", "The line comes again."),
            mark_id=entry.record.id,
        )

    @Slot(object, object)
    def _changed(self, changes: object, _initiator: object) -> None:
        if changes.touches("today_marks"):  # type: ignore[attr-defined]
            self._load()

    def _load(self) -> None:
        self.context.runner.ask(
            dismissed_lines,
            today=self.context.today(),
            key="today.dismissed",
            on_done=self._arrived,
            on_error=self.context.messages.fail,
        )

    def _arrived(self, lines: list[DismissedLine]) -> None:
        self._lines = lines
        self._show()

    @Slot()
    def _show(self) -> None:
        self.list.show_entries([entry_of(line) for line in self._lines])
        self.told.setVisible(not self._lines)
        self.list.setVisible(bool(self._lines))
        self._allow()

    @Slot()
    def _allow(self) -> None:
        self.back.setEnabled(self.list.current_entry() is not None)


def open_dismissed(context: Context, parent: QWidget) -> DismissedDialog:
    """Show the list."""
    dialog = DismissedDialog(context, parent)
    dialog.open()
    return dialog
