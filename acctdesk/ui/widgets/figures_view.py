"""The table of a chart: months below each other, figures right-aligned under their headings."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from acctdesk.i18n import msg
from acctdesk.ui.delegates.header import InsetHeader
from acctdesk.ui.itemmodels.figures_table import FiguresTableModel
from acctdesk.ui.words import say

ROW = 36


def figures_view(
    model: FiguresTableModel, parent: QWidget | None = None, *, row: int = ROW
) -> QTableView:
    """Return a table of twelve months that is read, not edited; ``row`` is a row's height."""
    table = QTableView(parent)
    table.setProperty("plain", True)
    table.setModel(model)
    table.setHorizontalHeader(InsetHeader(dict.fromkeys(range(7), (11, 11)), table))
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setSectionsClickable(False)
    table.verticalHeader().hide()
    table.verticalHeader().setMinimumSectionSize(row)
    table.verticalHeader().setDefaultSectionSize(row)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setTabKeyNavigation(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setMinimumHeight(32 + 12 * row + 2)
    say(table, name=msg("Targets", "Sales and target by month"))
    return table
