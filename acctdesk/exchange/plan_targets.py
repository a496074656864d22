"""Targets: one record a cell, for the whole book or for one client."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.exchange.match import Clients, client_columns, names_nobody
from acctdesk.exchange.parsed import ParsedFile, Rec
from acctdesk.exchange.plan import ImportPlan, problem
from acctdesk.i18n import Message, msg
from acctdesk.kinds import ProblemCode, ProblemOutcome, TargetMeasure
from acctdesk.models import Target
from acctdesk.services.profile import get_profile
from acctdesk.text import fold

_BOOK = ("book", "")


def plan_targets(session: Session, parsed: ParsedFile, plan: ImportPlan) -> None:
    """Plan every target of the file; a cell of a table is one record."""
    clients = Clients(session, plan)
    clients.meet(parsed.records)
    currency = get_profile(session).currency
    stored = _stored(session)
    seen: dict[Any, Rec] = {}
    for rec in parsed.records:
        month, amount = rec.values.get("month"), rec.values.get("amount_minor")
        if month is None or amount is None:
            key = "month" if month is None else "amount_minor"
            what = msg("Import", "A target needs a month and an amount.")
            _refuse(plan, rec, key, ProblemCode.MISSING_VALUE, what)
            continue
        known = None if names_nobody(rec) else clients.resolve(rec)
        whom: Any = _BOOK
        if known is not None:
            whom = ("client", known.ref)
        elif not names_nobody(rec):
            whom = ("name", fold(rec.values["client_name"]))
        first = seen.setdefault((month, whom), rec)
        if first is not rec:
            _repeated(plan, first, rec)
            continue
        row = stored.get((month, whom))
        if row is None and known is not None and rec.values.get("client_name"):
            row = stored.get((month, ("name", fold(rec.values["client_name"]))))
        if row is None:
            values = client_columns(rec, known) | {
                "month": month,
                "measure": TargetMeasure.NET_SALES.value,
                "amount_minor": amount,
                "currency": rec.values.get("currency") or currency,
            }
            plan.insert(Target, values)
            outcome = "created"
        else:
            changes = {"amount_minor": amount} if row.amount_minor != amount else {}
            plan.change(row.id, Target, changes)
            outcome = "updated" if changes else "skipped"
        if whom[0] == "name":
            if clients.listed:
                clients.unresolved(rec)
                outcome = "refused"
            else:
                plan.waiting += 1
        setattr(plan, outcome, getattr(plan, outcome) + 1)


def _refuse(plan: ImportPlan, rec: Rec, key: str, code: ProblemCode, what: Message) -> None:
    plan.refused += 1
    plan.tell(problem(rec, key, code, ProblemOutcome.REFUSED, what))


def _repeated(plan: ImportPlan, first: Rec, rec: Rec) -> None:
    if first.values["amount_minor"] == rec.values["amount_minor"]:
        plan.skipped += 1
        what = msg("Import", "The same target stands in row {row} already.", row=first.row)
        plan.tell(problem(rec, "month", ProblemCode.DUPLICATE_ROW, ProblemOutcome.MERGED, what))
        return
    what = msg(
        "Import",
        "The month has another target in row {row}. This one was not stored.",
        row=first.row,
    )
    _refuse(plan, rec, "amount_minor", ProblemCode.CONFLICTING_VALUE, what)


def _stored(session: Session) -> dict[Any, Any]:
    query = select(
        Target.id, Target.month, Target.client_id, Target.client_ref_code, Target.client_ref_name,
        Target.amount_minor,
    ).where(
        Target.deleted_at.is_(None), Target.measure == TargetMeasure.NET_SALES.value
    )  # fmt: skip
    found: dict[Any, Any] = {}
    for row in session.execute(query):
        if row.client_id is not None:
            whom: Any = ("client", row.client_id)
        elif row.client_ref_name:
            whom = ("name", fold(row.client_ref_name))
        else:
            whom = _BOOK
        found[row.month, whom] = row
    return found
