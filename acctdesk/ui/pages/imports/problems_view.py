"""The list of problems, narrow in the card and wide in the check; and the card itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStackedWidget,
    QToolTip,
    QWidget,
)

from acctdesk import formats
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.ui.delegates.import_problem import ImportProblemDelegate
from acctdesk.ui.itemmodels.import_problems import (
    GROUP,
    LINE,
    ImportProblemsModel,
    ProblemLine,
    rows_text,
)
from acctdesk.ui.keys import select_current
from acctdesk.ui.widgets.basics import Button, box, column, hairline, label, row
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.filter_chips import FilterChips
from acctdesk.ui.widgets.states import StatePanel
from acctdesk.ui.words import plain_tip, say


class ProblemsView(QListView):
    """Shows an ImportProblemsModel."""

    def __init__(self, model: ImportProblemsModel, parent: QWidget, *, wide: bool) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(ImportProblemDelegate(self, wide=wide))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.verticalScrollBar().setSingleStep(20)
        say(
            self,
            name=msg("ImportPage", "All problems") if wide else msg("ImportPage", "Problems"),
            description=msg(
                "ImportPage", "What was found in the file, and what was done about it."
            ),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the sentences anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard stands."""
        super().focusInEvent(event)
        select_current(self)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say a problem in full, with every row, where the pointer rests."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            line: ProblemLine | None = index.data(LINE) if index.isValid() else None
            words = ""
            if line is not None:
                every = rows_text(index.data(GROUP), most=40)
                words = f"{line.title}. {line.sentence} {line.place}, {every}"
            QToolTip.showText(event.globalPos(), plain_tip(words), self)
            return True
        return super().viewportEvent(event)


class ProblemsCard(QFrame):
    """Problems beside the mapping: the list, all of it, and the list as a file."""

    all_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, model: ImportProblemsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._model = model
        self.title = ElidedLabel(px=16, weight=600)
        self.chip = Chip(parent=self)
        self.view = ProblemsView(model, self, wide=False)
        self.none = StatePanel("circle-check", self)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.none)
        self.every = Button(look="small", icon="list-check")
        self.save = Button(look="small", icon="file-download")
        self.every.clicked.connect(self.all_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.foot = QWidget(self)
        buttons = row(self.every, None, self.save, margins=(15, 8, 15, 8))
        self.foot.setLayout(column(hairline(), buttons, spacing=0))
        whole, inside = box("inner", margins=(1, 0, 1, 4), spacing=0)
        head = row(self.title, self.chip, margins=(15, 12, 15, 8))
        head.setStretch(0, 1)
        inside.addLayout(head)
        inside.addWidget(self.pages, 1)
        inside.addWidget(self.foot)
        outer = row(whole, spacing=0)
        self.setLayout(outer)

    def show_count(self, *, all_shown: bool, tried: bool) -> None:
        """Say how many there are.

        ``all_shown`` where no other step shows them all, ``tried`` where the file could be tried.
        """
        count = self._model.count()
        say(self.title, text=msg("ImportPage", "Problems and what was done"))
        shown = formats.number(count)
        self.chip.set_status(shown, "warning" if count else "success")
        say(self.chip, name=nmsg("ImportPage", "{n} problem", "{n} problems", count))
        self.pages.setCurrentWidget(self.view if count else self.none)
        self.chip.setVisible(tried)
        if tried:
            self.none.show_words(
                msg("ImportPage", "No problems"),
                msg("ImportPage", "Every row of the file was understood as it stands."),
            )
        else:
            self.none.show_words(
                msg("ImportPage", "Not tried yet"),
                msg("ImportPage", "Problems are listed here when the file was read."),
            )
        say(self.every, text=msg("ImportPage", "All {count}", count=shown))
        say(self.save, text=msg("ImportPage", "Save list"))
        self.foot.setVisible(bool(count))
        self.every.setVisible(not all_shown)


class CheckCard(QFrame):
    """Every problem of the file, narrowed by what became of it."""

    CHIPS: tuple[tuple[str, Message], ...] = (
        ("all", msg("ImportPage", "All")),
        ("refused", msg("ImportPage", "Refused")),
        ("needs_you", msg("ImportPage", "Needs you")),
        ("mended", msg("ImportPage", "Mended")),
        ("know", msg("ImportPage", "Good to know")),
    )

    def __init__(self, model: ImportProblemsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._model = model
        self.chips = FilterChips(self.CHIPS, msg("ImportPage", "Show problems"), self)
        self.chips.chosen.connect(model.show_only)
        self.view = ProblemsView(model, self, wide=True)
        whole, inside = box("inner", margins=(1, 0, 1, 4), spacing=0)
        head = label(msg("ImportPage", "Problems and what was done"), "section")
        inside.addLayout(row(head, None, margins=(15, 12, 15, 8)))
        inside.addLayout(row(self.chips, margins=(15, 0, 15, 8)))
        inside.addWidget(hairline())
        inside.addWidget(self.view, 1)
        inside.addWidget(hairline())
        self.save = Button(msg("ImportPage", "Save list"), look="small", icon="file-download")
        inside.addLayout(row(None, self.save, margins=(15, 8, 15, 8)))
        self.setLayout(row(whole, spacing=0))

    def show_counts(self) -> None:
        """Say how many there are of each."""
        self.chips.show_counts({key: self._model.count(key) for key, _ in self.CHIPS})
