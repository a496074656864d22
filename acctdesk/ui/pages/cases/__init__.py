"""The Cases page."""

from acctdesk.ui.pages.cases.page import CasesPage

__all__ = ["CasesPage"]
