"""Where a book will lie: its name, its folder, a button to choose, a word on synced folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from acctdesk import bootstrap
from acctdesk.i18n import Message, msg
from acctdesk.services import places
from acctdesk.ui.choosing import books, choose_place
from acctdesk.ui.dialogs.start import notice
from acctdesk.ui.widgets.basics import Button, IconLabel, box, column, label
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.words import say


class BookPlace(QWidget):
    """A place for a book: as ``proposed`` says, until one is chosen by the dialog of the system.

    ``grown`` tells that words came or went.
    """

    grown = Signal()

    def __init__(
        self, title: Message, proposed: Callable[[], Path], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._proposed = proposed
        self._chosen: Path | None = None
        frame, inside = box("sunkenCard", margins=(12, 6, 6, 6), horizontal=True)
        self.name = ElidedLabel(px=14, weight=500)
        self.folder = ElidedLabel(px=12, ink="muted")
        self.change = Button(msg("Start", "Change…"), look="small")
        say(self.change, name=msg("Start", "Change where the book will lie"))
        self.change.clicked.connect(self.browse)
        inside.addWidget(IconLabel("book", "muted", 18))
        inside.addWidget(self.name)
        inside.addWidget(self.folder, 1)
        inside.addWidget(self.change)
        self.warning = notice("alert-triangle", " ")
        self.warning.hide()
        self.setLayout(
            column(column(label(title, "field"), frame, spacing=4), self.warning, spacing=12)
        )
        self.refresh()

    def path(self) -> Path:
        """Return the place: the one chosen, else the one proposed."""
        return self._chosen or self._proposed()

    def choose(self, path: Path) -> None:
        """Let the book lie elsewhere."""
        self._chosen = bootstrap.book_path(path)
        self.refresh()

    @Slot()
    def browse(self) -> None:
        """Ask where the book is to lie."""
        title = msg("Start", "Where the book will lie")
        choose_place(self, title, self.path(), books(), self._browsed, replaces=False)

    @Slot(str)
    def _browsed(self, file: str) -> None:
        self.choose(Path(file))

    @Slot()
    def refresh(self) -> None:
        """Show the place as it is now."""
        path = self.path()
        self.name.setText(path.name)
        self.folder.setText(str(path.parent))
        synced = places.synced_by(path)
        self.warning.setVisible(synced is not None)
        if synced is not None:
            say(
                self.warning.property("words"),
                text=msg(
                    "Start",
                    "{program} copies this folder to its servers and may damage an open book."
                    " Choose a folder that stays on this computer.",
                    program=synced,
                ),
            )
        self.grown.emit()
