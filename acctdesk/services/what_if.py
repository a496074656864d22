"""Trial sales on top of what the book holds: where the period would land, and what it would pay.

Nothing here is a sale: only what is saved under a name is kept, and no figure reads it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.figures.landing import Landing
from acctdesk.figures.pay import Credit, Pay
from acctdesk.i18n import msg
from acctdesk.kinds import LandingMethod, PayPeriod
from acctdesk.models import Client, WhatIf
from acctdesk.models.base import utc_now
from acctdesk.services import attainment, checks
from acctdesk.services.attainment import AimStanding
from acctdesk.services.pay import PayOfPeriod, pay_of_period

MOST_DEALS = 60


@dataclass(frozen=True, slots=True)
class Deal:
    """A sale that may come: net of VAT, on a day; only a ticked one counts."""

    name: str
    amount_minor: int
    on: dt.date
    client_id: int | None = None
    client_name: str = ""
    ticked: bool = True


@dataclass(frozen=True, slots=True)
class WhatIfRow:
    """Trial deals kept under a name."""

    id: int
    name: str
    deals: tuple[Deal, ...]
    version: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What trial deals are put on: the book's period, and its pay by a plan.

    ``standing`` is None without a target of the period, ``paid`` without a plan.
    """

    as_of: dt.date
    standing: AimStanding | None
    paid: PayOfPeriod | None

    def counts(self, deal: Deal) -> bool:
        """Tell whether a deal counts: it is ticked, and its day is still to come in the period."""
        standing = self.standing
        if standing is None or not deal.ticked:
            return False
        return self.as_of < deal.on <= standing.aim.period.end


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a period lands and what it pays, without the trial deals and with them."""

    deals_minor: int
    without: Landing | None
    landing: Landing | None
    pay_without: Pay | None
    pay: Pay | None


def ground(
    session: Session, *, as_of: dt.date, kind: PayPeriod, plan_id: int | None = None
) -> Ground:
    """Return what the trial deals of a period are put on."""
    found = attainment.standings(session, as_of=as_of, kind=kind, plans=False)
    paid = None
    if plan_id is not None:
        paid = pay_of_period(session, plan_id=plan_id, as_of=as_of, opened=False)
    return Ground(as_of, found[0] if found else None, paid)


def outcome(on: Ground, deals: Sequence[Deal], *, method: LandingMethod | None = None) -> Outcome:
    """Return what the ticked deals change; nothing is asked of the book or stored in it.

    They come on top of the landing, and each counts for pay as if it were invoiced and paid on its
    day. What the landing expects beside them counts on the last day of the period.
    """
    counted = [deal for deal in deals if on.counts(deal)]
    more = sum(deal.amount_minor for deal in counted)
    without = None if on.standing is None else on.standing.landing(method)
    landed = without
    if without is not None and without.landing_minor is not None:
        landed = Landing(
            without.method,
            without.landing_minor + more,
            without.error_minor,
            without.backs,
            without.mase,
        )
    if on.paid is None or on.standing is None:
        return Outcome(more, without, landed, None, None)
    rest = []
    if without is not None and without.landing_minor is not None and on.standing.actual is not None:
        expected = without.landing_minor - on.standing.actual
        if on.standing.aim.period == on.paid.period and expected > 0:
            rest = [Credit(0, on.paid.period.end, expected)]
    trial = [
        Credit(-number, deal.on, deal.amount_minor)
        for number, deal in enumerate(counted, start=1)
        if deal.on in on.paid.period
    ]
    return Outcome(
        more, without, landed, on.paid.with_more(rest), on.paid.with_more([*rest, *trial])
    )


# -- kept under a name


def save_what_if(
    session: Session, *, name: str, deals: Sequence[Deal], what_if_id: int | None = None
) -> int:
    """Keep trial deals under a name, over what was kept under ``what_if_id``; return its id.

    Raises:
        UserError: it has no name or no deals.
    """
    values = {
        "name": checks.required(WhatIf, "name", name, msg("What-if", "Give the what-if a name.")),
        "deals": _written(session, deals),
    }
    if what_if_id is not None:
        kept = checks.live(session, WhatIf, what_if_id)
        checks.assign(kept, values)
    else:
        kept = WhatIf(**values)
        session.add(kept)
    session.flush()
    return kept.id


def _written(session: Session, deals: Sequence[Deal]) -> str:
    if not deals:
        raise UserError(msg("What-if", "There is no deal to keep yet."))
    if len(deals) > MOST_DEALS:
        raise UserError(msg("What-if", "At most {n} deals fit into a what-if.", n=MOST_DEALS))
    rows: list[dict[str, Any]] = []
    for deal in deals:
        if deal.client_id is not None:
            checks.live(session, Client, deal.client_id)
        rows.append(
            {
                "name": deal.name,
                "amount_minor": deal.amount_minor,
                "on": f"{deal.on:%Y-%m-%d}",
                "client_id": deal.client_id,
                "ticked": deal.ticked,
            }
        )
    return json.dumps(rows, ensure_ascii=False)


def trash_what_if(session: Session, *, what_if_id: int) -> None:
    """Move a what-if to the trash."""
    checks.live(session, WhatIf, what_if_id).deleted_at = utc_now()


def what_ifs(session: Session) -> list[WhatIfRow]:
    """Return every what-if, by name; a client that is gone has no name."""
    rows = session.scalars(
        select(WhatIf).where(WhatIf.deleted_at.is_(None)).order_by(WhatIf.name, WhatIf.id)
    ).all()
    written = {row.id: json.loads(row.deals) for row in rows}
    ids = {one["client_id"] for deals in written.values() for one in deals} - {None}
    query = select(Client.id, Client.name).where(Client.id.in_(ids), Client.deleted_at.is_(None))
    names: dict[int, str] = dict(session.execute(query).all())
    return [
        WhatIfRow(
            row.id,
            row.name,
            tuple(
                Deal(
                    name=one["name"],
                    amount_minor=one["amount_minor"],
                    on=dt.date.fromisoformat(one["on"]),
                    client_id=one["client_id"] if one["client_id"] in names else None,
                    client_name=names.get(one["client_id"], ""),
                    ticked=one["ticked"],
                )
                for one in written[row.id]
            ),
            row.version,
        )
        for row in rows
    ]
