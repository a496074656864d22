"""The officer's day: series, plans, disputes, requests, key dates, letters, attachments.

It imports none of the models, which move on.
"""

from __future__ import annotations

import datetime as dt
import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, add the columns, and give what was put off in Today a table."""
    op.create_table('blobs',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_blobs'))
    )
    op.create_table('checklists',
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('steps', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checklists')),
    sa.UniqueConstraint('uid', name=op.f('uq_checklists_uid')),
    sqlite_autoincrement=True
    )
    op.create_table('days_off',
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_days_off')),
    sa.UniqueConstraint('uid', name=op.f('uq_days_off_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_days_off_starts_on', 'days_off', ['starts_on'], unique=False)
    op.create_table('departments',
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('person', sa.String(length=200), nullable=True),
    sa.Column('email', sa.String(length=200), nullable=True),
    sa.Column('phone', sa.String(length=60), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_departments')),
    sa.UniqueConstraint('uid', name=op.f('uq_departments_uid')),
    sqlite_autoincrement=True
    )
    op.create_table('disruptions',
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('title_fold', sa.String(length=300), nullable=False),
    sa.Column('cause', sa.String(length=300), nullable=True),
    sa.Column('notes', sa.Text(), nullable=True),
    sa.Column('started_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('resolution', sa.Text(), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disruptions')),
    sa.UniqueConstraint('uid', name=op.f('uq_disruptions_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_disruptions_ended_at', 'disruptions', ['ended_at'], unique=False)
    op.create_table('letter_templates',
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('document', sa.String(length=64), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_templates')),
    sa.UniqueConstraint('uid', name=op.f('uq_letter_templates_uid')),
    sqlite_autoincrement=True
    )
    op.create_table('today_marks',
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('marked_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_today_marks')),
    sa.UniqueConstraint('uid', name=op.f('uq_today_marks_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('uq_today_marks_key_live', 'today_marks', ['key'], unique=True, sqlite_where=sa.text('deleted_at IS NULL'))
    op.create_table('action_plans',
    sa.Column('client_id', sa.Integer(), nullable=True),
    sa.Column('checklist_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('anchor_on', sa.Date(), nullable=False),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['checklist_id'], ['checklists.id'], name=op.f('fk_action_plans_checklist_id_checklists')),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_action_plans_client_id_clients')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_plans')),
    sa.UniqueConstraint('uid', name=op.f('uq_action_plans_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_action_plans_client_id', 'action_plans', ['client_id'], unique=False)
    op.create_table('credit_shares',
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('who', sa.String(length=200), nullable=False),
    sa.Column('role', sa.String(length=120), nullable=True),
    sa.Column('share_bp', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_credit_shares_client_id_clients')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credit_shares')),
    sa.UniqueConstraint('uid', name=op.f('uq_credit_shares_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('uq_credit_shares_live', 'credit_shares', ['client_id', 'from_on', 'who'], unique=True, sqlite_where=sa.text('deleted_at IS NULL'))
    op.create_table('key_dates',
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=True),
    sa.Column('on_date', sa.Date(), nullable=False),
    sa.Column('lead_days', sa.Integer(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_key_dates_client_id_clients')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_key_dates')),
    sa.UniqueConstraint('uid', name=op.f('uq_key_dates_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_key_dates_client_id', 'key_dates', ['client_id'], unique=False)
    op.create_index('ix_key_dates_closed_on_on_date', 'key_dates', ['closed_on', 'on_date'], unique=False)
    op.create_table('task_series',
    sa.Column('client_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('notes', sa.Text(), nullable=True),
    sa.Column('kind', sa.String(length=20), nullable=True),
    sa.Column('rule', sa.String(length=300), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('due_time', sa.Time(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('shift', sa.String(length=10), nullable=False),
    sa.Column('made_until', sa.Date(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_task_series_client_id_clients')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task_series')),
    sa.UniqueConstraint('uid', name=op.f('uq_task_series_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_task_series_client_id', 'task_series', ['client_id'], unique=False)
    op.create_table('attachments',
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('interaction_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('media_type', sa.String(length=120), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_attachments_client_id_clients')),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_attachments_interaction_id_interactions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachments')),
    sa.UniqueConstraint('uid', name=op.f('uq_attachments_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_attachments_client_id', 'attachments', ['client_id'], unique=False)
    op.create_index('ix_attachments_interaction_id', 'attachments', ['interaction_id'], unique=False)
    op.create_index('ix_attachments_sha256', 'attachments', ['sha256'], unique=False)
    op.create_table('disputes',
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('interaction_id', sa.Integer(), nullable=True),
    sa.Column('type', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('title_fold', sa.String(length=300), nullable=False),
    sa.Column('cause', sa.String(length=300), nullable=True),
    sa.Column('notes', sa.Text(), nullable=True),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('amount_minor', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('resolution', sa.Text(), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_disputes_client_id_clients')),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_disputes_interaction_id_interactions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disputes')),
    sa.UniqueConstraint('uid', name=op.f('uq_disputes_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_disputes_client_id_state', 'disputes', ['client_id', 'state'], unique=False)
    op.create_index('ix_disputes_state_due_on', 'disputes', ['state', 'due_on'], unique=False)
    op.create_table('disruption_clients',
    sa.Column('disruption_id', sa.Integer(), nullable=False),
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('interaction_id', sa.Integer(), nullable=True),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_disruption_clients_client_id_clients')),
    sa.ForeignKeyConstraint(['disruption_id'], ['disruptions.id'], name=op.f('fk_disruption_clients_disruption_id_disruptions')),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_disruption_clients_interaction_id_interactions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disruption_clients')),
    sa.UniqueConstraint('uid', name=op.f('uq_disruption_clients_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_disruption_clients_client_id', 'disruption_clients', ['client_id'], unique=False)
    op.create_index('uq_disruption_clients_live', 'disruption_clients', ['disruption_id', 'client_id'], unique=True, sqlite_where=sa.text('deleted_at IS NULL'))
    op.create_table('needs',
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('interaction_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.String(length=300), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('result', sa.String(length=300), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_needs_client_id_clients')),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_needs_interaction_id_interactions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_needs')),
    sa.UniqueConstraint('uid', name=op.f('uq_needs_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_needs_client_id_state', 'needs', ['client_id', 'state'], unique=False)
    op.create_index('ix_needs_interaction_id', 'needs', ['interaction_id'], unique=False)
    op.create_table('visit_reports',
    sa.Column('interaction_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('present', sa.Text(), nullable=False),
    sa.Column('discussed', sa.Text(), nullable=False),
    sa.Column('agreed', sa.Text(), nullable=False),
    sa.Column('needs', sa.Text(), nullable=False),
    sa.Column('competition', sa.Text(), nullable=False),
    sa.Column('remarks', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_visit_reports_interaction_id_interactions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_reports')),
    sa.UniqueConstraint('uid', name=op.f('uq_visit_reports_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('uq_visit_reports_interaction_id_live', 'visit_reports', ['interaction_id'], unique=True, sqlite_where=sa.text('deleted_at IS NULL'))
    op.create_table('dispute_notices',
    sa.Column('dispute_id', sa.Integer(), nullable=False),
    sa.Column('who', sa.String(length=200), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('told_on', sa.Date(), nullable=False),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_dispute_notices_contact_id_contacts')),
    sa.ForeignKeyConstraint(['dispute_id'], ['disputes.id'], name=op.f('fk_dispute_notices_dispute_id_disputes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispute_notices')),
    sa.UniqueConstraint('uid', name=op.f('uq_dispute_notices_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_dispute_notices_dispute_id', 'dispute_notices', ['dispute_id'], unique=False)
    op.create_table('disputed_documents',
    sa.Column('dispute_id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('amount_minor', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['dispute_id'], ['disputes.id'], name=op.f('fk_disputed_documents_dispute_id_disputes')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_disputed_documents_document_id_documents')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disputed_documents')),
    sa.UniqueConstraint('uid', name=op.f('uq_disputed_documents_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_disputed_documents_document_id', 'disputed_documents', ['document_id'], unique=False)
    op.create_index('uq_disputed_documents_live', 'disputed_documents', ['dispute_id', 'document_id'], unique=True, sqlite_where=sa.text('deleted_at IS NULL'))
    op.create_table('requests',
    sa.Column('department_id', sa.Integer(), nullable=False),
    sa.Column('client_id', sa.Integer(), nullable=True),
    sa.Column('dispute_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.String(length=300), nullable=False),
    sa.Column('what_fold', sa.String(length=300), nullable=False),
    sa.Column('details', sa.Text(), nullable=True),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_requests_client_id_clients')),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_requests_department_id_departments')),
    sa.ForeignKeyConstraint(['dispute_id'], ['disputes.id'], name=op.f('fk_requests_dispute_id_disputes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_requests')),
    sa.UniqueConstraint('uid', name=op.f('uq_requests_uid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_requests_client_id_state', 'requests', ['client_id', 'state'], unique=False)
    op.create_index('ix_requests_state_asked_on', 'requests', ['state', 'asked_on'], unique=False)
    op.add_column('clients', sa.Column('ideal_days', sa.Integer(), nullable=True))
    op.add_column('clients', sa.Column('most_days', sa.Integer(), nullable=True))
    op.add_column('interactions', sa.Column('pinned', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('interactions', sa.Column('source_key', sa.String(length=300), nullable=True))
    op.create_index('ix_interactions_pinned', 'interactions', ['client_id'], unique=False, sqlite_where=sa.text('pinned IS 1 AND deleted_at IS NULL'))
    op.create_index('uq_interactions_source_key_live', 'interactions', ['client_id', 'source_key'], unique=True, sqlite_where=sa.text('deleted_at IS NULL AND source_key IS NOT NULL'))
    op.add_column('tasks', sa.Column('minutes', sa.Integer(), nullable=True))
    op.add_column('tasks', sa.Column('kind', sa.String(length=20), nullable=True))
    op.add_column('tasks', sa.Column('place', sa.String(length=120), nullable=True))
    op.add_column('tasks', sa.Column('deadline', sa.Boolean(), nullable=False, server_default=sa.false()))
    # alembic would rebuild the table for the reference
    op.execute(
        "ALTER TABLE tasks ADD COLUMN series_id INTEGER"
        " CONSTRAINT fk_tasks_series_id_task_series REFERENCES task_series (id)"
    )
    op.add_column('tasks', sa.Column('series_on', sa.Date(), nullable=True))
    # alembic would rebuild the table for the reference
    op.execute(
        "ALTER TABLE tasks ADD COLUMN plan_id INTEGER"
        " CONSTRAINT fk_tasks_plan_id_action_plans REFERENCES action_plans (id)"
    )
    op.add_column('tasks', sa.Column('plan_place', sa.Integer(), nullable=True))
    op.add_column('tasks', sa.Column('plan_offset', sa.Integer(), nullable=True))
    op.add_column('tasks', sa.Column('plan_working', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('tasks', sa.Column('source_key', sa.String(length=300), nullable=True))
    op.create_index('ix_tasks_plan_id', 'tasks', ['plan_id'], unique=False, sqlite_where=sa.text('plan_id IS NOT NULL'))
    op.create_index('uq_tasks_series_id_series_on_live', 'tasks', ['series_id', 'series_on'], unique=True, sqlite_where=sa.text('deleted_at IS NULL AND series_id IS NOT NULL'))
    op.create_index('uq_tasks_source_key_live', 'tasks', ['source_key'], unique=True, sqlite_where=sa.text('deleted_at IS NULL AND source_key IS NOT NULL'))
    _move_snoozed()


def _move_snoozed() -> None:
    """Make a row of each line of Today that waits; it was one setting, a JSON of key to day."""
    import uuid_utils

    connection = op.get_bind()
    found = connection.execute(
        sa.text("SELECT id, value, updated_at FROM settings WHERE key = 'today.snoozed' AND deleted_at IS NULL")
    ).all()
    insert = sa.text(
        "INSERT INTO today_marks (uid, created_at, updated_at, version, key, marked_on, until_on)"
        " VALUES (:uid, :now, :now, 1, :key, :marked, :until)"
    )
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    for setting in found:
        for key, until in json.loads(setting.value).items():
            row = {"uid": str(uuid_utils.uuid7()), "now": now, "key": key}
            marked = str(setting.updated_at)[:10]
            connection.execute(insert, {**row, "marked": marked, "until": until})
        connection.execute(
            sa.text("UPDATE settings SET deleted_at = :now WHERE id = :id"),
            {"now": now, "id": setting.id},
        )


def downgrade() -> None:
    """A book is never taken to an older schema; a backup is restored instead."""
    raise NotImplementedError
