"""Which period and which pay plan the tabs of the Targets page are about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from acctdesk.i18n import Message, msg
from acctdesk.kinds import PayPeriod
from acctdesk.periods import Period
from acctdesk.services.attainment import period_of
from acctdesk.services.pay_plans import PayPlanRow
from acctdesk.ui.pages.tabs import Tab
from acctdesk.ui.pages.targets.figure import UNREAD
from acctdesk.ui.widgets.basics import icon_button
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context
    from acctdesk.ui.pages.clients.book_profile import BookProfile


class PeriodChoice(Segments):
    """A month, a fiscal quarter or a fiscal year; a quarter at first."""

    def __init__(self, name: Message, parent: QWidget) -> None:
        choices = [
            Choice(PayPeriod.MONTH, "calendar", msg("Target plan", "Month")),
            Choice(PayPeriod.QUARTER, "calendar", msg("Target plan", "Quarter")),
            Choice(PayPeriod.YEAR, "calendar", msg("Target plan", "Year")),
        ]
        super().__init__(choices, name, parent=parent)
        self.choose(PayPeriod.QUARTER)

    @property
    def kind(self) -> PayPeriod:
        """The kind that is chosen."""
        return PayPeriod(self.key)


class PlanChoice(Combo):
    """The pay plans of the book, one of them at hand."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.plans: Sequence[PayPlanRow] = ()
        say(self, name=msg("Pay", "Pay plan"))

    @property
    def plan(self) -> PayPlanRow | None:
        """The plan at hand."""
        held = self.currentData()
        return next((one for one in self.plans if one.id == held), None)

    def show_plans(self, plans: Sequence[PayPlanRow], wanted: int | None = None) -> None:
        """Offer other plans; the one wanted, else the one at hand, else the first is chosen."""
        held = wanted or self.currentData()
        self.plans = plans
        self.clear()
        for one in plans:
            self.addItem(one.name, one.id)
        self.setCurrentIndex(max(self.findData(held), 0) if plans else -1)


class PeriodTab(Tab):
    """A tab of the period that runs, up to today, or of one that is over: two arrows step."""

    unread = UNREAD

    def __init__(self, context: Context, profile: BookProfile, parent: QWidget) -> None:
        super().__init__(context, profile, parent)
        self.earlier = icon_button("chevron-left", msg("Landing", "Period before"), quiet=False)
        self.later = icon_button("chevron-right", msg("Landing", "Period after"), quiet=False)
        self.earlier.clicked.connect(partial(self._go, -1))
        self.later.clicked.connect(partial(self._go, 1))

    @property
    def kind(self) -> PayPeriod:
        """What kind of period it is."""
        raise NotImplementedError

    def period_at(self, day: dt.date) -> Period:
        """Return the period that holds a day."""
        return period_of(day, self.kind, self.profile.fiscal_start())

    def speak(self) -> None:
        """Allow no step beyond today."""
        super().speak()
        self.later.setEnabled(self.chosen_day is not None)

    def _go(self, step: int) -> None:
        now, day = self.period_at(self.as_of), dt.timedelta(days=1)
        end = self.period_at(now.start - day if step < 0 else now.end + day).end
        self.chosen_day = None if end >= self.context.today() else end
        self.load()
