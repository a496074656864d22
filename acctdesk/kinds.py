"""The enumerations that every layer speaks. No SQL, no Qt, no words for a screen."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """A language the program is complete in."""

    EL = "el"
    EN = "en"


class RecordKind(StrEnum):
    """What a file can hold and a book keeps: the KIND of the command line."""

    CLIENTS = "clients"
    CONTACTS = "contacts"
    PRODUCTS = "products"
    SALES = "sales"
    RECEIPTS = "receipts"
    TARGETS = "targets"
    OPPORTUNITIES = "opportunities"
    INTERACTIONS = "interactions"
    TASKS = "tasks"


class InteractionKind(StrEnum):
    """How the officer and a client were in touch."""

    CALL = "call"
    VISIT = "visit"
    MEETING = "meeting"
    EMAIL = "email"
    LETTER = "letter"
    NOTE = "note"


class ContactState(StrEnum):
    """How a client's last contact stands against the days that may pass between two."""

    NEVER = "never"  # no contact is recorded
    FINE = "fine"
    DUE = "due"  # past the ideal
    FORGOTTEN = "forgotten"  # past the most


class Mood(StrEnum):
    """How the client was, as the officer felt it."""

    BAD = "bad"
    NEUTRAL = "neutral"
    GOOD = "good"
    GREAT = "great"


class PromiseBy(StrEnum):
    """Who gave a promise."""

    US = "us"
    THEM = "them"


class PromiseState(StrEnum):
    """Where a promise stands."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


class PromiseOutcome(StrEnum):
    """What became of a promise, as of a day."""

    OPEN = "open"  # no day, or its day has not passed
    OVERDUE = "overdue"  # open, and its day has passed
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    BROKEN = "broken"


class TaskState(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class HolidayShift(StrEnum):
    """Where an occurrence goes whose day is not a working day."""

    NEXT = "next"
    PREVIOUS = "previous"
    STAY = "stay"


class NeedState(StrEnum):
    """Where a need stands."""

    OPEN = "open"
    MET = "met"
    DROPPED = "dropped"


class DisputeType(StrEnum):
    """What a dispute is about."""

    PRICE = "price"
    QUANTITY = "quantity"
    QUALITY = "quality"
    DELIVERY = "delivery"
    INVOICE = "invoice"
    SERVICE = "service"
    CONTRACT = "contract"
    OTHER = "other"


class DisputeState(StrEnum):
    """Where a dispute stands."""

    OPEN = "open"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class RequestState(StrEnum):
    """Where a request to a department stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CANCELLED = "cancelled"


class KeyDateKind(StrEnum):
    """What a key date is the date of."""

    CONTRACT = "contract"
    POLICY = "policy"
    COVENANT = "covenant"
    KYC = "kyc"
    LIMIT = "limit"
    GUARANTEE = "guarantee"
    REVIEW = "review"
    OTHER = "other"


class LetterKind(StrEnum):
    """What a template makes."""

    LETTER = "letter"
    EMAIL = "email"


class ReminderKind(StrEnum):
    """How a step of the reminder ladder is taken."""

    LETTER = "letter"
    EMAIL = "email"
    CALL = "call"


class DocumentType(StrEnum):
    """A sales document; the type decides the sign of its amounts."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class ReceiptKind(StrEnum):
    """What lowered what a client owes."""

    RECEIPT = "receipt"
    WRITE_OFF = "write_off"  # nothing came in


class SecurityKind(StrEnum):
    """What covers a part of what a client owes."""

    INSURANCE = "insurance"
    GUARANTEE = "guarantee"
    MORTGAGE = "mortgage"
    DEPOSIT = "deposit"
    OTHER = "other"


class Reliability(StrEnum):
    """How far a piece of market information can be relied on."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class RiskClass(StrEnum):
    """The risk of a client; it decides how often the client is reviewed."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class CreditRule(StrEnum):
    """What may speak against taking an order."""

    OVER_LIMIT = "over_limit"
    OVERDUE = "overdue"  # more is overdue than may be
    OLD_OVERDUE = "old_overdue"  # the oldest has been overdue for too long
    NO_LIMIT = "no_limit"  # none is recorded
    NEW_OVERDUE = "new_overdue"
    DISPUTE = "dispute"
    SLOWER = "slower"  # it begins to pay later than it used to
    REVIEW = "review"  # a review of the credit is past its day


class CreditAnswer(StrEnum):
    """Whether an order may be taken."""

    YES = "yes"
    BUT = "but"
    NO = "no"


class CreditZone(StrEnum):
    """Where a score stands between a sound firm and one in distress."""

    SAFE = "safe"
    GREY = "grey"
    DISTRESS = "distress"


class CashBasis(StrEnum):
    """What the day rests on, on which the money of an invoice is expected."""

    PROMISE = "promise"
    HABIT = "habit"  # the client's own median
    LATE_HABIT = "late_habit"  # what four of five of its invoices kept within
    TERMS = "terms"
    PAST_HABIT = "past_habit"  # it waits longer than four of five ever did: no day
    PAST_TERMS = "past_terms"  # past due, and how the client pays is not known: no day


class TargetMeasure(StrEnum):
    """What a target counts."""

    NET_SALES = "net_sales"  # money
    GROWTH = "growth"  # net sales over the same period of last year, a share
    INVOICES = "invoices"  # counts
    NEW_CLIENTS = "new_clients"
    VISITS = "visits"
    CSAT = "csat"  # scores
    NPS = "nps"


class Phasing(StrEnum):
    """How the target of a period is laid over its months."""

    EVEN = "even"
    WORKING_DAYS = "working_days"
    LAST_YEAR = "last_year"
    BY_HAND = "by_hand"


class PayPeriod(StrEnum):
    """The period that a pay plan reckons by."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class PayMethod(StrEnum):
    """How the tiers of a pay plan work."""

    MARGINAL = "marginal"  # each band of sales at its own rate
    WHOLE = "whole"  # all sales at the rate of the band reached
    ACCELERATOR = "accelerator"  # the target pay, times attainment by band and multiplier


class SatisfactionMeasure(StrEnum):
    """What a client was asked."""

    CSAT = "csat"  # 1 to 5
    NPS = "nps"  # 0 to 10


class LandingMethod(StrEnum):
    """How the end of a period is estimated before it is there."""

    SEASONAL = "seasonal"  # the same months a year ago, moved by the change of a year
    RUN_RATE = "run_rate"  # at the present speed per working day
    LINEAR = "linear"  # along the straight line through the last months


class Segment(StrEnum):
    """The weight of a client in the portfolio."""

    A = "A"
    B = "B"
    C = "C"


class AgeBucket(StrEnum):
    """Ageing by days past due; due on the day itself is not yet due."""

    NOT_DUE = "not_due"
    DAYS_1_30 = "1_30"
    DAYS_31_60 = "31_60"
    DAYS_61_90 = "61_90"
    OVER_90 = "over_90"


class TimelineKind(StrEnum):
    """What a line of a client's timeline is about."""

    INTERACTION = "interaction"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    RECEIPT = "receipt"
    TASK = "task"
    DISPUTE = "dispute"
    SATISFACTION = "satisfaction"
    REMINDER = "reminder"


class ProblemCode(StrEnum):
    """What was found wrong in a row of a file (the documented list of the command line)."""

    VAT_ID_LOST_LEADING_ZERO = "vat_id_lost_leading_zero"
    VAT_ID_INVALID = "vat_id_invalid"
    DUPLICATE_ROW = "duplicate_row"
    UNKNOWN_CLIENT = "unknown_client"
    AMBIGUOUS_CLIENT = "ambiguous_client"
    UNKNOWN_DOCUMENT = "unknown_document"
    UNKNOWN_DOCUMENT_TYPE = "unknown_document_type"
    UNREADABLE_NUMBER = "unreadable_number"
    UNREADABLE_DATE = "unreadable_date"
    MISSING_VALUE = "missing_value"
    SIGN_CHANGED = "sign_changed"
    FOREIGN_CURRENCY = "foreign_currency"
    FUTURE_DATE = "future_date"
    CONFLICTING_VALUE = "conflicting_value"
    INVALID_EMAIL = "invalid_email"
    INVALID_PHONE = "invalid_phone"
    AMOUNTS_DISAGREE = "amounts_disagree"
    LOSSY_NAME = "lossy_name"
    SAME_PAYMENT = "same_payment"
    IBAN_INVALID = "iban_invalid"


class ProblemOutcome(StrEnum):
    """What was done about a problem."""

    RESTORED = "restored"  # the right value was worked out and stored
    MERGED = "merged"  # the row joined a record that was there
    KEPT = "kept"  # stored as it stood, marked
    EMPTIED = "emptied"  # the field was left empty, the record stored
    WAITING = "waiting"  # stored, and linked when its counterpart arrives
    CREATED = "created"  # the missing counterpart was made
    REFUSED = "refused"  # the row was not stored
    STATED = "stated"  # nothing changed; worth knowing
