"""Write the first revision anew from the models: ``python packaging/initial_revision.py``.

For the time before the first release only; a released revision is never written again, so it
refuses once a released book is kept (packaging/make_vector.py). docs/walks/field.md says what then.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from alembic.operations.ops import UpgradeOps
from sqlalchemy import create_engine

import acctdesk.storage.tables  # noqa: F401 - registers the journal
from acctdesk.models import Base
from acctdesk.models.base import ExactDecimal, UtcDateTime

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "acctdesk/storage/migrations/versions/0001_initial.py"
RELEASED = ROOT / "tests/vectors"

HEAD = '''"""Everything a book holds at the start.

Written by packaging/initial_revision.py from the models of that day; it imports none of them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# ordinary FTS5 tables that keep their own text: see docs/decisions/0001-storage.md
INDEXES = ("search_clients", "search_contacts", "search_interactions", "search_tasks")


def upgrade() -> None:
    """Create the tables and the search index."""
    '''

TAIL = '''
    for name in INDEXES:
        op.execute(
            "CREATE VIRTUAL TABLE " + name + " USING fts5("
            "head, rest, latin, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3 4')"
        )
        op.execute("INSERT INTO " + name + "(" + name + ", rank) VALUES('secure-delete', 1)")


def downgrade() -> None:
    """A book is never taken to an older schema; a backup is restored instead."""
    raise NotImplementedError
'''


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Name our own column types by what they are in the database."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, ExactDecimal):
        return "sa.String(length=40)"
    return False


def main() -> None:
    """Write the revision."""
    if any(RELEASED.glob("*.json")):
        raise SystemExit("The first revision is released: add a new one beside it.")
    with create_engine("sqlite://").connect() as connection:
        options = {"render_item": render_item, "target_metadata": Base.metadata}
        context = MigrationContext.configure(connection, opts=options)
        script = produce_migrations(context, Base.metadata)
        assert isinstance(script.upgrade_ops, UpgradeOps)
        body = render_python_code(
            script.upgrade_ops, migration_context=context, render_item=render_item
        )
    TARGET.write_text(HEAD + body.strip() + "\n" + TAIL, encoding="utf-8")


if __name__ == "__main__":
    main()
