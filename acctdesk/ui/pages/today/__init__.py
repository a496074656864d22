"""The Today page."""

from acctdesk.ui.pages.today.page import TodayPage

__all__ = ["TodayPage"]
