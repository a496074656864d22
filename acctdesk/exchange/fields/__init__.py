"""The fields of every kind of record: what a column can mean, and how headings name it.

Phrases are compared by meaning (``words.py``), so «Κωδ. Πελάτη», «Κωδικός πελ.», "Customer code"
and "Cust. ID" are one phrase; only really different wordings are listed here.
"""

from __future__ import annotations

from functools import cache

from acctdesk.exchange.fields.clients import CLIENTS
from acctdesk.exchange.fields.contacts import CONTACTS
from acctdesk.exchange.fields.field import Field, FieldType
from acctdesk.exchange.fields.interactions import INTERACTIONS
from acctdesk.exchange.fields.left_out import LEFT_OUT
from acctdesk.exchange.fields.opportunities import OPPORTUNITIES
from acctdesk.exchange.fields.products import PRODUCTS
from acctdesk.exchange.fields.receipts import RECEIPTS
from acctdesk.exchange.fields.sales import SALES
from acctdesk.exchange.fields.targets import TARGETS
from acctdesk.exchange.fields.tasks import TASKS
from acctdesk.i18n import Message, msg
from acctdesk.kinds import RecordKind

__all__ = [
    "FIELDS", "LEFT_OUT", "Field", "FieldType", "field_of", "field_title", "fields_of", "phrases",
]  # fmt: skip

FIELDS: dict[RecordKind, tuple[Field, ...]] = {
    RecordKind.CLIENTS: CLIENTS,
    RecordKind.CONTACTS: CONTACTS,
    RecordKind.PRODUCTS: PRODUCTS,
    RecordKind.SALES: SALES,
    RecordKind.RECEIPTS: RECEIPTS,
    RecordKind.TARGETS: TARGETS,
    RecordKind.OPPORTUNITIES: OPPORTUNITIES,
    RecordKind.INTERACTIONS: INTERACTIONS,
    RecordKind.TASKS: TASKS,
}


@cache
def phrases() -> tuple[str, ...]:
    """Return every heading that is known here, of every kind and of the columns left out."""
    found = {phrase for fields in FIELDS.values() for one in fields for phrase in one.phrases}
    return tuple(sorted(found | set(LEFT_OUT)))


def fields_of(kind: RecordKind) -> tuple[Field, ...]:
    """Return the fields a column of a ``kind`` file can mean, in the order a screen lists them."""
    return FIELDS[kind]


def field_of(kind: RecordKind, key: str) -> Field | None:
    """Return the field ``key`` of ``kind``; a ``month:...`` key is the target amount."""
    wanted = "amount" if key.startswith("month:") else key
    return next((field for field in FIELDS[kind] if field.key == wanted), None)


def field_title(kind: RecordKind, key: str) -> Message:
    """Return what the officer calls field ``key``."""
    found = field_of(kind, key)
    if key.startswith("month:"):
        return msg("Field", "Target of {month}", month=key.removeprefix("month:"))
    return found.title if found else msg("Field", "Unknown field")
