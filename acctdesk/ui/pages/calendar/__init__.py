"""The Calendar page: days, weeks and months, and what has a day to be met."""

from acctdesk.ui.pages.calendar.page import CalendarPage

__all__ = ["CalendarPage"]
