"""What of a client stands in its record: open cases, key dates, shares, promises, accounts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from acctdesk.services.accounts import AccountRow, accounts_of
from acctdesk.services.case_rows import (
    DisputeRow,
    DisruptionRow,
    KeyDateRow,
    RequestRow,
    ShareSet,
)
from acctdesk.services.disputes import disputes, disputes_due
from acctdesk.services.disruptions import disruptions_of
from acctdesk.services.key_dates import key_dates
from acctdesk.services.payment_promises import PaymentPromiseRow, payment_promises
from acctdesk.services.requests import late_requests, requests
from acctdesk.services.shares import shares_at

_MOST = 999  # what a figure beside a page's name has room for


@dataclass(frozen=True, slots=True)
class ClientCases:
    """A client's open cases, key dates, today's shares, promises to pay, and bank accounts."""

    disputes: tuple[DisputeRow, ...] = ()
    requests: tuple[RequestRow, ...] = ()
    disruptions: tuple[DisruptionRow, ...] = ()
    key_dates: tuple[KeyDateRow, ...] = ()
    shares: ShareSet | None = None
    payments: tuple[PaymentPromiseRow, ...] = ()  # promises to pay, broken ones first
    accounts: tuple[AccountRow, ...] = ()

    @property
    def disputed_minor(self) -> int:
        """What of its invoices is in dispute."""
        return sum(one.blocked_minor for one in self.disputes)


def client_cases(session: Session, *, client_id: int, today: dt.date) -> ClientCases:
    """Return what stands in the record of a client."""
    return ClientCases(
        disputes=tuple(disputes(session, today=today, client_id=client_id)),
        requests=tuple(requests(session, today=today, client_id=client_id)),
        disruptions=tuple(disruptions_of(session, client_id=client_id)),
        key_dates=tuple(key_dates(session, today=today, client_id=client_id)),
        shares=shares_at(session, client_id=client_id, on=today),
        payments=tuple(payment_promises(session, as_of=today, client_id=client_id)),
        accounts=tuple(accounts_of(session, client_id=client_id)),
    )


def late_cases(session: Session, *, today: dt.date) -> int:
    """Return how many disputes and departments are late with an answer."""
    yesterday = today - dt.timedelta(days=1)
    waiting = disputes_due(session, today=yesterday, limit=_MOST)
    return len(waiting) + len(late_requests(session, today=today, limit=_MOST))
