"""The demo book: an invented, realistic portfolio, the same for the same seed and day.

Sized by the number of clients, as people keep them: 300 are an officer's book of 30,000 sales lines
and 20,000 interactions, 2,000 have 200,000 and 50,000, 5,000 are a team's with 300,000 documents
and 300,000 interactions, 100,000 have 500,000 lines and a million interactions. Everything goes in
by the bulk road.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import Language, Segment
from acctdesk.models import Client, Contact, Product
from acctdesk.services.demo_words import (
    CITIES,
    ENGLISH,
    FAMILY_FIRMS,
    FORMS,
    GREEK,
    HER_NAMES,
    HER_SURNAMES,
    HIS_NAMES,
    PLACES,
    PRODUCTS,
    ROLES_EL,
    ROLES_EN,
    STREETS,
    SURNAMES,
    TRADES,
    Words,
)
from acctdesk.services.profile import get_profile
from acctdesk.storage.bulk import bulk_insert

_MOST_CLIENTS = 100_000
OFFICER = "Ελένη Μαρκάκη"
COMPANY = "Ηλιάδα Εμπορική Α.Ε."


@dataclass(slots=True)
class Plan:
    """An invented client: what is stored, and how it buys and pays."""

    row: dict[str, Any]
    season: str
    yearly: int  # net sales of a usual year, minor units
    growth: float  # a year
    starts: dt.date
    stops: dt.date
    days_late: int  # usual, from due to paid
    credit_days: int
    silent_days: int = 0  # since anybody was in touch
    client_id: int = 0
    contact_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What all parts of the demo share."""

    chance: random.Random
    today: dt.date
    words: Words
    currency: str
    lines_each: int
    interactions_each: int


def fill_demo(session: Session, *, clients: int = 60, seed: int = 1, today: dt.date) -> None:
    """Fill an empty book with invented clients and three years of their business up to today.

    Raises:
        UserError: ``clients`` is not between 1 and 100,000.
    """
    from acctdesk.services.demo_aims import fill_aims
    from acctdesk.services.demo_cases import fill_cases
    from acctdesk.services.demo_collecting import fill_collecting
    from acctdesk.services.demo_contact import fill_interactions
    from acctdesk.services.demo_credit import fill_credit
    from acctdesk.services.demo_day import fill_day, silence_some
    from acctdesk.services.demo_money import fill_money
    from acctdesk.services.demo_satisfaction import fill_satisfaction
    from acctdesk.services.demo_time import fill_time

    checked_size(clients)
    profile = get_profile(session)
    english = profile.language == Language.EN
    lines_each, interactions_each = _business(clients)
    scene = Scene(
        chance=random.Random(f"acctdesk {seed} {clients}"),  # noqa: S311 - invented data
        today=today,
        words=ENGLISH if english else GREEK,
        currency=profile.currency,
        lines_each=lines_each,
        interactions_each=interactions_each,
    )
    plans = _plans(scene, clients)
    _insert_clients(session, plans, scene.chance)
    _insert_contacts(session, plans, scene, english=english)
    product_ids = bulk_insert(
        session,
        Product,
        [
            {
                "code": code,
                "name": in_english if english else name,
                "family": family_in_english if english else family,
                "unit": unit,
            }
            for code, name, in_english, family, family_in_english, unit, _, _ in PRODUCTS
        ],
    )
    silence_some(plans, scene)
    fill_money(session, plans, scene, product_ids=product_ids)
    fill_interactions(session, plans, scene)
    fill_day(session, plans, scene)
    fill_time(session, plans, scene)
    fill_cases(session, plans, scene)
    fill_credit(session, plans, scene)
    fill_collecting(session, plans, scene)
    fill_satisfaction(session, plans, scene)
    fill_aims(session, plans, scene)


def checked_size(clients: int) -> int:
    """Return a number of clients that a demo book can have, or refuse."""
    if not 1 <= clients <= _MOST_CLIENTS:
        raise UserError(
            msg("Services", "A demo book holds 1 to {most} clients.", most=_MOST_CLIENTS)
        )
    return clients


def _business(clients: int) -> tuple[int, int]:
    """Return how many sales lines and interactions a client usually has in a book of this size."""
    for most, lines, interactions in ((1_000, 100, 67), (3_000, 100, 25), (5_000, 180, 60)):
        if clients <= most:
            return lines, interactions
    return max(5, 500_000 // clients), 10


def _plans(scene: Scene, clients: int) -> list[Plan]:
    chance, today = scene.chance, scene.today
    names = _names(chance, clients)
    sizes = sorted((chance.lognormvariate(0, 1.05) for _ in range(clients)), reverse=True)
    vat_start = chance.randrange(1_000_000)
    order = list(range(clients))
    chance.shuffle(order)
    plans = []
    for place, number in enumerate(order):
        name, activity, season = names[number]
        size = sizes[number]
        city, dialling, postal = chance.choice(CITIES)
        share = number / clients
        segment = Segment.A if share < 0.15 else Segment.B if share < 0.5 else Segment.C
        yearly = max(180_000, min(60_000_000, round(size * 4_200_000)))
        credit_days = chance.choice((30, 30, 45, 60, 60, 90))
        starts, stops = _life(chance, today)
        row = {
            "code": f"30.{place // 10_000:02d}.{place % 10_000 + 1:04d}",
            "name": name,
            "vat_id": invented_vat_id((vat_start + place * 7919) % 1_000_000),
            "tax_office": f"ΔΟΥ {_genitive_free(city)}",
            "activity": activity,
            "segment": segment.value,
            "address": f"{chance.choice(STREETS)} {chance.randrange(1, 180)}",
            "city": city,
            "postal_code": f"{postal}{chance.randrange(10, 99)}",
            "country": "GR",
            "phone": _phone(dialling, chance),
            "email": f"info@pelatis{place + 1:04d}.example",
            "credit_days": credit_days,
            "credit_limit_minor": None  # of some it was never decided
            if place % 13 == 5
            else max(100_000, round(yearly * 0.4 / 50_000) * 50_000),
            "active": stops >= today - dt.timedelta(days=150),
            "client_since": starts - dt.timedelta(days=chance.randrange(0, 2500)),
            "notes": chance.choice(scene.words.notes) if chance.random() < 0.12 else None,
        }
        plans.append(
            Plan(
                row=row,
                season=season,
                yearly=yearly,
                growth=chance.gauss(0.05, 0.14),
                starts=starts,
                stops=stops,
                days_late=_habit(chance),
                credit_days=credit_days,
            )
        )
    return plans


def _life(chance: random.Random, today: dt.date) -> tuple[dt.date, dt.date]:
    """Return from when to when a client buys: some are new, some have left."""
    first = three_years_before(today)
    kind = chance.random()
    if kind < 0.08:
        return today - dt.timedelta(days=chance.randrange(40, 330)), today
    if kind < 0.14:
        return first, today - dt.timedelta(days=chance.randrange(60, 420))
    return first, today


def three_years_before(today: dt.date) -> dt.date:
    """Return the first day of the month three years before ``today``."""
    return dt.date(today.year - 3, today.month, 1)


def _habit(chance: random.Random) -> int:
    return chance.choices((-3, 2, 12, 28, 62), weights=(25, 30, 25, 14, 6))[0]


def invented_vat_id(number: int) -> str:
    """Return an ΑΦΜ with a right check digit that nobody has: none begins with 77."""
    from stdnum.gr.vat import calc_check_digit

    body = f"77{number:06d}"
    return f"{body}{calc_check_digit(body)}"


def _genitive_free(city: str) -> str:
    return city.upper().translate(str.maketrans("ΆΈΉΊΌΎΏ", "ΑΕΗΙΟΥΩ"))


def _phone(dialling: str, chance: random.Random) -> str:
    rest = 10 - len(dialling)
    return f"+30{dialling}{chance.randrange(10 ** (rest - 1), 10**rest)}"


def _names(chance: random.Random, clients: int) -> list[tuple[str, str, str]]:
    """Return name, activity and season of as many different firms."""
    found: dict[str, tuple[str, str, str]] = {}
    while len(found) < clients:
        trade, activity, season = chance.choice(TRADES)
        form = chance.choice(FORMS)
        kind = chance.random()
        if kind < 0.4:
            name = f"{trade} {chance.choice(PLACES)} {form}"
        else:
            pattern = chance.choice(FAMILY_FIRMS)
            name = pattern.format(
                name=chance.choice(SURNAMES), of=chance.choice(HER_SURNAMES), form=form
            )
        if kind > 0.85 or clients > 1500:
            name = f"{name.removesuffix(form)}{chance.choice(PLACES)} {form}"
        if name in found and len(found) > 20_000:
            name = f"{name} {len(found)}"
        found.setdefault(name, (name, activity, season))
    return list(found.values())


def _insert_clients(session: Session, plans: list[Plan], chance: random.Random) -> None:
    """Insert heads of groups first, then everybody else with the parent's id."""
    heads = [plan for number, plan in enumerate(plans) if number % 25 == 3]
    members: dict[int, Plan] = {}
    for number, head in enumerate(heads):
        for step in range(1, chance.randrange(2, 4)):
            members[number * 25 + 3 + step] = head
    rest = [(plan, members.get(number)) for number, plan in enumerate(plans) if number % 25 != 3]
    for plan, client_id in zip(
        heads, bulk_insert(session, Client, [plan.row for plan in heads]), strict=True
    ):
        plan.client_id = client_id
    rows = [{**plan.row, "parent_id": head.client_id if head else None} for plan, head in rest]
    for (plan, _), client_id in zip(rest, bulk_insert(session, Client, rows), strict=True):
        plan.client_id = client_id


def _insert_contacts(session: Session, plans: list[Plan], scene: Scene, *, english: bool) -> None:
    chance = scene.chance
    roles = ROLES_EN if english else ROLES_EL
    rows: list[dict[str, Any]] = []
    owners: list[Plan] = []
    for plan in plans:
        for place in range(chance.choice((1, 1, 2, 2, 3))):
            woman = chance.random() < 0.5
            first = chance.choice(HER_NAMES if woman else HIS_NAMES)
            last = chance.choice(HER_SURNAMES if woman else SURNAMES)
            rows.append(
                {
                    "client_id": plan.client_id,
                    "name": f"{first} {last}",
                    "role": roles[place if place < 2 else chance.randrange(2, len(roles))],
                    "mobile": f"+3069{chance.randrange(10_000_000, 99_999_999)}",
                    "email": f"epafi{len(rows) + 1}@{plan.row['email'].split('@')[1]}",
                    "decides": place == 0,
                }
            )
            owners.append(plan)
    for plan, contact_id in zip(owners, bulk_insert(session, Contact, rows), strict=True):
        plan.contact_ids = (*plan.contact_ids, contact_id)
