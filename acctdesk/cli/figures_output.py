"""The figures as JSON and as text."""

from __future__ import annotations

from typing import Any

from acctdesk import formats
from acctdesk.cli.output import day, days, money, ratio, say, table
from acctdesk.figures.sales import attainment
from acctdesk.i18n import tr
from acctdesk.kinds import AgeBucket
from acctdesk.services.rows import ClientFigures, Figures, MonthFigure


def figures_json(figures: Figures) -> dict[str, Any]:
    """Return the object that ``figures --json`` prints."""
    period, owed = figures.period, figures.receivables
    return {
        "as_of": day(figures.as_of),
        "currency": figures.currency,
        "counts": {
            "clients": figures.clients,
            "invoices": figures.invoices,
            "credit_notes": figures.credit_notes,
            "receipts": figures.receipts,
            "unapplied_receipts": figures.unapplied_receipts,
        },
        "sales": {
            "net": money(figures.net_minor),
            "by_month": [_month(month) for month in figures.by_month],
            "period": {
                "name": period.name,
                "net": money(period.net_minor),
                "target": money(period.target_minor),
                "attainment": ratio(period.attainment),
                "previous": money(period.previous_minor),
                "same_last_year": money(period.same_last_year_minor),
            },
        },
        "receivables": {
            "open_invoices": owed.open_invoices,
            "open": money(owed.open_minor),
            "unapplied": money(owed.unapplied_minor),
            "balance": money(owed.balance_minor),
            "ageing": {bucket.value: money(owed.ageing[bucket]) for bucket in AgeBucket},
            "dso_simple_90": days(owed.dso_simple_90),
        },
        "by_client": [_client(client) for client in figures.by_client],
    }


def _month(month: MonthFigure) -> dict[str, Any]:
    return {
        "month": f"{month.month:%Y-%m}",
        "net": money(month.net_minor),
        "target": money(month.target_minor),
        "attainment": ratio(attainment(month.net_minor, month.target_minor)),
    }


def _client(client: ClientFigures) -> dict[str, Any]:
    return {
        "code": client.code,
        "name": client.name,
        "vat_id": client.vat_id,
        "net": money(client.net_minor),
        "last_365": money(client.last_365_minor),
        "previous_365": money(client.previous_365_minor),
        "last_invoice": day(client.last_invoice_on),
        "balance": money(client.balance_minor),
        "overdue": money(client.overdue_minor),
    }


def say_figures(figures: Figures) -> None:
    """Write the figures as readable text."""
    period, owed = figures.period, figures.receivables
    say(tr("Cli", "Figures on {day} in {currency}", day=formats.date(figures.as_of),
           currency=figures.currency))  # fmt: skip
    say("")
    _lines(
        (tr("Cli", "Clients"), formats.number(figures.clients)),
        (tr("Cli", "Invoices"), formats.number(figures.invoices)),
        (tr("Cli", "Credit notes"), formats.number(figures.credit_notes)),
        (tr("Cli", "Receipts"), formats.number(figures.receipts)),
        (tr("Cli", "Net sales"), formats.amount(figures.net_minor)),
    )
    say("")
    say(tr("Cli", "Sales in {period}", period=period.name))
    _lines(
        (tr("Cli", "Net sales"), formats.amount(period.net_minor)),
        (tr("Cli", "Target"), formats.amount(period.target_minor)),
        (tr("Cli", "Attainment"), formats.percent(period.attainment, 1)),
        (tr("Cli", "Period before"), formats.amount(period.previous_minor)),
        (tr("Cli", "Same period last year"), formats.amount(period.same_last_year_minor)),
    )
    say("")
    say(tr("Cli", "Receivables with VAT"))
    _lines(
        (tr("Cli", "Open invoices"), formats.number(owed.open_invoices)),
        (tr("Cli", "Open"), formats.amount(owed.open_minor)),
        (tr("Cli", "Unapplied"), formats.amount(owed.unapplied_minor)),
        (tr("Cli", "Balance"), formats.amount(owed.balance_minor)),
        (tr("Cli", "Not due"), formats.amount(owed.ageing[AgeBucket.NOT_DUE])),
        (tr("Cli", "1 to 30 days late"), formats.amount(owed.ageing[AgeBucket.DAYS_1_30])),
        (tr("Cli", "31 to 60 days late"), formats.amount(owed.ageing[AgeBucket.DAYS_31_60])),
        (tr("Cli", "61 to 90 days late"), formats.amount(owed.ageing[AgeBucket.DAYS_61_90])),
        (tr("Cli", "Over 90 days late"), formats.amount(owed.ageing[AgeBucket.OVER_90])),
        (tr("Cli", "Days sales outstanding (90 days)"), formats.number(owed.dso_simple_90, 2)),
    )
    if figures.by_month:
        say("")
        _months(figures)
    if figures.by_client:
        say("")
        _clients(figures)


def _lines(*rows: tuple[str, str]) -> None:
    for line in table(rows, right=frozenset({1})):
        say(f"  {line}")


def _months(figures: Figures) -> None:
    rows = [(tr("Cli", "Month"), tr("Cli", "Net sales"), tr("Cli", "Target"),
             tr("Cli", "Attainment"))]  # fmt: skip
    rows += [
        (
            f"{month.month:%Y-%m}",
            formats.amount(month.net_minor),
            formats.amount(month.target_minor),
            formats.percent(attainment(month.net_minor, month.target_minor), 1),
        )
        for month in figures.by_month
    ]
    for line in table(rows, right=frozenset({1, 2, 3})):
        say(line)


def _clients(figures: Figures) -> None:
    rows = [
        (
            tr("Cli", "Code"),
            tr("Cli", "Client"),
            tr("Cli", "Last 365 days"),
            tr("Cli", "Previous 365 days"),
            tr("Cli", "Last invoice"),
            tr("Cli", "Balance"),
            tr("Cli", "Overdue"),
        )
    ]
    rows += [
        (
            client.code or formats.UNKNOWN,
            client.name,
            formats.amount(client.last_365_minor),
            formats.amount(client.previous_365_minor),
            formats.date(client.last_invoice_on),
            formats.amount(client.balance_minor),
            formats.amount(client.overdue_minor),
        )
        for client in figures.by_client
    ]
    for line in table(rows, right=frozenset({2, 3, 5, 6})):
        say(line)
