"""Reading what people write: search keys, numbers, dates, identifiers; Greek and English."""

from acctdesk.text.dates import (
    When,
    parse_date,
    parse_month,
    parse_time,
    parse_when,
    reads_month_first,
)
from acctdesk.text.document_numbers import document_key, place_of
from acctdesk.text.files import attached_name, file_stem
from acctdesk.text.folding import clean, fold, latin_key, latin_prefix, sort_key
from acctdesk.text.identifiers import (
    VatReading,
    parse_yes_no,
    read_iban,
    read_phone,
    read_segment,
    read_vat_id,
    valid_email,
    valid_iban,
)
from acctdesk.text.numbers import parse_number, parse_ratio, whole_number

__all__ = [
    "VatReading",
    "When",
    "attached_name",
    "clean",
    "document_key",
    "file_stem",
    "fold",
    "latin_key",
    "latin_prefix",
    "parse_date",
    "parse_month",
    "parse_number",
    "parse_ratio",
    "parse_time",
    "parse_when",
    "parse_yes_no",
    "place_of",
    "read_iban",
    "read_phone",
    "read_segment",
    "read_vat_id",
    "reads_month_first",
    "sort_key",
    "valid_email",
    "valid_iban",
    "whole_number",
]
