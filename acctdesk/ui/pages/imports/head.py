"""The head of the Import page: its title, the step, the file's line, and the kind it holds."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.kinds import RecordKind
from acctdesk.ui.itemmodels.import_words import KINDS, TITLES, file_line
from acctdesk.ui.pages.imports.files import ORDER, ImportFile
from acctdesk.ui.pages.imports.steps import Step, StepLine
from acctdesk.ui.widgets.basics import IconLabel, label, row
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.words import say


class ImportHead(QWidget):
    """Shows which file is at hand and what it holds; ``kind_chosen`` carries a RecordKind."""

    kind_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = label(role="title")
        self.steps = StepLine(self)
        self._mark = IconLabel("file-spreadsheet", "success", 18, self)
        self.line = ElidedLabel(ink="text2")
        self._holds = label(msg("ImportPage", "Holds"), "field")
        self.kind = Combo(self)
        self.kind.setMinimumWidth(168)
        self.kind.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        say(self.kind, name=msg("ImportPage", "What the file holds"))
        self._holds.setBuddy(self.kind)
        self.kind.activated.connect(self._kind_chosen)
        first = row(self.title, None, self.steps, spacing=16)
        second = row(self._mark, self.line, self._holds, self.kind)
        second.setStretch(1, 1)
        self._second = QWidget(self)
        self._second.setLayout(second)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(first)
        whole.addWidget(self._second)

    def show_files(self, step: Step) -> None:
        """Show that all files are at hand."""
        say(self.title, text=msg("ImportPage", "Import of files"))
        self.steps.show_step(step)
        self._second.hide()

    def show_file(self, file: ImportFile, step: Step) -> None:
        """Show one file."""
        kind = file.found_kind
        title = msg("ImportPage", "Import of a file") if kind is None else TITLES[kind]
        say(self.title, text=title)
        self.steps.show_step(step)
        self.line.setText(file.name if file.trial is None else file_line(file.trial))
        self._fill_kinds(kind)
        changeable = step is not Step.DONE
        self.kind.setVisible(changeable)
        self._holds.setVisible(changeable)
        self._second.show()

    def _fill_kinds(self, kind: RecordKind | None) -> None:
        wanted: list[tuple[str, RecordKind | None]] = [(str(KINDS[one]), one) for one in ORDER]
        if kind is None:
            wanted.insert(0, (str(_CHOOSE), None))
        elif kind not in ORDER:
            wanted.append((str(KINDS[kind]), kind))
        have = [(self.kind.itemText(at), self.kind.itemData(at)) for at in range(self.kind.count())]
        if have != wanted:
            self.kind.clear()
            for words, one in wanted:
                self.kind.addItem(words, one)
        self.kind.setCurrentIndex(self.kind.findData(kind))

    @Slot()
    def _kind_chosen(self) -> None:
        kind = self.kind.currentData()
        if kind is not None:
            self.kind_chosen.emit(RecordKind(kind))


_CHOOSE: Message = msg("ImportPage", "Choose…")
