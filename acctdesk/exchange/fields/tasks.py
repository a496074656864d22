"""What a column of a file of tasks can mean."""

from __future__ import annotations

from acctdesk.exchange.fields.field import Field
from acctdesk.exchange.fields.field import FieldType as T
from acctdesk.exchange.fields.shared import CLIENT_CODE, CLIENT_NAME
from acctdesk.i18n import msg

TASKS = (
    Field(
        "title",
        T.TEXT,
        msg("Field", "Task"),
        (
            "Εργασία",
            "Ενέργεια",
            "Θέμα",
            "Τίτλος",
            "Περιγραφή",
            "Task",
            "Title",
            "Subject",
            "To do",
            "Action",
            "Description",
            "Εκκρεμότητα",
        ),
        required=True,
    ),
    Field(
        "due_on",
        T.DATE,
        msg("Field", "Due on"),
        (
            "Προθεσμία",
            "Ημερομηνία",
            "Έως",
            "Λήξη",
            "Ημερομηνία λήξης",
            "Due date",
            "Due",
            "Deadline",
            "Date",
        ),
    ),
    Field("due_time", T.TIME, msg("Field", "Time"), ("Ώρα", "Time", "Due time")),
    CLIENT_CODE,
    CLIENT_NAME,
    Field(
        "state",
        T.CHOICE,
        msg("Field", "State"),
        ("Κατάσταση", "Ολοκληρώθηκε", "Έγινε", "Status", "State", "Done", "Completed"),
    ),
    Field(
        "done_on",
        T.DATE,
        msg("Field", "Done on"),
        (
            "Ημερομηνία ολοκλήρωσης",
            "Ολοκληρώθηκε στις",
            "Completed on",
            "Done on",
            "Completion date",
            "Date completed",
        ),
    ),
    Field(
        "notes",
        T.NOTES,
        msg("Field", "Notes"),
        ("Σημειώσεις", "Σχόλια", "Παρατηρήσεις", "Notes", "Comments", "Remarks"),
    ),
)
