"""Carries out a plan in one transaction: rows created and changed in bulk, then the links."""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.exchange.links import relink
from acctdesk.exchange.mapping import Mapping
from acctdesk.exchange.parsed import ParsedFile
from acctdesk.exchange.plan import ImportPlan, Model, New, plan_import
from acctdesk.exchange.problems import Problem
from acctdesk.kinds import RecordKind
from acctdesk.models import (
    Allocation,
    Client,
    ClientAccount,
    Contact,
    Document,
    DocumentLine,
    FileShape,
    ImportRun,
    Interaction,
    Product,
    Receipt,
    Target,
    Task,
)
from acctdesk.storage.bulk import bulk_insert, bulk_update

if TYPE_CHECKING:
    from acctdesk.exchange.same_bank import SamePayment
    from acctdesk.services.buyers import Buyer

# what is named stands before what names it
_ORDER: tuple[Model, ...] = (
    Client, ClientAccount, Product, Contact, Document, DocumentLine, Receipt, Allocation, Target,
    Interaction, Task,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a file; ``linked`` counts older records that found their counterpart.

    ``unknown_buyers`` are those of e-invoices that were left out because nobody in the book bought
    them; ``same_payments`` are receipts that the bank may have told of before.
    """

    kind: RecordKind
    rows_read: int
    created: int
    updated: int
    skipped: int
    refused: int
    documents: int = 0
    clients_made: int = 0
    waiting: int = 0
    linked: int = 0
    unknown_buyers: tuple[Buyer, ...] = ()
    same_payments: tuple[SamePayment, ...] = ()
    mapping: MappingType[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    dry_run: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the object that ``acctdesk import --json`` prints."""
        return {
            "kind": self.kind.value,
            **self.counts(),
            "dry_run": self.dry_run,
            "mapping": dict(self.mapping),
            "unknown_buyers": [
                {
                    "name": one.name,
                    "vat_id": one.vat_id,
                    "documents": one.documents,
                    "gross": {
                        currency: format(Decimal(minor).scaleb(-2), ".2f")
                        for currency, minor in one.totals
                    },
                    "doubt": None if one.doubt is None else one.doubt.localized(),
                }
                for one in self.unknown_buyers
            ],
            "problems": [found.to_json() for found in self.problems],
        }

    def counts(self) -> dict[str, int]:
        """Return the counts alone."""
        names = ("rows_read", "created", "updated", "skipped", "refused")
        more = ("documents", "clients_made", "waiting", "linked")
        return {name: getattr(self, name) for name in (*names, *more)}


def result_of(
    plan: ImportPlan, mapping: Mapping | None, *, linked: int = 0, dry_run: bool = False
) -> ImportResult:
    """Return a plan's counts and problems as the result of the import it stands for."""
    return ImportResult(
        kind=plan.kind,
        rows_read=plan.rows_read,
        created=plan.created,
        updated=plan.updated,
        skipped=plan.skipped,
        refused=plan.refused,
        documents=plan.documents,
        clients_made=plan.clients_made,
        waiting=plan.waiting,
        linked=linked,
        same_payments=tuple(plan.same_payments),
        mapping=mapping.to_json() if mapping is not None else {},
        problems=tuple(plan.problems),
        dry_run=dry_run,
    )


def preview_import(
    session: Session, *, parsed: ParsedFile, mapping: Mapping | None
) -> ImportResult:
    """Return what :func:`apply_import` would do; nothing is written."""
    return result_of(plan_import(session, parsed), mapping, dry_run=True)


def apply_import(
    session: Session,
    *,
    parsed: ParsedFile,
    file_name: str,
    file_hash: str,
    mapping: Mapping | None,
    remember: bool = False,
    checkpoint: Callable[[float], None] | None = None,
) -> ImportResult:
    """Import ``parsed`` in the caller's transaction; a command for ``Desk.perform``.

    A file that changes nothing leaves no trace and no step to undo. With ``remember`` the mapping
    is kept for the next file of the same shape. ``checkpoint`` is called with the share done,
    0 to 1; it may raise to give up, and everything is rolled back.

    Raises:
        UserError: the book keeps no records of that kind.
    """
    pause = checkpoint or (lambda _share: None)
    plan = plan_import(session, parsed)
    pause(0.3)
    ids = _insert(session, plan, pause)
    pause(0.7)
    for model in _ORDER:
        changes = plan.updates.get(model)
        if changes:
            rows = [{"id": row_id, **_resolved(values, ids)} for row_id, values in changes.items()]
            bulk_update(session, model, rows)
    pause(0.9)
    result = result_of(plan, mapping, linked=relink(session))
    if remember and mapping is not None and mapping.shape:
        _remember(session, mapping)
    if not plan.empty:
        session.add(
            ImportRun(
                kind=parsed.kind.value,
                file_name=file_name[:300],
                file_hash=file_hash,
                summary=_summary(result),
            )
        )
    return result


_PROBLEMS_KEPT = 1000  # of a file gone wrong in every row the first ones say it all


def _summary(result: ImportResult) -> str:
    told = [
        {key: value for key, value in found.to_json().items() if key != "what"}
        for found in result.problems[:_PROBLEMS_KEPT]
    ]
    return json.dumps({**result.counts(), "problems": told}, ensure_ascii=False)


Ids = dict[Model, list[int | None]]


def _insert(session: Session, plan: ImportPlan, pause: Callable[[float], None]) -> Ids:
    ids: Ids = {}
    for model in _ORDER:
        rows = plan.inserts.get(model, [])
        pause(0.3 + 0.4 * len(ids) / len(_ORDER))
        places: list[int | None] = [None] * len(rows)
        ids[model] = places
        pending = list(range(len(rows)))
        while pending:
            ready = [place for place in pending if _ready(rows[place], model, places)]
            if not ready:
                # a circle of client groups: the first stands without its head
                rows[pending[0]] = {
                    key: None if isinstance(value, New) and value.model is model else value
                    for key, value in rows[pending[0]].items()
                }
                continue
            new = bulk_insert(session, model, [_resolved(rows[place], ids) for place in ready])
            for place, row_id in zip(ready, new, strict=True):
                places[place] = row_id
            pending = [place for place in pending if places[place] is None]
    return ids


def _ready(row: dict[str, Any], model: Model, places: list[int | None]) -> bool:
    return not any(
        isinstance(value, New) and value.model is model and places[value.position] is None
        for value in row.values()
    )


def _resolved(values: dict[str, Any], ids: Ids) -> dict[str, Any]:
    return {
        key: ids[value.model][value.position] if isinstance(value, New) else value
        for key, value in values.items()
    }


def _remember(session: Session, mapping: Mapping) -> None:
    text = json.dumps(mapping.to_json(), ensure_ascii=False, sort_keys=True)
    shape = session.scalars(
        select(FileShape).where(FileShape.shape == mapping.shape, FileShape.deleted_at.is_(None))
    ).first()
    if shape is None:
        session.add(FileShape(shape=mapping.shape, kind=mapping.kind.value, mapping=text))
    elif shape.mapping != text:
        shape.kind, shape.mapping = mapping.kind.value, text
