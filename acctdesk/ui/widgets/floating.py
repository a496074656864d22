"""A small panel over the window, beside what it is about: Esc or a press beside it closes."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

AIR = 8  # px kept from the edge of the window


class _Ground(QWidget):
    """Covers the window without a colour; the panel stands on it and keeps the keyboard."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("floating")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setGeometry(window.rect())
        window.installEventFilter(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close by a press beside the panel."""
        self._leave()
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Go round inside the panel."""
        fields = [
            one
            for one in self.findChildren(QWidget)
            if one.isVisible()
            and one.isEnabled()
            and one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and one.focusProxy() is None
        ]
        if not fields:
            return True
        at = next_index(fields, self.window().focusWidget(), 1 if next else -1)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        fields[at].setFocus(reason)
        return True

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Go when the window changes its size: what the panel is about has moved."""
        if event.type() == QEvent.Type.Resize:
            self._leave()
        return False

    def _leave(self) -> None:
        for panel in self.findChildren(FloatingPanel):
            panel.close()


def next_index(fields: list[QWidget], held: QWidget | None, step: int) -> int:
    """Return the place after (or before) the one that holds the keyboard."""
    place = next((n for n, one in enumerate(fields) if one is held), -1 if step > 0 else 0)
    return (place + step) % len(fields)


class FloatingPanel(QFrame):
    """Fill its layout, then ``show_at``. It deletes itself when closed; the keyboard goes back."""

    def __init__(self, over: QWidget, *, width: int) -> None:
        window = over.window()
        self._ground = _Ground(window)
        super().__init__(self._ground)
        self._before: QWidget | None = window.focusWidget()
        self.setObjectName("popup")
        self.setFixedWidth(width)

    def show_at(self, point: QPoint, *, from_right: bool = False) -> None:
        """Show with the upper left (or right) corner at a global point, inside the window."""
        self._ground.show()  # first: only what is shown knows the sizes of its style
        self._ground.raise_()
        layout, room = self.layout(), self._ground.rect()
        if layout is not None:
            self.setFixedWidth(max(self.width(), layout.totalMinimumSize().width()))
        high = self.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            high = layout.totalHeightForWidth(self.width())
        self.resize(self.width(), high)
        place = self._ground.mapFromGlobal(point)
        left = place.x() - self.width() if from_right else place.x()
        left = max(AIR, min(left, room.width() - self.width() - AIR))
        top = max(AIR, min(place.y(), room.height() - high - AIR))
        self.move(left, top)
        self.setFocus()

    def close(self) -> bool:
        """Go, and give the keyboard back."""
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus()
        return self._ground.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc; no other key goes to what is behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        event.accept()
