"""Where a book may lie: a free name in a folder, and folders that another program copies away."""

from __future__ import annotations

import os
import re
from pathlib import Path

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.storage import faults
from acctdesk.storage.paths import EXTENSION, book_path
from acctdesk.text import file_stem

_SYNCED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("OneDrive", re.compile(r"onedrive\b.*", re.IGNORECASE)),
    ("Dropbox", re.compile(r"dropbox\b.*", re.IGNORECASE)),
    ("iCloud", re.compile(r"icloud ?drive|mobile documents|com~apple~clouddocs", re.IGNORECASE)),
    ("Google Drive", re.compile(r"google ?drive\b.*|drivefs", re.IGNORECASE)),
    ("Nextcloud", re.compile(r"nextcloud\b.*", re.IGNORECASE)),
    ("Box", re.compile(r"box( sync)?", re.IGNORECASE)),
)
_SYNC_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")


def synced_by(path: Path) -> str | None:
    """Return which program copies this place to its servers (OneDrive, Dropbox, …), if any.

    Told by the names of the folders and by what OneDrive says of itself; nothing is asked.
    """
    for variable in _SYNC_VARIABLES:
        root = os.environ.get(variable)
        if root and path.is_relative_to(root):
            return "OneDrive"
    for part in path.parent.parts:
        for name, pattern in _SYNCED:
            if pattern.fullmatch(part):
                return name
    return None


def free_book(folder: Path, title: str) -> Path:
    """Return the path of a book that is not there yet: ``TITLE.acctbook``, else with a number."""
    name = file_stem(title)
    path = folder / f"{name}{EXTENSION}"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{name} {number}{EXTENSION}"
    return path


def check_place(path: Path) -> None:
    """Look whether a book could be made at ``path``; nothing is made.

    Raises:
        UserError: something is there, or its folder is a file.
        EnvironmentFault: the folder cannot be written to.
    """
    place = book_path(path)
    with faults.faults_told(place):
        if place.exists() or place.is_symlink():
            raise faults.already_there(place.name)
        folder = next(one for one in place.parents if one.exists())
    if not folder.is_dir():
        raise UserError(msg("Place", "{path} is not a folder. Choose another place.", path=folder))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise faults.read_only()
