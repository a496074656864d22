"""Small books of every shape for the workbook: years back, odd names, credit, unapplied money."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from acctdesk.kinds import InteractionKind, RecordKind
from acctdesk.models import Client
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import log_interaction
from acctdesk.services.tasks import add_task
from tests.exchange.desks import client, receipt, rows_of, sale, take
from tests.ui.world import STEP

TODAY = dt.date(2026, 11, 12)
ODD_NAMES = (
    "=ΑΙΓΑΙΟ+1 Α.Ε.",
    "+30 Τηλέφωνα",
    "-Μείον & Υιοί <Ο.Ε.>",
    "@Σύμβολο \"εισαγωγικά\" 'απόστροφος'",
    "http://example.org Α.Ε.",
    "mailto:info@example.org",
    "{=1+1}",
    "Müller & ΓΚΙΩΝΑ 😀 GmbH",
    "C:\\εντολή|calc'!A0",
    "Ένα πολύ μακρύ όνομα εταιρείας που δεν χωρεί σε καμία στήλη ενός φύλλου εργασίας Α.Β.Ε.Ε.",
)


def invent(
    desk: Desk,
    seed: int,
    *,
    years: int = 4,
    targets: str = "book",
    documents: int = 60,
    until: dt.date = TODAY,
) -> None:
    """Fill an empty book; ``targets`` are of the book, of clients, or none."""
    chance = random.Random(seed)
    codes = [f"30.{n:02d}" for n in range(len(ODD_NAMES))]
    take(desk, RecordKind.CLIENTS, *map(client, codes, ODD_NAMES))
    start = dt.date(until.year - years + 1, 1, 1)
    span = (until - start).days

    def day() -> dt.date:
        return start + dt.timedelta(days=chance.randrange(span + 1))

    sales, receipts = [], []
    for n in range(documents):
        issued, code = day(), chance.choice(codes[:-1])
        net = chance.randrange(1, 2_000_000)
        due = issued + dt.timedelta(days=chance.choice((0, 30, 60, 90)))
        number = f"ΤΙΜ{n:04d}"
        sales.append(
            sale(
                number, code, net, issued_on=issued, due_on=due, vat_minor=net // 4,
                gross_minor=net + net // 4,
            )
        )  # fmt: skip
        sort = chance.random()
        later = min(until, issued + dt.timedelta(days=chance.randrange(200)))
        if sort < 0.15:
            back = -chance.randrange(1, net + 1)
            sales.append(sale(f"ΠΙΣ{n:04d}", code, back, issued_on=later, related_ref=number))
        elif sort < 0.2:
            sales.append(sale(f"ΠΙΣ{n:04d}", code, -net, issued_on=later, related_ref="ΑΛΛΟ"))
        if sort > 0.4:
            part = chance.choice((1.0, 1.0, 0.5, 1.2))
            paid = round((net + net // 4) * part)
            receipts.append(
                receipt(f"ΕΙΣ{n:04d}", code, paid, received_on=later, document_ref=number)
            )
        elif sort > 0.35:
            receipts.append(receipt(f"ΕΙΣ{n:04d}", code, net, received_on=later))
    take(desk, RecordKind.SALES, *sales)
    take(desk, RecordKind.RECEIPTS, *receipts)
    if targets != "none":
        take(desk, RecordKind.TARGETS, *_targets(chance, targets, codes, until.year))
    _interactions(desk, chance, day)


def _targets(
    chance: random.Random, targets: str, codes: list[str], year: int
) -> list[dict[str, Any]]:
    months = [month for month in range(1, 13) if month != 5]  # a gap breaks the chart's line
    return [
        {
            "month": dt.date(year, month, 1),
            "client_code": code,
            "client_name": None,
            "amount_minor": chance.randrange(10_000_00, 90_000_00),
        }
        for month in months
        for code in (codes[:4] if targets == "clients" else [None])
    ]


def _interactions(desk: Desk, chance: random.Random, day: Any) -> None:
    ids = [row[0] for row in rows_of(desk, Client, "id")]
    for n in range(20):
        at = dt.datetime.combine(day(), dt.time(9), dt.UTC)
        desk.perform(
            STEP,
            log_interaction,
            client_id=chance.choice(ids),
            kind=chance.choice(list(InteractionKind)),
            happened_at=at,
            subject=f"=Θέμα {n}",
            body="κείμενο",
        )
    for n in range(3):
        desk.perform(
            STEP,
            add_task,
            client_id=ids[n],
            title="+Αποστολή όρων " * (1 + 3 * n),
            due_on=TODAY + dt.timedelta(days=5 + n),
        )
