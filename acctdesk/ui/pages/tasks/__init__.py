"""The Tasks page."""

from acctdesk.ui.pages.tasks.page import TasksPage

__all__ = ["TasksPage"]
