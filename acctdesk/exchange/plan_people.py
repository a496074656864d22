"""Contacts and products."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.exchange.match import Clients, Known, client_columns, names_nobody
from acctdesk.exchange.parsed import ParsedFile, Rec
from acctdesk.exchange.plan import ImportPlan, Model, Reference, problem
from acctdesk.i18n import msg
from acctdesk.kinds import ProblemCode, ProblemOutcome
from acctdesk.models import Contact, Product
from acctdesk.text import clean, fold

_CONTACT = ("role", "department", "phone", "mobile", "email", "decides", "notes")
_PRODUCT = ("family", "unit", "active")


def plan_contacts(session: Session, parsed: ParsedFile, plan: ImportPlan) -> None:
    """Plan the people of the file: known by client and e-mail, else by client and folded name.

    A person whose company is no client yet is kept, and joins it when it comes.
    """
    clients = Clients(session, plan)
    clients.meet(parsed.records)
    by_name, by_mail = _contacts(session)
    for rec in parsed.records:
        name, email = clean(rec.values.get("name") or ""), rec.values.get("email")
        if not name and not email:
            _refuse(plan, rec, "name")
            continue
        known = None if names_nobody(rec) else clients.resolve(rec)
        whom = _whom(rec, known)
        row = by_mail.get((whom, fold(email))) if email else None
        label = name or str(email)
        row = row or by_name.get((whom, fold(label)))
        if row is None:
            values: dict[str, Any] = {"name": label, **client_columns(rec, known)}
            values |= {key: rec.values[key] for key in _CONTACT if rec.values.get(key) is not None}
            row = _Line(plan.insert(Contact, values), values, fresh=rec)
            plan.created += 1
            plan.waiting += int(known is None and not names_nobody(rec))
        else:
            _merge(plan, Contact, row, rec, ("name", *_CONTACT))
        by_name.setdefault((whom, fold(row.values["name"])), row)
        if row.values.get("email"):
            by_mail.setdefault((whom, fold(row.values["email"])), row)


def plan_products(session: Session, parsed: ParsedFile, plan: ImportPlan) -> None:
    """Plan the products of the file: known by code, else by folded name."""
    by_code: dict[str, _Line] = {}
    by_name: dict[str, _Line] = {}
    columns = (Product.id, Product.code, Product.name, *(getattr(Product, key) for key in _PRODUCT))
    for row in session.execute(select(*columns).where(Product.deleted_at.is_(None))):
        line = _Line(row.id, dict(row._mapping))  # noqa: SLF001 - SQLAlchemy's public name for it
        if row.code:
            by_code[row.code] = line
        else:
            by_name[fold(row.name)] = line
    for rec in parsed.records:
        code, name = rec.values.get("code"), clean(rec.values.get("name") or "")
        if not code and not name:
            _refuse(plan, rec, "name")
            continue
        known = by_code.get(code) if code else by_name.get(fold(name))
        if known is not None:
            _merge(plan, Product, known, rec, ("name", *_PRODUCT))
            continue
        values: dict[str, Any] = {"code": code or None, "name": name or code}
        values |= {key: rec.values[key] for key in _PRODUCT if rec.values.get(key) is not None}
        known = _Line(plan.insert(Product, values), values, fresh=rec)
        plan.created += 1
        if code:
            by_code[code] = known
        else:
            by_name[fold(values["name"])] = known


class _Line:
    """A stored or planned row, its values, and the row of the file that spoke of it first."""

    def __init__(self, ref: Reference, values: dict[str, Any], fresh: Rec | None = None) -> None:
        self.ref = ref
        self.values = values
        self.first = fresh


def _merge(plan: ImportPlan, model: Model, line: _Line, rec: Rec, keys: tuple[str, ...]) -> None:
    changes = {}
    for key in keys:
        value = rec.values.get(key)
        if value is None or value == "" or value == line.values.get(key):
            continue
        filled = line.values.get(key) not in (None, "")
        if filled and (line.first is not None or key in rec.lossy):
            continue  # in one file the first row wins; lost letters never replace whole ones
        changes[key] = value
    line.values = line.values | changes
    plan.change(line.ref, model, changes)
    if line.first is not None:
        plan.skipped += 1
        what = msg("Import", "The same record stands in row {row} already.", row=line.first.row)
        plan.tell(problem(rec, "name", ProblemCode.DUPLICATE_ROW, ProblemOutcome.MERGED, what))
        return
    line.first = rec
    if changes:
        plan.updated += 1
    else:
        plan.skipped += 1


def _refuse(plan: ImportPlan, rec: Rec, key: str) -> None:
    plan.refused += 1
    what = msg("Import", "The row has no name.")
    plan.tell(problem(rec, key, ProblemCode.MISSING_VALUE, ProblemOutcome.REFUSED, what))


def _whom(rec: Rec, known: Known | None) -> Any:
    return known.ref if known is not None else fold(rec.values.get("client_name") or "")


def _contacts(session: Session) -> tuple[dict[Any, _Line], dict[Any, _Line]]:
    columns = (
        Contact.id, Contact.name, Contact.client_id, Contact.client_ref_name,
        *(getattr(Contact, key) for key in _CONTACT),
    )  # fmt: skip
    by_name: dict[Any, _Line] = {}
    by_mail: dict[Any, _Line] = {}
    for row in session.execute(select(*columns).where(Contact.deleted_at.is_(None))):
        line = _Line(row.id, dict(row._mapping))  # noqa: SLF001 - SQLAlchemy's public name for it
        whom: Any = row.client_id or fold(row.client_ref_name or "")
        by_name.setdefault((whom, fold(row.name)), line)
        if row.email:
            by_mail.setdefault((whom, fold(row.email)), line)
    return by_name, by_mail
