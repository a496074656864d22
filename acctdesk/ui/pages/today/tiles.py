"""The four figures at the head of the day; each is a button that opens its rows."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.services.rows import Today, TodayTiles
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.painting import (
    ChipKind,
    chip_width,
    draw_chip,
    draw_text,
    focus_ring,
    round_rect,
    text_width,
)
from acctdesk.ui.words import plain_tip, say

HEIGHT = 108
FOUR = 760  # a narrower page shows two in a row
_TITLES: tuple[tuple[str, Message], ...] = (
    ("quarter", msg("Today", "Sales of the quarter")),
    ("overdue", msg("Today", "Overdue")),
    ("quiet", msg("Today", "Gone quiet")),
    ("promises", msg("Today", "My open promises")),
)


class Tile(QAbstractButton):
    """A label, a figure and one chip with a word and an icon. Enter and Space press it."""

    def __init__(self, key: str, title: Message, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self._title = title
        self._value = ""
        self._chip = ""
        self._kind: ChipKind = "muted"
        self._icon = "clock"
        self._loading = True
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("elides", True)
        say(self, name=title, description=msg("Today", "Opens its rows"))

    @property
    def value(self) -> str:
        """The figure shown."""
        return self._value

    @property
    def chip(self) -> str:
        """The chip's words."""
        return self._chip

    def show_figure(self, value: str, chip: Message, kind: ChipKind, icon: str) -> None:
        """Show a figure and what is to be said of it."""
        self._loading = False
        self._value, self._chip, self._kind, self._icon = value, str(chip), kind, icon
        say(self, name=f"{self._title}: {value}, {self._chip}")
        self._tip()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a width that four have room for."""
        return QSize(200, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the least width."""
        return QSize(150, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press by Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say in the tool tip what is cut."""
        super().resizeEvent(event)
        self._tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tile."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        fill = "hover" if self.underMouse() else "surface"
        round_rect(painter, box, 8, fill=fill, line="border")
        wide = box.width() - 32
        title = QRectF(16, 14, wide - 24, 20)
        draw_text(painter, title, str(self._title), px=12, weight=600, ink="muted")
        draw_icon(painter, "chevron-right", QRectF(box.width() - 32, 16, 16, 16), "muted")
        if self._loading:
            round_rect(painter, QRectF(16, 46, wide * 0.5, 16), 4, fill="sunken")
            round_rect(painter, QRectF(16, 78, wide * 0.7, 12), 4, fill="sunken")
        else:
            px = next((one for one in (26, 22, 18) if self._width(one) <= wide), 16)
            draw_text(painter, QRectF(16, 37, wide, 32), self._value, px=px, weight=600)
            draw_chip(painter, 16, 74, self._chip, kind=self._kind, icon=self._icon, max_width=wide)
        if self.hasFocus():
            focus_ring(painter, box, 8)

    def _width(self, px: int) -> float:
        return text_width(self._value, px, 600)

    def _tip(self) -> None:
        title, room = str(self._title), self.width() - 32
        cut = chip_width(self._chip, self._icon) > room or text_width(title, 12, 600) > room - 24
        self.setToolTip(plain_tip(f"{title}: {self._value}, {self._chip}") if cut else "")


class Tiles(QWidget):
    """Four tiles in a row, two by two where it is narrow."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tiles = {key: Tile(key, title, self) for key, title in _TITLES}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._columns = 0
        self._arrange(4)

    def show_day(self, today: Today) -> None:
        """Show the figures of a day."""
        for key, shown in figures(today.tiles, today.currency).items():
            self.tiles[key].show_figure(*shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take one row or two."""
        super().resizeEvent(event)
        self._arrange(4 if self.width() >= FOUR else 2)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, number // columns, number % columns)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def figures(tiles: TodayTiles, currency: str) -> dict[str, tuple[str, Message, ChipKind, str]]:
    """Return value, chip words, chip kind and chip icon of each tile."""

    def money(minor: int) -> str:
        return formats.money(minor, currency, cents=False)

    return {
        "quarter": (money(tiles.quarter.net_minor), *_quarter(tiles)),
        "overdue": (money(tiles.overdue_minor), *_overdue(tiles, money(tiles.newly_overdue_minor))),
        "quiet": (formats.number(tiles.quiet_clients), *_quiet(tiles)),
        "promises": (formats.number(tiles.promises), *_promises(tiles)),
    }


def _quarter(tiles: TodayTiles) -> tuple[Message, ChipKind, str]:
    quarter, due = tiles.quarter, tiles.quarter_due_minor
    if not quarter.target_minor:
        return msg("Today", "no target is set"), "muted", "target"
    share = formats.percent(Decimal(quarter.net_minor) / quarter.target_minor)
    text = msg("Today", "{share} of the target", share=share)
    if due is None or quarter.net_minor >= due:
        return text, "success", "trending-up"
    return text, "danger", "trending-down"


def _overdue(tiles: TodayTiles, newly: str) -> tuple[Message, ChipKind, str]:
    count = tiles.overdue_clients
    if not count:
        return msg("Today", "nothing is overdue"), "success", "circle-check"
    if not tiles.newly_overdue_minor:
        text = nmsg("Today", "{n} client, none new", "{n} clients, none new", count)
        return text, "warning", "clock"
    text = nmsg("Today", "{n} client, {newly} new", "{n} clients, {newly} new", count, newly=newly)
    return text, "danger", "trending-up"


def _quiet(tiles: TodayTiles) -> tuple[Message, ChipKind, str]:
    if not tiles.buying_clients:
        return msg("Today", "nobody has bought yet"), "muted", "clock"
    if not tiles.quiet_clients:
        return msg("Today", "all in rhythm"), "success", "circle-check"
    text = nmsg("Today", "of {n} client who buys", "of {n} clients who buy", tiles.buying_clients)
    return text, "warning", "clock"


def _promises(tiles: TodayTiles) -> tuple[Message, ChipKind, str]:
    if not tiles.promises_soon:
        return msg("Today", "none by tomorrow"), "success", "circle-check"
    text = nmsg("Today", "{n} due by tomorrow", "{n} due by tomorrow", tiles.promises_soon)
    return text, "warning", "flag"
