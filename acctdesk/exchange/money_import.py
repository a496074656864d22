"""A file of a bank or of e-invoices taken in without a window: only what is sure."""

from __future__ import annotations

from pathlib import Path

from acctdesk import formats
from acctdesk.exchange.apply import ImportResult
from acctdesk.exchange.bank import payments_of
from acctdesk.exchange.invoices_in import inputs
from acctdesk.exchange.money_files import MoneyFile, read_invoices, read_statements
from acctdesk.exchange.problems import Problem
from acctdesk.i18n import Message, msg
from acctdesk.kinds import ProblemCode, ProblemOutcome, RecordKind
from acctdesk.services.bank_in import (
    PaymentRow,
    PaymentState,
    as_proposed,
    compare_payments,
    take_payments,
)
from acctdesk.services.buyers import look_at_invoices, take_invoices
from acctdesk.services.desk import Desk
from acctdesk.services.invoices_in import InvoiceState
from acctdesk.services.same_payments import SameReceipt


def import_money(
    desk: Desk, path: Path, *, kind: MoneyFile, dry_run: bool, make_clients: bool = False
) -> ImportResult:
    """Take in what is sure of a file; the rest is refused, each with its reason.

    ``make_clients``: buyers of e-invoices whom the book does not hold become clients, where
    nothing speaks against it.

    Raises:
        UserError: the file cannot be read.
    """
    if kind is MoneyFile.BANK:
        return _payments(desk, path, dry_run=dry_run)
    return _invoices(desk, path, dry_run=dry_run, make_clients=make_clients)


def _payments(desk: Desk, path: Path, *, dry_run: bool) -> ImportResult:
    payments = payments_of(read_statements([path]))
    rows = desk.query(compare_payments, payments=payments)
    sure = as_proposed(rows)
    if sure and not dry_run:
        desk.perform(msg("Step", "Payments of the bank taken in"), take_payments, confirmed=sure)
    refused = [
        (place, row)
        for place, row in enumerate(rows, start=1)
        if row.state in (PaymentState.NEW, PaymentState.UNKNOWN) and not row.sure
    ]
    joined = sum(one.same is not None for one in sure)
    problems = [_unsure(path, place, row) for place, row in refused]
    problems += [
        _joined(path, place, row.joins)
        for place, row in enumerate(rows, start=1)
        if row.sure and row.joins is not None
    ]
    return ImportResult(
        RecordKind.RECEIPTS,
        rows_read=len(rows),
        created=len(sure) - joined,
        updated=joined,
        skipped=len(rows) - len(sure) - len(refused),
        refused=len(refused),
        problems=tuple(sorted(problems, key=lambda one: one.row)),
        dry_run=dry_run,
    )


def _joined(path: Path, place: int, same: SameReceipt) -> Problem:
    return Problem(
        same.number, path.name, place, "number", same.number, ProblemCode.SAME_PAYMENT,
        ProblemOutcome.MERGED,
        msg(
            "Bank", "It is receipt {number} of {day}",
            number=same.number, day=formats.date(same.day),
        ),
    )  # fmt: skip


def _unsure(path: Path, place: int, row: PaymentRow) -> Problem:
    why = row.doubt
    if why is None:
        why = msg("Bank", "Whose payment it is is not sure. Take it in at the window.")
    return _problem(path, place, None, "client_name", row.payment.name, why)


def _invoices(desk: Desk, path: Path, *, dry_run: bool, make_clients: bool) -> ImportResult:
    file = read_invoices([path])
    invoices = inputs(file.invoices)
    found = desk.query(look_at_invoices, invoices=invoices)
    rows, make = found.rows, found.sure if make_clients else ()
    new = sum(row.state is InvoiceState.NEW or row.buyer in make for row in rows)
    if new and not dry_run:
        desk.perform(
            msg("Step", "E-invoices taken in"), take_invoices, invoices=invoices, make=make
        )
    problems = [
        _problem(path, place, row.invoice.number, "client_name", row.invoice.buyer_vat, row.why)
        for place, row in enumerate(rows, start=1)
        if row.why is not None and row.buyer not in make
    ]
    refused = len(problems)
    problems += [
        _problem(path, place, one.id, "type", "", one.why, done=ProblemOutcome.STATED)
        for place, one in enumerate(file.left_out, start=len(rows) + 1)
    ]
    return ImportResult(
        RecordKind.SALES,
        rows_read=len(rows) + len(file.left_out),
        created=new,
        updated=0,
        skipped=len(rows) + len(file.left_out) - new - refused,
        refused=refused,
        clients_made=len(make),
        unknown_buyers=tuple(one for one in found.buyers if one.vat_id not in make),
        problems=tuple(problems),
        dry_run=dry_run,
    )


def _problem(
    path: Path,
    place: int,
    record: str | None,
    field: str,
    value: str,
    what: Message,
    *,
    done: ProblemOutcome = ProblemOutcome.REFUSED,
) -> Problem:
    return Problem(record, path.name, place, field, value, ProblemCode.UNKNOWN_CLIENT, done, what)
