"""The top bar: the search field that opens the palette, undo, and the one primary action."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from acctdesk.i18n import msg
from acctdesk.ui import icons, painting
from acctdesk.ui.widgets.basics import Button, icon_button, row
from acctdesk.ui.words import Text, say

BUSY_AFTER_MS = 150
_ROOM = 860  # px of the bar in which every button has its words
_SEARCH = 120  # the least width of the search field


class SearchField(QAbstractButton):
    """Looks like a field, opens the palette: typing belongs there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(32)
        self.setMaximumWidth(400)
        self.setMinimumWidth(_SEARCH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        words = msg("TopBar", "Search clients, contacts, commands")
        say(
            self,
            text=words,
            tip=words,
            name=msg("TopBar", "Search (Ctrl+K)"),
        )

    def sizeHint(self) -> QSize:
        """Return the usual size: 400 by 32."""
        return QSize(400, 32)

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(_SEARCH, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, the words and the key cap."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect())
        ground = "hover" if self.underMouse() else "surface"
        painting.round_rect(painter, place, 6, fill=ground, line="control")
        icons.draw_icon(painter, "search", QRectF(10, 7, 18, 18), "muted")
        keys = painting.draw_keys(painter, place.right() - 6, 0, place.height(), ("Ctrl K",))
        words = QRectF(36, 0, place.width() - 36 - keys - 14, place.height())
        painting.draw_text(painter, words, self.text(), ink="muted")
        if self.hasFocus():
            painting.focus_ring(painter, place, 6)


class TopBar(QFrame):
    """What stands above every page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setFixedHeight(56)
        self.search = SearchField()
        self.undo = icon_button("arrow-back-up", msg("Action", "Undo"))
        self.redo = icon_button("arrow-forward-up", msg("Action", "Redo"))
        self._private = self._has_second = False
        self.privacy = Button(msg("Action", "Privacy"), look="plain", icon="eye-off")
        self.second = Button(look="plain", icon="plus")
        self.primary = Button(look="primary", icon="plus")
        self.primary.setObjectName("primary")
        self.setLayout(
            row(
                self.search,
                None,
                self.undo,
                self.redo,
                self.privacy,
                self.second,
                self.primary,
                margins=(24, 0, 24, 0),
            )
        )
        layout = self.layout()
        if layout is not None:
            layout.setStretch(0, 10)  # type: ignore[attr-defined]
        self.second.hide()
        self._followed: list[QAction] = []
        self._busy = QFrame(self)
        self._busy.setObjectName("busyLine")
        self._busy.hide()
        self._busy_timer = QTimer(self)
        self._busy_timer.setSingleShot(True)
        self._busy_timer.setInterval(BUSY_AFTER_MS)
        self._busy_timer.timeout.connect(self._busy.show)

    @Slot(bool)
    def set_busy(self, busy: bool) -> None:
        """Show a thin line while the book is being asked for longer than a moment."""
        if busy:
            self._busy_timer.start()
        else:
            self._busy_timer.stop()
            self._busy.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the busy line at the lower edge."""
        super().resizeEvent(event)
        self._fit()
        self._busy.setGeometry(0, self.height() - 2, self.width(), 2)

    def show_primary(self, action: QAction, text: Text, icon: str | None) -> None:
        """Make ``action`` the one filled button."""
        self._bind(self.primary, action, text, icon)

    def show_second(self, action: QAction | None, text: Text = "", icon: str | None = None) -> None:
        """Show an outlined button beside the filled one, or none."""
        self._has_second = action is not None
        if action is not None:
            self._bind(self.second, action, text, icon)
        self._fit()

    def follow_privacy(self, action: QAction) -> None:
        """Let the privacy button do what the action does."""
        self.privacy.clicked.connect(action.trigger)
        say(self.privacy, tip=action.toolTip())

    def show_private(self, on: bool) -> None:
        """Say that amounts and names are hidden: the button is the badge."""
        words = msg("TopBar", "Hidden") if on else msg("Action", "Privacy")
        say(self.privacy, text=words, name=msg("TopBar", "Amounts are hidden") if on else words)
        self.privacy.set_icon("eye-off" if on else "eye")
        self.privacy.set_look("danger" if on else "plain")
        self._private = on
        self._fit()

    def _fit(self) -> None:
        """Give buttons up where there is no room; their keys and menus stay."""
        self.privacy.setVisible(self._private or self.width() >= _ROOM)
        margins, least = 2 * 24 + 5 * 8, self.search.minimumWidth()
        taken = [self.undo, self.redo, self.primary, *([self.privacy] if self._private else [])]
        room = self.width() - margins - least - sum(one.sizeHint().width() for one in taken)
        fits = self.width() >= _ROOM or room >= self.second.sizeHint().width()
        self.second.setVisible(self._has_second and fits)

    def follow_undo(self, undo: QAction, redo: QAction) -> None:
        """Let the two buttons do, say and allow what the two actions do."""
        for button, action in ((self.undo, undo), (self.redo, redo)):
            button.clicked.connect(action.trigger)
            action.changed.connect(self._copy_undo)
        self._undo_action, self._redo_action = undo, redo
        self._copy_undo()

    def _copy_undo(self) -> None:
        for button, action in ((self.undo, self._undo_action), (self.redo, self._redo_action)):
            button.setEnabled(action.isEnabled())
            say(button, tip=action.toolTip(), name=action.text().replace("&&", "&"))

    def _bind(self, button: Button, action: QAction, text: Text, icon: str | None) -> None:
        previous = getattr(button, "bound_action", None)
        if previous is not None:
            button.clicked.disconnect(previous.trigger)
        button.bound_action = action  # type: ignore[attr-defined]
        button.clicked.connect(action.trigger)
        if action not in self._followed:  # once, whichever buttons it has stood on
            self._followed.append(action)
            action.changed.connect(self._copy_enabled)
        say(button, text=text, name=text, tip=action.toolTip())
        button.set_icon(icon)
        button.setEnabled(action.isEnabled())

    def _copy_enabled(self) -> None:
        for button in (self.primary, self.second):
            action = getattr(button, "bound_action", None)
            if action is not None:
                button.setEnabled(action.isEnabled())
                say(button, tip=action.toolTip())
