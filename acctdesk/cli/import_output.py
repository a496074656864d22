"""What became of a file, as readable text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctdesk import formats
from acctdesk.cli.output import say, table
from acctdesk.i18n import Message, msg, nmsg, tr
from acctdesk.kinds import ProblemOutcome, RecordKind

if TYPE_CHECKING:
    from acctdesk.exchange.apply import ImportResult


def _kind_name(kind: RecordKind) -> Message:
    return {
        RecordKind.CLIENTS: msg("Cli", "Clients"),
        RecordKind.CONTACTS: msg("Cli", "Contacts"),
        RecordKind.PRODUCTS: msg("Cli", "Products"),
        RecordKind.SALES: msg("Cli", "Sales"),
        RecordKind.RECEIPTS: msg("Cli", "Receipts"),
        RecordKind.TARGETS: msg("Cli", "Targets"),
        RecordKind.OPPORTUNITIES: msg("Cli", "Opportunities"),
        RecordKind.INTERACTIONS: msg("Cli", "Interactions"),
        RecordKind.TASKS: msg("Cli", "Tasks"),
    }[kind]


def _outcome_name(outcome: ProblemOutcome) -> Message:
    return {
        ProblemOutcome.RESTORED: msg("Cli", "restored"),
        ProblemOutcome.MERGED: msg("Cli", "merged"),
        ProblemOutcome.KEPT: msg("Cli", "kept as it stood"),
        ProblemOutcome.EMPTIED: msg("Cli", "left empty"),
        ProblemOutcome.WAITING: msg("Cli", "waits for its counterpart"),
        ProblemOutcome.CREATED: msg("Cli", "counterpart made"),
        ProblemOutcome.REFUSED: msg("Cli", "refused"),
        ProblemOutcome.STATED: msg("Cli", "stated"),
    }[outcome]


def _say_buyers(result: ImportResult) -> None:
    if not result.unknown_buyers:
        return
    left_out = sum(one.documents for one in result.unknown_buyers)
    said = nmsg(
        "Cli",
        "{n} document is of a buyer who is not in the book. --make-clients makes clients of"
        " such buyers, where nothing speaks against it:",
        "{n} documents are of buyers who are not in the book. --make-clients makes clients of"
        " such buyers, where nothing speaks against it:",
        left_out,
    )
    say(said)
    lines = [
        (
            one.name,
            one.vat_id,
            formats.number(one.documents),
            ", ".join(formats.money(minor, currency) for currency, minor in one.totals),
            "" if one.doubt is None else str(one.doubt),
        )
        for one in result.unknown_buyers
    ]
    for line in table(lines, right=frozenset({2, 3})):
        say(f"  {line}".rstrip())


def say_import(result: ImportResult) -> None:
    """Write the counts and each problem."""
    if result.dry_run:
        say(tr("Cli", "{kind}: a dry run, nothing was changed.", kind=_kind_name(result.kind)))
    else:
        say(tr("Cli", "{kind}: imported.", kind=_kind_name(result.kind)))
    rows = [
        (tr("Cli", "Records read"), formats.number(result.rows_read)),
        (tr("Cli", "Created"), formats.number(result.created)),
        (tr("Cli", "Updated"), formats.number(result.updated)),
        (tr("Cli", "Skipped"), formats.number(result.skipped)),
        (tr("Cli", "Refused"), formats.number(result.refused)),
    ]
    if result.clients_made:
        rows.append((tr("Cli", "Clients made"), formats.number(result.clients_made)))
    for line in table(rows, right=frozenset({1})):
        say(f"  {line}")
    _say_buyers(result)
    if not result.problems:
        return
    say(nmsg("Cli", "{n} problem:", "{n} problems:", len(result.problems)))
    for problem in result.problems:
        place = tr("Cli", "{sheet}, row {row}", sheet=problem.sheet, row=problem.row)
        about = f"  {place}  {problem.record}" if problem.record else f"  {place}"
        say(f"{about}: {problem.what} [{_outcome_name(problem.done)}]")
