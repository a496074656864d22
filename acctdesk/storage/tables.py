"""Tables that belong to the store itself, not to the business: the journal and the index.

The journal stands in ``Base.metadata`` so that migrations and their test see it. The index
tables are virtual; SQLAlchemy only speaks to them.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, column, table, text
from sqlalchemy.sql.expression import TableClause

from acctdesk.models import Base
from acctdesk.models.base import UtcDateTime

journal_steps = Table(
    "journal_steps",
    Base.metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(10), nullable=False),  # change, undo, redo
    Column("about_id", Integer, nullable=True),  # the step an undo or redo was about
    Column("label", Text, nullable=False),  # a Message as JSON
    Column("made_at", UtcDateTime, nullable=False),
    Column("touched_at", UtcDateTime, nullable=False),  # later than made_at where typing was merged
    Column("undone_at", UtcDateTime, nullable=True),  # also the deleted_at of what the undo trashed
    Column("state", String(10), nullable=False),  # done, undone, dropped
    Column("merge_key", String(200), nullable=True),
    Column("schema", Integer, nullable=False),  # user_version when it was made
    Index("ix_journal_steps_state_id", "state", "id"),
    sqlite_autoincrement=True,
)

journal_changes = Table(
    "journal_changes",
    Base.metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("step_id", Integer, ForeignKey("journal_steps.id"), nullable=False),
    Column("table_name", String(60), nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("last_id", Integer, nullable=True),  # of a range; None for one record
    Column("before", Text, nullable=True),  # JSON of stored values
    Column("after", Text, nullable=True),
    Index("ix_journal_changes_step_id", "step_id"),
    Index("ix_journal_changes_table_name_row_id", "table_name", "row_id"),
    Index(
        "ix_journal_changes_ranges",
        "table_name",
        "last_id",
        sqlite_where=text("last_id IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)


def _index_table(name: str) -> TableClause:
    return table(
        name,
        column("rowid", Integer),
        column("head"),
        column("rest"),
        column("latin"),
        column("rank"),
    )


# one index per kind: the rowid is the record's id, so that a hit needs no look-up to be known,
# and long interaction texts do not slow the search for a client
INDEX_TABLES: dict[str, TableClause] = {
    "clients": _index_table("search_clients"),
    "contacts": _index_table("search_contacts"),
    "interactions": _index_table("search_interactions"),
    "tasks": _index_table("search_tasks"),
    "disputes": _index_table("search_disputes"),
    "requests": _index_table("search_requests"),
}
