"""The reminders that would be made: how each reads, what it lacks, in which language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from acctdesk.exchange.reminders import (
    Prepared,
    RemindersDone,
    lacks_address,
    make_in_child,
    needs_folder,
    prepare,
)
from acctdesk.i18n import Message, msg, nmsg, tr
from acctdesk.kinds import Language
from acctdesk.services.letters import FIELDS
from acctdesk.ui import settings as remembered
from acctdesk.ui.choosing import choose_folder
from acctdesk.ui.files_made import FilesMade
from acctdesk.ui.itemmodels.reminders import KINDS
from acctdesk.ui.job import sentence_of
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import label, labelled
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class RemindersDialog(CalmDialog):
    """Shows what would be made for some clients before any file is; nothing is sent by itself."""

    topic = "reminders"

    def __init__(self, context: Context, parent: QWidget, *, client_ids: Sequence[int]) -> None:
        super().__init__(parent, msg("Ladder", "Make reminders"), width=760)
        self._context = context
        self._client_ids = tuple(client_ids)
        self._ready: list[Prepared] = []
        self.carry_out: Callable[..., RemindersDone] = make_in_child
        self.language = Segments(
            [
                Choice("", "world", msg("Ladder", "By country")),
                Choice("el", "language", msg("Action", "Ελληνικά")),
                Choice("en", "language", msg("Action", "English")),
            ],
            msg("Ladder", "Language"),
            parent=self,
        )
        self.interest = QCheckBox(self)
        say(self.interest, text=msg("Ladder", "With late interest (a calculation to be checked)"))
        self.which = Combo(self)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(220)
        say(self.text, name=msg("Letters", "How it reads"))
        self.missing = label("", "warning", wrap=True)
        self.trouble = label("", "danger", wrap=True)
        self.content.addLayout(labelled(msg("Ladder", "Language"), self.language))
        self.content.addWidget(self.interest)
        self.content.addLayout(labelled(msg("Ladder", "How it reads for"), self.which))
        self.content.addWidget(self.text, 1)
        for one in (self.missing, self.trouble):
            one.hide()
            self.content.addWidget(one)
        self.content.addWidget(
            label(
                msg(
                    "Ladder",
                    "Letters and drafts are written into a folder and into the history; you send"
                    " them yourself. A call becomes a task of today.",
                ),
                "caption",
                wrap=True,
            )
        )
        self.add_button(msg("Letters", "Cancel")).clicked.connect(self.reject)
        self.make = self.add_button(
            msg("Letters", "Make…"), look="primary", icon="file-export", default=True
        )
        self.make.setEnabled(False)
        self.make.clicked.connect(self._go_on)
        self.language.chosen.connect(self.load)
        self.interest.toggled.connect(self.load)
        self.which.currentIndexChanged.connect(self._show_one)
        self.which.setFocus()
        self.load()

    @property
    def _order(self) -> dict[str, Any]:
        chosen = self.language.key
        return {
            "client_ids": self._client_ids,
            "today": self._context.today(),
            "language": Language(chosen) if chosen else None,
            "with_interest": self.interest.isChecked(),
        }

    @Slot()
    def load(self) -> None:
        """Ask what would be made."""
        self._context.runner.ask(
            prepare,
            key="reminders.ready",
            on_done=self._arrived,
            on_error=self._complain,
            **self._order,
        )

    def _arrived(self, ready: list[Prepared]) -> None:
        self._ready = ready
        self.trouble.hide()
        place = self.which.currentIndex()
        self.which.blockSignals(True)
        self.which.clear()
        for one in ready:
            assert one.proposal.step is not None
            name = shown_name(one.proposal.client_name, one.proposal.client_id)
            step = one.proposal.step
            self.which.addItem(f"{name} · {step.name} · {KINDS[step.kind]}")
        self.which.setCurrentIndex(place if 0 <= place < len(ready) else 0)
        self.which.blockSignals(False)
        say(
            self.make,
            text=nmsg("Ladder", "Make {n} reminder…", "Make {n} reminders…", len(ready)),
        )
        self.make.setEnabled(bool(ready))
        self._say_missing()
        self._show_one()
        self.fit(self.size())

    def _complain(self, error: Exception) -> None:
        self._ready = []
        self.make.setEnabled(False)
        self.text.clear()
        self.missing.hide()
        self.trouble.setText(str(sentence_of(error)))
        self.trouble.show()

    def _say_missing(self) -> None:
        lines = []
        for one in self._ready:
            fields = [key for gap in one.gaps for key in gap.fields]
            if lacks_address(one) and "email" not in fields:
                fields.append("email")
            if fields:
                name = shown_name(one.proposal.client_name, one.proposal.client_id)
                words = ", ".join(str(FIELDS[key]) for key in fields)
                lines.append(tr("Ladder", "{client}: {fields}", client=name, fields=words))
        shown = lines[:3]
        more = len(lines) - len(shown)
        if more:
            shown.append(str(nmsg("Ladder", "and {n} more", "and {n} more", more)))
        say(
            self.missing,
            text=msg("Ladder", "Not known, so left empty: {what}", what="; ".join(shown)),
        )
        self.missing.setVisible(bool(lines))

    @Slot()
    def _show_one(self) -> None:
        place = self.which.currentIndex()
        if 0 <= place < len(self._ready):
            self.text.setPlainText(self._ready[place].text)

    # -- making them

    @Slot()
    def _go_on(self) -> None:
        if not needs_folder(self._ready):
            self.write_into("")
            return
        title = msg("Letters", "Folder for the letters")
        choose_folder(self, title, self._context.settings.folder(), self.write_into)

    @Slot(str)
    def write_into(self, folder: str) -> None:
        """Take the steps, with files in a folder; the dialog is gone meanwhile."""
        if folder:
            self._context.settings.set(remembered.LAST_FOLDER, folder)
        elif needs_folder(self._ready):
            return
        order: dict[str, Any] = {
            **self._order,
            "folder": Path(folder) if folder else None,
            "at": self._context.clock(),
        }
        said = partial(_said, order["folder"])
        FilesMade(self._context, self.carry_out, order, said).start(
            msg("Ladder", "Making reminders")
        )
        self.accept()


def _said(folder: Path | None, done: RemindersDone) -> Message:
    if done.calls:
        return nmsg(
            "Ladder",
            "{n} file was made; calls that became tasks of today: {calls}. Nothing was sent.",
            "{n} files were made; calls that became tasks of today: {calls}. Nothing was sent.",
            len(done.files),
            calls=done.calls,
        )
    return nmsg(
        "Ladder",
        "{n} file is in {folder}, and in the history of its client. Nothing was sent.",
        "{n} files are in {folder}, and in the history of their clients. Nothing was sent.",
        len(done.files),
        folder="" if folder is None else folder.name,
    )
