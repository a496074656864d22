"""A book that does not open: which way leads on from its sentence."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

from acctdesk.errors import EnvironmentFault, Halted, UserError
from acctdesk.storage import envelope, faults, lock


class Way(StrEnum):
    """What the officer can do about a book that does not open."""

    ASK = "ask"  # the password is asked for again
    RESTORE = "restore"  # put a backup in its place
    TAKE_OVER = "take_over"  # another machine holds it, or seems to
    RETRY = "retry"  # something is in the way now and may go
    OTHER = "other"  # this file will not open here: choose another


@cache
def _ways() -> dict[str, Way]:
    """Return the way on from each sentence, by its English text."""
    by_way = {
        Way.RESTORE: (
            faults.damaged(""),
            envelope.missing(""),
            envelope.damaged(""),
            envelope.of_another_book(""),
            envelope.weak(""),
        ),
        Way.TAKE_OVER: (lock.held_elsewhere("", ""),),
        Way.RETRY: (
            lock.held_here(""),
            faults.busy(),
            faults.disk_full(),
            faults.read_only(),
            faults.io_failed(),
        ),
    }
    return {error.message.text: way for way, errors in by_way.items() for error in errors}


def damaged(book: Path) -> UserError:
    """Return what a damaged book says when it is opened, for pictures of that moment."""
    return faults.damaged(book.name)


def disk_failed() -> Halted:
    """Return what an open book says after a failed write, for pictures of that moment."""
    return faults.stopped()


def way_out(error: UserError) -> Way:
    """Return the way on from a book that did not open."""
    known = _ways().get(error.message.text)
    if known is not None:
        return known
    about_key = error.message.context == envelope.wrong_password().message.context
    return Way.ASK if about_key and not isinstance(error, EnvironmentFault) else Way.OTHER
