"""Putting a finished file in place: whole or not at all, with a sentence where it cannot be."""

from __future__ import annotations

import errno
from pathlib import Path

from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.i18n import Message, msg
from acctdesk.storage import files


def refuse_open(target: Path) -> None:
    """Refuse before the work where another program says that it has the file open.

    Raises:
        UserError: it has.
    """
    marks = (
        target.with_name(f".~lock.{target.name}#"),  # LibreOffice
        target.with_name(f"~${target.name}"),  # Excel
    )
    if target.exists() and any(mark.exists() for mark in marks):
        raise UserError(_open_elsewhere(target))


def _open_elsewhere(target: Path) -> Message:
    return msg(
        "Report",
        "{name} is open in another program. It was left as it is. Close it there, or give the workbook another name.",
        name=target.name,
    )


def put(target: Path, content: bytes) -> None:
    """Put a file in place whole, or leave what was there.

    Raises:
        UserError: it may not be written there; it says why.
        EnvironmentFault: the disk is full or failed.
    """
    try:
        files.write_atomically(target, content)
    except PermissionError as error:
        if target.exists():
            raise UserError(_open_elsewhere(target)) from error
        raise UserError(
            msg(
                "Report",
                "The workbook may not be written into the folder {folder}. Choose another folder.",
                folder=str(target.parent),
            )
        ) from error
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise UserError(
            msg(
                "Report",
                "There is no folder {folder}. Choose another place for the workbook.",
                folder=str(target.parent),
            )
        ) from error
    except OSError as error:
        raise _fault(error) from error


def _fault(error: OSError) -> EnvironmentFault:
    kept = msg("Report", "No half workbook was left; a file that was there is as it was.")
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return EnvironmentFault(
            msg("Report", "The disk is full; the workbook was not written."),
            safe=kept,
            remedy=msg("Report", "Free some space and try again, or choose another disk."),
        )
    return EnvironmentFault(
        msg("Report", "The disk reported an error; the workbook was not written."),
        safe=kept,
        remedy=msg("Report", "Try another folder or disk."),
    )


def read(path: Path) -> bytes:
    """Return the content of a workbook written before.

    Raises:
        UserError: it is not there any more.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            msg("Report", "{name} is not there any more. Write the report again.", name=path.name)
        ) from error
