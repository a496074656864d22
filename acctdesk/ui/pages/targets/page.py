"""The Targets page: the year, where every target is heading, what if, and what it pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from acctdesk.i18n import msg
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.clients.book_profile import BookProfile
from acctdesk.ui.pages.page import Page
from acctdesk.ui.pages.targets.landing import LandingTab
from acctdesk.ui.pages.targets.pay import PayTab
from acctdesk.ui.pages.targets.tab import Tab
from acctdesk.ui.pages.targets.what_if import WhatIfTab
from acctdesk.ui.pages.targets.year import YearTab
from acctdesk.ui.pulse import Pulse
from acctdesk.ui.widgets.basics import row
from acctdesk.ui.widgets.segments import Choice, Segments

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context, Target

_KINDS: dict[str, type[Tab]] = {
    "year": YearTab,
    "landing": LandingTab,
    "what_if": WhatIfTab,
    "pay": PayTab,
}


class TargetsPage(Page):
    """Four parts of which one is in front; a part is made when it is first chosen."""

    spec = registry.TARGETS

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._loaded = self._known = False
        self.profile = BookProfile(context, self._arrived, self)
        self.choice = Segments(
            [
                Choice("year", "chart-bar", msg("Targets", "The year")),
                Choice("landing", "target-arrow", msg("Targets", "Targets and landing")),
                Choice("what_if", "wand", msg("Targets", "What if")),
                Choice("pay", "coins", msg("Targets", "Pay")),
            ],
            msg("Targets", "Part of the page"),
            parent=self,
        )
        self.choice.setMaximumWidth(620)
        self.stack = QStackedWidget(self)
        self._tabs: dict[str, Tab] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 16, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(row(self.choice, None, margins=(24, 0, 24, 0)))
        outer.addWidget(self.stack, 1)
        self.pulse = Pulse(context.clock, self)
        self.pulse.day_changed.connect(self._arrived)
        self._show_tab("year")
        self.choice.chosen.connect(self._show_tab)

    # -- what the window asks

    def activated(self) -> None:
        """Load when shown for the first time."""
        if not self._loaded:
            self._loaded = True
            self.profile.load()
        elif self._known:
            self.tab.open()

    def first_focus(self) -> None:
        """Begin at the choice of the part."""
        for button in self.choice.buttons:
            if button.isChecked():
                button.setFocus()

    def on_changed(self, changes: ChangeSet, initiator: object) -> None:
        """Fetch again what a change touches."""
        if not self._loaded:
            return
        if changes.touches("settings"):
            self.profile.load()
        for tab in self._tabs.values():
            tab.touch(changes)

    def can(self, action: str) -> bool:
        """Targets are set by month once those of the year are known."""
        return action in self.spec.handlers and self.year.is_known

    @Slot()
    def set_targets(self) -> None:
        """Open the form for the year's targets of the whole book."""
        self.year.set_targets()

    def print_document(self) -> QTextDocument | None:
        """Return what the part in front prints."""
        return self.tab.print_document()

    def open_target(self, target: Target) -> None:
        """Show a target, or the part that is named."""
        if target.kind == "target":
            self.choice.choose("landing")
            self.landing.choose(target.id or None)
        elif target.text in _KINDS:
            self.choice.choose(target.text)

    # -- the parts

    @property
    def tab(self) -> Tab:
        """The part in front."""
        return self._tabs[self.choice.key]

    @property
    def year(self) -> YearTab:
        """The year of the whole book; always made."""
        tab = self._tabs["year"]
        assert isinstance(tab, YearTab)
        return tab

    @property
    def landing(self) -> LandingTab:
        """Every target and where it is heading."""
        self._make("landing")
        tab = self._tabs["landing"]
        assert isinstance(tab, LandingTab)
        return tab

    def _make(self, key: str) -> Tab:
        if key not in self._tabs:
            made = self._tabs[key] = _KINDS[key](self.context, self.profile, self.stack)
            self.stack.addWidget(made)
            made.step_back()
            made.changed.connect(self.actions_changed)
        return self._tabs[key]

    @Slot(str)
    def _show_tab(self, key: str) -> None:
        tab = self._make(key)
        for one in self._tabs.values():
            one.come_forward() if one is tab else one.step_back()
        self.stack.setCurrentWidget(tab)
        if self._known:
            tab.open()
        self.actions_changed.emit()

    @Slot()
    def _arrived(self) -> None:
        """The currency, the fiscal year or the day is another: everything is asked anew."""
        self._known = True
        for tab in self._tabs.values():
            tab.forget()
        self.tab.open()
