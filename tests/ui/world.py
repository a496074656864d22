"""What a page needs to live in a test: a context without threads over a real book."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QApplication

from acctdesk.services.desk import Desk
from acctdesk.ui.actions import Actions
from acctdesk.ui.bus import ChangeBus
from acctdesk.ui.context import Context, Navigator
from acctdesk.ui.messages import Messages
from acctdesk.ui.painting import base_font, load_fonts
from acctdesk.ui.runner import InlineRunner
from acctdesk.ui.settings import Settings
from acctdesk.ui.theme import Theme
from acctdesk.ui.translation import Languages

NOW = dt.datetime(2026, 11, 12, 8, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 12)


def make_context(app: QApplication, desk: Desk, folder: Path, *, theme: str = "light") -> Context:
    """Return a context whose runner answers at once and whose clock stands still."""
    if not app.property("fonts"):
        load_fonts()
        app.setFont(base_font())
        app.setProperty("fonts", True)
    bus = ChangeBus(app)
    look = Theme(app)
    look.apply(theme)
    actions = Actions(look, app)
    context = Context(
        desk=desk,
        runner=InlineRunner(desk, bus, app),
        bus=bus,
        theme=look,
        settings=Settings(folder / "settings.ini", app),
        actions=actions,
        messages=Messages(app),
        navigator=Navigator(app),
        clock=lambda: NOW,
        languages=Languages(app, app),
    )
    context.runner.failed.connect(context.messages.fail)
    return context
