"""The lines of a credit file, and what is said of the one at hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from acctdesk import formats
from acctdesk.i18n import tr
from acctdesk.kinds import Reliability
from acctdesk.services.credit import CreditLine
from acctdesk.services.credit_file import (
    CreditFile,
    MarketNoteRow,
    OrderRow,
    SecurityRow,
    StatementRow,
)
from acctdesk.services.credit_words import RELIABILITY
from acctdesk.services.reviews import Rating
from acctdesk.ui.itemmodels.credit_text import (
    ACCOUNTS,
    RATIOS,
    SECURITIES,
    ZONES,
    cut_offs,
    risk_mark,
    score_words,
    verdict,
)
from acctdesk.ui.itemmodels.entries import Entry
from acctdesk.ui.itemmodels.timeline_text import ChipText


def figures(line: CreditLine, currency: str) -> str:
    """Return exposure, limit and headroom in a sentence."""
    held = line.standing.exposure

    def money(minor: int) -> str:
        return formats.money(minor, currency, cents=False)

    if held.limit_minor is None or held.headroom_minor is None:
        return tr(
            "Credit", "Exposure {amount} · no limit recorded", amount=money(held.exposure_minor)
        )
    if held.is_over:
        return tr(
            "Credit",
            "Exposure {amount} of {limit} · {over} over the limit",
            amount=money(held.exposure_minor),
            limit=money(held.limit_minor),
            over=money(-held.headroom_minor),
        )
    return tr(
        "Credit",
        "Exposure {amount} of {limit} · headroom {left}",
        amount=money(held.exposure_minor),
        limit=money(held.limit_minor),
        left=money(held.headroom_minor),
    )


def notes(file: CreditFile, _currency: str) -> list[Entry]:
    """Return what the market says, the latest first; what is old is marked."""
    return [
        Entry(
            ("note", one.id),
            " ".join(one.body.split()),
            f"{formats.date(one.noted_on)} · {one.source}",
            ChipText(tr("Credit", "over 12 months old"), "warning")
            if one.is_old
            else ChipText(
                str(RELIABILITY[one.reliability]),
                "success" if one.reliability is Reliability.HIGH else "muted",
            ),
            icon="message",
            quiet=one.is_old,
            record=one,
        )
        for one in file.notes
    ]


def statements(file: CreditFile, currency: str) -> list[Entry]:
    """Return the accounts, the latest first, with the zone of the first score that is known."""
    return [
        Entry(
            ("statement", one.id),
            tr("Credit", "Year to {day}", day=formats.date(one.year_end)),
            " · ".join(_scored(one)),
            _zone(one),
            figure=""
            if one.accounts.sales is None
            else formats.money(one.accounts.sales, one.currency or currency, cents=False),
            icon="report",
            record=one,
        )
        for one in file.statements
    ]


def _scored(row: StatementRow) -> list[str]:
    return [
        f"{one.model.name} {tr('Credit', 'not known')}"
        if one.value is None
        else f"{one.model.name} {formats.number(one.value, 3)}"
        for one in row.scores
    ]


def _zone(row: StatementRow) -> ChipText | None:
    zones = [one.zone for one in row.scores if one.zone is not None]
    if not zones:
        return None
    if row.models_disagree:
        return ChipText(tr("Credit", "models disagree"), "warning")
    word, tone = ZONES[zones[0]]
    return ChipText(str(word), tone)


def securities(file: CreditFile, currency: str) -> list[Entry]:
    """Return the securities; what does not hold today is quiet."""
    return [
        Entry(
            ("security", one.id),
            str(SECURITIES[one.kind]),
            " · ".join(part for part in (_days(one.from_on, one.until_on), one.notes) if part),
            None if one.holds else ChipText(tr("Credit", "does not hold today"), "warning"),
            figure=formats.money(one.amount_minor, currency, cents=False),
            icon="shield",
            quiet=not one.holds,
            record=one,
        )
        for one in file.securities
    ]


def _days(first: dt.date | None, last: dt.date | None) -> str:
    if first is None and last is None:
        return tr("Credit", "without an end")
    if last is None:
        return tr("Credit", "from {day}", day=formats.date(first))
    if first is None:
        return tr("Credit", "until {day}", day=formats.date(last))
    return f"{formats.date(first)} – {formats.date(last)}"


def orders(file: CreditFile, currency: str) -> list[Entry]:
    """Return the orders, those that count first."""
    return [
        Entry(
            ("order", one.id),
            one.number or tr("Credit", "Order of {day}", day=formats.date(one.ordered_on)),
            " · ".join(part for part in (formats.date(one.ordered_on), one.notes) if part),
            None
            if one.closed_on is None
            else ChipText(tr("Credit", "closed {day}", day=formats.date(one.closed_on)), "muted"),
            figure=formats.money(one.amount_minor, currency, cents=False),
            icon="shopping-cart",
            quiet=one.closed_on is not None,
            record=one,
        )
        for one in file.orders
    ]


def risks(file: CreditFile, _currency: str) -> list[Entry]:
    """Return the risk classes that the client has had, the latest first."""
    return [
        Entry(
            ("risk", one.id),
            one.reason or "",
            " · ".join(part for part in (formats.date(one.from_on), one.who) if part),
            risk_mark(one.risk),
            icon="flag",
            record=one,
        )
        for one in file.ratings
    ]


def detail(record: Any, currency: str) -> str:
    """Return what is said of an entry below its list."""
    match record:
        case MarketNoteRow():
            return record.body
        case StatementRow():
            return _accounts(record)
        case SecurityRow() | OrderRow():
            return record.notes or formats.money(record.amount_minor, currency)
        case Rating():
            return record.reason or ""
    return ""


def _accounts(row: StatementRow) -> str:
    lines = [f"{one.model.name}: {score_words(one)}" for one in row.scores]
    lines.append(verdict(row))
    lines += [
        f"{name} = {formats.number(value, 3)} ({what})"
        for value, (name, what) in zip(row.ratios, RATIOS, strict=True)
    ]
    lines.append(cut_offs())
    if row.net_profit_minor is not None:
        profit = formats.money(row.net_profit_minor, row.currency, cents=False)
        lines.append(f"{ACCOUNTS['net_profit']}: {profit}")
    if row.source:
        lines.append(tr("Credit", "Source: {source}", source=row.source))
    return "\n".join(lines)
