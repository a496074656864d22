"""The target charts: what the window and the reports ask for."""

from acctdesk.charts.month_bars import month_bars
from acctdesk.charts.pace import pace
from acctdesk.charts.series import Scale, is_empty, scale
from acctdesk.charts.style import DARK, LIGHT, ChartTokens
from acctdesk.charts.words import ChartTable, summary, table

__all__ = [
    "DARK",
    "LIGHT",
    "ChartTable",
    "ChartTokens",
    "Scale",
    "is_empty",
    "month_bars",
    "pace",
    "scale",
    "summary",
    "table",
]
