"""On paper and as PDF: any text document on A4, with a heading line and page x of y.

A PDF is written without a QPrinter: making one asks the print service, by a socket.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QBuffer, QMarginsF, QObject, QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.kinds import Language
from acctdesk.ui.painting import font

_MARGIN_MM = 15.0
_HEAD_PT, _FOOT_PT = 26.0, 20.0
_INK, _FAINT = QColor("#1A1E26"), QColor("#626B79")
PRINT_CSS = (
    "body{color:#1A1E26;font-family:Inter;font-size:9pt}"
    "h1{font-size:15pt;margin:0 0 4pt 0} h2{font-size:11pt;margin:10pt 0 3pt 0}"
    "p{margin:0 0 6pt 0} .muted{color:#626B79} table{border-collapse:collapse}"
    "td,th{padding:2pt 4pt;border-bottom:0.5px solid #D8DCE3}"
    "th{color:#626B79;font-weight:600;font-size:8pt} .num{text-align:right}"
    "td.num{white-space:nowrap}"
)


def text_document(
    html: str, parent: QObject | None = None, *, css: str = PRINT_CSS
) -> QTextDocument:
    """Return a document for printing from markup of our own; escape data with ``html.escape``."""
    document = QTextDocument(parent)
    document.setDefaultStyleSheet(css)
    document.setDefaultFont(_print_font(12))
    document.setHtml(html)
    return document


def _print_font(px: int) -> QFont:
    """Return a font without other shapes of a sign: their glyphs lose their letters in a PDF."""
    made = font(px)
    made.setFeature(QFont.Tag("calt"), 0)
    return made


Device = TypeVar("Device", QPrinter, QPdfWriter)


def a4_layout() -> QPageLayout:
    """Return A4 upright with our margins."""
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
        QPageLayout.Unit.Millimeter,
    )


def a4(printer: Device) -> Device:
    """Set a printer to A4 upright with our margins."""
    printer.setPageLayout(a4_layout())
    return printer


class Sheets:
    """A document on pages of a layout, as it is printed; close it when it is painted.

    It is laid out in points, so it is the same on every printer and on the screen.
    """

    def __init__(
        self,
        document: QTextDocument,
        layout: QPageLayout,
        *,
        heading: str,
        language: Language | None = None,  # of the foot; None is that of the window
    ) -> None:
        self._page = layout.paintRect(QPageLayout.Unit.Point).size()
        self._body = QSizeF(self._page.width(), self._page.height() - _HEAD_PT - _FOOT_PT)
        self._heading = heading
        self._language = language
        self._copy = document.clone()
        self._copy.setDocumentMargin(0)
        self._points = _point_device()
        self._copy.documentLayout().setPaintDevice(self._points)
        self._copy.setPageSize(self._body)
        self.count = self._copy.pageCount()

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint a page, the first is 0, with its head and foot; a unit of the painter is a point.

        The origin is where the margins end.
        """
        body, layout = self._body, self._copy.documentLayout()
        foot = msg("Print", "Page {page} of {pages}", page=number + 1, pages=self.count)
        _draw_frame(
            painter,
            self._page.width(),
            self._page.height(),
            self._heading,
            foot.localized(self._language),
        )
        painter.save()
        painter.translate(0, _HEAD_PT - number * body.height())
        part = QRectF(0, number * body.height(), body.width(), body.height())
        painter.setClipRect(part)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = part
        context.palette.setColor(QPalette.ColorRole.Text, _INK)
        layout.draw(painter, context)
        painter.restore()

    def close(self) -> None:
        """Let go of the document."""
        self._copy.documentLayout().setPaintDevice(None)  # type: ignore[arg-type]
        self._copy.deleteLater()


def pages_on_a4(document: QTextDocument) -> int:
    """Return how many pages of A4 a document takes."""
    sheets = Sheets(document, a4_layout(), heading="")
    sheets.close()
    return sheets.count


def print_document(
    document: QTextDocument,
    printer: QPrinter | QPdfWriter,
    *,
    heading: str,
    language: Language | None = None,
) -> int:
    """Print a document; each page has the heading above and its number below. Returns pages."""
    sheets = Sheets(document, printer.pageLayout(), heading=heading, language=language)
    painter = QPainter(printer)
    scale = printer.resolution() / 72.0
    painter.scale(scale, scale)
    for number in range(sheets.count):
        if number:
            printer.newPage()
        sheets.paint(painter, number)
    painter.end()
    sheets.close()
    return sheets.count


def _point_device() -> QPdfWriter:
    """Return a device of 72 dots an inch, so that layout and page are both in points."""
    device = QPdfWriter(QBuffer())
    device.setResolution(72)
    return device


def _draw_frame(painter: QPainter, width: float, height: float, heading: str, foot: str) -> None:
    painter.setFont(_print_font(8))
    painter.setPen(_FAINT)
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(0, 0, width * 0.8, 14), left, heading)
    painter.drawText(QRectF(0, 0, width, 14), right, "acctdesk")
    painter.drawLine(0, 16, round(width), 16)
    painter.drawText(QRectF(0, height - 14, width, 14), right, foot)


def save_pdf(
    document: QTextDocument, file: Path, *, heading: str, language: Language | None = None
) -> int:
    """Write a document as PDF, A4, text selectable; returns the number of pages.

    ``language`` is that of the page, None for the window's.
    """
    printer = QPdfWriter(str(file))
    printer.setTitle(heading)
    return print_document(document, a4(printer), heading=heading, language=language)


class PrintJob(QObject):
    """Asks for a printer and prints, without waiting in a nested loop."""

    def __init__(self, document: QTextDocument, heading: Message | str, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._heading = str(heading)
        self._printer = a4(QPrinter(QPrinter.PrinterMode.HighResolution))
        self._dialog = QPrintDialog(self._printer, parent)
        self._dialog.accepted.connect(self._print)
        self._dialog.finished.connect(self.deleteLater)

    def open(self) -> None:
        """Show the print dialog."""
        QDialog.open(self._dialog)

    @Slot()
    def _print(self) -> None:
        print_document(self._document, self._printer, heading=self._heading)
