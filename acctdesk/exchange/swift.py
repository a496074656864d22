"""Bank statements of SWIFT: MT940 and MT942, in the dialects that mt-940 knows."""

from __future__ import annotations

import datetime as dt
import logging
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from acctdesk.exchange.bank import Balance, Entry, Payment, Statement
from acctdesk.exchange.xml_in import damaged
from acctdesk.text import clean, valid_iban

if TYPE_CHECKING:
    from mt940.models import Transactions

_BEGINS = re.compile(r"(?m)^(?=:20:)")
_ENVELOPE = re.compile(r"(?m)^(-\}|\{\d:)")  # what a message is wrapped in, after its text
# what the library throws at a field that is not as it should be
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError,
    ValueError,
)  # fmt: skip
_BALANCES = {
    "final_opening_balance": "60F",
    "intermediate_opening_balance": "60M",
    "opening_balance": "60",
    "final_closing_balance": "62F",
    "intermediate_closing_balance": "62M",
    "closing_balance": "62",
    "available_balance": "64",
    "forward_available_balance": "65",
}
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b")
_CODED = re.compile(r"/(NAME|IBAN|REMI|EREF|BIC|TRTP|CSID|MARF|ORDP|BENM|CNTP)/")
_NO_REFERENCE = {"NOTPROVIDED", "NONREF"}


def is_swift(content: str) -> bool:
    """Tell whether a text begins as these statements do."""
    start = content[:4000]
    return re.search(r"(?m)^:20:", start) is not None and ":25:" in start


def statements(content: str) -> tuple[Statement, ...]:
    """Return the statements of a file.

    Raises:
        Unreadable: a field cannot be read, or a statement has a beginning and no end.
    """
    # it would write what it cannot read, a client's data, to the log
    logging.getLogger("mt940").setLevel(logging.CRITICAL + 1)
    blocks = [one for one in _BEGINS.split(content) if one.startswith(":20:")]
    return tuple(_statement(_ENVELOPE.split(one)[0]) for one in blocks)


def _statement(block: str) -> Statement:
    found = _parsed(block)
    try:
        said = found.data
        balances = tuple(_balances(said))
        currency = str(found.currency or "")
        account = _account(clean(str(said.get("account_identification") or "")), currency)
        entries = tuple(_entry(one.data, currency, account) for one in found)
    except _BROKEN as error:
        raise damaged() from error
    opened = "final_opening_balance" in said or "intermediate_opening_balance" in said
    closed = "final_closing_balance" in said or "intermediate_closing_balance" in said
    if not account or opened != closed:
        raise damaged()
    number = "/".join(
        str(said[key]) for key in ("statement_number", "sequence_number") if said.get(key)
    )
    reference = clean(str(said.get("transaction_reference") or ""))
    return Statement(f"{reference} {number}".strip(), account, currency, balances, entries)


def _account(written: str, currency: str) -> str:
    """Return the IBAN that some banks write with the currency or a name behind it."""
    for iban in _IBAN.findall(written):
        for one in (iban, iban.removesuffix(currency)):
            if valid_iban(one):
                return str(one)
    return written


def _parsed(block: str) -> Transactions:
    from mt940 import Options
    from mt940.models import Transactions
    from mt940.tags import StatementASNB, Tag

    # the second for a bank that puts an account number where a short reference should be
    dialects: list[dict[int | str, Tag] | None] = [None, {StatementASNB.id: StatementASNB()}]
    for tags in dialects:
        found = Transactions(tags=tags, options=Options.all())
        try:
            found.parse(block)
        except _BROKEN:
            continue
        return found
    raise damaged()


def _balances(said: dict[str, Any]) -> list[Balance]:
    found = []
    for key, code in _BALANCES.items():
        balance = said.get(key)
        if balance is not None and balance.amount.currency.isalpha():  # else it is not told
            found.append(
                Balance(code, balance.amount.amount, balance.amount.currency, _day(balance.date))
            )
    return found


def _day(given: dt.date | None) -> dt.date | None:
    return None if given is None else dt.date(given.year, given.month, given.day)


def _entry(data: dict[str, Any], currency: str, account: str) -> Entry:
    amount: Decimal = data["amount"].amount
    details = data.get("transaction_details") or ""
    lines = [clean(line) for line in details.splitlines() if line.strip()]
    coded = _coded("".join(lines))
    purpose = clean(data.get("purpose") or "")
    more = clean(data.get("additional_purpose") or "")
    texts = [coded["REMI"]] if coded.get("REMI") else [one for one in (purpose, more) if one]
    own = str(data.get("bank_reference") or "")
    payment = Payment(
        amount=amount,
        currency=currency,
        name=clean(coded.get("NAME") or data.get("applicant_name") or ""),
        iban=_iban(
            account, coded.get("IBAN"), data.get("gvc_applicant_iban"),
            data.get("applicant_iban"), *lines, str(data.get("customer_reference") or ""),
        ),
        texts=tuple(texts or lines or _few(data.get("extra_details"))),
        end_to_end=_reference(coded.get("EREF") or data.get("end_to_end_reference")),
        reference=_reference(own),
    )  # fmt: skip
    return Entry(
        booked_on=_day(data.get("entry_date") or data.get("date")),
        value_on=_day(data.get("date")),
        amount=amount,
        currency=currency,
        reversal=str(data.get("status") or "").upper().startswith("R"),
        text=clean(data.get("posting_text") or ""),
        payments=(payment,),
    )


def _coded(details: str) -> dict[str, str]:
    """Return the fields that banks put between slashes: /NAME/…/REMI/…"""
    parts = _CODED.split(details)
    return {
        key: clean(value.strip("/ ")) for key, value in zip(parts[1::2], parts[2::2], strict=True)
    }


def _few(text: Any) -> list[str]:
    return [clean(str(text))] if text else []


def _reference(written: Any) -> str:
    text = clean(str(written or ""))
    return "" if text.upper() in _NO_REFERENCE else text


def _iban(own: str, *places: str | None) -> str:
    """Return the first valid IBAN that stands in one of the places and is not the account's."""
    for place in places:
        for found in _IBAN.findall((place or "").upper()):
            if found != own and valid_iban(found):
                return str(found)
    return ""
