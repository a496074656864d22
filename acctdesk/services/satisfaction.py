"""Satisfaction: what clients answered when asked, in their own words, and its trend."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from acctdesk import periods
from acctdesk.errors import UserError
from acctdesk.figures import satisfaction as definitions
from acctdesk.figures.satisfaction import LEAST_NPS, Estimate
from acctdesk.i18n import Message, msg
from acctdesk.kinds import SatisfactionMeasure
from acctdesk.models import Client, Contact, Satisfaction
from acctdesk.models.base import utc_now
from acctdesk.services import checks
from acctdesk.services.profile import get_profile
from acctdesk.services.rows import SatisfactionRow

__all__ = [
    "LEAST_NPS",
    "SCALES",
    "ClientSatisfaction",
    "Estimate",
    "ScoreInput",
    "Trend",
    "answers_among",
    "answers_of",
    "change_satisfaction",
    "record_satisfaction",
    "satisfaction_of",
    "trash_satisfaction",
]

SCALES: Mapping[SatisfactionMeasure, range] = {
    SatisfactionMeasure.CSAT: range(1, 6),
    SatisfactionMeasure.NPS: range(11),
}
QUARTERS = 4  # of a trend
_COMPLAINTS: Mapping[SatisfactionMeasure, Message] = {
    SatisfactionMeasure.CSAT: msg("Satisfaction", "CSAT is a whole number from 1 to 5."),
    SatisfactionMeasure.NPS: msg("Satisfaction", "NPS is a whole number from 0 to 10."),
}


@dataclass(frozen=True, slots=True)
class ScoreInput:
    """An answer as typed."""

    measure: SatisfactionMeasure
    score: int
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Quarter:
    """What was answered in a fiscal quarter."""

    period: periods.Period
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Trend:
    """The answers to one question: of the last four quarters, and of each, the oldest first."""

    measure: SatisfactionMeasure
    whole: Estimate
    quarters: tuple[Quarter, ...]


@dataclass(frozen=True, slots=True)
class ClientSatisfaction:
    """All answers of a client, the newest first, and the trend of each question it was asked."""

    answers: tuple[SatisfactionRow, ...] = ()
    trends: tuple[Trend, ...] = ()


def record_satisfaction(
    session: Session,
    *,
    client_id: int,
    measure: SatisfactionMeasure,
    score: int,
    answered_on: dt.date,
    today: dt.date,
    words: str | None = None,
    contact_id: int | None = None,
    interaction_id: int | None = None,
) -> int:
    """Write down what a client answered; return its id.

    Raises:
        UserError: the score is off its scale, the day has not come, or the contact is another's.
    """
    answer = Satisfaction(
        client_id=checks.live(session, Client, client_id).id,
        interaction_id=interaction_id,
        **_checked(
            session,
            client_id,
            measure=measure,
            score=score,
            answered_on=answered_on,
            today=today,
            words=words,
            contact_id=contact_id,
        ),
    )
    session.add(answer)
    session.flush()
    return answer.id


def change_satisfaction(
    session: Session,
    *,
    satisfaction_id: int,
    measure: SatisfactionMeasure,
    score: int,
    answered_on: dt.date,
    today: dt.date,
    words: str | None = None,
    contact_id: int | None = None,
    expected_version: int | None = None,
) -> None:
    """Correct an answer.

    Raises:
        UserError: as for a new one.
        ConflictError: it changed since ``expected_version``.
    """
    answer = checks.live(session, Satisfaction, satisfaction_id)
    values = _checked(
        session,
        answer.client_id,
        measure=measure,
        score=score,
        answered_on=answered_on,
        today=today,
        words=words,
        # who said it stays even when they are in the trash by now
        contact_id=None if contact_id == answer.contact_id else contact_id,
    )
    values["contact_id"] = contact_id
    checks.expect_version(answer, expected_version, values)
    checks.assign(answer, values)


def trash_satisfaction(session: Session, *, satisfaction_id: int) -> None:
    """Move an answer to the trash."""
    checks.live(session, Satisfaction, satisfaction_id).deleted_at = utc_now()


def _checked(
    session: Session,
    client_id: int,
    *,
    measure: SatisfactionMeasure,
    score: int,
    answered_on: dt.date,
    today: dt.date,
    words: str | None,
    contact_id: int | None,
) -> dict[str, Any]:
    asked = SatisfactionMeasure(measure)
    if score not in SCALES[asked]:
        raise UserError(_COMPLAINTS[asked])
    checks.day(answered_on)
    if answered_on > today:
        raise UserError(msg("Satisfaction", "The day of an answer cannot be after today."))
    if contact_id is not None and checks.live(session, Contact, contact_id).client_id != client_id:
        raise UserError(msg("Services", "This contact belongs to another client."))
    return {
        "measure": asked.value,
        "score": score,
        "answered_on": answered_on,
        "words": checks.plain(Satisfaction, "words", words),
        "contact_id": contact_id,
    }


def answers_of(session: Session, *, client_id: int) -> list[SatisfactionRow]:
    """Return what a client answered, the newest first."""
    newest = (Satisfaction.answered_on.desc(), Satisfaction.id.desc())
    return _rows(session, _answers([client_id]).order_by(*newest))


def answers_among(
    session: Session,
    *,
    client_ids: Collection[int],
    interaction_ids: Collection[int] = (),
    ids: Collection[int] = (),
) -> list[SatisfactionRow]:
    """Return the answers that were given in some contacts, and some others by their ids."""
    if not interaction_ids and not ids:
        return []
    wanted = Satisfaction.interaction_id.in_(interaction_ids) | Satisfaction.id.in_(ids)
    return _rows(session, _answers(client_ids).where(wanted).order_by(Satisfaction.id))


def satisfaction_of(session: Session, *, client_id: int, today: dt.date) -> ClientSatisfaction:
    """Return what a client answered, with the trend of each question that it was asked."""
    answers = answers_of(session, client_id=client_id)
    start = get_profile(session).fiscal_start
    return ClientSatisfaction(
        tuple(answers),
        tuple(
            trend(mine, measure, today=today, fiscal_start=start)
            for measure in SatisfactionMeasure
            if (mine := [one for one in answers if one.measure is measure])
        ),
    )


def trend(
    answers: Sequence[SatisfactionRow],
    measure: SatisfactionMeasure,
    *,
    today: dt.date,
    fiscal_start: int = 1,
) -> Trend:
    """Return the trend of the answers to one question, by fiscal quarter up to that of today."""
    figure = definitions.csat if measure is SatisfactionMeasure.CSAT else definitions.nps
    quarters = [periods.quarter_of(today, fiscal_start)]
    while len(quarters) < QUARTERS:
        before = quarters[0].start - dt.timedelta(days=1)
        quarters.insert(0, periods.quarter_of(before, fiscal_start))

    def of(start: dt.date, end: dt.date) -> Estimate:
        given = (one.score for one in answers if start <= one.answered_on <= min(end, today))
        return figure(Counter(given))

    return Trend(
        measure,
        of(quarters[0].start, today),
        tuple(Quarter(one, of(one.start, one.end)) for one in quarters),
    )


def _answers(client_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Satisfaction.id,
            Satisfaction.client_id,
            Satisfaction.contact_id,
            Contact.name.label("contact_name"),
            Satisfaction.interaction_id,
            Satisfaction.answered_on,
            Satisfaction.measure,
            Satisfaction.score,
            Satisfaction.words,
            Satisfaction.version,
        )
        .outerjoin(Contact, Contact.id == Satisfaction.contact_id)
        .where(Satisfaction.client_id.in_(client_ids), Satisfaction.deleted_at.is_(None))
    )


def _rows(session: Session, query: Select[*tuple[Any, ...]]) -> list[SatisfactionRow]:
    return [
        SatisfactionRow(**{**row._asdict(), "measure": SatisfactionMeasure(row.measure)})
        for row in session.execute(query)
    ]
