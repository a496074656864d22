"""F1: the manual beside the window, at the topic of what is in front. It shuts nothing out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from acctdesk import i18n
from acctdesk.i18n import msg
from acctdesk.ui import icons, manual
from acctdesk.ui.keys import answer
from acctdesk.ui.widgets.basics import LineEdit, box, column, icon_button, label, row
from acctdesk.ui.widgets.dialog import BESIDE, EVERYWHERE
from acctdesk.ui.widgets.roomy import room_for
from acctdesk.ui.widgets.topic_view import TopicView
from acctdesk.ui.words import bell, plain_tip, say

_SIZE = QSize(1040, 760)
_CONTENTS = 270  # px
_KEY = Qt.ItemDataRole.UserRole


class Contents(QListWidget):
    """The topics by name. ``chosen`` carries the one that the officer goes to."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("plain", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._tell)

    def list_topics(self, topics: Sequence[manual.Topic], now: str) -> None:
        """Show some topics, one of them as the one at hand."""
        self.blockSignals(True)
        self.clear()
        for one in topics:
            item = QListWidgetItem(one.title)
            item.setData(_KEY, one.key)
            item.setToolTip(plain_tip(one.title))
            item.setSizeHint(QSize(0, 34))
            self.addItem(item)
        self.blockSignals(False)
        self._draw()
        self.tick(now)

    def tick(self, topic: str) -> None:
        """Mark the topic at hand, where it stands here."""
        self.blockSignals(True)
        for item in self._items():
            if item.data(_KEY) == topic:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(place) for place in range(self.count())]

    def _draw(self) -> None:
        for item in self._items():
            item.setIcon(icons.icon(manual.TOPICS[item.data(_KEY)], "text2", 18))

    @Slot()
    def _tell(self) -> None:
        item = self.currentItem()
        if item is not None:
            self.chosen.emit(str(item.data(_KEY)))


class HelpWindow(QDialog):
    """Contents on the left, a topic on the right, a search over all of them, and the way back."""

    topic = "search"

    def __init__(self) -> None:
        super().__init__(None)
        self.setWindowFlags(Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty(BESIDE, True)
        say(self, title=msg("Help", "Manual – acctdesk"), name=msg("Help", "Manual"))
        self._topics = manual.read_topics(i18n.language())
        self._now = next(iter(manual.TOPICS))
        self._picture = ""  # shown alone, as large as it is
        self._went: list[tuple[str, str, int]] = []  # topic, picture, where it was scrolled to
        self.back = icon_button("arrow-left", msg("Help", "Back"))
        self.search = LineEdit()
        self.search.setClearButtonEnabled(True)
        say(self.search, name=msg("Help", "Search"), placeholder=msg("Help", "Search"))
        self.contents = Contents()
        say(self.contents, name=msg("Help", "Contents"))
        self.nothing = label(msg("Help", "No topic has these words."), "sub", wrap=True)
        self.view = TopicView()
        self._lay_out()
        self.back.clicked.connect(self.go_back)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.view.setFocus)
        self.search.installEventFilter(self)
        self.contents.chosen.connect(self.go)
        self.view.wanted.connect(self.go)
        self.view.picture_wanted.connect(self.show_picture)
        self._add_key("Alt+Left", self.go_back)
        self._add_key("Ctrl+F", self.search.setFocus)
        bell().rung.connect(self._speak)
        self.resize(_SIZE.boundedTo(room_for(self)))

    def _lay_out(self) -> None:
        self._side, down = box("pane", margins=(12, 12, 4, 8), spacing=8)
        down.addLayout(row(self.back, self.search, spacing=8))
        down.addWidget(self.contents, 1)
        down.addWidget(self.nothing)
        paper, inside = box("pane", margins=(4, 4, 4, 4))
        inside.addWidget(self.view)
        across = row(self._side, paper, spacing=0)
        across.setStretch(1, 1)
        whole: QVBoxLayout = column(across, spacing=0)
        self.setLayout(whole)

    def _add_key(self, key: str, do: Callable[[], object]) -> None:
        action = QAction(self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(do)
        self.addAction(action)

    # -- where one is

    @property
    def now(self) -> str:
        """Return the topic at hand."""
        return self._now

    def begin(self, topic: str) -> None:
        """Show the first topic of all, with every topic in the contents."""
        self._now = topic or self._now
        self._search()

    @Slot(str)
    def go(self, topic: str) -> None:
        """Show a topic; the one before is a step back."""
        if topic not in manual.TOPICS or (topic == self._now and not self._picture):
            return
        self._remember()
        self._show(topic)

    @Slot(str)
    def show_picture(self, name: str) -> None:
        """Show a picture of the topic alone, as large as it is; pressed again, the topic."""
        if self._picture:
            self.go_back()
        else:
            self._remember()
            self._show(self._now, name)

    @Slot()
    def go_back(self) -> None:
        """Show what was shown before, scrolled as it was."""
        if self._went:
            topic, picture, scrolled = self._went.pop()
            self._show(topic, picture)
            self.view.verticalScrollBar().setValue(scrolled)

    def _remember(self) -> None:
        self._went.append((self._now, self._picture, self.view.verticalScrollBar().value()))

    def _show(self, topic: str, picture: str = "") -> None:
        self._now, self._picture = topic, picture
        self.back.setEnabled(bool(self._went))
        found = next(one for one in self._topics if one.key == topic)
        say(self.view, name=found.title)
        text = f"![{found.title}]({picture})" if picture else found.text
        words = "" if picture else self.search.text()
        self.view.show_text(text, manual.folder(i18n.language()), words=words, whole=bool(picture))
        self.contents.tick(topic)

    # -- search

    @Slot()
    def _search(self) -> None:
        """List what has the words looked for, and show the first of it."""
        found = manual.find(self._topics, self.search.text())
        self.contents.list_topics(found, self._now)
        self.nothing.setVisible(not found)
        if found:
            self._show(found[0].key if self.search.text().strip() else self._now)

    @Slot()
    def _speak(self) -> None:
        self._topics = manual.read_topics(i18n.language())
        self._search()

    # -- Qt's

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the keyboard in the words."""
        super().showEvent(event)
        self.view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave most of the width to the words."""
        self._side.setFixedWidth(min(_CONTENTS, self.width() // 3))
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lead from the search into what it found by the arrow down."""
        pressed = watched is self.search and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            self.contents.setFocus()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer what nothing inside took: shortcuts in Greek letters, the Menu key."""
        if not answer(self, event):
            super().keyPressEvent(event)


class Helper(QObject):
    """Holds the one help window, which belongs to no other: a modal dialog must not shut it out."""

    def __init__(self) -> None:
        super().__init__()
        self.window: HelpWindow | None = None

    def open(self, topic: str, over: QWidget) -> HelpWindow:
        """Show a topic ("": the first one); keys that hold everywhere hold there too."""
        window = self.window
        if window is None:
            window = self.window = HelpWindow()
            window.finished.connect(self._gone)
            window.begin(topic)
            window.show()
        else:
            window.go(topic)
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.raise_()
        for action in over.window().actions():
            if action.objectName() in EVERYWHERE:
                window.addAction(action)
        window.activateWindow()
        return window

    @Slot()
    def _gone(self) -> None:
        self.window = None


@cache
def helper() -> Helper:
    """Return who holds the help window."""
    return Helper()


def open_help(topic: str, over: QWidget) -> HelpWindow:
    """Open the manual at a topic, over the window or dialog that asks."""
    return helper().open(topic, over)
