"""The management workbook: from a book to one xlsx file, put in place whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import Language
from acctdesk.periods import Period
from acctdesk.reports import put
from acctdesk.services.child import run_in_child
from acctdesk.services.desk import Desk
from acctdesk.services.pack_rows import PackData
from acctdesk.services.reporting import pack_data

SUFFIX = ".xlsx"


@dataclass(frozen=True, slots=True)
class Check:
    """A headline figure twice; ``ok`` where program and formula agree to the cent."""

    name: str
    value: str
    formula: str
    ok: bool


@dataclass(frozen=True, slots=True)
class PackResult:
    """The workbook that was written."""

    path: Path
    period: str  # in words
    sheets: tuple[str, ...]
    checks: tuple[Check, ...]
    notes: int  # cells that could not be written as the book holds them
    findings: tuple[str, ...]


def write_pack(
    source: Desk | Session,
    *,
    out: Path,
    period: Period,
    as_of: dt.date,
    language: Language | str,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PackResult:
    """Write the workbook of ``period`` as it stood on ``as_of`` to ``out`` (``.xlsx`` is added).

    ``progress`` is told rows done and rows in all; ``cancelled`` is asked now and then. The file
    appears whole, or what was there stays as it was.

    Raises:
        UserError: cancelled, or the file cannot be written; it says why.
        EnvironmentFault: the disk is full or failed.
    """
    target = out if out.suffix.lower() == SUFFIX else out.with_name(out.name + SUFFIX)
    put.refuse_open(target)
    if isinstance(source, Session):
        data = pack_data(source, period=period, as_of=as_of)
    else:
        data = source.query(pack_data, period=period, as_of=as_of)
    content, result = build(
        data, language=Language(language), progress=progress, cancelled=cancelled
    )
    if cancelled is not None and cancelled():
        raise UserError(msg("Report", "Cancelled. No workbook was written."))
    put.put(target, content)
    return replace(result, path=target)


def write_pack_in_child(
    desk: Desk,
    *,
    out: Path,
    period: Period,
    as_of: dt.date,
    language: Language | str,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PackResult:
    """Do as :func:`write_pack` in a child process; call it from a worker thread.

    Raises:
        UserError: as :func:`write_pack`, or the child died; no half workbook was left.
        EnvironmentFault: the disk is full or failed.
    """
    if desk.book.read_only:  # nobody may join a book that is only read
        return write_pack(
            desk,
            out=out,
            period=period,
            as_of=as_of,
            language=language,
            progress=progress,
            cancelled=cancelled,
        )
    return run_in_child(
        desk,
        write_pack,
        ended=msg(
            "Report", "Writing ended before it was done. No workbook was written; try it again."
        ),
        progress=progress,
        cancelled=cancelled,
        out=out,
        period=period,
        as_of=as_of,
        language=language,
    )


def build(
    data: PackData,
    *,
    language: Language,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[bytes, PackResult]:
    """Return the workbook as bytes, and what there is to say about it (its path is empty).

    Raises:
        UserError: cancelled.
    """
    from acctdesk.reports.findings import findings
    from acctdesk.reports.sheets import (
        activity,
        check,
        client_data,
        client_months,
        clients,
        cover,
        documents,
        interactions,
        notes,
        open_items,
        openings,
        receipts,
        receivables,
        sales,
        targets,
    )
    from acctdesk.reports.workbook import Book

    book = Book(data, language=language, progress=progress, cancelled=cancelled)
    book.breathe()
    title = book.say(msg("Report", "Report: {period}", period=book.period_name))
    book.workbook.set_properties(
        {
            "title": title,
            "author": data.profile.officer,
            "company": data.profile.company,
            "created": dt.datetime.now(dt.UTC).replace(tzinfo=None),
        }
    )
    front = book.page(cover.TITLE)
    reports = [
        (part, book.page(part.TITLE))
        for part in (sales, clients, client_months, receivables, activity)
    ]
    checks = book.page(check.TITLE)
    for part, page in reports:
        part.write(book, page)
        book.breathe()
    for part in (
        documents,
        receipts,
        open_items,
        openings,
        targets,
        client_data,
        interactions,
    ):
        part.write(book, book.page(part.TITLE))
    check.counts(book)
    cover.write(book, front)
    check.write(book, checks)
    found = tuple(book.notes)
    if found:
        notes.write(book, book.page(notes.TITLE), found)
    told = tuple(
        Check(
            name=book.say(checked.name),
            value=_shown(checked.program),
            formula=_shown(checked.found),
            ok=not check.difference(checked),
        )
        for checked in book.checks
    )
    content = book.content()
    book.step(1_000_000_000)
    said = tuple(book.say(finding.sentence) for finding in findings(book))
    sheets = tuple(page.name for page in book.pages)
    return content, PackResult(Path(), book.period_name, sheets, told, len(found), said)


def _shown(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"
