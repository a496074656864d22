"""Locking: by key, by idleness and by sleep; nothing on the screen, no key in hand, nothing lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from acctdesk.services.clients import client_rows
from acctdesk.services.desk import Desk
from acctdesk.services.lists import ClientQuery, client_ids
from acctdesk.ui.dialogs.client_form import ClientForm
from acctdesk.ui.idle import IdleWatch
from acctdesk.ui.pulse import SLEPT
from acctdesk.ui.session import Session
from tests.ui.world import (
    NOW,
    TODAY,
    fill_small,
    leave,
    opened,
    press,
    session_over,
    type_text,
)


@pytest.fixture
def session(
    qapp: QApplication, encrypted_file: Path, tmp_path: Path, qtbot: QtBot
) -> Iterator[Session]:
    """Give the window of a small encrypted book."""
    desk = opened(encrypted_file)
    fill_small(desk)
    made = session_over(desk, qapp, tmp_path)
    qapp.processEvents()
    yield made
    if isValid(made.window):
        leave(made, qtbot)
    qapp.processEvents()


def names(session: Session) -> set[str]:
    desk = session.context.desk
    ids = desk.query(client_ids, query=ClientQuery(), today=TODAY)
    return {row.name for row in desk.query(client_rows, ids=ids, today=TODAY).values()}


def test_a_locked_book_is_shut_and_its_key_is_gone(
    session: Session, encrypted_file: Path, qtbot: QtBot
) -> None:
    before = session.context.desk
    with qtbot.waitSignal(session.locked):
        session.context.actions["file.lock"].trigger()
    assert session.is_locked
    assert not session.window.isVisible()
    assert before.book.key is None
    opened(encrypted_file).close()  # the lock of the file is free again


def test_everything_is_as_it_was_after_unlocking(
    session: Session, encrypted_file: Path, qapp: QApplication
) -> None:
    session.window.show_page("clients")
    form = ClientForm(session.context, session.window)
    form.open()
    type_text(form.fields["name"], "Μισογραμμένος")
    session.lock()
    assert not form.isVisible()
    assert not any(one.isVisible() for one in qapp.topLevelWidgets())
    session.unlock(opened(encrypted_file))
    qapp.processEvents()
    assert session.window.isVisible()
    assert form.isVisible()
    assert form.fields["name"].text() == "Μισογραμμένος"
    press(form.fields["name"], Qt.Key.Key_Return)
    assert "Μισογραμμένος" in names(session)


def test_what_others_changed_meanwhile_is_shown(
    session: Session, encrypted_file: Path, qapp: QApplication
) -> None:
    session.window.show_page("clients")
    heard: list[bool] = []
    session.context.bus.changed.connect(lambda changes, _: heard.append(changes.touches("clients")))
    session.lock()
    session.context.runner.read(lambda: heard.append(False), on_done=heard.append)
    assert heard == []  # nothing is asked of a book that is shut
    session.unlock(opened(encrypted_file))
    assert heard == [True]


def test_a_locked_book_can_be_left(session: Session, qtbot: QtBot) -> None:
    session.lock()
    leave(session, qtbot)


def test_a_plain_book_has_no_lock(
    qapp: QApplication, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    session = session_over(desk, qapp, tmp_path)
    assert "file.lock" not in session.context.actions
    session.lock()
    assert not session.is_locked
    assert session.window.isVisible()
    leave(session, qtbot)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now

    def go(self, **by: float) -> None:
        self.now += dt.timedelta(**by)


def test_nobody_here_is_told_after_the_minutes_chosen(qapp: QApplication, session: Session) -> None:
    clock, minutes, told = Clock(), [5], []
    watch = IdleWatch(clock, lambda: minutes[0], qapp, session)
    watch.away.connect(lambda: told.append(clock.now))
    for _ in range(9):
        clock.go(seconds=30)
        watch.pulse.beat()
    assert told == []
    handle = session.window.windowHandle()
    assert handle is not None
    watch.hear(handle)
    clock.go(seconds=1)
    QTest.keyClick(handle, Qt.Key.Key_Shift)  # somebody is here
    for _ in range(9):
        clock.go(seconds=30)
        watch.pulse.beat()
    assert told == []
    clock.go(seconds=30)
    watch.pulse.beat()
    assert len(told) == 1
    minutes[0] = 0
    clock.go(seconds=30)
    watch.pulse.beat()
    assert len(told) == 1


def test_a_machine_that_slept_is_told_at_once(qapp: QApplication, session: Session) -> None:
    clock, told = Clock(), []
    watch = IdleWatch(clock, lambda: 0, qapp, session)
    watch.away.connect(lambda: told.append(True))
    clock.now += SLEPT + dt.timedelta(seconds=1)
    watch.pulse.beat()
    assert told == [True]
