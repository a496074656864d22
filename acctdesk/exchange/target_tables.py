"""How a target table lies: months across, years across, or one row a month."""

from __future__ import annotations

from acctdesk.exchange.columns import Layout
from acctdesk.exchange.fields import FIELDS, Field
from acctdesk.exchange.sheets import Cell
from acctdesk.exchange.tables import Table
from acctdesk.exchange.values import Looks, number_of_month, text_of
from acctdesk.exchange.words import similarity
from acctdesk.i18n import Message, msg
from acctdesk.kinds import RecordKind
from acctdesk.text import parse_month, whole_number
from acctdesk.text.dates import month_number

Assigned = dict[int, tuple[float, Field, Message]]
Chosen = dict[int, tuple[float, str | None, Message]]
_AIMS = next(field for field in FIELDS[RecordKind.TARGETS] if field.key == "amount").phrases


def month_columns(table: Table, width: int) -> dict[int, str]:
    """Return the columns headed by a month, where they are enough to make a table of months."""
    found: dict[int, str] = {}
    for index in range(width):
        heading = table.headings[index] if index < len(table.headings) else ""
        if not heading:
            continue
        full = parse_month(heading)
        if full is not None and (any(map(str.isalpha, heading)) or len(heading) >= 6):
            found[index] = f"month:{full:%Y-%m}"
            continue
        number = month_number(heading) if heading.replace(".", "").isalpha() else None
        if number is None:
            number = whole_number(heading)
        if number is not None and 1 <= number <= 12:
            found[index] = f"month:{number:02d}"
    return found if len(found) >= 6 or (len(found) >= 3 and len(found) >= width - 3) else {}


def target_columns(
    table: Table, looks: list[Looks], assigned: Assigned, months: dict[int, str], width: int
) -> tuple[Chosen, Layout] | None:
    """Return what the columns of a target table mean and how it lies, None where it is none.

    ``assigned`` is what each column means as in any other table, ``months`` the columns headed by
    a month.
    """
    chosen: Chosen = {
        index: (score, field.key, reason)
        for index, (score, field, reason) in assigned.items()
        if field.key != "client_name" or _names_clients(table, index)
    }
    reason = msg("Mapping", "A month in the heading")
    if months:
        wide: Chosen = {i: (0.97, key, reason) for i, key in months.items()}
        for index, (score, key, why) in chosen.items():
            if index not in wide and key in {
                "year",
                "client_code",
                "client_name",
                "client_vat_id",
                "currency",
            }:
                wide[index] = (score, key, why)
        if not any(key == "year" for _, key, _ in wide.values()):
            for index in range(width):
                if index not in wide and looks[index].year >= 0.9:
                    wide[index] = (0.8, "year", msg("Mapping", "From the values"))
                    break
        return wide, "months_wide"
    across = _years_across(table, looks, width)
    return (across, "months_wide") if across else _long_targets(looks, chosen, width)


def _names_clients(table: Table, index: int) -> bool:
    # a column beside the months may also say what the row is: «Στόχος πωλήσεων»
    own = [similarity(text_of(cell), phrase) for cell in table.column(index) for phrase in _AIMS]
    return max(own, default=0.0) < 0.6


def _years_across(table: Table, looks: list[Looks], width: int) -> Chosen | None:
    years = _year_columns(table, width)
    for index in range(width) if years else ():
        cells = table.column(index)
        if index not in years and looks[index].count and _month_share(cells) >= 0.7:
            found: Chosen = {
                i: (0.95, key, msg("Mapping", "A year in the heading")) for i, key in years.items()
            }
            found[index] = (0.9, "month_number", msg("Mapping", "From the values"))
            return found
    return None


def _year_columns(table: Table, width: int) -> dict[int, str]:
    found = {}
    for index in range(width):
        heading = table.headings[index] if index < len(table.headings) else ""
        if 1990 <= (whole_number(heading) or 0) <= 2100:
            found[index] = f"year:{heading}"
    return found


def _long_targets(looks: list[Looks], chosen: Chosen, width: int) -> tuple[Chosen, Layout] | None:
    keys = {key for _, key, _ in chosen.values()}
    if "month" not in keys and not keys >= {"year", "month_number"}:
        for index in range(width):
            if index not in chosen and max(looks[index].month, looks[index].date) >= 0.8:
                chosen[index] = (0.7, "month", msg("Mapping", "From the values"))
                keys.add("month")
                break
    if "amount" not in keys:
        for index in range(width):
            if index not in chosen and looks[index].number >= 0.9 and looks[index].year < 0.9:
                chosen[index] = (0.6, "amount", msg("Mapping", "From the values"))
                keys.add("amount")
                break
    if "amount" in keys and ("month" in keys or "month_number" in keys or "quarter" in keys):
        return chosen, "months_long"
    return None


def _month_share(cells: list[Cell]) -> float:
    if not cells:
        return 0.0
    return sum(number_of_month(cell) is not None for cell in cells) / len(cells)
