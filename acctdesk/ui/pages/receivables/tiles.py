"""The figures at the head of the page: what is open, and each age with its colour in the chart."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from acctdesk import formats
from acctdesk.charts.ageing import AGES
from acctdesk.i18n import Message, msg, tr
from acctdesk.services.ageing import Collection
from acctdesk.services.rows import Receivables
from acctdesk.ui.painting import draw_text, round_rect, text_width
from acctdesk.ui.theme import tokens
from acctdesk.ui.words import plain_tip, say

HEIGHT = 88
IN_ROW = 940  # a narrower page shows four in a row


class AgeTile(QWidget):
    """A label with the chart's colour, an amount and one line of small print."""

    def __init__(self, title: Message, place: int | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._title, self._place = title, place
        self.value = self.note = ""
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("elides", True)
        say(self, name=title)

    def show_figure(self, value: str, note: str) -> None:
        """Show an amount and what is to be said of it."""
        self.value, self.note = value, note
        said = f"{self._title}: {value}, {note}" if note else f"{self._title}: {value}"
        say(self, name=said)
        self.setToolTip(plain_tip(said))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a width that seven have room for."""
        return QSize(140, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the least width."""
        return QSize(112, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tile."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        round_rect(painter, QRectF(self.rect()), 8, fill="surface", line="border")
        x, wide = 14.0, self.width() - 28.0
        if self._place is not None:
            painter.fillRect(QRectF(x, 17, 9, 9), QColor(tokens().ageing[self._place]))
            x += 16
        title = QRectF(x, 11, wide - x + 14, 20)
        draw_text(painter, title, str(self._title), px=12, weight=600, ink="muted")
        px = next((one for one in (22, 18, 16) if text_width(self.value, one, 600) <= wide), 14)
        draw_text(painter, QRectF(14, 32, wide, 28), self.value, px=px, weight=600)
        draw_text(painter, QRectF(14, 62, wide, 16), self.note, px=12, ink="text2")


class TileRow(QWidget):
    """Tiles in a row; on a narrow page ``few`` in a row."""

    def __init__(self, parent: QWidget, *, few: int) -> None:
        super().__init__(parent)
        self._few, self._columns = few, 0
        self._tiles: tuple[AgeTile, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)

    def hold(self, *tiles: AgeTile) -> None:
        """Show these tiles."""
        self._tiles = tiles
        self._arrange(len(tiles))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take one row or more."""
        super().resizeEvent(event)
        self._arrange(len(self._tiles) if self.width() >= IN_ROW else self._few)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, number // columns, number % columns)
        for column in range(len(self._tiles)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


class AgeTiles(TileRow):
    """Open, the five ages, and what is unapplied: seven in a row, or four and three."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, few=4)
        self.open = AgeTile(msg("Ageing", "Total open"), None, self)
        self.ages = {
            age: AgeTile(title, place, self) for place, (age, title) in enumerate(AGES.items())
        }
        self.unapplied = AgeTile(msg("Ageing", "Unapplied"), None, self)
        self.hold(self.open, *self.ages.values(), self.unapplied)

    def show_day(self, now: Receivables, collected: Collection | None, currency: str) -> None:
        """Show the figures of a day."""

        def money(minor: int) -> str:
            return formats.money(minor, currency, cents=False)

        self.open.show_figure(money(now.open_minor), _dso(now, collected))
        for age, tile in self.ages.items():
            part = now.ageing[age]
            share = Decimal(part) / now.open_minor if now.open_minor else None
            tile.show_figure(money(part), formats.percent(share))
        self.unapplied.show_figure(
            money(-now.unapplied_minor),
            tr("Ageing", "balance {amount}", amount=money(now.balance_minor)),
        )


def _dso(now: Receivables, collected: Collection | None) -> str:
    if now.dso_simple_90 is None:
        return tr("Ageing", "DSO not known")
    shown = formats.number(now.dso_simple_90)
    if collected is None or collected.delinquent is None:
        return tr("Ageing", "DSO {days} d", days=shown)
    late = formats.number(collected.delinquent)
    return tr("Ageing", "DSO {days} d, {late} late", days=shown, late=late)
