"""What is kept of how an invoice was paid and when a line was sold, so that it is not worked out.

It imports none of the models, which move on.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TOUCHED = """
UPDATE documents SET touched_on = min(
    coalesce((
        SELECT min(credit.issued_on) FROM documents AS credit
        WHERE credit.related_id = documents.id AND credit.type = 'credit_note'
            AND credit.deleted_at IS NULL AND credit.client_id IS NOT NULL
    ), '9999-12-31'),
    coalesce((
        SELECT min(receipts.received_on)
        FROM allocations JOIN receipts ON receipts.id = allocations.receipt_id
        WHERE allocations.document_id = documents.id AND allocations.deleted_at IS NULL
            AND receipts.deleted_at IS NULL AND receipts.client_id IS NOT NULL
    ), '9999-12-31')
)
WHERE type = 'invoice' AND deleted_at IS NULL
"""
# days weighted by amount, a half day up; 200000 is more than between any two days, because
# SQLite divides towards zero
_LATE = """
UPDATE documents
SET late_days = (2 * (weighed + 200000 * paid) + paid) / (2 * paid) - 200000
FROM (
    SELECT invoice.id, sum(allocations.amount_minor) AS paid, sum(
        allocations.amount_minor * CAST(
            julianday(receipts.received_on) - julianday(coalesce(invoice.due_on, date(
                invoice.issued_on, printf('+%d days', coalesce(clients.credit_days, 0))
            ))) AS INTEGER
        )
    ) AS weighed
    FROM documents AS invoice
    JOIN allocations ON allocations.document_id = invoice.id
    JOIN receipts ON receipts.id = allocations.receipt_id
    LEFT JOIN clients ON clients.id = invoice.client_id
    WHERE invoice.type = 'invoice' AND invoice.deleted_at IS NULL
        AND invoice.closed_on < '9999-12-31'
        AND allocations.deleted_at IS NULL AND allocations.amount_minor > 0
        AND receipts.deleted_at IS NULL AND receipts.client_id IS NOT NULL
        AND receipts.kind <> 'write_off' AND receipts.received_on <= invoice.closed_on
    GROUP BY invoice.id
) AS settled
WHERE settled.id = documents.id
"""


def upgrade() -> None:
    """Add the columns, fill them, and let the indexes of what is open and paid cover them."""
    op.add_column('documents', sa.Column('touched_on', sa.Date(), nullable=False, server_default='0001-01-01'))
    op.add_column('documents', sa.Column('late_days', sa.Integer(), nullable=True))
    op.execute(_TOUCHED)
    op.execute(_LATE)
    op.add_column('document_lines', sa.Column('issued_on', sa.Date(), nullable=True))
    op.execute(
        "UPDATE document_lines SET issued_on ="
        " (SELECT documents.issued_on FROM documents WHERE documents.id = document_lines.document_id)"
    )
    op.drop_index('ix_document_lines_product_id', table_name='document_lines')
    op.create_index('ix_document_lines_product_id', 'document_lines', ['product_id', 'issued_on', 'document_id', 'amount', 'deleted_at'], unique=False)
    op.drop_index('ix_documents_type_closed_on', table_name='documents')
    op.create_index('ix_documents_type_closed_on', 'documents', ['type', 'closed_on', 'issued_on', 'touched_on', 'due_on', 'client_id', 'gross_minor', 'deleted_at'], unique=False, sqlite_where=sa.text('deleted_at IS NULL'))
    op.create_index('ix_documents_client_id_closed_on', 'documents', ['client_id', 'closed_on', 'late_days', 'type', 'deleted_at'], unique=False, sqlite_where=sa.text('deleted_at IS NULL AND late_days IS NOT NULL'))


def downgrade() -> None:
    """A book is never taken to an older schema; a backup is restored instead."""
    raise NotImplementedError
