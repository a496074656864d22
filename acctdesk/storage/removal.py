"""Removing a book for good: its file, key and side files, and the backups that hold it alone."""

from __future__ import annotations

import contextlib
from pathlib import Path

from acctdesk.storage import backup, creation, faults


def remove_book(path: Path, *, uid: str) -> None:
    """Remove the closed book at ``path``, whose own number is ``uid``.

    What lies beside it stays: other books, their backups, copies that were set aside or saved
    elsewhere. The folder of its backups goes where nothing else is in it.

    Raises:
        EnvironmentFault: the file may not be deleted; nothing was.
    """
    with faults.faults_told(path):
        creation.take_away(path)
        for one in backup.list_backups(path):
            if uid and backup.uid_in(one.path) == uid:
                one.path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # something else is in it, or it was never made
        backup.folder_of(path).rmdir()
