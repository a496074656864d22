"""Targets of any measure and scope: what they measure, how they stand, and why one is missed."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk import periods
from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import (
    InteractionKind,
    LandingMethod,
    PayPeriod,
    Phasing,
    Segment,
    TargetMeasure,
)
from acctdesk.models import Client, Document, DocumentLine, Product, Satisfaction
from acctdesk.models.base import utc_now
from acctdesk.services import measures, sales
from acctdesk.services.attainment import (
    AimStanding,
    attainments,
    standings,
    standings_behind,
)
from acctdesk.services.clients import create_client
from acctdesk.services.days import day_start
from acctdesk.services.days_off import add_days_off
from acctdesk.services.desk import Desk
from acctdesk.services.evidence import EvidenceKind, evidence
from acctdesk.services.interactions import log_interaction
from acctdesk.services.measures import Scope
from acctdesk.services.satisfaction import trash_satisfaction
from acctdesk.services.target_plans import (
    TargetPlanRow,
    change_target_plan,
    set_target_plan,
    target_plans,
    target_versions,
    trash_target_plan,
)
from acctdesk.services.targets import quarter_series, set_target, target_series
from acctdesk.services.today import today_page
from acctdesk.services.today_rules import day_of
from acctdesk.services.today_targets import missed_targets
from tests.services.conftest import Counted, Do

TODAY = dt.date(2026, 11, 12)
YEAR = periods.fiscal_year(2026)
Q4 = periods.quarter(2026, 4)
STEP = msg("Test", "Step")
NONE, DAY = dt.timedelta(), dt.timedelta(days=1)


def plan(desk: Desk, **given: Any) -> int:
    wanted: dict[str, Any] = {
        "name": "Ετήσιος στόχος",
        "measure": TargetMeasure.NET_SALES,
        "scope": Scope(),
        "starts_on": YEAR.start,
        "ends_on": YEAR.end,
        "amount": 1_200_000_00,
        "phasing": Phasing.EVEN,
        "today": TODAY,
        **given,
    }
    return int(desk.perform(STEP, set_target_plan, **wanted).value)


def row_of(desk: Desk, plan_id: int) -> TargetPlanRow:
    return next(row for row in desk.query(target_plans, on=TODAY) if row.id == plan_id)


def stand(desk: Desk, plan_id: int, day: dt.date = TODAY) -> AimStanding:
    found = desk.query(attainments, as_of=day)
    return next(one for one in found if one.aim.plan is not None and one.aim.plan.id == plan_id)


@pytest.mark.parametrize("phasing", [Phasing.EVEN, Phasing.WORKING_DAYS, Phasing.LAST_YEAR])
def test_the_months_of_a_year_add_up_to_it(own_demo: Desk, phasing: Phasing) -> None:
    row = row_of(own_demo, plan(own_demo, phasing=phasing, amount=1_000_000_01))
    assert list(row.phases) == periods.months(YEAR.start, YEAR.end)
    assert sum(row.phases.values()) == row.amount == 1_000_000_01


def test_months_by_hand_must_add_up(own_demo: Desk) -> None:
    parts = dict.fromkeys(periods.months(Q4.start, Q4.end), 1000)
    with pytest.raises(UserError, match="add up"):
        plan(own_demo, starts_on=Q4.start, ends_on=Q4.end, amount=31_00,
             phasing=Phasing.BY_HAND, by_hand=parts)  # fmt: skip
    made = plan(own_demo, starts_on=Q4.start, ends_on=Q4.end, amount=30_00,
                phasing=Phasing.BY_HAND, by_hand=parts)  # fmt: skip
    assert row_of(own_demo, made).phases == parts


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": " "}, "name"),
        ({"starts_on": dt.date(2026, 1, 2)}, "whole months"),
        ({"ends_on": dt.date(2027, 1, 31)}, "twelve"),
        ({"amount": 0}, "above zero"),
        ({"measure": TargetMeasure.CSAT, "amount": 600}, "1 to 5"),
        ({"measure": TargetMeasure.NPS, "amount": 10_100}, "100"),
        ({"measure": TargetMeasure.GROWTH, "amount": -10_000}, "Growth"),
        ({"measure": TargetMeasure.VISITS, "amount": 9, "scope": Scope(family="Α")}, "family"),
    ],
)
def test_what_cannot_be_a_target_is_refused(desk: Desk, given: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=said):
        plan(desk, **given)


def test_a_changed_target_keeps_the_old_one_and_why(own_demo: Desk) -> None:
    known = {row.id for row in own_demo.query(target_plans, on=TODAY)}

    def new() -> list[int]:
        return [row.id for row in own_demo.query(target_plans, on=TODAY) if row.id not in known]

    first = plan(own_demo)
    with pytest.raises(UserError, match="why"):
        own_demo.perform(
            STEP, change_target_plan, plan_id=first, amount=1, phasing=Phasing.EVEN, reason="",
            today=TODAY,
        )  # fmt: skip
    second = own_demo.perform(
        STEP, change_target_plan, plan_id=first, amount=900_000_00, phasing=Phasing.LAST_YEAR,
        reason="Η αγορά έπεσε.", today=TODAY,
    ).value  # fmt: skip
    assert new() == [second]
    now, before = own_demo.query(target_versions, plan_id=second)
    assert (now.amount, now.reason) == (900_000_00, "Η αγορά έπεσε.")
    assert (before.id, before.amount, before.reason) == (first, 1_200_000_00, None)
    own_demo.undo()
    assert new() == [first]
    own_demo.redo()
    own_demo.perform(STEP, trash_target_plan, plan_id=second)
    assert new() == []


def test_the_book_stands_as_its_year_of_targets_says(demo: Desk) -> None:
    book = demo.query(standings, as_of=TODAY, kind=PayPeriod.YEAR)[0]
    year = demo.query(target_series, fiscal_year=2026, as_of=TODAY)
    assert book.aim.plan is None
    assert (book.actual, book.due, book.aim.amount) == (
        year.net_to_date_minor, year.target_to_date_minor, year.target_year_minor,
    )  # fmt: skip
    assert book.actual is not None
    assert book.due is not None
    assert book.attainment == (Decimal(book.actual) / book.due).quantize(Decimal("0.0001"))
    assert book.usual is LandingMethod.SEASONAL
    for method in LandingMethod:
        landing = book.landing(method)
        assert landing is not None
        assert landing.landing_minor is not None
        assert landing.landing_minor > book.actual


def test_own_days_off_count_alike_in_year_quarter_and_landing(own_demo: Desk) -> None:
    before = own_demo.query(target_series, fiscal_year=2026, as_of=TODAY)
    first, last = dt.date(2026, 11, 2), dt.date(2026, 11, 6)
    own_demo.perform(STEP, add_days_off, starts_on=first, ends_on=last, name="Άδεια")
    year = own_demo.query(target_series, fiscal_year=2026, as_of=TODAY)
    quarter = own_demo.query(quarter_series, as_of=TODAY)
    assert year.target_to_date_minor is not None
    assert before.target_to_date_minor is not None
    assert year.target_to_date_minor < before.target_to_date_minor
    for kind, series in ((PayPeriod.YEAR, year), (PayPeriod.QUARTER, quarter)):
        book = own_demo.query(standings, as_of=TODAY, kind=kind)[0]
        assert (book.due, book.need_per_day) == (series.target_to_date_minor, series.need_per_day)
    tiles = own_demo.query(today_page, today=TODAY).tiles
    assert tiles.quarter_due_minor == quarter.target_to_date_minor


def test_need_per_day_times_the_days_left_reaches_the_target(demo: Desk) -> None:
    for kind in PayPeriod:
        book = demo.query(standings, as_of=TODAY, kind=kind)[0]
        assert book.need_per_day is not None
        assert book.actual is not None
        assert book.aim.amount is not None
        missing = book.aim.amount - book.actual
        if book.reached:
            assert book.need_per_day == 0
        else:
            assert 0 <= book.need_per_day * book.days_left - missing < book.days_left


def test_scopes_add_up_to_the_book(demo: Desk) -> None:
    def total(scope: Scope) -> int:
        days = demo.query(
            measures.daily,
            measure=TargetMeasure.NET_SALES,
            scope=scope,
            start=YEAR.start,
            end=TODAY,
        )
        return sum(days.values())

    book = demo.query(sales.net_between, start=YEAR.start, end=TODAY)
    assert total(Scope()) == book

    def names(session: Session) -> tuple[list[str], list[int]]:
        families = session.scalars(select(Product.family).distinct())
        return [one for one in families if one], list(session.scalars(select(Client.id)))

    families, clients = demo.query(names)
    assert sum(total(Scope(client_id=one)) for one in clients) == book
    assert sum(total(Scope(segment=one.value)) for one in Segment) == book
    by_family = demo.query(measures.by_family, scope=Scope(), start=YEAR.start, end=TODAY)
    assert by_family.keys() == set(families)
    for family in families:
        assert abs(total(Scope(family=family)) - by_family[family]) <= 200  # rounded by the day

    def lines(session: Session) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        query = (
            select(Product.family, DocumentLine.amount)
            .join(DocumentLine, DocumentLine.product_id == Product.id)
            .join(Document, Document.id == DocumentLine.document_id)
            .where(Document.issued_on.between(YEAR.start, TODAY))
        )
        for family, amount in session.execute(query):
            assert family is not None
            found[family] = found.get(family, Decimal(0)) + amount
        return found

    for family, amount in demo.query(lines).items():
        assert by_family[family] == int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP))


def test_of_a_family_no_line_counts_whose_document_does_not(own_demo: Desk) -> None:
    def of_family(session: Session, start: dt.date, end: dt.date) -> dict[dt.date, int]:
        return measures.daily(
            session, measure=TargetMeasure.NET_SALES, scope=Scope(family="Τρόφιμα"), start=start,
            end=end,
        )  # fmt: skip

    before = own_demo.query(of_family, YEAR.start, TODAY)
    gone, lost, *_ = sorted(before)

    def take_away(session: Session) -> None:
        for document in session.scalars(select(Document).where(Document.issued_on == gone)):
            document.deleted_at = utc_now()
        for document in session.scalars(select(Document).where(Document.issued_on == lost)):
            document.client_id, document.client_ref_code = None, "?"

    own_demo.perform(STEP, take_away)
    left = {day: amount for day, amount in before.items() if day not in (gone, lost)}
    assert own_demo.query(of_family, YEAR.start, TODAY) == left
    assert own_demo.query(of_family, gone, lost) == {}


def test_asked_together_measures_are_what_they_are_alone(demo: Desk, counted: Counted) -> None:
    of_money = [Scope(), *(Scope(segment=one.value) for one in Segment), Scope(segment="none")]
    others = [Scope(family="Τρόφιμα"), Scope(client_id=1), Scope(client_id=1, segment="A")]
    asked = [(TargetMeasure.NET_SALES, scope) for scope in (*of_money, *others)]
    asked += [(TargetMeasure.GROWTH, Scope()), (TargetMeasure.VISITS, Scope(segment="A"))]
    for start, end in ((dt.date(2023, 1, 1), TODAY), (Q4.start, TODAY)):
        with counted(demo) as ran:
            together = demo.query(measures.dailies, asked, start=start, end=end)
        assert len(ran) == 1 + len(others) + 1
        assert together == {
            (measure, scope): demo.query(
                measures.daily, measure=measure, scope=scope, start=start, end=end
            )
            for measure, scope in asked
        }
        assert together[TargetMeasure.NET_SALES, Scope(segment="none")] == {}


def test_counts_are_of_invoices_first_ones_and_visits(demo: Desk) -> None:
    def total(measure: TargetMeasure) -> int:
        days = demo.query(
            measures.daily, measure=measure, scope=Scope(), start=YEAR.start, end=TODAY
        )
        return sum(days.values())

    def counted(session: Session) -> tuple[int, int]:
        query = select(Document.client_id, Document.issued_on).where(Document.type == "invoice")
        of_year = session.execute(query).all()
        firsts: dict[int, dt.date] = {}
        for client_id, day in of_year:
            assert client_id is not None
            firsts[client_id] = min(day, firsts.get(client_id, day))
        inside = [day for _client, day in of_year if YEAR.start <= day <= TODAY]
        return len(inside), sum(YEAR.start <= day <= TODAY for day in firsts.values())

    invoices, new = demo.query(counted)
    assert total(TargetMeasure.INVOICES) == invoices
    assert total(TargetMeasure.NEW_CLIENTS) == new
    assert total(TargetMeasure.VISITS) > 0


SUMS = [one for one in TargetMeasure if one not in measures.SCORES]


@pytest.mark.parametrize("measure", SUMS)
def test_of_whatever_scope_a_quarter_is_that_part_of_the_years(
    demo: Desk, measure: TargetMeasure
) -> None:
    def scopes(session: Session) -> list[Scope]:
        query = select(Document.client_id, Product.family).join(
            DocumentLine, DocumentLine.document_id == Document.id
        )
        query = query.join(Product, Product.id == DocumentLine.product_id)
        client_id, family = session.execute(query.where(Document.issued_on >= Q4.start)).all()[0]
        clients, segments = (None, client_id), (None, Segment.A.value)
        families = (None,) if measure is TargetMeasure.VISITS else (None, family)
        return [Scope(*one) for one in itertools.product(clients, families, segments)]

    for scope in demo.query(scopes):
        years, quarter = (
            demo.query(measures.daily, measure=measure, scope=scope, start=start, end=TODAY)
            for start in (dt.date(2024, 1, 1), Q4.start)
        )
        assert quarter == {day: count for day, count in years.items() if day >= Q4.start}


def test_the_years_of_a_client_and_a_family_look_through_no_table(
    demo: Desk, counted: Counted
) -> None:
    scope = Scope(client_id=1, family="Τρόφιμα")
    for measure in (TargetMeasure.NET_SALES, TargetMeasure.INVOICES):
        with counted(demo) as ran:
            demo.query(
                measures.daily, measure=measure, scope=scope, start=dt.date(2024, 1, 1), end=TODAY
            )
        with demo.book.reader() as session:
            steps = session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {ran[-1]}", ("?",) * ran[-1].count("?")
            )
            assert not [step for *_, step in steps if step.startswith("SCAN document")]


@pytest.mark.parametrize("zone", ["Europe/Athens", "Asia/Kathmandu"])
def test_a_visit_counts_on_the_day_of_the_officers_clock(
    desk: Desk, do: Do, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        client_id = do(create_client, name="Μύλοι")
        days = (dt.date(2026, 3, 29), dt.date(2026, 7, 2), TODAY)
        for day in days:  # its first second, and the last one of the day before
            for at in (day_start(day), day_start(day) - dt.timedelta(seconds=1)):
                do(
                    log_interaction, client_id=client_id, kind=InteractionKind.VISIT,
                    happened_at=at, subject="Επίσκεψη",
                )  # fmt: skip
        found = desk.query(
            measures.daily, measure=TargetMeasure.VISITS, scope=Scope(),
            start=YEAR.start, end=YEAR.end,
        )  # fmt: skip
        assert found == {day - before: 1 for day in days for before in (NONE, DAY)}
    finally:
        monkeypatch.undo()
        time.tzset()


def test_growth_is_followed_as_the_money_it_means(own_demo: Desk) -> None:
    before = own_demo.query(
        sales.net_between, start=dt.date(2025, 10, 1), end=dt.date(2025, 12, 31)
    )
    grown = plan(
        own_demo, measure=TargetMeasure.GROWTH, amount=1_000, starts_on=Q4.start, ends_on=Q4.end
    )
    found = stand(own_demo, grown)
    assert found.aim.amount is not None
    assert abs(found.aim.amount - before * Decimal("1.1")) <= 2
    assert found.actual == own_demo.query(sales.net_between, start=Q4.start, end=TODAY)


def test_growth_over_nothing_is_not_known(do: Do, desk: Desk) -> None:
    grown = plan(desk, measure=TargetMeasure.GROWTH, amount=1_000)
    found = stand(desk, grown)
    assert (found.aim.amount, found.due, found.attainment, found.need_per_day) == (None,) * 4
    assert not found.missed()


def test_a_score_is_the_mean_of_the_answers_that_there_are(own_demo: Desk) -> None:
    score = plan(own_demo, measure=TargetMeasure.CSAT, amount=450)
    net = plan(own_demo, measure=TargetMeasure.NPS, amount=3_000)

    def forget(session: Session) -> None:
        for one in session.scalars(select(Satisfaction)):
            trash_satisfaction(session, satisfaction_id=one.id)

    own_demo.perform(STEP, forget)
    empty = stand(own_demo, score)
    assert (empty.actual, empty.answers, empty.attainment, empty.landing()) == (None, 0, None, None)

    def answer(session: Session) -> None:
        client_id = session.scalars(select(Client.id)).first()
        assert client_id is not None
        for measure, points in (("csat", (5, 4, 4)), ("nps", (10, 9, 9, 8, 3))):
            for point in points:
                session.add(
                    Satisfaction(
                        client_id=client_id, answered_on=TODAY, measure=measure, score=point
                    )
                )

    own_demo.perform(STEP, answer)
    assert (stand(own_demo, score).actual, stand(own_demo, score).answers) == (433, 3)
    assert stand(own_demo, net).actual == 4_000  # three of five, less one


def test_a_target_missed_at_the_upper_end_names_its_three_largest_causes(own_demo: Desk) -> None:
    high = plan(own_demo, amount=50_000_000_00)
    easy = plan(own_demo, name="Εύκολος", amount=1_00)
    missed = stand(own_demo, high)
    assert missed.missed()
    landing = missed.landing()
    assert landing is not None
    assert landing.high_minor is not None
    assert landing.high_minor < 50_000_000_00
    assert 0 < len(missed.causes) <= 3
    shorts = [cause.short_minor for cause in missed.causes]
    assert shorts == sorted(shorts, reverse=True)
    assert all(short > 0 for short in shorts)
    assert all(cause.name for cause in missed.causes)
    reached = stand(own_demo, easy)
    assert reached.reached
    assert (reached.need_per_day, reached.causes) == (0, ())


def test_a_cause_is_held_against_its_own_plan_or_the_year_before(own_demo: Desk) -> None:
    high = plan(own_demo, amount=50_000_000_00)
    for cause in stand(own_demo, high).causes:
        now = own_demo.query(
            sales.net_between, start=YEAR.start, end=TODAY, client_id=cause.client_id
        )
        assert cause.actual_minor == now
        if cause.against_plan:
            own = own_demo.query(
                target_series, client_id=cause.client_id, fiscal_year=2026, as_of=TODAY
            )
            assert cause.due_minor == own.target_to_date_minor
        else:
            start, end = dt.date(2025, 1, 1), dt.date(2025, 11, 12)
            assert cause.due_minor == own_demo.query(
                sales.net_between, start=start, end=end, client_id=cause.client_id
            )


def test_today_tells_of_a_target_that_will_be_missed(own_demo: Desk) -> None:
    def lines(session: Session) -> list[Any]:
        return list(missed_targets(day_of(session, today=TODAY, currency="EUR")))

    before = own_demo.query(lines)
    high = plan(own_demo, amount=50_000_000_00, name="Αδύνατος")
    plan(own_demo, amount=1_00)
    new = [line for line in own_demo.query(lines) if line not in before]
    assert [(line.kind, line.id) for line in new] == [("target", high)]
    assert "Αδύνατος" in str(new[0].what)


@pytest.mark.parametrize("scope", [Scope(), Scope(segment=Segment.A.value)])
def test_who_is_behind_is_as_far_as_among_all_targets(own_demo: Desk, scope: Scope) -> None:
    for number, period in enumerate((Q4, YEAR)):
        plan(
            own_demo, name=str(number), measure=TargetMeasure.GROWTH, amount=100_000, scope=scope,
            starts_on=period.start, ends_on=period.end,
        )  # fmt: skip
    plan(own_demo, scope=scope)
    every = own_demo.query(standings, as_of=TODAY, kind=PayPeriod.QUARTER)
    behind = own_demo.query(standings_behind, as_of=TODAY, kind=PayPeriod.QUARTER)
    assert behind == [
        one
        for one in every
        if not one.aim.is_score
        if one.actual is not None and one.due is not None and one.actual < one.due
    ]
    assert {"0", "1"} <= {one.aim.plan.name for one in behind if one.aim.plan is not None}


def test_all_targets_cost_few_statements(own_demo: Desk, counted: Counted) -> None:
    plan(own_demo)
    with counted(own_demo) as before:
        own_demo.query(attainments, as_of=TODAY)
    for amount in range(1, 6):
        plan(own_demo, amount=amount * 100_00)
    with counted(own_demo) as ran:
        own_demo.query(attainments, as_of=TODAY)
    assert len(ran) == len(before)  # of one scope the sales are read once


def test_a_past_quarter_has_landed(demo: Desk) -> None:
    end = dt.date(2026, 9, 30)
    book = demo.query(standings, as_of=end, kind=PayPeriod.QUARTER)[0]
    landing = book.landing(LandingMethod.RUN_RATE)
    assert landing is not None
    assert (landing.landing_minor, landing.error_minor, book.days_left) == (book.actual, 0, 0)


def test_a_book_without_targets_has_nothing_to_show(desk: Desk) -> None:
    assert desk.query(attainments, as_of=TODAY) == []
    desk.perform(STEP, set_target, month=dt.date(2026, 11, 1), amount_minor=100_00)
    book = desk.query(attainments, as_of=TODAY)[0]
    assert (book.actual, book.aim.amount) == (0, 100_00)
    landing = book.landing()
    assert landing is not None
    assert landing.landing_minor is None
    assert not book.missed()


def test_evidence_is_of_the_scope_and_the_period_alone(demo: Desk) -> None:
    whole = demo.query(evidence, scope=Scope(), period=Q4, as_of=TODAY)
    kinds = [part.kind for part in whole]
    assert EvidenceKind.INTERACTION in kinds
    for part in whole:
        assert part.count >= len(part.lines) > 0
        assert [line.on for line in part.lines] == sorted(line.on for line in part.lines)
        for line in part.lines:
            assert line.on <= TODAY
            assert line.until is None or line.until >= Q4.start
    talks = next(part for part in whole if part.kind is EvidenceKind.INTERACTION)
    client_id = talks.lines[0].client_id
    of_client = demo.query(evidence, scope=Scope(client_id=client_id), period=Q4, as_of=TODAY)
    assert {line.client_id for part in of_client for line in part.lines} - {None} == {client_id}
    assert sum(part.count for part in of_client) < sum(part.count for part in whole)
