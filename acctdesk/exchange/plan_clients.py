"""A list of clients: duplicate rows become one client, later rows fill what is empty or invalid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.exchange.match import Clients, Known, looks_lossy, rows_of, same_text
from acctdesk.exchange.parsed import ParsedFile, Rec
from acctdesk.exchange.plan import ImportPlan, problem
from acctdesk.exchange.plan_accounts import plan_accounts
from acctdesk.i18n import msg
from acctdesk.kinds import ProblemCode, ProblemOutcome
from acctdesk.models import Client
from acctdesk.services.clients import ClientFields
from acctdesk.text import clean, fold

# what is stored as it was read; the others are matched, checked or looked up first
PLAIN = tuple(
    key
    for key in ClientFields.__annotations__
    if key not in {"code", "name", "vat_id", "parent_id"}
)


@dataclass(slots=True)
class _Entry:
    """The rows of the file that mean one client: the first, and what the later ones filled."""

    rec: Rec
    values: dict[str, Any]
    lossy: set[str] = field(default_factory=set)
    known: Known | None = None


def plan_clients(session: Session, parsed: ParsedFile, plan: ImportPlan) -> None:
    """Plan every client of the file; counted by row, a merged duplicate is skipped."""
    clients = Clients(session, plan)
    coded: dict[str, _Entry] = {}
    for rec in parsed.records:
        code = rec.values.get("code")
        if code:
            _join(plan, coded, code, rec)
    named = _without_code(parsed, plan, clients, coded)
    entries = [*coded.values(), *named]
    for code, entry in coded.items():
        entry.known = clients.by_code.get(code)
        if entry.known is None:
            twin = clients.nameless_twin(entry.values["name"], entry.values["vat_id"])
            if twin is not None and all(other.known is not twin for other in entries):
                entry.known = twin
    stored = _stored(session, entries)
    for entry in sorted(entries, key=lambda one: (one.rec.sheet, one.rec.row)):
        _settle(plan, clients, entry, stored)
    _parents(plan, clients, entries, stored)
    plan_accounts(
        session,
        plan,
        clients,
        (
            (one.rec, one.known, one.values["iban"])
            for one in entries
            if one.known is not None and one.values.get("iban")
        ),
    )


def _join(plan: ImportPlan, entries: dict[str, _Entry], key: str, rec: Rec) -> None:
    first = entries.get(key)
    if first is None:
        entries[key] = _entry(rec)
        return
    _fill(first, rec)
    plan.skipped += 1
    plan.tell(
        problem(
            rec,
            "code" if rec.values.get("code") else "name",
            ProblemCode.DUPLICATE_ROW,
            ProblemOutcome.MERGED,
            msg(
                "Import",
                "The client stands in row {row} already. This row filled only what was empty or"
                " invalid there.",
                row=first.rec.row,
            ),
            record=first.rec.record,
        )
    )


def _entry(rec: Rec) -> _Entry:
    values: dict[str, Any] = {"vat_id": None, "vat_id_raw": None, **rec.values}
    values["name"] = clean(rec.values.get("name") or "")
    lossy = set(rec.lossy)
    if looks_lossy(values["name"]):
        lossy.add("name")
    return _Entry(rec, values, lossy)


def _empty(value: Any) -> bool:
    return value is None or value == ""


def _fill(entry: _Entry, rec: Rec) -> None:
    later = _entry(rec)
    for key, value in later.values.items():
        if _empty(value) or key == "vat_id_raw":
            continue
        if key == "iban":  # a row for each account
            entry.values[key] = tuple(dict.fromkeys((*(entry.values.get(key) or ()), *value)))
            continue
        spoilt = key in entry.lossy and key not in later.lossy
        if _empty(entry.values.get(key)) or spoilt:
            entry.values[key] = value
            if key not in later.lossy:
                entry.lossy.discard(key)
    if _empty(entry.values["vat_id_raw"]):
        entry.values["vat_id_raw"] = later.values["vat_id_raw"]


def _without_code(
    parsed: ParsedFile, plan: ImportPlan, clients: Clients, coded: dict[str, _Entry]
) -> list[_Entry]:
    # rows without a code: another row of the file, a client of the book, or a client by name alone
    in_file: dict[str, list[_Entry]] = {}
    for entry in coded.values():
        in_file.setdefault(fold(entry.values["name"]), []).append(entry)
    found: list[_Entry] = []
    for rec in parsed.records:
        if rec.values.get("code"):
            continue
        name = clean(rec.values.get("name") or "")
        alike = in_file.get(fold(name), []) if name else []
        same = [one for one in alike if not _other_vat(one, rec)]
        codes = {one.values.get("code") for one in same}
        book = [one for one in clients.named(name) if one.code is None or one.code not in codes]
        if name and not same and not book and "code" not in rec.values:
            twin = clients.nameless_twin(name, rec.values.get("vat_id"))
            book = [twin] if twin and all(one.known is not twin for one in found) else []
        if not name:
            _refuse(plan, rec, ProblemCode.MISSING_VALUE)
        elif len(same) + len(book) > 1:
            _refuse(plan, rec, ProblemCode.AMBIGUOUS_CLIENT)
        elif same:
            _join(plan, {"": same[0]}, "", rec)
        elif not book and "code" in rec.values:
            _refuse(plan, rec, ProblemCode.UNKNOWN_CLIENT)
        else:
            entry = _entry(rec)
            entry.known = book[0] if book else None
            in_file.setdefault(fold(name), []).append(entry)
            found.append(entry)
    return found


def _other_vat(entry: _Entry, rec: Rec) -> bool:
    one, other = entry.values["vat_id"], rec.values.get("vat_id")
    return bool(one and other and one != other)


def _refuse(plan: ImportPlan, rec: Rec, code: ProblemCode) -> None:
    plan.refused += 1
    name = rec.values.get("name")
    what = {
        ProblemCode.MISSING_VALUE: msg("Import", "The row has neither a client code nor a name."),
        ProblemCode.AMBIGUOUS_CLIENT: msg(
            "Import",
            "The row has no client code and several clients are named {name}. It was not stored.",
            name=name,
        ),
        ProblemCode.UNKNOWN_CLIENT: msg(
            "Import",
            "The row has no client code and no client is named exactly {name}. It was not stored.",
            name=name,
        ),
    }[code]
    key = "code" if code is ProblemCode.MISSING_VALUE else "name"
    plan.tell(problem(rec, key, code, ProblemOutcome.REFUSED, what))


def _stored(session: Session, entries: Iterable[_Entry]) -> dict[int, Any]:
    ids = [
        entry.known.ref
        for entry in entries
        if entry.known is not None and isinstance(entry.known.ref, int)
    ]
    columns = (
        Client.id, Client.code, Client.name, Client.vat_id, Client.vat_id_raw, Client.provisional,
        Client.parent_id,
    )  # fmt: skip
    query = select(*columns, *(getattr(Client, key) for key in PLAIN))
    return {row.id: row for row in rows_of(session, Client, query, ids, Client.id)}


def _settle(plan: ImportPlan, clients: Clients, entry: _Entry, stored: dict[int, Any]) -> None:
    values = entry.values
    if entry.known is None:
        entry.known = _create(plan, clients, entry)
        plan.created += 1
        return
    known = entry.known
    assert isinstance(known.ref, int)
    row = stored[known.ref]
    code, name = values.get("code"), values["name"]
    if code and row.code != code:
        clients.give_code(known, code)
    if not name and row.name == row.code:
        _nameless(plan, entry)
    changes = _differences(entry, row)
    if "name" in changes:
        clients.rename(known, name)
    known.provisional = False
    if changes:
        plan.change(known.ref, Client, changes)
        plan.updated += 1
    else:
        plan.skipped += 1


def _differences(entry: _Entry, row: Any) -> dict[str, Any]:
    values = entry.values
    changes: dict[str, Any] = {}
    if values.get("code") and row.code != values["code"]:
        changes["code"] = values["code"]
    if values["name"] and not same_text(values["name"], row.name) and _name_counts(entry, row):
        changes["name"] = values["name"]
    for key in PLAIN:
        value, held = values.get(key), getattr(row, key)
        if _empty(value) or same_text(value, held) or (key in entry.lossy and not _empty(held)):
            continue
        changes[key] = value
    changes |= _vat_differences(values, row)
    if row.provisional:
        changes["provisional"] = False
    return changes


def _vat_differences(values: dict[str, Any], row: Any) -> dict[str, Any]:
    # an invalid number is kept only while no valid one is known
    valid, raw = values["vat_id"], values["vat_id_raw"]
    if valid:
        wanted = {"vat_id": valid, "vat_id_raw": None}
    elif raw and not row.vat_id:
        wanted = {"vat_id_raw": raw}
    else:
        return {}
    return {key: value for key, value in wanted.items() if getattr(row, key) != value}


def _name_counts(entry: _Entry, row: Any) -> bool:
    # a name with lost letters says less than any whole one, more than a code
    if "name" not in entry.lossy:
        return True
    return bool(row.name == row.code or (row.provisional and looks_lossy(row.name)))


def _create(plan: ImportPlan, clients: Clients, entry: _Entry) -> Known:
    values = entry.values
    row: dict[str, Any] = {"code": values.get("code") or None, "name": values["name"]}
    if not row["name"]:
        row["name"] = row["code"]
        _nameless(plan, entry)
    row |= {key: values[key] for key in PLAIN if not _empty(values.get(key))}
    if values["vat_id"]:
        row["vat_id"] = values["vat_id"]
    elif values["vat_id_raw"]:
        row["vat_id_raw"] = values["vat_id_raw"]
    return clients.create(row)


def _nameless(plan: ImportPlan, entry: _Entry) -> None:
    plan.tell_once(
        problem(
            entry.rec,
            "name",
            ProblemCode.MISSING_VALUE,
            ProblemOutcome.KEPT,
            msg("Import", "The client has no name. Its code stands in its place."),
        )
    )


def _parents(
    plan: ImportPlan, clients: Clients, entries: Iterable[_Entry], stored: dict[int, Any]
) -> None:
    # heads of client groups, once every client of the file is known
    with_parent = [
        Rec(entry.rec.sheet, entry.rec.row, entry.values)
        for entry in entries
        if entry.values.get("parent_code")
    ]
    clients.meet(with_parent, code_key="parent_code", name_key="parent_name")
    for entry in entries:
        code, name = entry.values.get("parent_code"), entry.values.get("parent_name")
        if not code and not name:
            continue
        named = clients.named(name)
        parent = clients.by_code.get(code) if code else (named[0] if len(named) == 1 else None)
        known = entry.known
        assert known is not None
        if parent is None:
            plan.tell(
                problem(
                    entry.rec,
                    "parent_name",
                    ProblemCode.UNKNOWN_CLIENT,
                    ProblemOutcome.EMPTIED,
                    msg(
                        "Import",
                        "No client is named exactly {name}, so the group was left empty.",
                        name=name,
                    ),
                )
            )
        elif parent is not known and _parent_of(known, stored) != parent.ref:
            before = known.ref in plan.updates.get(Client, {})
            plan.change(known.ref, Client, {"parent_id": parent.ref})
            if isinstance(known.ref, int) and not before:
                plan.updated += 1
                plan.skipped -= 1


def _parent_of(known: Known, stored: dict[int, Any]) -> int | None:
    if not isinstance(known.ref, int):
        return None
    parent: int | None = stored[known.ref].parent_id
    return parent
