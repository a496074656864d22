"""What is kept of a client: all its documents less all its receipts.

It imports none of the models, which move on.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_BALANCE = """
UPDATE clients SET balance_minor = coalesce((
    SELECT sum(gross_minor) FROM documents
    WHERE client_id = clients.id AND deleted_at IS NULL
), 0) - coalesce((
    SELECT sum(amount_minor) FROM receipts
    WHERE client_id = clients.id AND deleted_at IS NULL
), 0)
"""


def upgrade() -> None:
    """Add the column and fill it; let an index cover what was paid of an invoice."""
    op.add_column('clients', sa.Column('balance_minor', sa.Integer(), nullable=False, server_default='0'))
    op.execute(_BALANCE)
    op.drop_index('ix_allocations_document_id', table_name='allocations')
    op.create_index('ix_allocations_document_id', 'allocations', ['document_id', 'deleted_at', 'receipt_id', 'amount_minor'], unique=False)
    op.create_index('ix_allocations_given_back', 'allocations', ['amount_minor', 'document_id', 'deleted_at'], unique=False, sqlite_where=sa.text('amount_minor < 0'))


def downgrade() -> None:
    """A book is never taken to an older schema; a backup is restored instead."""
    raise NotImplementedError
