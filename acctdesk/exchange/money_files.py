"""Statements of banks and e-invoices: told apart by their content, read into plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from acctdesk.errors import UserError
from acctdesk.exchange import camt, invoices_in, swift, text_files, xml_in
from acctdesk.exchange.bank import Statement
from acctdesk.exchange.invoices_in import InvoiceFile
from acctdesk.exchange.xml_in import Unreadable
from acctdesk.i18n import msg
from acctdesk.storage import faults

T = TypeVar("T")
LARGEST = 40_000_000  # bytes
_HEAD = 4000
_CAMT = (b"<BkToCstmr", b":BkToCstmr", b":camt.05")
_INVOICE = (b"xsd:Invoice-2", b"xsd:CreditNote-2", b"aade.gr/myDATA/invoice")


class MoneyFile(StrEnum):
    """What a file of money is."""

    BANK = "bank"
    INVOICES = "invoices"


def kind_of(path: Path) -> MoneyFile | None:
    """Return what a file is by how it begins; None for any other, also one that cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    plain = head.replace(b"\0", b"")  # UTF-16 writes a zero beside each letter
    if b"<" in plain[:100] and any(sign in plain for sign in _CAMT):
        return MoneyFile.BANK
    if b"<" in plain[:100] and any(sign in plain for sign in _INVOICE):
        return MoneyFile.INVOICES
    if b"<" not in plain[:1] and swift.is_swift(plain.decode("latin-1")):
        return MoneyFile.BANK
    return None


def read_statements(paths: Sequence[Path]) -> tuple[Statement, ...]:
    """Return the statements of several files of a bank, camt.052 to .054, MT940 or MT942.

    Raises:
        UserError: one of them is none, too large or damaged; the sentence says which.
    """
    return tuple(one for path in paths for one in _read(path, _statements))


def read_invoices(paths: Sequence[Path]) -> InvoiceFile:
    """Return the invoices of several e-invoice files, UBL 2.1 or AADE's myDATA.

    Raises:
        UserError: one of them is none, too large or damaged; the sentence says which.
    """
    files = [_read(path, _invoices) for path in paths]
    return InvoiceFile(
        tuple(one for file in files for one in file.invoices),
        tuple(one for file in files for one in file.left_out),
    )


def _read(path: Path, reader: Callable[[bytes], T]) -> T:
    try:
        return reader(_content(path))
    except Unreadable as error:
        raise UserError(
            msg(
                "Money files",
                "{name} was not read: {why} Nothing was changed.",
                name=path.name,
                why=error.why,
            )
        ) from error


def _content(path: Path) -> bytes:
    with faults.faults_told(path):
        if path.stat().st_size > LARGEST:
            raise Unreadable(msg("Money files", "it is larger than such a file can be (40 MB)."))
        return path.read_bytes()


def _statements(content: bytes) -> tuple[Statement, ...]:
    if not content.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith((b"<", b"\0<")):
        said, _encoding = text_files.decode(content)
        if not swift.is_swift(said):
            raise Unreadable(msg("Money files", "it is no statement of a bank that is known here."))
        return swift.statements(said)
    root = xml_in.tree(content)
    if not camt.is_camt(root):
        raise Unreadable(msg("Money files", "it is no statement of a bank that is known here."))
    return camt.statements(root)


def _invoices(content: bytes) -> InvoiceFile:
    root = xml_in.tree(content)
    if not invoices_in.is_invoice(root):
        raise Unreadable(msg("Money files", "it is no e-invoice that is known here."))
    return invoices_in.invoices(root)
