"""Who takes which share of the credit for a client from a day on; together 100 %."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from acctdesk import formats, i18n
from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.services.case_rows import Share, ShareSet
from acctdesk.services.shares import WHOLE, percent, set_shares, share_history
from acctdesk.text import clean, parse_number
from acctdesk.ui.dialogs.record_form import RecordForm, named, read_day
from acctdesk.ui.widgets.basics import LineEdit, label
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

PEOPLE = 5  # lines


class SharesForm(RecordForm):
    """Sets the shares from a day on; the sets before stand below."""

    topic = "client"

    def __init__(
        self, context: Context, parent: QWidget | None, *, client_id: int, name: str
    ) -> None:
        super().__init__(context, parent, msg("Shares", "Shares of the credit"), width=560)
        self._client_id = client_id
        self.content.addWidget(label(name, "sub", wrap=True))
        since = msg("Shares", "They hold from")
        self.since = self.day_field(since, context.today())
        self.content.addLayout(named(since, self.since))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for place, head in enumerate(
            (msg("Shares", "Who"), msg("Shares", "As what"), msg("Shares", "Share %"))
        ):
            grid.addWidget(label(head, "field"), 0, place)
        self.lines: list[tuple[LineEdit, LineEdit, LineEdit]] = []
        for number in range(1, PEOPLE + 1):
            line = (LineEdit(self), LineEdit(self), LineEdit(self))
            say(line[0], name=msg("Shares", "Who, line {n}", n=number))
            say(line[1], name=msg("Shares", "As what, line {n}", n=number))
            say(line[2], name=msg("Shares", "Share, line {n}", n=number))
            line[0].setMaxLength(200)
            line[1].setMaxLength(120)
            line[2].setFixedWidth(92)
            line[2].textChanged.connect(self._add_up)
            for place, field in enumerate(line):
                grid.addWidget(field, number, place)
            self.lines.append(line)
        self.content.addLayout(grid)
        self.sum = label(role="caption")
        self.content.addWidget(self.sum)
        self.history = label(role="caption", wrap=True)
        self.content.addWidget(self.history)
        self.finish()
        self._add_up()
        context.runner.ask(
            share_history, client_id=client_id, on_done=self._arrived, on_error=self.refused
        )
        self.lines[0][0].setFocus()

    def _arrived(self, history: list[ShareSet]) -> None:
        today = self.context.today()
        held = next((one for one in history if one.from_on <= today), None)
        for line, share in zip(self.lines, held.shares if held else (), strict=False):
            line[0].setText(share.who)
            line[1].setText(share.role or "")
            digits = 2 if share.share_bp % 100 else 0
            line[2].setText(formats.number(Decimal(share.share_bp) / 100, digits))
        said = [
            f"{formats.date(one.from_on)}: "
            + ", ".join(f"{share.who} {percent(share.share_bp)}" for share in one.shares)
            for one in history
        ]
        self.history.setText("\n".join(said))
        self.history.setVisible(bool(said))

    @Slot()
    def _add_up(self) -> None:
        try:
            together = sum(share.share_bp for share in self._shares())
        except UserError:
            self.sum.setText("")
            return
        text = msg("Shares", "Together {sum}", sum=percent(together))
        say(self.sum, text=text if together else "")
        self.sum.setProperty("role", "success" if together == WHOLE else "danger")
        self.sum.style().unpolish(self.sum)
        self.sum.style().polish(self.sum)

    def _shares(self) -> list[Share]:
        found = []
        for who, role, share in self.lines:
            typed = clean(share.text()).removesuffix("%")
            if not clean(who.text()) and not typed:
                continue
            number = parse_number(typed, language=i18n.language()) if typed else Decimal(0)
            if number is None or (number * 100) % 1:
                raise UserError(msg("Shares", "Write a share with at most two decimals."))
            found.append(Share(clean(who.text()), int(number * 100), clean(role.text()) or None))
        return found

    def store(self) -> None:
        """Read and store the shares."""
        self.send(
            msg("Step", "Shares of the credit"),
            set_shares,
            client_id=self._client_id,
            from_on=read_day(self.since) or self.context.today(),
            shares=self._shares(),
        )
