"""A page of tabs: what one tab is, and the page that has them beside its title."""

from __future__ import annotations

import datetime as dt
import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent, QTextDocument
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.ui.pages.clients.book_profile import BookProfile
from acctdesk.ui.pages.page import Page
from acctdesk.ui.pages.speaker import Speaker
from acctdesk.ui.pulse import Pulse
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.following_area import FollowingArea
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.widgets.states import FailurePanel

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context, Target

BESIDE = 940  # px: in a narrower page what stood side by side stands one under the other


@dataclass(frozen=True, slots=True)
class TabSpec:
    """One tab: ``place`` is ``module:name`` of its class among the pages, imported when shown."""

    key: str
    icon: str
    title: Message
    place: str

    def tab_class(self) -> type[Tab]:
        """Return the class; imported the first time."""
        module, _, name = self.place.partition(":")
        found: type[Tab] = getattr(importlib.import_module(f"acctdesk.ui.pages.{module}"), name)
        return found


class Tab(Speaker):
    """Fill ``head`` and ``content``, write ``load``, and call ``super().speak()``.

    While another tab is in front, a change of ``tables`` is only noted, and loaded when this one
    is shown again. Answers are shown by :meth:`speak`, through ``say_anew``.
    """

    actions_changed = Signal()  # what it can do, or the record at hand, is another

    tables: ClassVar[tuple[str, ...]] = ()  # what it shows comes from these
    unread: ClassVar[Message]  # said where nothing could be read

    def __init__(self, context: Context, profile: BookProfile, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.profile = context, profile
        self.chosen_day: dt.date | None = None  # None: today
        self._stale = True
        area = FollowingArea(self)
        body = QWidget(area.viewport())
        body.setObjectName("content")
        self.sub = ElidedLabel(px=13, ink="muted")
        self._bar = QWidget(body)
        self.head = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._bar)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.head.setSpacing(8)
        self.head.addStrut(32)  # the same height with and without fields
        self.turning = [self.head]  # layouts that go across, or down where it is narrow
        self.content = QVBoxLayout(body)
        self.content.setContentsMargins(24, 12, 24, 16)
        self.content.setSpacing(12)
        area.setWidget(body)
        self.failure = FailurePanel(self)
        self.failure.again.connect(self.load)
        self.states = QStackedWidget(self)
        self.states.addWidget(area)
        self.states.addWidget(self.failure)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addWidget(self.states)
        self.content.addWidget(self._bar)

    @property
    def as_of(self) -> dt.date:
        """The day that everything is shown as of."""
        return self.chosen_day or self.context.today()

    @property
    def sub_title(self) -> str:
        """The line under the page's name."""
        return ""

    def open(self) -> None:
        """Load what is not loaded, or was touched while another tab was in front."""
        if self._stale:
            self._stale = False
            self.load()

    def touch(self, changes: ChangeSet) -> None:
        """Fetch again what a change touches: now, or when it comes to the front."""
        if changes.touches(*self.tables):
            self.forget()

    def forget(self) -> None:
        """Fetch everything again."""
        self._stale = True
        if not self.is_behind:
            self.open()

    @Slot()
    def load(self) -> None:
        """Ask the book."""
        raise NotImplementedError

    def arrived(self) -> None:
        """Show the content again after a failure."""
        self.states.setCurrentIndex(0)

    def failed(self, error: Exception) -> None:
        """Say that nothing could be read."""
        self.failure.show_error(self.unread, error)
        self.states.setCurrentWidget(self.failure)

    def speak(self) -> None:
        """Say what is under the page's name."""
        self.sub.setText(self.sub_title)

    def first_focus(self) -> None:
        """Put the keyboard where work begins."""

    def print_document(self) -> QTextDocument | None:
        """Return what Ctrl+P prints; None where there is nothing to print."""
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put things side by side, or one under the other where it is narrow."""
        super().resizeEvent(event)
        _turn(self.turning, self.width())
        self._hold_head(in_sight=self.width() >= BESIDE)

    def _hold_head(self, *, in_sight: bool) -> None:
        """Keep the head where it is one line, else let it be scrolled with the content."""
        before, now = (self.content, self._outer) if in_sight else (self._outer, self.content)
        if before.indexOf(self._bar) >= 0:
            now.insertWidget(0, self._bar)
            self.head.setContentsMargins(*((24, 8, 24, 0) if in_sight else (0, 0, 0, 0)))


class TabbedPage(Page):
    """A title and tabs, of which one is in front. A tab is made, and loaded, when first shown."""

    parts: ClassVar[tuple[TabSpec, ...]]

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._loaded = self._known = False
        self._made: dict[str, Tab] = {}
        self.profile = BookProfile(context, self._arrived, self)
        self.pulse = Pulse(context.clock, self)
        self.pulse.day_changed.connect(self._forget)
        self.tabs = Segments(
            [Choice(one.key, one.icon, one.title) for one in self.parts],
            msg("Page", "Tabs"),
            parent=self,
        )
        self.stack = QStackedWidget(self)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setContentsMargins(24, 0, 24, 0)
        self._head.setSpacing(8)
        self._head.addWidget(label(self.spec.title, "title"), 1)
        self._head.addWidget(self.tabs)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 16, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._head)
        whole.addWidget(self.stack, 1)
        self.tabs.chosen.connect(self._chosen)

    @property
    def tab(self) -> Tab:
        """The tab in front."""
        return self.made(self.tabs.key)

    def made(self, key: str) -> Tab:
        """Return a tab, made now if it was not."""
        if key not in self._made:
            spec = next(one for one in self.parts if one.key == key)
            tab = self._made[key] = spec.tab_class()(self.context, self.profile, self.stack)
            tab.step_back()
            tab.actions_changed.connect(self.actions_changed)
            self.stack.addWidget(tab)
        return self._made[key]

    def show_tab(self, key: str) -> Tab:
        """Bring a tab to the front and return it."""
        if self.tabs.key != key:
            self.tabs.choose(key)
        return self.tab

    # -- what the window asks

    def activated(self) -> None:
        """Load when shown for the first time."""
        if not self._loaded:
            self._loaded = True
            self.profile.load()

    def first_focus(self) -> None:
        """Begin in the tab."""
        self.tab.first_focus()

    def on_changed(self, changes: ChangeSet, initiator: object) -> None:
        """Fetch again what a change touches: now in front, when it is next shown behind."""
        if self._loaded and changes.touches("settings"):
            self.profile.load()
        if self._known:
            for tab in self._made.values():
                tab.touch(changes)

    def open_target(self, target: Target) -> None:
        """Show a tab by its key."""
        self.activated()
        if any(one.key == target.text for one in self.parts):
            self.show_tab(target.text)

    def print_document(self) -> QTextDocument | None:
        """Return the tab in front on paper."""
        return self.tab.print_document()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the tabs beside the title, or under it where it is narrow."""
        super().resizeEvent(event)
        _turn([self._head], self.width())

    # -- the tabs

    @Slot(str)
    def _chosen(self, key: str) -> None:
        tab = self.made(key)
        for one in self._made.values():
            one.come_forward() if one is tab else one.step_back()
        self.stack.setCurrentWidget(tab)
        self.tab_shown(tab)
        if self._known:
            tab.open()
        self.actions_changed.emit()

    def tab_shown(self, tab: Tab) -> None:
        """A tab came to the front, and is about to be loaded if it is not."""

    @Slot()
    def _arrived(self) -> None:
        """The currency or the fiscal year is another."""
        self._known = True
        self._forget()

    @Slot()
    def _forget(self) -> None:
        """Ask each tab anew, those behind when they are shown."""
        if self._known:
            for tab in self._made.values():
                tab.forget()


def _turn(layouts: list[QBoxLayout], width: int) -> None:
    down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
    for one in layouts:
        one.setDirection(across if width >= BESIDE else down)
