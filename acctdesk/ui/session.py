"""One open book and its window: everything that lives from opening to closing it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from acctdesk.ui.actions import Actions
from acctdesk.ui.bus import ChangeBus
from acctdesk.ui.context import Context, Navigator
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.messages import Messages
from acctdesk.ui.pages.registry import page_classes
from acctdesk.ui.runner import BaseRunner, Runner
from acctdesk.ui.settings import Settings
from acctdesk.ui.theme import Theme
from acctdesk.ui.translation import Languages

if TYPE_CHECKING:
    from acctdesk.services.desk import Desk


def now() -> dt.datetime:
    """Return this instant, in UTC."""
    return dt.datetime.now(dt.UTC)


class Session(QObject):
    """A desk, its runner and its window. ``ended`` is told when the book is closed."""

    ended = Signal()
    book_wanted = Signal(str)

    def __init__(
        self,
        desk: Desk,
        *,
        theme: Theme,
        settings: Settings,
        languages: Languages,
        clock: Callable[[], dt.datetime] = now,
        runner_class: type[BaseRunner] = Runner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._over = False
        bus = ChangeBus(self)
        self.context = Context(
            desk=desk,
            runner=runner_class(desk, bus, self),
            bus=bus,
            theme=theme,
            settings=settings,
            actions=Actions(theme, self),
            messages=Messages(self),
            navigator=Navigator(self),
            clock=clock,
            languages=languages,
        )
        self.window = MainWindow(self.context, page_classes())
        self.window.closed.connect(self.end)
        self.window.book_wanted.connect(self.book_wanted)

    def start(self) -> None:
        """Show the window with its first page."""
        self.window.start()
        self.window.show()

    @Slot()
    def end(self) -> None:
        """Stop accepting, drain, close the book. Once."""
        if self._over:
            return
        self._over = True
        self.context.runner.shutdown()
        self._desk.close()
        self.window.deleteLater()
        self.ended.emit()
