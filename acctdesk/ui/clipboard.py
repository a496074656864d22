"""The one road onto the clipboard: what was copied from the book does not stay there.

A copied value is taken back after half a minute, when the book is locked and when the program
ends; a copied table and what was copied from a field by its own keys when the book is locked. Only
what is still ours goes: what another program copied since is left alone.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

KEPT_MS = 30_000
# what clipboard managers look for: KDE's Klipper and its kin; the histories of Windows
_SECRET = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': bytes(4),
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': bytes(4),
}


class Clipboard(QObject):
    """What this program has put on the clipboard last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text: str | None = None
        self._is_table = False
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(KEPT_MS)
        self.timer.timeout.connect(self.take_back)

    def copy(self, text: str, *, secret: bool = False) -> None:
        """Put a value on the clipboard for half a minute; a secret one out of every history."""
        if secret:
            data = QMimeData()
            data.setText(text)
            for kind, content in _SECRET.items():
                data.setData(kind, QByteArray(content))
            QGuiApplication.clipboard().setMimeData(data)
        else:
            QGuiApplication.clipboard().setText(text)
        self._text, self._is_table = text, False
        self.timer.start()

    def copy_table(self, text: str, html: str) -> None:
        """Put rows on the clipboard, to be pasted as text or as a table."""
        data = QMimeData()
        data.setText(text)
        data.setHtml(html)
        QGuiApplication.clipboard().setMimeData(data)
        self._text, self._is_table = text, True
        self.timer.stop()

    @Slot()
    def take_back(self) -> None:
        """Empty the clipboard where it still holds what was copied here."""
        self.timer.stop()
        ours, self._text = self._text, None
        clipboard = QGuiApplication.clipboard()
        if ours is not None and clipboard.text() == ours:
            clipboard.clear()

    def lock(self) -> None:
        """Take back whatever this program has put there."""
        self.take_back()
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()

    @Slot()
    def leave(self) -> None:
        """Take a value back as the program ends; a table is left, as plain text.

        PySide6 6.11 ends with a segmentation fault where data made in Python is still on the
        clipboard when the interpreter goes.
        """
        clipboard = QGuiApplication.clipboard()
        if self._is_table and self._text is not None and clipboard.text() == self._text:
            clipboard.setText(self._text)
        else:
            self.take_back()


@cache
def clipboard() -> Clipboard:
    """Return the one clipboard."""
    return Clipboard()
