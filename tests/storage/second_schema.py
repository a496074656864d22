"""An invented second schema: the first revision's scripts and one more that rebuilds a table."""

from __future__ import annotations

import shutil
from pathlib import Path

from acctdesk.storage import migrate

_SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    with op.batch_alter_table("clients", recreate="always") as batch:
        batch.add_column(sa.Column("nickname", sa.String(50), nullable=True))
    {more}
"""


def scripts_with_a_second(folder: Path, *, more: str = "") -> Path:
    """Lay the scripts of two revisions in ``folder``; ``more`` is a line of the second one."""
    shutil.copytree(
        Path(migrate.__file__).with_name("migrations"),
        folder,
        ignore=shutil.ignore_patterns("__pycache__"),
        dirs_exist_ok=True,
    )
    second = folder / "versions" / "0002_second.py"
    second.write_text(_SECOND.format(more=more), encoding="utf-8")
    return folder
