"""The figures of a brief in words: the four tiles at its head, and its lines of sales."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from acctdesk import formats
from acctdesk.i18n import ntr, tr
from acctdesk.services.brief import Brief
from acctdesk.ui.pages.clients.facts import habit_words
from acctdesk.ui.painting import ChipKind


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure: its name, the value with its tone, what explains it, and its day."""

    name: str
    value: str
    lines: tuple[str, str]
    as_of: str
    tone: ChipKind | None = None


def as_of(brief: Brief) -> str:
    """Return the day of a brief's figures in words."""
    return tr("Brief", "as of {day}", day=formats.date(brief.as_of))


def tiles(brief: Brief) -> tuple[Tile, Tile, Tile, Tile]:
    """Return what is overdue, when the next order is due, the year's sales, and how it pays."""
    return _overdue(brief), _order(brief), _sales(brief), _habit(brief)


def _money(minor: int | None, brief: Brief) -> str:
    return formats.money(minor, brief.profile.currency, cents=False)


def _overdue(brief: Brief) -> Tile:
    client = brief.client
    late = client.overdue_minor > 0
    days = client.overdue_days or 0
    oldest = ntr("Brief", "oldest: {n} day late", "oldest: {n} days late", days) if late else ""
    owed = tr("Brief", "balance {amount}", amount=_money(client.balance_minor, brief))
    return Tile(
        tr("Facts", "Overdue"),
        _money(client.overdue_minor, brief) if late else tr("Facts", "nothing"),
        (oldest, owed) if late else (owed, ""),
        as_of(brief),
        "danger" if late else "success",
    )


def _order(brief: Brief) -> Tile:
    order, name = brief.order, tr("Brief", "Next order")
    if order is None:
        last = brief.client.last_invoice_on
        said = tr("Brief", "last {day}", day=formats.date(last)) if last else ""
        few = tr("Brief", "too few orders to tell")
        return Tile(name, formats.UNKNOWN, (few, said), as_of(brief))
    late = ntr("Brief", "{n} day late", "{n} days late", order.late_days)
    rhythm = ntr("Brief", "every {n} day", "every {n} days", order.gap_days)
    return Tile(
        name,
        formats.date(order.due_on),
        (
            f"{rhythm} · {late}" if order.late_days else rhythm,
            tr("Brief", "last {day}", day=formats.date(order.last_on)),
        ),
        as_of(brief),
        "warning" if order.late_days else None,
    )


def _sales(brief: Brief) -> Tile:
    series = brief.sales
    due = series.target_to_date_minor
    share = Decimal(series.net_to_date_minor) / due if due else None
    return Tile(
        tr("Targets", "Sales {year}", year=str(series.fiscal_year)),
        _money(series.net_to_date_minor, brief),
        (
            tr("Brief", "last year {change}", change=_signed(brief)),
            ""
            if share is None
            else tr("Brief", "{share} of target to date", share=formats.percent(share)),
        ),
        as_of(brief),
    )


def _habit(brief: Brief) -> Tile:
    client = brief.client
    limit = client.credit_limit_minor
    terms = client.credit_days
    allowed = ""
    if limit is not None:
        amount = _money(limit, brief)
        allowed = (
            tr("Brief", "limit {amount}, exceeded", amount=amount)
            if brief.credit.exposure.is_over
            else tr("Brief", "limit {amount}", amount=amount)
        )
    return Tile(
        tr("Facts", "Usually pays"),
        habit_words(client.habit.usual),
        ("" if terms is None else ntr("Brief", "terms {n} day", "terms {n} days", terms), allowed),
        as_of(brief),
    )


def _signed(brief: Brief) -> str:
    """Return the change from the same days of last year: +12 %; a dash from nothing or less."""
    before = brief.last_year_minor
    if before <= 0:
        return formats.UNKNOWN
    ratio = Decimal(brief.sales.net_to_date_minor - before) / before
    return f"{'+' if ratio >= 0 else '−'}{formats.percent(abs(ratio))}"


def sales_lines(brief: Brief) -> list[tuple[str, str, str]]:
    """Return the lines of the year's sales: what, the amount, and its share or change."""
    series = brief.sales
    start, net = series.months[0].month, series.net_to_date_minor

    def days(years_ago: int) -> str:
        last = brief.as_of.year - years_ago
        first = f"{start.day}/{start.month}/{start.year - years_ago}"
        return f"{first} – {brief.as_of.day}/{brief.as_of.month}/{last}"

    def share(target: int) -> str:
        return formats.percent(Decimal(net) / target) if target else ""

    lines = [
        (days(0), _money(net, brief), ""),
        (days(1), _money(brief.last_year_minor, brief), _signed(brief)),
    ]
    if series.target_to_date_minor is not None:
        due = series.target_to_date_minor
        lines.append((tr("Brief", "Target to date"), _money(due, brief), share(due)))
    if series.target_year_minor is not None:
        whole = series.target_year_minor
        lines.append((tr("Brief", "Target of the year"), _money(whole, brief), share(whole)))
    return lines
