"""The tasks of the days that are seen, as a view and a screen reader want them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from acctdesk.services.calendar import CalendarSpan
from acctdesk.services.rows import TaskRow
from acctdesk.ui.itemmodels.calendar_text import spoken

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class CalendarModel(QAbstractListModel):
    """Tasks by day and time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.held: CalendarSpan | None = None

    @property
    def tasks(self) -> tuple[TaskRow, ...]:
        """The tasks, in order."""
        return () if self.held is None else self.held.tasks

    def set_span(self, span: CalendarSpan) -> None:
        """Show other days."""
        self.beginResetModel()
        self.held = span
        self.endResetModel()

    def task_at(self, index: Index) -> TaskRow | None:
        """Return the task of an index."""
        row = index.row() if index.isValid() else -1
        return self.tasks[row] if 0 <= row < len(self.tasks) else None

    def row_of(self, task_id: int | None) -> int | None:
        """Return where a task stands, None if it is not among these days."""
        return next((n for n, one in enumerate(self.tasks) if one.id == task_id), None)

    def conflicts(self, task: TaskRow) -> bool:
        """Tell whether a task overlaps another one."""
        return self.held is not None and task.id in self.held.conflicts

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many tasks."""
        return 0 if parent.isValid() else len(self.tasks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what is read aloud of a task."""
        task = self.task_at(index)
        if task is None or self.held is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(task, self.held.days, conflict=self.conflicts(task))
        return None
