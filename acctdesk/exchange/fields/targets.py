"""What a column of a file of targets can mean."""

from __future__ import annotations

from acctdesk.exchange.fields.field import Field
from acctdesk.exchange.fields.field import FieldType as T
from acctdesk.exchange.fields.shared import CLIENT_CODE, CLIENT_NAME, CLIENT_VAT, CURRENCY
from acctdesk.i18n import msg

TARGETS = (
    Field(
        "month",
        T.MONTH,
        msg("Field", "Month"),
        (
            "Περίοδος",
            "Μήνας",
            "Μήνας/Έτος",
            "Ημερομηνία",
            "Χρονική περίοδος",
            "Period",
            "Month",
            "Date",
            "Year month",
            "Fiscal period",
            "Month year",
            "Μήνας έτος",
        ),
    ),
    Field(
        "year",
        T.YEAR,
        msg("Field", "Year"),
        ("Έτος", "Χρήση", "Χρόνος", "Χρονιά", "Year", "Fiscal year", "Οικονομικό έτος"),
    ),
    Field(
        "month_number",
        T.MONTH_NUMBER,
        msg("Field", "Month of the year"),
        ("Μήνας", "Αριθμός μήνα", "Month", "Month number"),
    ),
    Field("quarter", T.QUARTER, msg("Field", "Quarter"), ("Τρίμηνο", "Quarter", "Qtr")),
    Field(
        "amount",
        T.MONEY,
        msg("Field", "Target"),
        (
            "Στόχος",
            "Στόχος πωλήσεων",
            "Ποσό στόχου",
            "Ποσό",
            "Στόχοι",
            "Προϋπολογισμός",
            "Αξία",
            "Target",
            "Sales target",
            "Budget",
            "Quota",
            "Goal",
            "Amount",
            "Target amount",
            "Value",
            "Πλάνο",
            "Plan",
            "Στόχος τζίρου",
            "Revenue target",
            "Net sales target",
            "Προϋπολογισμένες πωλήσεις",
        ),
    ),
    CLIENT_CODE,
    CLIENT_NAME,
    CLIENT_VAT,
    CURRENCY,
)
