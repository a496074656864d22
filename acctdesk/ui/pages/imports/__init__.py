"""The Import page: files in, one mapping each, a trial, the import, and its undo."""

from acctdesk.ui.pages.imports.page import ImportPage

__all__ = ["ImportPage"]
