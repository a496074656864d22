"""What every command writes: JSON values, text tables, and where each goes."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from acctdesk import formats
from acctdesk.i18n import Message


def say(text: str | Message) -> None:
    """Write a line of the answer to standard output."""
    sys.stdout.write(f"{text}\n")


def tell(text: str | Message) -> None:
    """Write a line of progress or a message to standard error."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def say_json(value: Any) -> None:
    """Write one JSON object to standard output."""
    say(json.dumps(value, ensure_ascii=False, indent=1))


def money(minor: int | None) -> str | None:
    """Return minor units as JSON's money: ``"1234.50"``, None where unknown."""
    return None if minor is None else format(Decimal(minor).scaleb(-2), ".2f")


def ratio(value: Decimal | None) -> str | None:
    """Return a ratio with four decimals, None where unknown."""
    return None if value is None else format(value, ".4f")


def days(value: Decimal | None) -> str | None:
    """Return a number of days with two decimals, None where unknown."""
    return None if value is None else format(value, ".2f")


def day(value: dt.date | None) -> str | None:
    """Return an ISO date, None where unknown."""
    return None if value is None else value.isoformat()


def progress_of(told: Callable[[str], str]) -> Callable[[float], None] | None:
    """Return what shows progress on the terminal, None where nobody would see it.

    ``told`` makes a line out of a share that is written as a percentage.
    """
    if not sys.stderr.isatty():
        return None

    def show(share: float) -> None:
        line = told(formats.percent(share))
        sys.stderr.write(f"\r\x1b[K{line}" if share < 1 else "\r\x1b[K")
        sys.stderr.flush()

    return show


def table(rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> list[str]:
    """Return rows as aligned lines; the columns of ``right`` are aligned to the right."""
    if not rows:
        return []
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
