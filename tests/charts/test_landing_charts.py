"""The charts of a landing and of pay: labels apart and inside, words and table with their figures."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from acctdesk import formats, periods
from acctdesk.charts import landing, pay_tiers
from acctdesk.charts.style import DARK, LIGHT, ChartTokens
from acctdesk.figures.landing import Landing
from acctdesk.figures.pay import Credit, pay
from acctdesk.kinds import LandingMethod, Language, PayMethod, PayPeriod, TargetMeasure
from acctdesk.services.attainment import Aim, AimStanding
from acctdesk.services.measures import Scope
from acctdesk.services.pay import PayOfPeriod
from acctdesk.services.pay_plans import PayPlanRow, TierRow

TODAY = dt.date(2026, 11, 12)
Q4 = periods.quarter(2026, 4)
SIZES = ((420, 190), (760, 320), (300, 150))
SEASONAL = LandingMethod.SEASONAL


def standing(
    sold: Sequence[int],
    plan: Sequence[int],
    found: Landing,
    measure: TargetMeasure = TargetMeasure.NET_SALES,
) -> AimStanding:
    months = periods.months(Q4.start, Q4.end)
    aim = Aim(None, measure, Scope(), Q4, sum(plan), dict(zip(months, plan, strict=True)))
    return AimStanding(
        aim=aim, as_of=TODAY, actual=sum(sold), due=plan[0] + plan[1] // 2, days_left=34,
        need_per_day=1, landings={SEASONAL: found}, usual=SEASONAL,
        by_month=dict(zip(months, sold, strict=False)),
    )  # fmt: skip


CASES = {
    "ahead": standing([90_000_00, 50_000_00], [80_000_00] * 3, Landing(SEASONAL, 26_000_000, 9_000_00, 4)),
    "on it": standing([80_000_00, 30_000_00], [80_000_00] * 3, Landing(SEASONAL, 24_000_000, 1_00, 4)),
    "behind": standing([10_000_00, 5_000_00], [80_000_00] * 3, Landing(SEASONAL, 4_000_000, 90_000_00, 4)),
    "no range": standing([10_000_00, 0], [80_000_00] * 3, Landing(SEASONAL, 4_000_000)),
    "no landing": standing([0, 0], [80_000_00] * 3, Landing(SEASONAL, None)),
    "count": standing([9, 4], [10, 10, 10], Landing(SEASONAL, 28, 3, 4), TargetMeasure.VISITS),
}  # fmt: skip


def labels_of(figure: Figure) -> list[Text]:
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    return [text for text in figure.texts if text.get_text().strip()]


def misplaced(figure: Figure) -> list[str]:
    """Return labels that leave the figure or lie on another one."""
    texts = labels_of(figure)
    whole, found = figure.bbox, []
    boxes = [text.get_window_extent() for text in texts]
    for text, box in zip(texts, boxes, strict=True):
        if box.x0 < whole.x0 - 1 or box.x1 > whole.x1 + 1 or box.y0 < whole.y0 - 1:
            found.append(f"{text.get_text()} leaves the figure")
    for (one, a), (two, b) in itertools.combinations(zip(texts, boxes, strict=True), 2):
        if a.x0 < b.x1 - 1 and b.x0 < a.x1 - 1 and a.y0 < b.y1 - 2 and b.y0 < a.y1 - 2:
            found.append(f"{one.get_text()} lies on {two.get_text()}")
    return found


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("tokens", "language"), [(LIGHT, "el"), (DARK, "en")])
def test_no_label_of_a_landing_lies_on_another(
    case: str, size: tuple[int, int], tokens: ChartTokens, language: str
) -> None:
    figure = landing.landing_chart(
        CASES[case], method=SEASONAL, tokens=tokens, width=size[0], height=size[1],
        language=language,
    )  # fmt: skip
    assert misplaced(figure) == []


def test_a_landing_shows_its_range_and_the_target() -> None:
    figure = landing.landing_chart(
        CASES["ahead"], method=SEASONAL, tokens=LIGHT, width=760, height=320, language="en"
    )
    said = {text.get_text() for text in labels_of(figure)}
    assert {"lands 260", "251–269", "target 240"} <= said


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("case", CASES)
def test_the_sentence_and_the_table_have_the_same_figures(case: str, language: Language) -> None:
    one = CASES[case]
    said = landing.summary(one, method=SEASONAL, currency="EUR", language=language)
    written = said.localized(language)
    numbers = landing.table(one, currency="EUR", language=language)
    assert len(numbers.rows) == 3 + 1
    for row in numbers.rows:
        assert len(row) == len(numbers.headings)
    landed = one.landing()
    assert landed is not None
    if landed.landing_minor is None:
        assert numbers.rows[-1][1] == "—"
    else:
        assert numbers.rows[-1][1].replace("€", "").strip() in written


def paid(method: PayMethod, *amounts: int, **more: int) -> PayOfPeriod:
    plan = PayPlanRow(
        id=1, name="x", from_on=Q4.start, until_on=None, period=PayPeriod.QUARTER, method=method,
        tiers=(TierRow(0, 500), TierRow(10_000, 800)), quota_minor=100_000_00,
        target_pay_minor=10_000_00, floor_bp=more.get("floor_bp"),
        floor_multiplier_bp=more.get("floor_multiplier_bp"), cap_minor=more.get("cap_minor"),
        on_payment=False, claw_back=True, shared=False, version=1,
    )  # fmt: skip
    credits_ = tuple(Credit(n, Q4.start, amount) for n, amount in enumerate(amounts))
    found = pay(plan.figures(), credits_, quota_minor=100_000_00)
    return PayOfPeriod(plan, Q4, TODAY, 100_000_00, credits_, found, {})


PAID = {
    "two tiers": paid(PayMethod.MARGINAL, 120_000_00),
    "capped": paid(PayMethod.WHOLE, 120_000_00, cap_minor=5_000_00),
    "below the floor": paid(PayMethod.MARGINAL, 30_000_00, floor_bp=5_000),
    "owed": paid(PayMethod.MARGINAL, -30_000_00),
    "nothing": paid(PayMethod.MARGINAL),
}


@pytest.mark.parametrize("case", PAID)
@pytest.mark.parametrize("size", SIZES)
def test_the_bars_and_the_table_of_pay_add_up(case: str, size: tuple[int, int]) -> None:
    found = PAID[case]
    assert found.pay is not None
    bars = pay_tiers.tier_bars(found)
    assert sum(bar.pay_minor for bar in bars) == found.pay.pay_minor
    figure = pay_tiers.pay_chart(found, tokens=LIGHT, width=size[0], height=size[1], language="el")
    assert misplaced(figure) == []
    numbers = pay_tiers.table(found, language="en")
    assert len(numbers.rows) == len(bars) + 1
    said = pay_tiers.summary(found, currency="EUR", language="en").localized(Language.EN)
    assert numbers.rows[-1][-1] == formats.amount(found.pay.pay_minor, language="en")
    assert formats.money(found.pay.pay_minor, "EUR", language="en") in said
