"""The doors of targets, landing, what-if and pay; ``doors`` holds them with all the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from acctdesk.kinds import Phasing
from acctdesk.services.what_if import Deal
from acctdesk.ui.dialogs.evidence import EvidenceDialog
from acctdesk.ui.dialogs.pay_plan_form import PayPlanForm
from acctdesk.ui.dialogs.target_plan_form import TargetPlanForm
from acctdesk.ui.dialogs.target_versions import TargetVersions
from acctdesk.ui.dialogs.what_if_name import WhatIfName
from acctdesk.ui.pages.targets import TargetsPage
from acctdesk.ui.pages.targets.landing import LandingTab
from acctdesk.ui.pages.targets.pay import PayTab
from acctdesk.ui.pages.targets.what_if import WhatIfTab

if TYPE_CHECKING:
    from acctdesk.ui.doors import Tour


def _table(tour: Tour) -> Iterator[QWidget]:
    year = tour.page(TargetsPage).year
    year.view_choice.choose("table")
    yield tour.window
    year.view_choice.choose("charts")


def _tab(tour: Tour, key: str) -> TargetsPage:
    page = tour.page(TargetsPage)
    page.show_tab(key)
    tour.settle()
    return page


def _landing(tour: Tour, place: int = 0) -> LandingTab:
    tab = _tab(tour, "landing").landing
    tab.view.choose(place)
    tour.settle()
    return tab


def _back(tour: Tour) -> None:
    tour.page(TargetsPage).show_tab("year")


def _of_landing(place: int, tour: Tour) -> Iterator[QWidget]:
    tab = _landing(tour, place)
    yield tour.window
    tab.view.choose(0)
    _back(tour)


def _landing_table(tour: Tour) -> Iterator[QWidget]:
    tab = _landing(tour)
    tab.table_button.setChecked(True)
    tab.how_button.setChecked(True)
    yield tour.window
    tab.table_button.setChecked(False)
    tab.how_button.setChecked(False)
    _back(tour)


def _new_target(tour: Tour) -> Iterator[QWidget]:
    tab = _landing(tour)
    form = tour.shown(TargetPlanForm, tab.new_target)
    form.kind.setCurrentIndex(form.kind.findData("year"))
    form.amount.setText("1200000")
    form.phasing.setCurrentIndex(form.phasing.findData(Phasing.WORKING_DAYS.value))
    tour.settle()
    yield form
    form.close()
    _back(tour)


def _planned(tour: Tour) -> LandingTab:
    """Bring the first target with versions to the front, else the last one that has a plan."""
    tab = _landing(tour)
    places = [n for n, one in enumerate(tab.model.rows) if one.aim.plan is not None]
    changed = [n for n in places if _reason(tab, n)]
    if places:
        tab.view.choose((changed or places)[0])
    tour.settle()
    return tab


def _reason(tab: LandingTab, place: int) -> str | None:
    row = tab.model.row(place)
    return None if row is None or row.aim.plan is None else row.aim.plan.reason


def _change_target(tour: Tour) -> Iterator[QWidget]:
    form = tour.shown(TargetPlanForm, _planned(tour).change_target)
    yield form
    form.close()
    _back(tour)


def _versions(tour: Tour) -> Iterator[QWidget]:
    dialog = tour.shown(TargetVersions, _planned(tour).open_versions)
    yield dialog
    dialog.close()
    _back(tour)


def _evidence(tour: Tour) -> Iterator[QWidget]:
    dialog = tour.shown(EvidenceDialog, _landing(tour).open_evidence)
    yield dialog
    dialog.close()
    _back(tour)


def _what_if(tour: Tour) -> WhatIfTab:
    tab = _tab(tour, "what_if").tab
    assert isinstance(tab, WhatIfTab)
    if not tab.model.rows:
        day = tour.session.context.today() + dt.timedelta(days=14)
        tab.model.set_rows([Deal("Ψυκτικός θάλαμος", 24_500_00, day)])
        tab.load()
        tour.settle()
    return tab


def _what_if_shown(tour: Tour) -> Iterator[QWidget]:
    _what_if(tour)
    yield tour.window
    _back(tour)


def _what_if_name(tour: Tour) -> Iterator[QWidget]:
    dialog = tour.shown(WhatIfName, _what_if(tour).ask_name)
    yield dialog
    dialog.close()
    _back(tour)


def _pay(tour: Tour) -> PayTab:
    tab = _tab(tour, "pay").tab
    assert isinstance(tab, PayTab)
    return tab


def _pay_shown(tour: Tour) -> Iterator[QWidget]:
    _pay(tour)
    yield tour.window
    _back(tour)


def _pay_table(tour: Tour) -> Iterator[QWidget]:
    tab = _pay(tour)
    tab.table_button.setChecked(True)
    yield tour.window
    tab.table_button.setChecked(False)
    _back(tour)


def _pay_plan(new: str, tour: Tour) -> Iterator[QWidget]:
    tab = _pay(tour)
    form = tour.shown(PayPlanForm, tab.new_plan if new else tab.change_plan)
    yield form
    form.close()
    _back(tour)


TARGET_DOORS: Mapping[str, Callable[[Tour], Iterator[QWidget]]] = {
    "targets-table": _table,
    "targets-landing": partial(_of_landing, 0),
    "targets-landing-plan": partial(_of_landing, 1),
    "targets-landing-table": _landing_table,
    "targets-new": _new_target,
    "targets-change": _change_target,
    "targets-before": _versions,
    "targets-evidence": _evidence,
    "targets-what-if": _what_if_shown,
    "targets-what-if-name": _what_if_name,
    "targets-pay": _pay_shown,
    "targets-pay-table": _pay_table,
    "pay-plan": partial(_pay_plan, ""),
    "pay-plan-new": partial(_pay_plan, "new"),
}
