"""Backups made when they are due, and only then."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.services import keeping
from acctdesk.services.desk import Desk
from acctdesk.services.profile import set_profile
from acctdesk.storage.book import Book

STEP = msg("Step", "Draft")


def now() -> dt.datetime:
    """Return this instant."""
    return dt.datetime.now(dt.UTC)


def test_a_book_that_nobody_changed_is_not_backed_up(desk: Desk) -> None:
    assert keeping.back_up_at_start(desk, now=now()) is None
    assert keeping.back_up_at_end(desk) is None
    assert keeping.backups_of(desk.book.path) == []


def test_at_start_half_an_hour_after_the_last_one(desk: Desk) -> None:
    desk.perform(STEP, set_profile, company="Νέα")
    made = keeping.back_up_at_start(desk, now=now())
    assert made is not None
    (row,) = keeping.backups_of(desk.book.path)
    assert (row.path, row.reason) == (made, "")
    assert row.size == made.stat().st_size
    desk.perform(STEP, set_profile, company="Νεότερη")
    assert keeping.back_up_at_start(desk, now=now()) is None
    later = now() + dt.timedelta(minutes=31)
    assert keeping.back_up_at_start(desk, now=later) is not None


def test_at_the_end_every_change_is_in_a_backup(book_file: Path) -> None:
    clock = now() + dt.timedelta(hours=1)
    with Book.open(book_file) as book:
        desk = Desk(book, clock=lambda: clock)
        desk.perform(STEP, set_profile, company="Νέα")
        assert keeping.is_unsaved(desk)
        assert keeping.back_up_at_end(desk) is not None
        assert len(keeping.backups_of(book_file)) == 1


def test_taking_back_is_a_change_too(desk: Desk) -> None:
    desk.perform(STEP, set_profile, company="Νέα")
    before = keeping.last_change(desk)
    desk.undo()
    after = keeping.last_change(desk)
    assert before is not None
    assert after is not None
    assert after >= before


def test_a_book_opened_for_reading_is_not_backed_up(book_file: Path) -> None:
    with Book.open(book_file) as book:
        Desk(book).perform(STEP, set_profile, company="Νέα")
    with Book.open(book_file, read_only=True) as book:
        assert not keeping.is_unsaved(Desk(book))


def test_a_backup_says_whose_it_is(desk: Desk, tmp_path: Path) -> None:
    assert keeping.name_inside(desk.backup()) == "test.acctbook"
    other = tmp_path / "x.acctbackup"
    other.write_bytes(b"nothing of the kind")
    with pytest.raises(UserError, match="not a backup"):
        keeping.name_inside(other)
