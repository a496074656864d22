"""The demo book's answers about satisfaction: most of them given in a visit, some with words."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.kinds import InteractionKind, SatisfactionMeasure, Segment
from acctdesk.models import Interaction, Satisfaction
from acctdesk.services.days import day_start, local_day
from acctdesk.services.demo import Plan, Scene
from acctdesk.services.demo_words import ENGLISH
from acctdesk.storage.bulk import bulk_insert

_YEAR = 365  # days back that anybody was asked
_MOST = 4_000  # answers: more makes no book livelier
_CSAT = ((5, 40), (4, 34), (3, 15), (2, 8), (1, 3))  # scores and how often
_NPS = ((10, 24), (9, 22), (8, 18), (7, 12), (6, 8), (5, 8), (3, 5), (0, 3))
_GREEK = {
    True: ("Παραδίδετε πάντα στην ώρα", "Μας εξυπηρετείτε αμέσως", "Καθαρές συμφωνίες"),
    False: ("Αργούν τα πιστωτικά", "Άλλαξαν οι τιμές χωρίς ειδοποίηση", "Λάθη στις παραδόσεις"),
}
_ENGLISH = {
    True: ("You always deliver on time", "An answer within the hour", "Clear terms"),
    False: ("Credit notes take too long", "Prices changed without notice", "Wrong deliveries"),
}


def fill_satisfaction(session: Session, plans: Sequence[Plan], scene: Scene) -> None:
    """Let visits of the last year have ended with a question, those of A clients more often."""
    chance = random.Random(f"satisfaction {len(plans)}")  # noqa: S311 - invented data
    words = _ENGLISH if scene.words is ENGLISH else _GREEK
    often = {plan.client_id: plan.row["segment"] == Segment.A.value for plan in plans}
    visits = session.execute(
        select(
            Interaction.id, Interaction.client_id, Interaction.contact_id, Interaction.happened_at
        )
        .where(
            Interaction.kind.in_((InteractionKind.VISIT.value, InteractionKind.MEETING.value)),
            Interaction.happened_at >= day_start(scene.today - dt.timedelta(days=_YEAR)),
        )
        .order_by(Interaction.happened_at.desc())
    )
    rows: list[dict[str, Any]] = []
    for visit in visits:
        if len(rows) == _MOST:
            break
        if chance.random() > (0.6 if often[visit.client_id] else 0.3):
            continue
        csat = chance.random() < 0.6
        scale, good = (_CSAT, 4) if csat else (_NPS, 9)
        score = chance.choices([one for one, _ in scale], weights=[many for _, many in scale])[0]
        said = chance.choice(words[score >= good]) if chance.random() < 0.45 else None
        measure = SatisfactionMeasure.CSAT if csat else SatisfactionMeasure.NPS
        rows.append(
            {
                "client_id": visit.client_id,
                "contact_id": visit.contact_id,
                # some were asked on the way out and written down later
                "interaction_id": visit.id if chance.random() < 0.8 else None,
                "answered_on": local_day(visit.happened_at),
                "measure": measure.value,
                "score": score,
                "words": said,
            }
        )
    bulk_insert(session, Satisfaction, rows)
