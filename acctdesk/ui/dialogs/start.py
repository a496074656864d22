"""The ground of the dialogs before the window: pages, work in the background, errors in place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from acctdesk import bootstrap
from acctdesk.i18n import Message, msg
from acctdesk.ui.choosing import books, choose_file
from acctdesk.ui.job import Job, sentence_of
from acctdesk.ui.widgets.basics import Button, IconLabel, box, column, label, row
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.words import Text, say


class Pages(QWidget):
    """Pages of which one is shown: as high as that one, where Qt's stack takes the highest."""

    def __init__(self, *, steady: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: list[QWidget] = []
        self._steady = steady
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def add(self, *pages: QWidget) -> None:
        """Add pages; the first one of all is shown."""
        for page in pages:
            page.setVisible(not self._pages)
            self._pages.append(page)
            self._column.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        for one in self._pages:
            one.setVisible(one is page)

    def now(self) -> QWidget:
        """Return the page at hand."""
        return next(one for one in self._pages if not one.isHidden())

    def place(self) -> int:
        """Return the place of the page at hand, from 0."""
        return self._pages.index(self.now())

    def page(self, place: int) -> QWidget:
        """Return a page by its place."""
        return self._pages[place]

    def settle(self, width: int) -> None:
        """Keep room for the largest page, where pages must not make the dialog jump."""
        if self._steady is not None:
            wide = max(page.minimumSizeHint().width() for page in self._pages)
            heights = (_height_of(page, max(wide, width)) for page in self._pages)
            high = max(self._steady, *heights)
            self.setMinimumSize(wide, high)


def _height_of(page: QWidget, width: int) -> int:
    need = page.heightForWidth(width) if page.hasHeightForWidth() else 0
    return max(need, page.minimumSizeHint().height())


class StartDialog(CalmDialog):
    """Ends with ``opened`` (a Desk) or ``book_wanted`` (a path), or is left.

    A ``steady`` one is always as high as its highest page, and its pages are at least that many px
    high: what they need in any language. Else a dialog is as high as the page at hand.

    It cannot be left while work is under way: it stays until the work has ended, and what the
    work made is discarded.
    """

    opened = Signal(object)
    book_wanted = Signal(object)

    def __init__(
        self, parent: QWidget | None, title: Message, *, width: int = 560, steady: int | None = None
    ) -> None:
        super().__init__(parent, title, width=width, heading=False)
        self._leaving = False
        self._job: Job | None = None
        self._on_done: Callable[[Any], None] | None = None
        self._on_error: Callable[[Exception], None] | None = None
        self.pages = Pages(steady=steady)
        self.content.addWidget(self.pages, 1)
        self.trouble, inside = box("noticeDanger", margins=(12, 8, 12, 8), horizontal=True)
        self.trouble_words = label("", "body", wrap=True)
        inside.addWidget(IconLabel("alert-circle", "danger", 20))
        inside.addWidget(self.trouble_words, 1)
        self.trouble.hide()
        self.content.addWidget(self.trouble)
        self.busy_words = label("", "caption2")
        self.busy_bar = QProgressBar()
        self.busy_bar.setRange(0, 0)
        self.busy_bar.setTextVisible(False)
        self.busy_bar.setFixedHeight(6)
        self.busy = QWidget()
        self.busy.setLayout(column(self.busy_words, self.busy_bar, spacing=6))
        self.busy.hide()
        self.content.addWidget(self.busy)

    # -- pages

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front, without the trouble of the one before."""
        self.pages.show_page(page)
        self.hear_no_trouble()
        self.dress()
        self.grow()

    def dress(self) -> None:
        """Show the buttons of the page at hand; a dialog says how."""

    # -- trouble

    def complain(self, text: Text) -> None:
        """Say in place what went wrong."""
        say(self.trouble_words, text=text)
        say(self.trouble, name=text)
        self.trouble.show()
        self.grow()

    def hear_no_trouble(self) -> None:
        """Take the words about trouble away."""
        if not self.trouble.isHidden():
            self.trouble.hide()
            self.grow()

    def grow(self) -> None:
        """Take the size that the words need now, once they are laid out."""
        QTimer.singleShot(0, self, self._settle)

    @Slot()
    def _settle(self) -> None:
        _lay_out_now()
        self.pages.settle(self.pages.width())
        _lay_out_now()
        self.fit(QSize(self.width(), 0))

    # -- work

    @property
    def working(self) -> bool:
        """Whether work is under way."""
        return self._job is not None

    def work(
        self,
        what: Message,
        task: Callable[[], Any],
        *,
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run a task in the background; everything waits, and the dialog says what for."""
        if self._job is not None:
            return
        self.hear_no_trouble()
        self._on_done, self._on_error = on_done, on_error
        say(self.busy_words, text=what)
        say(self.busy_bar, name=what)
        self.busy.show()
        self.pages.setEnabled(False)
        self._job = Job(task, self)
        self._job.done.connect(self._worked)
        self._job.failed.connect(self._failed)
        self.dress()
        self.grow()
        self._job.start()

    def discard(self, value: object) -> None:
        """Undo what work has made, because the dialog was left meanwhile."""

    @Slot(object)
    def _worked(self, value: object) -> None:
        on_done = self._on_done
        self._rest()
        if self._leaving:
            self.discard(value)
            super().reject()
        elif on_done is not None:
            on_done(value)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        on_error = self._on_error
        self._rest()
        if self._leaving:
            super().reject()
        elif on_error is not None:
            on_error(error)
        else:
            self.complain(sentence_of(error))

    def _rest(self) -> None:
        self._job = self._on_done = self._on_error = None
        self.busy.hide()
        self.pages.setEnabled(True)
        self.dress()
        self.grow()

    # -- leaving

    def reject(self) -> None:
        """Leave; while work is under way, as soon as it has ended."""
        if self._job is None:
            super().reject()
            return
        self._leaving = True
        say(self.busy_words, text=msg("Start", "Stopping…"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave by the frame's own button in the same way."""
        if self._job is not None:
            self.reject()
            event.ignore()
            return
        super().closeEvent(event)

    # -- another book

    @Slot()
    def browse(self) -> None:
        """Ask for a book that is there."""
        title, folder = msg("App", "Open a book"), bootstrap.books_folder()
        choose_file(self, title, folder, books(), self._browsed)

    @Slot(str)
    def _browsed(self, file: str) -> None:
        self.want_book(Path(file))

    def want_book(self, path: Path) -> None:
        """End by asking for a book to be opened."""
        self.accept()
        self.book_wanted.emit(path)


def _lay_out_now() -> None:
    """Let every layout hear at once what came and went inside it."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def link(icon: str, text: Message) -> Button:
    """Return a way that leads elsewhere: an icon and words, without a frame."""
    return Button(text, look="link", icon=icon)


def heading(icon: str, title: Text, help_line: Text = "", *, ink: str = "accent") -> QWidget:
    """Return the head of a page: an icon, a title, a line of help."""
    holder = QWidget()
    words = column(label(title, "section", wrap=True), spacing=2)
    if help_line:
        words.addWidget(label(help_line, "small", wrap=True))
    mark = column(IconLabel(icon, ink, 28), None)
    across = row(mark, words, spacing=12)
    across.setStretch(1, 1)
    holder.setLayout(across)
    return holder


def notice(icon: str, text: Text, *, kind: str = "Warning") -> QWidget:
    """Return a plain sentence on a coloured ground: Warning, Danger, Success, or "" for a note."""
    frame, inside = box(f"notice{kind}", margins=(12, 8, 12, 8), horizontal=True)
    ink = kind.lower() or "info"
    inside.addLayout(column(IconLabel(icon, ink, 18), None))
    words = label(text, "small", wrap=True)
    inside.addWidget(words, 1)
    frame.setProperty("words", words)
    return frame
