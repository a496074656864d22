"""A matplotlib figure on screen: drawn beside the window, anew for another theme, size or language.

The picture itself says nothing to a screen reader: its description does, and its table stands
beside it where there is room.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from acctdesk.i18n import Message
from acctdesk.ui.behind import when_seen
from acctdesk.ui.theme import tokens
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.charts.style import ChartTokens

Maker = Callable[[float, float, "ChartTokens"], Any]  # width and height in px to a Figure


@dataclass(frozen=True, slots=True)
class Wish:
    """What a picture depends on; makers are equal where their figures are."""

    maker: Maker
    width: int
    height: int
    theme: str
    ratio: float  # the device's pixels to one of ours


@dataclass(slots=True)
class Order:
    """One picture to be drawn, until ``dropped``."""

    wish: Wish
    colours: ChartTokens
    dropped: bool = False


class Studio(QObject):
    """The thread that draws charts: a figure takes longer than a frame, the library half a second.

    One thread, because the library is made for one.
    """

    drawn = Signal(object, object)  # the Order, its QImage
    _done = Signal(object, object, object)

    def __init__(self, parent: QObject) -> None:
        from concurrent.futures import ThreadPoolExecutor

        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="acctdesk-charts")
        self._orders = 0
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether pictures are under way."""
        return self._orders > 0

    def draw(self, order: Order) -> None:
        """Draw; ``drawn`` tells it, unless the order was dropped meanwhile."""
        self._orders += 1
        self._thread.submit(self._run, order)

    def _run(self, order: Order) -> None:
        image, error = None, None
        try:
            if not order.dropped:
                image = picture(order)
        except Exception as caught:  # noqa: BLE001 - it is raised on the GUI thread
            error = caught
        self._done.emit(order, image, error)

    @Slot(object, object, object)
    def _deliver(self, order: Order, image: QImage | None, error: Exception | None) -> None:
        self._orders -= 1
        if error is not None:
            raise error
        if image is not None:
            self.drawn.emit(order, image)


@cache
def studio() -> Studio:
    """Return the one studio of this process."""
    app = QCoreApplication.instance()
    assert app is not None
    return Studio(app)


def picture(order: Order) -> QImage:
    """Return the picture of an order; for any one thread at a time."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    wish = order.wish
    figure = wish.maker(wish.width, wish.height, order.colours)
    figure.dpi *= wish.ratio
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = canvas.buffer_rgba()
    height, width, _ = pixels.shape
    image = QImage(pixels, width, height, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(wish.ratio)
    return image


def chart_tokens() -> ChartTokens:
    """Return the colours of a chart in the theme in force."""
    from acctdesk.charts.style import ChartTokens

    use = tokens()
    return ChartTokens(
        surface=use.surface,
        border=use.border,
        control=use.control,
        text=use.text,
        text2=use.text2,
        muted=use.muted,
        actual=use.chart[0],
        target=use.chart[1],
        soft=use.soft,
        ageing=use.ageing,
    )


class ChartView(QWidget):
    """Shows one figure as wide as there is room; with ``grow`` also as high, from ``height``."""

    def __init__(self, height: int, parent: QWidget | None = None, *, grow: bool = False) -> None:
        super().__init__(parent)
        self._height = height
        self._maker: Maker | None = None
        self._order: Order | None = None  # the last one given
        self._image: QImage | None = None
        self.setMinimumHeight(height)
        if not grow:
            self.setMaximumHeight(height)
        upwards = QSizePolicy.Policy.Expanding if grow else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, upwards)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._draw)
        bell().rung.connect(self._again)
        studio().drawn.connect(self._arrived)

    def show_chart(self, maker: Maker, *, name: Message, description: Message) -> None:
        """Show the figure that ``maker`` makes for a size and colours; an equal one is there."""
        say(self, name=name, description=description, tip=description)
        if maker != self._maker:
            self._remove()  # never the figures of one client beside the name of another
        self._maker = maker
        self._turn.start()

    def clear(self) -> None:
        """Show nothing."""
        self._maker = None
        self._remove()

    def sizeHint(self) -> QSize:
        """Return a width that any pane has."""
        return QSize(240, self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw again for the new width."""
        super().resizeEvent(event)
        self._turn.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was asked for while hidden."""
        super().showEvent(event)
        self._turn.start()

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the colours of another theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._turn.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture that is there."""
        if self._image is not None:
            QPainter(self).drawImage(0, 0, self._image)

    @Slot()
    @when_seen
    def _again(self) -> None:
        """Draw again in other words, with or without amounts."""
        self._drop()
        self._turn.start()

    @Slot()
    def _draw(self) -> None:
        if self._maker is None or self.width() < 60 or not self.isVisible():
            return
        use, ratio = tokens().name, self.devicePixelRatioF()
        wish = Wish(self._maker, self.width(), self.height(), use, ratio)
        if self._order is not None and self._order.wish == wish:
            return
        self._drop()
        self._order = Order(wish, chart_tokens())
        studio().draw(self._order)

    @Slot(object, object)
    def _arrived(self, order: Order, image: QImage) -> None:
        if order is self._order:
            self._image = image
            self.update()

    def _drop(self) -> None:
        if self._order is not None:
            self._order.dropped = True
            self._order = None

    def _remove(self) -> None:
        self._drop()
        if self._image is not None:
            self._image = None
            self.update()
