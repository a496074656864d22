"""The backups of a book, one a line: when, how big, and before what it was made."""

from __future__ import annotations

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.services.keeping import BackupRow
from acctdesk.ui.itemmodels.rows import RowsModel

_REASONS = {
    "": msg("Backups", "everyday backup"),
    "before-update": msg("Backups", "before a new format"),
    "before-import": msg("Backups", "before an import"),
}


def size_words(count: int) -> Message:
    """Return a number of bytes as KB or MB."""
    if count < 1_000_000:
        return msg("Backups", "{n} KB", n=formats.number(max(1, count / 1000)))
    return msg("Backups", "{n} MB", n=formats.number(count / 1_000_000, 1))


class BackupsModel(RowsModel[BackupRow]):
    """Shows BackupRow objects, the newest first."""

    headings = (msg("Backups", "Made on"), msg("Backups", "What for"), msg("Backups", "Size"))
    figures = (2,)

    def words(self, row: BackupRow, column: int) -> str:
        """Return when a backup was made, what for, or its size."""
        if column == 0:
            local = row.made_at.astimezone()
            day = f"{formats.weekday_short(local.date())} {formats.date(local.date())}"
            return f"{day}, {local:%H:%M}"
        if column == 1:
            known = _REASONS.get(row.reason)
            return str(known) if known is not None else row.reason.replace("-", " ")
        return str(size_words(row.size))
