"""What disputes, disruptions and requests say in a list: their words, figures and marks."""

from __future__ import annotations

import datetime as dt

from acctdesk import formats
from acctdesk.i18n import Message, msg, ntr, tr
from acctdesk.kinds import DisputeState, DisputeType, RequestState
from acctdesk.services.case_rows import (
    AffectedClient,
    DisputeRow,
    DisruptionRow,
    RequestRow,
)
from acctdesk.services.days import local_day
from acctdesk.ui.itemmodels.entries import Entry
from acctdesk.ui.itemmodels.timeline_text import ChipText
from acctdesk.ui.painting import ChipKind
from acctdesk.ui.privacy import shown_name

TYPES: dict[DisputeType, Message] = {
    DisputeType.PRICE: msg("Dispute", "Price"),
    DisputeType.QUANTITY: msg("Dispute", "Quantity"),
    DisputeType.QUALITY: msg("Dispute", "Quality"),
    DisputeType.DELIVERY: msg("Dispute", "Delivery"),
    DisputeType.INVOICE: msg("Dispute", "Invoice"),
    DisputeType.SERVICE: msg("Dispute", "Service"),
    DisputeType.CONTRACT: msg("Dispute", "Contract"),
    DisputeType.OTHER: msg("Dispute", "Other matter"),
}
ENDS: dict[DisputeState, Message] = {
    DisputeState.OPEN: msg("Dispute", "Open"),
    DisputeState.SETTLED: msg("Dispute", "Settled"),
    DisputeState.WITHDRAWN: msg("Dispute", "Withdrawn"),
}
ANSWERS: dict[RequestState, Message] = {
    RequestState.OPEN: msg("Request", "Waiting"),
    RequestState.ANSWERED: msg("Request", "Answered"),
    RequestState.CANCELLED: msg("Request", "Cancelled"),
}


def dispute_mark(row: DisputeRow) -> ChipText:
    """Return where a dispute stands: how it ended, or how long it has until it wants an answer."""
    if row.state is not DisputeState.OPEN:
        return ChipText(str(ENDS[row.state]), "success")
    left = row.days_left
    if left is None:
        return ChipText(ntr("Cases", "{n} day open", "{n} days open", row.days_open), "muted")
    if left < 0:
        return ChipText(ntr("Cases", "{n} day late", "{n} days late", -left), "danger")
    if left == 0:
        return ChipText(tr("Cases", "answer today"), "warning")
    tone: ChipKind = "warning" if left <= 2 else "muted"
    return ChipText(ntr("Cases", "{n} day left", "{n} days left", left), tone)


def request_mark(row: RequestRow) -> ChipText:
    """Return how long a department has been waited for, or that it has answered."""
    if row.state is not RequestState.OPEN:
        return ChipText(str(ANSWERS[row.state]), "success")
    said = ntr("Cases", "{n} working day", "{n} working days", row.waiting_days)
    return ChipText(said, "danger" if row.late else "muted")


def disruption_mark(row: DisruptionRow) -> ChipText:
    """Return how many clients were not told, or that all were."""
    if row.untold:
        tone: ChipKind = "danger" if row.ended_at is None else "warning"
        return ChipText(ntr("Cases", "{n} not told", "{n} not told", row.untold), tone)
    if row.clients:
        return ChipText(tr("Cases", "all told"), "success")
    return ChipText(tr("Cases", "no clients"), "muted")


def of_dispute(row: DisputeRow, *, currency: str) -> Entry:
    """Return a dispute as an entry."""
    name = shown_name(row.client_name, row.client_id)
    money = row.at_stake_minor
    return Entry(
        ("dispute", row.id),
        row.title,
        " · ".join((name, str(TYPES[row.type]))),
        dispute_mark(row),
        figure="" if money is None else formats.money(money, currency, cents=False),
        icon="scale",
        quiet=row.state is not DisputeState.OPEN,
        record=row,
    )


def of_disruption(row: DisruptionRow) -> Entry:
    """Return a disruption as an entry."""
    since = tr("Cases", "since {when}", when=instant(row.started_at))
    touched = ntr("Cases", "{n} client", "{n} clients", row.clients)
    over = row.ended_at is not None
    parts = [tr("Cases", "over") if over else since, touched, row.cause or ""]
    return Entry(
        ("disruption", row.id),
        row.title,
        " · ".join(part for part in parts if part),
        disruption_mark(row),
        icon="alert-triangle",
        quiet=over,
        record=row,
    )


def of_request(row: RequestRow) -> Entry:
    """Return a request as an entry."""
    name = shown_name(row.client_name, row.client_id)
    return Entry(
        ("request", row.id),
        row.what,
        " · ".join(part for part in (row.department, name) if part),
        request_mark(row),
        icon="inbox",
        quiet=row.state is not RequestState.OPEN,
        record=row,
    )


def of_affected(one: AffectedClient) -> Entry:
    """Return a client that a disruption touches as an entry."""
    told = one.told_on is not None
    said = (
        tr("Cases", "told on {day}", day=formats.short_date(one.told_on))
        if told
        else tr("Cases", "not told")
    )
    return Entry(
        ("affected", one.id),
        shown_name(one.name, one.client_id),
        " · ".join(part for part in (one.city, formats.phone(one.phone)) if part and one.phone),
        ChipText(said, "success" if told else "danger"),
        icon="building",
        quiet=told,
        record=one,
    )


def instant(moment: dt.datetime) -> str:
    """Return a day and a time of day as they are shown."""
    return f"{formats.date(local_day(moment))} {formats.time(moment)}"
