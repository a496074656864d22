"""Files kept in the book, at a client's interaction."""

from __future__ import annotations

import datetime as dt
import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select, union
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.kinds import InteractionKind
from acctdesk.models import Attachment, Blob, Interaction, LetterTemplate
from acctdesk.models.base import utc_now
from acctdesk.services import checks
from acctdesk.services.interactions import log_interaction
from acctdesk.services.rows import AttachmentRow
from acctdesk.storage import faults
from acctdesk.text import attached_name

LARGEST = 25_000_000  # bytes of one file
_TYPE = 120  # letters of a media type
# what a system runs, or what runs inside an office program
_RUNNING = frozenset({
    ".appimage", ".bat", ".chm", ".cmd", ".com", ".cpl", ".deb", ".desktop", ".docm", ".exe",
    ".hta", ".iso", ".jar", ".js", ".jse", ".lnk", ".msc", ".msi", ".pif", ".pptm", ".ps1", ".py",
    ".reg", ".scr", ".sh", ".url", ".vbe", ".vbs", ".wsf", ".xlam", ".xlsm",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileInput:
    """A file to be kept; ``name`` has no folders."""

    name: str
    media_type: str
    data: bytes


def can_run(name: str) -> bool:
    """Tell by its name whether a file is a program, or holds one."""
    return Path(name).suffix.lower() in _RUNNING


def check_size(name: str, size: int) -> None:
    """Refuse a file that is too large to be kept."""
    if size > LARGEST:
        raise UserError(
            msg(
                "Attachments",
                "{name} is larger than 25 MB, so it is not kept in the book. Keep it in a folder"
                " and note where. Nothing was changed.",
                name=name,
            )
        )


def read_input(path: Path) -> FileInput:
    """Return a file of this machine as what can be kept.

    Raises:
        UserError: it is too large, or cannot be read.
    """
    with faults.faults_told(path):
        check_size(path.name, path.stat().st_size)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return FileInput(attached_name(path.name, "file"), kind, path.read_bytes())


def keep(session: Session, data: bytes) -> str:
    """Keep contents once, however many records name them; return their SHA-256."""
    sha256 = hashlib.sha256(data).hexdigest()
    if session.get(Blob, sha256) is None:
        session.add(Blob(sha256=sha256, data=data))
        session.flush()
    return sha256


def contents(session: Session, *, sha256: str) -> bytes:
    """Return what is kept under a SHA-256.

    Raises:
        UserError: nothing is.
    """
    data = session.scalars(select(Blob.data).where(Blob.sha256 == sha256)).first()
    if data is None:
        raise UserError(msg("Attachments", "This file is no longer in the book."))
    return data


def save_copy(session: Session, *, sha256: str, path: Path) -> Path:
    """Write kept contents to a file outside the book; return its path."""
    data = contents(session, sha256=sha256)
    with faults.faults_told(path):
        path.write_bytes(data)
    return path


def attach(session: Session, *, interaction_id: int, files: Sequence[FileInput]) -> list[int]:
    """Keep files at an interaction; return their ids.

    Raises:
        UserError: one is too large; nothing is kept.
    """
    interaction = checks.live(session, Interaction, interaction_id)
    for file in files:
        check_size(file.name, len(file.data))
    made = [
        Attachment(
            client_id=interaction.client_id,
            interaction_id=interaction_id,
            name=attached_name(file.name, "file"),
            media_type=file.media_type[:_TYPE],
            size=len(file.data),
            sha256=keep(session, file.data),
        )
        for file in files
    ]
    session.add_all(made)
    session.flush()
    return [one.id for one in made]


def log_files(
    session: Session, *, client_id: int, files: Sequence[FileInput], at: dt.datetime
) -> int:
    """Keep files at a client: in a note of their own, named after the first; return its id."""
    interaction_id = log_interaction(
        session,
        client_id=client_id,
        kind=InteractionKind.NOTE,
        happened_at=at,
        subject=files[0].name,
    )
    attach(session, interaction_id=interaction_id, files=files)
    return interaction_id


def trash_attachment(session: Session, *, attachment_id: int) -> None:
    """Move a file to the trash."""
    checks.live(session, Attachment, attachment_id).deleted_at = utc_now()


def attachments_of(session: Session, *, interaction_ids: Sequence[int]) -> list[AttachmentRow]:
    """Return the files at these interactions, in the order they came."""
    if not interaction_ids:
        return []
    columns = (
        Attachment.id, Attachment.interaction_id, Attachment.name, Attachment.size,
        Attachment.sha256,
    )  # fmt: skip
    rows = session.execute(
        select(*columns)
        .where(Attachment.interaction_id.in_(interaction_ids), Attachment.deleted_at.is_(None))
        .order_by(Attachment.id)
    )
    return [AttachmentRow(**row._asdict()) for row in rows]


def check(connection: Connection) -> tuple[bool, Message]:
    """Tell whether the contents of every file that a record names are in the book."""
    named = union(
        select(Attachment.sha256).where(Attachment.deleted_at.is_(None)),
        select(LetterTemplate.document).where(
            LetterTemplate.document.is_not(None), LetterTemplate.deleted_at.is_(None)
        ),
    ).subquery()
    lost = connection.execute(
        select(func.count()).select_from(named).where(named.c.sha256.not_in(select(Blob.sha256)))
    ).scalar_one()
    if lost:
        return False, nmsg(
            "Check", "{n} kept file is missing.", "{n} kept files are missing.", lost
        )
    return True, msg("Check", "Every kept file is there.")
