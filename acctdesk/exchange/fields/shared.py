"""Fields that several kinds of record have."""

from __future__ import annotations

from acctdesk.exchange.fields.field import Field
from acctdesk.exchange.fields.field import FieldType as T
from acctdesk.i18n import msg

CLIENT_CODE = Field(
    "client_code",
    T.CODE,
    msg("Field", "Client code"),
    (
        "Κωδικός πελάτη",
        "Κωδικός",
        "Πελάτης κωδικός",
        "Λογαριασμός πελάτη",
        "Κωδικός λογιστικής",
        "Κωδικός συναλλασσόμενου",
        "Συναλλασσόμενος κωδικός",
        "Customer code",
        "Customer ID",
        "Client code",
        "Account code",
        "Account number",
        "Customer number",
        "Client number",
        "Αριθμός πελάτη",
        "Customer account",
        "Sold-to party",
        "Debtor code",
        "Debtor",
        "Κωδ. Λογ.",
        "Customer",
        "Πελάτης",
        "Λογαριασμός",
    ),
)
CLIENT_NAME = Field(
    "client_name",
    T.NAME,
    msg("Field", "Client name"),
    (
        "Επωνυμία πελάτη",
        "Επωνυμία",
        "Πελάτης",
        "Όνομα πελάτη",
        "Ονοματεπώνυμο",
        "Συναλλασσόμενος",
        "Εταιρεία",
        "Επωνυμία συναλλασσόμενου",
        "Στοιχεία πελάτη",
        "Περιγραφή πελάτη",
        "Customer name",
        "Customer",
        "Client",
        "Client name",
        "Account name",
        "Account",
        "Company",
        "Company name",
        "Organization",
        "Organization name",
        "Associated company",
        "Debtor name",
        "Sold-to name",
        "Ship name",
        "Bill to",
        "Όνομα",
    ),
)
CLIENT_VAT = Field(
    "client_vat_id",
    T.VAT_ID,
    msg("Field", "Client VAT number"),
    (
        "ΑΦΜ",
        "ΑΦΜ πελάτη",
        "Αριθμός φορολογικού μητρώου",
        "VAT number",
        "VAT ID",
        "VAT reg no",
        "Tax ID",
        "TIN",
        "Customer VAT number",
    ),
)
CURRENCY = Field(
    "currency",
    T.CURRENCY,
    msg("Field", "Currency"),
    ("Νόμισμα", "Νομισματική μονάδα", "Currency", "Currency code", "Amount currency", "Curr."),
)
NOTES = Field(
    "notes",
    T.NOTES,
    msg("Field", "Notes"),
    (
        "Παρατηρήσεις",
        "Σχόλια",
        "Σημειώσεις",
        "Αιτιολογία",
        "Notes",
        "Comments",
        "Remarks",
        "Memo",
        "Περιγραφή",
    ),
)
PHONE = Field(
    "phone",
    T.PHONE,
    msg("Field", "Phone"),
    (
        "Τηλέφωνο",
        "Τηλέφωνα",
        "Τηλέφωνο 1",
        "Σταθερό τηλέφωνο",
        "Σταθερό",
        "Τηλέφωνο / Κινητό",  # one column for both: a mobile in it is a phone, not the reverse
        "Τηλ. επικοινωνίας",
        "Phone",
        "Telephone",
        "Phone number",
        "Business phone",
        "Phone 1 value",
        "Company main phone",
        "Work phone",
        "Tel",
    ),
)
MOBILE = Field(
    "mobile",
    T.PHONE,
    msg("Field", "Mobile"),
    ("Κινητό", "Κινητό τηλέφωνο", "Mobile", "Mobile phone", "Cell", "Cell phone", "Phone 2 value"),
)
EMAIL = Field(
    "email",
    T.EMAIL,
    msg("Field", "E-mail"),
    (
        "E-mail",
        "Ηλεκτρονικό ταχυδρομείο",
        "Ηλ. διεύθυνση",
        "Ηλ. ταχ.",
        "Email address",
        "E-mail 1 value",
        "Mail",
    ),
)
