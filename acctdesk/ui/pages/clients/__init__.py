"""The Clients page: the list, the chosen client's timeline, and what stands beside it."""

from acctdesk.ui.pages.clients.page import ClientsPage

__all__ = ["ClientsPage"]
