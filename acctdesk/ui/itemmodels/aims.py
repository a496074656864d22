"""Every target that runs on a day: what it measures, how far it is, where it lands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QObject, Qt

from acctdesk import formats
from acctdesk.charts.landing import value_text
from acctdesk.i18n import Message, msg
from acctdesk.services.attainment import AimStanding
from acctdesk.ui.itemmodels.rows import Index, RowsModel
from acctdesk.ui.itemmodels.targets_text import aim_about, aim_name, need_text, period_text, state

NAME, ABOUT, PERIOD, TARGET, ACTUAL, DUE, SHARE, LANDING, NEED, STATE = range(10)


class AimsModel(RowsModel[AimStanding]):
    """Shows AimStandings by their usual method."""

    headings: ClassVar[Sequence[Message | None]] = (
        msg("Landing", "Target"),
        msg("Landing", "What it measures"),
        msg("Landing", "Months"),
        msg("Landing", "Goal"),
        msg("Landing", "Actual"),
        msg("Landing", "Plan to date"),
        msg("Landing", "Attainment"),
        msg("Landing", "Lands at"),
        msg("Landing", "Need per working day"),
        msg("Landing", "State"),
    )
    figures = range(TARGET, STATE)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.currency = "EUR"

    def words(self, row: AimStanding, column: int) -> str:
        """Return what a cell says."""
        aim = row.aim
        if column == NAME:
            return aim_name(aim)
        if column == ABOUT:
            return aim_about(aim)
        if column == PERIOD:
            return period_text(aim.period)
        if column == SHARE:
            return formats.percent(row.attainment, 1)
        if column == NEED:
            return need_text(row, self.currency)
        if column == STATE:
            return str(state(row)[0])
        found = row.landing()
        value = {
            TARGET: aim.amount,
            ACTUAL: row.actual,
            DUE: row.due,
            LANDING: None if found is None else found.landing_minor,
        }[column]
        return value_text(aim, value, self.currency)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell; its tool tip is the whole of it."""
        if role == Qt.ItemDataRole.ToolTipRole:
            role = Qt.ItemDataRole.DisplayRole
        return super().data(index, role)
