"""Mails, calendars, files of money that arrive: read here, large ones in a process of their own.

Reading them is Python's own work, which would hold the window up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from acctdesk.exchange.bank import Statement
from acctdesk.exchange.calendars import CalendarsRead, read_calendars
from acctdesk.exchange.invoices_in import InvoiceFile
from acctdesk.exchange.mail import Mail, read_mails
from acctdesk.exchange.money_files import read_invoices, read_statements
from acctdesk.i18n import Message, msg
from acctdesk.services.child import run_in_child
from acctdesk.services.desk import Desk

_LARGE = 300_000  # bytes: below, a process of its own takes longer than the reading


def arriving_mails(
    desk: Desk,
    paths: Sequence[Path],
    *,
    progress: Callable[..., None],
    cancelled: Callable[[], bool],
) -> tuple[list[Mail], list[Message]]:
    """Return messages and refusals as :func:`mail.read_mails`; call it from a worker thread."""
    if _size(paths) < _LARGE:
        return read_mails(paths, progress=progress, cancelled=cancelled)
    return run_in_child(
        desk, _mails, ended=_ended(), progress=progress, cancelled=cancelled, paths=paths
    )


def arriving_calendars(
    desk: Desk, paths: Sequence[Path], *, start: dt.date, end: dt.date
) -> CalendarsRead:
    """Return appointments as :func:`calendars.read_calendars`; call it from a worker thread."""
    if _size(paths) < _LARGE:
        return read_calendars(paths, start=start, end=end)
    return run_in_child(desk, _calendars, ended=_ended(), paths=paths, start=start, end=end)


def arriving_statements(desk: Desk, paths: Sequence[Path]) -> tuple[Statement, ...]:
    """Return statements as :func:`money_files.read_statements`; call it from a worker thread."""
    if _size(paths) < _LARGE:
        return read_statements(paths)
    return run_in_child(desk, _statements, ended=_ended(), paths=paths)


def arriving_invoices(desk: Desk, paths: Sequence[Path]) -> InvoiceFile:
    """Return invoices as :func:`money_files.read_invoices`; call it from a worker thread."""
    if _size(paths) < _LARGE:
        return read_invoices(paths)
    return run_in_child(desk, _invoices, ended=_ended(), paths=paths)


def _size(paths: Sequence[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())


def _ended() -> Message:
    return msg("File", "The reading ended before it was done. Nothing was changed; try it again.")


def _mails(_desk: Desk, **asked: Any) -> tuple[list[Mail], list[Message]]:
    return read_mails(asked["paths"], progress=asked["progress"], cancelled=asked["cancelled"])


def _calendars(_desk: Desk, **asked: Any) -> CalendarsRead:
    return read_calendars(asked["paths"], start=asked["start"], end=asked["end"])


def _statements(_desk: Desk, **asked: Any) -> tuple[Statement, ...]:
    return read_statements(asked["paths"])


def _invoices(_desk: Desk, **asked: Any) -> InvoiceFile:
    return read_invoices(asked["paths"])
