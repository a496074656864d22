"""What the management workbook is made of, as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from acctdesk.kinds import DocumentType, InteractionKind
from acctdesk.periods import Period
from acctdesk.services.rows import Figures, OpenInvoice, Profile, TargetSeries


@dataclass(frozen=True, slots=True)
class PackClient:
    """A client as the workbook lists it. ``live`` is False for one in the trash that has sales."""

    id: int
    code: str | None
    name: str
    vat_id: str | None
    city: str | None
    segment: str | None
    active: bool
    live: bool
    last_contact_on: dt.date | None


@dataclass(frozen=True, slots=True)
class PackOpening:
    """What a client's records before the data sheets begin add up to."""

    client_id: int
    balance_minor: int = 0
    net_minor: int = 0
    previous_365_minor: int = 0  # the part of the 365 days before the last that lies there
    invoices: int = 0
    credit_notes: int = 0


@dataclass(frozen=True, slots=True)
class PackDocument:
    """A sales document."""

    id: int
    type: DocumentType
    number: str
    issued_on: dt.date
    due_on: dt.date | None
    client_id: int
    related_id: int | None
    related_number: str | None
    net_minor: int
    vat_minor: int
    gross_minor: int


@dataclass(frozen=True, slots=True)
class PackReceiptPart:
    """A part of a receipt: what it pays of one document, or what it names no document for."""

    receipt_id: int
    number: str | None
    received_on: dt.date
    client_id: int
    method: str | None
    document_id: int | None
    document_number: str | None
    amount_minor: int


@dataclass(frozen=True, slots=True)
class PackOpenItem:
    """An open invoice; ``settled_elsewhere_minor`` is what rows outside the data sheets settled.

    Of one in instalments each that is open is an item: ``part`` counts them from 0, ``later_minor``
    are those that follow, ``most_minor`` is its own amount (None: all that is left).
    """

    invoice: OpenInvoice
    settled_elsewhere_minor: int
    part: int = 0
    later_minor: int = 0
    most_minor: int | None = None


@dataclass(frozen=True, slots=True)
class PackTarget:
    """A month's target; ``counts`` tells whether it is part of the book's target."""

    month: dt.date
    client_id: int | None
    amount_minor: int
    counts: bool


@dataclass(frozen=True, slots=True)
class PackInteraction:
    """An interaction, without the officer's own notes."""

    id: int
    day: dt.date
    client_id: int
    kind: InteractionKind
    subject: str
    person: str | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class PackTask:
    """An open next step at a client, without the officer's own notes."""

    day: dt.date
    client_id: int
    title: str


@dataclass(frozen=True, slots=True)
class PackData:
    """Everything a workbook is written from.

    ``counted`` is the part of the period up to the as-of date; ``before`` and ``last_year`` are cut
    to the same length where the period is not over, so that like is compared with like.
    """

    profile: Profile
    period: Period
    as_of: dt.date
    starts_on: dt.date  # the first day of the data sheets
    counted: Period
    before: Period
    last_year: Period
    before_minor: int
    last_year_minor: int
    figures: Figures
    year: TargetSeries
    year_before: TargetSeries
    clients: tuple[PackClient, ...]
    openings: tuple[PackOpening, ...]
    documents: tuple[PackDocument, ...]
    receipts: tuple[PackReceiptPart, ...]
    open_items: tuple[PackOpenItem, ...]
    targets: tuple[PackTarget, ...]
    interactions: tuple[PackInteraction, ...]
    tasks: tuple[PackTask, ...]  # of the period's length after the last day counted
