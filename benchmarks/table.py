"""The table of what was measured in this run, line by line as they came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_HEADINGS = ("line", "work", "book", "floor", "figure", "ratio", "goal", "met")
_rows: list[tuple[int, Sequence[str]]] = []


def add(
    line: int, work: str, book: str, *, floor: str, figure: str, ratio: str, goal: str, met: bool
) -> None:
    """Add one row; ``line`` is the number of the goal."""
    _rows.append(
        (line, (str(line), work, book, floor, figure, ratio, goal, "yes" if met else "MISSED"))
    )


def text() -> str:
    """Return the whole table in Markdown, sorted by line; empty where nothing was measured."""
    if not _rows:
        return ""
    rows = [_HEADINGS, *(row for _, row in sorted(_rows, key=lambda row: row[0]))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, ["-" * width for width in widths])
    return "".join(_row(row, widths) for row in rows)


def _row(cells: Iterable[str], widths: Iterable[int]) -> str:
    return (
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))} |\n"
    )
