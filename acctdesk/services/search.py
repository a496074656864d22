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
    client's code, and its name in ``detail``. Where interactions alone would fill the answer, they
    leave up to half of it to the other kinds.
    """
    hits = _fair(session, text, limit, kinds)
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


def _fair(
    session: Session, text: str, limit: int, kinds: Collection[str] | None
) -> list[index.Hit]:
    hits = index.search(session, text, kinds=kinds, limit=limit)
    others = [
        kind for kind in index.KINDS if kind != "interaction" and kind in (kinds or index.KINDS)
    ]
    if len(hits) < limit or not others or all(hit.kind != "interaction" for hit in hits):
        return hits
    shown = {(hit.kind, hit.id) for hit in hits}
    missed = [
        hit
        for hit in index.search(session, text, kinds=others, limit=max(1, limit // 2))
        if (hit.kind, hit.id) not in shown
    ]
    talks = [hit for hit in hits if hit.kind == "interaction"]
    dropped = {hit.id for hit in talks[len(talks) - min(len(missed), len(talks)) :]}
    kept = [hit for hit in hits if hit.kind != "interaction" or hit.id not in dropped]
    return [*kept, *missed][:limit]
