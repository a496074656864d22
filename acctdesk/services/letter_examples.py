"""Letters and messages to begin with, in both languages; an officer changes a copy of his own."""

from __future__ import annotations

from acctdesk.kinds import Language, LetterKind
from acctdesk.services.rows import LetterTemplateRow

_LETTER_EL = """{{ today }}

Προς: {{ client_name }}
{{ address }}
{{ postcode }} {{ city }}

Υπόψη: {{ contact_name }}

{{ salutation }}

"""
_LETTER_EN = """{{ today }}

{{ client_name }}
{{ address }}
{{ postcode }} {{ city }}

Attention: {{ contact_name }}

{{ salutation }}

"""
_END_EL = """

Με εκτίμηση

{{ officer }}
{{ company }}
"""
_END_EN = """

Yours sincerely

{{ officer }}
{{ company }}
"""
_THANKS_EL = """Σας ευχαριστώ για τον χρόνο σας στη συνάντησή μας.

Όπως συμφωνήσαμε, το επόμενο βήμα είναι: {{ next_step }} ({{ next_step_date }}).

Μένω στη διάθεσή σας για ό,τι χρειαστείτε ως τότε."""
_THANKS_EN = """Thank you for your time at our meeting.

As agreed, the next step is: {{ next_step }} ({{ next_step_date }}).

Until then I remain at your disposal."""
_NEWS_EL = """Με χαρά σας ενημερώνω ότι προσθέσαμε στη σειρά μας \
ένα νέο προϊόν, που ταιριάζει στη δουλειά σας.

Θα ήθελα να σας το παρουσιάσω σε μια σύντομη επίσκεψη ή τηλεφωνικά. Ποια ημέρα σας εξυπηρετεί;"""
_NEWS_EN = """I am glad to tell you that a new product has joined our range, \
one that suits your work.

I would like to show it to you on a short visit or on the phone. Which day would suit you?"""
_REMINDER_EL = """Ελέγχοντας την καρτέλα σας (κωδικός {{ client_code }}) στις {{ today }}, \
βλέπουμε ληξιπρόθεσμο υπόλοιπο {{ overdue }}. Το συνολικό σας υπόλοιπο είναι {{ balance }}.

Πιθανόν να πρόκειται για παράλειψη. Θα σας παρακαλούσαμε να μας ενημερώσετε πότε να περιμένουμε \
την πληρωμή· αν έγινε ήδη, μη λάβετε υπόψη αυτή την επιστολή."""
_REMINDER_EN = """Looking through your account (code {{ client_code }}) on {{ today }}, \
we see an overdue balance of {{ overdue }}. Your balance in all is {{ balance }}.

This may be an oversight. Please let us know when we may expect the payment; if it has been made \
already, please disregard this letter."""
_WISHES_EL = """Σας στέλνω τις καλύτερες ευχές μου για τη γιορτή σας, \
και ευχαριστώ για τη συνεργασία μας.

Χρόνια πολλά, με υγεία και κάθε επιτυχία!"""
_WISHES_EN = """My best wishes for the holidays, and thank you for working with us.

May the coming time bring you health and every success!"""


def pair(
    key: str, kind: LetterKind, el: tuple[str, str, str], en: tuple[str, str, str]
) -> tuple[LetterTemplateRow, LetterTemplateRow]:
    """Return a template in both languages, each from (name, subject, text)."""
    made = []
    for language, (name, subject, text) in ((Language.EL, el), (Language.EN, en)):
        greek = language is Language.EL
        if kind is LetterKind.EMAIL:
            head, end = "{{ salutation }}\n\n", _END_EL if greek else _END_EN
        else:
            head, end = (_LETTER_EL, _END_EL) if greek else (_LETTER_EN, _END_EN)
        made.append(
            LetterTemplateRow(
                None, f"{key}/{language.value}", name, kind, language, subject, head + text + end,
                None, 1,
            )
        )  # fmt: skip
    return made[0], made[1]


EXAMPLES: tuple[LetterTemplateRow, ...] = (
    *pair(
        "thanks",
        LetterKind.EMAIL,
        ("Ευχαριστία μετά από επίσκεψη", "Ευχαριστώ για τη συνάντησή μας", _THANKS_EL),
        ("Thanks after a visit", "Thank you for our meeting", _THANKS_EN),
    ),
    *pair(
        "news",
        LetterKind.EMAIL,
        ("Νέο προϊόν", "Ένα νέο προϊόν για εσάς", _NEWS_EL),
        ("New product", "A new product for you", _NEWS_EN),
    ),
    *pair(
        "reminder",
        LetterKind.LETTER,
        ("Υπενθύμιση πληρωμής", "Υπενθύμιση πληρωμής", _REMINDER_EL),
        ("Payment reminder", "Payment reminder", _REMINDER_EN),
    ),
    *pair(
        "wishes",
        LetterKind.LETTER,
        ("Ευχές για γιορτή", "Ευχές", _WISHES_EL),
        ("Wishes for the holidays", "Best wishes", _WISHES_EN),
    ),
)
