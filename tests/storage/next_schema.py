"""An invented next schema: the scripts of those there are, and one more that rebuilds a table."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from acctdesk.storage import migrate

NOW = migrate.SCHEMA_VERSION
NEXT = NOW + 1
REVISIONS = {**migrate.REVISIONS, NEXT: f"{NEXT:04d}"}
_NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade():
    with op.batch_alter_table("clients", recreate="always") as batch:
        batch.add_column(sa.Column("nickname", sa.String(50), nullable=True))
    {more}
"""


def lay_scripts(folder: Path, *, more: str = "") -> None:
    """Lay the scripts of all revisions in ``folder``; ``more`` is a line of the next one."""
    shutil.copytree(
        Path(migrate.__file__).with_name("migrations"),
        folder,
        ignore=shutil.ignore_patterns("__pycache__"),
        dirs_exist_ok=True,
    )
    (folder / "versions" / f"{REVISIONS[NEXT]}_next.py").write_text(
        _NEXT.format(revision=REVISIONS[NEXT], before=REVISIONS[NOW], more=more), encoding="utf-8"
    )


@contextlib.contextmanager
def next_schema(scripts: Path) -> Iterator[None]:
    """Let the program of this block know the next schema too, whose scripts it lays."""
    real = migrate.upgrade
    lay_scripts(scripts)  # anew: the one before may have been killed at it

    def upgrade(engine: Any, *, name: str) -> None:
        real(engine, name=name, target=NEXT, revisions=REVISIONS, scripts=scripts)

    migrate.upgrade = upgrade  # type: ignore[assignment]
    migrate.SCHEMA_VERSION = NEXT
    try:
        yield
    finally:
        migrate.upgrade, migrate.SCHEMA_VERSION = real, NOW
