"""The Targets page; ``page.py`` holds the class."""

from acctdesk.ui.pages.targets.page import TargetsPage

__all__ = ["TargetsPage"]
