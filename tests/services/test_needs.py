"""Needs: heard in a contact, shown where they were heard, closed with a result, gone with it."""

from __future__ import annotations

import datetime as dt

import pytest

from acctdesk.errors import ConflictError, UserError
from acctdesk.kinds import InteractionKind, NeedState
from acctdesk.services.brief import brief
from acctdesk.services.clients import create_client, trash_client
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import get_interaction, log_interaction, trash_interaction
from acctdesk.services.needs import add_need, get_need, open_needs, trash_need, update_need
from acctdesk.services.timeline import timeline
from tests.services.conftest import TODAY, Do

NOON = dt.datetime(2026, 11, 12, 10, tzinfo=dt.UTC)


@pytest.fixture
def client(do: Do) -> int:
    return int(do(create_client, name="Παπαδόπουλος Α.Ε."))


def test_a_need_is_told_with_the_contact_in_which_it_was_heard(
    desk: Desk, do: Do, client: int
) -> None:
    visit = do(
        log_interaction,
        client_id=client,
        kind=InteractionKind.VISIT,
        happened_at=NOON,
        need="  δύο  ψυκτικοί θάλαμοι ",
        outcome="Ενδιαφέρον",
    )
    (item,) = desk.query(timeline, client_id=client, today=TODAY)
    (need,) = item.needs
    assert (need.what, need.interaction_id) == ("δύο ψυκτικοί θάλαμοι", visit)
    assert item.outcome == "Ενδιαφέρον"
    stored = desk.query(get_interaction, interaction_id=visit)
    assert stored is not None
    assert stored.needs == (need,)
    assert desk.query(brief, client_id=client, today=TODAY).needs == (need,)
    do(trash_interaction, interaction_id=visit)
    assert desk.query(open_needs, client_id=client) == []
    desk.undo()
    assert len(desk.query(open_needs, client_id=client)) == 1


def test_a_closed_need_keeps_its_result_and_an_open_one_has_none(
    desk: Desk, do: Do, client: int
) -> None:
    need = do(add_need, client_id=client, what="ράφια")
    close = {"need_id": need, "what": "ράφια", "on": TODAY}
    do(update_need, state=NeedState.DROPPED, result=" πήραν αλλού ", **close)
    found = desk.query(get_need, need_id=need)
    assert found is not None
    assert (found.state, found.closed_on, found.result) == (
        NeedState.DROPPED,
        TODAY,
        "πήραν αλλού",
    )
    with pytest.raises(ConflictError):
        do(update_need, state=NeedState.MET, result="", expected_version=1, **close)
    do(update_need, state=NeedState.OPEN, result="μένει;", **close)
    (again,) = desk.query(open_needs, client_id=client)
    assert (again.closed_on, again.result) == (None, None)
    desk.undo()
    found = desk.query(get_need, need_id=need)
    assert found is not None
    assert (found.closed_on, found.result) == (TODAY, "πήραν αλλού")


def test_an_empty_need_is_none_and_the_trash_takes_it(desk: Desk, do: Do, client: int) -> None:
    do(log_interaction, client_id=client, kind=InteractionKind.CALL, happened_at=NOON, need=" ")
    assert desk.query(open_needs, client_id=client) == []
    with pytest.raises(UserError, match="what is needed"):
        do(add_need, client_id=client, what=" ")
    need = do(add_need, client_id=client, what="α")
    do(trash_need, need_id=need)
    do(add_need, client_id=client, what="β")
    assert [one.what for one in desk.query(open_needs, client_id=client)] == ["β"]
    do(trash_client, client_id=client)
    assert desk.query(open_needs, client_id=client) == []
