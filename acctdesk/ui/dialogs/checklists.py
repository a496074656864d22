"""A checklist in full: its name, and its steps with their days from the anchor date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from acctdesk.i18n import msg, tr
from acctdesk.services.plans import (
    ChecklistRow,
    Step,
    save_checklist,
    trash_checklist,
)
from acctdesk.ui.deeds import Deeds
from acctdesk.ui.delegates.header import InsetHeader
from acctdesk.ui.widgets.basics import Button, LineEdit, label, labelled, row
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.plain_table import INSET
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

WHAT, DAYS, WORKING = range(3)


class ChecklistDialog(CalmDialog):
    """Changes a checklist, or makes a new one; one that the program brings is copied."""

    topic = "plans"

    def __init__(self, context: Context, parent: QWidget, *, chosen: ChecklistRow | None) -> None:
        super().__init__(parent, msg("Plan", "Checklist"), width=620)
        self.context = context
        self._id = None if chosen is None else chosen.id
        self._deeds = Deeds(context, self)
        self.name = LineEdit(self)
        self.name.setMaxLength(120)
        self.table = QTableWidget(0, 3, self)
        self.table.verticalHeader().hide()
        self.table.setFixedHeight(260)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setProperty("plain", True)
        head = InsetHeader(dict.fromkeys((WHAT, DAYS, WORKING), (INSET, INSET)), self.table)
        self.table.setHorizontalHeader(head)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(DAYS, 76)
        self.table.setColumnWidth(WORKING, 110)
        say(
            self.table,
            name=msg("Plan", "Steps"),
            description=msg(
                "Plan", "Type to change a cell; Space ticks whether days are working days."
            ),
        )
        add = Button(msg("Plan", "Add a step"), look="small", icon="plus")
        remove = Button(msg("Plan", "Remove the step"), look="small", icon="trash")
        add.clicked.connect(self.add_step)
        remove.clicked.connect(self.remove_step)
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        if chosen is not None and chosen.id is None:
            note = msg("Plan", "The program brings this one; what you save is your own copy.")
            self.content.addWidget(label(note, "caption", wrap=True))
        self.content.addLayout(labelled(msg("Plan", "Name"), self.name))
        self.content.addWidget(self.table)
        self.content.addLayout(row(add, remove, None))
        self.content.addWidget(
            label(msg("Plan", "Days before the anchor date are negative."), "caption", wrap=True)
        )
        self.content.addWidget(self.trouble)
        if self._id is not None:
            trash = Button(msg("Plan", "Move to the trash"), look="danger", icon="trash")
            trash.clicked.connect(self._trash)
            self.add_foot(trash)
        self.add_button(msg("Plan", "Cancel")).clicked.connect(self.reject)
        save = self.add_button(msg("Plan", "Save"), look="primary", icon="check", default=True)
        save.clicked.connect(self.save)
        bell().rung.connect(self._speak)
        self._speak()
        if chosen is not None:
            self.name.setText(chosen.name)
            for step in chosen.steps:
                self._append(step)
        self.name.setFocus()

    @Slot()
    def _speak(self) -> None:
        self.table.setHorizontalHeaderLabels(
            [tr("Plan", "What is to be done"), tr("Plan", "Days"), tr("Plan", "Working")]
        )
        days = self.table.horizontalHeaderItem(DAYS)
        if days is not None:
            days.setTextAlignment(Qt.AlignmentFlag.AlignRight)

    def _append(self, step: Step) -> None:
        place = self.table.rowCount()
        self.table.insertRow(place)
        self.table.setItem(place, WHAT, QTableWidgetItem(step.title))
        days = QTableWidgetItem(str(step.offset))
        days.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.table.setItem(place, DAYS, days)
        tick = QTableWidgetItem()
        tick.setFlags(
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
        )
        tick.setCheckState(Qt.CheckState.Checked if step.working else Qt.CheckState.Unchecked)
        self.table.setItem(place, WORKING, tick)

    @Slot()
    def add_step(self) -> None:
        """Add an empty step and begin to type."""
        self._append(Step("", 0))
        place = self.table.rowCount() - 1
        self.table.setCurrentCell(place, WHAT)
        self.table.edit(self.table.model().index(place, WHAT))

    @Slot()
    def remove_step(self) -> None:
        """Remove the step at hand."""
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())

    def steps(self) -> list[Step] | None:
        """Return the steps as typed, None where the days of one are no number."""
        found = []
        for place in range(self.table.rowCount()):
            what, days = self._text(place, WHAT), self._text(place, DAYS)
            try:
                offset = int(days.replace("\N{MINUS SIGN}", "-"))
            except ValueError:
                self.table.setCurrentCell(place, DAYS)
                return None
            tick = self.table.item(place, WORKING)
            working = tick is not None and tick.checkState() is Qt.CheckState.Checked
            found.append(Step(what, offset, working))
        return found

    def _text(self, place: int, column: int) -> str:
        item = self.table.item(place, column)
        return "" if item is None else item.text()

    @Slot()
    def save(self) -> None:
        """Store the checklist, or say what is missing."""
        steps = self.steps()
        if steps is None:
            self._complain(tr("Plan", "Days are a whole number, negative before the anchor date."))
            return
        self.context.runner.submit(
            msg("Step", "Checklist"),
            save_checklist,
            checklist_id=self._id,
            name=self.name.text(),
            steps=steps,
            initiator=self,
            on_done=self._stored,
            on_error=self._refused,
        )

    @Slot()
    def _trash(self) -> None:
        self._deeds.do(
            msg("Step", "Checklist to the trash"),
            trash_checklist,
            msg("Plan", "The checklist was moved to the trash."),
            checklist_id=self._id,
        )
        self.accept()

    def _stored(self, _value: object) -> None:
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._complain(str(getattr(error, "message", error)))

    def _complain(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.show()
