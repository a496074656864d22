"""Which sections the report of a visit must have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from acctdesk.services.visit_reports import SECTIONS, set_required
from acctdesk.ui.pages.settings.control import Control, Facts
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class ReportSectionsControl(Control):
    """A box to tick for each section; saved at once."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.boxes: dict[str, QCheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        for place, (key, title) in enumerate(SECTIONS.items()):
            box = QCheckBox(self)
            say(box, text=title)
            box.clicked.connect(self._chosen)
            self.boxes[key] = box
            grid.addWidget(box, place // 2, place % 2)
        self.setFocusProxy(self.boxes["purpose"])

    def show_facts(self, facts: Facts) -> None:
        """Show what is required."""
        if facts.report_required is not None:
            for key, box in self.boxes.items():
                box.setChecked(key in facts.report_required)

    @Slot()
    def _chosen(self) -> None:
        ticked = [key for key, box in self.boxes.items() if box.isChecked()]
        self.save(set_required, sections=ticked)
