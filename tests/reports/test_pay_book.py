"""The pay as a workbook: LibreOffice works the plan out and finds the program's pay to the cent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from acctdesk import periods
from acctdesk.errors import UserError
from acctdesk.figures.pay import Credit, pay
from acctdesk.kinds import DocumentType, Language, PayMethod, PayPeriod
from acctdesk.reports.pay_book import write_pay
from acctdesk.services.pay import PaidSale, PayOfPeriod
from acctdesk.services.pay_plans import PayPlanRow, TierRow
from tests.reports.libreoffice import LibreOffice
from tests.reports.reading import apart, values

TODAY = dt.date(2026, 11, 12)
Q4 = periods.quarter(2026, 4)
QUOTA = 100_000_00
LADDER = (TierRow(0, 500), TierRow(8_000, 725), TierRow(10_000, 1_000))


def found(method: PayMethod, amounts: tuple[int, ...], **more: object) -> PayOfPeriod:
    """Return the pay of invented sales; every third is shared, an odd one to thirds of a cent."""
    plan = PayPlanRow(
        **{  # type: ignore[arg-type]
            "id": 1, "name": "=Προμήθεια", "from_on": Q4.start, "until_on": None,
            "period": PayPeriod.QUARTER, "method": method, "tiers": LADDER,
            "quota_minor": QUOTA, "target_pay_minor": 10_000_00, "floor_bp": None,
            "floor_multiplier_bp": None, "cap_minor": None, "on_payment": False,
            "claw_back": True, "shared": False, "version": 1, **more,
        }
    )  # fmt: skip
    credits_ = tuple(
        Credit(n, Q4.start + dt.timedelta(days=n), amount, Decimal("0.3333") ** (n % 3 == 2))
        for n, amount in enumerate(amounts)
    )
    sales = {
        one.key: PaidSale(f"ΤΙΜ-{one.key}", DocumentType.INVOICE, 1, "=1+1") for one in credits_
    }
    reckoned = pay(plan.figures(), credits_, quota_minor=QUOTA)
    return PayOfPeriod(plan, Q4, TODAY, QUOTA, credits_, reckoned, sales)


CASES = {
    "marginal": found(PayMethod.MARGINAL, (70_123_45, 20_000_01, 33_333_33, -15_000_02, 9_99)),
    "whole": found(PayMethod.WHOLE, (70_123_45, 20_000_01, 33_333_33, 20_000_00)),
    "accelerator": found(PayMethod.ACCELERATOR, (70_123_45, 29_876_55, 33_333_33, 7_77)),
    "floor": found(PayMethod.MARGINAL, (10_000_11,), floor_bp=5_000, floor_multiplier_bp=5_000),
    "nothing": found(PayMethod.MARGINAL, (10_000_11,), floor_bp=5_000),
    "cap": found(PayMethod.MARGINAL, (250_000_00,), cap_minor=9_000_00),
    "owed": found(PayMethod.MARGINAL, (1_000_00, -5_000_30)),
    "none": found(PayMethod.MARGINAL, ()),
    "edge": found(PayMethod.WHOLE, (80_000_00,), floor_bp=8_000, floor_multiplier_bp=0),
}


def test_the_formulas_find_the_program_s_pay(tmp_path: Path) -> None:
    office = LibreOffice(tmp_path / "office")
    written = [
        write_pay(case, out=tmp_path / name, currency="EUR", fiscal_start=1, language=language)
        for name, case in CASES.items()
        for language in ([Language.EL, Language.EN] if name == "cap" else [Language.EL])
    ]
    again = office.recomputed(sorted(set(written)), tmp_path / "again")
    for path in again:
        ours, theirs = values(tmp_path / path.name), values(path)
        assert apart(ours, theirs) == []
        front = next(iter(theirs.values()))
        numbers = [row[1] for row in front if isinstance(row[1], int | float)]
        program, difference = numbers[-2:]
        assert difference == 0
        pay_of = CASES[path.stem].pay
        assert pay_of is not None
        assert round(program * 100) == pay_of.pay_minor
        assert front[0][0] == "=Προμήθεια"


def test_a_changed_sale_moves_the_pay(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    office = LibreOffice(tmp_path / "office")
    path = write_pay(
        CASES["cap"], out=tmp_path / "pay.xlsx", currency="EUR", fiscal_start=1, language="en"
    )
    book = load_workbook(path)
    book["Sales that count"]["E2"].value = 80_000
    book.save(tmp_path / "less.xlsx")
    again = office.recomputed([tmp_path / "less.xlsx"], tmp_path / "again")[0]
    front = values(again)["Pay"]
    numbers = [row[1] for row in front if isinstance(row[1], int | float)]
    assert numbers[-3:] == [4_000, 9_000, -5_000]


def test_without_a_quota_nothing_is_written(tmp_path: Path) -> None:
    case = CASES["none"]
    nothing = PayOfPeriod(case.plan, Q4, TODAY, None, (), None, {})
    with pytest.raises(UserError, match="quota"):
        write_pay(nothing, out=tmp_path / "no.xlsx", currency="EUR", fiscal_start=1, language="el")
    assert not list(tmp_path.iterdir())
