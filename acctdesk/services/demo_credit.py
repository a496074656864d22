"""The demo book's credit files: securities, orders, market notes, accounts, risk classes."""

from __future__ import annotations

import datetime as dt
import random
from typing import NamedTuple

from sqlalchemy.orm import Session

from acctdesk.kinds import Reliability, RiskClass, SecurityKind
from acctdesk.models import FinancialStatement, MarketNote, Order, Security
from acctdesk.services.demo import OFFICER, Plan, Scene
from acctdesk.services.demo_words import GREEK
from acctdesk.services.reviews import set_risk
from acctdesk.storage.bulk import bulk_insert

_MOST = 150  # credit files: more makes no book livelier


class _Words(NamedTuple):
    """The sentences of one language."""

    notes: tuple[tuple[str, str, Reliability, int], ...]  # what, where from, and days ago
    reasons: tuple[tuple[RiskClass, str], ...]
    register: str  # where accounts come from


_GREEK = _Words(
    notes=(
        ("Άνοιξαν δεύτερη αποθήκη στη Λαμία.", "Οδηγός της μεταφορικής", Reliability.MEDIUM, 40),
        ("Πληρώνουν προμηθευτή με επιταγές έξι μηνών.", "Προμηθευτής", Reliability.HIGH, 95),
        ("Ακούγεται πως χάνουν έναν μεγάλο πελάτη.", "Αγορά", Reliability.LOW, 12),
        ("Άλλαξε ο οικονομικός διευθυντής.", "Ο ίδιος ο πελάτης", Reliability.HIGH, 430),
    ),
    reasons=(
        (RiskClass.MEDIUM, "Νέος πελάτης, χωρίς ιστορικό"),
        (RiskClass.LOW, "Πληρώνει στην ώρα του τρία χρόνια"),
        (RiskClass.HIGH, "Επιταγή που δεν πληρώθηκε"),
    ),
    register="ΓΕΜΗ",
)
_ENGLISH = _Words(
    notes=(
        (
            "They opened a second warehouse in Lamia.",
            "The haulier's driver",
            Reliability.MEDIUM,
            40,
        ),
        ("They pay a supplier with cheques of six months.", "A supplier", Reliability.HIGH, 95),
        ("They are said to lose a large customer.", "The market", Reliability.LOW, 12),
        ("The finance director left.", "The client itself", Reliability.HIGH, 430),
    ),
    reasons=(
        (RiskClass.MEDIUM, "A new client without a history"),
        (RiskClass.LOW, "Has paid in time for three years"),
        (RiskClass.HIGH, "A cheque that bounced"),
    ),
    register="Business registry",
)


def fill_credit(session: Session, plans: list[Plan], scene: Scene) -> None:
    """Fill in the credit files of some of the clients who buy."""
    chance = random.Random(scene.chance.random())  # noqa: S311 - invented data
    words = _GREEK if scene.words is GREEK else _ENGLISH
    active = [plan for plan in plans if plan.row["active"]]
    heaviest = sorted(active, key=lambda plan: -plan.yearly)
    some = heaviest[: max(4, min(_MOST, len(plans) // 3))]  # one looks at who buys most
    today = scene.today
    securities, orders, notes, accounts = [], [], [], []
    for number, plan in enumerate(some):
        what, source, reliability, ago = words.notes[number % len(words.notes)]
        notes.append(
            {
                "client_id": plan.client_id,
                "noted_on": today - dt.timedelta(days=ago),
                "source": source,
                "reliability": reliability.value,
                "body": what,
            }
        )
        limit = plan.row["credit_limit_minor"] or 1_000_000
        if number % 3 == 0:
            securities.append(
                {
                    "client_id": plan.client_id,
                    "kind": tuple(SecurityKind)[number // 3 % len(SecurityKind)].value,
                    "amount_minor": round(limit * 0.25 / 10_000) * 10_000,
                    "from_on": today - dt.timedelta(days=300),
                    "until_on": today + dt.timedelta(days=90 if number % 2 else -20),
                }
            )
        if number % 2 == 0:
            orders.append(
                {
                    "client_id": plan.client_id,
                    "number": f"ΠΑΡ-{1001 + number}",
                    "ordered_on": today - dt.timedelta(days=chance.randrange(1, 12)),
                    "amount_minor": round(plan.yearly / 30 / 100) * 100,
                }
            )
        accounts += [_accounts(plan, today.year - years, chance, words) for years in (1, 2)]
        risk, reason = words.reasons[number % len(words.reasons)]
        set_risk(
            session, client_id=plan.client_id, risk=risk, reason=reason, who=OFFICER,
            today=today - dt.timedelta(days=chance.randrange(30, 700)),
        )  # fmt: skip
    bulk_insert(session, Security, securities)
    bulk_insert(session, Order, orders)
    bulk_insert(session, MarketNote, notes)
    bulk_insert(session, FinancialStatement, accounts)


def _accounts(plan: Plan, year: int, chance: random.Random, words: _Words) -> dict[str, object]:
    """Return a year's accounts of a firm that sells some ten times what it buys here."""
    sales = round(plan.yearly * chance.uniform(6, 14))
    assets = round(sales / chance.uniform(0.9, 1.9))
    liabilities = round(assets * chance.uniform(0.35, 0.8))
    current = round(assets * chance.uniform(0.4, 0.7))
    return {
        "client_id": plan.client_id,
        "year_end": dt.date(year, 12, 31),
        "source": words.register,
        "current_assets_minor": current,
        "current_liabilities_minor": round(current * chance.uniform(0.5, 1.2)),
        "total_assets_minor": assets,
        "total_liabilities_minor": liabilities,
        "equity_minor": assets - liabilities,
        "retained_earnings_minor": round(assets * chance.uniform(-0.05, 0.25)),
        "ebit_minor": round(sales * chance.uniform(-0.02, 0.12)),
        "sales_minor": None if chance.random() < 0.1 else sales,
        "net_profit_minor": round(sales * chance.uniform(-0.03, 0.07)),
    }
