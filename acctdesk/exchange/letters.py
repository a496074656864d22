"""Letters (.docx) and e-mail drafts (.eml) merged from a template, one for each client.

A template is data: it is read in Jinja's sandbox. What would stay empty is told before any file is
made. The files and their place in the history are one piece of work: cancelled or failing, it
leaves neither.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from acctdesk.errors import UserError
from acctdesk.i18n import msg, nmsg
from acctdesk.kinds import Language, LetterKind
from acctdesk.models.base import utc_now
from acctdesk.services.attachments import FileInput, contents
from acctdesk.services.child import run_in_child
from acctdesk.services.desk import ChangeSet, Desk, Result
from acctdesk.services.letter_invoices import InvoiceTable, invoice_table, template_rows
from acctdesk.services.letters import (
    FIELDS,
    MAY_BE_EMPTY,
    LetterInput,
    Merge,
    log_letters,
    merges,
)
from acctdesk.services.lists import ClientQuery, client_ids
from acctdesk.services.mail_drafts import draft
from acctdesk.services.rows import LetterTemplateRow
from acctdesk.storage import faults
from acctdesk.text import file_stem

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment
    from sqlalchemy.orm import Session

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SPELLING = {Language.EL: "el-GR", Language.EN: "en-GB"}
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no XML may hold them
_TABLE = "\ue000"  # stands in a text where the table of invoices goes
_WIDTHS = {5: (4.8, 2.8, 2.8, 2.0, 3.6), 6: (3.9, 2.5, 2.5, 1.7, 2.9, 2.5)}  # cm of 16
_ROWS = "invoices"  # what an own document may loop over
_BLANK_LINES = re.compile(r"\n{3,}")
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who gets a letter: some clients, or all that a list shows."""

    client_ids: tuple[int, ...] = ()
    query: ClientQuery | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A client for whom fields of the template would stay empty; their keys."""

    client_id: int
    client_name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterCheck:
    """What would be made: for how many clients, what is missing, and the first as it would read."""

    count: int
    gaps: tuple[Gap, ...]
    first: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class LettersDone:
    """The files that were made, and what changed in the book."""

    files: tuple[Path, ...]
    changes: ChangeSet


def check_letters(
    session: Session, *, template: LetterTemplateRow, recipients: Recipients, today: dt.date
) -> LetterCheck:
    """Return what would be made; nothing is.

    Raises:
        UserError: the template cannot be read or has fields that do not exist.
    """
    document = document_of(session, template)
    found = _merges(session, template, recipients, today)
    gaps = gaps_of(template, document, found)
    if not found:
        return LetterCheck(0, (), "", "", "")
    text = "" if document is not None else render(template.body, found[0].values)
    subject = render(template.subject, found[0].values)
    return LetterCheck(len(found), gaps, found[0].client_name, subject, text)


def gaps_of(
    template: LetterTemplateRow, document: bytes | None, found: Sequence[Merge]
) -> tuple[Gap, ...]:
    """Return for which clients which fields of a template are not known."""
    used = fields_of(template, document)
    unknown = sorted(used - FIELDS.keys() - {_ROWS})
    if unknown:
        raise UserError(
            msg(
                "Letters",
                "The template has fields that do not exist: {names}. Choose fields from the list.",
                names=", ".join(unknown),
            )
        )
    if template.kind is LetterKind.EMAIL:
        used |= {"email"}
    order = [key for key in FIELDS if key in used - MAY_BE_EMPTY]
    gaps = []
    for one in found:
        missing = tuple(key for key in order if not one.values[key])
        if missing:
            gaps.append(Gap(one.client_id, one.client_name, missing))
    return tuple(gaps)


def fields_of(template: LetterTemplateRow, document: bytes | None) -> set[str]:
    """Return the fields that a template names.

    Raises:
        UserError: it cannot be read.
    """
    from jinja2 import TemplateError, meta

    environment = _environment()
    used: set[str] = set()
    with _readable():
        try:
            for text in (template.subject, template.body if document is None else ""):
                used |= meta.find_undeclared_variables(environment.parse(text))
            if document is not None:
                used |= _docx(document).get_undeclared_template_variables(environment)
        except TemplateError as error:
            raise UserError(
                msg(
                    "Letters",
                    "The template cannot be read: {why}. A field looks like {example}.",
                    why=str(error.message),
                    example="{{ client_name }}",
                )
            ) from error
    return used


def render(text: str, values: Mapping[str, Any]) -> str:
    """Return a text with its fields merged; a line that only held empty fields leaves no gap."""
    from jinja2 import TemplateError

    try:
        merged = _environment().from_string(text).render(values)
    except TemplateError as error:
        raise UserError(
            msg("Letters", "The template cannot be filled: {why}", why=str(error.message))
        ) from error
    return _BLANK_LINES.sub("\n\n", _UNSEEN.sub("", merged)).strip()


def letter_file(template: LetterTemplateRow, document: bytes | None, one: Merge) -> bytes:
    """Return a client's letter as .docx: the officer's own document, or the text on plain paper."""
    out = io.BytesIO()
    if document is None:
        _plain_letter(template, one).save(out)
        return out.getvalue()
    with _readable():
        made = _docx(document)
        values: dict[str, Any] = {key: _UNSEEN.sub("", one.values[key]) for key in one.values}
        values["invoice_table"] = _lines(values["invoice_table"])
        values[_ROWS] = template_rows(one.invoices, one.currency, template.language)
        made.render(values, jinja_env=_environment(autoescape=True), autoescape=True)
        made.save(out)
    return out.getvalue()


def mail_file(template: LetterTemplateRow, one: Merge) -> bytes:
    """Return a client's message as a draft that a mail program opens to be sent."""
    return draft(
        to=one.values["email"],
        subject=render(template.subject, one.values),
        body=render(template.body, one.values) + "\n",
    )


def make_letters(
    desk: Desk,
    *,
    template: LetterTemplateRow,
    recipients: Recipients,
    folder: Path,
    leave_gaps: bool,
    today: dt.date,
    at: dt.datetime,
    progress: Callable[..., None] | None = None,
    cancelled: Cancelled | None = None,
) -> LettersDone:
    """Write a file for each client into a folder and put all into their timelines, as one step.

    ``leave_gaps`` leaves out the clients for whom something is missing; else they get their
    letter with the gap. No file that is there is written over.

    Raises:
        UserError: nobody is left, it was cancelled, or the template is at fault; no file stays.
        EnvironmentFault: a file could not be written; none stays.
    """
    document = desk.query(document_of, template)
    found = desk.query(_merges, template, recipients, today)
    gaps = {gap.client_id for gap in gaps_of(template, document, found)}
    found = [one for one in found if not (leave_gaps and one.client_id in gaps)]
    if template.kind is LetterKind.EMAIL:  # a draft to nobody is none
        found = [one for one in found if one.values["email"]]
    if not found:
        raise UserError(msg("Letters", "No client is left to write to. Nothing was changed."))
    label = nmsg("Step", "{n} letter", "{n} letters", len(found))
    return write_letters(
        [(template, document, one) for one in found],
        folder,
        lambda letters: desk.perform(label, log_letters, letters=letters, at=at),
        progress=progress,
        cancelled=cancelled,
    )


def write_letters(
    wanted: Sequence[tuple[LetterTemplateRow, bytes | None, Merge]],
    folder: Path,
    log: Callable[[list[LetterInput]], Result[Any]],
    *,
    progress: Callable[..., None] | None,
    cancelled: Cancelled | None,
) -> LettersDone:
    """Write the files of templates (with their documents) and merges, then ``log`` them all.

    Raises:
        UserError: it was cancelled, or a template is at fault; no file stays.
        EnvironmentFault: a file could not be written; none stays.
    """
    files: list[Path] = []
    letters: list[LetterInput] = []
    try:
        for number, (template, document, one) in enumerate(wanted):
            _stop_if(cancelled)
            made = _made(template, document, one)
            path = _free(folder, one.client_name, template)
            with faults.faults_told(path), path.open("xb") as stream:
                files.append(path)
                stream.write(made.file.data)
            letters.append(made)
            if progress is not None:
                progress(number + 1, len(wanted))
        done = log(letters)
    except BaseException:
        for path in files:
            with contextlib.suppress(OSError):
                path.unlink()
        raise
    return LettersDone(tuple(files), done.changes)


def _stop_if(cancelled: Cancelled | None) -> None:
    if cancelled is not None and cancelled():
        raise UserError(msg("Letters", "Cancelled: no letter was kept."))


def make_in_child(desk: Desk, **order: Any) -> LettersDone:
    """Do as :func:`make_letters` in a child process; call it where commands take turns."""
    ended = msg(
        "Letters", "The work ended before it was done. Look into the folder, and try again."
    )
    return run_in_child(desk, make_letters, ended=ended, **order)


def document_of(session: Session, template: LetterTemplateRow) -> bytes | None:
    """Return the document that lays a template out, None where it has none of its own."""
    return None if template.document is None else contents(session, sha256=template.document)


def _merges(
    session: Session, template: LetterTemplateRow, recipients: Recipients, today: dt.date
) -> list[Merge]:
    ids: Sequence[int] = recipients.client_ids
    if recipients.query is not None:
        ids = client_ids(session, recipients.query, today=today)
    return merges(session, client_ids=ids, language=template.language, today=today)


def _made(template: LetterTemplateRow, document: bytes | None, one: Merge) -> LetterInput:
    subject = render(template.subject, one.values) or template.name
    if template.kind is LetterKind.EMAIL:
        data, kind = mail_file(template, one), "message/rfc822"
    else:
        data, kind = letter_file(template, document, one), DOCX
    text = "" if document is not None else render(template.body, one.values)
    name = f"{file_stem(template.name) or 'letter'}{_ending(template)}"
    return LetterInput(
        one.client_id, one.contact_id, template.kind, subject, text, FileInput(name, kind, data)
    )


def _ending(template: LetterTemplateRow) -> str:
    return ".eml" if template.kind is LetterKind.EMAIL else ".docx"


def _free(folder: Path, client: str, template: LetterTemplateRow) -> Path:
    stem = " – ".join(filter(None, (file_stem(client), file_stem(template.name)))) or "letter"
    path, number = folder / f"{stem}{_ending(template)}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem} {number}{_ending(template)}"
    return path


def _environment(*, autoescape: bool = False) -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=autoescape)


@contextlib.contextmanager
def _readable() -> Any:
    """Say in a sentence that a .docx is none, or is damaged."""
    try:
        yield
    except (zipfile.BadZipFile, KeyError, ValueError, AttributeError, SyntaxError) as error:
        raise UserError(
            msg("Letters", "The template's document cannot be read. Save it again as .docx.")
        ) from error


def _docx(document: bytes) -> Any:
    from docxtpl import DocxTemplate

    return DocxTemplate(io.BytesIO(document))


def _plain_letter(template: LetterTemplateRow, one: Merge) -> Any:
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    made = Document()
    told = made.core_properties  # the library's own stand there
    told.author, told.title, told.comments = one.values["officer"], template.name, ""
    told.created = told.modified = utc_now().replace(tzinfo=None)
    for language in made.styles.element.iter(qn("w:lang")):  # what the spelling is checked by
        language.set(qn("w:val"), _SPELLING[template.language])
    paper = made.sections[0]
    paper.page_width, paper.page_height = Cm(21), Cm(29.7)
    paper.left_margin = paper.right_margin = Cm(2.5)
    paper.top_margin = paper.bottom_margin = Cm(2.5)
    usual = made.styles["Normal"]
    usual.font.name, usual.font.size = "Calibri", Pt(11)
    usual.paragraph_format.space_after = Pt(0)
    text = render(template.body, {**one.values, "invoice_table": _TABLE if one.invoices else ""})
    for line in re.split(rf"\n?({_TABLE})\n?|\n", text):
        if line == _TABLE:
            _add_table(made, invoice_table(one.invoices, one.currency, template.language))
        elif line is not None:
            made.add_paragraph(line)
    return made


def _add_table(made: Any, table: InvoiceTable) -> None:
    """Put the invoices on the paper: words on the left, figures on the right, a bold sum."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt, RGBColor

    lines = [table.headings, *table.rows, table.total]
    placed = made.add_table(rows=len(lines), cols=len(table.headings), style="Light Shading")
    placed.autofit = False
    widths = _WIDTHS[len(table.headings)]
    for number, line in enumerate(lines):
        for place, words in enumerate(line):
            placed.cell(number, place).width = Cm(widths[place])
            cell = placed.cell(number, place).paragraphs[0]
            cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(2)
            if place > 2:
                cell.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = cell.add_run(words)
            run.font.size = Pt(9.5)
            run.bold = number in {0, len(lines) - 1}
            run.font.color.rgb = RGBColor(0, 0, 0)


def _lines(text: str) -> Any:
    from docxtpl import Listing

    return Listing(text)
