"""The Receivables page; ``page.py`` holds the class."""

from acctdesk.ui.pages.receivables.page import ReceivablesPage

__all__ = ["ReceivablesPage"]
