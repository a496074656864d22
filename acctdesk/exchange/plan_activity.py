"""Interactions and tasks: known by everything that tells one from another."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.exchange.match import Clients, Known, names_nobody
from acctdesk.exchange.parsed import ParsedFile, Rec
from acctdesk.exchange.plan import ImportPlan, New, problem
from acctdesk.i18n import Message, msg
from acctdesk.kinds import InteractionKind, ProblemCode, ProblemOutcome, TaskState
from acctdesk.models import Contact, Interaction, Task
from acctdesk.text import clean, fold

_NOON = dt.time(12)  # an interaction whose hour is not known stands in the middle of its day


def plan_interactions(session: Session, parsed: ParsedFile, plan: ImportPlan) -> None:
    """Plan the interactions of the file; the client must be known by code or by exact name."""
    clients = Clients(session, plan)
    clients.meet(parsed.records)
    contacts = _contacts(session)
    stored = {
        (row.client_id, row.kind, row.happened_at, fold(row.subject), fold(row.body)): row
        for row in session.execute(
            select(
                Interaction.id, Interaction.client_id, Interaction.kind, Interaction.happened_at,
                Interaction.subject, Interaction.body, Interaction.outcome, Interaction.minutes,
                Interaction.place,
            ).where(Interaction.deleted_at.is_(None))
        )
    }  # fmt: skip
    seen: set[Any] = set()
    for rec in parsed.records:
        day = rec.values.get("happened_on")
        if day is None:
            _refuse(plan, rec, "happened_on", msg("Import", "An interaction needs its day."))
            continue
        known = _client(plan, clients, rec)
        if known is None:
            continue
        at = dt.datetime.combine(day, rec.values.get("happened_time") or _NOON).astimezone(dt.UTC)
        kind = str(rec.values.get("kind") or InteractionKind.NOTE)
        subject, body = rec.values.get("subject") or "", rec.values.get("body") or ""
        key = (known.ref, kind, at, fold(subject), fold(body))
        details = {
            name: rec.values[name]
            for name in ("outcome", "minutes", "place")
            if rec.values.get(name) is not None
        }
        row = stored.get(key)
        if key in seen:
            _repeated(plan, rec)
        elif row is not None:
            changes = _differences(row, details)
            plan.change(row.id, Interaction, changes)
            plan.updated += bool(changes)
            plan.skipped += not changes
        else:
            person = contacts.get((known.ref, fold(rec.values.get("contact_name") or "")))
            values = {
                "client_id": known.ref,
                "contact_id": person,
                "kind": kind,
                "happened_at": at,
                "subject": subject,
                "body": body,
            }
            plan.insert(Interaction, values | details)
            plan.created += 1
        seen.add(key)


def plan_tasks(session: Session, parsed: ParsedFile, plan: ImportPlan) -> None:
    """Plan the tasks of the file; one that names no client is the officer's own."""
    clients = Clients(session, plan)
    clients.meet(parsed.records)
    stored = {
        (row.client_id, fold(row.title), row.due_on): row
        for row in session.execute(
            select(
                Task.id, Task.client_id, Task.title, Task.due_on, Task.notes, Task.due_time,
                Task.state, Task.done_on,
            ).where(Task.deleted_at.is_(None))
        )
    }  # fmt: skip
    seen: set[Any] = set()
    for rec in parsed.records:
        title = clean(rec.values.get("title") or "")
        if not title:
            _refuse(plan, rec, "title", msg("Import", "A task needs a title."))
            continue
        known = None
        if not names_nobody(rec):
            known = _client(plan, clients, rec)
            if known is None:
                continue
        ref = known.ref if known else None
        key = (ref, fold(title), rec.values.get("due_on"))
        details = {
            name: rec.values[name]
            for name in ("notes", "due_time", "state", "done_on")
            if rec.values.get(name) is not None
        }
        if "state" in details:
            details["state"] = str(TaskState(details["state"]))
        row = stored.get(key)
        if key in seen:
            _repeated(plan, rec)
        elif row is not None:
            changes = _differences(row, details)
            plan.change(row.id, Task, changes)
            plan.updated += bool(changes)
            plan.skipped += not changes
        else:
            values = {"client_id": ref, "title": title, "due_on": rec.values.get("due_on")}
            plan.insert(Task, values | details)
            plan.created += 1
        seen.add(key)


def _differences(row: Any, details: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in details.items() if getattr(row, name) != value}


def _client(plan: ImportPlan, clients: Clients, rec: Rec) -> Known | None:
    if names_nobody(rec):
        _refuse(plan, rec, "client_name", msg("Import", "The row names no client."))
        return None
    known = clients.resolve(rec)
    if known is None:
        plan.refused += 1
        clients.unresolved(rec)
    return known


def _refuse(plan: ImportPlan, rec: Rec, key: str, what: Message) -> None:
    plan.refused += 1
    plan.tell(problem(rec, key, ProblemCode.MISSING_VALUE, ProblemOutcome.REFUSED, what))


def _repeated(plan: ImportPlan, rec: Rec) -> None:
    plan.skipped += 1
    what = msg("Import", "The same record stands in an earlier row.")
    plan.tell(problem(rec, "client_name", ProblemCode.DUPLICATE_ROW, ProblemOutcome.MERGED, what))


def _contacts(session: Session) -> dict[tuple[int | New | None, str], int]:
    query = select(Contact.id, Contact.client_id, Contact.name_fold).where(
        Contact.deleted_at.is_(None)
    )
    return {(row.client_id, row.name_fold): row.id for row in session.execute(query)}
