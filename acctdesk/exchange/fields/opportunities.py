"""What a column of a file of opportunities can mean."""

from __future__ import annotations

from acctdesk.exchange.fields.field import Field
from acctdesk.exchange.fields.field import FieldType as T
from acctdesk.exchange.fields.shared import CLIENT_CODE, CLIENT_NAME, CURRENCY, NOTES
from acctdesk.i18n import msg

OPPORTUNITIES = (
    Field(
        "code",
        T.CODE,
        msg("Field", "Code"),
        (
            "Κωδικός ευκαιρίας",
            "Κωδικός",
            "Opportunity ID",
            "Deal ID",
            "Record ID",
            "ID",
            "Opportunity code",
        ),
    ),
    Field(
        "title",
        T.TEXT,
        msg("Field", "Title"),
        (
            "Ευκαιρία",
            "Τίτλος",
            "Τίτλος ευκαιρίας",
            "Περιγραφή",
            "Opportunity",
            "Opportunity name",
            "Deal",
            "Deal name",
            "Title",
            "Name",
        ),
    ),
    CLIENT_CODE,
    CLIENT_NAME,
    Field(
        "stage",
        T.CHOICE,
        msg("Field", "Stage"),
        ("Στάδιο", "Φάση", "Κατάσταση", "Stage", "Deal stage", "Status", "Sales stage"),
    ),
    Field(
        "amount",
        T.MONEY,
        msg("Field", "Amount"),
        (
            "Ποσό",
            "Αξία",
            "Εκτιμώμενη αξία",
            "Amount",
            "Value",
            "Deal value",
            "Close value",
            "Expected value",
            "Deal amount",
        ),
    ),
    CURRENCY,
    Field(
        "probability",
        T.SHARE,
        msg("Field", "Probability"),
        (
            "Πιθανότητα",
            "Πιθανότητα %",
            "Probability",
            "Probability (%)",
            "Deal probability",
            "Chance",
        ),
    ),
    Field(
        "opened_on",
        T.DATE,
        msg("Field", "Opened on"),
        (
            "Ημερομηνία έναρξης",
            "Έναρξη",
            "Ημερομηνία δημιουργίας",
            "Create date",
            "Created date",
            "Engage date",
            "Open date",
            "Created",
        ),
    ),
    Field(
        "closes_on",
        T.DATE,
        msg("Field", "Closes on"),
        (
            "Ημερομηνία κλεισίματος",
            "Αναμενόμενο κλείσιμο",
            "Κλείσιμο",
            "Close date",
            "Expected close",
            "Expected close date",
            "Closing date",
        ),
    ),
    Field(
        "product_name",
        T.TEXT,
        msg("Field", "Product"),
        ("Προϊόν", "Product", "Product name", "Υπηρεσία"),
    ),
    NOTES,
)
