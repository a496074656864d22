"""The problems of a file, saved as a list for whoever can mend them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from acctdesk.exchange.problem_list import save_problems
from acctdesk.i18n import msg
from acctdesk.kinds import RecordKind
from acctdesk.ui import settings as remembered
from acctdesk.ui.choosing import choose_place

if TYPE_CHECKING:
    from acctdesk.exchange.problems import Problem
    from acctdesk.ui.context import Context
    from acctdesk.ui.pages.imports.files import ImportFile


class ProblemList(QObject):
    """Asks for a place and writes the list there."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._file: ImportFile | None = None  # whose problems are asked for

    def ask_where(self, file: ImportFile) -> None:
        """Ask where the list of a file shall be saved."""
        self._file = file
        stem = msg("ImportPage", "{name} – problems", name=file.path.stem)
        place = self._context.settings.folder() / f"{stem}.xlsx"
        title, filters = msg("ImportPage", "Save the problems"), ["Excel (*.xlsx)", "CSV (*.csv)"]
        choose_place(self._page.window(), title, place, filters, self._place_chosen)

    @Slot(str)
    def _place_chosen(self, name: str) -> None:
        if self._file is not None:
            self.write(self._file, name)

    def write(self, file: ImportFile, name: str) -> None:
        """Write the list of a file, as it is understood now."""
        result = file.shown
        if result is None:
            return
        self._context.runner.read(
            partial(_save, Path(name), result.problems, result.kind),
            on_done=self._saved,
            on_error=self._context.messages.fail,
        )

    def _saved(self, path: Path) -> None:
        self._context.settings.set(remembered.LAST_FOLDER, str(path.parent))
        self._context.messages.say(msg("Window", "Saved: {name}", name=path.name))


def _save(path: Path, problems: Sequence[Problem], kind: RecordKind) -> Path:
    save_problems(path, problems, kind=kind)
    return path
