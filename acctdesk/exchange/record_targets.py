"""A target table, by month across or down: one record a cell."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from acctdesk.exchange.parsed import Rec
from acctdesk.exchange.records import Reader, cell_of, text_value
from acctdesk.exchange.sheets import Row
from acctdesk.exchange.tables import Table, year_in
from acctdesk.exchange.values import is_blank, number_of_month, text_of, to_minor
from acctdesk.i18n import msg
from acctdesk.kinds import ProblemCode
from acctdesk.text import parse_month, whole_number


def targets(reader: Reader, tables: list[Table]) -> list[Rec]:
    """Return one record for each cell of a target table that holds a number."""
    found: list[Rec] = []
    columns = reader.mapping.fields()
    stated = reader.mapping.constants.get("year", "")
    constant = whole_number(stated)
    for table in tables:
        scale = reader.mapping.unit_scale if reader.mapping.unit_scale != 1 else table.unit_scale
        own = year_in(table.sheet) or year_in(table.title)
        year = own if len(tables) > 1 or constant is None else constant
        for number, row in table.rows:
            year = _year(row, columns) or year
            base: dict[str, Any] = {
                key: text_value(cell_of(row, columns, key))
                for key in ("client_code", "client_name")
                if key in columns
            }
            for month, index in _months(reader, row, columns, year):
                cell = row[index] if index < len(row) else None
                if is_blank(cell):
                    continue
                rec = Rec(
                    table.sheet, number, {**base, "month": month, "currency": reader.currency}
                )
                amount = reader.number(cell, index)
                if month is None or amount is None:
                    code = (
                        ProblemCode.UNREADABLE_DATE
                        if month is None
                        else ProblemCode.UNREADABLE_NUMBER
                    )
                    what = (
                        msg("Problem", "The month cannot be read.")
                        if month is None
                        else msg("Problem", "The number cannot be read.")
                    )
                    reader.refuse(rec, "month" if month is None else "amount", cell, code, what)
                    continue
                rec.values["amount_minor"] = to_minor(amount * scale)
                found.append(rec)
    return found


def _year(row: Row, columns: dict[str, int]) -> int | None:
    """Return the year that a row names; of 2025/2026 or 2025-26 the one it ends in."""
    cell = cell_of(row, columns, "year")
    if cell is None:
        return None
    found = re.search(
        r"((?:19|20|21)\d{2})(?:\s*[-/–]\s*(?:19|20|21)?(\d{2})(?!\d))?", text_of(cell)
    )
    if found is None:
        return None
    first = int(found[1])
    return first + 1 if found[2] and int(found[2]) == (first + 1) % 100 else first


def _before_january(columns: dict[str, int]) -> frozenset[int]:
    """Return the months that stand before January where the columns follow a fiscal year."""
    ordered = sorted((index, key) for key, index in columns.items() if key.startswith("month:"))
    months = [int(key.partition(":")[2]) for _, key in ordered if "-" not in key]
    if len(months) != 12 or 1 not in months[1:]:
        return frozenset()
    start = months.index(1)
    in_turn = months[start:] + months[:start] == list(range(1, 13))
    return frozenset(months[:start]) if in_turn else frozenset()


def _months(
    reader: Reader, row: Row, columns: dict[str, int], year: int | None
) -> list[tuple[Any, int]]:
    if reader.mapping.layout == "months_wide":
        found: list[tuple[Any, int]] = []
        earlier = _before_january(columns)
        ends_in = year or reader.today.year
        for key, index in columns.items():
            kind, _, rest = key.partition(":")
            if kind == "month":
                before = whole_number(rest) in earlier
                found.append((_month_of(rest, ends_in - 1 if before else ends_in), index))
            elif kind == "year" and rest:
                across = number_of_month(cell_of(row, columns, "month_number"))
                found.append((dt.date(int(rest), across, 1) if across else None, index))
        return found
    amount = columns.get("amount")
    if amount is None:
        return []
    cell = cell_of(row, columns, "month")
    if cell is not None:
        day = parse_month(cell if isinstance(cell, dt.date) else text_of(cell))
        if day is None:
            word = number_of_month(cell)
            day = dt.date(year or reader.today.year, word, 1) if word else None
        return [(day, amount)]
    numbered = number_of_month(cell_of(row, columns, "month_number"))
    if numbered is not None:
        return [(dt.date(year or reader.today.year, numbered, 1), amount)]
    return [(None, amount)]


def _month_of(text: str, year: int) -> dt.date:
    if "-" in text:
        whole, _, month = text.partition("-")
        return dt.date(int(whole), int(month), 1)
    return dt.date(year, int(text), 1)
