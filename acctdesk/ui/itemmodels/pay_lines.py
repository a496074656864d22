"""The lines of a period's pay: a sale in a tier, or what the floor or the cap takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QObject, Qt

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.kinds import PayMethod
from acctdesk.services.pay import PaidSale, PayKind, PayLine, PayOfPeriod
from acctdesk.services.pay_plans import multiplier
from acctdesk.text import fold
from acctdesk.ui.itemmodels.rows import Index, RowsModel
from acctdesk.ui.privacy import shown_name

NUMBER, CLIENT, DAY, NET, SHARE, TIER, PART, RATE, PAY = range(9)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of pay and the document that it is of."""

    line: PayLine
    sale: PaidSale | None


def shown_lines(found: PayOfPeriod, wanted: str = "") -> list[ShownLine]:
    """Return the lines of a pay whose number or client holds what is typed."""
    if found.pay is None:
        return []
    lines = [
        ShownLine(line, None if line.credit is None else found.sales.get(line.credit.key))
        for line in found.pay.lines
    ]
    part = fold(wanted)
    return [
        one
        for one in lines
        if not part or (one.sale and part in fold(f"{one.sale.number} {one.sale.client_name}"))
    ]


class PayLinesModel(RowsModel[ShownLine]):
    """Shows lines of pay; amounts to the cent, because they add up."""

    headings: ClassVar[Sequence[Message | None]] = (
        msg("Pay", "Number"),
        msg("Pay", "Client"),
        msg("Pay", "Day"),
        msg("Pay", "Net"),
        msg("Pay", "Share"),
        msg("Pay", "Tier"),
        msg("Pay", "In the tier"),
        msg("Pay", "Rate"),
        msg("Pay", "Pay"),
    )
    figures = (NET, SHARE, TIER, PART, RATE, PAY)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.method = PayMethod.MARGINAL

    def words(self, row: ShownLine, column: int) -> str:
        """Return what a cell says."""
        line, sale = row.line, row.sale
        if column == PAY:
            return formats.amount(line.pay_minor)
        if line.kind is not PayKind.SALE or line.credit is None:
            return str(_taken(line)) if column == NUMBER else ""
        if column in (NUMBER, CLIENT):
            if sale is None:
                return formats.UNKNOWN
            return sale.number if column == NUMBER else shown_name(sale.client_name, sale.client_id)
        if column == DAY:
            return formats.date(line.credit.on)
        if column == NET:
            return formats.amount(line.credit.net_minor)
        if column == SHARE:
            return formats.percent(line.credit.share, 2 if line.credit.share * 100 % 1 else 0)
        if column == TIER:
            return formats.number((line.tier or 0) + 1)
        if column == PART:
            return formats.amount(round(line.part))
        return rate_text(line, self.method)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell; its tool tip is the whole of it."""
        if role == Qt.ItemDataRole.ToolTipRole:
            role = Qt.ItemDataRole.DisplayRole
        return super().data(index, role)


def rate_text(line: PayLine, method: PayMethod) -> str:
    """Return the rate of a line: a share, or a multiplier of the target pay."""
    bp = int(line.rate * 10_000)
    if method is PayMethod.ACCELERATOR:
        return multiplier(bp)
    return formats.percent(line.rate, 2 if bp % 100 else 0)


def _taken(line: PayLine) -> Message:
    if line.kind is PayKind.FLOOR:
        return msg("Pay", "Floor")
    return msg("Pay", "Cap")
