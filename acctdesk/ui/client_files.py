"""Files at a client: added from this machine, copied out of the book, put in the trash."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import Message, msg, nmsg
from acctdesk.services.attachments import (
    FileInput,
    attach,
    can_run,
    log_files,
    read_input,
    save_copy,
    trash_attachment,
)
from acctdesk.services.rows import AttachmentRow
from acctdesk.ui import settings as remembered
from acctdesk.ui.choosing import choose_files, choose_place
from acctdesk.ui.messages import ToastAction

if TYPE_CHECKING:
    from collections.abc import Callable

    from acctdesk.ui.context import Context
    from acctdesk.ui.runner import Progress


class ClientFiles(QObject):
    """Adds, copies and trashes the files of clients, and offers to take it back."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self._client: int | None = None
        self._interaction: int | None = None
        self._file: AttachmentRow | None = None

    def choose(self, client_id: int, interaction_id: int | None = None) -> None:
        """Ask for files and add them to a client, or to one of its interactions."""
        self._client, self._interaction = client_id, interaction_id
        title, folder = msg("Attachments", "Choose files to keep"), self._context.settings.folder()
        choose_files(self._parent.window(), title, folder, [], self._chosen)

    @Slot(list)
    def _chosen(self, names: list[str]) -> None:
        if names and self._client is not None:
            self._context.settings.set(remembered.LAST_FOLDER, str(Path(names[0]).parent))
            self.add([Path(name) for name in names], self._client, self._interaction)

    def add(
        self,
        paths: Sequence[Path],
        client_id: int,
        interaction_id: int | None = None,
        *,
        more: ToastAction | None = None,
    ) -> None:
        """Read files and keep them at a client: at an interaction, or in a note of their own.

        ``more`` is what else is offered to do with them.
        """

        def read(_progress: Progress, _cancelled: Callable[[], bool]) -> list[FileInput]:
            return [read_input(path) for path in paths]

        self._context.runner.long(
            msg("Attachments", "Reading files"),
            read,
            on_done=partial(self._keep, client_id, interaction_id, more),
            on_error=self._context.messages.fail,
        )

    def _keep(
        self,
        client_id: int,
        interaction_id: int | None,
        more: ToastAction | None,
        files: list[FileInput],
    ) -> None:
        runner, label = self._context.runner, msg("Step", "Files kept")
        done, failed = partial(self._kept, len(files), more), self._context.messages.fail
        if interaction_id is not None:
            runner.submit(
                label, attach, interaction_id=interaction_id, files=files,
                on_done=done, on_error=failed,
            )  # fmt: skip
        else:
            runner.submit(
                label, log_files, client_id=client_id, files=files, at=self._context.clock(),
                on_done=done, on_error=failed,
            )  # fmt: skip

    def _kept(self, count: int, more: ToastAction | None, _value: object) -> None:
        self._offer_undo(
            nmsg(
                "Attachments",
                "{n} file is kept in the book.",
                "{n} files are kept in the book.",
                count,
            ),
            more,
        )

    def save(self, file: AttachmentRow) -> None:
        """Ask where a copy of a file is to be written."""
        self._file = file
        title, place = msg("Attachments", "Save a copy"), self._context.settings.folder()
        choose_place(self._parent.window(), title, place / file.name, [], self._place_chosen)

    @Slot(str)
    def _place_chosen(self, name: str) -> None:
        if self._file is not None:
            self._context.settings.set(remembered.LAST_FOLDER, str(Path(name).parent))
            self._context.runner.ask(
                save_copy,
                sha256=self._file.sha256,
                path=Path(name),
                on_done=self._saved,
                on_error=self._context.messages.fail,
            )

    def _saved(self, path: Path) -> None:
        if can_run(path.name):
            self._context.messages.refuse(
                msg(
                    "Attachments",
                    "{name} was saved. It can run as a program: open it only if you expected it.",
                    name=path.name,
                )
            )
        else:
            self._context.messages.say(
                msg("Attachments", "A copy was saved: {name}", name=path.name)
            )

    def trash(self, file: AttachmentRow) -> None:
        """Move a file to the trash."""
        self._context.runner.submit(
            msg("Step", "File to the trash"),
            trash_attachment,
            attachment_id=file.id,
            on_done=self._trashed,
            on_error=self._context.messages.fail,
        )

    def _trashed(self, _value: object) -> None:
        self._offer_undo(msg("Attachments", "The file was moved to the trash."))

    def _offer_undo(self, text: Message, more: ToastAction | None = None) -> None:
        undo = ToastAction(msg("Toast", "Undo"), self._undo)
        self._context.messages.say(text, action=undo, more=more)

    def _undo(self) -> None:
        self._context.runner.undo(on_error=self._context.messages.fail)
