"""Which function opens the dialog of an action, wherever in the window one is."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping
from functools import cache

from PySide6.QtWidgets import QWidget

from acctdesk.ui.context import Context

Opener = Callable[[Context, QWidget], object]
_OPENERS: Mapping[str, tuple[str, str]] = {
    "tools.report": ("acctdesk.ui.dialogs.report", "open_report"),
    "file.password": ("acctdesk.ui.dialogs.password", "open_password"),
    "file.recovery": ("acctdesk.ui.dialogs.password", "open_recovery"),
    "help.shortcuts": ("acctdesk.ui.dialogs.shortcuts", "open_shortcuts"),
    "help.about": ("acctdesk.ui.dialogs.about", "open_about"),
}


@cache
def openable() -> frozenset[str]:
    """Return the actions that a dialog of this build answers."""
    return frozenset(
        action
        for action, (module, _) in _OPENERS.items()
        if importlib.util.find_spec(module) is not None
    )


def opener(action: str) -> Opener | None:
    """Return what opens the dialog of an action; imported when it is asked for."""
    if action not in openable():
        return None
    module, name = _OPENERS[action]
    found: Opener = getattr(importlib.import_module(module), name)
    return found
