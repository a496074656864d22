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
    for line in table(rows, right=frozenset({1})):
        say(f"  {line}")
    if not result.problems:
        return
    say(nmsg("Cli", "{n} problem:", "{n} problems:", len(result.problems)))
    for problem in result.problems:
        place = tr("Cli", "{sheet}, row {row}", sheet=problem.sheet, row=problem.row)
        about = f"  {place}  {problem.record}" if problem.record else f"  {place}"
        say(f"{about}: {problem.what} [{_outcome_name(problem.done)}]")
