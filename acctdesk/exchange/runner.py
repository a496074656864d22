"""One road from a file to the book, for the command line and the window.

``prepare`` reads, ``preview`` counts, ``carry_out`` imports; ``import_file`` does all three.
``import_in_child`` does the same in a child process, so that a window stays free.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.exchange.apply import ImportResult, apply_import, preview_import
from acctdesk.exchange.mapping import Mapping, mapping_from_json, propose
from acctdesk.exchange.parsed import ParsedFile
from acctdesk.exchange.records import read_records
from acctdesk.exchange.sheets import FileContent, read_file
from acctdesk.i18n import Message, msg
from acctdesk.kinds import RecordKind
from acctdesk.models import Client, Contact, Document, FileShape, Interaction, Receipt, Target, Task
from acctdesk.services.desk import ChangeSet, Result
from acctdesk.services.profile import get_profile

if TYPE_CHECKING:
    from acctdesk.services.desk import Desk

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]

_LABELS: dict[RecordKind, Callable[[str], Message]] = {
    RecordKind.CLIENTS: lambda name: msg("Import", "Import of clients from {name}", name=name),
    RecordKind.CONTACTS: lambda name: msg("Import", "Import of contacts from {name}", name=name),
    RecordKind.PRODUCTS: lambda name: msg("Import", "Import of products from {name}", name=name),
    RecordKind.SALES: lambda name: msg("Import", "Import of sales from {name}", name=name),
    RecordKind.RECEIPTS: lambda name: msg("Import", "Import of receipts from {name}", name=name),
    RecordKind.TARGETS: lambda name: msg("Import", "Import of targets from {name}", name=name),
    RecordKind.INTERACTIONS: lambda name: msg(
        "Import", "Import of interactions from {name}", name=name
    ),
    RecordKind.TASKS: lambda name: msg("Import", "Import of tasks from {name}", name=name),
}
_BUSINESS = (Client, Document, Receipt, Target, Contact, Interaction, Task)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was read, how it is understood, and what it says so."""

    content: FileContent
    mapping: Mapping
    parsed: ParsedFile


def import_label(kind: RecordKind, name: str) -> Message:
    """Return what the undo step of an import is called."""
    make = _LABELS.get(kind)
    return msg("Import", "Import from {name}", name=name) if make is None else make(name)


def stop_if(cancelled: Cancelled | None) -> None:
    """Raise the sentence of a cancelled import, where it was cancelled."""
    if cancelled is not None and cancelled():
        raise UserError(msg("Import", "The import was cancelled. Nothing was changed."))


def remembered_mapping(session: Session, *, shape: str) -> Mapping | None:
    """Return the mapping that the officer chose for files of this shape."""
    text = session.execute(
        select(FileShape.mapping).where(FileShape.shape == shape, FileShape.deleted_at.is_(None))
    ).scalar()
    return None if text is None else mapping_from_json(json.loads(text))


def has_records(session: Session) -> bool:
    """Tell whether the book holds anything that an import could spoil."""
    return any(
        session.execute(select(exists().where(model.deleted_at.is_(None)))).scalar()
        for model in _BUSINESS
    )


def prepare(
    desk: Desk,
    path: str | Path,
    *,
    kind: RecordKind | None = None,
    mapping: Mapping | None = None,
    same: frozenset[str] | None = None,
    today: dt.date,
    cancelled: Cancelled | None = None,
) -> Prepared:
    """Read a file and understand it: by ``mapping``, by the one remembered for it, or by itself.

    ``same`` is as in :class:`ParsedFile`.

    Raises:
        UserError: the file cannot be read, or what it holds cannot be told.
    """
    content = read_file(path, cancelled=cancelled)
    stop_if(cancelled)
    return understand(desk, content, kind=kind, mapping=mapping, same=same, today=today)


def understand(
    desk: Desk,
    content: FileContent,
    *,
    kind: RecordKind | None = None,
    mapping: Mapping | None = None,
    same: frozenset[str] | None = None,
    today: dt.date,
) -> Prepared:
    """Return what a file already read says, under a mapping that may have changed since."""
    if mapping is None:
        mapping = propose(
            content,
            kind=kind,
            remembered=lambda shape: desk.query(remembered_mapping, shape=shape),
        )
    currency = desk.query(get_profile).currency
    parsed = read_records(content, mapping, today=today, currency=currency)
    parsed.same = same
    return Prepared(content, mapping, parsed)


def preview(desk: Desk, prepared: Prepared) -> ImportResult:
    """Return what an import would do; nothing is written."""
    return desk.query(preview_import, parsed=prepared.parsed, mapping=prepared.mapping)


def carry_out(
    desk: Desk,
    prepared: Prepared,
    *,
    remember: bool = False,
    backup: bool = True,
    checkpoint: Progress | None = None,
) -> Result[ImportResult]:
    """Import a prepared file as one step, after a backup where the book holds anything.

    ``remember`` keeps the mapping for the next file of the same shape. ``checkpoint`` is called
    with the share done, 0 to 1, and may raise to give up: nothing is changed then.
    """
    if backup and desk.query(has_records):
        desk.backup()
    return desk.perform(
        import_label(prepared.parsed.kind, prepared.content.name),
        apply_import,
        parsed=prepared.parsed,
        file_name=prepared.content.name,
        file_hash=prepared.content.sha256,
        mapping=prepared.mapping,
        remember=remember,
        checkpoint=checkpoint,
    )


def import_file(
    desk: Desk,
    path: str | Path,
    *,
    kind: RecordKind | None = None,
    mapping: Mapping | None = None,
    dry_run: bool = False,
    today: dt.date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    backup: bool = True,
) -> ImportResult:
    """Import a file, or say what importing it would do (``dry_run``).

    Raises:
        UserError: the file cannot be read or understood, or the import was cancelled; nothing was
            changed.
    """
    return import_with_changes(
        desk,
        path,
        kind=kind,
        mapping=mapping,
        dry_run=dry_run,
        today=today,
        progress=progress,
        cancelled=cancelled,
        backup=backup,
    )[0]


def import_with_changes(
    desk: Desk,
    path: str | Path,
    *,
    kind: RecordKind | None = None,
    mapping: Mapping | None = None,
    dry_run: bool = False,
    today: dt.date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    backup: bool = True,
    remember: bool | None = None,
    same: frozenset[str] | None = None,
) -> tuple[ImportResult, ChangeSet]:
    """Do as :func:`import_file`; return the result and the ChangeSet (empty in a dry run).

    ``remember`` says whether the mapping is kept for the next file of the same shape; None keeps
    one that was given. ``same`` is as in :class:`ParsedFile`.
    """

    def checkpoint(share: float) -> None:
        stop_if(cancelled)
        if progress is not None:
            progress(share)

    checkpoint(0.0)
    prepared = prepare(
        desk, path, kind=kind, mapping=mapping, same=same, today=today, cancelled=cancelled
    )
    checkpoint(0.4)
    if dry_run:
        result = preview(desk, prepared)
        checkpoint(1.0)
        return result, ChangeSet(None, import_label(result.kind, prepared.content.name))
    done = carry_out(
        desk,
        prepared,
        remember=mapping is not None if remember is None else remember,
        backup=backup,
        checkpoint=lambda share: checkpoint(0.4 + 0.6 * share),
    )
    if progress is not None:
        progress(1.0)
    return done.value, done.changes
