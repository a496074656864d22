"""What a pay plan pays: by invoice or payment, with shares and credit notes; and what-ifs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from acctdesk import i18n, periods
from acctdesk.errors import ConflictError, UserError
from acctdesk.figures.pay import PayKind
from acctdesk.i18n import msg
from acctdesk.kinds import DocumentType, Language, PayMethod, PayPeriod, ReceiptKind
from acctdesk.models import Allocation, Document, Receipt
from acctdesk.services import sales
from acctdesk.services.case_rows import Share
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.pay import PayOfPeriod, pay_of_period
from acctdesk.services.pay_plans import (
    TierRow,
    add_pay_plan,
    change_pay_plan,
    pay_plans,
    rule_words,
    trash_pay_plan,
)
from acctdesk.services.profile import set_profile
from acctdesk.services.shares import set_shares
from acctdesk.services.what_if import (
    Deal,
    ground,
    outcome,
    save_what_if,
    trash_what_if,
    what_ifs,
)
from tests.services.conftest import Do

TODAY = dt.date(2026, 11, 12)
Q4 = periods.quarter(2026, 4)
STEP = msg("Test", "Step")
TIERS = (TierRow(0, 500), TierRow(10_000, 800))


def add_plan(desk: Desk, **given: Any) -> int:
    wanted: dict[str, Any] = {
        "name": "Προμήθεια 2026",
        "from_on": dt.date(2026, 1, 1),
        "tiers": TIERS,
        "quota_minor": 100_000_00,
        **given,
    }
    return int(desk.perform(STEP, add_pay_plan, **wanted).value)


def reckoned(desk: Desk, day: dt.date = TODAY, **given: Any) -> PayOfPeriod:
    return desk.query(pay_of_period, plan_id=add_plan(desk, **given), as_of=day)


def paid(desk: Desk, day: dt.date = TODAY, **given: Any) -> int:
    found = reckoned(desk, day, **given).pay
    assert found is not None
    assert sum(line.pay_minor for line in found.lines) == found.pay_minor
    return found.pay_minor


@pytest.fixture
def client(do: Do) -> int:
    return int(do(create_client, name="Παπαδόπουλος Α.Ε."))


def sell(session: Session, client_id: int, number: str, day: dt.date, net: int, **more: Any) -> int:
    kind = DocumentType.INVOICE if net > 0 else DocumentType.CREDIT_NOTE
    document = Document(
        type=kind.value, number=number, issued_on=day, client_id=client_id, net_minor=net,
        gross_minor=net * 124 // 100, vat_minor=net * 24 // 100, **more,
    )  # fmt: skip
    session.add(document)
    session.flush()
    return document.id


def receive(
    session: Session, client_id: int, document_id: int, day: dt.date, amount: int, **more: Any
) -> None:
    receipt = Receipt(received_on=day, client_id=client_id, amount_minor=amount, **more)
    session.add(receipt)
    session.flush()
    session.add(Allocation(receipt_id=receipt.id, document_id=document_id, amount_minor=amount))


OCTOBER, NOVEMBER = dt.date(2026, 10, 5), dt.date(2026, 11, 5)


def test_sales_of_the_period_count_and_credit_notes_take_back(desk: Desk, client: int) -> None:
    def book(session: Session) -> None:
        sell(session, client, "1", dt.date(2026, 9, 30), 70_000_00)
        first = sell(session, client, "2", OCTOBER, 120_000_00)
        sell(session, client, "3", NOVEMBER, -20_000_00, related_id=first)
        sell(session, client, "4", dt.date(2026, 11, 13), 50_000_00)

    desk.perform(STEP, book)
    assert paid(desk) == 5_000_00
    assert paid(desk, claw_back=False) == 6_600_00
    assert paid(desk, method=PayMethod.WHOLE, claw_back=False) == 9_600_00
    assert paid(desk, dt.date(2026, 9, 30)) == 3_500_00
    assert paid(desk, period=PayPeriod.MONTH) == -1_000_00


def test_a_plan_counts_from_its_first_day_to_its_last(desk: Desk, client: int) -> None:
    def book(session: Session) -> None:
        sell(session, client, "1", OCTOBER, 10_000_00)
        sell(session, client, "2", NOVEMBER, 20_000_00)

    desk.perform(STEP, book)
    assert paid(desk, from_on=NOVEMBER) == 1_000_00
    assert paid(desk, until_on=OCTOBER) == 500_00


def test_on_payment_a_sale_earns_by_what_is_paid_of_it(desk: Desk, client: int) -> None:
    def book(session: Session) -> None:
        old = sell(session, client, "1", dt.date(2026, 6, 1), 10_000_00)
        new = sell(session, client, "2", OCTOBER, 20_000_00)
        lost = sell(session, client, "3", OCTOBER, 30_000_00)
        receive(session, client, old, dt.date(2026, 9, 1), 6_200_00)
        receive(session, client, old, OCTOBER, 9_999_00)  # more than is owed: 6,200 count
        receive(session, client, new, NOVEMBER, 12_400_00)
        receive(session, client, lost, NOVEMBER, 37_200_00, kind=ReceiptKind.WRITE_OFF.value)

    desk.perform(STEP, book)
    found = reckoned(desk, on_payment=True)
    assert [(one.on, one.net_minor) for one in found.credits] == [
        (OCTOBER, 5_000_00), (NOVEMBER, 10_000_00),
    ]  # fmt: skip
    assert found.pay is not None
    assert found.pay.pay_minor == 750_00


def test_a_credit_note_takes_back_no_more_than_was_earned(desk: Desk, client: int) -> None:
    def book(session: Session) -> None:
        paid_one = sell(session, client, "1", OCTOBER, 10_000_00)
        open_one = sell(session, client, "2", OCTOBER, 10_000_00)
        receive(session, client, paid_one, OCTOBER, 12_400_00)
        sell(session, client, "3", NOVEMBER, -4_000_00, related_id=paid_one)
        sell(session, client, "4", NOVEMBER, -4_000_00, related_id=open_one)
        sell(session, client, "5", NOVEMBER, -1_000_00)

    desk.perform(STEP, book)
    assert paid(desk, on_payment=True) == 250_00  # 10,000 less 4,000 less 1,000
    assert paid(desk, on_payment=True, claw_back=False) == 500_00


def test_of_a_shared_client_counts_the_share_of_the_day(desk: Desk, client: int, do: Do) -> None:
    do(set_profile, officer="Ελένη Μαρκάκη")
    do(
        set_shares, client_id=client, from_on=dt.date(2026, 11, 1),
        shares=[Share("ΕΛΕΝΗ ΜΑΡΚΑΚΗ", 2_500, None), Share("Άλλος", 7_500, None)],
    )  # fmt: skip

    def book(session: Session) -> None:
        sell(session, client, "1", OCTOBER, 10_000_00)
        sell(session, client, "2", NOVEMBER, 10_000_00)

    desk.perform(STEP, book)
    assert paid(desk, shared=True) == 625_00
    assert paid(desk) == 1_000_00


def test_without_a_quota_there_is_no_pay_and_the_book_has_one(demo: Desk, own_demo: Desk) -> None:
    found = reckoned(own_demo, quota_minor=None)
    aims = demo.query(sales.month_targets)
    assert found.quota_minor == sum(amount for month, amount in aims.items() if month in Q4)
    assert found.pay is not None
    net = demo.query(sales.net_between, start=Q4.start, end=TODAY)
    assert found.pay.counted_minor == net
    assert {line.kind for line in found.pay.lines} == {PayKind.SALE}
    for line in found.pay.lines:
        assert line.credit is not None
        assert found.sales[line.credit.key].number


def test_a_book_without_targets_gives_no_quota(desk: Desk) -> None:
    found = reckoned(desk, quota_minor=None)
    assert (found.quota_minor, found.pay) == (None, None)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": ""}, "name"),
        ({"tiers": ()}, "0 %"),
        ({"tiers": (TierRow(5_000, 500),)}, "0 %"),
        ({"tiers": (TierRow(0, 500), TierRow(0, 800))}, "higher"),
        ({"tiers": (TierRow(0, -1),)}, "below zero"),
        ({"cap_minor": 0}, "above zero"),
        ({"until_on": dt.date(2025, 1, 1)}, "end before"),
        ({"method": PayMethod.ACCELERATOR}, "pay at 100"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(desk: Desk, given: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=said):
        add_plan(desk, **given)


def test_a_plan_is_changed_and_taken_away_as_any_record(desk: Desk, do: Do) -> None:
    plan_id = add_plan(desk)
    do(change_pay_plan, plan_id=plan_id, cap_minor=5_000_00, expected_version=1)
    with pytest.raises(ConflictError):
        do(change_pay_plan, plan_id=plan_id, cap_minor=1_00, expected_version=1)
    assert desk.query(pay_plans)[0].cap_minor == 5_000_00
    do(trash_pay_plan, plan_id=plan_id)
    assert desk.query(pay_plans) == []
    desk.undo()
    assert desk.query(pay_plans)[0].id == plan_id


@pytest.mark.parametrize("language", Language)
def test_a_plan_says_its_own_rule(desk: Desk, language: Language) -> None:
    add_plan(
        desk, floor_bp=5_000, floor_multiplier_bp=5_000, cap_minor=9_000_00, shared=True,
        quota_minor=100_000_00,
    )  # fmt: skip
    i18n.set_language(language)
    said = " ".join(str(one) for one in rule_words(desk.query(pay_plans)[0], "EUR"))
    figures = ("100.000", "9.000,00", "0,5×") if language is Language.EL else (
        "100,000", "9,000.00", "0.5×",
    )  # fmt: skip
    for figure in figures:
        assert figure in said


# -- what if


def test_a_ticked_deal_moves_landing_and_pay_and_nothing_else(own_demo: Desk) -> None:
    plan_id = add_plan(own_demo, quota_minor=None)
    on = own_demo.query(ground, as_of=TODAY, kind=PayPeriod.QUARTER, plan_id=plan_id)
    deal = Deal("Ψυγεία", 10_000_00, dt.date(2026, 12, 1))
    plain, more = outcome(on, []), outcome(on, [deal])
    assert plain.landing is not None
    assert more.landing is not None
    assert plain.landing.landing_minor is not None
    assert more.landing.landing_minor == plain.landing.landing_minor + 10_000_00
    assert more.without == plain.without
    assert more.pay is not None
    assert more.pay_without is not None
    assert more.pay.counted_minor == more.pay_without.counted_minor + 10_000_00
    assert more.pay.pay_minor > more.pay_without.pay_minor
    assert more.pay_without.counted_minor == plain.landing.landing_minor
    unticked = Deal("Ψυγεία", 10_000_00, dt.date(2026, 12, 1), ticked=False)
    late = Deal("Ψυγεία", 10_000_00, dt.date(2027, 1, 1))
    past = Deal("Ψυγεία", 10_000_00, TODAY)
    assert outcome(on, [unticked, late, past]) == plain


def test_a_what_if_is_kept_under_its_name_and_no_figure_reads_it(own_demo: Desk) -> None:
    on = own_demo.query(ground, as_of=TODAY, kind=PayPeriod.QUARTER)
    deals = (
        Deal("Ψυγεία", 10_000_00, dt.date(2026, 12, 1), client_id=1),
        Deal("Ράφια", 5_000_00, dt.date(2026, 12, 9), ticked=False),
    )
    kept = own_demo.perform(STEP, save_what_if, name="Αισιόδοξο", deals=deals).value
    row = next(one for one in own_demo.query(what_ifs) if one.id == kept)
    assert (row.id, row.name) == (kept, "Αισιόδοξο")
    assert [(one.name, one.amount_minor, one.on, one.ticked) for one in row.deals] == [
        (one.name, one.amount_minor, one.on, one.ticked) for one in deals
    ]
    assert row.deals[0].client_name
    assert own_demo.query(ground, as_of=TODAY, kind=PayPeriod.QUARTER) == on
    own_demo.perform(STEP, save_what_if, name="Άλλο", deals=deals[:1], what_if_id=kept)
    again = next(one for one in own_demo.query(what_ifs) if one.id == kept)
    assert (again.name, len(again.deals)) == ("Άλλο", 1)
    with pytest.raises(UserError, match="no deal"):
        own_demo.perform(STEP, save_what_if, name="Κενό", deals=())
    own_demo.perform(STEP, trash_what_if, what_if_id=kept)
    assert kept not in [one.id for one in own_demo.query(what_ifs)]


def test_without_target_or_plan_a_deal_moves_nothing(desk: Desk) -> None:
    on = desk.query(ground, as_of=TODAY, kind=PayPeriod.QUARTER)
    found = outcome(on, [Deal("Ψυγεία", 1_00, dt.date(2026, 12, 1))])
    assert (found.deals_minor, found.landing, found.pay) == (0, None, None)
