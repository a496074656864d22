"""The list of a file's problems as a file of its own, to send back to whoever made the file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from acctdesk import i18n
from acctdesk.errors import UserError
from acctdesk.exchange.fields import field_title
from acctdesk.exchange.problems import Problem
from acctdesk.i18n import Message, msg, tr
from acctdesk.kinds import Language, ProblemOutcome, RecordKind
from acctdesk.text import parse_number

OUTCOMES: dict[ProblemOutcome, Message] = {
    ProblemOutcome.RESTORED: msg("Outcome", "Mended"),
    ProblemOutcome.MERGED: msg("Outcome", "Merged"),
    ProblemOutcome.KEPT: msg("Outcome", "Kept, needs you"),
    ProblemOutcome.EMPTIED: msg("Outcome", "Left empty, needs you"),
    ProblemOutcome.WAITING: msg("Outcome", "Waits for its counterpart"),
    ProblemOutcome.CREATED: msg("Outcome", "Made on the way"),
    ProblemOutcome.REFUSED: msg("Outcome", "Refused"),
    ProblemOutcome.STATED: msg("Outcome", "Good to know"),
}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WIDTHS = (18, 8, 18, 22, 30, 60, 26)


def save_problems(path: Path, problems: Sequence[Problem], *, kind: RecordKind) -> None:
    """Write problems to an xlsx or, by the name's ending, to a csv that Excel opens as it is.

    Values stand as text, whatever they begin with.

    Raises:
        UserError: the file cannot be written; nothing was changed.
    """
    try:
        if path.suffix.lower() == ".csv":
            _save_csv(path, problems, kind)
        else:
            _save_workbook(path, problems, kind)
    except OSError as error:
        raise UserError(
            msg(
                "Import",
                "The list was not saved: {name} cannot be written. Close it if it is open in"
                " another program, or choose another folder.",
                name=path.name,
            )
        ) from error


def _headings() -> list[str]:
    return [
        tr("Outcome", "Sheet"),
        tr("Outcome", "Row"),
        tr("Outcome", "Record"),
        tr("Outcome", "Field"),
        tr("Outcome", "Value in the file"),
        tr("Outcome", "What was found and done"),
        tr("Outcome", "Outcome"),
    ]


def _rows(problems: Sequence[Problem], kind: RecordKind) -> Iterator[list[str | int]]:
    for one in problems:
        yield [
            one.sheet,
            one.row,
            one.record or "",
            str(field_title(kind, one.field)),
            _CONTROL.sub(" ", one.value),
            str(one.what),
            str(OUTCOMES[one.done]),
        ]


def _save_csv(path: Path, problems: Sequence[Problem], kind: RecordKind) -> None:
    separator = ";" if i18n.language() is Language.EL else ","
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=separator)
        writer.writerow(_headings())
        for row in _rows(problems, kind):
            writer.writerow([_harmless(cell) for cell in row])


def _harmless(cell: str | int) -> str | int:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return cell if parse_number(cell) is not None else f"'{cell}"
    return cell


def _save_workbook(path: Path, problems: Sequence[Problem], kind: RecordKind) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(tr("Outcome", "Problems"))
    for number, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDEFG"[number]].width = width
    sheet.freeze_panes = "A2"
    heads = [WriteOnlyCell(sheet, value=text) for text in _headings()]
    for cell in heads:
        cell.font = Font(bold=True)
    sheet.append(heads)
    for row in _rows(problems, kind):
        cells = [WriteOnlyCell(sheet, value=value) for value in row]
        for cell in cells:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a value that begins with = stays a text
        sheet.append(cells)
    whole = io.BytesIO()
    book.save(whole)
    path.write_bytes(whole.getvalue())
