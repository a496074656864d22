"""The operations that are struck by faults, and what may be there after the next start.

``prepare`` lays the files, ``act`` is the operation, ``state`` is the next start: it opens what is
there and says "old" or "new"; a mix is an AssertionError. ``kept`` says which files may lie there
afterwards.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import alembic.command  # noqa: F401 - loaded before the fork, so that no call of its loading counts
import openpyxl
import xlsxwriter  # noqa: F401
from sqlalchemy import func, select

from acctdesk import bootstrap
from acctdesk.errors import UserError
from acctdesk.exchange.runner import import_file
from acctdesk.kinds import Language
from acctdesk.models import Client, Interaction, Promise, Task
from acctdesk.periods import parse_period
from acctdesk.reports.pack import write_pack
from acctdesk.services.desk import Desk
from acctdesk.storage import backup, envelope, files, moving, restore
from acctdesk.storage.book import Book
from acctdesk.storage.check import check_book
from acctdesk.ui.settings import LAST_FOLDER, THEME, Settings
from tests.books import PASSWORD, PROFILE, TEST_KDF
from tests.faults import officer
from tests.faults.injection import Tell
from tests.storage.commands import LABEL, NOON, add_client, client_names, import_clients
from tests.storage.next_schema import NEXT, next_schema

NAME = "test.acctbook"
NEW_PASSWORD = "καινούριος κωδικός 7"
NEW_CODE = "new code:"
ROWS = 60
TODAY = dt.date(2026, 3, 2)
REPORT: dict[str, Any] = {
    "period": parse_period("2026Q1"),
    "as_of": TODAY,
    "language": Language.EL,
}
_OPENED = (r"test\.acctbook", r"test\.acctbook\.key")
_BACKUPS = r"test-backups/test-[\dTZ]+(-\d+)?(-[a-z-]+)?\.acctbackup"


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing the program does to files."""

    prepare: Callable[[Path], None]
    act: Callable[[Path, Tell], None]
    state: Callable[[Path], str]
    kept: tuple[str, ...] = ()


def opened(folder: Path, password: str = PASSWORD) -> Book:
    return Book.open(folder / NAME, password=password, kdf=TEST_KDF)


@contextlib.contextmanager
def whole(folder: Path, password: str = PASSWORD) -> Iterator[Desk]:
    """Give the desk over the book, which must open and be sound."""
    with opened(folder, password) as book:
        report = check_book(book)
        assert report.ok, [str(line.text) for line in report.lines if not line.ok]
        yield Desk(book)


def stray(folder: Path, kept: tuple[str, ...]) -> list[str]:
    """Return the files that should not lie there."""
    names = [str(item.relative_to(folder)) for item in folder.rglob("*") if item.is_file()]
    allowed = [re.compile(pattern) for pattern in (*_OPENED, *kept)]
    return [name for name in names if not any(one.fullmatch(name) for one in allowed)]


# ---- a book with a little in it ------------------------------------------------------------------


def _filled(folder: Path) -> None:
    with Book.create(folder / NAME, password=PASSWORD, kdf=TEST_KDF, profile=PROFILE) as book:
        desk = Desk(book)
        desk.perform(LABEL, add_client, name="Παπαδόπουλος Α.Ε.", code="C1")
        desk.perform(LABEL, import_clients, rows=[{"name": f"Π{n}"} for n in range(30)])


def _count(desk: Desk, city: str) -> int:
    with desk.book.reader() as session:
        live = (Client.deleted_at.is_(None), Client.city == city)
        return session.scalar(select(func.count()).select_from(Client).where(*live)) or 0


def _either(count: int, whole_count: int) -> str:
    assert count in {0, whole_count}, f"{count} of {whole_count}"
    return "new" if count else "old"


# ---- create --------------------------------------------------------------------------------------


def _create(folder: Path, tell: Tell) -> None:
    with Book.create(folder / NAME, password=PASSWORD, kdf=TEST_KDF, profile=PROFILE):
        tell("done")


def _created(folder: Path) -> str:
    there = (folder / NAME).exists()
    assert there or not bootstrap.needs_password(folder / NAME), "asks for a password in vain"
    if not there:  # the first run is done again
        Book.create(folder / NAME, password=PASSWORD, kdf=TEST_KDF, profile=PROFILE).close()
    with whole(folder) as desk:
        assert desk.query(client_names) == []
    return "new" if there else "old"


# ---- changes -------------------------------------------------------------------------------------


def _change(folder: Path, tell: Tell) -> None:
    with opened(folder) as book:
        officer.change(Desk(book), 1, "log", 1)
        tell("done")


def _changed(folder: Path) -> str:
    with whole(folder) as desk, desk.book.reader() as session:
        counts = [
            session.scalar(select(func.count()).select_from(model))
            for model in (Interaction, Promise, Task)
        ]
    assert counts in ([0, 0, 0], [1, 2, 1]), counts
    return "new" if counts[0] else "old"


def _prepare_import(folder: Path) -> None:
    _filled(folder)
    lines = [f"{30_000 + n};Πελάτης {n} Ο.Ε.;Λάρισα" for n in range(ROWS)]
    text = "\n".join(["Κωδικός;Επωνυμία;Πόλη", *lines])
    (folder / "pelates.csv").write_text(text, encoding="utf-8")


def _import(folder: Path, tell: Tell) -> None:
    with opened(folder) as book:
        result = import_file(Desk(book), folder / "pelates.csv", today=TODAY)
        assert result.created == ROWS
        tell("done")


def _imported(folder: Path) -> str:
    with whole(folder) as desk:
        return _either(_count(desk, "Λάρισα"), ROWS)


def _prepare_undo(folder: Path) -> None:
    _filled(folder)
    with opened(folder) as book:
        rows = [{"name": f"Τ{n}", "city": "Τρίκαλα"} for n in range(ROWS)]
        Desk(book).perform(LABEL, import_clients, rows=rows)


def _undo(folder: Path, tell: Tell) -> None:
    with opened(folder) as book:
        Desk(book).undo()
        tell("done")


def _undone(folder: Path) -> str:
    with whole(folder) as desk:
        return {"new": "old", "old": "new"}[_either(_count(desk, "Τρίκαλα"), ROWS)]


def _prepare_crashed(folder: Path) -> None:
    _prepare_undo(folder)
    with opened(folder) as book:
        Desk(book).perform(LABEL, add_client, name="Στο ημερολόγιο")
        kept = {side: (folder / f"{NAME}{side}").read_bytes() for side in ("", "-wal", ".lock")}
    for side, content in kept.items():  # as a kill leaves it: a log, a lock of a dead process
        (folder / f"{NAME}{side}").write_bytes(content.replace(b"%d" % os.getpid(), b"999999999"))


def _recover(folder: Path, tell: Tell) -> None:
    with opened(folder):
        pass
    tell("done")


def _recovered(folder: Path) -> str:
    with whole(folder) as desk:
        assert "Στο ημερολόγιο" in desk.query(client_names)
    return "new"


# ---- key -----------------------------------------------------------------------------------------


def _change_password(folder: Path, tell: Tell) -> None:
    with opened(folder) as book:
        book.change_password(NEW_PASSWORD, kdf=TEST_KDF)
        tell("done")


def _fits(folder: Path, secret: str) -> bool:
    found = envelope.read(folder / NAME)
    try:
        envelope.unwrap(found, secret, kdf=TEST_KDF, name=NAME)
    except UserError:
        return False
    return True


def _password_changed(folder: Path) -> str:
    old, new = (_fits(folder, secret) for secret in (PASSWORD, NEW_PASSWORD))
    assert old is not new, f"old {old}, new {new}"
    with whole(folder, NEW_PASSWORD if new else PASSWORD):
        return "new" if new else "old"


def _renew_code(folder: Path, tell: Tell) -> None:
    with opened(folder) as book:
        code = book.new_recovery_code(kdf=TEST_KDF)
        tell("done")
        tell(f"{NEW_CODE}{code}")


def _prepare_code(folder: Path) -> None:
    with Book.create(folder / NAME, password=PASSWORD, kdf=TEST_KDF, profile=PROFILE) as book:
        (folder / "code").write_text(str(book.recovery_code), encoding="utf-8")


def _code_renewed(folder: Path) -> str:
    old = _fits(folder, (folder / "code").read_text(encoding="utf-8"))
    with whole(folder):
        slots = envelope.read(folder / NAME).slots
    assert sorted(slot.kind for slot in slots) == ["password", "recovery"]
    return "old" if old else "new"


# ---- backup, restore, migrate --------------------------------------------------------------------


def _prepare_backup(folder: Path) -> None:
    _filled(folder)
    with opened(folder) as book:
        backup.make_backup(book, now=NOON)


def _back_up(folder: Path, tell: Tell) -> None:
    with opened(folder) as book:
        backup.make_backup(book, now=NOON + dt.timedelta(hours=1))
        tell("done")


def _backed_up(folder: Path) -> str:
    with whole(folder) as desk:
        assert len(desk.query(client_names)) == 31
    listed = backup.list_backups(folder / NAME)
    for one in listed:
        restore.read_manifest(one.path)
    assert len(listed) in {1, 2}
    return "new" if len(listed) == 2 else "old"


def _prepare_restore(folder: Path) -> None:
    _prepare_backup(folder)
    with opened(folder) as book:
        Desk(book).perform(LABEL, add_client, name="Μετά το αντίγραφο")


def _restore(folder: Path, tell: Tell) -> None:
    (saved,) = backup.list_backups(folder / NAME)
    backup.restore_backup(saved.path, folder / NAME, now=NOON)
    tell("done")


def _restored(folder: Path) -> str:
    assert bootstrap.needs_password(folder / NAME)
    with whole(folder) as desk:
        count = len(desk.query(client_names))
    asides = list(folder.glob("test-before-restore-*.acctbook"))
    assert (count, len(asides)) in {(32, 0), (31, 1)}, (count, asides)
    for aside in asides:
        with Book.open(aside, password=PASSWORD, kdf=TEST_KDF) as book:
            assert len(Desk(book).query(client_names)) == 32
    return "new" if asides else "old"


def _set_aside(folder: Path, tell: Tell) -> None:
    restore.set_damaged_aside(folder / NAME, now=NOON)
    tell("done")


def _aside(folder: Path) -> str:
    with contextlib.suppress(UserError):  # finishes what was begun
        opened(folder).close()
    asides = list(folder.glob("test-damaged-*.acctbook"))
    assert (folder / NAME).exists() is not bool(asides)
    path = asides[0] if asides else folder / NAME
    with Book.open(path, password=PASSWORD, kdf=TEST_KDF) as book:
        assert check_book(book).ok
    return "new" if asides else "old"


def _migrate(folder: Path, tell: Tell) -> None:
    with next_schema(folder.parent / "scripts"):
        opened(folder).close()
        tell("done")


def _migrated(folder: Path) -> str:
    state = "old"
    try:
        with whole(folder) as desk:  # the program of before
            assert len(desk.query(client_names)) == 31
    except UserError as error:
        state = "new" if f"format {NEXT}" in str(error) else str(error)
    assert state in {"old", "new"}, state
    if state == "new":
        (saved, *_) = backup.list_backups(folder / NAME)
        assert saved.reason == backup.BEFORE_MIGRATION
        restore.restore_backup(saved.path, folder.parent / "before.acctbook")
        with Book.open(folder.parent / "before.acctbook", password=PASSWORD, kdf=TEST_KDF) as book:
            assert len(Desk(book).query(client_names)) == 31
    with next_schema(folder.parent / "scripts"):
        with whole(folder) as desk, desk.book.engine.connect() as connection:
            assert len(desk.query(client_names)) == 31
            assert connection.exec_driver_sql("PRAGMA user_version").scalar() == NEXT
        for one in backup.list_backups(folder / NAME):
            restore.read_manifest(one.path)
    return state


# ---- files beside the book -----------------------------------------------------------------------


def _prepare_report(folder: Path) -> None:
    _filled(folder)
    (folder / "report.xlsx").write_bytes(b"the report of before")


def _report(folder: Path, tell: Tell) -> None:
    with opened(folder) as book:
        write_pack(Desk(book), out=folder / "report.xlsx", **REPORT)
        tell("done")


def _reported(folder: Path) -> str:
    content = (folder / "report.xlsx").read_bytes()
    if content == b"the report of before":
        state = "old"
    else:
        openpyxl.load_workbook(folder / "report.xlsx").close()
        state = "new"
    with whole(folder):
        pass
    files.write_atomically(folder / "report.xlsx", content)  # the next one tidies
    return state


def _prepare_recent(folder: Path) -> None:
    for name in ("a.acctbook", "b.acctbook"):
        (folder / name).write_bytes(b"x")
    os.environ[bootstrap.HOME_VARIABLE] = str(folder)
    bootstrap.remember_book(folder / "a.acctbook")


def _remember(folder: Path, tell: Tell) -> None:
    os.environ[bootstrap.HOME_VARIABLE] = str(folder)
    bootstrap.remember_book(folder / "b.acctbook")
    if len(bootstrap.recent_books()) == 2:  # a list that cannot be written is no fault
        tell("done")


def _remembered(folder: Path) -> str:
    listed = [Path(one).name for one in json.loads((folder / "recent.json").read_bytes())]
    assert listed in (["a.acctbook"], ["b.acctbook", "a.acctbook"]), listed
    os.environ[bootstrap.HOME_VARIABLE] = str(folder)
    bootstrap.remember_book(folder / listed[0])  # the next start
    return "old" if len(listed) == 1 else "new"


def _prepare_settings(folder: Path) -> None:
    settings = Settings(folder / "settings.ini")
    settings.set(THEME, "dark")
    settings.set(LAST_FOLDER, "old")
    settings.save()


def _set(folder: Path, _tell: Tell) -> None:
    settings = Settings(folder / "settings.ini")
    settings.set(LAST_FOLDER, "new")
    settings.save()  # nobody is told that they were kept


def _settings_set(folder: Path) -> str:
    settings = Settings(folder / "settings.ini")
    assert settings.get(THEME) == "dark"
    found = settings.get(LAST_FOLDER)
    assert found in {"old", "new"}, found
    settings.set(LAST_FOLDER, "next")
    settings.save()
    return found


def _move(folder: Path, tell: Tell) -> None:
    moving.move_book(folder / NAME, folder / "moved" / NAME)
    tell("done")


def _moved(folder: Path) -> str:
    """One whole book, where it was or at its new place; its backup beside one of them."""
    there = folder / NAME
    stays = bootstrap.needs_password(there) and there.exists()
    place = folder if stays else folder / "moved"
    with whole(place) as desk:
        assert len(desk.query(client_names)) == 31
    kept = [*backup.list_backups(there), *backup.list_backups(folder / "moved" / NAME)]
    assert len(kept) >= 1
    return "old" if stays else "new"


OPERATIONS = {
    "create": Operation(lambda folder: None, _create, _created),
    "change": Operation(_filled, _change, _changed),
    "import": Operation(_prepare_import, _import, _imported, (_BACKUPS, r"pelates\.csv")),
    "undo": Operation(_prepare_undo, _undo, _undone),
    "recover": Operation(_prepare_crashed, _recover, _recovered),
    "password": Operation(_filled, _change_password, _password_changed),
    "code": Operation(_prepare_code, _renew_code, _code_renewed, ("code",)),
    "backup": Operation(_prepare_backup, _back_up, _backed_up, (_BACKUPS,)),
    "restore": Operation(
        _prepare_restore, _restore, _restored, (_BACKUPS, r"test-before-restore-\w+\.acctbook(\.key)?")
    ),
    "aside": Operation(  # the lock of a dead process is no lock, and the next book there takes it
        _filled, _set_aside, _aside, (r"test-damaged-\w+\.acctbook(\.key)?", r"test\.acctbook\.lock")
    ),
    "move": Operation(
        _prepare_backup, _move, _moved,
        (_BACKUPS, f"moved/{_BACKUPS}", r"moved/test\.acctbook(\.key)?(\.\d+\.part)?",
         r"test\.acctbook\.lock"),
    ),
    "migrate": Operation(_filled, _migrate, _migrated, (_BACKUPS,)),
    "report": Operation(_prepare_report, _report, _reported, (r"report\.xlsx",)),
    "recent": Operation(_prepare_recent, _remember, _remembered, (r"[ab]\.acctbook", r"recent\.json")),
    "settings": Operation(_prepare_settings, _set, _settings_set, (r"settings\.ini",)),
}  # fmt: skip


WITHOUT_SYNC = "ACCTDESK_TEST_WITHOUT_SYNC"  # the control: what power cuts find then


def recorded(name: str, folder: Path) -> None:
    """Do one operation, telling on standard output: for a recording."""
    if os.environ.get(WITHOUT_SYNC):
        os.fsync = lambda fd: None

    def tell(line: str) -> None:
        os.write(1, f"{line}\n".encode())

    OPERATIONS[name].act(folder, tell)


if __name__ == "__main__":
    recorded(sys.argv[1], Path(sys.argv[2]))
