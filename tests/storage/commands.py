"""Small commands for storage tests, in the manner of the services'."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.i18n import msg
from acctdesk.models import Client, Interaction
from acctdesk.models.base import utc_now
from acctdesk.storage import images
from acctdesk.storage.bulk import bulk_insert, bulk_update
from acctdesk.storage.changes import bookkeeping

LABEL = msg("Test", "A change")
NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


def add_client(session: Session, *, name: str, **fields: Any) -> int:
    client = Client(name=name, **fields)
    session.add(client)
    session.flush()
    return client.id


def change_client(session: Session, *, client_id: int, **fields: Any) -> None:
    client = session.get_one(Client, client_id)
    for field, value in fields.items():
        setattr(client, field, value)


def trash_client(session: Session, *, client_id: int) -> None:
    session.get_one(Client, client_id).deleted_at = utc_now()


def log_call(session: Session, *, client_id: int, subject: str, body: str = "") -> int:
    interaction = Interaction(
        client_id=client_id, kind="call", happened_at=NOON, subject=subject, body=body
    )
    session.add(interaction)
    session.flush()
    return interaction.id


def import_clients(session: Session, *, rows: list[dict[str, Any]]) -> list[int]:
    return bulk_insert(session, Client, rows)


def reimport_clients(session: Session, *, rows: list[dict[str, Any]]) -> int:
    return bulk_update(session, Client, rows)


def client_names(session: Session) -> list[str]:
    return list(
        session.scalars(select(Client.name).where(Client.deleted_at.is_(None)).order_by(Client.id))
    )


def live_rows(session: Session) -> dict[tuple[str, int], dict[str, Any]]:
    """Return every record that is not in the trash, without its bookkeeping columns."""
    found = {}
    for name in images.journalled():
        table, aside = images.table_of(name), bookkeeping(name)
        for row in session.execute(select(table).where(table.c.deleted_at.is_(None))).mappings():
            values = {key: value for key, value in row.items() if key not in aside}
            found[name, row["id"]] = values
    return found
