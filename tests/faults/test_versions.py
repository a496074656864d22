"""Books of other schemas: a migration that touches nothing else, an older backup restored."""

from __future__ import annotations

from pathlib import Path

from acctdesk.i18n import msg
from acctdesk.services.demo import fill_demo
from acctdesk.services.desk import Desk
from acctdesk.storage import backup
from acctdesk.storage.book import Book
from acctdesk.storage.check import check_book
from tests.books import PASSWORD, TEST_KDF, rows_of
from tests.faults.operations import TODAY, opened
from tests.storage.commands import LABEL, add_client, client_names
from tests.storage.next_schema import NEXT, next_schema


def test_a_rebuilt_table_keeps_every_value_and_every_child(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    Book.create(folder / "test", password=PASSWORD, kdf=TEST_KDF).close()
    with opened(folder) as book:
        Desk(book).perform(msg("Test", "Demo"), fill_demo, clients=12, seed=3, today=TODAY)
        before = rows_of(book)
    with next_schema(tmp_path / "scripts"), opened(folder) as book:
        assert rows_of(book) == before
        assert check_book(book).ok
    assert sum(map(len, before.values())) > 200


def test_a_restored_backup_of_an_older_schema_is_brought_up_with_a_backup_of_its_own(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    Book.create(folder / "test", password=PASSWORD, kdf=TEST_KDF).close()
    with opened(folder) as book:
        Desk(book).perform(LABEL, add_client, name="Από πριν")
        saved = Desk(book).backup()
    with next_schema(tmp_path / "scripts"):
        opened(folder).close()
        backup.restore_backup(saved, folder / "test.acctbook")
        with opened(folder) as book:
            assert Desk(book).query(client_names) == ["Από πριν"]
            with book.read_engine.connect() as connection:
                assert connection.exec_driver_sql("PRAGMA user_version").scalar() == NEXT
    reasons = [one.reason for one in backup.list_backups(folder / "test.acctbook")]
    assert reasons.count(backup.BEFORE_MIGRATION) == 2
