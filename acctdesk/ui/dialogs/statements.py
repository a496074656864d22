"""Statements of account: of whom, for which days, as which files; the first one to be seen."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from acctdesk import formats, periods
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.kinds import Language
from acctdesk.reports.statement import TITLE
from acctdesk.services.statements import Statement, statement, who_has_statements
from acctdesk.ui import settings as remembered
from acctdesk.ui.choosing import choose_folder
from acctdesk.ui.dialogs.record_form import named, read_day
from acctdesk.ui.job import sentence_of
from acctdesk.ui.page_out import PageOut
from acctdesk.ui.statement_files import Kinds, StatementOrder, write_statements
from acctdesk.ui.statement_page import statement_document
from acctdesk.ui.widgets.basics import label, labelled
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.paper import Paper
from acctdesk.ui.widgets.roomy import room_for
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.widgets.when_field import PastWhenField, WhenField
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from acctdesk.services.desk import Desk
    from acctdesk.ui.context import Context
    from acctdesk.ui.runner import Progress

_AROUND = 2 * 24 + 16  # px beside the sheet: margins and a scroll bar
_KINDS = {"xlsx": Kinds.XLSX, "pdf": Kinds.PDF, "both": Kinds.XLSX | Kinds.PDF}


class StatementsDialog(CalmDialog):
    """Shows the first statement as it would be printed; ``make`` writes all into a folder."""

    topic = "reminders"

    def __init__(
        self, context: Context, parent: QWidget, *, client: tuple[int, str] | None
    ) -> None:
        super().__init__(parent, msg("Statement", "Statements of account"), width=700)
        self.context = context
        self._client = client
        self._ids: tuple[int, ...] = ()
        self._shown: Statement | None = None
        self._build()
        for field in (self.first, self.last):
            field.field.editingFinished.connect(self.load)
        self.who.chosen.connect(self.load)
        self.language.chosen.connect(self._draw)
        self.load()

    def _build(self) -> None:
        choices = [Choice("all", "users", msg("Statement", "All who have something to state"))]
        if self._client is not None:
            choices = [
                Choice("one", "user", msg("Statement", "This client")),
                Choice("group", "building", msg("Statement", "Its group")),
                Choice("all", "users", msg("Statement", "All")),
            ]
        self.who = Segments(choices, msg("Statement", "Of whom"), parent=self)
        today = self.context.today()
        self.first = self._day(
            msg("Statement", "From"), dt.date(today.year, 1, 1), msg("Statement", "First day")
        )
        self.last = self._day(msg("Statement", "To"), today, msg("Statement", "Last day"))
        self.kinds = Segments(
            [
                Choice("both", "checks", msg("Statement", "Both")),
                Choice("xlsx", "file-spreadsheet", msg("Statement", "Excel")),
                Choice("pdf", "file-text", msg("Statement", "PDF")),
            ],
            msg("Statement", "As"),
            parent=self,
        )
        self.language = Segments(
            [
                Choice("", "world", msg("Ladder", "By country")),
                Choice("el", "language", msg("Action", "Ελληνικά")),
                Choice("en", "language", msg("Action", "English")),
            ],
            msg("Ladder", "Language"),
            parent=self,
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addLayout(labelled(msg("Statement", "Of whom"), self.who), 0, 0, 1, 2)
        grid.addLayout(named(msg("Statement", "From"), self.first), 1, 0)
        grid.addLayout(named(msg("Statement", "To"), self.last), 1, 1)
        grid.addLayout(labelled(msg("Statement", "As"), self.kinds), 2, 0)
        grid.addLayout(labelled(msg("Ladder", "Language"), self.language), 2, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.sums = label("", "caption", wrap=True)
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.paper = Paper(room_for(self).width() - _AROUND, self)
        say(self.paper, name=TITLE)
        self.content.addLayout(grid)
        self.content.addWidget(self.sums)
        self.content.addWidget(self.trouble)
        self.content.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignHCenter)
        self.told = label("", "caption", wrap=True)
        self.add_foot(self.told)
        self.out = PageOut(self.context, self, self.told)
        self.add_button(msg("Letters", "Cancel")).clicked.connect(self.reject)
        self.print = self.add_button(msg("Brief", "Print…"), icon="printer")
        self.print.clicked.connect(self.out.print_page)
        self.make = self.add_button(
            msg("Letters", "Make…"), look="primary", icon="file-export", default=True
        )
        self.make.clicked.connect(self._choose_folder)
        for button in (self.print, self.make):
            button.setEnabled(False)
        self.finished.connect(self.paper.clear)
        self.who.buttons[0].setFocus()

    def _day(self, name: Message, day: dt.date, told: Message) -> WhenField:
        field = PastWhenField(self.context.today(), parent=self)
        field.field.setText(formats.date(day))
        say(field.field, name=name, description=told)
        return field

    # -- what would be made

    @Slot()
    def load(self) -> None:
        """Ask whose statements there are, and for the first of them."""
        try:
            start, end = self._period()
        except UserError as error:
            self._complain(error)
            return
        if self.who.key != "all" and self._client is not None:
            self._ids_arrived([self._client[0]])
            return
        self.context.runner.ask(
            who_has_statements,
            start=start,
            end=end,
            groups=False,
            key="statements.who",
            on_done=self._ids_arrived,
            on_error=self._complain,
        )

    def _period(self) -> tuple[dt.date, dt.date]:
        today = self.context.today()
        start = read_day(self.first) or periods.month_start(today)
        end = read_day(self.last) or today
        if end < start:
            raise UserError(msg("Statement", "The period ends before it begins."))
        return start, end

    def _ids_arrived(self, ids: list[int]) -> None:
        self._ids = tuple(ids)
        if not ids:
            self._complain(UserError(msg("Statement", "Nobody has anything to state.")))
            return
        start, end = self._period()
        self.context.runner.ask(
            statement,
            client_id=ids[0],
            start=start,
            end=end,
            group=self.who.key == "group",
            key="statements.first",
            on_done=self._arrived,
            on_error=self._complain,
        )

    def _arrived(self, made: Statement) -> None:
        self._shown = made
        self.trouble.hide()
        count = len(self._ids)
        words = nmsg("Statement", "Make {n} statement…", "Make {n} statements…", count)
        say(self.make, text=words)
        for button in (self.print, self.make):
            button.setEnabled(True)
        self._draw()

    def _complain(self, error: Exception) -> None:
        self._shown = None
        self.paper.clear()
        for button in (self.print, self.make):
            button.setEnabled(False)
        say(self.sums, text="")
        self.trouble.setText(str(sentence_of(error)))
        self.trouble.show()

    @Slot()
    def _draw(self) -> None:
        made = self._shown
        if made is None:
            return
        language = Language(self.language.key) if self.language.key else made.language
        document = statement_document(made, language)
        heading = " · ".join(filter(None, (made.company, TITLE.localized(language))))
        self.paper.show_document(document, heading=heading)
        self.out.give(document, heading, name=f"{made.name} {made.end:%Y-%m-%d}")
        said = msg(
            "Statement",
            "{name}: {opening} brought forward, {moved} moved, {closing} at the end.",
            name=made.name,
            opening=formats.money(made.opening_minor, made.currency),
            moved=formats.money(made.moved_minor, made.currency),
            closing=formats.money(made.closing_minor, made.currency),
        )
        say(self.sums, text=said)
        self.fit(self.size())

    # -- making them

    @Slot()
    def _choose_folder(self) -> None:
        title = msg("Statement", "Folder for the statements")
        choose_folder(self, title, self.context.settings.folder(), self.write_into)

    @Slot(str)
    def write_into(self, folder: str) -> None:
        """Write the statements into a folder; the dialog is gone meanwhile."""
        if not folder or not self._ids:
            return
        self.context.settings.set(remembered.LAST_FOLDER, folder)
        start, end = self._period()
        order = StatementOrder(
            self._ids,
            start,
            end,
            groups=self.who.key == "group",
            currency=None,
            kinds=_KINDS[self.kinds.key],
            language=Language(self.language.key) if self.language.key else None,
        )
        messages = self.context.messages
        self.context.runner.long(
            msg("Statement", "Writing statements"),
            partial(_work, self.context.desk, order, Path(folder)),
            on_done=partial(_say_done, self.context, Path(folder)),
            on_error=messages.fail,
        )
        self.accept()


def _work(
    desk: Desk,
    order: StatementOrder,
    folder: Path,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> list[Path]:
    return write_statements(desk, order, folder, progress=progress, cancelled=cancelled)


def _say_done(context: Context, folder: Path, files: list[Path]) -> None:
    said = nmsg(
        "Statement", "{n} file is in {folder}.", "{n} files are in {folder}.", len(files),
        folder=folder.name,
    )  # fmt: skip
    context.messages.say(said)
