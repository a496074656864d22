"""Days off of one's own: written down in the settings, taken back, counted in a field of a day."""

from __future__ import annotations

import datetime as dt

import pytest

pytest.importorskip("PySide6")

from acctdesk.errors import UserError
from acctdesk.services.days_off import add_days_off, days_off
from acctdesk.text import When
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.day_off_form import DayOffForm
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.own_days import own_days
from acctdesk.ui.pages.settings import SettingsPage
from acctdesk.ui.pages.settings.days_off import DaysOffControl
from acctdesk.ui.widgets.when_field import WhenField
from tests.ui.test_settings_page import page, window
from tests.ui.world import STEP, type_text

__all__ = ["page", "window"]


def test_days_off_are_added_changed_and_removed_with_a_way_back(
    page: SettingsPage, window: MainWindow, context: Context
) -> None:
    control = page.control(DaysOffControl)
    control.add.click()
    form = window.findChild(DayOffForm)
    assert form is not None
    type_text(form.first.field, "16/11")
    type_text(form.last.field, "20/11")
    type_text(form.name, "Leave")
    form.save()
    (line,) = control.lines
    assert (line.days.starts_on, line.days.ends_on) == (
        dt.date(2026, 11, 16),
        dt.date(2026, 11, 20),
    )
    control.edit(line.days)
    form = next(one for one in window.findChildren(DayOffForm) if one.isVisible())
    form.name.setText("Autumn leave")
    form.save()
    assert control.lines[0].days.name == "Autumn leave"
    control.remove(control.lines[0].days)
    assert control.lines == []
    context.runner.undo()
    assert [line.days.name for line in control.lines] == ["Autumn leave"]


def test_a_field_of_a_day_counts_with_them(page: SettingsPage, context: Context) -> None:
    field = WhenField(context.today(), parent=page)
    type_text(field.field, "+2wd")
    assert field.when() == When(dt.date(2026, 11, 16))
    context.desk.perform(STEP, days_off_of_a_monday)
    context.bus.changed.emit(context.desk.everything(), None)
    assert field.when() == When(dt.date(2026, 11, 17))
    assert str(own_days().calendar.reason(dt.date(2026, 11, 16))) == "Dentist"


def days_off_of_a_monday(session: object) -> int:
    """Add one day off."""
    monday = dt.date(2026, 11, 16)
    return add_days_off(session, starts_on=monday, ends_on=monday, name="Dentist")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (dt.date(2026, 8, 14), dt.date(2026, 8, 3), "Leave"),
        (dt.date(2026, 8, 3), dt.date(2027, 8, 14), "Leave"),
        (dt.date(2026, 8, 3), dt.date(2026, 8, 14), " "),
    ],
)
def test_what_cannot_be_days_off_is_refused(
    context: Context, first: dt.date, last: dt.date, name: str
) -> None:
    with pytest.raises(UserError):
        context.desk.perform(STEP, add_days_off, starts_on=first, ends_on=last, name=name)
    assert context.desk.query(days_off) == []
