"""The Settings page: every setting in its section, saved as soon as it is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from acctdesk import i18n
from acctdesk.i18n import msg
from acctdesk.kinds import Language
from acctdesk.services.credit_rules import CreditRules, get_rules
from acctdesk.services.days_off import DayOffRow, days_off
from acctdesk.services.ladder import Step, get_ladder
from acctdesk.services.payment_promises import get_grace
from acctdesk.services.profile import get_profile, holds_amounts
from acctdesk.services.rhythm import Gap, get_gaps
from acctdesk.services.rows import Profile
from acctdesk.services.visit_reports import get_required
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.page import Page
from acctdesk.ui.pages.settings.control import Control, Facts, Prose
from acctdesk.ui.pages.settings.rows import ROWS, SECTIONS, SettingRow
from acctdesk.ui.widgets.basics import box, column, hairline, label, row
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.widgets.following_area import FollowingArea
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.services.desk import BookStatus, ChangeSet
    from acctdesk.ui.context import Context

C = TypeVar("C", bound=Control)
WIDEST = 860
LABELS = 220  # width of the column of words
NARROW = 420  # width of a field
LEAST = 320  # a line with less room for its control shows it under its words
SAVED_MS = 4_000


class Line(QWidget):
    """One setting: its words, its control, and what became of saving it."""

    def __init__(self, setting: SettingRow, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setting = setting
        self.control: Control = setting.control(context, self)
        self.saved = Chip(msg("Settings", "Saved"), "success", icon="check", parent=self)
        self.saved.hide()
        self.trouble = Prose("", "danger")
        self.trouble.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVED_MS)
        self._timer.timeout.connect(self.saved.hide)
        self.control.saved.connect(self._saved)
        self.control.refused.connect(self._refused)
        self._side = QWidget(self)
        head = row(Prose(setting.label, "strong"), self.saved)
        head.setStretch(0, 1)
        self._side.setLayout(column(head, Prose(setting.help), None, spacing=2))
        holder = row(spacing=0)
        holder.addWidget(self.control, 1_000)
        if not self.control.WIDE:
            holder.addStretch(1)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 10, 0, 10)
        self._across.addWidget(self._side)
        self._across.addLayout(column(holder, self.trouble, None, spacing=4), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the control beside its words, or under them where it is narrow."""
        super().resizeEvent(event)
        least = self.control.minimumSizeHint().width()
        if not self.control.WIDE:
            self.control.setMaximumWidth(max(NARROW, least))
        beside = self.width() >= LABELS + 16 + max(LEAST, least)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._across.setDirection(across if beside else down)
        self._across.setSpacing(16 if beside else 6)
        self._side.setMinimumWidth(LABELS if beside else 0)  # wrapped words know their height
        self._side.setMaximumWidth(LABELS if beside else WIDEST)

    def minimumSizeHint(self) -> QSize:
        """Return what the control alone needs in width: its words can stand over it."""
        return QSize(self.control.minimumSizeHint().width(), super().minimumSizeHint().height())

    @Slot()
    def _saved(self) -> None:
        self.trouble.hide()
        self.saved.show()
        self._timer.start()

    @Slot(str)
    def _refused(self, sentence: str) -> None:
        self.saved.hide()
        say(self.trouble, text=sentence)
        self.trouble.setVisible(bool(sentence))


class SettingsPage(Page):
    """What the officer chose, of the machine and of the book."""

    spec = registry.SETTINGS

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ladder_in: Language | None = None
        self.facts = Facts()
        self.lines = [Line(one, context, self) for one in ROWS]
        self._build()
        for line in self.lines:
            line.control.saved.connect(self.actions_changed)
        context.messages.told.connect(self._told)

    # -- what the window asks

    def activated(self) -> None:
        """Learn how the book stands, each time."""
        self.load()

    def first_focus(self) -> None:
        """Begin at the first setting."""
        proxy = self.lines[0].control.focusProxy()
        (proxy or self.lines[0].control).setFocus()

    def on_changed(self, changes: ChangeSet, initiator: object) -> None:
        """Fetch again what a change touches."""
        if changes.touches("settings", "days_off", "documents", "receipts", "targets"):
            self.load()

    def control(self, kind: type[C]) -> C:
        """Return the control of a kind."""
        return next(line.control for line in self.lines if isinstance(line.control, kind))

    # -- building

    def _build(self) -> None:
        self.area = area = FollowingArea(self)
        content = QWidget(area.viewport())
        content.setObjectName("content")
        cards = QVBoxLayout(content)
        cards.setContentsMargins(24, 16, 24, 24)
        cards.setSpacing(12)
        cards.addWidget(label(self.spec.title, "title"))
        for key, title in SECTIONS:
            lines = [line for line in self.lines if line.setting.section == key]
            if not lines:
                continue
            card, inside = box("card", margins=(16, 4, 16, 4), spacing=0)
            card.setMaximumWidth(WIDEST)
            for number, line in enumerate(lines):
                if number:
                    inside.addWidget(hairline())
                inside.addWidget(line)
            cards.addSpacing(4)
            cards.addWidget(label(title, "section"))
            cards.addWidget(card)
        cards.addStretch(1)
        area.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    # -- answers

    def load(self) -> None:
        """Ask the book."""
        ask = self.context.runner.ask
        ask(get_profile, key="settings.profile", on_done=self._profile_arrived)
        ask(days_off, key="settings.days_off", on_done=self._days_off_arrived)
        ask(holds_amounts, key="settings.amounts", on_done=self._amounts_arrived)
        ask(get_gaps, key="settings.rhythm", on_done=self._gaps_arrived)
        self._ask_ladder()
        ask(get_grace, key="settings.grace", on_done=self._grace_arrived)
        ask(get_rules, key="settings.credit", on_done=self._credit_arrived)
        ask(get_required, key="settings.sections", on_done=self._required_arrived)
        self.context.runner.read(
            self._read_status, key="settings.status", on_done=self._status_arrived
        )

    def _read_status(self) -> tuple[BookStatus, int | None]:
        status = self.context.desk.status()
        try:
            return status, status.path.stat().st_size
        except OSError:
            return status, None

    def _profile_arrived(self, profile: Profile) -> None:
        self.facts = replace(self.facts, profile=profile)
        self.say_anew()

    def _required_arrived(self, sections: frozenset[str]) -> None:
        self.facts = replace(self.facts, report_required=sections)
        self.say_anew()

    def _ask_ladder(self) -> None:
        """Ask for the steps of the reminders, whose usual names are in the language spoken."""
        self._ladder_in = i18n.language()
        self.context.runner.ask(get_ladder, key="settings.ladder", on_done=self._ladder_arrived)

    def _ladder_arrived(self, steps: list[Step]) -> None:
        self.facts = replace(self.facts, ladder=tuple(steps))
        self.say_anew()

    def _grace_arrived(self, days: int) -> None:
        self.facts = replace(self.facts, grace=days)
        self.say_anew()

    def _gaps_arrived(self, gaps: Mapping[str, Gap]) -> None:
        self.facts = replace(self.facts, gaps=gaps)
        self.say_anew()

    def _credit_arrived(self, rules: CreditRules) -> None:
        self.facts = replace(self.facts, credit=rules)
        self.say_anew()

    def _days_off_arrived(self, rows: list[DayOffRow]) -> None:
        self.facts = replace(self.facts, days_off=tuple(rows))
        self.say_anew()

    def _amounts_arrived(self, held: bool) -> None:
        self.facts = replace(self.facts, currency_fixed=held)
        self.say_anew()

    def _status_arrived(self, found: tuple[BookStatus, int | None]) -> None:
        self.facts = replace(self.facts, status=found[0], size=found[1])
        self.say_anew()

    def speak(self) -> None:
        """Show how book and program stand."""
        if self._ladder_in not in (None, i18n.language()):
            self._ask_ladder()
        for line in self.lines:
            line.control.show_facts(self.facts)

    def restyle(self) -> None:
        """Show which theme is chosen."""
        self.speak()

    @Slot(object)
    def _told(self, _toast: object) -> None:
        """Something was done: a backup, a new password."""
        if self.isVisible():
            self.load()
