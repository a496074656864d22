"""The demo book's invoices, credit notes, receipts and targets."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy.orm import Session

from acctdesk.kinds import DocumentType, Segment, TargetMeasure
from acctdesk.models import Allocation, Document, DocumentLine, Instalment, Receipt, Target
from acctdesk.periods import add_months, is_working_day, months
from acctdesk.services.demo import Plan, Scene, three_years_before
from acctdesk.services.demo_words import PRODUCTS, SEASONS
from acctdesk.storage.bulk import bulk_insert
from acctdesk.text import latin_key

_CENT = Decimal(1)
_LINES = 3  # on a usual document


@dataclass(slots=True)
class _Sale:
    plan: Plan
    issued_on: dt.date
    lines: list[dict[str, Any]]
    net: int
    vat: int
    type: DocumentType = DocumentType.INVOICE
    about: _Sale | None = None
    number: str = ""
    document_id: int = 0
    credited: int = 0  # gross of the credit notes that name it, negative

    @property
    def gross(self) -> int:
        """Return the amount with VAT."""
        return self.net + self.vat


@dataclass(slots=True)
class _Payment:
    plan: Plan
    received_on: dt.date
    method: str
    reason: str | None = None
    parts: list[tuple[_Sale, int]] = field(default_factory=list)
    unapplied: int = 0
    payer: str | None = None  # as the bank writes it

    @property
    def amount(self) -> int:
        """Return everything received."""
        return self.unapplied + sum(amount for _, amount in self.parts)


def fill_money(
    session: Session, plans: list[Plan], scene: Scene, *, product_ids: list[int]
) -> None:
    """Insert three years of documents, what was paid of them, and targets by month."""
    invoices = [sale for plan in plans for sale in _invoices(plan, scene)]
    invoices.sort(key=lambda sale: sale.issued_on)
    credit_notes = _credit_notes(invoices, scene)
    for prefix, sales in (("ΤΙΜ", invoices), ("ΠΙΣ", credit_notes)):
        for number, sale in enumerate(sales, start=1):
            sale.number = f"{prefix}-{number:06d}"
        ids = bulk_insert(session, Document, [_document(sale, scene) for sale in sales])
        for sale, document_id in zip(sales, ids, strict=True):
            sale.document_id = document_id
    bulk_insert(
        session,
        DocumentLine,
        [
            {**line, "product_id": product_ids[line["product_id"]], "document_id": sale.document_id}
            for sale in (*invoices, *credit_notes)
            for line in sale.lines
        ],
    )
    payments = _payments(invoices, plans, scene)
    _insert_payments(session, payments, scene)
    _insert_instalments(session, invoices, payments)
    _insert_targets(session, plans, [*invoices, *credit_notes], scene)


def _invoices(plan: Plan, scene: Scene) -> list[_Sale]:
    chance = scene.chance
    season = SEASONS[plan.season]
    whole = months(three_years_before(scene.today), scene.today)
    bought = [month for month in whole if plan.starts <= month <= plan.stops] or [whole[-1]]
    usual = scene.lines_each / _LINES
    size = min(2.2, max(0.4, (plan.yearly / 4_200_000) ** 0.4))
    least = 1 if scene.lines_each <= _LINES * 2 else 2
    count = max(least, round(usual * size * len(bought) / len(whole)))
    weights = [season[month.month - 1] for month in bought]
    each = plan.yearly * 3 * len(bought) / len(whole) / count
    products = chance.sample(range(len(PRODUCTS)), 7)
    sales = []
    for month in chance.choices(bought, weights=weights, k=count):
        day = _working_day(month, scene)
        if day is None or not plan.starts <= day <= plan.stops:
            continue
        years = (day - whole[0]).days / 365.25 - 1.5
        aim = each * (1 + plan.growth) ** years * chance.lognormvariate(-0.06, 0.35)
        sales.append(_sale(plan, day, aim, products, scene))
    return sales


def _working_day(month: dt.date, scene: Scene) -> dt.date | None:
    for _ in range(8):
        day = month + dt.timedelta(days=scene.chance.randrange(0, 28))
        if day <= scene.today and is_working_day(day):
            return day
    return None


def _sale(plan: Plan, day: dt.date, aim: float, products: list[int], scene: Scene) -> _Sale:
    chance = scene.chance
    chosen = chance.sample(products, chance.choice((2, 3, 3, 4)))
    lines = []
    net = vat = Decimal(0)
    for position, product in enumerate(chosen, start=1):
        price, rate = PRODUCTS[product][6], PRODUCTS[product][7]
        quantity = max(1, round(aim / len(chosen) / price))
        discount = Decimal(chance.choice((0, 0, 0, 5, 10))) / 100
        amount = Decimal(quantity * price) * (1 - discount) / 100
        net += amount
        vat += amount * rate / 100
        lines.append(
            {
                "position": position,
                "product_id": product,
                "quantity": Decimal(quantity),
                "unit_price": Decimal(price) / 100,
                "discount": discount or None,
                "amount": amount,
            }
        )
    return _Sale(plan, day, lines, _minor(net), _minor(vat))


def _minor(amount: Decimal) -> int:
    return int((amount * 100).quantize(_CENT, ROUND_HALF_UP))


def _credit_notes(invoices: list[_Sale], scene: Scene) -> list[_Sale]:
    """Return credit notes for one invoice in thirty: one line of it, or part of a line."""
    chance = scene.chance
    found = []
    for sale in invoices:
        day = sale.issued_on + dt.timedelta(days=chance.randrange(3, 26))
        if chance.random() > 0.033 or day > scene.today:
            continue
        line = chance.choice(sale.lines)
        quantity = max(Decimal(1), (line["quantity"] * chance.choice((10, 25, 100)) / 100) // 1)
        amount = -(quantity * line["unit_price"] * (1 - (line["discount"] or 0)))
        rate = PRODUCTS[line["product_id"]][7]
        note = _Sale(
            sale.plan,
            day,
            [{**line, "position": 1, "quantity": quantity, "amount": amount}],
            _minor(amount),
            _minor(amount * rate / 100),
            DocumentType.CREDIT_NOTE,
            sale,
        )
        sale.credited += note.gross
        found.append(note)
    return sorted(found, key=lambda note: note.issued_on)


def _document(sale: _Sale, scene: Scene) -> dict[str, Any]:
    invoice = sale.type is DocumentType.INVOICE
    days = dt.timedelta(days=sale.plan.credit_days)
    return {
        "type": sale.type.value,
        "number": sale.number,
        "issued_on": sale.issued_on,
        "due_on": sale.issued_on + days if invoice else None,
        "client_id": sale.plan.client_id,
        "related_id": sale.about.document_id if sale.about else None,
        "related_ref": sale.about.number if sale.about else None,
        "currency": scene.currency,
        "net_minor": sale.net,
        "vat_minor": sale.vat,
        "gross_minor": sale.gross,
    }


def _payments(invoices: list[_Sale], plans: list[Plan], scene: Scene) -> list[_Payment]:
    """Return what was received: by each client's habit, some in parts, some for two invoices."""
    chance = scene.chance
    found: list[_Payment] = []
    newest: dict[int, _Payment] = {}
    for sale in invoices:
        plan = sale.plan
        due = sale.issued_on + dt.timedelta(days=plan.credit_days)
        day = due + dt.timedelta(days=round(chance.gauss(plan.days_late, 6)))
        day = max(day, sale.issued_on + dt.timedelta(days=1))
        rest = sale.gross + sale.credited
        if rest <= 0 or day > scene.today:
            continue
        before = newest.get(plan.client_id)
        if before is not None and chance.random() < 0.2 and sale.issued_on < before.received_on:
            before.parts.append((sale, rest))
            continue
        payment = _Payment(plan, day, chance.choice(scene.words.methods))
        found.append(payment)
        newest[plan.client_id] = payment
        if chance.random() < 0.1:
            first = rest * chance.choice((40, 50, 60)) // 100
            payment.parts.append((sale, first))
            later = day + dt.timedelta(days=chance.randrange(15, 50))
            if later <= scene.today:
                found.append(
                    _Payment(
                        plan,
                        later,
                        chance.choice(scene.words.methods),
                        None,
                        [(sale, rest - first)],
                    )
                )
        else:
            payment.parts.append((sale, rest))
    for plan in plans:
        if chance.random() < 0.12:
            day = scene.today - dt.timedelta(days=chance.randrange(2, 60))
            amount = max(1000, plan.yearly // 400 * 10)
            found.append(
                _Payment(plan, day, scene.words.methods[0], scene.words.on_account, [], amount)
            )
    _name_some(found, invoices)
    return sorted(found, key=lambda payment: payment.received_on)


def _name_some(payments: list[_Payment], invoices: list[_Sale]) -> None:
    """Let of the receipts on account some name an invoice, some be exactly what is open of one."""
    paid: dict[int, int] = defaultdict(int)
    for payment in payments:
        for sale, amount in payment.parts:
            paid[sale.document_id] += amount
    owed: dict[int, list[_Sale]] = defaultdict(list)
    for sale in invoices:
        if sale.gross + sale.credited > paid[sale.document_id]:
            owed[sale.plan.client_id].append(sale)
    for number, payment in enumerate(one for one in payments if one.unapplied):
        open_sales = owed[payment.plan.client_id]
        payment.payer = latin_key(payment.plan.row["name"]).upper()
        if not open_sales:
            continue
        if number % 3 == 0:
            payment.reason = f"{payment.reason} {open_sales[-1].number}"
        elif number % 3 == 1:
            first = open_sales[0]
            payment.unapplied = first.gross + first.credited - paid[first.document_id]


def _insert_payments(session: Session, payments: list[_Payment], scene: Scene) -> None:
    ids = bulk_insert(
        session,
        Receipt,
        [
            {
                "number": f"ΕΙΣ-{number:06d}",
                "received_on": payment.received_on,
                "client_id": payment.plan.client_id,
                "currency": scene.currency,
                "amount_minor": payment.amount,
                "method": payment.method,
                "reason": payment.reason,
                "payer_name": payment.payer,
            }
            for number, payment in enumerate(payments, start=1)
        ],
    )
    bulk_insert(
        session,
        Allocation,
        [
            {
                "receipt_id": receipt_id,
                "document_id": sale.document_id,
                "document_ref": sale.number,
                "amount_minor": amount,
            }
            for receipt_id, payment in zip(ids, payments, strict=True)
            for sale, amount in payment.parts
        ],
    )


def _insert_instalments(session: Session, invoices: list[_Sale], payments: list[_Payment]) -> None:
    """Let the largest invoice of which nothing is paid be paid in three months."""
    touched = {sale.document_id for payment in payments for sale, _amount in payment.parts}
    untouched = [one for one in invoices if one.document_id not in touched and not one.credited]
    if not untouched:
        return
    sale = max(untouched, key=lambda one: (one.gross, one.document_id))
    third = sale.gross // 3
    due = sale.issued_on + dt.timedelta(days=sale.plan.credit_days)
    bulk_insert(
        session,
        Instalment,
        [
            {
                "document_id": sale.document_id,
                "due_on": add_months(due, number),
                "amount_minor": amount,
            }
            for number, amount in enumerate((third, third, sale.gross - 2 * third))
        ],
    )


def _insert_targets(session: Session, plans: list[Plan], sales: list[_Sale], scene: Scene) -> None:
    """Aim for a little more than the year before, by its seasons: the book and the A clients."""
    sold: dict[tuple[int, int, int], int] = defaultdict(int)
    for sale in sales:
        year, month = sale.issued_on.year, sale.issued_on.month
        sold[sale.plan.client_id, year, month] += sale.net
        sold[0, year, month] += sale.net
    aimed = [0, *(plan.client_id for plan in plans if plan.row["segment"] == Segment.A.value)]
    rows = []
    for client_id in aimed:
        for year in (scene.today.year - 1, scene.today.year):
            usual = [_usual(sold, client_id, year, month) for month in range(1, 13)]
            more = 1 + scene.chance.choice((0.02, 0.04, 0.06, 0.09))
            rows += [
                {
                    "month": dt.date(year, month, 1),
                    "measure": TargetMeasure.NET_SALES.value,
                    "client_id": client_id or None,
                    "currency": scene.currency,
                    "amount_minor": round(amount * more / 10_000) * 10_000,
                }
                for month, amount in enumerate(usual, start=1)
            ]
    bulk_insert(session, Target, rows)


def _usual(sold: dict[tuple[int, int, int], int], client_id: int, year: int, month: int) -> float:
    """Return a month's sales of the year before, half smoothed with its neighbours."""
    place = dt.date(year - 1, month, 1)
    near = [add_months(place, step) for step in (-1, 0, 1)]
    amounts = [sold.get((client_id, day.year, day.month), 0) for day in near]
    return 0.5 * amounts[1] + 0.25 * (amounts[0] + amounts[2])
