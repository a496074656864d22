"""Files dropped anywhere on the window go to the Import page; the place to drop is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.ui.context import Target
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.painting import draw_text, round_rect
from acctdesk.ui.theme import colour
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Navigator
    from acctdesk.ui.main_window import MainWindow

IMPORT = "import"
# what the import assistant reads, as files are named
SHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".txt", ".tsv", ".htm", ".html")


class DropVeil(QWidget):
    """Lies over the page while files hang over the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("floating")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = msg("Drop", "Drop to import")
        self._help = msg("Drop", "First comes a trial; nothing changes yet")
        say(self, name=self._words, description=self._help)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a dashed frame, an icon and two lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = colour("app")
        ground.setAlpha(225)
        painter.fillRect(self.rect(), ground)
        place = QRectF(self.rect()).adjusted(16, 16, -16, -16)
        round_rect(painter, place, 12, fill="soft")
        pen = QPen(colour("accent"), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 12, 12)
        centre = place.center()
        draw_icon(
            painter, "file-import", QRectF(centre.x() - 24, centre.y() - 60, 48, 48), "accent"
        )
        first = QRectF(place.x(), centre.y(), place.width(), 24)
        draw_text(painter, first, str(self._words), px=16, weight=600, align="center")
        second = QRectF(place.x(), centre.y() + 26, place.width(), 20)
        draw_text(painter, second, str(self._help), ink="text2", align="center")


class FileDrop(QObject):
    """Watches a window for files; where it has an Import page they are taken."""

    def __init__(self, window: MainWindow, over: QWidget, navigator: Navigator) -> None:
        super().__init__(window)
        self._window = window
        self._over = over
        self._navigator = navigator
        self.veil = DropVeil(window)
        if IMPORT in window.page_specs:
            window.setAcceptDrops(True)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files, refuse anything else."""
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove):
            assert isinstance(event, QDragEnterEvent | QDragMoveEvent)
            if files_in(event.mimeData()):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self._show()
            else:
                event.ignore()
            return True
        if kind == QEvent.Type.DragLeave:
            self.veil.hide()
            return True
        if kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.veil.hide()
            files = files_in(event.mimeData())
            if files:
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self._navigator.requested.emit(Target(IMPORT, files=files))
            return True
        return False

    def _show(self) -> None:
        if self.veil.isHidden():
            corner = self._over.mapTo(self._window, self._over.rect().topLeft())
            self.veil.setGeometry(corner.x(), corner.y(), self._over.width(), self._over.height())
            self.veil.raise_()
            self.veil.show()


def files_in(data: QMimeData) -> tuple[str, ...]:
    """Return the paths of the local files in what is dragged."""
    return tuple(
        url.toLocalFile() for url in data.urls() if url.isLocalFile() and url.toLocalFile()
    )
