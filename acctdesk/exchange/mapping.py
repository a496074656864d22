"""Which column means what: proposed from headings and values, remembered, or given."""

from acctdesk.exchange.columns import ColumnMap, Mapping

__all__ = ["ColumnMap", "Mapping"]
