"""An import in a child process: the window stays free while rows are read, matched and written.

Killing the child at any moment leaves the book as it was, for the import is one transaction.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from acctdesk.exchange.apply import ImportResult
from acctdesk.exchange.mapping import Mapping
from acctdesk.exchange.runner import Cancelled, Progress, import_with_changes
from acctdesk.i18n import msg
from acctdesk.kinds import RecordKind
from acctdesk.services.child import run_in_child
from acctdesk.services.desk import Desk, Result


def import_in_child(
    desk: Desk,
    path: str | Path,
    *,
    kind: RecordKind | None = None,
    mapping: Mapping | None = None,
    dry_run: bool = False,
    today: dt.date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    backup: bool = True,
    remember: bool | None = None,
    same: frozenset[str] | None = None,
) -> Result[ImportResult]:
    """Do as ``runner.import_with_changes`` in a child process; call it from a worker thread.

    While it runs nothing else of this process may write to the book: call it where commands take
    turns. A dry run returns an empty ChangeSet.

    Raises:
        UserError: the file cannot be read or understood, or the import was cancelled; nothing was
            changed.
        EnvironmentFault: the machine or the file failed; nothing was changed.
    """
    result, changes = run_in_child(
        desk,
        import_with_changes,
        ended=msg(
            "Import", "The import ended before it was done. Nothing was changed; try it again."
        ),
        progress=progress,
        cancelled=cancelled,
        path=Path(path),
        kind=kind,
        mapping=mapping,
        dry_run=dry_run,
        today=today,
        backup=backup,
        remember=remember,
        same=same,
    )
    return Result(result, changes)
