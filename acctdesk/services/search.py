"""The search over the whole book, whatever kind of record it is, best first."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from acctdesk.services.rows import SearchAnswer, SearchHit
from acctdesk.storage import search as index


def find(
    session: Session, *, text: str, limit: int = 50, kinds: Collection[str] | None = None
) -> list[SearchHit]:
    """Return what ``text`` finds, best first; one statement.

    Accents, case and final sigma do not count, and Greek may be typed in Latin letters. ``kinds``
    are of ``storage.search.KINDS``. ``why`` is the recorded text that matched, ``spans``
    are the places of the match in the hit's title. A hit that is not a client itself carries its
    client's code, and its name in ``detail``.
    """
    return [_shown(hit) for hit in index.search(session, text, kinds=kinds, limit=limit)]


def answer(session: Session, *, text: str, each: int) -> SearchAnswer:
    """Return the best ``each`` of a kind, and how many records are found; one statement."""
    found = index.look(session, text, limit=each * len(index.KINDS), each=each)
    return SearchAnswer(
        hits=tuple(_shown(hit) for hit in found.hits), found=found.count, more=found.more
    )


def _shown(hit: index.Hit) -> SearchHit:
    return SearchHit(
        kind=hit.kind,
        id=hit.id,
        client_id=hit.client_id,
        code=hit.code,
        title=hit.title,
        detail=_detail(hit),
        why=hit.why,
        spans=hit.spans,
    )


def _detail(hit: index.Hit) -> str:
    parts = (hit.detail,) if hit.kind == "client" else (hit.client_name, hit.detail)
    return " · ".join(part for part in parts if part)
