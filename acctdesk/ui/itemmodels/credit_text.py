"""What credit, accounts and expected cash say in the window: words, marks and their tones."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from acctdesk import formats
from acctdesk.i18n import Message, msg, tr
from acctdesk.kinds import (
    CreditAnswer,
    CreditZone,
    RiskClass,
    SecurityKind,
)
from acctdesk.services.credit import CreditLine
from acctdesk.services.credit_file import MODELS, Score, StatementRow
from acctdesk.services.credit_words import RISKS, SHORT
from acctdesk.ui.itemmodels.timeline_text import ChipText
from acctdesk.ui.painting import ChipKind

# a change in any of these can change what is known of a client's credit
TABLES = (
    "clients", "documents", "receipts", "allocations", "disputes", "key_dates", "settings",
    "orders", "securities", "market_notes", "financial_statements", "risk_ratings",
    "instalments",
)  # fmt: skip
TONES: Mapping[CreditAnswer, ChipKind] = MappingProxyType(
    {CreditAnswer.YES: "success", CreditAnswer.BUT: "warning", CreditAnswer.NO: "danger"}
)
RISK_TONES: Mapping[RiskClass, ChipKind] = MappingProxyType(
    {RiskClass.HIGH: "danger", RiskClass.MEDIUM: "warning", RiskClass.LOW: "success"}
)
SECURITIES: Mapping[SecurityKind, Message] = MappingProxyType(
    {
        SecurityKind.INSURANCE: msg("Credit", "Insurance"),
        SecurityKind.GUARANTEE: msg("Credit", "Guarantee"),
        SecurityKind.MORTGAGE: msg("Credit", "Mortgage"),
        SecurityKind.DEPOSIT: msg("Credit", "Deposit"),
        SecurityKind.OTHER: msg("Credit", "Other security"),
    }
)
ZONES: Mapping[CreditZone, tuple[Message, ChipKind]] = MappingProxyType(
    {
        CreditZone.SAFE: (msg("Credit", "safe"), "success"),
        CreditZone.GREY: (msg("Credit", "grey"), "warning"),
        CreditZone.DISTRESS: (msg("Credit", "distress"), "danger"),
    }
)
ACCOUNTS: Mapping[str, Message] = MappingProxyType(  # by the names of figures.altman.Accounts
    {
        "current_assets": msg("Credit", "Current assets"),
        "total_assets": msg("Credit", "Total assets"),
        "current_liabilities": msg("Credit", "Current liabilities"),
        "total_liabilities": msg("Credit", "Total liabilities"),
        "equity": msg("Credit", "Equity"),
        "retained_earnings": msg("Credit", "Retained earnings"),
        "sales": msg("Credit", "Sales"),
        "ebit": msg("Credit", "Earnings before interest and tax"),
        "net_profit": msg("Credit", "Net profit"),
    }
)
RATIOS: tuple[tuple[str, Message], ...] = (
    ("X1", msg("Credit", "working capital ÷ total assets")),
    ("X2", msg("Credit", "retained earnings ÷ total assets")),
    ("X3", msg("Credit", "earnings before interest and tax ÷ total assets")),
    ("X4", msg("Credit", "equity ÷ total liabilities")),
    ("X5", msg("Credit", "sales ÷ total assets")),
)


def limit_words(line: CreditLine) -> str:
    """Return the limit, or that none is recorded."""
    limit = line.standing.exposure.limit_minor
    if limit is None:
        return tr("Credit", "no limit recorded")
    return formats.amount(limit, cents=False)


def headroom_words(line: CreditLine) -> str:
    """Return the headroom, a dash without a limit."""
    return formats.amount(line.standing.exposure.headroom_minor, cents=False)


def trips_words(line: CreditLine) -> str:
    """Return what trips, in a few words each."""
    return " · ".join(str(SHORT[rule]) for rule in line.rules)


def trips_mark(line: CreditLine) -> ChipText | None:
    """Return the first thing that trips and how many more do; None where nothing does."""
    if not line.rules:
        return None
    first, more = line.rules[0], len(line.rules) - 1
    text = str(SHORT[first])
    return ChipText(f"{text} +{more}" if more else text, TONES[line.answer])


def risk_mark(risk: RiskClass) -> ChipText:
    """Return a risk class."""
    return ChipText(str(RISKS[risk]), RISK_TONES[risk])


def score_words(score: Score) -> str:
    """Return a score and its zone, or what is missing for it."""
    if score.value is None or score.zone is None:
        lacking = ", ".join(str(ACCOUNTS[name]) for name in score.missing)
        return tr("Credit", "not known; missing: {what}", what=lacking)
    return f"{formats.number(score.value, 3)} · {ZONES[score.zone][0]}"


def cut_offs() -> str:
    """Return by which cut-offs the zones are told, and whose they are."""
    return "\n".join(
        tr(
            "Credit",
            "{score}: safe above {safe}, distress below {distress} ({source}).",
            score=model.name,
            safe=formats.number(model.safe, 2),
            distress=formats.number(model.distress, 2),
            source=_SOURCES[model.name],
        )
        for model in MODELS
    )


_SOURCES = {
    "Z′": msg("Credit", "Altman, private firms"),
    "Z″": msg("Credit", "Altman, firms that do not manufacture"),
}


def verdict(row: StatementRow) -> str:
    """Return whether the models agree, and what kind of figure this is."""
    parts = []
    if row.models_disagree:
        found = ", ".join(
            f"{one.model.name}: {ZONES[one.zone][0]}" for one in row.scores if one.zone is not None
        )
        parts.append(tr("Credit", "The models disagree ({found}).", found=found))
    parts.append(tr("Credit", "Book-value models: a reason for a talk, never a decision."))
    return " ".join(parts)
