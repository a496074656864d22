"""The Import page: bring files, see how they are understood, import them, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QTextDocument
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from acctdesk.i18n import msg
from acctdesk.kinds import RecordKind
from acctdesk.ui import settings as remembered
from acctdesk.ui.choosing import choose_files
from acctdesk.ui.dialogs.same_payments import SamePaymentsDialog
from acctdesk.ui.dropping import SHEETS
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.imports.batch import Batch
from acctdesk.ui.pages.imports.closing import ask_to_stop
from acctdesk.ui.pages.imports.files import ImportFile
from acctdesk.ui.pages.imports.files_step import FilesStep
from acctdesk.ui.pages.imports.foot import ImportFoot, only_targets
from acctdesk.ui.pages.imports.head import ImportHead
from acctdesk.ui.pages.imports.printing import problems_document
from acctdesk.ui.pages.imports.problem_list import ProblemList
from acctdesk.ui.pages.imports.steps import Step
from acctdesk.ui.pages.imports.workspace import Workspace
from acctdesk.ui.pages.page import Page, PrimaryAction
from acctdesk.ui.widgets.basics import row
from acctdesk.ui.widgets.states import StatePanel

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context, Target

_NO_FOCUS = Qt.FocusPolicy.NoFocus
_ENDINGS = " ".join(f"*{ending}" for ending in SHEETS)


class ImportPage(Page):
    """Files in, one mapping each, a trial, the import, and its undo."""

    spec = registry.IMPORT

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.batch = Batch(context, self)
        self._file: ImportFile | None = None  # the one that is open
        self._step = Step.FILE
        self._straight = False  # a single file opens by itself when it was read
        self._closing = False
        self._stand: tuple[Step, ImportFile | None, bool] = (Step.FILE, None, False)
        self.problem_list = ProblemList(context, self)
        self._build()
        self._connect()
        self.refresh()

    # -- what the window asks

    @property
    def primary_action(self) -> PrimaryAction:
        """The page has its own filled button."""
        return PrimaryAction("")

    @property
    def file(self) -> ImportFile | None:
        """The file that is open."""
        return self._file

    @property
    def step(self) -> Step:
        """The step at hand."""
        return self._step

    def first_focus(self) -> None:
        """Put the focus where work begins, or where it goes on."""
        stops = {
            Step.CHECK: (self.work.check.view,),
            Step.DONE: (self.work.done.cancel, self.foot.commit, self.work.done.again),
        }
        if not self.batch.files:
            self.choose.setFocus()
        elif self._file is None:
            self.files.view.setFocus()
        else:
            possible = stops.get(self._step, (self.work.mapping.view,))
            next((one for one in possible if one.isVisibleTo(self)), self.foot.other).setFocus()

    def on_changed(self, changes: ChangeSet, initiator: object) -> None:
        """Follow what changes in the book."""
        self.batch.book_changed(changes, initiator)

    def speak(self) -> None:
        """Say counts and sentences again."""
        self.refresh()

    def open_target(self, target: Target) -> None:
        """Take the files that were dropped on the window."""
        if target.files:
            self.take_files([Path(one) for one in target.files])

    def print_document(self) -> QTextDocument | None:
        """Return the problems of the open file."""
        return None if self._file is None else problems_document(self._file)

    def may_close(self) -> bool:
        """Ask first while an import runs."""
        if self.batch.importing and not self._closing:
            ask_to_stop(self.window(), self._stop_and_close)
            return False
        self.batch.close()
        return True

    # -- files

    @Slot()
    def choose_files(self) -> None:
        """Open the dialog for files."""
        filters = [
            f"{msg('ImportPage', 'Tables')} ({_ENDINGS})",
            f"{msg('ImportPage', 'All files')} (*)",
        ]
        title, folder = msg("ImportPage", "Choose files"), self.context.settings.folder()
        choose_files(self.window(), title, folder, filters, self._files_chosen)

    @Slot(list)
    def _files_chosen(self, names: list[str]) -> None:
        if names:
            self.context.settings.set(remembered.LAST_FOLDER, str(Path(names[0]).parent))
            self.take_files([Path(name) for name in names])

    def take_files(self, paths: Sequence[Path]) -> None:
        """Begin with some files, or add them to those that are here."""
        if not paths:
            return
        self._file = None
        self._straight = True
        self.batch.add(paths)
        self._open_the_only_one()
        if self._file is None:
            self.files.view.setFocus()

    def _open_the_only_one(self) -> None:
        files = self.batch.files
        if self._straight and len(files) == 1 and self._file is None:
            only = files[0]
            if only.trial is not None and not only.trying:
                self._straight = False
                self.open_file(only)

    @Slot(object)
    def open_file(self, file: ImportFile | None) -> None:
        """Show one file: its end where it was imported, else its mapping."""
        if file is None or file.refusal is not None:
            return
        if file.stopped:
            self.batch.try_again(file)
        self._file = file
        file.seen = True
        over = file.imported or file.importing or file.waiting or file.failure is not None
        self._go(Step.DONE if over else Step.MAPPING)
        if not over:
            self.work.mapping.view.choose_row(self.work.columns.first_doubtful())
            unknown = file.trial is not None and file.current is None
            (self.head.kind if unknown else self.work.mapping.view).setFocus()

    def _go(self, step: Step) -> None:
        self._step = step
        self.work.show_step(step)
        self.refresh()

    # -- what is shown

    @Slot(object)
    def _changed(self, file: ImportFile | None) -> None:
        if file is None or file.importing is False:
            self._open_the_only_one()
        if self._file is not None and self._file not in self.batch.files:
            self._file = None
        opened = self._file
        if file is not None and opened is None and (file.trying or file.importing) and file.share:
            self.files.model.say_again(file)  # it only moved on
            return
        if file is None or opened is None or file is opened:
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show everything as it stands now; the keyboard stays on the page."""
        here = self._has_keyboard()
        files, file = self.batch.files, self._file
        if not files:
            self._step = Step.FILE
            self.pages.setCurrentWidget(self.invitation)
            self.head.show_files(Step.FILE)
        elif file is None:
            self._step = Step.DONE if self._all_done() else Step.FILE
            self.pages.setCurrentWidget(self.files)
            self.head.show_files(self._step)
            self.files.show_files(files)
        else:
            self.pages.setCurrentWidget(self.work)
            self.head.show_file(file, self._step)
            self.work.show_file(file, can_undo=self._can_undo(file), files=files)
        self.foot.dress(self.batch, file, self._step)
        stand = (self._step, file, file is not None and file.imported)
        if here and (stand != self._stand or not self._has_keyboard()):
            self.first_focus()  # the button that was pressed is gone
        self._stand = stand
        self.actions_changed.emit()

    def _has_keyboard(self) -> bool:
        held = self.window().focusWidget()
        return held is not None and self.isAncestorOf(held) and held.focusPolicy() != _NO_FOCUS

    def _all_done(self) -> bool:
        return self.batch.over and any(one.imported for one in self.batch.files)

    def _can_undo(self, file: ImportFile) -> bool:
        return self.batch.newest is file

    # -- hands

    @Slot()
    def commit(self) -> None:
        """Press the filled button: import, go on to the next file, or show what was imported."""
        file = self._file
        rest = self.batch.rest()
        if self._step is Step.DONE and file is not None and file.imported and rest:
            self.open_file(min(rest, key=ImportFile.rank))
        elif self._step is Step.DONE:
            done = self.batch.files if file is None else [file]
            self.context.navigator.go("targets" if only_targets(done) else "clients")
        elif file is None:
            self.batch.import_files(self.batch.ready())
        else:
            self._go(Step.DONE)
            self.batch.import_files([file])

    @Slot()
    def go_back(self) -> None:
        """Go one step back; every choice stays."""
        undone = self._file is not None and not self._file.imported
        if self._step is Step.CHECK or (self._step is Step.DONE and undone):
            self._go(Step.MAPPING)
        else:
            self._file = None
            self._straight = False
            self._go(Step.FILE)
            self.files.view.setFocus()

    @Slot()
    def cancel(self) -> None:
        """Stop the imports under way, else forget the files; nothing was changed by them."""
        if self.batch.importing:
            self.batch.cancel()
            return
        self._file = None
        self.batch.clear()
        self._go(Step.FILE)
        self.choose.setFocus()

    @Slot()
    def _show_all(self) -> None:
        self._go(Step.CHECK)
        self.work.check.view.setFocus()

    @Slot(int, object)
    def _field_chosen(self, index: int, key: str | None) -> None:
        if self._file is not None:
            self.batch.choose_field(self._file, index, key)

    @Slot(object)
    def _kind_chosen(self, kind: RecordKind) -> None:
        file = self._file
        if file is not None and file.found_kind is not kind:
            self.batch.choose_kind(file, kind)

    @Slot()
    def ask_same(self) -> None:
        """Ask which receipts of the open file the bank told of before."""
        file = self._file
        result = None if file is None else file.shown
        if file is not None and result is not None and not file.imported:
            dialog = SamePaymentsDialog(result.same_payments, self.window())
            dialog.chosen.connect(partial(self.batch.choose_same, file))
            dialog.open()

    @Slot()
    def _try_import_again(self) -> None:
        file = self._file
        if file is not None:
            file.failure = None
            self._go(Step.MAPPING)
            self.batch.try_again(file)

    @Slot()
    def _take_back_one(self) -> None:
        self.batch.take_back(1)

    @Slot()
    def _take_back_all(self) -> None:
        self.batch.take_back()

    @Slot()
    def _stop_and_close(self) -> None:
        self._closing = True
        self.batch.ended.connect(self._close_window)
        self.batch.cancel()
        if not self.batch.importing:
            self._close_window()

    @Slot()
    def _close_window(self) -> None:
        self.window().close()

    @Slot()
    def save_list(self) -> None:
        """Ask where the list of problems shall be saved."""
        if self._file is not None:
            self.problem_list.ask_where(self._file)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter presses the filled button, Alt+Left goes back."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.foot.commit.click()
        elif alt and event.key() == Qt.Key.Key_Left and self.foot.back.isVisibleTo(self):
            self.go_back()
        else:
            super().keyPressEvent(event)

    # -- building

    def _build(self) -> None:
        self.head = ImportHead(self)
        self.empty = StatePanel("file-import", self)
        self.choose = self.empty.add_button(msg("ImportPage", "Choose files…"), look="primary")
        self.empty.show_words(
            msg("ImportPage", "Drop the company's files here"),
            msg(
                "ImportPage",
                "Clients, sales, receipts, targets, contacts, products, interactions or tasks: as"
                " Excel (xlsx, xls, xlsb), ods, csv or text, in any order. First comes a trial;"
                " nothing changes until you say so.",
            ),
        )
        self.files = FilesStep(self.context.theme, self)
        self.work = Workspace(self.context.theme, self)
        holder = QWidget(self)
        holder.setLayout(row(None, self.empty, None))
        self.empty.setMaximumWidth(600)
        self.invitation = holder
        self.pages = QStackedWidget(self)
        for page in (self.invitation, self.files, self.work):
            self.pages.addWidget(page)
        self.foot = ImportFoot(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 16, 24, 8)
        whole.setSpacing(12)
        whole.addWidget(self.head)
        whole.addWidget(self.pages, 1)
        whole.addWidget(self.foot)

    def _connect(self) -> None:
        self.batch.changed.connect(self._changed)
        self.batch.stand_changed.connect(self.refresh)
        self.batch.ended.connect(self.refresh)
        self.choose.clicked.connect(self.choose_files)
        self.files.add_wanted.connect(self.choose_files)
        self.files.view.opened.connect(self.open_file)
        self.files.view.removed.connect(self.batch.remove)
        self.files.view.again_wanted.connect(self.batch.try_again)
        self.head.kind_chosen.connect(self._kind_chosen)
        self.work.columns.chosen.connect(self._field_chosen)
        self.work.card.all_wanted.connect(self._show_all)
        self.work.card.save_wanted.connect(self.save_list)
        self.work.outcome.same.clicked.connect(self.ask_same)
        self.work.check.save.clicked.connect(self.save_list)
        self.work.done.cancel_wanted.connect(self.batch.cancel)
        self.work.done.undo_wanted.connect(self._take_back_one)
        self.work.done.again_wanted.connect(self._try_import_again)
        self.foot.cancel.clicked.connect(self.cancel)
        self.foot.back.clicked.connect(self.go_back)
        self.foot.undo.clicked.connect(self._take_back_all)
        self.foot.other.clicked.connect(self._other_files)
        self.foot.commit.clicked.connect(self.commit)

    @Slot()
    def _other_files(self) -> None:
        self.cancel()
        self.choose_files()
