"""Buyers of e-invoices who are not in the book are named, and made clients where wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.models import Client, Document
from acctdesk.services.buyers import Buyer, InvoicesFound, look_at_invoices, take_invoices
from acctdesk.services.desk import Desk
from acctdesk.services.invoices_in import InvoiceInput
from acctdesk.services.profile import set_profile
from tests.storage.commands import LABEL

INVOICE = InvoiceInput(
    mark="1", number="ΤΙΜ-1", credit=False, issued_on=dt.date(2026, 3, 2), due_on=None,
    buyer_name="Νότος ΑΕ", buyer_vat="EL090000045", seller_vat="094259216", net_minor=10_000,
    gross_minor=12_400, currency="EUR",
)  # fmt: skip
SECOND = replace(
    INVOICE, mark="2", number="ΠΙΣ-1", credit=True, net_minor=-1_000, gross_minor=-1_240,
    names=("1",), buyer_name="",
)  # fmt: skip


def found(desk: Desk, *invoices: InvoiceInput) -> InvoicesFound:
    return desk.query(look_at_invoices, invoices=invoices)


def clients(desk: Desk) -> Sequence[tuple[object, ...]]:
    query = select(Client.name, Client.vat_id, Client.vat_id_raw, Client.provisional).where(
        Client.deleted_at.is_(None)
    )
    return desk.query(lambda session: [tuple(row) for row in session.execute(query)])


def test_a_buyer_is_told_once_with_what_the_file_holds_of_it(desk: Desk) -> None:
    dollars = replace(INVOICE, mark="3", number="ΤΙΜ-3", currency="USD", buyer_vat="090000045")
    (buyer,) = found(desk, INVOICE, SECOND, dollars).buyers
    assert buyer == Buyer(
        "090000045", "Νότος ΑΕ", 3, (("EUR", 11_160), ("USD", 12_400)), doubt=None
    )


def test_client_and_documents_are_one_step(desk: Desk) -> None:
    taken = desk.perform(LABEL, take_invoices, invoices=[SECOND, INVOICE], make=["090000045"])
    assert taken.value == 2
    assert clients(desk) == [("Νότος ΑΕ", "090000045", None, True)]
    owners = desk.query(lambda s: s.execute(select(Document.client_id, Document.related_id)).all())
    assert [tuple(one) for one in owners] == [(1, None), (1, 1)]
    assert found(desk, INVOICE, SECOND).buyers == ()
    desk.undo()
    assert clients(desk) == []


def test_who_is_not_wanted_stays_out(desk: Desk) -> None:
    other = replace(INVOICE, mark="9", number="ΤΙΜ-9", buyer_vat="094014201", buyer_name="Βορράς")
    desk.perform(LABEL, take_invoices, invoices=[INVOICE, other], make=["094014201"])
    assert clients(desk) == [("Βορράς", "094014201", None, True)]


def test_a_number_that_fails_its_check_is_kept_as_it_is_written(desk: Desk) -> None:
    wrong = replace(INVOICE, buyer_vat="090000046", buyer_name="")
    (buyer,) = found(desk, wrong).buyers
    assert buyer.name == "090000046"
    assert "check digit" in str(buyer.doubt)
    desk.perform(LABEL, take_invoices, invoices=[wrong], make=[buyer.vat_id])
    assert clients(desk) == [("090000046", None, "090000046", True)]
    assert found(desk, wrong).buyers == ()


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ([replace(INVOICE, mark="5", number="Α-5", seller_vat="094014201")], "several sellers"),
        ([replace(INVOICE, mark="5", number="Α-5", seller_vat="090000045")], "our own company"),
    ],
)
def test_what_may_be_no_sale_of_ours_is_looked_at_first(
    desk: Desk, others: list[InvoiceInput], why: str
) -> None:
    looked = found(desk, INVOICE, *others)
    assert why in str(looked.buyers[0].doubt)
    assert looked.sure == ()


def test_the_only_buyer_without_a_name_may_be_ourselves(desk: Desk) -> None:
    """So it is in the file of one supplier; a seller with another buyer sells to both."""
    bought = replace(INVOICE, buyer_name="")
    assert "our own company" in str(found(desk, bought).buyers[0].doubt)
    assert found(desk, bought).sure == ()
    other = replace(bought, mark="2", number="ΤΙΜ-2", buyer_vat="094014201")
    assert found(desk, bought, other).sure == ("090000045", "094014201")


def test_our_own_company_and_a_namesake_are_looked_at_first(desk: Desk) -> None:
    desk.perform(LABEL, set_profile, company="ΝΟΤΟΣ αε")
    assert "our own company" in str(found(desk, INVOICE).buyers[0].doubt)

    def namesake(session: Session) -> None:
        session.add(Client(name="Νότος ΑΕ"))

    desk.perform(LABEL, namesake)
    assert "client of this name" in str(found(desk, INVOICE).buyers[0].doubt)


def test_nobody_is_offered_whom_several_clients_could_be(desk: Desk) -> None:
    def fill(session: Session) -> None:
        session.add_all(Client(name=name, vat_id="090000045") for name in ("Α", "Β"))

    desk.perform(LABEL, fill)
    looked = found(desk, INVOICE)
    assert looked.buyers == ()
    assert "Several clients" in str(looked.rows[0].why)
