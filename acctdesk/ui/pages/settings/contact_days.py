"""The contact rhythm: for each segment the ideal days between two contacts, and the most."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.services.rhythm import MOST_GAP, OTHERS, USUAL_GAPS, Gap, set_gaps
from acctdesk.ui.pages.settings.control import Control, Facts
from acctdesk.ui.pages.settings.profile import StoredField
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

_WIDTH = 72


class ContactDaysControl(Control):
    """A line of two fields for each segment; a line is saved when one of them is left."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.fields: dict[str, tuple[StoredField, StoredField]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for place, heading in enumerate(
            (msg("Settings", "Ideal, days"), msg("Settings", "At most, days")), start=1
        ):
            grid.addWidget(label(heading, "caption"), 0, place)
        for line, segment in enumerate(USUAL_GAPS, start=1):
            name = _name(segment)
            grid.addWidget(label(name), line, 0)
            ideal = self._field(segment, msg("Settings", "{segment}: ideal days", segment=name))
            most = self._field(segment, msg("Settings", "{segment}: most days", segment=name))
            grid.addWidget(ideal, line, 1)
            grid.addWidget(most, line, 2)
            self.fields[segment] = ideal, most
        grid.setColumnStretch(3, 1)
        self.setFocusProxy(next(iter(self.fields.values()))[0])

    def show_facts(self, facts: Facts) -> None:
        """Show what is stored, unless something else is being typed."""
        if facts.gaps is None:
            return
        for segment, fields in self.fields.items():
            gap = facts.gaps[segment]
            for field, days in zip(fields, (gap.ideal, gap.most), strict=True):
                typing = field.hasFocus() and field.text() != field.stored
                field.stored = str(days)
                if not typing:
                    field.setText(field.stored)

    def _field(self, segment: str, name: Message) -> StoredField:
        field = StoredField(self)
        field.setValidator(QIntValidator(1, MOST_GAP, field))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setFixedWidth(_WIDTH)
        say(field, name=name)
        field.editingFinished.connect(partial(self._left, segment))
        return field

    def _left(self, segment: str) -> None:
        ideal, most = self.fields[segment]
        if all(field.text() == field.stored for field in (ideal, most)):
            return
        gap = Gap(int(ideal.text()), int(most.text()))
        self.save(set_gaps, gaps={segment: gap})


def _name(segment: str) -> Message:
    if segment == OTHERS:
        return msg("Settings", "Others")
    return msg("Settings", "Category {one}", one=segment)
