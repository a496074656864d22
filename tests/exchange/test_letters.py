"""Letters come out right for every client, or are told before what they lack."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import errno
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.exchange.letters import (
    LettersDone,
    Recipients,
    check_letters,
    make_in_child,
    make_letters,
)
from acctdesk.exchange.mail import read_mail
from acctdesk.i18n import msg
from acctdesk.kinds import InteractionKind, Language, LetterKind, TimelineKind
from acctdesk.services.attachments import contents
from acctdesk.services.clients import create_client
from acctdesk.services.contacts import create_contact
from acctdesk.services.desk import Desk
from acctdesk.services.letters import letter_templates, save_template, trash_template
from acctdesk.services.lists import ClientQuery
from acctdesk.services.rows import LetterTemplateRow, TimelineItem
from acctdesk.services.timeline import timeline

TODAY = dt.date(2026, 11, 12)
AT = dt.datetime(2026, 11, 12, 9, tzinfo=dt.UTC)
STEP = msg("Test", "Step")
ALL = Recipients(query=ClientQuery())
LETTER = LetterTemplateRow(
    None, "x", "Όροι: νέοι", LetterKind.LETTER, Language.EL, "Όροι για {{ client_name }}",
    "{{ client_name }}\n{{ city }}\n\n{{ salutation }}\n\nΚωδικός {{ client_code }}", None, 1,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _fifty(desk: Desk) -> None:
    """Give the book 50 clients, two of one name."""
    for number in range(48):
        _client(desk, f"Πελάτης {number}", number)
    _client(desk, "Ίδιος Α.Ε.", 48)
    _client(desk, "Ίδιος Α.Ε.", 49)


def _client(desk: Desk, name: str, number: int, **more: Any) -> int:
    values = {"code": f"C{number}", "city": "Βόλος", "email": f"c{number}@x.example", **more}
    return desk.perform(STEP, create_client, name=name, **values).value


def _make(desk: Desk, folder: Path, template: LetterTemplateRow, **more: Any) -> LettersDone:
    order: dict[str, Any] = {
        "template": template, "recipients": ALL, "folder": folder, "leave_gaps": False,
        "today": TODAY, "at": AT,
    }  # fmt: skip
    return make_letters(desk, **{**order, **more})


def _words(data: bytes) -> str:
    from docx import Document

    return "\n".join(one.text for one in Document(io.BytesIO(data)).paragraphs)


def _told(file: Path) -> tuple[str, str, list[str]]:
    """Return a letter's author, title and the languages of its spelling."""
    from docx import Document
    from docx.oxml.ns import qn

    made = Document(str(file))
    languages = [one.get(qn("w:val")) for one in made.styles.element.iter(qn("w:lang"))]
    return made.core_properties.author, made.core_properties.title, languages


def _history(desk: Desk, client_id: int) -> list[TimelineItem]:
    items = desk.query(timeline, client_id=client_id, today=TODAY)
    return [one for one in items if one.kind is TimelineKind.INTERACTION]


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_fifty_clients_are_fifty_correct_letters(desk: Desk, tmp_path: Path) -> None:
    """Each file says what is its client's; each lands in its timeline; one undo takes all back."""
    done = _make(desk, _folder(tmp_path), LETTER)
    assert len(done.files) == len(set(done.files)) == 50
    said = {_words(file.read_bytes()) for file in done.files}
    assert len(said) == 50
    assert "Πελάτης 7\nΒόλος\n\nΑξιότιμε κύριε, αξιότιμη κυρία,\n\nΚωδικός C7" in said
    assert _told(done.files[0]) == ("Μαρία Νικολάου", "Όροι: νέοι", ["el-GR"])
    for client_id in range(1, 51):
        (item,) = _history(desk, client_id)
        assert item.interaction_kind is InteractionKind.LETTER
        assert item.subject.startswith("Όροι για ")
        (file,) = item.files
        assert f"Κωδικός C{client_id - 1}" in _words(desk.query(contents, sha256=file.sha256))
    desk.undo()
    assert _history(desk, 1) == []


def test_files_have_names_that_every_system_takes(desk: Desk, tmp_path: Path) -> None:
    """Two clients of one name, and a file that is there already, keep apart."""
    folder = _folder(tmp_path)
    (folder / "Πελάτης 1 – Όροι νέοι.docx").write_text("mine")
    names = {file.name for file in _make(desk, folder, LETTER).files}
    assert {"Ίδιος ΑΕ – Όροι νέοι.docx", "Ίδιος ΑΕ – Όροι νέοι 2.docx"} <= names
    assert "Πελάτης 1 – Όροι νέοι 2.docx" in names
    assert (folder / "Πελάτης 1 – Όροι νέοι.docx").read_text() == "mine"


def test_what_is_missing_is_told_before(desk: Desk, tmp_path: Path) -> None:
    """Which field for which client; those may be left out."""
    lacking = _client(desk, "Χωρίς πόλη", 60, city=None)
    check = desk.query(check_letters, template=LETTER, recipients=ALL, today=TODAY)
    assert check.count == 51
    assert [(gap.client_id, gap.fields) for gap in check.gaps] == [(lacking, ("city",))]
    assert check.subject.startswith("Όροι για ")
    folder = _folder(tmp_path)
    assert len(_make(desk, folder, LETTER, leave_gaps=True).files) == 50
    assert _history(desk, lacking) == []
    only = Recipients((lacking,))
    assert len(_make(desk, folder, LETTER, recipients=only).files) == 1
    with pytest.raises(UserError, match="No client is left"):
        _make(desk, folder, LETTER, recipients=only, leave_gaps=True)


def test_an_email_is_a_draft_to_the_person(desk: Desk, tmp_path: Path) -> None:
    """It opens unsent; who has no address is missing and gets none."""
    first = _client(desk, "Με άτομο", 70)
    desk.perform(STEP, create_contact, client_id=first, name="Ελένη Λ.", email="e@x.example")
    nobody = _client(desk, "Χωρίς διεύθυνση", 71, email=None)
    mail = replace(LETTER, kind=LetterKind.EMAIL, language=Language.EN)
    recipients = Recipients((first, nobody))
    check = desk.query(check_letters, template=mail, recipients=recipients, today=TODAY)
    assert [(gap.client_id, gap.fields) for gap in check.gaps] == [(nobody, ("email",))]
    (file,) = _make(desk, _folder(tmp_path), mail, recipients=recipients).files
    draft = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert (draft["X-Unsent"], draft["To"]) == ("1", "e@x.example")
    again = read_mail(file)
    assert again.subject == "Όροι για Με άτομο"
    assert again.text.startswith("Με άτομο\nΒόλος\n\nDear Ελένη Λ.,")
    (item,) = _history(desk, first)
    assert (item.interaction_kind, item.person) == (InteractionKind.EMAIL, "Ελένη Λ.")


def test_a_long_greek_subject_of_a_draft_loses_no_space(desk: Desk, tmp_path: Path) -> None:
    first = _client(desk, "Με άτομο", 72)
    desk.perform(STEP, create_contact, client_id=first, name="Ελένη Λ.", email="e@x.example")
    subject = " ".join(["Ενημέρωση για τα νέα προϊόντα της άνοιξης"] * 4)
    mail = replace(LETTER, kind=LetterKind.EMAIL, language=Language.EL, subject=subject)
    (file,) = _make(desk, _folder(tmp_path), mail, recipients=Recipients((first,))).files
    assert read_mail(file).subject == subject


def _own_document(*paragraphs: str) -> bytes:
    from docx import Document

    made = Document()
    for text in paragraphs:
        paragraph = made.add_paragraph()
        for piece in text.split("|"):  # Word cuts a field in pieces where it was corrected
            paragraph.add_run(piece)
    made.add_table(1, 1).cell(0, 0).text = "Πόλη: {{ city }}"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _stored(desk: Desk, content: bytes) -> LetterTemplateRow:
    desk.perform(
        STEP, save_template, name="Δικό μου", kind=LetterKind.LETTER, language=Language.EL,
        subject="Θέμα", body="", content=content,
    )  # fmt: skip
    return desk.query(letter_templates)[0]


def test_the_officers_own_document_is_filled(desk: Desk, tmp_path: Path) -> None:
    """Also where Word cut a field in pieces; a name is never markup."""
    odd = _client(desk, "Α & Β <w:br/> «Γ»", 80)
    template = _stored(
        desk, _own_document("Προς {{ client|_name }}", "{% if city %}ναι{% endif %}")
    )
    assert template.document is not None
    (file,) = _make(desk, _folder(tmp_path), template, recipients=Recipients((odd,))).files
    from docx import Document

    made = Document(str(file))
    assert [one.text for one in made.paragraphs] == ["Προς Α & Β <w:br/> «Γ»", "ναι"]
    assert made.tables[0].cell(0, 0).text == "Πόλη: Βόλος"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ clientname }} {{ nothing }}", "do not exist: clientname, nothing"),
        ("{{ client_name", "cannot be read"),
        ("{{ client_name.__class__.__mro__ }}", "cannot be filled"),
    ],
)
def test_a_template_at_fault_is_told_and_nothing_is_made(
    desk: Desk, tmp_path: Path, text: str, words: str
) -> None:
    """A field that is none, half a field, and one that reaches for the program's inside."""
    folder = _folder(tmp_path)
    with pytest.raises(UserError, match=words):
        _make(desk, folder, replace(LETTER, body=text))
    assert list(folder.iterdir()) == []


def test_a_document_that_is_none_is_told(desk: Desk, tmp_path: Path) -> None:
    """With what to do."""
    template = _stored(desk, b"no document")
    with pytest.raises(UserError, match="Save it again as"):
        desk.query(check_letters, template=template, recipients=ALL, today=TODAY)


@pytest.mark.parametrize("stop", [0, 20])
def test_cancelled_it_leaves_nothing(desk: Desk, tmp_path: Path, stop: int) -> None:
    """No file and no line in any timeline."""
    folder = _folder(tmp_path)
    asked = iter(range(100))
    with pytest.raises(UserError, match="Cancelled"):
        _make(desk, folder, LETTER, cancelled=lambda: next(asked) >= stop)
    assert list(folder.iterdir()) == []
    assert _history(desk, 1) == []


def test_a_disk_that_fills_up_leaves_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files before the one that failed go too, and the book knows of none."""
    folder, opened = _folder(tmp_path), Path.open
    left = iter(range(3))

    def full(self: Path, *asked: Any, **more: Any) -> Any:
        if self.parent == folder and next(left, None) is None:
            raise OSError(errno.ENOSPC, "full")
        return opened(self, *asked, **more)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(EnvironmentFault, match="The disk is full"):
        _make(desk, folder, LETTER)
    assert list(folder.iterdir()) == []
    assert _history(desk, 1) == []


def test_in_a_process_of_its_own_it_is_the_same(desk: Desk, tmp_path: Path) -> None:
    """And what changed comes back."""
    done = make_in_child(
        desk, template=LETTER, recipients=Recipients((1, 2)), folder=_folder(tmp_path),
        leave_gaps=False, today=TODAY, at=AT,
    )  # fmt: skip
    assert [file.exists() for file in done.files] == [True, True]
    assert done.changes.touches("interactions", "attachments")
    assert len(_history(desk, 2)) == 1


def test_the_examples_can_all_be_filled(desk: Desk) -> None:
    """Fourteen: seven in each language; every field of theirs exists."""
    examples = desk.query(letter_templates)
    assert len(examples) == 14
    for one in examples:
        check = desk.query(check_letters, template=one, recipients=Recipients((1,)), today=TODAY)
        assert check.count == 1
        assert "{" not in check.text


def test_a_template_of_the_officer_comes_first_and_is_changed(desk: Desk) -> None:
    """Its document stays until another is chosen; in the trash it is gone."""
    template = _stored(desk, _own_document("α"))
    desk.perform(
        STEP, save_template, template_id=template.id, name="Νέο όνομα", kind=LetterKind.LETTER,
        language=Language.EN, subject="s", body="b", document=template.document,
    )  # fmt: skip
    first = desk.query(letter_templates)[0]
    assert (first.name, first.document) == ("Νέο όνομα", template.document)
    with pytest.raises(UserError, match="Write the text"):
        desk.perform(
            STEP, save_template, name="Κενό", kind=LetterKind.LETTER, language=Language.EL,
            subject="", body=" ",
        )  # fmt: skip
    desk.perform(STEP, trash_template, template_id=template.id)
    assert all(one.id is None for one in desk.query(letter_templates))
