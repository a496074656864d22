"""What a column of a file of contacts can mean."""

from __future__ import annotations

from acctdesk.exchange.fields.field import Field
from acctdesk.exchange.fields.field import FieldType as T
from acctdesk.exchange.fields.shared import CLIENT_CODE, CLIENT_VAT, EMAIL, MOBILE, NOTES, PHONE
from acctdesk.i18n import msg

CONTACTS = (
    CLIENT_CODE,
    Field(
        "client_name",
        T.NAME,
        msg("Field", "Client name"),
        (
            "Εταιρεία",
            "Πελάτης",
            "Επωνυμία",
            "Επωνυμία πελάτη",
            "Επιχείρηση",
            "Company",
            "Company name",
            "Account",
            "Account name",
            "Organization",
            "Organization name",
            "Organization 1 name",
            "Customer",
            "Client",
            "Customer name",
            "Client name",
        ),
    ),
    CLIENT_VAT,
    Field(
        "name",
        T.PERSON,
        msg("Field", "Name"),
        (
            "Ονοματεπώνυμο",
            "Ονοματεπώνυμο επαφής",
            "Επαφή",
            "Όνομα επαφής",
            "Υπεύθυνος",
            "Υπεύθυνος επικοινωνίας",
            "Πρόσωπο επικοινωνίας",
            "Name",
            "Full name",
            "Contact",
            "Contact name",
            "Contact person",
            "Στέλεχος",
        ),
    ),
    Field(
        "first_name",
        T.PERSON,
        msg("Field", "First name"),
        ("Όνομα", "Μικρό όνομα", "First name", "Given name", "Forename"),
    ),
    Field(
        "last_name",
        T.PERSON,
        msg("Field", "Last name"),
        ("Επώνυμο", "Επίθετο", "Last name", "Family name", "Surname"),
    ),
    Field(
        "role",
        T.TEXT,
        msg("Field", "Position"),
        (
            "Θέση",
            "Ιδιότητα",
            "Ρόλος",
            "Τίτλος",
            "Αρμοδιότητα",
            "Position",
            "Job title",
            "Title",
            "Role",
            "Organization title",
            "Organization 1 title",
            "Contact title",
            "Function",
        ),
    ),
    Field(
        "department",
        T.TEXT,
        msg("Field", "Department"),
        ("Τμήμα", "Διεύθυνση τμήματος", "Department", "Organization department", "Division"),
    ),
    PHONE,
    MOBILE,
    EMAIL,
    Field(
        "decides",
        T.YES_NO,
        msg("Field", "Decides"),
        ("Αποφασίζει", "Λήπτης αποφάσεων", "Decision maker", "Decides"),
    ),
    NOTES,
)
