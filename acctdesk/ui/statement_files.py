"""Statements of account into a folder: a workbook, a PDF or both for each, all or none."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import Flag, auto
from pathlib import Path
from typing import TYPE_CHECKING

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import Language
from acctdesk.reports.put import put
from acctdesk.reports.statement import TITLE, statement_workbook
from acctdesk.services.statements import Statement, statement
from acctdesk.text import file_stem
from acctdesk.ui.printing import save_pdf
from acctdesk.ui.statement_page import statement_document

if TYPE_CHECKING:
    from acctdesk.services.desk import Desk
    from acctdesk.ui.runner import Progress


class Kinds(Flag):
    """What files are made of a statement."""

    XLSX = auto()
    PDF = auto()


@dataclass(frozen=True, slots=True)
class StatementOrder:
    """Which statements: of whom, from when to when; ``language`` None is that of the country."""

    client_ids: tuple[int, ...]
    start: dt.date
    end: dt.date
    groups: bool
    currency: str | None
    kinds: Kinds
    language: Language | None


def write_statements(
    desk: Desk,
    order: StatementOrder,
    folder: Path,
    *,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> list[Path]:
    """Write the files; call it in a working thread. No file that is there is written over.

    Raises:
        UserError: it was cancelled, or a file may not be written; none stays.
        EnvironmentFault: the disk failed; none stays.
    """
    made: list[Path] = []
    try:
        for number, client_id in enumerate(order.client_ids):
            _stop_if(cancelled)
            one = desk.query(
                statement,
                client_id=client_id,
                start=order.start,
                end=order.end,
                group=order.groups,
                currency=order.currency,
            )
            made += _files(one, order, folder)
            progress(number + 1, len(order.client_ids))
    except BaseException:
        for path in made:
            with contextlib.suppress(OSError):
                path.unlink()
        raise
    return made


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise UserError(msg("Statement", "Cancelled: no statement was kept."))


def _files(one: Statement, order: StatementOrder, folder: Path) -> list[Path]:
    language = order.language or one.language
    title = TITLE.localized(language)
    stem = " – ".join(filter(None, (file_stem(one.name), f"{title} {one.end:%Y-%m-%d}")))
    made = []
    if Kinds.XLSX in order.kinds:
        path = free_name(folder, stem, ".xlsx")
        put(path, statement_workbook(one, language))
        made.append(path)
    if Kinds.PDF in order.kinds:
        path = free_name(folder, stem, ".pdf")
        put(path, b"")  # Qt says nothing where it cannot write
        heading = " · ".join(filter(None, (one.company, title)))
        save_pdf(statement_document(one, language), path, heading=heading, language=language)
        made.append(path)
    return made


def free_name(folder: Path, stem: str, ending: str) -> Path:
    """Return a path in a folder that nothing has yet."""
    path, number = folder / f"{stem}{ending}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem} {number}{ending}"
    return path
