"""The Settings page."""

from acctdesk.ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
