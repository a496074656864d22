"""What is said of a target: its measure and scope, its period, how it stands, by which method."""

from __future__ import annotations

from acctdesk import formats
from acctdesk.charts.landing import value_text
from acctdesk.i18n import Message, msg, nmsg, tr
from acctdesk.kinds import LandingMethod, PayPeriod, TargetMeasure
from acctdesk.periods import Period
from acctdesk.services.attainment import Aim, AimStanding, Cause
from acctdesk.services.measures import Scope
from acctdesk.ui.painting import ChipKind
from acctdesk.ui.privacy import shown_name

MEASURES: dict[TargetMeasure, Message] = {
    TargetMeasure.NET_SALES: msg("Target plan", "Net sales"),
    TargetMeasure.GROWTH: msg("Target plan", "Growth over last year, %"),
    TargetMeasure.INVOICES: msg("Target plan", "Invoices"),
    TargetMeasure.NEW_CLIENTS: msg("Target plan", "New clients"),
    TargetMeasure.VISITS: msg("Target plan", "Visits"),
    TargetMeasure.CSAT: msg("Target plan", "Satisfaction, 1 to 5"),
    TargetMeasure.NPS: msg("Target plan", "NPS, −100 to 100"),
}
PERIODS: dict[PayPeriod, Message] = {
    PayPeriod.MONTH: msg("Target plan", "Month"),
    PayPeriod.QUARTER: msg("Target plan", "Quarter"),
    PayPeriod.YEAR: msg("Target plan", "Year"),
}
HOW: dict[LandingMethod, Message] = {
    LandingMethod.SEASONAL: msg(
        "Landing",
        "What came so far, and the months to come as they were a year ago, times the change of the"
        " last 12 months against the 12 before. Of the running month its working days to come.",
    ),
    LandingMethod.RUN_RATE: msg(
        "Landing",
        "What came so far, divided by the working days that are over, times all working days of the"
        " period.",
    ),
    LandingMethod.LINEAR: msg(
        "Landing",
        "What came so far, and for the months to come the straight line through the last 12 to 24"
        " whole months.",
    ),
}


def scope_text(scope: Scope, client_name: str | None) -> str:
    """Return whose target it is."""
    if scope.client_id is not None:
        return shown_name(client_name or "", scope.client_id)
    if scope.family is not None:
        return tr("Target plan", "Family {name}", name=scope.family)
    if scope.segment is not None:
        return tr("Target plan", "Category {name}", name=scope.segment)
    return tr("Target plan", "The whole book")


def aim_name(aim: Aim) -> str:
    """Return what a target is called; that of the months its period."""
    return tr("Target plan", "Targets by month") if aim.plan is None else aim.plan.name


def aim_about(aim: Aim) -> str:
    """Return what a target measures, and of whom."""
    name = None if aim.plan is None else aim.plan.client_name
    return f"{MEASURES[aim.measure]} · {scope_text(aim.scope, name)}"


def period_text(period: Period) -> str:
    """Return a period by its months."""
    start, end = formats.month_short(period.start), formats.month_short(period.end.replace(day=1))
    if (period.start.year, period.start.month) == (period.end.year, period.end.month):
        return f"{start} {period.end.year}"
    if period.start.year == period.end.year:
        return f"{start}–{end} {period.end.year}"
    return f"{start} {period.start.year} – {end} {period.end.year}"


def state(standing: AimStanding, method: LandingMethod | None = None) -> tuple[Message, ChipKind]:
    """Return how a target stands, in a word and a tone."""
    if standing.reached:
        return msg("Landing", "reached"), "success"
    if standing.missed(method):
        return msg("Landing", "will be missed"), "danger"
    found, amount = standing.landing(method), standing.aim.amount
    if found is None or found.landing_minor is None or amount is None:
        return msg("Landing", "not known"), "muted"
    if found.landing_minor >= amount:
        return msg("Landing", "on the way"), "success"
    return msg("Landing", "open"), "warning"


def range_text(standing: AimStanding, method: LandingMethod, currency: str) -> str:
    """Return the range of a landing, or why there is none."""
    found = standing.landing(method)
    if found is None or found.landing_minor is None:
        return tr("Landing", "not enough data")
    if found.low_minor is None:
        return tr("Landing", "no range: too few closed periods")
    low = value_text(standing.aim, found.low_minor, currency)
    high = value_text(standing.aim, found.high_minor, currency)
    return tr("Landing", "between {low} and {high}", low=low, high=high)


def error_text(standing: AimStanding, method: LandingMethod, currency: str) -> str:
    """Return what the range of a landing is made of."""
    found = standing.landing(method)
    if found is None or found.landing_minor is None:
        return tr("Landing", "For this method there is not enough data yet.")
    if found.error_minor is None:
        return tr("Landing", "Fewer than two closed periods could be tried, so no range is shown.")
    said = nmsg(
        "Landing",
        "Asked at the same point of the last {n} closed period, it was off by {error} on average:"
        " that is the range.",
        "Asked at the same point of the last {n} closed periods, it was off by {error} on average:"
        " that is the range.",
        found.backs,
        error=value_text(standing.aim, found.error_minor, currency),
    )
    if found.mase is None or method is LandingMethod.SEASONAL:
        return str(said)
    against = msg(
        "Landing",
        "Its error is {ratio} times that of last year’s months.",
        ratio=formats.number(found.mase, 2),
    )
    return f"{said} {against}"


def cause_text(cause: Cause, currency: str) -> str:
    """Return who is short by how much, and against what."""
    name = (
        shown_name(cause.name, cause.client_id)
        if cause.client_id is not None
        else cause.name or tr("Landing", "without a family")
    )
    values = {
        "name": name,
        "short": formats.money(cause.short_minor, currency, cents=False),
        "actual": formats.money(cause.actual_minor, currency, cents=False),
        "due": formats.money(cause.due_minor, currency, cents=False),
    }
    if cause.against_plan:
        return tr("Landing", "{name}: {short} short ({actual} of a plan of {due})", **values)
    return tr("Landing", "{name}: {short} short ({actual}, a year ago {due})", **values)


def need_text(standing: AimStanding, currency: str) -> str:
    """Return what each working day left has to bring."""
    if standing.reached:
        return tr("Landing", "reached")
    if standing.need_per_day is None:
        return formats.UNKNOWN
    return value_text(standing.aim, standing.need_per_day, currency)
