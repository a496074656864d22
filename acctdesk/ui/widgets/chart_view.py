"""A matplotlib figure on screen: built when first shown, anew for another theme, size or language.

The figure itself says nothing to a screen reader: its description does, and its table stands
beside it where there is room.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from acctdesk.i18n import Message
from acctdesk.ui.job import Job
from acctdesk.ui.theme import tokens
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.charts.style import ChartTokens


class Library(QObject):
    """The drawing library, loaded in a thread: it takes half a second, and the window lives on."""

    loaded = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._ready = False

    def is_ready(self) -> bool:
        """Tell whether charts can be drawn; where not, load, and tell ``loaded`` then."""
        if not self._ready and self._job is None:
            self._job = Job(_load, self)
            self._job.done.connect(self._arrived)
            self._job.failed.connect(self._arrived)  # drawing will say what is wrong
            self._job.start()
        return self._ready

    def is_loading(self) -> bool:
        """Tell whether charts that are asked for wait."""
        return self._job is not None

    @Slot(object)
    def _arrived(self, _outcome: object) -> None:
        self._job, self._ready = None, True
        self.loaded.emit()


@cache
def library() -> Library:
    """Return the one library of this process."""
    app = QCoreApplication.instance()
    assert app is not None
    return Library(app)


def _load() -> None:
    for module in ("matplotlib.backends.backend_qtagg", "acctdesk.charts.targets"):
        importlib.import_module(module)


Maker = Callable[[float, float, "ChartTokens"], Any]  # width and height in px to a Figure


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
    )


class ChartView(QWidget):
    """Shows one figure as wide as there is room; with ``grow`` also as high, from ``height``."""

    def __init__(self, height: int, parent: QWidget | None = None, *, grow: bool = False) -> None:
        super().__init__(parent)
        self._height = height
        self._maker: Maker | None = None
        self._canvas: QWidget | None = None
        self._drawn: tuple[Any, ...] = ()
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
        library().loaded.connect(self._turn.start)

    def show_chart(self, maker: Maker, *, name: Message, description: Message) -> None:
        """Show the figure that ``maker`` makes for a size and colours."""
        self._maker = maker
        say(self, name=name, description=description, tip=description)
        self._again()

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

    @Slot()
    def _again(self) -> None:
        self._drawn = ()
        self._turn.start()

    @Slot()
    def _draw(self) -> None:
        if self._maker is None or self.width() < 60 or not self.isVisible():
            return
        state = (self._maker, self.size(), tokens().name, self.devicePixelRatioF())
        if state == self._drawn or not library().is_ready():
            return
        from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg

        figure = self._maker(self.width(), self.height(), chart_tokens())
        self._remove()
        make_canvas: Callable[[Any], QWidget] = FigureCanvasQTAgg
        canvas = make_canvas(figure)
        canvas.setParent(self)
        canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        canvas.setGeometry(self.rect())
        canvas.show()
        self._canvas = canvas
        self._drawn = state

    def _remove(self) -> None:
        if self._canvas is not None:
            self._canvas.hide()
            self._canvas.deleteLater()
            self._canvas = None
        self._drawn = ()
