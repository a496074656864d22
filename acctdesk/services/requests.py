"""Work asked of other departments: of whom, what, by when, and how long it has been waited for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import islice
from typing import Any, TypedDict, Unpack

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from acctdesk import periods
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.kinds import RequestState
from acctdesk.models import Client, Department, Dispute, Request
from acctdesk.models.base import utc_now
from acctdesk.services import checks
from acctdesk.services.case_rows import DepartmentRow, RequestRow

PATIENCE = 5  # working days, where a request names no day
# offered where a book has no department of the name
USUAL: tuple[Message, ...] = (
    msg("Department", "Back office"),
    msg("Department", "Accounting"),
    msg("Department", "Marketing"),
    msg("Department", "Technical department"),
)


# -- departments -----------------------------------------------------------------------------------


class DepartmentFields(TypedDict, total=False):
    """What can be typed about a department."""

    name: str
    person: str | None
    email: str | None
    phone: str | None


def _department_values(given: DepartmentFields) -> dict[str, Any]:
    checks.declared(given, frozenset(DepartmentFields.__annotations__))
    values: dict[str, Any] = dict(given)
    if "name" in values:
        missing = msg("Cases", "A department needs a name.")
        values["name"] = checks.required(Department, "name", values["name"], missing)
    if "person" in values:
        values["person"] = checks.plain(Department, "person", values["person"])
    if "email" in values:
        values["email"] = checks.email(values["email"])
    if "phone" in values:
        values["phone"] = checks.phone(Department, "phone", values["phone"])
    return values


def save_department(
    session: Session, *, department_id: int | None = None, **fields: Unpack[DepartmentFields]
) -> int:
    """Add a department, or change the one that is named; return its id.

    Raises:
        UserError: the name is missing, or another department has it.
    """
    values = _department_values(fields)
    taken = session.scalars(
        select(Department.id).where(
            Department.deleted_at.is_(None), Department.name == values.get("name")
        )
    ).first()
    if taken is not None and taken != department_id:
        raise UserError(msg("Cases", "There is a department of this name already."))
    if department_id is not None:
        checks.assign(checks.live(session, Department, department_id), values)
        return department_id
    department = Department(**_department_values({"name": "", **fields}))
    session.add(department)
    session.flush()
    return department.id


def trash_department(session: Session, *, department_id: int) -> None:
    """Move a department to the trash.

    Raises:
        UserError: it still owes an answer.
    """
    department = checks.live(session, Department, department_id)
    waiting = session.scalar(
        select(func.count()).where(*_open(), Request.department_id == department_id)
    )
    if waiting:
        raise UserError(
            msg("Cases", "This department still owes an answer. Close its requests first.")
        )
    department.deleted_at = utc_now()


def departments(session: Session) -> list[DepartmentRow]:
    """Return the departments by name."""
    waiting = (
        select(func.count())
        .where(*_open(), Request.department_id == Department.id)
        .correlate(Department)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Department.id,
            Department.name,
            Department.person,
            Department.email,
            Department.phone,
            waiting.label("waiting"),
            Department.version,
        )
        .where(Department.deleted_at.is_(None))
        .order_by(Department.name, Department.id)
    )
    return [DepartmentRow(**row._asdict()) for row in rows]


# -- requests --------------------------------------------------------------------------------------


class RequestFields(TypedDict, total=False):
    """What can be typed about a request."""

    what: str
    details: str | None
    asked_on: dt.date
    due_on: dt.date | None
    client_id: int | None
    dispute_id: int | None


_FIELDS = frozenset(RequestFields.__annotations__)


def _checked(session: Session, given: RequestFields) -> dict[str, Any]:
    checks.declared(given, _FIELDS)
    values: dict[str, Any] = dict(given)
    if "what" in values:
        missing = msg("Cases", "Say what is asked for.")
        values["what"] = checks.required(Request, "what", values["what"], missing)
    if "details" in values:
        values["details"] = checks.plain(Request, "details", values["details"])
    for field in values.keys() & {"asked_on", "due_on"}:
        values[field] = checks.day(values[field])
    if values.get("client_id") is not None:
        checks.live(session, Client, values["client_id"])
    if values.get("dispute_id") is not None:
        checks.live(session, Dispute, values["dispute_id"])
    return values


def _department(session: Session, wanted: int | str) -> int:
    """Return the id of a department; one that is named and not there is made."""
    if isinstance(wanted, int):
        return checks.live(session, Department, wanted).id
    missing = msg("Cases", "Say which department is asked.")
    name = checks.required(Department, "name", wanted, missing)
    found = session.scalars(
        select(Department.id).where(Department.deleted_at.is_(None), Department.name == name)
    ).first()
    return found or save_department(session, name=name)


def _in_order(request: Request) -> None:
    if request.due_on is not None and request.due_on < request.asked_on:
        raise UserError(msg("Cases", "The answer cannot be wanted before it was asked for."))


def ask(
    session: Session,
    *,
    department: int | str,
    **fields: Unpack[RequestFields],
) -> int:
    """Write down that a department was asked, by its id or its name; return the request's id.

    ``what`` and ``asked_on`` are needed.
    """
    given: RequestFields = {"what": "", **fields}
    request = Request(
        department_id=_department(session, department),
        state=RequestState.OPEN.value,
        **_checked(session, given),
    )
    _in_order(request)
    session.add(request)
    session.flush()
    return request.id


def change_request(
    session: Session,
    *,
    request_id: int,
    department: int | str | None = None,
    expected_version: int | None = None,
    **fields: Unpack[RequestFields],
) -> None:
    """Change fields of a request.

    Raises:
        ConflictError: the request changed since ``expected_version``.
    """
    request = checks.live(session, Request, request_id)
    values = _checked(session, fields)
    if department is not None:
        values["department_id"] = _department(session, department)
    checks.expect_version(request, expected_version, values)
    checks.assign(request, values)
    _in_order(request)


def answer_request(session: Session, *, request_id: int, on: dt.date, answer: str) -> None:
    """Keep what was answered, and on which day."""
    request = checks.live(session, Request, request_id)
    missing = msg("Cases", "Say what they answered.")
    request.answer = checks.required(Request, "answer", answer, missing)
    if on < request.asked_on:
        raise UserError(msg("Cases", "The answer cannot have come before it was asked for."))
    request.state, request.answered_on = RequestState.ANSWERED.value, on


def cancel_request(session: Session, *, request_id: int, on: dt.date) -> None:
    """Ask for it no longer."""
    request = checks.live(session, Request, request_id)
    request.state, request.answered_on = RequestState.CANCELLED.value, checks.day(on)


def reopen_request(session: Session, *, request_id: int) -> None:
    """Wait for the answer again."""
    request = checks.live(session, Request, request_id)
    request.state, request.answered_on = RequestState.OPEN.value, None


def trash_request(session: Session, *, request_id: int) -> None:
    """Move a request to the trash."""
    checks.live(session, Request, request_id).deleted_at = utc_now()


def requests(
    session: Session,
    *,
    today: dt.date,
    client_id: int | None = None,
    dispute_id: int | None = None,
    open_only: bool = True,
    limit: int = 1_000,
) -> list[RequestRow]:
    """Return requests, the open ones first by when they were asked, then the latest answered.

    Of all clients, of one, or of a dispute.
    """
    query = _rows()
    if client_id is not None:
        query = query.where(Request.client_id == client_id)
    if dispute_id is not None:
        query = query.where(Request.dispute_id == dispute_id)
    if open_only:
        query = query.where(Request.state == RequestState.OPEN.value)
    is_open = Request.state == RequestState.OPEN.value
    query = query.order_by(is_open.desc(), Request.answered_on.desc(), Request.asked_on, Request.id)
    return [_row(row, today) for row in session.execute(query.limit(limit))]


def late_requests(session: Session, *, today: dt.date, limit: int) -> list[RequestRow]:
    """Return open requests not answered in time, the longest asked first."""
    patient = today - dt.timedelta(days=PATIENCE)  # what was asked later has no day that passed
    query = (
        _rows()
        .where(
            Request.state == RequestState.OPEN.value,
            Request.asked_on < today,
            or_(Request.due_on < today, and_(Request.due_on.is_(None), Request.asked_on < patient)),
        )
        .order_by(Request.asked_on, Request.id)
    )
    rows = (_row(row, today) for row in session.execute(query))
    return list(islice((row for row in rows if row.late), limit))


def get_request(session: Session, *, request_id: int, today: dt.date) -> RequestRow | None:
    """Return one request, None where it is gone."""
    row = session.execute(_rows().where(Request.id == request_id)).first()
    return None if row is None else _row(row, today)


def wanted_by(asked_on: dt.date, due_on: dt.date | None) -> dt.date:
    """Return the day an answer is waited for: the one named, else after ``PATIENCE``."""
    return due_on or periods.add_working_days(asked_on, PATIENCE)


def _open() -> tuple[Any, ...]:
    return (Request.deleted_at.is_(None), Request.state == RequestState.OPEN.value)


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Request.id,
            Request.department_id,
            Department.name.label("department"),
            Department.person,
            Department.email,
            Department.phone,
            Request.client_id,
            Client.name.label("client_name"),
            Request.dispute_id,
            Request.what,
            Request.details,
            Request.asked_on,
            Request.due_on,
            Request.state,
            Request.answered_on,
            Request.answer,
            Request.version,
        )
        .join(Department, Department.id == Request.department_id)
        .outerjoin(Client, Client.id == Request.client_id)
        .where(Request.deleted_at.is_(None))
    )


def _row(row: Any, today: dt.date) -> RequestRow:
    state = RequestState(row.state)
    until = row.answered_on or today
    made = RequestRow(
        **row._asdict(),
        waiting_days=periods.working_days(row.asked_on + dt.timedelta(days=1), until),
        late=state is RequestState.OPEN and today > wanted_by(row.asked_on, row.due_on),
    )
    return replace(made, state=state)
