"""The one road of a change: perform, undo, redo, history, restart."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.models import Client
from acctdesk.services.desk import Desk

LABEL = msg("Test", "A change")


def add_client(session: Session, *, name: str, code: str | None = None) -> int:
    client = Client(name=name, code=code)
    session.add(client)
    session.flush()
    return client.id


def rename(session: Session, *, client_id: int, name: str) -> None:
    session.get_one(Client, client_id).name = name


def client_names(session: Session) -> list[str]:
    rows = session.scalars(
        select(Client.name).where(Client.deleted_at.is_(None)).order_by(Client.id)
    )
    return list(rows)


def test_a_change_is_one_step_that_undo_and_redo_follow(desk: Desk) -> None:
    made = desk.perform(LABEL, add_client, name="Παπαδόπουλος")
    assert made.changes.ids("clients") == {made.value}
    desk.perform(msg("Test", "Rename"), rename, client_id=made.value, name="Ιωάννου")
    assert desk.query(client_names) == ["Ιωάννου"]
    assert desk.undo_label() == msg("Test", "Rename")
    desk.undo()
    assert desk.query(client_names) == ["Παπαδόπουλος"]
    assert desk.redo_label() == msg("Test", "Rename")
    desk.undo()
    assert desk.query(client_names) == []
    desk.redo()
    desk.redo()
    assert desk.query(client_names) == ["Ιωάννου"]
    with pytest.raises(UserError, match="nothing to redo"):
        desk.redo()
