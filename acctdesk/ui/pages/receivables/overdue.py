"""The list of clients with overdue invoices."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.ui.delegates.late_payer_row import INSETS, LatePayerDelegate
from acctdesk.ui.itemmodels.late_payers import HABIT, OLDEST, OVERDUE, SIGN, STEP, LatePayersModel
from acctdesk.ui.widgets.client_lines import ClientLines
from acctdesk.ui.words import say


class OverdueView(ClientLines):
    """Shows a LatePayersModel."""

    widths: ClassVar[dict[int, int]] = {OVERDUE: 108, OLDEST: 92, HABIT: 208, SIGN: 230, STEP: 190}
    given_up: ClassVar[tuple[int, ...]] = (STEP, SIGN, HABIT)
    growing: ClassVar[int | None] = SIGN

    def __init__(self, model: LatePayersModel, parent: QWidget) -> None:
        super().__init__(model, model, INSETS, parent)
        say(
            self,
            name=msg("Receivables", "Overdue clients"),
            description=msg("Receivables", "Enter opens the client."),
        )

    def make_painter(self) -> LatePayerDelegate:
        """Return what paints the lines."""
        return LatePayerDelegate(self)
