"""Which function opens the dialog of an action, wherever in the window one is."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from acctdesk.ui.context import Context

Opener = Callable[[Context, QWidget], object]
_OPENERS: Mapping[str, tuple[str, str]] = {
    "record.order": ("acctdesk.ui.dialogs.order_trial", "open_order_trial"),
    "tools.visit_plan": ("acctdesk.ui.dialogs.visit_plan", "open_visit_plan"),
    "tools.report": ("acctdesk.ui.dialogs.report", "open_report"),
    "file.copy_book": ("acctdesk.ui.dialogs.move", "open_copy"),
    "file.calendar": ("acctdesk.ui.dialogs.calendar_out", "open_calendar_out"),
    "file.password": ("acctdesk.ui.dialogs.password", "open_password"),
    "file.recovery": ("acctdesk.ui.dialogs.password", "open_recovery"),
    "view.dismissed": ("acctdesk.ui.dialogs.dismissed", "open_dismissed"),
    "help.shortcuts": ("acctdesk.ui.dialogs.shortcuts", "open_shortcuts"),
    "help.about": ("acctdesk.ui.dialogs.about", "open_about"),
}


def openable() -> frozenset[str]:
    """Return the actions that a dialog answers."""
    return frozenset(_OPENERS)


def opener(action: str) -> Opener | None:
    """Return what opens the dialog of an action; imported when it is asked for."""
    if action not in _OPENERS:
        return None
    module, name = _OPENERS[action]
    found: Opener = getattr(importlib.import_module(module), name)
    return found
