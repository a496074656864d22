"""Content that scrolls only where there is no room for all of it, as with very large text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QWidget

from acctdesk.ui.widgets.following_area import FollowingArea

_TITLE_BAR = 40  # px that the system puts above a window
_LEAST = QSize(200, 120)


def room_for(widget: QWidget) -> QSize:
    """Return the largest size that a window can have on its screen.

    ``widget.screen()`` is no way to it: PySide takes what that returns for a child of the widget,
    and deletes the screen with it.
    """
    place = widget.window().frameGeometry().center()
    screen = QGuiApplication.screenAt(place) or QGuiApplication.primaryScreen()
    return screen.availableGeometry().size() - QSize(0, _TITLE_BAR)


class Roomy(FollowingArea):
    """Gives its content all the room there is, and never less than it needs.

    ``asked`` tells that the content asks for another size.
    """

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._content = QWidget(self.viewport())
        self.setWidget(self._content)

    def hold(self, content: QWidget) -> None:
        """Take the content; made as a child of the viewport, it need not be styled again."""
        self._content = content
        self.setWidget(content)  # which deletes the one before

    def sizeHint(self) -> QSize:
        """Return what the content would like."""
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return a size in which one can still scroll."""
        return self._content.minimumSizeHint().boundedTo(_LEAST)

    def hasHeightForWidth(self) -> bool:
        """Say whether the content wraps its words."""
        return self._content.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """Return the height that the content would like in a width."""
        return self._content.heightForWidth(width)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what comes and goes in the content."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
            self.updateGeometry()
            self.asked.emit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure wrapped words again."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        layout = self._content.layout()
        if layout is not None and layout.hasHeightForWidth():
            wide = max(self.viewport().width(), layout.totalMinimumSize().width())
            self._content.setMinimumHeight(layout.totalMinimumHeightForWidth(wide))
