"""The pages of the window, in the order of the sidebar. A page that is not there is not shown."""

from __future__ import annotations

import importlib
import importlib.util

from acctdesk.ui.pages.page import Page

PAGES: tuple[tuple[str, str], ...] = (
    ("acctdesk.ui.pages.today", "TodayPage"),
    ("acctdesk.ui.pages.clients.page", "ClientsPage"),
    ("acctdesk.ui.pages.tasks", "TasksPage"),
    ("acctdesk.ui.pages.targets", "TargetsPage"),
    ("acctdesk.ui.pages.imports", "ImportPage"),
    ("acctdesk.ui.pages.settings", "SettingsPage"),
)


def page_classes() -> tuple[type[Page], ...]:
    """Return the classes of the pages; each is made when it is first shown."""
    found: list[type[Page]] = []
    for module, name in PAGES:
        if importlib.util.find_spec(module) is not None:
            found.append(getattr(importlib.import_module(module), name))
    return tuple(found)
