"""What the queries of disputes, disruptions, requests, key dates and shares answer with.

Money is integer minor units of the book's currency, gross of VAT; None means not known.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from acctdesk.kinds import DisputeState, DisputeType, KeyDateKind, RequestState


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A dispute and its clock on a day."""

    id: int
    client_id: int
    client_name: str
    type: DisputeType
    title: str
    cause: str | None
    opened_on: dt.date
    due_on: dt.date | None
    state: DisputeState
    closed_on: dt.date | None
    amount_minor: int | None  # contested beyond named invoices
    blocked_minor: int  # of invoices, while it is open: no more than what is open of them
    invoices: int
    told: int  # how many people
    days_open: int  # until it was closed
    days_left: int | None  # to the day it wants an answer; negative: late; None where closed
    version: int

    @property
    def at_stake_minor(self) -> int | None:
        """What is contested in all, None where no money is."""
        return (self.blocked_minor + (self.amount_minor or 0)) or None


@dataclass(frozen=True, slots=True)
class BlockedInvoice:
    """An invoice in a dispute: what was blocked of it, and what of that is still open."""

    document_id: int
    number: str
    issued_on: dt.date
    open_minor: int
    blocked_minor: int  # as it was written down
    disputed_minor: int  # of it still open


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """Who was told of a dispute, and when."""

    id: int
    who: str
    contact_id: int | None
    told_on: dt.date


@dataclass(frozen=True, slots=True)
class DisputeCard:
    """Everything about one dispute."""

    row: DisputeRow
    notes: str | None
    resolution: str | None
    invoices: tuple[BlockedInvoice, ...]
    notices: tuple[NoticeRow, ...]


@dataclass(frozen=True, slots=True)
class DisruptionRow:
    """A disruption: how many clients it touches, and how many of them were not told yet."""

    id: int
    title: str
    cause: str | None
    started_at: dt.datetime
    ended_at: dt.datetime | None
    clients: int
    untold: int
    version: int


@dataclass(frozen=True, slots=True)
class AffectedClient:
    """A client that a disruption touches; ``told_on`` is None while it was not told."""

    id: int  # of the entry in the list
    client_id: int
    name: str
    city: str | None
    segment: str | None
    phone: str | None
    told_on: dt.date | None
    interaction_id: int | None


@dataclass(frozen=True, slots=True)
class DisruptionCard:
    """Everything about one disruption; who has not been told comes first."""

    row: DisruptionRow
    notes: str | None
    resolution: str | None
    clients: tuple[AffectedClient, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """What clients can be chosen by: products and families sold, cities, segments."""

    products: tuple[tuple[int, str], ...]
    families: tuple[str, ...]
    cities: tuple[str, ...]
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department of the company, and how many requests it has not answered."""

    id: int
    name: str
    person: str | None
    email: str | None
    phone: str | None
    waiting: int
    version: int


@dataclass(frozen=True, slots=True)
class RequestRow:
    """What a department was asked for, and how long it has been waited for."""

    id: int
    department_id: int
    department: str
    person: str | None
    email: str | None
    phone: str | None
    client_id: int | None
    client_name: str | None
    dispute_id: int | None
    what: str
    details: str | None
    asked_on: dt.date
    due_on: dt.date | None
    state: RequestState
    answered_on: dt.date | None
    answer: str | None
    waiting_days: int  # working days after the one it was asked on, until it was answered
    late: bool  # open past the day it was asked for
    version: int


@dataclass(frozen=True, slots=True)
class KeyDateRow:
    """A date that must not pass unseen, and how far off it is on a day."""

    id: int
    client_id: int
    client_name: str
    kind: KeyDateKind
    title: str | None
    on_date: dt.date
    lead_days: int  # its own, or those of its kind
    own_lead_days: int | None
    closed_on: dt.date | None
    days_left: int  # negative: it has passed
    version: int

    @property
    def is_near(self) -> bool:
        """Whether it is open and has come into its lead days, or has passed."""
        return self.closed_on is None and self.days_left <= self.lead_days


@dataclass(frozen=True, slots=True)
class Share:
    """One person's share of the credit for a client, in hundredths of a per cent."""

    who: str
    share_bp: int
    role: str | None = None


@dataclass(frozen=True, slots=True)
class ShareSet:
    """Who has which share from a day on; together 10,000 hundredths of a per cent."""

    from_on: dt.date
    shares: tuple[Share, ...]
