"""Targets typed month by month: one step, taken back as one, and nothing unclear is stored."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy.orm import Session

from acctdesk import formats, i18n
from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import Phasing
from acctdesk.models import Document
from acctdesk.services.rows import TargetSeries
from acctdesk.services.targets import spread_year, target_series
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.target_form import TargetForm
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.widgets.basics import LineEdit
from tests.ui.accessibility import assert_accessible
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import TODAY, People, fill_small, press, type_text

MARCH, OCTOBER, NOVEMBER, DECEMBER = (dt.date(2026, month, 1) for month in (3, 10, 11, 12))


@pytest.fixture
def people(context: Context) -> People:
    """Fill the small book: 19,000 are aimed at in November."""
    return fill_small(context.desk)


def stored(context: Context, client_id: int | None = None) -> TargetSeries:
    """Return the year as the book has it."""
    return context.desk.query(target_series, client_id=client_id, fiscal_year=2026, as_of=TODAY)


def targets(series: TargetSeries) -> dict[dt.date, int]:
    """Return the months that have a target."""
    return {one.month: one.target_minor for one in series.months if one.target_minor is not None}


def sold(context: Context, client_id: int, net: dict[dt.date, int]) -> None:
    """Write invoices of these net amounts by their days."""

    def write(session: Session) -> None:
        session.add_all(
            Document(
                client_id=client_id,
                type="invoice",
                number=f"{day:%Y%m%d}",
                issued_on=day,
                net_minor=amount,
                vat_minor=0,
                gross_minor=amount,
                currency="EUR",
            )
            for day, amount in net.items()
        )

    context.desk.perform(msg("Step", "Draft"), write)


def opened(context: Context, client_id: int | None = None) -> TargetForm:
    """Open the form over the year as it is stored."""
    form = TargetForm(context, None, stored(context, client_id), of="ΑΕ", currency="EUR")
    form.open()
    QApplication.processEvents()
    return form


def retype(field: LineEdit, text: str) -> None:
    """Type over what stands in a field."""
    field.selectAll()
    press(field, Qt.Key.Key_Delete)
    type_text(field, text)


def test_amounts_of_several_months_are_one_step(context: Context, people: People) -> None:
    form = opened(context)
    assert form.focusWidget() is form.fields[NOVEMBER]  # the running month
    assert_no_overlap_or_cut(form)
    assert_accessible(form)
    retype(form.fields[OCTOBER], "20.000")
    retype(form.fields[NOVEMBER], "21.500,50")
    assert form.sum.text() == "Together: €41,500.50"
    press(form.fields[NOVEMBER], Qt.Key.Key_Return)
    assert targets(stored(context)) == {OCTOBER: 20_000_00, NOVEMBER: 21_500_50}
    context.desk.undo()
    assert targets(stored(context)) == {NOVEMBER: 19_000_00}


def test_an_emptied_month_has_no_target(context: Context, people: People) -> None:
    form = opened(context)
    retype(form.fields[NOVEMBER], "")
    form.save()
    assert targets(stored(context)) == {}


def test_a_client_has_targets_of_its_own(context: Context, people: People) -> None:
    form = opened(context, people.myloi)
    retype(form.fields[OCTOBER], "700")
    form.save()
    assert targets(stored(context, people.myloi)) == {OCTOBER: 700_00}
    assert targets(stored(context)) == {NOVEMBER: 19_000_00}


def test_what_is_no_amount_is_told_beside_it_and_nothing_is_stored(
    context: Context, people: People
) -> None:
    form = opened(context)
    retype(form.fields[OCTOBER], "20.000")
    retype(form.fields[NOVEMBER], "πολλά")
    form.save()
    assert form.isVisible()
    assert form.focusWidget() is form.fields[NOVEMBER]
    assert form.trouble.text()
    assert targets(stored(context)) == {NOVEMBER: 19_000_00}
    form.reject()


def test_nothing_changed_is_no_step(context: Context, people: People) -> None:
    before = context.desk.undo_label()
    form = opened(context)
    form.save()
    assert not form.isVisible()
    assert context.desk.undo_label() == before


def test_a_years_amount_is_spread_evenly_by_enter_and_stored_by_save(
    context: Context, people: People
) -> None:
    form = opened(context)
    type_text(form.spread.amount, "100.000")
    press(form.spread.amount, Qt.Key.Key_Return)
    assert form.isVisible()
    assert form.sum.text() == "Together: €100,000.00"
    assert targets(stored(context)) == {NOVEMBER: 19_000_00}
    form.save()
    months = targets(stored(context))
    assert len(months) == 12
    assert sum(months.values()) == 100_000_00
    assert max(months.values()) - min(months.values()) == 1


def test_a_years_amount_follows_last_years_sales(context: Context, people: People) -> None:
    sold(context, people.myloi, {dt.date(2025, 3, 9): 300_00, dt.date(2025, 12, 31): 100_00})
    form = opened(context, people.myloi)
    form.spread.how.setCurrentIndex(2)
    type_text(form.spread.amount, "1.000,01")
    form.spread.button.click()
    form.save()
    months = targets(stored(context, people.myloi))
    assert (months[MARCH], months[DECEMBER]) == (750_01, 250_00)
    assert sum(months.values()) == 1_000_01


def test_a_month_that_is_not_over_goes_by_the_year_before(context: Context, people: People) -> None:
    sold(context, people.myloi, {dt.date(2026, 3, 9): 300_00, dt.date(2026, 11, 2): 5_00})
    sold(context, people.myloi, {dt.date(2025, 3, 9): 70_00, dt.date(2025, 11, 2): 80_00})
    months = context.desk.query(
        spread_year, total_minor=380_00, fiscal_year=2027, as_of=TODAY, phasing=Phasing.LAST_YEAR
    )
    assert {month.month: amount for month, amount in months.items() if amount} == {
        3: 300_00,
        11: 80_00,
    }


def test_without_sales_of_last_year_it_is_told_and_the_months_stay(
    context: Context, people: People
) -> None:
    form = opened(context, people.papadopoulos)
    form.spread.how.setCurrentIndex(2)
    form.spread.button.click()
    assert form.spread.reason.text() == "Write the amount of the year first."
    type_text(form.spread.amount, "120.000")
    form.spread.button.click()
    assert "no sales of last year" in form.spread.reason.text()
    assert form.sum.text() == "Together: €0.00"
    form.reject()


@pytest.mark.parametrize(
    ("language", "typed", "minor"),
    [("el", "20.000", 2_000_000), ("el", "20,5", 2_050), ("en", "20,000", 2_000_000),
     ("en", "20.5", 2_050), ("el", "1.234,56", 123_456), ("en", "1,234.56", 123_456),
     ("en", "20.000", 2_000_000), ("el", "20,000", 2_000_000), ("el", "0,500", 50),
     ("en", "-1.250 €", -125_000), ("el", "1.234.567", 123_456_700)],
)  # fmt: skip
def test_an_amount_is_read_as_people_of_either_language_write_it(
    language: str, typed: str, minor: int
) -> None:
    i18n.set_language(language)
    assert read_amount(typed) == minor
    with pytest.raises(UserError) as refused:
        read_amount("πολλά")
    assert formats.number(80_000, 2) in str(refused.value)
