"""The foot of the Import page: the promise of undo, Cancel, Back, and the one filled button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from acctdesk.i18n import Message, msg, nmsg
from acctdesk.kinds import RecordKind
from acctdesk.ui.itemmodels.import_words import commit_words
from acctdesk.ui.pages.imports.files import FileState, ImportFile
from acctdesk.ui.pages.imports.steps import Step
from acctdesk.ui.widgets.basics import Button, IconLabel, label, row
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.pages.imports.batch import Batch

_PROMISE = msg(
    "ImportPage", "One Ctrl+Z takes all of it back. A backup is made before anything is written."
)


def only_targets(files: Sequence[ImportFile]) -> bool:
    """Tell whether what was imported of some files is targets alone."""
    return all(one.found_kind is RecordKind.TARGETS for one in files if one.imported)


class ImportFoot(QFrame):
    """Buttons whose words follow the step."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark = IconLabel("arrow-back-up", "muted", 16, self)
        self.promise = label(role="small", wrap=True)
        self.cancel = Button(msg("ImportPage", "Cancel"), look="quiet")
        self.back = Button(msg("ImportPage", "Back"))
        self.undo = Button(msg("ImportPage", "Undo import"), icon="arrow-back-up")
        self.other = Button(msg("ImportPage", "Other files…"))
        self.commit = Button(look="primary", icon="check")
        self.commit.setObjectName("commit")
        layout = row(
            self._mark, self.promise, self.cancel, self.undo, self.other, self.back, self.commit,
            margins=(0, 12, 0, 12),
        )  # fmt: skip
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_promise(self, text: Message | None) -> None:
        """Say what can be relied on."""
        self._mark.setVisible(text is not None)
        say(self.promise, text=text or "")

    def show_commit(self, text: Message | None, *, icon: str = "check", enabled: bool) -> None:
        """Show the filled button with other words, or none."""
        self.commit.setVisible(text is not None)
        if text is not None:
            say(self.commit, text=text, name=text)
            self.commit.set_icon(icon)
            self.commit.setEnabled(enabled)

    def dress(self, batch: Batch, file: ImportFile | None, step: Step) -> None:
        """Offer what is possible at a step: with the file that is open, None with all of them."""
        files = batch.files
        self.setVisible(bool(files))
        self.undo.hide()
        self.other.hide()
        self.cancel.setVisible(not batch.importing)
        self.back.setVisible(file is not None and (len(files) > 1 or step is not Step.DONE))
        if not files:
            return
        if step is Step.DONE:
            self._dress_end(batch, file)
        elif file is None:
            self._dress_list(batch)
        else:
            ready = file.state in {FileState.READY, FileState.LOOK}
            self.show_promise(_PROMISE)
            self.show_commit(
                commit_words(file.found_kind, file.effect), enabled=ready and bool(file.effect)
            )

    def _dress_list(self, batch: Batch) -> None:
        if batch.importing:
            self.show_promise(None)
            self.show_commit(msg("ImportPage", "Importing…"), enabled=False)
            self.back.hide()
            self.cancel.show()
            return
        look = sum(one.state is FileState.LOOK for one in batch.files)
        self.show_promise(
            nmsg(
                "ImportPage",
                "{n} file needs a look first: open it.",
                "{n} files need a look first: open them.",
                look,
            )
            if look
            else msg("ImportPage", "Each file can be taken back by itself. A backup is made first.")
        )
        ready = len(batch.ready())
        words = nmsg("ImportPage", "Import {n} file", "Import {n} files", ready)
        nothing = msg("ImportPage", "Nothing to import")
        self.show_commit(words if ready else nothing, enabled=bool(ready))

    def _dress_end(self, batch: Batch, file: ImportFile | None) -> None:
        self.cancel.hide()
        self.show_promise(None)
        undone = file is not None and not (file.imported or batch.importing)
        self.back.setVisible(file is not None and (undone or len(batch.files) > 1))
        if batch.importing:
            self.show_commit(None, enabled=False)
            return
        self.other.show()
        self.undo.setVisible(file is None and batch.newest is not None)
        done = batch.files if file is None else [file]
        if file is not None and file.imported and batch.rest():
            self.show_commit(msg("ImportPage", "Next file"), icon="arrow-right", enabled=True)
        elif any(one.imported for one in done):
            words = (
                msg("ImportPage", "Show the targets")
                if only_targets(done)
                else msg("ImportPage", "Show the clients")
            )
            self.show_commit(words, icon="arrow-right", enabled=True)
        else:
            self.show_commit(None, enabled=False)
