"""What the queries of disputes, disruptions, requests, key dates and shares answer with.

Money is integer minor units of the book's currency, gross of VAT; None means not known.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from acctdesk.kinds import DisputeState, DisputeType


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
