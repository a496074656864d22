"""The end of an import: how far it is, that it is done, or why it is not; and what comes next."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import msg
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.itemmodels.import_words import done_words
from acctdesk.ui.pages.imports.files import ImportFile
from acctdesk.ui.painting import round_rect
from acctdesk.ui.widgets.basics import Button, label, row
from acctdesk.ui.words import Text, say


class Disc(QWidget):
    """A large round icon."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._ink, self._ground = "check", "success", "success_soft"
        self.setFixedSize(56, 56)

    def show_icon(self, icon: str, ink: str, ground: str) -> None:
        """Show another icon."""
        self._icon, self._ink, self._ground = icon, ink, ground
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint disc and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        round_rect(painter, QRectF(self.rect()), 28, fill=self._ground)
        draw_icon(painter, self._icon, QRectF(14, 14, 28, 28), self._ink)


class DoneCard(QFrame):
    """Shows a file that is being imported, was imported, or could not be."""

    cancel_wanted = Signal()
    undo_wanted = Signal()
    show_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.disc = Disc(self)
        self.sentence = label(role="section", wrap=True)
        self.help = label(role="sub", wrap=True)
        for one in (self.sentence, self.help):
            one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 100)
        self.bar.setMaximumWidth(360)
        self.cancel = Button(msg("ImportPage", "Stop the import"))
        self.undo = Button(msg("ImportPage", "Undo import"), icon="arrow-back-up")
        self.show_records = Button(look="plain", icon="arrow-right")
        self.again = Button(msg("ImportPage", "Try again"))
        for button, signal in (
            (self.cancel, self.cancel_wanted),
            (self.undo, self.undo_wanted),
            (self.show_records, self.show_wanted),
            (self.again, self.again_wanted),
        ):
            button.clicked.connect(signal)
        self._running = _centred(self.bar, 24, self.cancel)
        self._over = _centred(self.undo, across=True)
        self._failed = _centred(self.again, across=True)
        self.pages = QStackedWidget(self)
        for page in (self._running, self._over, self._failed):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self.disc, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(self.sentence)
        column.addWidget(self.help)
        column.addSpacing(12)
        column.addWidget(self.pages)
        column.addStretch(3)

    def show_file(self, file: ImportFile, *, can_undo: bool) -> None:
        """Show where a file stands."""
        if file.importing or file.waiting:
            self._show_running(file)
        elif file.imported and file.result is not None:
            self._show_done(file, can_undo=can_undo)
        else:
            self._show_not_done(file)

    def _show_running(self, file: ImportFile) -> None:
        self.disc.show_icon("loader-2", "accent", "soft")
        self._say(
            file.label or "",
            msg(
                "ImportPage",
                "The window stays free meanwhile. Stopping leaves the book as it was.",
            ),
        )
        self.bar.setValue(round(file.share * 100))
        percent = formats.percent(file.share)
        say(self.bar, name=msg("ImportPage", "Import, {percent} done", percent=percent))
        self.pages.setCurrentWidget(self._running)

    def _show_done(self, file: ImportFile, *, can_undo: bool) -> None:
        result = file.result
        assert result is not None
        self.disc.show_icon("check", "success", "success_soft")
        undone = (
            msg("ImportPage", "One undo takes the whole import back.")
            if can_undo
            else msg("ImportPage", "A later step stands before it: undo that one first.")
        )
        count = result.created + result.updated
        self._say(done_words(result.kind, count), undone if count else file.name)
        self.undo.setEnabled(can_undo)
        self.pages.setCurrentWidget(self._over)

    def _show_not_done(self, file: ImportFile) -> None:
        if file.failure is not None:
            self.disc.show_icon("alert-circle", "danger", "danger_soft")
            self._say(msg("ImportPage", "{name} was not imported", name=file.name), file.failure)
        else:
            self.disc.show_icon("arrow-back-up", "text2", "hover")
            self._say(
                msg("ImportPage", "The import was taken back"),
                msg("ImportPage", "The book is as it was before. The file can be imported again."),
            )
        self.pages.setCurrentWidget(self._failed)

    def _say(self, sentence: Text, help_line: Text) -> None:
        say(self.sentence, text=sentence)
        say(self.help, text=help_line)


def _centred(*items: QWidget | int, across: bool = False) -> QWidget:
    holder = QWidget()
    if across:
        holder.setLayout(row(None, *items, None))
        return holder
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for item in items:
        if isinstance(item, QProgressBar):
            item.setMinimumWidth(240)
        if isinstance(item, QWidget):
            column.addWidget(item, 0, Qt.AlignmentFlag.AlignHCenter)
    return holder
