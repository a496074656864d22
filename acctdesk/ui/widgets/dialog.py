"""The ground of every dialog: a heading, content, and buttons that say what they do."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QFrame, QStyle, QVBoxLayout, QWidget

from acctdesk.i18n import Message
from acctdesk.ui.keys import answer
from acctdesk.ui.widgets.basics import Button, KeyCaps, Look, box, label
from acctdesk.ui.widgets.roomy import Roomy, room_for
from acctdesk.ui.words import say

EVERYWHERE = frozenset({"file.lock", "view.privacy"})  # keys that a modal dialog must not keep away
BESIDE = "beside"  # a property of a window for whose sake the program does not stay open


class CalmDialog(QDialog):
    """A window-modal dialog: use ``open()``, hear ``accepted`` and ``rejected``.

    Put content into ``content``; add buttons with ``add_button`` (the last one is rightmost).
    It grows with its content up to the screen, where it scrolls, and deletes itself when closed.
    F1 opens the manual at ``topic``.
    """

    topic = ""

    def __init__(
        self, parent: QWidget | None, title: Message, *, width: int = 480, heading: bool = True
    ) -> None:
        super().__init__(parent)
        for action in parent.window().actions() if parent is not None else ():
            if action.objectName() in EVERYWHERE:
                self.addAction(action)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "raised")
        say(self, title=title, name=title)
        self.setMinimumWidth(min(width, room_for(self).width()))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        body = QWidget()
        self.content = QVBoxLayout(body)
        self.content.setContentsMargins(24, 24, 24, 16)
        self.content.setSpacing(12)
        if heading:
            self.content.addWidget(label(title, "section", wrap=True))
        body.setObjectName("content")
        self._content = body
        area = Roomy()
        area.hold(body)
        area.asked.connect(self._grow)
        whole.addWidget(area, 1)
        self.foot: QFrame
        self._foot_layout: QBoxLayout
        self.foot, self._foot_layout = box(
            "dialogFoot", margins=(24, 8, 24, 16), spacing=8, horizontal=True
        )
        self._foot_layout.addStretch(1)
        whole.addWidget(self.foot)

    def add_button(
        self, text: Message, *, look: Look = "plain", icon: str | None = None, default: bool = False
    ) -> Button:
        """Add a button at the right end; connect its ``clicked``."""
        button = Button(text, look=look, icon=icon)
        button.setDefault(default)
        self._foot_layout.addWidget(button)
        return button

    def add_keys(self, *keys: str) -> None:
        """Show at the right end which keys press the button added last."""
        self._foot_layout.addWidget(KeyCaps(*keys))

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size that the words need."""
        layout = self.layout()
        if layout is not None and not event.spontaneous():
            self.fit(QSize(layout.totalSizeHint().width(), 0))
        super().showEvent(event)

    def fit(self, least: QSize) -> None:
        """Take the size that the words need now, at least another one, at most the screen's."""
        layout = self.layout()
        if layout is None:
            return
        room, foot = room_for(self), self.foot.minimumSizeHint()
        need = self._content.minimumSizeHint()
        wide = max(self.minimumWidth(), need.width(), foot.width(), least.width())
        wide = min(wide, room.width())
        high = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else 0
        high = max(high, need.height() + foot.height(), least.height())
        if high > room.height():
            wide += self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.resize(QSize(wide, high).boundedTo(room))

    @Slot()
    def _grow(self) -> None:
        if self.isVisible():
            self.fit(self.size())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer what nothing inside took: F1, shortcuts in Greek letters, the Menu key."""
        if event.key() == Qt.Key.Key_F1 and not event.modifiers():
            from acctdesk.ui.dialogs.help import open_help

            open_help(self.topic, self)
        elif not answer(self, event):
            super().keyPressEvent(event)

    def add_foot(self, widget: QWidget) -> None:
        """Put something at the left of the buttons."""
        self._foot_layout.insertWidget(0, widget)
