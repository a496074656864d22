"""A book that is only read: said in its place, with a way out, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from acctdesk import bootstrap, formats
from acctdesk.errors import EnvironmentFault
from acctdesk.services import keeping
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.storage import faults, opening
from acctdesk.storage.book import Book
from acctdesk.ui.dialogs.client_form import ClientForm
from acctdesk.ui.dialogs.failure import FailureDialog
from acctdesk.ui.pages.clients.page import ClientsPage
from acctdesk.ui.session import Session
from tests.books import PASSWORD, TEST_KDF, copy_book
from tests.storage.commands import client_names
from tests.ui.world import STEP, fill_small, leave, opened, press, session_over, type_text

CHANGES = {"file.new_client", "record.interaction", "record.task", "tools.import", "edit.undo"}


@pytest.fixture
def begin(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[Desk], Session]]:
    """Show the window of a desk; it is left afterwards."""
    made: list[Session] = []

    def once(desk: Desk) -> Session:
        session = session_over(desk, qapp, tmp_path)
        session.window.show_page("clients")
        qapp.processEvents()
        made.append(session)
        return session

    yield once
    for session in made:
        if isValid(session.window):
            leave(session, qtbot)
    qapp.processEvents()


def allowed(session: Session) -> set[str]:
    actions = session.context.actions
    return {one for one in CHANGES if actions[one].isEnabled()}


def test_facts_that_cannot_be_edited_do_not_look_as_if_they_could(
    begin: Callable[[Desk], Session], desk: Desk, qapp: QApplication
) -> None:
    fill_small(desk)
    session = begin(desk)
    page = session.window.page
    assert isinstance(page, ClientsPage)
    details = page.record.rail.details
    values = [one.value for one in details.rows.values()] + [details.group.parent_client]
    hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
    assert {one.cursor().shape() for one in values} == {hand}
    desk.book.stop_writing()
    session.window.refresh_status()
    qapp.processEvents()
    assert {one.cursor().shape() for one in values} == {arrow}
    assert {one.focusPolicy() for one in values} == {Qt.FocusPolicy.NoFocus}
    assert {one.accessibleDescription() for one in values} == {""}
    assert not details.group.active.isEnabled()
    values[0].click()
    details.edit_first()
    assert not any(one.editing for one in details.rows.values())


def test_after_a_failed_write_the_window_says_it_calmly_and_keeps_what_was_typed(
    begin: Callable[[Desk], Session], desk: Desk, qapp: QApplication
) -> None:
    fill_small(desk)
    session = begin(desk)
    banner = session.window.banners.halt
    assert banner.isHidden()
    assert allowed(session) == CHANGES
    form = ClientForm(session.context, session.window)
    form.open()
    type_text(form.fields["name"], "Μισογραμμένος")
    desk.book.stop_writing()  # what a failed sync does
    press(form.fields["name"], Qt.Key.Key_Return)
    qapp.processEvents()
    assert form.isVisible()
    assert form.fields["name"].text() == "Μισογραμμένος"
    assert not session.window.findChildren(FailureDialog)
    assert banner.isVisible()
    assert "The disk failed" in banner.words.text()
    saved = keeping.last_change(desk)
    assert saved is not None
    assert f"{saved.astimezone():%H:%M}" in banner.detail.text()
    assert allowed(session) == set()
    assert "The disk failed" in session.context.actions["record.task"].toolTip()
    assert "Μισογραμμένος" not in desk.query(client_names)


def test_a_clock_that_went_back_is_told_until_it_is_set_right(
    begin: Callable[[Desk], Session], desk: Desk
) -> None:
    fill_small(desk)
    saved = keeping.last_change(desk)
    assert saved is not None
    hands = [saved - dt.timedelta(days=400)]
    session = begin(Desk(desk.book, clock=lambda: hands[-1]))
    banner = session.window.banners.clock
    assert banner.isVisible()
    assert formats.date(saved.astimezone().date()) in banner.words.text()
    hands.append(saved - dt.timedelta(minutes=5))  # set right by a little
    session.window.refresh_status()
    assert banner.isHidden()


def test_a_book_in_a_synced_folder_is_warned_of_until_the_officer_has_answered(
    begin: Callable[[Desk], Session], book_file: Path, tmp_path: Path
) -> None:
    place = copy_book(book_file, tmp_path / "OneDrive - Αιγαίον" / "a.acctbook")
    with Book.open(place) as book:
        session = begin(Desk(book))
        banner = session.window.banners.synced
        assert banner.isVisible()
        assert "OneDrive" in banner.words.text()
        (leave,) = [
            one for one in banner.findChildren(QPushButton) if one.text() == "Leave it there"
        ]
        leave.click()
        session.window.refresh_status()
        assert banner.isHidden()
        assert session.book == place.resolve()


def test_a_copy_saved_elsewhere_holds_everything_that_was_saved(
    begin: Callable[[Desk], Session], desk: Desk, tmp_path: Path
) -> None:
    fill_small(desk)
    session = begin(desk)
    desk.book.stop_writing()
    session.window.refresh_status()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    session.window.banners.save_copy(str(elsewhere))
    saved = next(elsewhere.iterdir())
    keeping.restore_backup(saved, tmp_path / "again.acctbook")
    with Book.open(tmp_path / "again.acctbook") as book:
        assert Desk(book).query(client_names) == desk.query(client_names)
    assert saved.name in str(session.context.messages.log[-1].text)


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_book_opened_again_is_written_to_and_the_form_is_still_there(
    encrypted: bool,
    begin: Callable[[Desk], Session],
    book_file: Path,
    encrypted_file: Path,
    qapp: QApplication,
) -> None:
    path = encrypted_file if encrypted else book_file
    desk = opened(path) if encrypted else Desk(Book.open(path))
    fill_small(desk)
    session = begin(desk)
    form = ClientForm(session.context, session.window)
    form.open()
    type_text(form.fields["name"], "Μισογραμμένος")
    desk.book.stop_writing()
    session.window.refresh_status()
    session.window.banners.again.click()
    assert session.is_locked
    anew = opened(path) if encrypted else bootstrap.open_as_may_be(path)
    session.unlock(anew)
    qapp.processEvents()
    assert session.window.banners.halt.isHidden()
    assert allowed(session) == CHANGES - {"edit.undo"} | {"edit.undo"}
    press(form.fields["name"], Qt.Key.Key_Return)
    assert "Μισογραμμένος" in anew.query(client_names)


def test_a_book_that_may_not_be_written_is_opened_for_reading_with_a_banner(
    begin: Callable[[Desk], Session], book_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Book.open(book_file) as book:
        fill_small(Desk(book))

    def refuse(_path: Path) -> None:
        raise faults.read_only()

    monkeypatch.setattr(opening, "refuse_read_only", refuse)  # root may write everywhere
    desk = bootstrap.open_as_may_be(book_file)
    session = begin(desk)
    assert session.window.banners.halt.isVisible()
    assert "for reading only" in session.window.banners.halt.words.text()
    assert allowed(session) == set()
    assert not session.window.findChildren(FailureDialog)  # the backup at start is not tried
    assert len(desk.query(client_names)) == 3


def test_another_file_in_its_place_stops_the_writing_and_the_open_book_can_be_saved(
    begin: Callable[[Desk], Session], desk: Desk, plain_template: Path, tmp_path: Path
) -> None:
    fill_small(desk)
    session = begin(desk)
    path = desk.book.path
    path.unlink()  # as a program that syncs puts an older version in its place
    copy_book(plain_template, path)
    session.context.runner.submit(STEP, create_client, name="Δ", on_error=lambda _error: None)
    assert "Another file was put in the place" in session.window.banners.halt.words.text()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    session.window.banners.save_copy(str(elsewhere))
    keeping.restore_backup(next(elsewhere.iterdir()), tmp_path / "again.acctbook")
    with Book.open(tmp_path / "again.acctbook") as book:
        assert len(Desk(book).query(client_names)) == 3


def test_a_replaced_encrypted_book_is_not_saved_without_its_key_file(
    encrypted_file: Path, tmp_path: Path
) -> None:
    desk = opened(encrypted_file)
    desk.query(client_names)
    encrypted_file.unlink()
    encrypted_file.with_name(encrypted_file.name + ".key").unlink()
    Book.create(tmp_path / "other", password=PASSWORD, kdf=TEST_KDF, profile={}).close()
    copy_book(tmp_path / "other.acctbook", encrypted_file)
    with pytest.raises(EnvironmentFault, match="belongs to another book"):
        desk.backup(tmp_path / "elsewhere")
    desk.close()


def test_a_half_written_interaction_is_not_lost_with_one_press_of_esc(
    begin: Callable[[Desk], Session], desk: Desk
) -> None:
    from acctdesk.ui.dialogs.capture import CaptureDialog

    people = fill_small(desk)
    session = begin(desk)
    dialog: Any = CaptureDialog(session.context, session.window, client_id=people.papadopoulos)
    dialog.open()
    type_text(dialog.form.note, "Ζήτησε νέους όρους")
    desk.book.stop_writing()
    dialog.reject()
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()
