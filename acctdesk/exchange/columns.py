"""A mapping: which column of a file means which field, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from acctdesk.i18n import Message, msg
from acctdesk.kinds import RecordKind

Layout = Literal["rows", "months_wide", "months_long"]

CHOSEN = msg("Mapping", "Chosen by you")
LEFT_OUT = msg("Mapping", "Not used")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """One column: ``index`` from 0, ``letter`` as the spreadsheet shows it.

    ``field`` is a key of ``fields.py`` for the mapping's kind, ``month:2026-03`` or ``month:03``
    for a column of a target table that holds one month, or None where the column is left out.
    """

    index: int
    letter: str
    heading: str
    samples: tuple[str, ...] = ()
    field: str | None = None
    confidence: float = 0.0
    reason: Message = LEFT_OUT


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a file is read.

    ``sheets`` names the sheets whose tables are read; ``layout`` tells target tables with one
    column a month (``months_wide``) and one row a month (``months_long``) from plain rows;
    ``unit_scale`` multiplies amounts (1000 for «χιλ. €»); ``shape`` recognises the next file with
    the same headings; ``constants`` fills fields no column holds (a type, a currency, a year).
    """

    kind: RecordKind
    columns: tuple[ColumnMap, ...]
    sheets: tuple[str, ...] = ()
    layout: Layout = "rows"
    unit_scale: Decimal = Decimal(1)
    shape: str = ""
    constants: MappingType[str, str] = field(default_factory=dict)
    confidence: float = 1.0
    remembered: bool = False

    def fields(self) -> dict[str, int]:
        """Return field key to column index, for the columns that are used."""
        return {column.field: column.index for column in self.columns if column.field}

    def with_column(self, index: int, field_key: str | None) -> Mapping:
        """Return this mapping with column ``index`` meaning ``field_key``, chosen by the officer.

        The field leaves the column that held it before, for no field stands twice.
        """
        changed = []
        for column in self.columns:
            if column.index == index:
                changed.append(replace(column, field=field_key, confidence=1.0, reason=CHOSEN))
            elif field_key is not None and column.field == field_key:
                changed.append(replace(column, field=None, confidence=0.0, reason=LEFT_OUT))
            else:
                changed.append(column)
        return replace(self, columns=tuple(changed))

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON: what is printed, edited, passed back and remembered."""
        return {
            "kind": self.kind.value,
            "layout": self.layout,
            "sheets": list(self.sheets),
            "unit_scale": format(self.unit_scale, "f"),
            "shape": self.shape,
            "constants": dict(self.constants),
            "columns": [
                {
                    "index": column.index,
                    "letter": column.letter,
                    "heading": column.heading,
                    "samples": list(column.samples),
                    "field": column.field,
                    "confidence": round(column.confidence, 2),
                    "reason": column.reason.localized(),
                }
                for column in self.columns
            ],
        }
