"""A year's accounts of a client, as they are published; what is left empty is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.periods import add_months
from acctdesk.services.credit_file import StatementRow, save_statement
from acctdesk.text import clean
from acctdesk.ui.dialogs.record_form import RecordForm, named, read_day
from acctdesk.ui.itemmodels.credit_text import ACCOUNTS
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.widgets.basics import LineEdit, label, labelled

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class StatementForm(RecordForm):
    """Adds a year's accounts, or changes them."""

    topic = "credit"

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        client_id: int,
        currency: str,
        row: StatementRow | None = None,
    ) -> None:
        super().__init__(context, parent, msg("Credit", "Accounts of a year"), width=620)
        self._client_id, self._row = client_id, row
        end = msg("Credit", "Year that ended on")
        last_year = add_months(context.today().replace(month=12, day=31), -12)
        self.end = self.day_field(end, row.year_end if row else last_year, past=True)
        self.currency = LineEdit(self)
        self.currency.setMaxLength(3)
        self.currency.setText(row.currency if row else currency)
        self.source = LineEdit(self)
        self.source.setMaxLength(200)
        self.source.setText((row.source or "") if row else "")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.addLayout(named(end, self.end), 0, 0)
        grid.addLayout(labelled(msg("Credit", "Currency"), self.currency), 0, 1)
        self.amounts: dict[str, LineEdit] = {}
        for place, (name, title) in enumerate(ACCOUNTS.items()):
            self.amounts[name] = field = LineEdit(self)
            grid.addLayout(labelled(title, field), 1 + place // 2, place % 2)
            known = _known(row, name)
            if known is not None:
                field.setText(formats.number(known / 100, 2))
        self.content.addLayout(grid)
        self.content.addLayout(labelled(msg("Credit", "Where from"), self.source))
        empty = msg("Credit", "What is left empty is not known; it is never taken as 0.")
        self.content.addWidget(label(empty, "caption", wrap=True))
        self.finish()
        self.amounts["current_assets"].setFocus()

    def store(self) -> None:
        """Read and store the accounts."""
        end = read_day(self.end)
        if end is None:
            self.end.setFocus()
            raise UserError(msg("Credit", "Say on which day the year ended."))
        row = self._row
        self.send(
            _step(row),
            save_statement,
            client_id=self._client_id,
            statement_id=None if row is None else row.id,
            expected_version=None if row is None else row.version,
            year_end=end,
            currency=self.currency.text(),
            source=clean(self.source.text()),
            amounts={name: read_amount(field.text()) for name, field in self.amounts.items()},
        )


def _known(row: StatementRow | None, name: str) -> int | None:
    if row is None:
        return None
    if name == "net_profit":
        return row.net_profit_minor
    found: int | None = getattr(row.accounts, name)
    return found


def _step(row: StatementRow | None) -> Message:
    return msg("Step", "New accounts") if row is None else msg("Step", "Accounts changed")
