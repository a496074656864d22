"""What queries answer with: frozen rows that screens, workbook and command line may keep.

Money is integer minor units (``*_minor``) of the book's currency unless a field names another;
``None`` means not known, never zero. Sales are net of VAT, receivables gross.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from acctdesk.figures.attainment import need_per_day
from acctdesk.figures.payment import Habit
from acctdesk.figures.payment_promises import PARKS
from acctdesk.figures.rhythm import ContactRhythm, Gap
from acctdesk.i18n import Message
from acctdesk.kinds import (
    AgeBucket,
    InteractionKind,
    Language,
    LetterKind,
    Mood,
    NeedState,
    PromiseBy,
    PromiseOutcome,
    PromiseState,
    SatisfactionMeasure,
    TaskState,
    TimelineKind,
)
from acctdesk.periods import WorkingDays, month_end


@dataclass(frozen=True, slots=True)
class Profile:
    """The officer and the book's preferences."""

    officer: str
    company: str
    currency: str
    fiscal_start: int  # first month of the fiscal year, 1 to 12
    language: str
    demo: bool  # its clients are invented: the book may be removed with one click


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One line of the client list."""

    id: int
    code: str | None
    name: str
    city: str | None
    segment: str | None
    active: bool
    last_contact_on: dt.date | None
    last_contact_kind: InteractionKind | None
    sales_365_minor: int
    sales_previous_365_minor: int
    trend: tuple[int, ...]  # net sales of the last 12 calendar months, oldest first, minor units
    overdue_minor: int
    overdue_days: int | None  # of the oldest overdue invoice
    balance_minor: int
    next_step_on: dt.date | None
    vat_id: str | None = None
    activity: str | None = None
    phone: str | None = None
    email: str | None = None
    version: int = 1
    rhythm: ContactRhythm | None = None  # None of an inactive one


@dataclass(frozen=True, slots=True)
class ClientTotals:
    """The foot of the client list: what the filter shows."""

    clients: int
    sales_365_minor: int
    overdue_minor: int


@dataclass(frozen=True, slots=True)
class ClientCard:
    """Everything stored about one client, for the record header and the facts."""

    id: int
    version: int
    code: str | None
    name: str
    vat_id: str | None
    vat_id_raw: str | None
    tax_office: str | None
    activity: str | None
    segment: str | None
    address: str | None
    city: str | None
    postal_code: str | None
    country: str | None
    phone: str | None
    mobile: str | None
    email: str | None
    website: str | None
    credit_days: int | None
    credit_limit_minor: int | None
    active: bool
    client_since: dt.date | None
    notes: str | None
    ideal_days: int | None  # its own days between two contacts; None: those of its segment
    most_days: int | None
    parent_id: int | None
    parent_name: str | None
    group_size: int
    balance_minor: int
    overdue_minor: int
    overdue_days: int | None
    ageing: Mapping[AgeBucket, int]
    unapplied_minor: int
    sales_365_minor: int
    sales_previous_365_minor: int
    last_invoice_on: dt.date | None
    habit: Habit
    decider: str | None
    gap: Gap  # the days that count for it
    rhythm: ContactRhythm | None  # None of an inactive one


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person at a client."""

    id: int
    client_id: int | None
    name: str
    role: str | None
    department: str | None
    phone: str | None
    mobile: str | None
    email: str | None
    decides: bool
    notes: str | None
    version: int


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """What we or they undertook."""

    id: int
    client_id: int
    interaction_id: int | None
    given_by: PromiseBy
    what: str
    due_on: dt.date | None
    state: PromiseState
    settled_on: dt.date | None
    version: int
    client_name: str | None = None  # where the promises of many clients are listed


@dataclass(frozen=True, slots=True)
class SatisfactionRow:
    """What a client answered when it was asked, and its own words."""

    id: int
    client_id: int
    contact_id: int | None
    contact_name: str | None
    interaction_id: int | None
    answered_on: dt.date
    measure: SatisfactionMeasure
    score: int
    words: str | None
    version: int


@dataclass(frozen=True, slots=True)
class PaymentNote:
    """A promise to pay in the contact in which it was given; ``outcome`` None: withdrawn."""

    id: int
    client_id: int
    interaction_id: int
    due_on: dt.date
    amount_minor: int
    outcome: PromiseOutcome | None

    @property
    def is_running(self) -> bool:
        """Whether it parks the reminders."""
        return self.outcome in PARKS


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A step of the reminder ladder that was taken: the invoices that it named, what was open."""

    id: int
    client_id: int
    interaction_id: int | None
    sent_on: dt.date
    step: int
    name: str
    numbers: tuple[str, ...]
    open_minor: int


@dataclass(frozen=True, slots=True)
class NeedRow:
    """What a client needs, and what became of it."""

    id: int
    client_id: int
    interaction_id: int | None
    what: str
    state: NeedState
    closed_on: dt.date | None
    result: str | None
    version: int


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A promise in the ledger: what became of it, and when and in what it was given."""

    promise: PromiseRow
    outcome: PromiseOutcome
    given_on: dt.date
    given_in: InteractionKind | None  # None: it was written down by itself


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One thing to do."""

    id: int
    client_id: int | None
    client_name: str | None
    title: str
    notes: str | None
    due_on: dt.date | None
    due_time: dt.time | None
    state: TaskState
    done_on: dt.date | None
    version: int
    kind: InteractionKind | None = None
    minutes: int | None = None  # how long it takes
    place: str | None = None
    deadline: bool = False  # the day is not ours to move
    series_id: int | None = None
    series_on: dt.date | None = None  # the day that the series' rule gives
    plan_id: int | None = None


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """One interaction as stored, for editing."""

    id: int
    client_id: int
    contact_id: int | None
    contact_name: str | None
    kind: InteractionKind
    happened_at: dt.datetime
    minutes: int | None
    subject: str
    body: str
    outcome: str | None
    mood: Mood | None
    place: str | None
    needs_reply: bool
    version: int
    promises: tuple[PromiseRow, ...] = ()
    needs: tuple[NeedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file kept at an interaction; ``size`` in bytes."""

    id: int
    interaction_id: int
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class LetterTemplateRow:
    """A template of letters or e-mails; ``id`` is None for one that the program brings along.

    ``document`` is the SHA-256 of a .docx that lays the letter out.
    """

    id: int | None
    key: str
    name: str
    kind: LetterKind
    language: Language
    subject: str
    body: str
    document: str | None
    version: int


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One line of a client's timeline, newest first.

    ``key`` is unique in the timeline, e.g. ``("interaction", 12)``. For money lines
    ``amount_minor`` is gross and ``open_minor`` what is still unpaid of an invoice (or unapplied
    of a receipt).
    """

    key: tuple[TimelineKind, int]
    kind: TimelineKind
    interaction_kind: InteractionKind | None
    day: dt.date
    at: dt.datetime | None  # UTC instant, where a time of day is known
    subject: str
    body: str
    person: str | None
    minutes: int | None
    place: str | None
    mood: Mood | None
    needs_reply: bool
    amount_minor: int | None = None
    open_minor: int | None = None
    number: str | None = None
    due_on: dt.date | None = None
    promises: tuple[PromiseRow, ...] = ()
    needs: tuple[NeedRow, ...] = ()
    files: tuple[AttachmentRow, ...] = ()
    answers: tuple[SatisfactionRow, ...] = ()
    payments: tuple[PaymentNote, ...] = ()
    reminders: tuple[ReminderRow, ...] = ()
    pinned: bool = False
    client_id: int | None = None
    client_name: str | None = None  # where the timeline is that of a group
    outcome: str | None = None
    reported: bool = False  # a visit with its report


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """Net sales of one calendar month against its target."""

    month: dt.date  # its first day
    net_minor: int
    target_minor: int | None


@dataclass(frozen=True, slots=True)
class PeriodFigure:
    """Net sales of a named period against its target and two comparisons."""

    name: str
    start: dt.date
    end: dt.date
    net_minor: int
    target_minor: int | None
    attainment: Decimal | None
    previous_minor: int
    same_last_year_minor: int


@dataclass(frozen=True, slots=True)
class TargetSeries:
    """A fiscal year of sales against target, or one of its quarters, for the charts."""

    client_id: int | None
    fiscal_year: int
    as_of: dt.date
    months: tuple[MonthFigure, ...]  # twelve in fiscal order, or the three of a quarter
    net_to_date_minor: int
    target_to_date_minor: int | None  # the running month by its share of working days
    target_year_minor: int | None  # of these months
    days: WorkingDays = field(default_factory=WorkingDays)

    @property
    def need_per_day(self) -> int | None:
        """What each working day left of these months has to bring; None without target or day."""
        last = month_end(self.months[-1].month)
        left = self.days.left(last, today=self.as_of)
        return need_per_day(self.net_to_date_minor, self.target_year_minor, remaining=left)


class OpenInvoice(NamedTuple):  # made in tens of thousands
    """An invoice not fully paid on the as-of date."""

    id: int
    number: str
    client_id: int
    client_code: str | None
    client_name: str
    issued_on: dt.date
    due_on: dt.date
    gross_minor: int
    open_minor: int
    disputed_minor: int  # of what is open
    days_past_due: int
    bucket: AgeBucket


@dataclass(frozen=True, slots=True)
class OverdueClient:
    """What a client owes overdue, gross; the ``new`` ones fell due of late.

    ``new_number`` is the number of a new invoice, ``new_since`` the day the oldest was due.
    """

    client_id: int
    name: str
    open_minor: int
    new_minor: int
    new_invoices: int
    new_since: dt.date | None
    new_number: str | None


@dataclass(frozen=True, slots=True)
class Receivables:
    """What is owed on a date, gross of VAT."""

    as_of: dt.date
    open_invoices: int
    open_minor: int
    disputed_minor: int  # of what is open, as the disputes open on that day say
    unapplied_minor: int
    balance_minor: int
    ageing: Mapping[AgeBucket, int]
    dso_simple_90: Decimal | None


@dataclass(frozen=True, slots=True)
class ClientFigures:
    """One client's line in the figures."""

    client_id: int
    code: str | None
    name: str
    vat_id: str | None
    net_minor: int
    last_365_minor: int
    previous_365_minor: int
    last_invoice_on: dt.date | None
    balance_minor: int
    overdue_minor: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything ``acctdesk figures`` prints."""

    as_of: dt.date
    currency: str
    clients: int
    invoices: int
    credit_notes: int
    receipts: int
    net_minor: int
    by_month: tuple[MonthFigure, ...]
    period: PeriodFigure
    receivables: Receivables
    by_client: tuple[ClientFigures, ...]
    unapplied_receipts: int = 0  # receipts that name no invoice


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One answer of the search, best first. ``kind`` is client, contact, interaction or task."""

    kind: str
    id: int
    client_id: int | None
    code: str | None
    title: str
    detail: str
    why: str  # the matched text as recorded
    spans: tuple[tuple[int, int], ...] = field(default=())  # matches in title, start and end


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The best hits, and how many records are ``found``; ``more`` tells that they are not all."""

    hits: tuple[SearchHit, ...]
    found: int
    more: bool


@dataclass(frozen=True, slots=True)
class TodayLine:
    """One thing that is worth doing today, and why.

    ``rule`` names the rule of ``today_rules`` that found it. ``what`` is an imperative without the
    client's name, ``why`` a full sentence with the figures compared. ``kind`` and ``id`` say which
    record to open (as in :class:`SearchHit`). ``urgent`` lines come first.
    """

    rule: str
    what: Message
    why: Message
    client_id: int | None
    client_name: str | None
    kind: str
    id: int
    at_stake_minor: int | None = None
    days: int = 0  # how long it has been waiting
    urgent: bool = False
    minutes: int | None = None  # what it takes; in the day's list always known
    task_version: int | None = None  # of a task, which can be completed or moved on the spot
    promise_id: int | None = None  # of a promise, which can be kept or moved on the spot


@dataclass(frozen=True, slots=True)
class DismissedLine:
    """A line of Today that was dismissed for good; ``rule`` is the one that had found it.

    ``line`` is the line as it would stand today, None where there is no cause for it any more.
    """

    id: int
    key: str  # that of ``today.line_key``
    marked_on: dt.date
    reason: str | None
    rule: str
    line: TodayLine | None


@dataclass(frozen=True, slots=True)
class Appointment:
    """A task of today with a time of day."""

    task_id: int
    time: dt.time
    title: str
    client_id: int | None
    client_name: str | None
    city: str | None
    overdue_minor: int


@dataclass(frozen=True, slots=True)
class TodayTiles:
    """The figures at the head of the day. Sales net, overdue gross, minor units."""

    quarter: PeriodFigure
    quarter_due_minor: int | None  # the quarter's target to date
    overdue_minor: int
    overdue_clients: int
    newly_overdue_minor: int  # became overdue in the last seven days
    quiet_clients: int
    buying_clients: int  # active, with sales in 365 days: what the quiet ones are a part of
    promises: int  # open, given by us
    promises_soon: int  # of them due by tomorrow, or overdue


@dataclass(frozen=True, slots=True)
class Today:
    """The officer's day: tiles, appointments, and lines in the order of what they are worth."""

    today: dt.date
    officer: str
    currency: str
    tiles: TodayTiles
    appointments: tuple[Appointment, ...]
    lines: tuple[TodayLine, ...]
    has_clients: bool  # a new book holds nobody yet
