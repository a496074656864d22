"""The period's findings in words: each sentence is made from figures, and none without rows.

A sentence is said only where its figure is worth a manager's time; the thresholds stand here. No
client's name stands inside a sentence, because Greek would have to decline it: names are listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from acctdesk import formats
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.kinds import AgeBucket
from acctdesk.reports.facts import change, ratio
from acctdesk.services.pack_rows import PackClient

if TYPE_CHECKING:
    from acctdesk.reports.workbook import Book

ON_TARGET = 0.005  # nearer to the target than this is on it
MOVED = 0.02  # a change of sales smaller than this is no finding
MOVER_SHARE = Decimal("0.01")  # a client moved if by this share of last year's sales,
MOVER_LEAST = 500_00  # and by at least this much
OLD_SHARE = 0.05  # what is over 90 days late is said from this share of the open invoices
UNAPPLIED_SHARE = 0.01
FEW_CLIENTS = 3  # how much of the overdue so many clients hold is said
FEW_SHARE = 0.5
SHOWN = 5  # names in a list


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: its subject, and a sentence or two."""

    subject: Message
    sentence: Message


@dataclass(frozen=True, slots=True)
class Mover:
    """A client whose sales changed much against the same time last year."""

    client: PackClient
    now_minor: int
    before_minor: int

    @property
    def gap_minor(self) -> int:
        """By how much."""
        return self.now_minor - self.before_minor


def findings(book: Book) -> list[Finding]:
    """Return what there is to say, in the order of a manager's questions."""
    return [
        *_sales(book),
        *_year(book),
        *_gained_and_lost(book),
        *_receivables(book),
        *_activity(book),
    ]


def _sales(book: Book) -> list[Finding]:
    data, facts = book.data, book.facts
    subject = msg("Report", "Sales")
    net = facts.net.between(data.counted.start, data.counted.end)
    rows = any(row.issued_on in data.counted for row in data.documents)
    found = []
    target = facts.target_of(data.period)
    over = data.as_of >= data.period.end
    if not rows:
        return [Finding(subject, msg("Report", "No sales document is dated in the period."))]
    values = {"net": book.money(net), "target": book.money(target)}
    if target and over:
        share = ratio(net, target) or 0.0
        values |= {"share": book.percent(share), "gap": book.money(abs(net - target))}
        if abs(share - 1) < ON_TARGET:
            sentence = msg("Report", "Net sales of {net} are on the target of {target}.", **values)
        elif share > 1:
            sentence = msg(
                "Report",
                "Net sales of {net} are {share} of the target of {target}: {gap} above it.",
                **values,
            )
        else:
            sentence = msg(
                "Report",
                "Net sales of {net} are {share} of the target of {target}: {gap} below it.",
                **values,
            )
    elif target:
        values |= {"share": book.percent(ratio(net, target)), "day": formats.date(data.as_of)}
        sentence = msg(
            "Report",
            "The period is not over. Up to {day}, net sales of {net} are {share} of its target of {target}.",
            **values,
        )
    else:
        sentence = msg("Report", "Net sales are {net}. No target is set for the period.", **values)
    found.append(Finding(subject, sentence))
    compared = _compared(book, net)
    if compared is not None:
        found.append(Finding(msg("Report", "Trend"), compared))
    return found


def _compared(book: Book, net: int) -> Message | None:
    data = book.data
    last = change(net, data.last_year_minor)
    before = change(net, data.before_minor)
    values = {
        "last": book.money(data.last_year_minor),
        "before": book.money(data.before_minor),
        "last_change": _signed(book, last),
        "before_change": _signed(book, before),
    }
    tell_last = last is not None and abs(last) >= MOVED
    tell_before = before is not None and abs(before) >= MOVED
    if tell_last and tell_before:
        return msg(
            "Report",
            "Against the same time last year ({last}): {last_change}. Against the previous period ({before}): {before_change}.",
            **values,
        )
    if tell_last:
        return msg("Report", "Against the same time last year ({last}): {last_change}.", **values)
    if tell_before:
        return msg("Report", "Against the previous period ({before}): {before_change}.", **values)
    return None


def _signed(book: Book, value: float | None) -> str:
    sign = "+" if value is not None and value > 0 else ""
    return sign + book.percent(value)


def _year(book: Book) -> list[Finding]:
    year = book.data.year
    due, net = year.target_to_date_minor, year.net_to_date_minor
    whole_year = (
        len({month.month for month in year.months if month.month in book.data.period}) == 12
    )
    if not due or whole_year or not net:
        return []
    share = ratio(net, due) or 0.0
    values = {
        "net": book.money(net),
        "due": book.money(due),
        "share": book.percent(share),
        "gap": book.money(abs(net - due)),
    }
    if abs(share - 1) < ON_TARGET:
        sentence = msg(
            "Report",
            "Since the year began, net sales of {net} are on the target to date, {due}.",
            **values,
        )
    elif share > 1:
        sentence = msg(
            "Report",
            "Since the year began, net sales of {net} are {share} of the target to date, {due}: {gap} ahead.",
            **values,
        )
    else:
        sentence = msg(
            "Report",
            "Since the year began, net sales of {net} are {share} of the target to date, {due}: {gap} behind.",
            **values,
        )
    return [Finding(msg("Report", "Year to date"), sentence)]


def _gained_and_lost(book: Book) -> list[Finding]:
    """Say who bought for the first time, and who bought a year ago but not now."""
    data, facts = book.data, book.facts
    if data.last_year_minor <= 0 or data.as_of < data.period.end:
        return []  # without a year before, everyone is new; an open period says nothing yet
    new = [client for client in data.clients if facts.is_new(client.id)]
    gone = [
        amount
        for client in data.clients
        if (amount := facts.period_net_of(client.id, data.last_year)) > 0
        and not facts.period_net_of(client.id, data.counted)
    ]
    found = []
    if new:
        net = sum(facts.period_net_of(client.id, data.counted) for client in new)
        sentence = nmsg(
            "Report",
            "{n} client was invoiced for the first time: {net}.",
            "{n} clients were invoiced for the first time: {net}.",
            len(new),
            net=book.money(net),
        )
        found.append(Finding(msg("Report", "New clients"), sentence))
    if gone:
        sentence = nmsg(
            "Report",
            "{n} client that bought at the same time last year ({net}) bought nothing.",
            "{n} clients that bought at the same time last year ({net}) bought nothing.",
            len(gone),
            net=book.money(sum(gone)),
        )
        found.append(Finding(msg("Report", "Without sales"), sentence))
    return found


def movers(book: Book) -> tuple[list[Mover], list[Mover]]:
    """Return the clients that gained and lost most against the same time last year."""
    data, facts = book.data, book.facts
    least = max(MOVER_LEAST, int(MOVER_SHARE * max(0, data.last_year_minor)))
    found = []
    if data.last_year_minor > 0:
        for client in data.clients:
            mover = Mover(
                client,
                facts.period_net_of(client.id, data.counted),
                facts.period_net_of(client.id, data.last_year),
            )
            if abs(mover.gap_minor) >= least:
                found.append(mover)
    up = sorted((m for m in found if m.gap_minor > 0), key=lambda m: -m.gap_minor)
    down = sorted((m for m in found if m.gap_minor < 0), key=lambda m: m.gap_minor)
    return up[:SHOWN], down[:SHOWN]


def most_overdue(book: Book) -> list[tuple[PackClient, int, int]]:
    """Return the clients that owe most past its day: client, amount, days of the oldest."""
    facts = book.facts
    oldest: dict[int, int] = {}
    for item in book.data.open_items:
        if facts.open_of(item) > 0:
            client_id = item.invoice.client_id
            oldest[client_id] = max(oldest.get(client_id, 0), item.invoice.days_past_due)
    owing = [
        (client, facts.overdue_of(client.id), oldest.get(client.id, 0))
        for client in book.data.clients
        if facts.overdue_of(client.id) > 0
    ]
    return sorted(owing, key=lambda line: (-line[1], line[0].name))[:SHOWN]


def _receivables(book: Book) -> list[Finding]:
    facts = book.facts
    subject = msg("Report", "Receivables")
    if not facts.open:
        return []
    values = {
        "open": book.money(facts.open),
        "overdue": book.money(facts.overdue),
        "share": book.percent(ratio(facts.overdue, facts.open)),
        "days": formats.number(facts.dso, 0, book.language.value),
    }
    if not facts.overdue:
        found = [
            Finding(subject, msg("Report", "Open invoices are {open}; none is overdue.", **values))
        ]
    elif facts.dso is None:
        found = [
            Finding(
                subject,
                msg(
                    "Report",
                    "Open invoices are {open}, of which {overdue} ({share}) overdue.",
                    **values,
                ),
            )
        ]
    else:
        found = [
            Finding(
                subject,
                msg(
                    "Report",
                    "Open invoices are {open}, of which {overdue} ({share}) overdue; days sales outstanding (DSO) are {days}.",
                    **values,
                ),
            )
        ]
    old = facts.ageing[AgeBucket.OVER_90]
    if old >= OLD_SHARE * facts.open:
        owed = [facts.overdue_of(client.id) for client in book.data.clients]
        owing = sorted((amount for amount in owed if amount > 0), reverse=True)
        few = sum(owing[:FEW_CLIENTS])
        late = {
            "old": book.money(old),
            "share": book.percent(ratio(old, facts.open)),
            "few": FEW_CLIENTS,
            "few_share": book.percent(ratio(few, facts.overdue)),
        }
        if len(owing) > 2 * FEW_CLIENTS and few >= FEW_SHARE * facts.overdue:
            sentence = msg(
                "Report",
                "{old} ({share} of the open invoices) is over 90 days late. {few} clients hold {few_share} of all that is overdue.",
                **late,
            )
        else:
            sentence = msg(
                "Report", "{old} ({share} of the open invoices) is over 90 days late.", **late
            )
        found.append(Finding(msg("Report", "Long overdue"), sentence))
    unapplied = facts.open - facts.balance
    if unapplied >= UNAPPLIED_SHARE * facts.open:
        found.append(
            Finding(
                msg("Report", "Unapplied"),
                msg(
                    "Report",
                    "{amount} of receipts and credit names no invoice; it lowers the balance but not what is overdue.",
                    amount=book.money(unapplied),
                ),
            )
        )
    return found


def _activity(book: Book) -> list[Finding]:
    facts, data = book.facts, book.data
    inside = sum(1 for row in data.interactions if row.day in data.counted)
    if not inside:
        return []
    touched = {row.client_id for row in data.interactions if row.day in data.counted}
    clients = [client for client in data.clients if client.active and client.live]
    reached = sum(1 for client in clients if client.id in touched)
    silent = sum(
        1 for client in clients if client.id not in touched and facts.last_365_of(client.id) > 0
    )
    subject = msg("Report", "Activity")
    found = [
        Finding(
            subject,
            nmsg(
                "Report",
                "{n} interaction; in touch with {reached} of {clients} active clients.",
                "{n} interactions; in touch with {reached} of {clients} active clients.",
                inside,
                reached=reached,
                clients=len(clients),
            ),
        )
    ]
    if silent:
        found.append(
            Finding(
                msg("Report", "Not in touch"),
                nmsg(
                    "Report",
                    "{n} client with sales in the last 365 days had no interaction in the period.",
                    "{n} clients with sales in the last 365 days had no interaction in the period.",
                    silent,
                ),
            )
        )
    return found
