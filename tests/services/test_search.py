"""The search as it is typed: the best of each kind, how many there are, in one statement."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select

from acctdesk.models import Dispute, Request
from acctdesk.services.desk import Desk
from acctdesk.services.search import answer, find
from acctdesk.storage import search as index
from acctdesk.storage.search import KINDS
from tests.services.conftest import Counted


def test_a_key_costs_one_statement_whatever_is_found(demo: Desk, counted: Counted) -> None:
    for typed in ("α", "papad", "ΤΙΜΕΣ νεας", "ζζζζ"):
        with counted(demo) as ran:
            demo.query(answer, text=typed, each=5)
        assert len(ran) == 1


def test_an_answer_shows_some_of_each_kind_and_counts_all(demo: Desk) -> None:
    found = demo.query(answer, text="π", each=2)
    assert Counter(hit.kind for hit in found.hits) == dict.fromkeys(KINDS, 2)
    rare = demo.query(answer, text="συμφωνια", each=1)
    everything = demo.query(find, text="συμφωνια", limit=1000)
    assert len(rare.hits) < rare.found == len(everything)
    assert not rare.more


def test_what_is_not_counted_is_said(demo: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_WEIGHED", 2)
    index._statement.cache_clear()
    found = demo.query(answer, text="καλ", each=1)
    index._statement.cache_clear()
    assert found.more
    assert len(found.hits) < found.found


def test_interactions_leave_half_of_the_answer_to_the_others(demo: Desk) -> None:
    kinds = Counter(hit.kind for hit in demo.query(find, text="τιμ", limit=10))
    assert kinds["interaction"] == 5
    assert kinds.total() == 10
    alone = demo.query(find, text="τιμ", limit=10, kinds=["interaction"])
    assert len(alone) == 10


def test_a_hit_names_the_client_it_belongs_to(demo: Desk) -> None:
    for hit in demo.query(answer, text="π", each=2).hits:
        (client,) = (
            one
            for one in demo.query(find, text=hit.code or "", kinds=["client"])
            if one.code == hit.code
        )
        assert client.id == hit.client_id
        assert hit.kind == "client" or hit.detail.startswith(client.title)


def test_a_dispute_and_a_request_are_found_by_their_words(demo: Desk) -> None:
    for kind, title in (
        ("dispute", demo.query(lambda session: session.scalars(select(Dispute.title)).first())),
        ("request", demo.query(lambda session: session.scalars(select(Request.what)).first())),
    ):
        (hit, *_rest) = demo.query(find, text=str(title), kinds=[kind])
        assert (hit.kind, hit.title) == (kind, title)
