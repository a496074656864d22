"""One field of a kind of record: what a column can mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from acctdesk.i18n import Message


class FieldType(StrEnum):
    """What the values of a field look like."""

    TEXT = "text"
    NOTES = "notes"
    CODE = "code"
    NAME = "name"
    PERSON = "person"
    VAT_ID = "vat_id"
    IBAN = "iban"
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    POSTAL_CODE = "postal_code"
    COUNTRY = "country"
    SEGMENT = "segment"
    DATE = "date"
    TIME = "time"
    MONTH = "month"
    MONTH_NUMBER = "month_number"
    QUARTER = "quarter"
    YEAR = "year"
    MONEY = "money"
    NUMBER = "number"
    INTEGER = "integer"
    SHARE = "share"
    YES_NO = "yes_no"
    DOCUMENT_NUMBER = "document_number"
    DOCUMENT_TYPE = "document_type"
    CURRENCY = "currency"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind: ``title`` is what the officer sees, ``phrases`` how headings call it."""

    key: str
    type: FieldType
    title: Message
    phrases: tuple[str, ...]
    required: bool = False
