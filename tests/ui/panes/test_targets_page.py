"""The Targets page: its parts load when shown, targets are set and changed, deals tried, pay shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from acctdesk import formats
from acctdesk.kinds import LandingMethod, PayMethod, Phasing, TargetMeasure
from acctdesk.services.desk import Desk
from acctdesk.services.pay import pay_of_period
from acctdesk.services.pay_plans import pay_plans
from acctdesk.services.target_plans import target_plans, target_versions
from acctdesk.services.what_if import what_ifs
from acctdesk.ui.dialogs.evidence import EvidenceDialog
from acctdesk.ui.dialogs.pay_plan_form import PayPlanForm
from acctdesk.ui.dialogs.target_plan_form import TargetPlanForm
from acctdesk.ui.dialogs.target_versions import TargetVersions
from acctdesk.ui.dialogs.what_if_name import WhatIfName
from acctdesk.ui.itemmodels.aims import SHARE, STATE
from acctdesk.ui.itemmodels.deals import AMOUNT, DAY, NAME
from acctdesk.ui.itemmodels.pay_lines import PAY
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.targets import TargetsPage
from acctdesk.ui.pages.targets.landing import LandingTab
from acctdesk.ui.pages.targets.pay import PayTab
from acctdesk.ui.pages.targets.what_if import WhatIfTab
from acctdesk.ui.privacy import privacy
from tests.ui.accessibility import assert_accessible
from tests.ui.world import TODAY, press


@pytest.fixture
def page(open_window: Callable[..., MainWindow], qapp: QApplication, qtbot: QtBot) -> TargetsPage:
    """Give the page in its window."""
    page = open_window(TargetsPage).page
    assert isinstance(page, TargetsPage)
    qtbot.waitUntil(lambda: page.year.is_known)
    qapp.processEvents()
    return page


@pytest.fixture
def landing(page: TargetsPage) -> LandingTab:
    """Give the part with every target."""
    page.show_tab("landing")
    return page.landing


@pytest.fixture
def what_if(page: TargetsPage) -> WhatIfTab:
    """Give the part with trial deals."""
    page.show_tab("what_if")
    assert isinstance(page.tab, WhatIfTab)
    return page.tab


@pytest.fixture
def pay(page: TargetsPage) -> PayTab:
    """Give the part with the pay."""
    page.show_tab("pay")
    assert isinstance(page.tab, PayTab)
    return page.tab


def dialog_of(page: QWidget, kind: type[Any]) -> Any:
    return next(one for one in page.window().findChildren(kind) if one.isVisible())


def test_a_part_is_made_and_asks_only_when_it_is_chosen(
    page: TargetsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(page._made) == ["year"]
    page.show_tab("pay")
    assert list(page._made) == ["year", "pay"]
    pay = page.tab
    assert isinstance(pay, PayTab)
    page.show_tab("year")
    asked: list[str] = []
    monkeypatch.setattr(pay, "load", lambda: asked.append("pay"))
    page.context.runner.submit(
        TargetsPage.spec.title, _rename_first, on_error=page.context.messages.fail
    )
    assert asked == []
    page.show_tab("pay")
    assert asked == ["pay"]


def _rename_first(session: Any) -> None:
    from acctdesk.services.clients import update_client

    update_client(session, client_id=1, notes="άλλο")


def test_every_part_is_accessible(page: TargetsPage, qapp: QApplication) -> None:
    for key in ("landing", "what_if", "pay"):
        page.show_tab(key)
        qapp.processEvents()
        assert_accessible(page.tab)


def test_the_list_stands_as_the_service_says(landing: LandingTab, desk: Desk) -> None:
    rows = landing.model.rows
    assert rows[0].aim.plan is None
    assert len(rows) == 1 + len(desk.query(target_plans, on=TODAY))
    for place, row in enumerate(rows):
        assert landing.model.words(row, SHARE) == formats.percent(row.attainment, 1)
        landing.view.choose(place)
        assert landing.method is row.usual
        said = landing.summary.text()
        assert formats.percent(row.attainment, 0) in said


def test_a_method_is_chosen_and_explained_on_one_click(landing: LandingTab) -> None:
    standing = landing.standing
    assert standing is not None
    for method in LandingMethod:
        landing.methods.choose(method.value)
        found = standing.landing(method)
        assert found is not None
        amount = formats.money(found.landing_minor, "EUR", cents=False)
        assert amount in landing.summary.text()
        landing.how_button.setChecked(True)
        assert landing.how.isVisible()
        error = formats.money(found.error_minor, "EUR", cents=False)
        assert error in landing.how.text()


def test_a_missed_target_names_its_causes_and_opens_its_evidence(landing: LandingTab) -> None:
    places = [n for n, row in enumerate(landing.model.rows) if row.missed() and row.causes]
    assert places, "the demo has a target that will be missed"
    landing.view.choose(places[0])
    standing = landing.standing
    assert standing is not None
    assert landing.warning.isVisible()
    assert standing.causes
    for cause in standing.causes:
        assert formats.money(cause.short_minor, "EUR", cents=False) in landing.causes.text()
    landing.open_evidence()
    dialog = dialog_of(landing, EvidenceDialog)
    assert dialog.print.isEnabled()
    assert dialog.parts
    dialog.close()


def test_a_period_before_shows_what_it_ended_with(landing: LandingTab) -> None:
    landing.earlier.click()
    assert landing.as_of == dt.date(2026, 9, 30)
    standing = landing.standing
    assert standing is not None
    assert standing.days_left == 0
    assert landing.later.isEnabled()
    landing.later.click()
    assert landing.as_of == TODAY
    assert not landing.later.isEnabled()


def test_a_target_is_set_by_working_days_and_changed_with_a_reason(
    page: TargetsPage, landing: LandingTab, desk: Desk
) -> None:
    landing.new_target()
    form = dialog_of(page, TargetPlanForm)
    form.name.setText("Έτος")
    form.kind.setCurrentIndex(form.kind.findData("year"))
    form.amount.setText("1,200,000")
    form.phasing.setCurrentIndex(form.phasing.findData(Phasing.WORKING_DAYS.value))
    assert "1,200,000" in form.sum.text()
    form.save()
    row = landing.standing
    assert row is not None
    assert row.aim.plan is not None
    assert (row.aim.plan.name, row.aim.amount) == ("Έτος", 1_200_000_00)
    assert sum(row.aim.phases.values()) == 1_200_000_00
    landing.change_target()
    change = dialog_of(page, TargetPlanForm)
    change.amount.setText("1,000,000")
    change.amount.editingFinished.emit()
    change.save()
    assert "why" in change.trouble.text()
    change.reason.setText("Νέα αγορά")
    change.save()
    now = landing.standing
    assert now is not None
    assert now.aim.plan is not None
    assert now.aim.amount == 1_000_000_00
    assert len(desk.query(target_versions, plan_id=now.aim.plan.id)) == 2
    landing.open_versions()
    versions = dialog_of(page, TargetVersions)
    assert versions.table.model().rowCount() == 2
    versions.close()


def test_months_typed_by_hand_must_add_up(page: TargetsPage, landing: LandingTab) -> None:
    landing.new_target()
    form = dialog_of(page, TargetPlanForm)
    form.name.setText("Τρίμηνο")
    form.amount.setText("300")
    form.amount.editingFinished.emit()
    assert [field.text() for field in form.months[:3]] == ["100", "100", "100"]
    form.months[0].setText("90")
    form.months[0].textEdited.emit("90")
    assert form.phasing.currentData() == Phasing.BY_HAND.value
    form.save()
    assert "add up" in form.trouble.text()
    form.months[2].setText("110")
    form.save()
    standing = landing.standing
    assert standing is not None
    assert list(standing.aim.phases.values()) == [90_00, 100_00, 110_00]


@pytest.mark.parametrize(
    ("measure", "typed", "amount"),
    [
        (TargetMeasure.VISITS, "24", 24),
        (TargetMeasure.GROWTH, "7.5 %", 750),
        (TargetMeasure.CSAT, "4.5", 450),
    ],
)
def test_other_measures_are_typed_in_their_own_units(
    page: TargetsPage, landing: LandingTab, measure: TargetMeasure, typed: str, amount: int
) -> None:
    landing.new_target()
    form = dialog_of(page, TargetPlanForm)
    form.name.setText("Άλλο μέτρο")
    form.measure.setCurrentIndex(form.measure.findData(measure.value))
    form.amount.setText("πολλά")
    form.save()
    assert form.trouble.isVisible()
    form.amount.setText(typed)
    form.save()
    standing = landing.standing
    assert standing is not None
    assert standing.aim.plan is not None
    assert standing.aim.plan.amount == amount
    if measure is TargetMeasure.CSAT:
        assert "0 answers" in landing.days.text()
        assert landing.model.words(standing, STATE) == "not known"


def test_a_trashed_target_comes_back_by_undo(landing: LandingTab, desk: Desk) -> None:
    landing.view.choose(1)
    known = [one.id for one in desk.query(target_plans, on=TODAY)]
    landing.trash()
    assert len(landing.model.rows) == len(known)
    landing.context.runner.undo()
    assert [one.id for one in desk.query(target_plans, on=TODAY)] == known


def test_a_deal_moves_the_figures_and_the_book_stays(
    what_if: WhatIfTab, desk: Desk, qapp: QApplication
) -> None:
    before = what_if.landing.value.text(), what_if.pay.value.text()
    changes: list[object] = []
    what_if.context.bus.changed.connect(lambda *args: changes.append(args))
    what_if.deal.setText("Ψυγεία")
    what_if.amount.setText("50,000")
    what_if.day.field.setText("1/12")
    what_if.add_deal()
    moved = what_if.landing.value.text(), what_if.pay.value.text()
    assert moved[0] != before[0]
    assert moved[1] != before[1]
    what_if.view.setFocus()
    press(what_if.view, Qt.Key.Key_Space)
    assert (what_if.landing.value.text(), what_if.pay.value.text()) == before
    model = what_if.model
    press(what_if.view, Qt.Key.Key_Space)
    assert model.setData(model.index(0, AMOUNT), "10,000")
    assert not model.setData(model.index(0, AMOUNT), "πολλά")
    assert what_if.landing.value.text() not in (before[0], moved[0])
    assert model.setData(model.index(0, DAY), "1/2/2027")
    assert what_if.landing.value.text() == before[0]
    assert model.setData(model.index(0, NAME), "Ράφια")
    press(what_if.view, Qt.Key.Key_Delete)
    assert model.rows == ()
    assert changes == []


def test_what_is_missing_of_a_deal_is_said(what_if: WhatIfTab) -> None:
    what_if.add_deal()
    assert what_if.trouble.isVisible()
    what_if.amount.setText("10")
    what_if.day.field.setText("κάποτε")
    what_if.add_deal()
    assert what_if.trouble.isVisible()
    assert what_if.model.rows == ()


def test_only_save_keeps_a_what_if(page: TargetsPage, what_if: WhatIfTab, desk: Desk) -> None:
    known = len(desk.query(what_ifs))
    what_if.amount.setText("10,000")
    what_if.day.field.setText("1/12")
    what_if.add_deal()
    assert len(desk.query(what_ifs)) == known
    what_if.ask_name()
    dialog = dialog_of(page, WhatIfName)
    dialog.save()
    assert dialog.trouble.isVisible()
    dialog.name.setText("Δοκιμή")
    dialog.save()
    assert len(desk.query(what_ifs)) == known + 1
    assert what_if.kept.currentText() == "Δοκιμή"
    what_if.trash_kept()
    assert len(desk.query(what_ifs)) == known


def test_the_lines_add_up_and_are_filtered(pay: PayTab, desk: Desk) -> None:
    plan = desk.query(pay_plans)[0]
    found = desk.query(pay_of_period, plan_id=plan.id, as_of=TODAY)
    assert found.pay is not None
    assert pay.pay.value.text() == formats.money(found.pay.pay_minor, "EUR")
    assert sum(one.line.pay_minor for one in pay.model.rows) == found.pay.pay_minor
    assert len(pay.model.rows) == len(found.pay.lines)
    name = next(iter(found.sales.values())).client_name
    pay.filter.setText(name.lower())
    assert 0 < len(pay.model.rows) < len(found.pay.lines)
    assert all(one.sale and one.sale.client_name == name for one in pay.model.rows)
    assert pay.numbers.rows[-1][-1] == formats.amount(found.pay.pay_minor)


def test_amounts_hide_in_private(pay: PayTab) -> None:
    amount = pay.model.words(pay.model.rows[0], PAY)
    privacy().set_on(True)
    try:
        assert formats.HIDDEN in pay.pay.value.text()
        assert pay.model.words(pay.model.rows[0], PAY) != amount
    finally:
        privacy().set_on(False)


def test_a_plan_is_written_down_changed_and_removed(
    page: TargetsPage, pay: PayTab, desk: Desk
) -> None:
    pay.new_plan()
    form = dialog_of(page, PayPlanForm)
    form.name.setText("Επιταχυντής")
    form.method.setCurrentIndex(form.method.findData(PayMethod.ACCELERATOR.value))
    form.save()
    assert "100 %" in form.trouble.text()
    form.target_pay.setText("10,000")
    form.save()
    assert pay.plan is not None
    assert pay.plan.name == "Επιταχυντής"
    assert [(tier.from_bp, tier.rate_bp) for tier in pay.plan.tiers] == [
        (0, 10_000),
        (10_000, 15_000),
    ]
    pay.change_plan()
    change = dialog_of(page, PayPlanForm)
    change.cap.setText("12,000")
    change.save()
    assert pay.plan.cap_minor == 12_000_00
    assert "12,000" in pay.rule.text()
    held = len(desk.query(pay_plans))
    pay.change_plan()
    dialog_of(page, PayPlanForm)._remove()
    assert len(desk.query(pay_plans)) == held - 1


def test_the_pay_is_exported(pay: PayTab, tmp_path: Path) -> None:
    pay.write_workbook(str(tmp_path / "αμοιβή.xlsx"))
    assert (tmp_path / "αμοιβή.xlsx").read_bytes().startswith(b"PK")


def test_each_part_is_printed(page: TargetsPage) -> None:
    for key, word in (("landing", "Attainment"), ("pay", "quota")):
        page.show_tab(key)
        document = page.print_document()
        assert document is not None
        assert word in document.toPlainText()
    page.show_tab("what_if")
    assert page.print_document() is None
