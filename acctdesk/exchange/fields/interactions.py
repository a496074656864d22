"""What a column of a file of interactions can mean."""

from __future__ import annotations

from acctdesk.exchange.fields.field import Field
from acctdesk.exchange.fields.field import FieldType as T
from acctdesk.exchange.fields.shared import CLIENT_CODE, CLIENT_NAME, CLIENT_VAT
from acctdesk.i18n import msg

INTERACTIONS = (
    Field(
        "happened_on",
        T.DATE,
        msg("Field", "Date"),
        (
            "Ημερομηνία",
            "Ημερομηνία επικοινωνίας",
            "Ημερομηνία επίσκεψης",
            "Πότε",
            "Date",
            "Activity date",
            "When",
            "Call date",
            "Visit date",
            "Meeting date",
        ),
        required=True,
    ),
    Field(
        "happened_time", T.TIME, msg("Field", "Time"), ("Ώρα", "Ώρα έναρξης", "Time", "Start time")
    ),
    CLIENT_CODE,
    CLIENT_NAME,
    CLIENT_VAT,
    Field(
        "contact_name",
        T.PERSON,
        msg("Field", "Contact"),
        (
            "Επαφή",
            "Πρόσωπο",
            "Υπεύθυνος",
            "Με ποιον",
            "Contact",
            "Contact person",
            "Contact name",
            "Attendee",
        ),
    ),
    Field(
        "kind",
        T.CHOICE,
        msg("Field", "Kind"),
        (
            "Είδος",
            "Τύπος",
            "Είδος επικοινωνίας",
            "Τρόπος",
            "Ενέργεια",
            "Type",
            "Kind",
            "Activity type",
            "Channel",
            "Τρόπος επικοινωνίας",
            "Activity",
        ),
    ),
    Field(
        "subject",
        T.TEXT,
        msg("Field", "Subject"),
        ("Θέμα", "Τίτλος", "Subject", "Title", "Topic", "Σκοπός", "Purpose"),
    ),
    Field(
        "body",
        T.NOTES,
        msg("Field", "Text"),
        (
            "Σημειώσεις",
            "Περιγραφή",
            "Σχόλια",
            "Κείμενο",
            "Παρατηρήσεις",
            "Πρακτικά",
            "Notes",
            "Description",
            "Comments",
            "Summary",
            "Text",
            "Body",
            "Details",
            "Minutes",
        ),
    ),
    Field(
        "outcome", T.TEXT, msg("Field", "Outcome"), ("Αποτέλεσμα", "Έκβαση", "Result", "Outcome")
    ),
    Field(
        "minutes",
        T.INTEGER,
        msg("Field", "Minutes"),
        ("Διάρκεια", "Λεπτά", "Διάρκεια (λεπτά)", "Duration", "Duration minutes"),
    ),
    Field(
        "place", T.TEXT, msg("Field", "Place"), ("Τόπος", "Τοποθεσία", "Place", "Location", "Μέρος")
    ),
)
