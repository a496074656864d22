"""Alembic's scripts; run by :mod:`acctdesk.storage.migrate` over an open connection."""
