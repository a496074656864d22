"""The problems of a file on paper."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextDocument

from acctdesk.exchange.fields import field_title
from acctdesk.exchange.problem_list import OUTCOMES
from acctdesk.i18n import tr
from acctdesk.ui.itemmodels.import_problems import rows_text
from acctdesk.ui.printing import text_document

if TYPE_CHECKING:
    from acctdesk.ui.pages.imports.files import ImportFile


def problems_document(file: ImportFile) -> QTextDocument | None:
    """Return the list of problems; None where there are none."""
    kind = file.found_kind
    if kind is None or not file.problems:
        return None
    heads = (
        tr("Outcome", "Outcome"),
        tr("Outcome", "Row"),
        tr("Outcome", "Field"),
        tr("Outcome", "Value in the file"),
        tr("Outcome", "What was found and done"),
    )
    lines = "".join(
        "<tr>"
        + "".join(
            f"<td>{html.escape(cell)}</td>"
            for cell in (
                str(OUTCOMES[group.first.done]),
                rows_text(group, most=20),
                str(field_title(kind, group.first.field)),
                group.first.value,
                str(group.first.what),
            )
        )
        + "</tr>"
        for group in file.problems
    )
    top = "".join(f"<th>{html.escape(one)}</th>" for one in heads)
    return text_document(
        f"<h2>{html.escape(file.name)}</h2>"
        f'<table width="100%" cellpadding="3"><thead><tr>{top}</tr></thead>{lines}</table>'
    )
