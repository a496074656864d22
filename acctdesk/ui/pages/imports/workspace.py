"""One file: its mapping, its problems or its end at the left; counts and problems at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from acctdesk.i18n import msg
from acctdesk.kinds import RecordKind
from acctdesk.ui.behind import when_seen
from acctdesk.ui.itemmodels.import_columns import ImportColumnsModel
from acctdesk.ui.itemmodels.import_problems import ImportProblemsModel
from acctdesk.ui.pages.imports.done_card import DoneCard
from acctdesk.ui.pages.imports.mapping_card import MappingCard
from acctdesk.ui.pages.imports.outcome import OutcomeCard
from acctdesk.ui.pages.imports.problems_view import CheckCard, ProblemsCard
from acctdesk.ui.pages.imports.steps import Step
from acctdesk.ui.theme import Density, Theme
from acctdesk.ui.widgets.basics import column, row
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.ui.pages.imports.files import ImportFile

RAIL = 376
BOTH = 540 + 16 + RAIL  # narrower than this, one at a time


class Workspace(QWidget):
    """What the officer works on between choosing a file and its end."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._step = Step.MAPPING
        self.columns = ImportColumnsModel(self)
        self.problems = ImportProblemsModel(self)
        self.checked = ImportProblemsModel(self)
        self.mapping = MappingCard(self.columns, self)
        self.check = CheckCard(self.checked, self)
        self.done = DoneCard(self)
        self.left = QStackedWidget(self)
        for card in (self.mapping, self.check, self.done):
            self.left.addWidget(card)
        self.outcome = OutcomeCard(self)
        self.card = ProblemsCard(self.problems, self)
        self.right = QWidget(self)
        self._filler = QWidget(self)
        inside = column(self.outcome, self.card, self._filler, spacing=16)
        inside.setStretch(1, 1)
        inside.setStretch(2, 1)
        self.right.setLayout(inside)
        self.tabs = QTabBar(self)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        for _ in range(3):
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._arrange)
        say(self.tabs, name=msg("ImportPage", "Parts of the import"))
        across = row(self.left, self.right, spacing=16)
        across.setStretch(0, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addLayout(across, 1)
        theme.changed.connect(self._fit_rows)
        bell().rung.connect(self._speak)
        self._fit_rows()
        self._speak()
        self._arrange()

    @property
    def narrow(self) -> bool:
        """Whether only one side is shown at a time."""
        return self.width() < BOTH

    def show_step(self, step: Step) -> None:
        """Show the mapping, the check or the end."""
        if step is not self._step:
            self._step = step
            self.tabs.setCurrentIndex(0)
        cards = {Step.MAPPING: self.mapping, Step.CHECK: self.check, Step.DONE: self.done}
        self.left.setCurrentWidget(cards.get(step, self.mapping))
        self.tabs.setTabVisible(2, step is not Step.CHECK)
        self._speak()
        self._arrange()

    def show_file(self, file: ImportFile, *, can_undo: bool, files: list[ImportFile]) -> None:
        """Show a file as it stands now."""
        self.mapping.show_file(file)
        kind = file.found_kind
        done = file.imported and file.result is not None
        clients_come = kind is not RecordKind.CLIENTS and any(
            one is not file and one.found_kind is RecordKind.CLIENTS and one.refusal is None
            for one in files
        )
        self.outcome.show_result(
            kind,
            file.shown,
            done=done,
            counting=file.trying and not done,
            clients_come=clients_come,
        )
        for model in (self.problems, self.checked):
            model.show_groups(kind or RecordKind.CLIENTS, file.problems)
        self.check.show_counts()
        self.card.show_count(all_shown=done, tried=file.shown is not None)
        self.done.show_file(file, can_undo=can_undo)

    def minimumSizeHint(self) -> QSize:
        """Return what one side alone needs: the other one gives way."""
        left = self.left.minimumSizeHint()
        high = max(
            left.height(),
            self.outcome.minimumSizeHint().height(),
            self.card.minimumSizeHint().height(),
        )
        return QSize(max(left.width(), 340), high + self.tabs.sizeHint().height() + 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both sides or one of them."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        narrow = self.narrow
        part = self.tabs.currentIndex()
        self.tabs.setVisible(narrow)
        self.tabs.updateGeometry()  # Qt measures no words that changed while hidden
        self.left.setVisible(not narrow or part == 0)
        self.right.setVisible(not narrow or part > 0)
        wanted = self._step is not Step.CHECK
        self.outcome.setVisible(not narrow or part == 1)
        self.card.setVisible(wanted and (not narrow or part == 2))
        self._filler.setVisible(not wanted or (narrow and part == 1))
        if narrow:
            self.right.setMinimumWidth(0)
            self.right.setMaximumWidth(16_777_215)
        else:
            self.right.setFixedWidth(RAIL)

    @Slot()
    @when_seen
    def _fit_rows(self) -> None:
        compact = self._theme.density is Density.COMPACT
        self.mapping.view.set_row_height(48 if compact else 56)

    @Slot()
    @when_seen
    def _speak(self) -> None:
        words = {
            Step.MAPPING: msg("ImportPage", "Columns"),
            Step.CHECK: msg("ImportPage", "Problems"),
        }
        self.tabs.setTabText(0, str(words.get(self._step, msg("ImportPage", "Import"))))
        self.tabs.setTabText(1, str(msg("ImportPage", "Counts")))
        self.tabs.setTabText(2, str(msg("ImportPage", "Problems")))
        for model in (self.columns, self.problems, self.checked):
            model.repeat()
