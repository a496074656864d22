"""The card «Which column is which field»: chips, the table, and what is still to be matched."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from acctdesk.i18n import Message, msg, nmsg
from acctdesk.ui.itemmodels.import_columns import ImportColumnsModel
from acctdesk.ui.pages.imports.columns_view import ColumnsView
from acctdesk.ui.pages.imports.files import ImportFile
from acctdesk.ui.widgets.basics import IconLabel, box, hairline, label, row
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.states import Skeleton, StatePanel
from acctdesk.ui.words import say

_REMEMBERED = msg(
    "ImportPage", "What you choose here is remembered for the next file of the same shape."
)
_AS_LAST_TIME = msg("ImportPage", "A file of this shape came before: it is read as last time.")


class MappingCard(QFrame):
    """Shows how the columns of a file are understood."""

    def __init__(self, model: ImportColumnsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._model = model
        self.certain = Chip(parent=self)
        self.doubtful = Chip(parent=self)
        self.out = Chip(parent=self)
        self.view = ColumnsView(model, self)
        self.unknown = StatePanel("zoom-question", self)
        self.loading = Skeleton(56, self)
        self.pages = QStackedWidget(self)
        for one in (self.view, self.unknown, self.loading):
            self.pages.addWidget(one)
        self.notice, beside = box(
            "noticeWarning", margins=(10, 6, 10, 6), spacing=8, horizontal=True
        )
        self._missing = label(role="warning", wrap=True)
        beside.addWidget(IconLabel("alert-triangle", "warning", 16, self.notice))
        beside.addWidget(self._missing, 1)
        self._memory = label(role="caption", wrap=True)
        whole, inside = box("inner", margins=(1, 0, 1, 1), spacing=0)
        title = ElidedLabel(px=16, weight=600)
        say(title, text=msg("ImportPage", "Which column is which field"))
        chips = row(self.certain, self.doubtful, self.out)
        head = row(title, chips, margins=(15, 12, 15, 8))
        head.setStretch(0, 1)
        inside.addLayout(head)
        holder = QWidget(self)
        holder.setLayout(row(self.notice, margins=(15, 0, 15, 8)))
        self._holder = holder
        inside.addWidget(holder)
        inside.addWidget(hairline())
        inside.addWidget(self.pages, 1)
        inside.addWidget(hairline())
        foot = row(IconLabel("history", "muted", 16, self), self._memory, margins=(15, 8, 15, 8))
        foot.setStretch(1, 1)
        inside.addLayout(foot)
        self.setLayout(row(whole, spacing=0))

    def show_file(self, file: ImportFile | None) -> None:
        """Show the mapping of a file, or that its kind is not known, or that it is being read."""
        mapping = None if file is None else file.current
        self._model.show_mapping(mapping)
        known = mapping is not None
        for chip in (self.certain, self.doubtful, self.out):
            chip.setVisible(known)
        say(self._memory, text=_REMEMBERED)
        if file is None:
            return
        missing = file.missing
        self._holder.setVisible(bool(missing))
        if missing:
            say(
                self._missing,
                text=msg(
                    "ImportPage",
                    "Still needed: {fields}. Choose the column that holds it.",
                    fields=_listed(missing),
                ),
            )
        if mapping is None:
            unknown = file.trial.unknown if file.trial is not None else None
            self.pages.setCurrentWidget(self.loading if unknown is None else self.unknown)
            if unknown is not None:
                self.unknown.show_words(
                    msg("ImportPage", "What does this file hold?"),
                    msg(
                        "ImportPage",
                        "Its headings do not say it. Choose the kind above, then match the"
                        " columns. Nothing was changed.",
                    ),
                )
            return
        self.pages.setCurrentWidget(self.view)
        say(self._memory, text=_AS_LAST_TIME if mapping.remembered else _REMEMBERED)
        certain, doubtful, out = self._model.counts()
        self.certain.set_status(
            nmsg("ImportPage", "{n} certain", "{n} certain", certain), "success", "check"
        )
        self.doubtful.set_status(
            nmsg("ImportPage", "{n} to look at", "{n} to look at", doubtful),
            "warning",
            "alert-triangle",
        )
        self.out.set_status(nmsg("ImportPage", "{n} left out", "{n} left out", out), "muted")
        self.certain.setVisible(bool(certain))
        self.doubtful.setVisible(bool(doubtful))
        self.out.setVisible(bool(out))


def _listed(titles: tuple[Message, ...]) -> str:
    return ", ".join(map(str, titles))
