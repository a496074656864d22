"""What a target was before: each version with its day, its months and why it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.i18n import msg, tr
from acctdesk.kinds import Phasing
from acctdesk.services.measures import MONEY, SCORES
from acctdesk.services.target_plans import TargetPlanRow, target_versions
from acctdesk.ui.dialogs.target_spread import PHASINGS
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.plain_table import PlainTable

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class TargetVersions(CalmDialog):
    """A table of every version, the latest first."""

    topic = "targets"

    def __init__(
        self, context: Context, parent: QWidget | None, *, plan: TargetPlanRow, currency: str
    ) -> None:
        super().__init__(parent, msg("Target plan", "What the target was before"), width=620)
        self.context, self._currency = context, currency
        self.content.addWidget(label(plan.name, "sub", wrap=True))
        self.table = PlainTable(
            [
                msg("Target plan", "Since"),
                msg("Target plan", "Target"),
                msg("Target plan", "Over the months"),
                msg("Target plan", "Why it changed"),
            ],
            msg("Target plan", "Versions of the target"),
            self,
            wide=3,
            rows=5,
            figures=(1,),
        )
        self.content.addWidget(self.table)
        close = self.add_button(msg("Target plan", "Close"), default=True)
        close.clicked.connect(self.accept)
        context.runner.ask(
            target_versions, plan_id=plan.id, on_done=self._arrived, on_error=self._refused
        )

    def _arrived(self, found: list[TargetPlanRow]) -> None:
        self.table.show_rows(
            [
                (
                    formats.date(one.made_on),
                    amount_text(one, self._currency),
                    str(PHASINGS.get(one.phasing, msg("Target plan", "By hand")))
                    if one.phasing in Phasing
                    else "",
                    one.reason or tr("Target plan", "as it was first set"),
                )
                for one in found
            ]
        )

    def _refused(self, error: Exception) -> None:
        self.context.messages.fail(error)
        self.reject()


def amount_text(plan: TargetPlanRow, currency: str) -> str:
    """Return the amount of a target as it was typed."""
    if plan.measure in SCORES:
        return formats.number(plan.amount / 100, 1)
    if plan.measure.value == "growth":
        return formats.percent(plan.amount / 10_000, 2 if plan.amount % 100 else 0)
    if plan.measure in MONEY:
        return formats.money(plan.amount, currency)
    return formats.number(plan.amount)
