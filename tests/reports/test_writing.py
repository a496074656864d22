"""Putting the workbook in place: whole or not at all, in this process or in a child."""

from __future__ import annotations

import datetime as dt
import errno
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.i18n import msg
from acctdesk.kinds import Language
from acctdesk.periods import quarter
from acctdesk.reports.mail import write_draft
from acctdesk.reports.pack import PackResult, write_pack, write_pack_in_child
from acctdesk.services.child import run_in_child
from acctdesk.services.desk import Desk
from acctdesk.storage import files
from acctdesk.storage.book import Book

Q3 = quarter(2026, 3)
END = dt.date(2026, 9, 30)
OLD = b"the report of last quarter"


def _write(desk: Desk, out: Path, **more: Any) -> PackResult:
    return write_pack(desk, out=out, period=Q3, as_of=END, language="en", **more)


def _only(folder: Path, *names: str) -> None:
    assert sorted(one.name for one in folder.iterdir()) == sorted(names)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder that holds nothing."""
    made = tmp_path / "reports"
    made.mkdir()
    return made


@pytest.fixture
def old(folder: Path) -> Path:
    """Give a file that is there already."""
    path = folder / "report.xlsx"
    path.write_bytes(OLD)
    return path


def test_a_file_that_is_there_is_replaced_whole(desk: Desk, folder: Path, old: Path) -> None:
    result = _write(desk, old)
    assert result.path == old
    assert zipfile.is_zipfile(old)
    _only(folder, "report.xlsx")


def test_the_ending_is_added_where_it_is_missing(desk: Desk, folder: Path) -> None:
    assert _write(desk, folder / "Έκθεση Α.Ε.").path.name == "Έκθεση Α.Ε..xlsx"
    assert _write(desk, folder / "B.XLSX").path.name == "B.XLSX"
    _only(folder, "Έκθεση Α.Ε..xlsx", "B.XLSX")


@pytest.mark.parametrize("mark", [".~lock.report.xlsx#", "~$report.xlsx"])
def test_a_file_open_elsewhere_is_left_before_any_work(
    desk: Desk, folder: Path, old: Path, mark: str
) -> None:
    (folder / mark).touch()
    told: list[int] = []
    with pytest.raises(UserError, match="is open in another program"):
        _write(desk, old, progress=lambda done, _total: told.append(done))
    assert old.read_bytes() == OLD
    assert told == []


def test_a_file_that_windows_holds_is_left(
    desk: Desk, folder: Path, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_source: Path, _target: Path) -> None:
        raise PermissionError(errno.EACCES, "The process cannot access the file")

    monkeypatch.setattr(files, "replace", held)
    with pytest.raises(UserError, match="is open in another program"):
        _write(desk, old)
    assert old.read_bytes() == OLD
    _only(folder, "report.xlsx")


def test_a_folder_that_may_not_be_written_is_a_sentence(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_path: Path, _content: bytes) -> None:
        raise PermissionError(errno.EACCES, "read-only")

    monkeypatch.setattr(files, "write_atomically", refused)
    with pytest.raises(UserError, match="Choose another folder"):
        _write(desk, folder / "new.xlsx")
    _only(folder)


def test_a_folder_that_is_not_there_is_a_sentence(desk: Desk, folder: Path) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        _write(desk, folder / "nowhere" / "new.xlsx")
    _only(folder)


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "The disk is full"), (errno.EIO, "reported an error")]
)
def test_a_disk_that_fails_leaves_the_old_file(
    desk: Desk,
    folder: Path,
    old: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    said: str,
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(EnvironmentFault, match=said):
        _write(desk, old)
    monkeypatch.undo()
    assert old.read_bytes() == OLD
    _only(folder, "report.xlsx")


def test_cancel_leaves_nothing_whenever_it_comes(desk: Desk, folder: Path) -> None:
    looks: list[None] = []

    def never() -> bool:
        looks.append(None)
        return False

    _write(desk, folder / "whole.xlsx", cancelled=never)
    (folder / "whole.xlsx").unlink()
    for last in range(len(looks)):
        left = iter([False] * last)
        with pytest.raises(UserError, match="Cancelled"):
            _write(desk, folder / "part.xlsx", cancelled=lambda left=left: next(left, True))
        _only(folder)


def test_progress_never_goes_back_and_ends_at_its_whole(desk: Desk, folder: Path) -> None:
    told: list[tuple[int, int]] = []
    _write(desk, folder / "a.xlsx", progress=lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1]
    assert len({total for _, total in told}) == 1


# ---- in a child process --------------------------------------------------------------------------


def test_a_child_writes_the_book_that_is_open_here_with_its_password(
    encrypted_book: Book, folder: Path
) -> None:
    told: list[int] = []
    result = write_pack_in_child(
        Desk(encrypted_book),
        out=folder / "child",
        period=Q3,
        as_of=END,
        language="el",
        progress=lambda done, _total: told.append(done),
    )
    assert all(check.ok for check in result.checks)
    assert zipfile.is_zipfile(folder / "child.xlsx")
    assert told
    with pytest.raises(UserError, match="Cancelled"):
        write_pack_in_child(
            Desk(encrypted_book),
            out=folder / "stopped",
            period=Q3,
            as_of=END,
            language="el",
            cancelled=lambda: True,
        )
    _only(folder, "child.xlsx")


def test_a_book_that_is_only_read_is_written_about_here(book_file: Path, folder: Path) -> None:
    with Book.open(book_file, read_only=True) as book:
        result = write_pack_in_child(
            Desk(book), out=folder / "r", period=Q3, as_of=END, language="el"
        )
    assert result.path.exists()


def die(_desk: Desk, **_more: Any) -> None:
    """End the child at once."""
    os._exit(3)


def stumble(_desk: Desk, *, what: str, **_more: Any) -> None:
    """Fail in the child, by a fault or a bug."""
    if what == "fault":
        raise EnvironmentFault(
            msg("Test", "Full."), safe=msg("Test", "Safe."), remedy=msg("Test", "Free some.")
        )
    raise ZeroDivisionError(what)


def test_how_a_child_ends_is_told_here(desk: Desk) -> None:
    ended = msg("Test", "It ended.")
    with pytest.raises(UserError, match="It ended"):
        run_in_child(desk, die, ended=ended)
    with pytest.raises(EnvironmentFault, match="Free some"):
        run_in_child(desk, stumble, ended=ended, what="fault")
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        run_in_child(desk, stumble, ended=ended, what="bug")


def test_a_draft_of_a_workbook_that_is_gone_is_a_sentence(desk: Desk, folder: Path) -> None:
    result = _write(desk, folder / "a.xlsx")
    result.path.unlink()
    with pytest.raises(UserError, match="is not there any more"):
        write_draft(result, language=Language.EN, company="", officer="")
    _only(folder)
