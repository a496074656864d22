"""The visit plan: who is due where, in which order and why; visits as tasks in one step."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from acctdesk.errors import UserError
from acctdesk.figures.visits import visit_times
from acctdesk.kinds import DocumentType, InteractionKind, PromiseBy
from acctdesk.models import Document
from acctdesk.services.clients import create_client
from acctdesk.services.contacts import create_contact
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import add_promise, log_interaction
from acctdesk.services.tasks import open_tasks
from acctdesk.services.visit_plan import VisitInput, VisitPlan, areas, plan_visits, visit_plan
from tests.services.conftest import TODAY, Counted, Do

DAY = dt.timedelta(days=1)
THURSDAY = dt.date(2026, 11, 19)  # a week from today


def plan(desk: Desk, area: str = "Πάτρα") -> VisitPlan:
    return desk.query(visit_plan, day=THURSDAY, area=area, today=TODAY)


def names(desk: Desk, area: str = "Πάτρα") -> list[str]:
    return [line.name for line in plan(desk, area).lines]


def sold(session: Any, *, client_id: int, number: str, due: dt.date, euros: int) -> None:
    session.add(
        Document(
            type=DocumentType.INVOICE.value, number=number, client_id=client_id,
            issued_on=TODAY - 90 * DAY, due_on=due,
            net_minor=euros * 100, vat_minor=0, gross_minor=euros * 100,
        )
    )  # fmt: skip


@pytest.fixture
def ids(do: Do) -> dict[str, int]:
    """Fill a book: seven clients in and about Patra, one of them far away."""
    made: dict[str, int] = {}
    for name, city, code, days in (
        ("Ξεχασμένος", "Πάτρα", "262 21", 95),
        ("Οφειλέτης", "Πάτρα", "26222", 95),
        ("Καλός", "Πάτρα", "26223", 54),  # due by Thursday, not yet today
        ("Χθεσινός", "Πάτρα", "26224", 1),
        ("Υπόσχεση", "Πάτρα", "26225", 1),
        ("Κοντινός", "Ρίο", "26299", 95),
        ("Μακρινός", "Βόλος", "38221", 95),
    ):
        made[name] = do(create_client, name=name, city=city, postal_code=code, segment="C")
        do(
            log_interaction,
            client_id=made[name],
            kind=InteractionKind.CALL,
            happened_at=dt.datetime.combine(TODAY - days * DAY, dt.time(12), dt.UTC),
        )
    do(create_client, name="Ανενεργός", city="Πάτρα", active=False)
    do(sold, client_id=made["Οφειλέτης"], number="1", due=TODAY - DAY, euros=500)
    do(sold, client_id=made["Ξεχασμένος"], number="2", due=TODAY + 40 * DAY, euros=900)
    do(
        add_promise,
        client_id=made["Υπόσχεση"],
        given_by=PromiseBy.US,
        what="δείγματα",
        due_on=THURSDAY,
    )
    do(create_contact, client_id=made["Οφειλέτης"], name="Α. Πρώτος", phone="2610111111")
    do(create_contact, client_id=made["Οφειλέτης"], name="Β. Αποφασίζει", decides=True)
    return made


def test_who_is_due_comes_in_the_order_of_what_is_at_stake(desk: Desk, ids: dict[str, int]) -> None:
    found = plan(desk)
    assert (found.area, found.clients) == ("Πάτρα", 5)
    assert [(line.name, line.near) for line in found.lines] == [
        ("Οφειλέτης", False),
        ("Ξεχασμένος", False),
        ("Καλός", False),
        ("Υπόσχεση", False),
        ("Κοντινός", True),
    ]
    first, second, third, fourth, _ = found.lines
    assert [str(one) for one in first.why] == [
        "102 days without contact by then, due since 08/10/2026, at most 90",
        "€500 overdue",
        "€500 of sales in 12 months",
    ]
    assert first.person == "Β. Αποφασίζει"
    assert "€900 of sales" in str(second.why[-1])
    assert str(third.why[0]).startswith("61 days")
    assert [str(one) for one in fourth.why] == ["we promised: δείγματα"]


@pytest.mark.parametrize("area", ["πατρα", "ΠΑΤ", "Patra", "262", "26 2"])
def test_an_area_is_a_city_or_the_beginning_of_a_postcode(
    desk: Desk, ids: dict[str, int], area: str
) -> None:
    assert names(desk, area)[:4] == ["Οφειλέτης", "Ξεχασμένος", "Καλός", "Υπόσχεση"] or (
        area[0].isdigit() and set(names(desk, area)) == set(ids) - {"Χθεσινός", "Μακρινός"}
    )


def test_cities_are_counted_and_an_unknown_one_is_refused(desk: Desk, ids: dict[str, int]) -> None:
    assert [(one.city, one.clients) for one in desk.query(areas)] == [
        ("Πάτρα", 5),
        ("Βόλος", 1),
        ("Ρίο", 1),
    ]
    for nowhere in ("Σπάρτη", "999", ""):
        with pytest.raises(UserError, match="No active client"):
            plan(desk, nowhere)


def test_planned_visits_are_tasks_of_one_step_and_show_in_the_plan(
    desk: Desk, do: Do, ids: dict[str, int]
) -> None:
    visits = [
        VisitInput(ids["Οφειλέτης"], dt.time(9, 30), 45),
        VisitInput(ids["Χθεσινός"], dt.time(10, 30), 30),
    ]
    do(plan_visits, day=THURSDAY, title="Επίσκεψη", visits=visits)
    tasks = desk.query(open_tasks)
    assert {(one.client_id, one.due_on, one.due_time, one.minutes) for one in tasks} == {
        (ids["Οφειλέτης"], THURSDAY, dt.time(9, 30), 45),
        (ids["Χθεσινός"], THURSDAY, dt.time(10, 30), 30),
    }
    assert {(one.kind, one.place) for one in tasks} == {(InteractionKind.VISIT, "Πάτρα")}
    times = {line.name: line.planned.time for line in plan(desk).lines if line.planned}
    assert times == {"Οφειλέτης": dt.time(9, 30), "Χθεσινός": dt.time(10, 30)}
    with pytest.raises(UserError, match="Οφειλέτης is in that day already"):
        do(plan_visits, day=THURSDAY, title="Επίσκεψη", visits=visits[:1])
    with pytest.raises(UserError, match="at least one"):
        do(plan_visits, day=THURSDAY, title="Επίσκεψη", visits=[])
    desk.undo()
    assert desk.query(open_tasks) == []


def test_a_plan_costs_few_statements(demo: Desk, counted: Counted) -> None:
    city = demo.query(areas)[0].city
    with counted(demo) as ran:
        plan(demo, city)
    assert len(ran) <= 10


def test_visits_follow_each_other_until_the_day_is_over() -> None:
    times = visit_times(dt.time(22), minutes=[45, 30, 20, 45], between=15)
    assert times == [dt.time(22), dt.time(23), None, None]
    times = visit_times(dt.time(9, 30), minutes=[45, 45], between=15)
    assert times == [dt.time(9, 30), dt.time(10, 30)]
