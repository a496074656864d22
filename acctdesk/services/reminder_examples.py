"""Reminders to begin with, in both languages; an officer changes a copy of his own."""

from __future__ import annotations

from acctdesk.kinds import LetterKind
from acctdesk.services.letter_examples import pair
from acctdesk.services.rows import LetterTemplateRow

FIRST, SECOND, LAST = "reminder-first", "reminder-second", "reminder-last"

_FIRST_EL = """Σας στέλνω μια φιλική υπενθύμιση για τα τιμολόγια που έχουν λήξει και, \
σύμφωνα με τα στοιχεία μας, δεν έχουν εξοφληθεί:

{{ invoice_table }}

Σύνολο: {{ overdue }}

Αν η πληρωμή έγινε ήδη, μη λάβετε υπόψη αυτό το μήνυμα. Διαφορετικά, παρακαλώ πείτε μου \
πότε να την περιμένουμε."""
_FIRST_EN = """This is a friendly reminder of invoices that have fallen due and that, \
by our records, have not been paid:

{{ invoice_table }}

Total: {{ overdue }}

If the payment has been made already, please disregard this message. Otherwise, please tell me \
when we may expect it."""
_SECOND_EL = """Παρά την προηγούμενη υπενθύμισή μας, τα παρακάτω τιμολόγια παραμένουν \
ανεξόφλητα στις {{ today }}:

{{ invoice_table }}

Παρακαλούμε να εξοφλήσετε το ποσό των {{ overdue }} εντός δέκα ημερών, ή να επικοινωνήσετε \
μαζί μας για να συμφωνήσουμε ημέρα πληρωμής."""
_SECOND_EN = """In spite of our earlier reminder the following invoices are still unpaid \
on {{ today }}:

{{ invoice_table }}

Please pay the amount of {{ overdue }} within ten days, or get in touch with us to agree on a day \
of payment."""
_LAST_EL = """Παρά τις επανειλημμένες υπενθυμίσεις μας, τα παρακάτω τιμολόγια παραμένουν \
ανεξόφλητα στις {{ today }}:

{{ invoice_table }}

Σας καλούμε να εξοφλήσετε το ποσό των {{ overdue }} εντός πέντε εργάσιμων ημερών.\
{% if interest %} Οι τόκοι υπερημερίας ως σήμερα υπολογίζονται σε {{ interest }}, με επιφύλαξη \
ελέγχου.{% endif %}

Αν το ποσό δεν εξοφληθεί, θα χρειαστεί να επανεξετάσουμε τους όρους της συνεργασίας μας."""
_LAST_EN = """In spite of our repeated reminders the following invoices are still unpaid \
on {{ today }}:

{{ invoice_table }}

We ask you to pay the amount of {{ overdue }} within five working days.\
{% if interest %} Late interest up to today is reckoned at {{ interest }}, subject to \
review.{% endif %}

If the amount is not paid, we shall have to reconsider the terms on which we work together."""

REMINDERS: tuple[LetterTemplateRow, ...] = (
    *pair(
        FIRST,
        LetterKind.EMAIL,
        ("Φιλική υπενθύμιση τιμολογίων", "Υπενθύμιση τιμολογίων", _FIRST_EL),
        ("Friendly reminder of invoices", "Reminder of invoices", _FIRST_EN),
    ),
    *pair(
        SECOND,
        LetterKind.LETTER,
        ("Δεύτερη υπενθύμιση τιμολογίων", "Δεύτερη υπενθύμιση τιμολογίων", _SECOND_EL),
        ("Second reminder of invoices", "Second reminder of invoices", _SECOND_EN),
    ),
    *pair(
        LAST,
        LetterKind.LETTER,
        ("Τελευταία υπενθύμιση τιμολογίων", "Τελευταία υπενθύμιση τιμολογίων", _LAST_EL),
        ("Last reminder of invoices", "Last reminder of invoices", _LAST_EN),
    ),
)
