"""Files dropped on the window: on a client they are kept there, elsewhere they are imported.

On a client a file of the bank or an e-invoice is shown as anywhere else, for it is good for nothing
else, and can be kept there instead. A table may well be the client's own: it is kept without a
question, for that can be undone, and importing it is offered beside.

The place that takes them is shown while they hang over it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRect, QRectF, Qt
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
MAIL = (".eml", ".msg")
CALENDAR = (".ics",)
# statements of a bank and e-invoices; some end as other files do, so their content is looked at
MONEY = (".xml", ".camt", ".sta", ".mt940", ".mt942", ".940", ".942", ".txt")
TAKEN = (*SHEETS, *MAIL, *CALENDAR, *MONEY)  # what the program may be started with, besides a book


class DropVeil(QWidget):
    """Lies over the page while files hang over the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("floating")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self.show_words(client=False)

    def show_words(self, *, client: bool) -> None:
        """Say what becomes of the files here."""
        self._icon = "paperclip" if client else "file-import"
        self._words = msg("Drop", "Drop to import")
        self._help = msg("Drop", "First comes a trial; nothing changes yet")
        if client:
            self._words = msg("Drop", "Drop to keep with this client")
            self._help = msg(
                "Drop",
                "E-mails go to their date, files of a bank to a preview, others into a note",
            )
        say(self, name=self._words, description=self._help)
        self.update()

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
        draw_icon(painter, self._icon, QRectF(centre.x() - 24, centre.y() - 60, 48, 48), "accent")
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
                self._show(event.position().toPoint())
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
                place = self._client_under(event.position().toPoint())
                client_id = None if place is None else place[1]
                self._navigator.requested.emit(Target(IMPORT, client_id=client_id, files=files))
            return True
        return False

    def _client_under(self, at: QPoint) -> tuple[QWidget, int] | None:
        page = self._window.page
        return None if page is None else page.drop_place(page.mapFrom(self._window, at))

    def _show(self, at: QPoint) -> None:
        place = self._client_under(at)
        over = self._over if place is None else place[0]
        self.veil.show_words(client=place is not None)
        self.veil.setGeometry(QRect(over.mapTo(self._window, QPoint(0, 0)), over.size()))
        if self.veil.isHidden():
            self.veil.raise_()
            self.veil.show()


def files_in(data: QMimeData) -> tuple[str, ...]:
    """Return the paths of the local files in what is dragged."""
    return tuple(
        url.toLocalFile() for url in data.urls() if url.isLocalFile() and url.toLocalFile()
    )
