"""The files of one import: tried one after the other, imported in their order, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.exchange.elsewhere import import_in_child
from acctdesk.exchange.trial import Trial, TrialBench, grouped
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.kinds import Language, RecordKind
from acctdesk.ui.pages.imports.files import ImportFile
from acctdesk.ui.runner import LongWork, Progress

if TYPE_CHECKING:
    from acctdesk.exchange.apply import ImportResult
    from acctdesk.exchange.columns import Mapping
    from acctdesk.services.desk import ChangeSet, Desk, Result
    from acctdesk.ui.context import Context

# a change in any of these can change what a file would do
TABLES = ("clients", "contacts", "products", "documents", "receipts", "targets", "settings")
Cancelled = Callable[[], bool]


class Bench(Protocol):
    """Tries files; see ``TrialBench``."""

    def try_file(
        self,
        desk: Desk,
        path: Path,
        *,
        kind: RecordKind | None = None,
        mapping: Mapping | None = None,
        same: frozenset[str] | None = None,
        today: dt.date,
        progress: Callable[[float], None] | None = None,
        cancelled: Cancelled | None = None,
    ) -> Trial:
        """Return what a file holds and would do."""

    def close(self) -> None:
        """End what runs for it."""


class Batch(QObject):
    """Holds the files. ``changed`` carries a file, or None where the list itself changed."""

    changed = Signal(object)
    ended = Signal()  # the imports that were asked for are over
    stand_changed = Signal()  # what can be taken back has changed

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.bench: Bench = TrialBench()
        self.carry_out: Callable[..., Result[ImportResult]] = import_in_child
        self.files: list[ImportFile] = []
        self._to_try: list[ImportFile] = []
        self._to_import: list[ImportFile] = []
        self._trying: tuple[ImportFile, Any, Any, Any] | None = None
        self._importing: ImportFile | None = None
        self._try_work: LongWork | None = None
        self._import_work: LongWork | None = None
        self._steps: list[ImportFile] = []  # imported, in their order
        self._taking_back, self._taken_back, self._most = False, 0, 0
        self.newest: ImportFile | None = None  # the import that undo would take back

    # -- the list

    @property
    def importing(self) -> bool:
        """Whether an import runs or waits for its turn."""
        return self._importing is not None or bool(self._to_import)

    @property
    def over(self) -> bool:
        """Whether nothing is left to do: every file is imported, refused or brings nothing."""
        return not self.importing and not any(
            one.trying or one.stopped or one.unclear or one.effect
            for one in self.files
            if one.refusal is None and not one.imported
        )

    def ready(self) -> list[ImportFile]:
        """Return the files that can be imported as they stand, in the order to do it."""
        return sorted((one for one in self.files if one.importable), key=ImportFile.rank)

    def rest(self) -> list[ImportFile]:
        """Return the files that are still to be imported."""
        return [one for one in self.files if not one.imported and one.refusal is None]

    def add(self, paths: Sequence[Path]) -> list[ImportFile]:
        """Add files, those already here are read again; return them."""
        if self.files and self.over:
            self.clear()
        found = []
        for path in paths:
            here = next((one for one in self.files if one.path == path and not one.imported), None)
            file = here or ImportFile(path)
            if here is None:
                self.files.append(file)
            found.append(file)
            self._ask(file)
        self.changed.emit(None)
        self._try_next()
        return found

    def remove(self, file: ImportFile) -> None:
        """Take a file off the list; the file itself stays as it is."""
        if file.importing or file not in self.files:
            return
        self.files.remove(file)
        for queue in (self._to_try, self._to_import):
            if file in queue:
                queue.remove(file)
        if self._trying is not None and self._trying[0] is file and self._try_work is not None:
            self._try_work.cancel()
        self.changed.emit(None)

    def clear(self) -> None:
        """Forget all files; nothing that was imported changes."""
        if self.importing:
            return
        if self._try_work is not None:
            self._try_work.cancel()
        self._to_try.clear()
        self._steps.clear()
        self.files.clear()
        self.newest = None
        if self._trying is None:
            self.bench.close()
        self.changed.emit(None)

    def close(self) -> None:
        """Stop what runs."""
        for work in (self._try_work, self._import_work):
            if work is not None:
                work.cancel()
        self._to_try.clear()
        self._to_import.clear()
        if self._trying is None:
            self.bench.close()

    # -- trials

    def choose_field(self, file: ImportFile, index: int, key: str | None) -> None:
        """Let a column mean something else, and try the file again."""
        file.choose_field(index, key)
        self.try_again(file)

    def choose_kind(self, file: ImportFile, kind: RecordKind) -> None:
        """Let a file hold something else, and try it again."""
        file.choose_kind(kind)
        self.try_again(file)

    def choose_same(self, file: ImportFile, same: frozenset[str]) -> None:
        """Let these receipts be payments that the bank told of before, and try the file again."""
        file.same = same
        self.try_again(file)

    def try_again(self, file: ImportFile) -> None:
        """Read a file again and say what it would do now."""
        self._ask(file)
        self.changed.emit(file)
        self._try_next()

    def _ask(self, file: ImportFile) -> None:
        file.trying, file.stopped, file.refusal, file.failure = True, False, None, None
        if file not in self._to_try:
            self._to_try.append(file)

    def _try_next(self) -> None:
        if self._trying is not None or not self._to_try:
            return
        file = self._to_try.pop(0)
        self._trying = (file, file.kind, file.mapping, file.same)
        task = partial(
            _try,
            bench=self.bench,
            desk=self._context.desk,  # another one after the book was locked and opened again
            path=file.path,
            kind=file.kind,
            mapping=file.mapping,
            same=file.same,
            today=self._context.today(),
        )
        label = msg("ImportPage", "Reading {name}", name=file.name)
        work = self._context.runner.long(label, task, on_done=self._tried, on_error=self._not_tried)
        if work.over:
            self._settle_trial()
            return
        self._try_work = work
        work.progressed.connect(self._try_moved)
        work.finished.connect(self._trial_over)

    @Slot(object, object, object)
    def _try_moved(self, done: int, total: int | None, _what: object) -> None:
        if self._trying is not None and total:
            self._trying[0].share = done / total
            self.changed.emit(self._trying[0])

    def _tried(self, trial: Trial) -> None:
        file = self._finish_trial()
        if file is not None:
            file.take_trial(trial)
            self.changed.emit(file)
        self._try_next()

    def _not_tried(self, error: Exception) -> None:
        file = self._finish_trial()
        if file is not None:
            file.trying = False
            file.refusal = _sentence(error)
            self.changed.emit(file)
        self._try_next()

    def _finish_trial(self) -> ImportFile | None:
        """Return the file that was tried; None where another answer of it is wanted by now."""
        if self._trying is None:
            return None
        file, *asked = self._trying
        self._trying, self._try_work = None, None
        if not self.files:
            self.bench.close()
        now = (file.kind, file.mapping, file.same)
        stale = file in self._to_try or any(
            one is not other for one, other in zip(now, asked, strict=True)
        )
        if file in self.files and stale and file not in self._to_try:
            self._to_try.insert(0, file)
        file.share = 0.0
        return None if stale or file not in self.files else file

    @Slot()
    def _trial_over(self) -> None:
        # the answer, if there is one, comes in the same breath; after it this finds nothing to do
        QTimer.singleShot(0, self, self._settle_trial)

    @Slot()
    def _settle_trial(self) -> None:
        if self._trying is None or (self._try_work is not None and not self._try_work.over):
            return
        file = self._finish_trial()
        if file is not None:
            file.trying, file.stopped = False, True
            self.changed.emit(file)
        self._try_next()

    # -- imports

    def import_files(self, files: Sequence[ImportFile]) -> None:
        """Import files one after the other, each as its own step."""
        for file in files:
            if file not in self._to_import and not file.importing:
                file.waiting, file.failure = True, None
                self._to_import.append(file)
        self.changed.emit(None)
        self._import_next()

    @Slot()
    def cancel(self) -> None:
        """Stop the import under way, and leave out those that wait."""
        for file in self._to_import:
            file.waiting = False
        self._to_import.clear()
        if self._import_work is not None:
            self._import_work.cancel()

    def _import_next(self) -> None:
        if self._importing is not None:
            return
        if not self._to_import:
            self.refresh_stand()
            self._ask_again()
            self.ended.emit()
            return
        file = self._to_import.pop(0)
        label = file.label
        assert label is not None
        file.waiting, file.importing, file.share = False, True, 0.0
        self._importing = file
        self.changed.emit(file)
        task = partial(
            _carry_out,
            carry_out=self.carry_out,
            desk=self._context.desk,
            path=file.path,
            mapping=file.current,
            same=file.same,
            today=self._context.today(),
            remember=file.mapping is not None,
        )
        work = self._context.runner.long(
            label,
            task,
            on_done=self._imported,
            on_error=self._not_imported,
            writes=True,
            initiator=self,
        )
        if work.over:
            self._settle_import()
            return
        self._import_work = work
        work.progressed.connect(self._import_moved)
        work.finished.connect(self._import_over)

    @Slot(object, object, object)
    def _import_moved(self, done: int, total: int | None, _what: object) -> None:
        if self._importing is not None and total:
            self._importing.share = done / total
            self.changed.emit(self._importing)

    def _imported(self, result: ImportResult) -> None:
        file = self._finish_import()
        if file is None:
            return
        file.imported, file.result = True, result
        file.groups = grouped(result.problems)
        if file in self._steps:
            self._steps.remove(file)
        self._steps.append(file)
        self.changed.emit(file)
        self._import_next()

    def _not_imported(self, error: Exception) -> None:
        file = self._finish_import()
        if file is None:
            return
        file.failure = _sentence(error)
        if isinstance(error, EnvironmentFault) or not isinstance(error, UserError):
            self.cancel()  # what stopped this one stops the others
        self.changed.emit(file)
        self._import_next()

    def _finish_import(self) -> ImportFile | None:
        file, self._importing, self._import_work = self._importing, None, None
        if file is not None:
            file.importing = False
        return file

    @Slot()
    def _import_over(self) -> None:
        QTimer.singleShot(0, self, self._settle_import)

    @Slot()
    def _settle_import(self) -> None:
        if self._importing is None or (
            self._import_work is not None and not self._import_work.over
        ):
            return
        file = self._finish_import()
        self.cancel()
        if file is not None:
            self._context.messages.say(
                msg("ImportPage", "The import was stopped. Nothing of it was stored.")
            )
            self.changed.emit(file)
        self._import_next()

    # -- the book behind it

    def book_changed(self, changes: ChangeSet, initiator: object) -> None:
        """Follow a change of the book: what files would do, and what can be taken back."""
        if initiator is self or self.importing:
            return
        taking_back = self._taking_back
        self.refresh_stand()
        if taking_back or not changes.touches(*TABLES):
            return  # while imports are taken back, all is tried once, at the end
        self._ask_again()

    def _ask_again(self) -> None:
        for file in self.files:
            if not (file.imported or file.refusal or file.stopped or file.failure):
                self._ask(file)
        self.changed.emit(None)
        self._try_next()

    def refresh_stand(self) -> None:
        """Ask what undo and redo would do: our imports stand, or were taken back."""
        if self._steps:
            self._context.runner.read(
                self._labels, on_done=self._stand_arrived, key="imports.stand"
            )

    def _labels(self) -> tuple[str, str]:
        desk = self._context.desk
        return _plain(desk.undo_label()), _plain(desk.redo_label())

    def _stand_arrived(self, labels: tuple[str, str]) -> None:
        undo, redo = labels
        ours = [_plain(file.label) for file in self._steps]
        top = max((place for place, one in enumerate(ours) if one == undo), default=-1)
        undone = next(
            (place for place, one in enumerate(ours) if one == redo and place > top), None
        )
        self.newest = self._steps[top] if top >= 0 else None
        for place, file in enumerate(self._steps):
            if place <= top:
                file.imported = True
            elif undone is not None and place >= undone:
                self._is_back(file)
        self.stand_changed.emit()
        if self._taking_back:
            self._take_back_next()
        else:
            self._try_next()

    def _is_back(self, file: ImportFile) -> None:
        if file.imported:
            file.imported = False
            if file in self.files:
                self._ask(file)
            self.changed.emit(file)

    @Slot()
    def take_back(self, most: int = 1000) -> None:
        """Undo at most so many of our imports, the newest first."""
        if self.newest is not None:
            self._taking_back = True
            self._taken_back, self._most = 0, most
            self._take_back_next()

    def _take_back_next(self) -> None:
        if self.newest is not None and self._taken_back < self._most:
            self._taken_back += 1
            # the bus tells of the undo, and what then stands decides about the next one
            self._context.runner.undo(on_error=self._not_taken_back)
            return
        self._taking_back = False
        self._try_next()
        self._context.messages.say(
            nmsg(
                "ImportPage",
                "The import was taken back. The book is as it was before.",
                "{n} imports were taken back. The book is as it was before.",
                self._taken_back,
            )
        )

    def _not_taken_back(self, error: Exception) -> None:
        self._taking_back = False
        self._context.messages.fail(error)
        self.refresh_stand()


def _plain(label: Message | None) -> str:
    return "" if label is None else label.localized(Language.EN)


def _sentence(error: Exception) -> Message:
    if isinstance(error, UserError):
        return error.message
    return msg("ImportPage", "An unexpected fault stopped this file. Nothing of it was stored.")


def _try(
    progress: Progress,
    cancelled: Cancelled,
    *,
    bench: Bench,
    desk: Desk,
    path: Path,
    kind: RecordKind | None,
    mapping: Mapping | None,
    same: frozenset[str] | None,
    today: dt.date,
) -> Trial:
    def tell(share: float) -> None:
        progress(round(share * 100), 100)

    return bench.try_file(
        desk,
        path,
        kind=kind,
        mapping=mapping,
        same=same,
        today=today,
        progress=tell,
        cancelled=cancelled,
    )


def _carry_out(
    progress: Progress,
    cancelled: Cancelled,
    *,
    carry_out: Callable[..., Result[ImportResult]],
    desk: Desk,
    path: Path,
    mapping: Mapping | None,
    same: frozenset[str] | None,
    today: dt.date,
    remember: bool,
) -> Result[ImportResult]:
    def tell(share: float) -> None:
        progress(round(share * 100), 100)

    return carry_out(
        desk,
        path,
        mapping=mapping,
        same=same,
        today=today,
        progress=tell,
        cancelled=cancelled,
        remember=remember,
    )
