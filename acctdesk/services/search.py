"""The search over the whole book: clients, contacts, interactions and tasks, best first."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.models import Client
from acctdesk.services.rows import SearchHit
from acctdesk.storage import search as index


def find(
    session: Session, *, text: str, limit: int = 50, kinds: Collection[str] | None = None
) -> list[SearchHit]:
    """Return what ``text`` finds, best first; at most ten statements.

    Accents, case and final sigma do not count, and Greek may be typed in Latin letters. ``kinds``
    are of client, contact, interaction, task. ``why`` is the recorded text that matched, ``spans``
    are the places of the match in the hit's title. A hit that is not a client itself carries its
    client's code, and its name in ``detail``.
    """
    hits = index.search(session, text, kinds=kinds, limit=limit)
    owners = {hit.client_id for hit in hits if hit.kind != "client" and hit.client_id is not None}
    known = (
        {
            row.id: row
            for row in session.execute(
                select(Client.id, Client.code, Client.name).where(Client.id.in_(owners))
            )
        }
        if owners
        else {}
    )
    found = []
    for hit in hits:
        owner = known.get(hit.client_id) if hit.client_id is not None else None
        parts = [owner.name, hit.detail] if owner is not None else [hit.detail]
        found.append(
            SearchHit(
                kind=hit.kind,
                id=hit.id,
                client_id=hit.client_id,
                code=owner.code if owner is not None else hit.code,
                title=hit.title,
                detail=" · ".join(part for part in parts if part),
                why=hit.why,
                spans=hit.spans,
            )
        )
    return found
