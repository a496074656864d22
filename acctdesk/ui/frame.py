"""The frame of the window: sidebar, top bar and room for pages, painted before the book is open.

Nothing is imported here, nor by the window at its head, that the first paint does not need.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from acctdesk.ui import settings as remembered
from acctdesk.ui.widgets.roomy import Roomy, room_for
from acctdesk.ui.widgets.sidebar import Sidebar
from acctdesk.ui.widgets.topbar import TopBar
from acctdesk.ui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from acctdesk.ui.pages.registry import PageSpec
    from acctdesk.ui.settings import Settings

_TIGHT = 1100  # a narrower window has icons alone in its sidebar


class Frame(QMainWindow):
    """What the window is made of before it has pages."""

    painted = Signal()  # it is on the screen; told once

    def __init__(
        self, settings: Settings, pages: Sequence[PageSpec], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._was_painted = False
        self._first_page = pages[0].key
        self._areas: dict[str, Roomy] = {}
        self.setMinimumSize(QSize(800, 600).boundedTo(room_for(self)))
        self.sidebar = Sidebar(pages)
        self.topbar = TopBar()
        self.stack = QStackedWidget()
        self._waiting = Waiting()
        self.stack.addWidget(self._waiting)
        self.down = QVBoxLayout()  # top bar, pages, and what comes under them
        self._lay_out()
        self._waiting.setFocus()

    def _lay_out(self) -> None:
        central = QWidget(self)
        central.setObjectName("page")
        across = QHBoxLayout(central)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.sidebar)
        self.down.setContentsMargins(0, 0, 0, 0)
        self.down.setSpacing(0)
        self.down.addWidget(self.topbar)
        self.down.addWidget(self.stack, 1)
        across.addLayout(self.down, 1)
        self.setCentralWidget(central)

    def area(self, key: str) -> Roomy:
        """Return where a page stands, made now if it is not there yet."""
        if key not in self._areas:
            self._areas[key] = Roomy(self.stack)
            self.stack.addWidget(self._areas[key])
        return self._areas[key]

    def end_waiting(self) -> None:
        """Take what was shown until there was a page away."""
        self.stack.removeWidget(self._waiting)
        self._waiting.deleteLater()

    def set_sidebar_narrow(self, narrow: bool) -> None:
        """Show icons alone in the sidebar, and remember it."""
        self._settings.set(remembered.SIDEBAR_COLLAPSED, narrow)
        self._fit_sidebar()

    def _fit_sidebar(self) -> None:
        chosen = self._settings.get(remembered.SIDEBAR_COLLAPSED)
        self.sidebar.set_narrow(chosen or self.width() < _TIGHT)

    def restore(self) -> None:
        """Take the place and size of the last time."""
        geometry = self._settings.geometry()
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(QSize(1440, 900).boundedTo(room_for(self)))
        bring_back(self)
        self._fit_sidebar()

    def remember(self) -> None:
        """Write place and size down for the next time."""
        self._settings.set_geometry(self.saveGeometry())
        self._settings.save()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sidebar as wide as there is room for."""
        super().resizeEvent(event)
        self._fit_sidebar()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell the first time that there is something to see."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._tell_painted)

    @Slot()
    def _tell_painted(self) -> None:
        self.painted.emit()
        # While the book is being opened: for the first widget of Qt's own making that PySide meets
        # it builds classes of all there are.
        self.area(self._first_page)


def bring_back(window: QWidget) -> None:
    """Move a window that lies outside every screen onto the first one, and make it fit."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if not screens:
        return
    frame = window.frameGeometry()
    title = QRect(frame.topLeft(), QSize(frame.width(), 40))
    if any(screen.intersected(title).width() >= 100 for screen in screens):
        return
    home = screens[0]
    size = window.size().boundedTo(home.size()).expandedTo(window.minimumSize())
    window.resize(size)
    window.move(home.topLeft())
