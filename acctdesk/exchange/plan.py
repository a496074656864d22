"""What an import is going to do: rows to create, fields to change, counts and problems.

A plan is made by reading alone, so that the preview and the import are one computation: the
import is the same plan, carried out by ``apply.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.exchange.parsed import ParsedFile, Rec
from acctdesk.exchange.problems import Problem
from acctdesk.i18n import Message, msg
from acctdesk.kinds import ProblemCode, ProblemOutcome, RecordKind
from acctdesk.models.base import Record

if TYPE_CHECKING:
    from acctdesk.exchange.same_bank import SamePayment

Model = type[Record]


@dataclass(frozen=True, slots=True)
class New:
    """A row that the plan creates: stands for its id until it has one."""

    model: Model
    position: int


Reference = int | New


@dataclass(slots=True)
class ImportPlan:
    """Counts, problems and actions of one file.

    ``rows_read`` = ``created`` + ``updated`` + ``skipped`` + ``refused``, in records of the file:
    a line of a document with lines, a cell of a target table. ``documents`` counts whole sales
    documents in the file, ``clients_made`` the clients created on the way, ``waiting`` the records
    stored before the client or document that they name. ``same_payments`` are the receipts of the
    file that may be payments which the bank told of before.
    """

    kind: RecordKind
    rows_read: int = 0
    created: int = 0
    updated: int = 0
    skipped: int = 0
    refused: int = 0
    documents: int = 0
    clients_made: int = 0
    waiting: int = 0
    problems: list[Problem] = field(default_factory=list)
    same_payments: list[SamePayment] = field(default_factory=list)
    inserts: dict[Model, list[dict[str, Any]]] = field(default_factory=dict)
    updates: dict[Model, dict[int, dict[str, Any]]] = field(default_factory=dict)
    _told: set[tuple[str | None, str, str]] = field(default_factory=set)

    def insert(self, model: Model, values: dict[str, Any]) -> New:
        """Plan a new row; a value may be the :class:`New` of another."""
        rows = self.inserts.setdefault(model, [])
        rows.append(values)
        return New(model, len(rows) - 1)

    def change(self, reference: Reference, model: Model, values: Mapping[str, Any]) -> None:
        """Plan new values for a row of the book, or for one that this plan creates."""
        if isinstance(reference, New):
            self.inserts[model][reference.position].update(values)
        elif values:
            self.updates.setdefault(model, {}).setdefault(reference, {}).update(values)

    def tell(self, problem: Problem) -> None:
        """State a problem of the book side."""
        self.problems.append(problem)

    def tell_once(self, problem: Problem) -> None:
        """State a problem unless the same is already told of the same record and field."""
        key = (problem.record, problem.code.value, problem.field)
        if key not in self._told:
            self._told.add(key)
            self.problems.append(problem)

    @property
    def empty(self) -> bool:
        """Tell whether the book stays as it is."""
        return not any(self.inserts.values()) and not any(self.updates.values())


def problem(
    rec: Rec,
    key: str,
    code: ProblemCode,
    done: ProblemOutcome,
    what: Message,
    *,
    value: Any = None,
    record: str | None = None,
) -> Problem:
    """Return a problem of ``rec``; ``value`` defaults to what the record holds in field ``key``."""
    shown = rec.values.get(key) if value is None else value
    return Problem(
        record=record or rec.record,
        sheet=rec.sheet,
        row=rec.row,
        field=key,
        value="" if shown is None else str(shown),
        code=code,
        done=done,
        what=what,
    )


def plan_import(session: Session, parsed: ParsedFile) -> ImportPlan:
    """Return what importing ``parsed`` into the book would do; nothing is written.

    Raises:
        UserError: the book keeps no records of that kind.
    """
    from acctdesk.exchange import (
        plan_activity,
        plan_clients,
        plan_people,
        plan_receipts,
        plan_sales,
        plan_targets,
    )

    planners: dict[RecordKind, Callable[[Session, ParsedFile, ImportPlan], None]] = {
        RecordKind.CLIENTS: plan_clients.plan_clients,
        RecordKind.CONTACTS: plan_people.plan_contacts,
        RecordKind.PRODUCTS: plan_people.plan_products,
        RecordKind.SALES: plan_sales.plan_sales,
        RecordKind.RECEIPTS: plan_receipts.plan_receipts,
        RecordKind.TARGETS: plan_targets.plan_targets,
        RecordKind.INTERACTIONS: plan_activity.plan_interactions,
        RecordKind.TASKS: plan_activity.plan_tasks,
    }
    planner = planners.get(parsed.kind)
    if planner is None:
        raise UserError(
            msg("Import", "A book does not keep sales opportunities yet; nothing was imported.")
        )
    plan = ImportPlan(parsed.kind, rows_read=parsed.rows_read, refused=parsed.refused)
    for found in parsed.problems:
        if found.code in _ONCE:
            plan.tell_once(found)
        else:
            plan.tell(found)
    planner(session, parsed, plan)
    plan.problems.sort(key=_place(parsed))
    counted = plan.created + plan.updated + plan.skipped + plan.refused
    assert counted == plan.rows_read, f"{counted} of {plan.rows_read} records are accounted for"
    return plan


# the rows of one client repeat these; the client is told once
_ONCE = frozenset(
    {
        ProblemCode.VAT_ID_LOST_LEADING_ZERO,
        ProblemCode.VAT_ID_INVALID,
    }
)


def _place(parsed: ParsedFile) -> Callable[[Problem], tuple[int, int]]:
    sheets: dict[str, int] = {}
    for rec in parsed.records:
        sheets.setdefault(rec.sheet, len(sheets))
    return lambda found: (sheets.get(found.sheet, len(sheets)), found.row)
