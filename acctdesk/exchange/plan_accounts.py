"""Bank accounts that a list of clients tells: a payment from one of them is that client's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.exchange.match import Clients, Known, rows_of
from acctdesk.exchange.parsed import Rec
from acctdesk.exchange.plan import ImportPlan, Reference, problem
from acctdesk.i18n import msg
from acctdesk.kinds import ProblemCode, ProblemOutcome
from acctdesk.models import Client, ClientAccount


def plan_accounts(
    session: Session,
    plan: ImportPlan,
    clients: Clients,
    told: Iterable[tuple[Rec, Known, tuple[str, ...]]],
) -> None:
    """Plan the accounts (IBANs) that rows name for a client, where they are news.

    An account that another client of the book has stays there, and that is told.
    """
    told = list(told)
    ibans = {iban for _rec, _known, some in told for iban in some}
    query = select(ClientAccount.id, ClientAccount.iban, ClientAccount.client_id)
    stored: dict[str, Any] = {
        row.iban: row for row in rows_of(session, ClientAccount, query, ibans, ClientAccount.iban)
    }
    owners: dict[str, Reference] = {
        iban: row.client_id for iban, row in stored.items() if row.client_id in clients.by_ref
    }
    for rec, known, some in told:
        news = False
        for iban in some:
            owner = owners.setdefault(iban, known.ref)
            if owner != known.ref:
                _told_already(plan, rec, iban, clients.by_ref[owner])
            elif iban not in stored:
                plan.insert(ClientAccount, {"client_id": known.ref, "iban": iban})
                stored[iban], news = None, True
            elif stored[iban] is not None and stored[iban].client_id != known.ref:
                # it was of a client who is in the trash now
                plan.change(stored[iban].id, ClientAccount, {"client_id": known.ref})
                news = True
        if news and isinstance(known.ref, int) and known.ref not in plan.updates.get(Client, {}):
            plan.updated += 1
            plan.skipped -= 1


def _told_already(plan: ImportPlan, rec: Rec, iban: str, owner: Known) -> None:
    plan.tell(
        problem(
            rec,
            "iban",
            ProblemCode.CONFLICTING_VALUE,
            ProblemOutcome.EMPTIED,
            msg("Import", "The account belongs to {name}. It stays there.", name=owner.name),
            value=iban,
        )
    )
