"""acctdesk: one account officer's book on one laptop."""

__version__ = "0.2.0.dev0"
