"""The Targets page: the year, where every target is heading, what if, and what it pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.tabs import TabbedPage, TabSpec
from acctdesk.ui.pages.targets.landing import LandingTab
from acctdesk.ui.pages.targets.year import YearTab

if TYPE_CHECKING:
    from acctdesk.ui.context import Context, Target

PARTS = (
    TabSpec("year", "chart-bar", msg("Targets", "The year"), "targets.year:YearTab"),
    TabSpec(
        "landing",
        "target-arrow",
        msg("Targets", "Targets and landing"),
        "targets.landing:LandingTab",
    ),
    TabSpec("what_if", "wand", msg("Targets", "What if"), "targets.what_if:WhatIfTab"),
    TabSpec("pay", "coins", msg("Targets", "Pay"), "targets.pay:PayTab"),
)


class TargetsPage(TabbedPage):
    """What is aimed at; it begins with the year."""

    spec = registry.TARGETS
    parts = PARTS

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.tabs.choose("year")

    @property
    def year(self) -> YearTab:
        """The year of the whole book."""
        tab = self.made("year")
        assert isinstance(tab, YearTab)
        return tab

    @property
    def landing(self) -> LandingTab:
        """Every target and where it is heading."""
        tab = self.made("landing")
        assert isinstance(tab, LandingTab)
        return tab

    def can(self, action: str) -> bool:
        """Targets are set by month once those of the year are known."""
        return action in self.spec.handlers and self.year.is_known

    @Slot()
    def set_targets(self) -> None:
        """Open the form for the year's targets of the whole book."""
        self.year.set_targets()

    def open_target(self, target: Target) -> None:
        """Show a target, or the tab that is named."""
        super().open_target(target)
        if target.kind == "target":
            self.show_tab("landing")
            self.landing.choose(target.id or None)
