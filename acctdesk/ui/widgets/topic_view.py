"""One topic of the manual, set for reading: its words, keys and pictures. Nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QImage,
    QPainter,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from acctdesk.ui.manual import places
from acctdesk.ui.painting import FAMILY, font
from acctdesk.ui.theme import colour

_WIDEST = 780  # px: longer lines are hard to follow
_AIR = 20
_HEADINGS = {1: (24, 0, 12), 2: (17, 20, 6), 3: (15, 14, 4)}  # px of the letters, above, below
_UNBOUND = 100_000  # px
_TEXT = 14  # px of the letters
_MARGIN = 8
_LINE = 140.0  # per cent


class TopicView(QTextBrowser):
    """Shows Markdown. ``wanted`` carries the topic that a link leads to; other links lead nowhere.

    A picture is shown as wide as there is room for; pressing it tells ``picture_wanted``.
    """

    wanted = Signal(str)
    picture_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Path()
        self._text = self._words = ""
        self._whole = False
        self._set_for = 0  # px: the width that the pictures were made for
        self.setProperty("plain", True)
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._follow)

    def show_text(self, text: str, folder: Path, *, words: str = "", whole: bool = False) -> None:
        """Show Markdown whose links and pictures are named from ``folder``; mark some words.

        ``whole`` shows pictures as large as they are, to be scrolled.
        """
        self._text, self._folder, self._words = text, folder, words
        self._whole = whole
        self.setLineWrapMode(
            QTextEdit.LineWrapMode.NoWrap if whole else QTextEdit.LineWrapMode.WidgetWidth
        )
        self._set_margins()
        first = self._render()
        cursor = self.textCursor()
        cursor.setPosition(first)
        self.setTextCursor(cursor)
        if first == 0:
            self.verticalScrollBar().setValue(0)

    def loadResource(self, type: int, name: QUrl | str) -> Any:  # noqa: A002 - Qt's name
        """Give a picture of the manual, as wide as it is shown; nothing else, from nowhere else."""
        file = self._file(name if isinstance(name, str) else name.toString())
        if type != QTextDocument.ResourceType.ImageResource.value or file is None:
            return None
        image = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)
        wide, ratio = min(image.width(), self._room()), self.devicePixelRatioF()
        made = image.scaledToWidth(
            min(image.width(), round(wide * ratio)), Qt.TransformationMode.SmoothTransformation
        )
        painter = QPainter(made)
        painter.setPen(colour("border"))
        painter.drawRect(made.rect().adjusted(0, 0, -1, -1))
        painter.end()
        made.setDevicePixelRatio(made.width() / wide)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines short enough to read, and the pictures inside."""
        self._set_margins()
        super().resizeEvent(event)
        if self._text and self._room() != self._set_for:
            self._render()

    def changeEvent(self, event: QEvent) -> None:
        """Set the words anew in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._text:
            self._render()

    def _set_margins(self) -> None:
        side = _AIR if self._whole else max(_AIR, (self.width() - _WIDEST) // 2)
        self.setViewportMargins(side, 0, side - _AIR, 0)

    def _room(self) -> int:
        if self._whole:
            return _UNBOUND
        return max(100, self.viewport().width() - 2 * _MARGIN)

    def _file(self, name: str) -> Path | None:
        """Return the file of the manual that a link names, None where it is none."""
        file = (self._folder / name).resolve()
        inside = file.is_relative_to(self._folder.resolve().parent)
        return file if inside and file.is_file() else None

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        file = None if url.scheme() else self._file(url.toString())
        if file is not None and file.suffix == ".md":
            self.wanted.emit(file.stem)
        elif file is not None:
            self.picture_wanted.emit(url.toString())

    # -- how it is set

    def _render(self) -> int:
        """Set the words, scrolled as they were; return where the first one looked for stands."""
        bar = self.verticalScrollBar()
        seen = bar.value() / max(1, bar.maximum())
        self._set_for = self._room()
        # a new one: what is set again keeps something of how the old words were set
        document = QTextDocument(self)
        document.setDefaultFont(font(_TEXT))
        document.setDocumentMargin(_MARGIN)
        document.setMarkdown(self._text)
        self.setDocument(document)
        block = document.begin()
        while block.isValid():
            self._dress(block)
            block = block.next()
        first = self._mark() if self._words else 0
        bar.setValue(round(seen * bar.maximum()))
        return first

    def _dress(self, block: QTextBlock) -> None:
        runs = list(_runs(block))
        level = block.blockFormat().headingLevel()
        pictured = any(chars.isImageFormat() for _, _, chars in runs)
        cursor = QTextCursor(block)
        for start, end, chars in runs:
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(self._set(chars, level))
        set_as = QTextBlockFormat(block.blockFormat())
        _, above, below = _HEADINGS.get(level, (0, 0, _below(block)))
        set_as.setTopMargin(above)
        set_as.setBottomMargin(below)
        if _is_command(block):
            set_as.setBackground(colour("sunken"))
        if not pictured:  # its height is its own
            kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
            close = level or _is_command(block)
            set_as.setLineHeight(100.0 if close else _LINE, kind)
        cursor.setBlockFormat(set_as)

    def _set(self, chars: QTextCharFormat, level: int) -> QTextCharFormat:
        if chars.isImageFormat():
            return self._as_picture(chars.toImageFormat())
        made = QTextCharFormat(chars)
        made.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
        if level:
            made.setProperty(QTextFormat.Property.FontPixelSize.value, _HEADINGS[level][0])
            made.setFontWeight(QFont.Weight.DemiBold)
        elif chars.fontWeight() > QFont.Weight.Normal:
            made.setFontWeight(QFont.Weight.DemiBold)
        if chars.fontFixedPitch():
            made.setFontFixedPitch(False)
            made.setFontFamilies([FAMILY])
            made.setFontWeight(QFont.Weight.Medium)
            made.setBackground(colour("soft"))
        return made

    def _as_picture(self, picture: QTextImageFormat) -> QTextImageFormat:
        made = QTextImageFormat(picture)
        size = QImage(str(self._file(picture.name()))).size()
        wide = min(size.width(), self._room())
        made.setWidth(wide)
        made.setHeight(wide * size.height() / max(1, size.width()))
        made.setAnchor(True)
        made.setAnchorHref(picture.name())
        return made

    def _mark(self) -> int:
        """Mark the words looked for; return where the first stands."""
        found = places(self.document().toRawText(), self._words)
        cursor = QTextCursor(self.document())
        mark = QTextCharFormat()
        mark.setBackground(colour("tint"))
        for start, end in found:
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(mark)
        return found[0][0] if found else 0


def _is_command(block: QTextBlock) -> bool:
    return block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence.value)


def _below(block: QTextBlock) -> int:
    """Return the distance to the next block in px: lines of a list or of commands stand close."""
    after = block.next()
    if block.textList():
        return 4 if after.textList() else 12
    return 0 if _is_command(block) and _is_command(after) else 10


def _runs(block: QTextBlock) -> Iterator[tuple[int, int, QTextCharFormat]]:
    """Give the pieces of a block that are set alike: start, end and how."""
    step = block.begin()
    while not step.atEnd():
        piece = step.fragment()
        yield piece.position(), piece.position() + piece.length(), piece.charFormat()
        step += 1
