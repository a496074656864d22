"""Targets typed month by month: one step, taken back as one, and nothing unclear is stored."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from acctdesk.services.rows import TargetSeries
from acctdesk.services.targets import target_series
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.target_form import TargetForm
from acctdesk.ui.widgets.basics import LineEdit
from tests.ui.accessibility import assert_accessible
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import TODAY, People, fill_small, press, type_text

OCTOBER, NOVEMBER = dt.date(2026, 10, 1), dt.date(2026, 11, 1)


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
