"""The workbook shows the same figures as the screens, and its parts add up to its totals."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from acctdesk.i18n import msg
from acctdesk.kinds import AgeBucket, Language
from acctdesk.periods import Period, fiscal_year, month_of, quarter_of
from acctdesk.reports import pack
from acctdesk.reports.facts import Facts, change, ratio
from acctdesk.services.allocation import set_instalments, write_off
from acctdesk.services.desk import Desk
from acctdesk.services.figures import figures
from acctdesk.services.profile import set_profile
from acctdesk.services.receivables import open_invoices
from acctdesk.services.reporting import compared, pack_data
from acctdesk.services.targets import set_target
from tests.reports.conftest import Open
from tests.reports.inventing import TODAY, invent
from tests.reports.reading import Sheets, values

END = dt.date(2026, 9, 30)
Q3 = quarter_of(END)


def _sheets(desk: Desk, tmp_path: Any, period: Period, as_of: dt.date) -> Sheets:
    result = pack.write_pack(
        desk, out=tmp_path / "r.xlsx", period=period, as_of=as_of, language="en"
    )
    return values(result.path)


def _minor(value: object) -> int:
    assert isinstance(value, float | int)
    return round(value * 100)


def test_an_invoice_in_instalments_is_aged_by_each(shape: Open, tmp_path: Any) -> None:
    """Half of the second is paid: the first is closed, the others stand in two columns."""
    with shape("demo") as desk:
        unpaid = [one for one in desk.query(open_invoices, as_of=TODAY) if one.issued_on <= END]
        invoice = max(unpaid, key=lambda one: one.open_minor == one.gross_minor)
        gross = invoice.gross_minor
        amounts = [gross // 4, gross // 4, gross - gross // 4 * 2]
        days = [END - dt.timedelta(40), END - dt.timedelta(10), END + dt.timedelta(20)]
        parts = list(zip(days, amounts, strict=True))
        step = msg("Test", "Instalments")
        desk.perform(step, set_instalments, document_id=invoice.id, parts=parts)
        paid = amounts[0] + amounts[1] // 2
        desk.perform(step, write_off, document_id=invoice.id, on=END, reason="x", amount_minor=paid)
        found = desk.query(figures, as_of=END, period=Q3)
        sheets = _sheets(desk, tmp_path, Q3, END)
    ages = sheets["Receivables by age"][4:9]
    assert [_minor(row[3]) for row in ages] == [found.receivables.ageing[age] for age in AgeBucket]
    head = next(row for row in sheets["Open items"] if "Days overdue" in row)
    rows = [row for row in sheets["Open items"] if row[1] == invoice.number]
    told = [(_minor(row[head.index("Open")]), row[head.index("Days overdue")]) for row in rows]
    assert told == [(amounts[1] - amounts[1] // 2, 10), (amounts[2], -20)]
    check = [row for row in sheets["Check"] if row and row[0] == "Number of open invoices"]
    assert check
    assert check[0][1] == found.receivables.open_invoices


@pytest.mark.parametrize("name", ["demo", "july", "aimless", "empty"])
def test_the_sheets_show_the_figures_of_the_services(shape: Open, tmp_path: Any, name: str) -> None:
    with shape(name) as desk:
        data = desk.query(pack_data, period=Q3, as_of=END)
        sheets = _sheets(desk, tmp_path, Q3, END)
        found = desk.query(figures, as_of=END, period=Q3)
    ages = sheets["Receivables by age"][4:9]
    assert [_minor(row[3]) for row in ages] == [found.receivables.ageing[age] for age in AgeBucket]
    sums = {row[0]: row[3] for row in sheets["Receivables by age"][9:14]}
    assert _minor(sums["Open invoices"]) == found.receivables.open_minor
    assert _minor(sums["Balance"]) == found.receivables.balance_minor
    assert _minor(sums["Unapplied receipts and credit"]) == found.receivables.unapplied_minor
    dso = found.receivables.dso_simple_90
    assert sums["Days sales outstanding (DSO)"] == ("" if dso is None else float(dso))
    rows = {row[0]: row for row in sheets["By client"][4:-1]}
    head = sheets["By client"][3]
    for line in found.by_client:
        row = rows.pop(float(line.client_id), None)
        last = head.index("Last 365 days")
        shown = [0, 0, 0] if row is None else [_minor(row[n]) for n in (last, -2, -1)]
        assert shown == [line.last_365_minor, line.balance_minor, line.overdue_minor]
    assert not [row for row in rows.values() if _minor(row[3])]  # clients in the trash had none
    months = {month.month: month.net_minor for month in found.by_month}
    for row in sheets["Sales and target"][4:16]:
        month = row[0].date() if isinstance(row[0], dt.datetime) else row[0]
        if month > END:
            assert row[1] == ""
        else:
            assert _minor(row[1]) == months.get(month, 0)
    assert data.figures == found


def _checked(desk: Desk, period: Period, as_of: dt.date) -> None:
    data = desk.query(pack_data, period=period, as_of=as_of)
    _, result = pack.build(data, language=Language.EN)
    assert [check for check in result.checks if not check.ok] == []
    facts = Facts(data)
    clients = [client.id for client in data.clients]
    assert sum(facts.ageing.values()) == facts.open == data.figures.receivables.open_minor
    assert facts.overdue + facts.ageing[AgeBucket.NOT_DUE] == facts.open
    assert sum(facts.open_total_of(key) for key in clients) == facts.open
    assert sum(facts.overdue_of(key) for key in clients) == facts.overdue
    assert sum(facts.balances.get(key, 0) for key in clients) == facts.balance
    counted = data.counted
    net = facts.net.between(counted.start, counted.end)
    assert sum(facts.period_net_of(key, counted) for key in clients) == net
    assert net == data.figures.period.net_minor
    last = data.figures.by_client
    assert sum(map(facts.last_365_of, clients)) == sum(one.last_365_minor for one in last)
    assert sum(map(facts.previous_365_of, clients)) == sum(one.previous_365_minor for one in last)


def _random_question(chance: random.Random, start: int) -> tuple[Period, dt.date]:
    day = dt.date(2023, 1, 1) + dt.timedelta(days=chance.randrange(1600))
    periods = (
        month_of(day),
        quarter_of(day, start),
        fiscal_year(day.year, start),
    )
    period = chance.choice(periods)
    as_of = chance.choice((period.end, day, TODAY, period.start - dt.timedelta(days=1)))
    return period, as_of


@pytest.mark.parametrize("minor", range(1, 12))
def test_the_target_to_date_is_half_up_in_the_workbook_too(desk: Desk, minor: int) -> None:
    """The year to date shares the running month by working days: half cents come up."""
    january = dt.date(2026, 1, 1)
    desk.perform(msg("Test", "Target"), set_target, month=january, amount_minor=minor)
    month = month_of(january)
    for day in range(1, 32):
        _checked(desk, month, january.replace(day=day))


@pytest.mark.parametrize("seed", range(3))
def test_parts_add_up_to_totals_in_any_book_for_any_period(desk: Desk, seed: int) -> None:
    _any_book(desk, seed, questions=6)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 140))
def test_parts_add_up_to_totals_in_many_books(desk: Desk, seed: int) -> None:
    _any_book(desk, seed, questions=30)


def _any_book(desk: Desk, seed: int, *, questions: int) -> None:
    chance = random.Random(seed)
    start = chance.choice((1, 4, 7, 10))
    desk.perform(msg("Test", "Profile"), set_profile, fiscal_start=start)
    invent(desk, seed, targets=chance.choice(("book", "clients", "none")), documents=40)
    for _ in range(questions):
        period, as_of = _random_question(chance, start)
        _checked(desk, period, as_of)


def test_a_period_that_is_not_over_is_compared_with_as_many_days() -> None:
    counted, before, last_year = compared(Q3, dt.date(2026, 8, 15))
    assert (counted.start, counted.end) == (dt.date(2026, 7, 1), dt.date(2026, 8, 15))
    assert (before.start, before.end) == (dt.date(2026, 4, 1), dt.date(2026, 5, 16))
    assert (last_year.start, last_year.end) == (dt.date(2025, 7, 1), dt.date(2025, 8, 15))
    assert compared(Q3, END)[0] == Q3
    for part in compared(Q3, dt.date(2026, 6, 1)):
        assert part.end < part.start  # nothing of it has begun


def test_an_unknown_share_is_none_and_never_zero() -> None:
    assert ratio(1, None) is None
    assert ratio(1, 0) is None
    assert ratio(0, 5) == 0.0
    assert ratio(1, 8, digits=2) == 0.13
    assert change(5, 0) is None
    assert change(5, -5) is None
    assert change(5, 10) == -0.5
