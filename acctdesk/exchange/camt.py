"""Bank statements of ISO 20022: camt.052, camt.053 and camt.054, every version."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from acctdesk.exchange import xml_in
from acctdesk.exchange.bank import Balance, Entry, Payment, Statement
from acctdesk.exchange.xml_in import Unreadable, damaged, each, first, text
from acctdesk.i18n import msg

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_STATEMENTS = ("Stmt", "Rpt", "Ntfctn")
_NO_REFERENCE = {"NOTPROVIDED", "NONREF"}


def is_camt(root: Element) -> bool:
    """Tell whether a document holds statements, whatever its namespace."""
    return xml_in.name(root) == "Document" and any(
        xml_in.name(one).startswith(("BkToCstmrStmt", "BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn"))
        for one in root
    )


def statements(root: Element) -> tuple[Statement, ...]:
    """Return the statements of a document.

    Raises:
        Unreadable: it holds none, or an amount or a day in it cannot be read.
    """
    found = tuple(
        _statement(one) for message in root for one in message if xml_in.name(one) in _STATEMENTS
    )
    if not found:
        raise Unreadable(msg("Money files", "it holds no statement of an account."))
    return found


def _statement(element: Element) -> Statement:
    account = first(element, "Acct")
    entries = tuple(_entry(one) for one in each(element, "Ntry"))
    balances = tuple(_balance(one) for one in each(element, "Bal"))
    currencies = [one.currency for one in entries] + [one.currency for one in balances]
    return Statement(
        text(element, "Id"),
        _account(account),
        text(account, "Ccy") or next(iter(currencies), ""),
        balances,
        entries,
    )


def _account(account: Element | None) -> str:
    return text(account, "Id", "IBAN") or text(account, "Id", "Othr", "Id")


def _balance(element: Element) -> Balance:
    amount, currency = _money(element)
    return Balance(
        text(element, "Tp", "CdOrPrtry", "Cd") or text(element, "Tp", "Cd"),
        amount * _sign(element),
        currency,
        xml_in.day(element, "Dt", "Dt") or xml_in.day(element, "Dt", "DtTm"),
    )


def _money(element: Element, *path: str) -> tuple[Decimal, str]:
    amount = first(element, *path, "Amt")
    value = xml_in.amount(amount)
    if amount is None or value is None:
        raise damaged()
    return value, str(amount.get("Ccy") or "")


def _sign(element: Element) -> int:
    mark = text(element, "CdtDbtInd")
    if mark not in ("CRDT", "DBIT"):
        raise damaged()
    return 1 if mark == "CRDT" else -1


def _entry(element: Element) -> Entry:
    amount, currency = _money(element)
    sign = _sign(element)
    reversal = text(element, "RvslInd") in ("true", "1")
    status = text(element, "Sts") or text(element, "Sts", "Cd")
    return Entry(
        booked_on=_day(element, "BookgDt"),
        value_on=_day(element, "ValDt"),
        amount=amount * sign,
        currency=currency,
        reversal=reversal,
        pending=status in ("PDNG", "INFO", "FUTR"),
        reference=_reference(text(element, "AcctSvcrRef")),
        text=text(element, "AddtlNtryInf"),
        payments=tuple(
            _payment(one, sign, reversal=reversal) for one in each(element, "NtryDtls", "TxDtls")
        ),
    )


def _day(element: Element, which: str) -> dt.date | None:
    return xml_in.day(element, which, "Dt") or xml_in.day(element, which, "DtTm")


def _reference(written: str) -> str:
    return "" if written.upper() in _NO_REFERENCE else written


def _payment(element: Element, sign: int, *, reversal: bool) -> Payment:
    amount, currency = None, ""
    for path in ((), ("AmtDtls", "TxAmt")):  # newer versions, older ones
        if first(element, *path, "Amt") is not None:
            amount, currency = _money(element, *path)
            break
    if text(element, "CdtDbtInd"):
        sign = _sign(element)
    # money comes from the debtor; what takes an earlier payment back names the sides as that did
    other = "Dbtr" if (sign > 0) != reversal else "Cdtr"
    parties = first(element, "RltdPties")
    return Payment(
        amount=None if amount is None else amount * sign,
        currency=currency,
        name=_name(parties, other),
        iban=text(parties, f"{other}Acct", "Id", "IBAN"),
        texts=tuple(_free(first(element, "RmtInf"))) or _said(element),
        references=tuple(_structured(first(element, "RmtInf"))),
        end_to_end=_reference(text(element, "Refs", "EndToEndId")),
        reference=_reference(text(element, "Refs", "AcctSvcrRef")),
    )


def _name(parties: Element | None, side: str) -> str:
    """Return the name of the debtor (``Dbtr``) or creditor (``Cdtr``), as well as it is known."""
    for path in (
        (side, "Nm"),
        (side, "Pty", "Nm"),
        (f"Ultmt{side}", "Nm"),
        (f"Ultmt{side}", "Pty", "Nm"),
        (f"{side}Acct", "Nm"),
    ):
        if found := text(parties, *path):
            return found
    return ""


def _free(remittance: Element | None) -> list[str]:
    return [found for one in each(remittance, "Ustrd") if (found := text(one))]


def _structured(remittance: Element | None) -> list[str]:
    found = []
    for block in each(remittance, "Strd"):
        found += [text(one) for one in each(block, "RfrdDocInf", "Nb")]
        found.append(text(block, "CdtrRefInf", "Ref"))
        found += [text(one) for one in each(block, "AddtlRmtInf")]
    return [one for one in found if one]


def _said(element: Element) -> tuple[str, ...]:
    told = text(element, "AddtlTxInf")
    return (told,) if told else ()
