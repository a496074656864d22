"""The demo book's disputes, a disruption, requests to departments, key dates and shares."""

from __future__ import annotations

import datetime as dt
import random
from typing import NamedTuple

from sqlalchemy.orm import Session

from acctdesk.kinds import DisputeState, DisputeType, KeyDateKind, Language
from acctdesk.models import KeyDate
from acctdesk.services.case_rows import Share
from acctdesk.services.demo import Plan, Scene
from acctdesk.services.demo_words import GREEK
from acctdesk.services.disputes import close_dispute, open_dispute, tell
from acctdesk.services.disruptions import disruption_card, mark_told, open_disruption
from acctdesk.services.receivables import open_invoices
from acctdesk.services.requests import USUAL, answer_request, ask, save_department
from acctdesk.services.rows import OpenInvoice
from acctdesk.services.shares import set_shares
from acctdesk.storage.bulk import bulk_insert

_STAFF = (  # of the usual departments: who is asked, and how their address begins
    ("Ιωάννα Βλάχου", "support"),
    ("Πέτρος Ζήσης", "accounts"),
    ("Λίνα Ρούσσου", "marketing"),
    ("Σταύρος Μήτσου", "technical"),
)
_MOST = 120  # of each: more makes no book livelier
_DATES = (  # what, in how many days, and its title by language
    (KeyDateKind.CONTRACT, 40, ("Ετήσια σύμβαση προμήθειας", "Yearly supply contract")),
    (KeyDateKind.GUARANTEE, -3, ("Εγγυητική καλής εκτέλεσης", "Performance guarantee")),
    (KeyDateKind.REVIEW, 12, (None, None)),
    (KeyDateKind.LIMIT, 75, ("Ασφάλιση πιστώσεων", "Credit insurance")),
    (KeyDateKind.KYC, 20, (None, None)),
    (KeyDateKind.POLICY, 140, ("Ασφάλεια εμπορευμάτων", "Goods insurance")),
)


class _Words(NamedTuple):
    """The sentences of one language."""

    disputes: tuple[tuple[DisputeType, str, str], ...]
    told: tuple[str, ...]
    ended: str
    disruption: tuple[str, str]  # title and cause
    requests: tuple[tuple[int, str], ...]  # the department's place in USUAL, and what is asked
    answered: str


_GREEK = _Words(
    disputes=(
        (DisputeType.QUANTITY, "Έλειπαν τρία κιβώτια από την παραγγελία", "λάθος στη συλλογή"),
        (DisputeType.PRICE, "Χρεώθηκε ο παλιός τιμοκατάλογος", "η νέα τιμή δεν πέρασε"),
        (DisputeType.QUALITY, "Δύο παρτίδες με χαμηλή αντοχή", "πρώτη ύλη του προμηθευτή"),
        (DisputeType.DELIVERY, "Παράδοση με δύο ημέρες καθυστέρηση", "βλάβη φορτηγού"),
        (DisputeType.INVOICE, "Δεν αναγνωρίζουν το τιμολόγιο", "λείπει ο αριθμός παραγγελίας"),
    ),
    told=("Τμήμα Υποστήριξης", "Λογιστήριο"),
    ended="Εκδόθηκε πιστωτικό και το δέχτηκαν.",
    disruption=(
        "Διακοπή παραδόσεων από την κεντρική αποθήκη",
        "βλάβη στο σύστημα της αποθήκης",
    ),
    requests=(
        (0, "Αντίγραφα δελτίων αποστολής Οκτωβρίου"),
        (1, "Καρτέλα πελάτη με αντιστοίχιση πληρωμών"),
        (3, "Έλεγχος δείγματος από τις δύο παρτίδες"),
        (2, "Έντυπα της νέας σειράς στα αγγλικά"),
        (1, "Πιστωτικό για τα κιβώτια που έλειπαν"),
    ),
    answered="Στάλθηκαν με e-mail.",
)
_ENGLISH = _Words(
    disputes=(
        (DisputeType.QUANTITY, "Three boxes were missing from the order", "picked wrongly"),
        (DisputeType.PRICE, "The old price list was charged", "the new price was not entered"),
        (DisputeType.QUALITY, "Two lots of low strength", "the supplier's raw material"),
        (DisputeType.DELIVERY, "Delivered two days late", "the truck broke down"),
        (DisputeType.INVOICE, "They do not recognise the invoice", "no order number on it"),
    ),
    told=("Back office", "Accounting"),
    ended="A credit note was issued and they accepted it.",
    disruption=(
        "No deliveries from the central warehouse",
        "the warehouse system is down",
    ),
    requests=(
        (0, "Copies of the delivery notes of October"),
        (1, "Statement with the payments matched"),
        (3, "Check of the sample of both lots"),
        (2, "Leaflets of the new range in English"),
        (1, "Credit note for the missing boxes"),
    ),
    answered="Sent by e-mail.",
)


def fill_cases(session: Session, plans: list[Plan], scene: Scene) -> None:
    """Fill in what goes wrong, who sees to it, and which dates come near."""
    chance = random.Random(scene.chance.random())  # noqa: S311 - invented data
    greek = scene.words is GREEK
    words = _GREEK if greek else _ENGLISH
    few = max(3, min(_MOST, len(plans) // 8))
    disputed = _disputes(session, words, scene.today, chance, few)
    active = [plan.client_id for plan in plans if plan.row["active"]]
    _disruption(session, words, scene.today, chance.sample(active, min(len(active), 2 * few)))
    language = Language.EL if greek else Language.EN
    names = [name.localized(language) for name in USUAL]
    for number, name in enumerate(names):
        person, address = _STAFF[number]
        save_department(session, name=name, person=person, email=f"{address}@aigaion.example")
    for number, (client_id, dispute_id) in enumerate(disputed or [(None, None)]):
        place, what = words.requests[number % len(words.requests)]
        asked = scene.today - dt.timedelta(days=chance.choice((1, 3, 8, 11, 15)))
        made = ask(
            session, department=names[place], what=what, asked_on=asked,
            client_id=client_id, dispute_id=dispute_id,
        )  # fmt: skip
        if number % 4 == 3:
            answer_request(session, request_id=made, on=scene.today, answer=words.answered)
    _key_dates(session, scene.today, chance.sample(active, len(active) // 3), greek=greek)
    for client_id in chance.sample(active, min(few, len(active))):
        since = dt.date(scene.today.year, 1, 1)
        shares = [Share("Μαρία Λέκκα", 70_00), Share("Κώστας Τάσιος", 30_00)]
        set_shares(session, client_id=client_id, from_on=since, shares=shares)


def _disputes(
    session: Session, words: _Words, today: dt.date, chance: random.Random, few: int
) -> list[tuple[int | None, int | None]]:
    owed: dict[int, OpenInvoice] = {}
    for invoice in open_invoices(session, as_of=today):
        owed.setdefault(invoice.client_id, invoice)
    made: list[tuple[int | None, int | None]] = []
    for number, client_id in enumerate(chance.sample(sorted(owed), min(few, len(owed)))):
        invoice = owed[client_id]
        kind, title, cause = words.disputes[number % len(words.disputes)]
        opened = today - dt.timedelta(days=chance.randrange(2, 25))
        part = invoice.open_minor if number % 2 else max(1, invoice.open_minor // 3)
        dispute = open_dispute(
            session, client_id=client_id, today=today, type=kind, title=title, cause=cause,
            opened_on=opened, due_on=opened + dt.timedelta(days=chance.choice((5, 14, 30))),
            blocked={invoice.id: part},
        )  # fmt: skip
        if number % 3:
            tell(session, dispute_id=dispute, told_on=opened, who=words.told[number % 2])
        if number % 5 == 4:
            close_dispute(
                session, dispute_id=dispute, state=DisputeState.SETTLED, on=today,
                resolution=words.ended, today=today,
            )  # fmt: skip
        made.append((client_id, dispute))
    return made


def _disruption(session: Session, words: _Words, today: dt.date, clients: list[int]) -> None:
    title, cause = words.disruption
    started = dt.datetime.combine(today, dt.time(6, 30)).astimezone(dt.UTC) - dt.timedelta(days=1)
    made = open_disruption(
        session, title=title, cause=cause, started_at=started, client_ids=clients
    )
    card = disruption_card(session, disruption_id=made)
    assert card is not None
    told = [one.id for one in card.clients[: len(clients) // 3]]
    mark_told(session, entry_ids=told, told_at=started + dt.timedelta(hours=3))


def _key_dates(session: Session, today: dt.date, clients: list[int], *, greek: bool) -> None:
    rows = []
    for number, client_id in enumerate(clients):
        kind, days, titles = _DATES[number % len(_DATES)]
        rows.append(
            {
                "client_id": client_id,
                "kind": kind.value,
                "title": titles[0 if greek else 1],
                "on_date": today + dt.timedelta(days=days + number % 5),
            }
        )
    bulk_insert(session, KeyDate, rows)
