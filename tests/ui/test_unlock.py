"""A locked book: password, recovery code, growing delay; a shut book: its sentence and way out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acctdesk import bootstrap
from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.ways_out import Way, way_out
from acctdesk.storage import envelope, faults, lock, paths
from acctdesk.ui.dialogs.unlock import FREE_TRIES, UnlockDialog
from acctdesk.ui.settings import Settings
from acctdesk.ui.theme import Theme
from acctdesk.ui.translation import Languages
from tests.books import PASSWORD
from tests.ui.accessibility import assert_accessible
from tests.ui.doors import PATIENCE, Show, enter, fill, held, rest, tab
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import press

Ask = Callable[..., UnlockDialog]


@pytest.fixture
def ask(home: Path, settings: Settings, languages: Languages, show: Show) -> Ask:
    """Give what shows the dialog of a book."""

    def once(book: Path, trouble: UserError | None = None) -> UnlockDialog:
        dialog = UnlockDialog(book, settings=settings, languages=languages, trouble=trouble)
        show(dialog)
        return dialog

    return once


def opened_by(dialog: UnlockDialog) -> list[Desk]:
    """Return the list of what the dialog opens."""
    found: list[Desk] = []
    dialog.opened.connect(found.append)
    return found


def trouble_with(book: Path, password: str | None = None) -> UserError:
    """Return why a book does not open."""
    with pytest.raises(UserError) as refused:
        bootstrap.open_book(book, password=password)
    return refused.value


def test_the_password_opens_the_book_by_keyboard(
    ask: Ask, encrypted_file: Path, qtbot: QtBot
) -> None:
    dialog = ask(encrypted_file)
    desks = opened_by(dialog)
    fill(dialog, PASSWORD)
    enter(dialog)
    rest(qtbot, dialog)
    (desk,) = desks
    assert desk.status().path == encrypted_file
    assert not dialog.password.field.text()
    assert not dialog.isVisible()
    desk.close()


def test_a_wrong_password_stays_with_its_sentence(
    ask: Ask, encrypted_file: Path, qtbot: QtBot
) -> None:
    dialog = ask(encrypted_file)
    desks = opened_by(dialog)
    enter(dialog)
    assert "Type the password first" in dialog.trouble_words.text()
    fill(dialog, "κάτι άλλο")
    enter(dialog)
    rest(qtbot, dialog)
    assert dialog.trouble_words.text() == "The password is not right."
    assert dialog.password.field.field.selectedText()
    fill(dialog, PASSWORD)
    enter(dialog)
    rest(qtbot, dialog)
    desks[0].close()


def test_after_five_tries_each_next_one_waits_longer(
    ask: Ask, encrypted_file: Path, qtbot: QtBot
) -> None:
    dialog = ask(encrypted_file)
    for number in range(FREE_TRIES):
        assert dialog.go.isEnabled()
        dialog.password.field.field.setText(f"wrong {number}")
        dialog.go_on()
        rest(qtbot, dialog)
    assert not dialog.go.isEnabled()
    assert "2 seconds" in dialog.trouble_words.text()
    enter(dialog)
    assert not dialog.working
    dialog.tick()
    assert "1 second." in dialog.trouble_words.text()
    dialog.tick()
    assert dialog.go.isEnabled()
    assert not dialog.trouble.isVisible()
    dialog.password.field.field.setText("wrong again")
    dialog.go_on()
    rest(qtbot, dialog)
    assert "4 seconds" in dialog.trouble_words.text()


def test_forgotten_recovered_and_a_new_password_set(
    ask: Ask, tmp_path: Path, home: Path, qtbot: QtBot
) -> None:
    made = bootstrap.create_book(tmp_path / "a", password=PASSWORD, officer="Μαρία")
    code, book = made.book.recovery_code, made.status().path
    made.close()
    assert code is not None
    dialog = ask(book)
    desks = opened_by(dialog)
    dialog.use_code.click()
    fill(dialog, code[:-1] + ("2" if code[-1] != "2" else "3"))
    enter(dialog)
    rest(qtbot, dialog)
    assert "typing mistake" in dialog.trouble_words.text()
    fill(dialog, code.lower().replace("-", " "))
    enter(dialog)
    rest(qtbot, dialog)
    assert dialog.pages.now() is dialog.renewal
    assert not desks
    fill(dialog, "password123")
    enter(dialog)
    assert "most common" in dialog.renewal.fields.reason.text()
    for field in (dialog.renewal.fields.first, dialog.renewal.fields.second):
        field.clear()
    fill(dialog, "βαθιά θάλασσα και βουνό")
    tab(dialog)
    fill(dialog, "βαθιά θάλασσα και βουνό")
    enter(dialog)
    rest(qtbot, dialog)
    desks[0].close()
    bootstrap.open_book(book, password="βαθιά θάλασσα και βουνό").close()
    bootstrap.open_book(book, password=code).close()
    assert way_out(trouble_with(book, PASSWORD)) is Way.ASK


def test_the_new_password_may_wait(ask: Ask, tmp_path: Path, home: Path, qtbot: QtBot) -> None:
    made = bootstrap.create_book(tmp_path / "a", password=PASSWORD)
    code, book = made.book.recovery_code, made.status().path
    made.close()
    dialog = ask(book)
    desks = opened_by(dialog)
    dialog.use_code.click()
    fill(dialog, str(code))
    enter(dialog)
    rest(qtbot, dialog)
    press(dialog, Qt.Key.Key_Escape)
    desks[0].close()
    bootstrap.open_book(book, password=PASSWORD).close()


@pytest.mark.parametrize(
    ("error", "way"),
    [
        (faults.damaged("x"), Way.RESTORE),
        (envelope.missing("x"), Way.RESTORE),
        (envelope.damaged("x"), Way.RESTORE),
        (envelope.of_another_book("x"), Way.RESTORE),
        (envelope.weak("x"), Way.RESTORE),
        (lock.held_elsewhere("x", "PC-2"), Way.TAKE_OVER),
        (lock.held_here("x"), Way.RETRY),
        (faults.disk_full(), Way.RETRY),
        (faults.newer_book("x", found=9, known=1), Way.OTHER),
        (envelope.newer("x", found=9), Way.OTHER),
        (faults.not_a_book("x"), Way.OTHER),
        (faults.no_such_book("x"), Way.OTHER),
        (envelope.wrong_password(), Way.ASK),
    ],
)
def test_each_sentence_has_its_way_out(error: UserError, way: Way) -> None:
    assert way_out(error) is way


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_and_everything_is_named_on_every_page(
    ask: Ask,
    encrypted_file: Path,
    languages: Languages,
    look: Theme,
    qapp: QApplication,
    language: str,
    theme: str,
) -> None:
    languages.speak(language)
    look.apply(theme)
    folder = encrypted_file.with_name("test-backups")
    folder.mkdir()
    for stamp in ("20261112T101500Z", "20261111T101500Z-before-import"):
        (folder / f"test-{stamp}.acctbackup").write_bytes(b"x" * 400_000)
    dialog = ask(encrypted_file)
    name = encrypted_file.name
    for error in (
        None,
        envelope.wrong_password(),
        faults.damaged(name),
        lock.held_elsewhere(name, "ΓΡΑΦΕΙΟ-ΠΩΛΗΣΕΩΝ-ΘΕΣΣΑΛΟΝΙΚΗΣ"),
        lock.held_here(name),
        faults.newer_book(name, found=9, known=1),
    ):
        if error is not None:
            dialog._not_opened(error)
        _looked_at(dialog, qapp)
    for page in (dialog.code, dialog.renewal):
        dialog.ask(page)
        _looked_at(dialog, qapp)


def _looked_at(dialog: UnlockDialog, qapp: QApplication) -> None:
    for _ in range(3):
        qapp.processEvents()
    assert_no_overlap_or_cut(dialog)
    assert_accessible(dialog)
    assert dialog.height() <= 640


def _damage(book: Path) -> None:
    """Cut a book off in the middle, as a full disk or a bad stick does."""
    content = book.read_bytes()
    book.write_bytes(content[: len(content) // 8192 * 4096])


def test_a_damaged_plain_book_is_restored_from_its_list(
    ask: Ask, book_file: Path, qtbot: QtBot
) -> None:
    desk = bootstrap.open_book(book_file)
    desk.perform(msg("Step", "New client"), create_client, name="Παπαδόπουλος Α.Ε.")
    desk.backup()
    desk.close()
    _damage(book_file)
    damaged = book_file.read_bytes()
    dialog = ask(book_file, trouble=trouble_with(book_file))
    desks = opened_by(dialog)
    assert dialog.closed.way is Way.RESTORE
    assert dialog.closed.choice.model.rowCount() == 1
    assert dialog.go.text() == "Restore"
    enter(dialog)
    qtbot.waitUntil(lambda: bool(desks), timeout=PATIENCE)
    desks[0].close()
    (aside,) = book_file.parent.glob("test-before-restore-*.acctbook")
    assert aside.read_bytes() == damaged


def test_a_book_that_is_gone_or_overwritten_leads_to_its_backups(
    ask: Ask, book_file: Path, tmp_path: Path
) -> None:
    desk = bootstrap.open_book(book_file)
    desk.backup()
    desk.close()
    book_file.write_bytes(b"")
    assert ask(book_file, trouble=trouble_with(book_file)).closed.way is Way.RESTORE
    book_file.unlink()
    assert ask(book_file, trouble=trouble_with(book_file)).closed.way is Way.RESTORE
    elsewhere = tmp_path / "x.acctbook"
    assert ask(elsewhere, trouble=trouble_with(elsewhere)).closed.way is Way.OTHER


def test_a_damaged_encrypted_book_is_restored_and_asks_for_its_password(
    ask: Ask, encrypted_file: Path, qtbot: QtBot
) -> None:
    desk = bootstrap.open_book(encrypted_file, password=PASSWORD)
    desk.backup()
    desk.close()
    _damage(encrypted_file)
    dialog = ask(encrypted_file)
    desks = opened_by(dialog)
    fill(dialog, PASSWORD)
    enter(dialog)
    rest(qtbot, dialog)
    assert dialog.closed.way is Way.RESTORE
    dialog.go_on()
    rest(qtbot, dialog)
    assert dialog.pages.now() is dialog.password
    assert dialog.password.restored.isVisible()
    fill(dialog, PASSWORD)
    enter(dialog)
    rest(qtbot, dialog)
    desks[0].close()


def test_a_damaged_or_missing_envelope_leads_to_the_backups(
    ask: Ask, encrypted_file: Path, qtbot: QtBot
) -> None:
    key = paths.envelope_path(encrypted_file)
    key.write_bytes(b"no envelope")
    dialog = ask(encrypted_file)
    fill(dialog, PASSWORD)
    enter(dialog)
    rest(qtbot, dialog)
    assert "is damaged" in dialog.closed.happened.text()
    key.unlink()
    dialog.try_again()
    rest(qtbot, dialog)
    assert "is missing" in dialog.closed.happened.text()
    assert not dialog.go.isEnabled()  # no backup is chosen yet
    assert dialog.closed.choice.empty.isVisible()


def test_a_book_that_is_open_here_is_tried_again(ask: Ask, book_file: Path, qtbot: QtBot) -> None:
    first = bootstrap.open_book(book_file)
    dialog = ask(book_file, trouble=trouble_with(book_file))
    desks = opened_by(dialog)
    assert dialog.go.text() == "Try again"
    dialog.go_on()
    rest(qtbot, dialog)
    assert not desks
    first.close()
    dialog.go_on()
    rest(qtbot, dialog)
    desks[0].close()


def test_a_book_of_another_machine_is_taken_over_only_when_asked(
    ask: Ask, book_file: Path, qtbot: QtBot
) -> None:
    holder = {"pid": 1, "host": "PC-GRAFEIO", "started": 1.0, "token": "x"}
    lock.lock_path(book_file).write_text(json.dumps(holder), encoding="utf-8")
    dialog = ask(book_file, trouble=trouble_with(book_file))
    desks = opened_by(dialog)
    assert "PC-GRAFEIO" in dialog.closed.happened.text()
    dialog.again.click()
    rest(qtbot, dialog)
    assert not desks
    assert dialog.go.text() == "Open it here"
    dialog.go_on()
    rest(qtbot, dialog)
    desks[0].close()


def test_another_book_or_a_new_one(ask: Ask, encrypted_file: Path, book_file: Path) -> None:
    dialog = ask(encrypted_file)
    wanted: list[Path] = []
    dialog.book_wanted.connect(wanted.append)
    dialog._browsed(str(book_file))
    assert wanted == [book_file]
    second = ask(encrypted_file)
    asked: list[bool] = []
    second.new_wanted.connect(lambda: asked.append(True))
    second.new.click()
    assert asked == [True]


def test_leaving_while_the_book_opens_closes_it_again(
    ask: Ask, encrypted_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = ask(encrypted_file)
    desks = opened_by(dialog)
    fill(dialog, PASSWORD)
    enter(dialog)
    press(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=PATIENCE)
    assert not desks
    bootstrap.open_book(encrypted_file, password=PASSWORD).close()


def test_a_backup_chosen_beside_the_list_wins(
    ask: Ask, book_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = bootstrap.open_book(book_file)
    made = desk.backup()
    desk.close()
    elsewhere = tmp_path / "stick" / "copy.acctbackup"
    elsewhere.parent.mkdir()
    shutil.copyfile(made, elsewhere)
    dialog = ask(book_file, trouble=faults.damaged(book_file.name))
    choice = dialog.closed.choice
    assert choice.file == made
    choice.take_file(elsewhere)
    assert choice.file == elsewhere
    choice.table.selectRow(0)
    assert choice.file == made
    assert held(dialog) is choice.table
