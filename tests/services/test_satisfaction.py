"""Satisfaction: written down, corrected, gone with its client or contact; its trend shows n."""

from __future__ import annotations

import datetime as dt

import pytest

from acctdesk.errors import ConflictError, UserError
from acctdesk.kinds import InteractionKind, SatisfactionMeasure, TimelineKind
from acctdesk.services.clients import create_client, trash_client
from acctdesk.services.contacts import create_contact, trash_contact
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import log_interaction, trash_interaction
from acctdesk.services.satisfaction import (
    ScoreInput,
    answers_of,
    change_satisfaction,
    record_satisfaction,
    satisfaction_of,
    trash_satisfaction,
)
from acctdesk.services.timeline import timeline, timeline_counts
from tests.services.conftest import TODAY, Do

CSAT, NPS = SatisfactionMeasure.CSAT, SatisfactionMeasure.NPS
NOON = dt.datetime(2026, 11, 12, 10, tzinfo=dt.UTC)


@pytest.fixture
def client(do: Do) -> int:
    return int(do(create_client, name="Παπαδόπουλος Α.Ε."))


def answer(do: Do, client: int, score: int, day: dt.date = TODAY, **more: object) -> int:
    fields = {"measure": CSAT, "answered_on": day, "today": TODAY, **more}
    return int(do(record_satisfaction, client_id=client, score=score, **fields))


def test_an_answer_of_a_visit_stands_under_it_and_one_alone_has_a_line_of_its_own(
    desk: Desk, do: Do, client: int
) -> None:
    who = do(create_contact, client_id=client, name="Άννα")
    visit = do(
        log_interaction, client_id=client, kind=InteractionKind.VISIT, happened_at=NOON,
        contact_id=who, answer=ScoreInput(CSAT, 4, " γρήγορη  παράδοση "),
    )  # fmt: skip
    alone = answer(do, client, 2, TODAY - dt.timedelta(days=9), words="αργούν τα πιστωτικά")
    first, second = desk.query(timeline, client_id=client, today=TODAY)
    (given,) = first.answers
    assert (given.interaction_id, given.contact_name, given.score) == (visit, "Άννα", 4)
    assert given.words == "γρήγορη παράδοση"
    assert second.key == (TimelineKind.SATISFACTION, alone)
    assert [one.id for one in second.answers] == [alone]
    counts = desk.query(timeline_counts, client_id=client)
    assert (counts["satisfaction"], counts["all"]) == (1, 2)
    found = desk.query(timeline, client_id=client, today=TODAY, text="πιστωτικα")
    assert [item.key for item in found] == [second.key]


def test_an_answer_goes_with_its_visit_or_client_and_comes_back(
    desk: Desk, do: Do, client: int
) -> None:
    visit = do(
        log_interaction, client_id=client, kind=InteractionKind.VISIT, happened_at=NOON,
        answer=ScoreInput(NPS, 9),
    )  # fmt: skip
    alone = answer(do, client, 5)
    for command, args in (
        (trash_interaction, {"interaction_id": visit}),
        (trash_satisfaction, {"satisfaction_id": alone}),
        (trash_client, {"client_id": client}),
    ):
        do(command, **args)
        assert len(desk.query(answers_of, client_id=client)) < 2
        desk.undo()
        assert len(desk.query(answers_of, client_id=client)) == 2


def test_an_answer_is_corrected_once_and_not_over_somebody_else(
    desk: Desk, do: Do, client: int
) -> None:
    one = answer(do, client, 2)
    new = {"measure": NPS, "score": 0, "answered_on": TODAY, "today": TODAY, "words": "όχι"}
    do(change_satisfaction, satisfaction_id=one, expected_version=1, **new)
    (found,) = desk.query(answers_of, client_id=client)
    assert (found.measure, found.score, found.words) == (NPS, 0, "όχι")
    with pytest.raises(ConflictError):
        do(change_satisfaction, satisfaction_id=one, expected_version=1, **{**new, "score": 3})


def test_who_answered_stays_in_the_trash_too_and_nobody_new_is_taken_from_there(
    desk: Desk, do: Do, client: int
) -> None:
    who, gone = (do(create_contact, client_id=client, name=name) for name in ("Άννα", "Νίκος"))
    one = answer(do, client, 2, contact_id=who)
    for contact in (who, gone):
        do(trash_contact, contact_id=contact)
    new = {"measure": CSAT, "score": 3, "answered_on": TODAY, "today": TODAY}
    do(change_satisfaction, satisfaction_id=one, contact_id=who, **new)
    (found,) = desk.query(answers_of, client_id=client)
    assert (found.score, found.contact_name) == (3, "Άννα")
    with pytest.raises(UserError):
        do(change_satisfaction, satisfaction_id=one, contact_id=gone, **new)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"score": 6}, "from 1 to 5"),
        ({"score": 0}, "from 1 to 5"),
        ({"score": 11, "measure": NPS}, "from 0 to 10"),
        ({"score": 4, "day": TODAY + dt.timedelta(days=1)}, "after today"),
        ({"score": 4, "words": "α" * 301}, "too long"),
    ],
)
def test_what_cannot_be_an_answer_is_refused(
    do: Do, client: int, wrong: dict[str, object], said: str
) -> None:
    with pytest.raises(UserError, match=said):
        answer(do, client, **wrong)  # type: ignore[arg-type]


def test_the_contact_of_another_client_cannot_have_answered(do: Do, client: int) -> None:
    other = do(create_client, name="Άλλος")
    who = do(create_contact, client_id=other, name="Άννα")
    with pytest.raises(UserError, match="another client"):
        answer(do, client, 4, contact_id=who)


def test_the_trend_goes_by_quarter_says_of_how_many_and_has_no_nps_of_four(
    desk: Desk, do: Do, client: int
) -> None:
    assert desk.query(satisfaction_of, client_id=client, today=TODAY).trends == ()
    summer = dt.date(TODAY.year, 7, 1)
    for score in (5, 3):
        answer(do, client, score, summer)
    answer(do, client, 4)
    answer(do, client, 1, dt.date(TODAY.year - 2, 1, 1))  # too long ago for a trend
    for score in (10, 10, 9, 2):
        answer(do, client, score, measure=NPS)
    csat, nps = desk.query(satisfaction_of, client_id=client, today=TODAY).trends
    assert [(one.period.name, one.estimate.answers) for one in csat.quarters] == [
        (f"{TODAY.year}Q1", 0), (f"{TODAY.year}Q2", 0), (f"{TODAY.year}Q3", 2),
        (f"{TODAY.year}Q4", 1),
    ]  # fmt: skip
    assert [one.estimate.value for one in csat.quarters] == [None, None, 50_00, 100_00]
    assert (csat.whole.answers, csat.whole.value) == (3, 66_67)
    assert (nps.whole.answers, nps.whole.value) == (4, None)
    answer(do, client, 9, measure=NPS)
    (_, nps) = desk.query(satisfaction_of, client_id=client, today=TODAY).trends
    assert (nps.whole.answers, nps.whole.value) == (5, 60_00)
