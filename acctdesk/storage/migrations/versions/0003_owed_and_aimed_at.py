"""Owed and aimed at: what collecting, credit, targets and pay keep.

It imports none of the models, which move on.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and add the columns."""
    op.create_table('pay_plans',
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('period', sa.String(length=10), nullable=False),
    sa.Column('method', sa.String(length=20), nullable=False),
    sa.Column('tiers', sa.Text(), nullable=False),
    sa.Column('quota_minor', sa.Integer(), nullable=True),
    sa.Column('target_pay_minor', sa.Integer(), nullable=True),
    sa.Column('floor_bp', sa.Integer(), nullable=True),
    sa.Column('floor_multiplier_bp', sa.Integer(), nullable=True),
    sa.Column('cap_minor', sa.Integer(), nullable=True),
    sa.Column('on_payment', sa.Boolean(), nullable=False),
    sa.Column('claw_back', sa.Boolean(), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pay_plans')),
    sa.UniqueConstraint('uid', name=op.f('uq_pay_plans_uid')),
    sqlite_autoincrement=True
    )
    op.create_table('what_ifs',
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('deals', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_what_ifs')),
    sa.UniqueConstraint('uid', name=op.f('uq_what_ifs_uid')),
    sqlite_autoincrement=True
    )
    op.create_table('client_accounts',
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('iban', sa.String(length=34), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_client_accounts_client_id_clients')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_client_accounts')),
    sa.UniqueConstraint('uid', name=op.f('uq_client_accounts_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_client_accounts_client_id', 'client_accounts', ['client_id'], unique=False)
    op.create_index('uq_client_accounts_iban_live', 'client_accounts', ['iban'], unique=True, sqlite_where=sa.text('deleted_at IS NULL'))
    op.create_table('financial_statements',
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('year_end', sa.Date(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=True),
    sa.Column('current_assets_minor', sa.Integer(), nullable=True),
    sa.Column('current_liabilities_minor', sa.Integer(), nullable=True),
    sa.Column('total_assets_minor', sa.Integer(), nullable=True),
    sa.Column('total_liabilities_minor', sa.Integer(), nullable=True),
    sa.Column('equity_minor', sa.Integer(), nullable=True),
    sa.Column('retained_earnings_minor', sa.Integer(), nullable=True),
    sa.Column('ebit_minor', sa.Integer(), nullable=True),
    sa.Column('sales_minor', sa.Integer(), nullable=True),
    sa.Column('net_profit_minor', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_financial_statements_client_id_clients')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_financial_statements')),
    sa.UniqueConstraint('uid', name=op.f('uq_financial_statements_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_financial_statements_client_id_year_end', 'financial_statements', ['client_id', 'year_end'], unique=False)
    op.create_table('market_notes',
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('noted_on', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('reliability', sa.String(length=10), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_market_notes_client_id_clients')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_market_notes')),
    sa.UniqueConstraint('uid', name=op.f('uq_market_notes_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_market_notes_client_id_noted_on', 'market_notes', ['client_id', 'noted_on'], unique=False)
    op.create_table('orders',
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=True),
    sa.Column('ordered_on', sa.Date(), nullable=False),
    sa.Column('amount_minor', sa.Integer(), nullable=False),
    sa.Column('notes', sa.String(length=300), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_orders_client_id_clients')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_orders')),
    sa.UniqueConstraint('uid', name=op.f('uq_orders_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_orders_client_id_ordered_on', 'orders', ['client_id', 'ordered_on'], unique=False)
    op.create_table('risk_ratings',
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('risk', sa.String(length=10), nullable=False),
    sa.Column('who', sa.String(length=200), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_risk_ratings_client_id_clients')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_risk_ratings')),
    sa.UniqueConstraint('uid', name=op.f('uq_risk_ratings_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_risk_ratings_client_id_from_on', 'risk_ratings', ['client_id', 'from_on'], unique=False)
    op.create_table('securities',
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('amount_minor', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('notes', sa.String(length=300), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_securities_client_id_clients')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_securities')),
    sa.UniqueConstraint('uid', name=op.f('uq_securities_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_securities_client_id', 'securities', ['client_id'], unique=False)
    op.create_table('target_plans',
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('measure', sa.String(length=20), nullable=False),
    sa.Column('client_id', sa.Integer(), nullable=True),
    sa.Column('family', sa.String(length=120), nullable=True),
    sa.Column('segment', sa.String(length=40), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('phasing', sa.String(length=20), nullable=False),
    sa.Column('phases', sa.Text(), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=True),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_target_plans_client_id_clients')),
    sa.ForeignKeyConstraint(['replaces_id'], ['target_plans.id'], name=op.f('fk_target_plans_replaces_id_target_plans')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_target_plans')),
    sa.UniqueConstraint('uid', name=op.f('uq_target_plans_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_target_plans_client_id', 'target_plans', ['client_id'], unique=False)
    op.create_index(op.f('ix_target_plans_replaces_id'), 'target_plans', ['replaces_id'], unique=False)
    op.create_index('ix_target_plans_starts_on', 'target_plans', ['starts_on'], unique=False)
    op.create_table('instalments',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('amount_minor', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_instalments_document_id_documents')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instalments')),
    sa.UniqueConstraint('uid', name=op.f('uq_instalments_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_instalments_document_id', 'instalments', ['document_id'], unique=False)
    op.create_table('payment_promises',
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('interaction_id', sa.Integer(), nullable=True),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('notes', sa.String(length=300), nullable=True),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_payment_promises_client_id_clients')),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_payment_promises_contact_id_contacts')),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_payment_promises_interaction_id_interactions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_promises')),
    sa.UniqueConstraint('uid', name=op.f('uq_payment_promises_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_payment_promises_client_id_due_on', 'payment_promises', ['client_id', 'due_on'], unique=False)
    op.create_index('ix_payment_promises_due_on', 'payment_promises', ['due_on'], unique=False)
    op.create_table('reminders',
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('interaction_id', sa.Integer(), nullable=True),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_reminders_client_id_clients')),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_reminders_interaction_id_interactions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminders')),
    sa.UniqueConstraint('uid', name=op.f('uq_reminders_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_reminders_client_id_sent_on', 'reminders', ['client_id', 'sent_on'], unique=False)
    op.create_table('satisfactions',
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('interaction_id', sa.Integer(), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=False),
    sa.Column('measure', sa.String(length=10), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(length=300), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_satisfactions_client_id_clients')),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_satisfactions_contact_id_contacts')),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_satisfactions_interaction_id_interactions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_satisfactions')),
    sa.UniqueConstraint('uid', name=op.f('uq_satisfactions_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_satisfactions_answered_on', 'satisfactions', ['answered_on'], unique=False)
    op.create_index('ix_satisfactions_client_id_answered_on', 'satisfactions', ['client_id', 'answered_on'], unique=False)
    op.create_table('promised_documents',
    sa.Column('promise_id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('amount_minor', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_promised_documents_document_id_documents')),
    sa.ForeignKeyConstraint(['promise_id'], ['payment_promises.id'], name=op.f('fk_promised_documents_promise_id_payment_promises')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promised_documents')),
    sa.UniqueConstraint('uid', name=op.f('uq_promised_documents_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_promised_documents_document_id', 'promised_documents', ['document_id'], unique=False)
    op.create_index('uq_promised_documents_live', 'promised_documents', ['promise_id', 'document_id'], unique=True, sqlite_where=sa.text('deleted_at IS NULL'))
    op.create_table('reminded_documents',
    sa.Column('reminder_id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('open_minor', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_reminded_documents_document_id_documents')),
    sa.ForeignKeyConstraint(['reminder_id'], ['reminders.id'], name=op.f('fk_reminded_documents_reminder_id_reminders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminded_documents')),
    sa.UniqueConstraint('uid', name=op.f('uq_reminded_documents_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_reminded_documents_document_id', 'reminded_documents', ['document_id'], unique=False)
    op.create_index('ix_reminded_documents_reminder_id', 'reminded_documents', ['reminder_id'], unique=False)
    op.add_column('allocations', sa.Column('by_hand', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('documents', sa.Column('mark', sa.String(length=40), nullable=True))
    op.create_index('uq_documents_mark_live', 'documents', ['mark'], unique=True, sqlite_where=sa.text('deleted_at IS NULL AND mark IS NOT NULL'))
    op.add_column('receipts', sa.Column('kind', sa.String(length=10), nullable=False, server_default='receipt'))
    op.add_column('receipts', sa.Column('payer_name', sa.String(length=300), nullable=True))
    op.add_column('receipts', sa.Column('payer_iban', sa.String(length=34), nullable=True))
    for name in ("search_disputes", "search_requests"):
        op.execute(
            "CREATE VIRTUAL TABLE " + name + " USING fts5("
            "head, rest, latin, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3 4')"
        )
        op.execute("INSERT INTO " + name + "(" + name + ", rank) VALUES('secure-delete', 1)")


def downgrade() -> None:
    """A book is never taken to an older schema; a backup is restored instead."""
    raise NotImplementedError
