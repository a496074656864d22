"""Words on widgets that follow the language: set them once with ``say``, they change by themselves.

The bell rings after the language or privacy changed; on a page behind another it is heard when that
comes forward (:mod:`acctdesk.ui.behind`). A widget's words are held by a child of the widget, so
they live exactly as long as it does.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel

from acctdesk.i18n import Message
from acctdesk.ui.behind import when_seen

Text = Message | str
_SETTERS = {
    "text": "setText",
    "tip": "setToolTip",
    "name": "setAccessibleName",
    "description": "setAccessibleDescription",
    "placeholder": "setPlaceholderText",
    "title": "setWindowTitle",
}


# Among its children one would look at Qt's own parts too, which PySide does not know: for the first
# such it makes a Python class of everything that Qt has.
_HELD = "words"


class LanguageBell(QObject):
    """Rings when the program speaks another language, or hides what it shows."""

    rung = Signal()


@cache
def bell() -> LanguageBell:
    """Return the one bell."""
    return LanguageBell()


def spoken(text: Text) -> str:
    """Return a text in the current language; data (a plain string) stays as it is."""
    return text.localized() if isinstance(text, Message) else text


class _Words(QObject):
    """The words of one widget."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._texts: dict[str, Text] = {}
        bell().rung.connect(self.repeat)

    def learn(self, texts: dict[str, Text]) -> None:
        self._texts.update(texts)
        self._tell()

    @Slot()
    @when_seen
    def repeat(self) -> None:
        self._tell()

    def _tell(self) -> None:
        widget: Any = self.parent()
        for key, text in self._texts.items():
            shown = spoken(text)
            if key == "tip":
                shown = plain_tip(shown)
            getattr(widget, _SETTERS[key])(shown)


def say(widget: QObject, **texts: Text) -> None:
    """Give a widget its words: text, tip, name, description, placeholder, title.

    A ``Message`` follows the language; a plain string is data and stays. Asking again replaces.
    """
    if isinstance(widget, QLabel) and "text" in texts:
        widget.setTextFormat(Qt.TextFormat.PlainText)
    words = widget.property(_HELD)
    if words is None:
        words = _Words(widget)
        widget.setProperty(_HELD, words)
    words.learn(texts)


def plain_tip(text: str) -> str:
    """Return a tool tip that Qt cannot take for markup, whatever a client is called."""
    if "<" not in text and "&" not in text:
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>"
