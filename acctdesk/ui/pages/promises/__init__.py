"""The page of promises, both ways."""

from acctdesk.ui.pages.promises.page import PromisesPage

__all__ = ["PromisesPage"]
