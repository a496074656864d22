"""From cells to typed records, with every problem stated."""

from acctdesk.exchange.parsed import ParsedFile, Rec

__all__ = ["ParsedFile", "Rec"]
