"""The dialog of letters: what would be made is seen before, and made for whom was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acctdesk.exchange.letters import make_letters
from acctdesk.kinds import TimelineKind
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.letters import letter_templates
from acctdesk.services.lists import ClientQuery
from acctdesk.services.timeline import timeline
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.letter_form import LetterForm
from acctdesk.ui.dialogs.letters import LettersDialog
from acctdesk.ui.pages.clients.page import ClientsPage
from tests.ui.world import STEP, TODAY, People, fill_small, make_context


@pytest.fixture
def people(desk: Desk) -> People:
    """Fill the book."""
    return fill_small(desk)


@pytest.fixture
def context(qapp: QApplication, desk: Desk, tmp_path: Path, people: People) -> Iterator[Context]:
    """Give a context over the small book."""
    owner = QObject()
    yield make_context(qapp, desk, tmp_path, parent=owner)
    owner.deleteLater()


@pytest.fixture
def page(context: Context, people: People, qtbot: QtBot) -> ClientsPage:
    """Give the Clients page with the client chosen that everything is known of."""
    made = ClientsPage(context)
    qtbot.addWidget(made)
    context.bus.changed.connect(made.on_changed)
    made.show()
    made.activated()
    qtbot.waitUntil(lambda: made.list.current_row() is not None)
    made.list.show_client(people.papadopoulos)
    return made


@pytest.fixture
def dialog(page: ClientsPage) -> LettersDialog:
    """Open the dialog; it works in this process."""
    page.write_letters()
    made = page.findChild(LettersDialog)
    assert made is not None
    made.carry_out = make_letters
    return made


def form_of(dialog: LettersDialog) -> LetterForm:
    """Return the form that is open over the dialog."""
    return next(one for one in dialog.findChildren(LetterForm) if one.isVisible())


def write_template(dialog: LettersDialog, body: str, kind: str = "letter") -> None:
    """Write a template and choose it."""
    dialog.new.click()
    form = form_of(dialog)
    form.name.setText("Όροι")
    form.kind.choose(kind)
    form.body.setPlainText(body)
    form.save()


def letters_of(desk: Desk, client_id: int) -> list[str]:
    """Return the subjects of the letters in a timeline."""
    items = desk.query(timeline, client_id=client_id, today=TODAY, kinds=["letter", "email"])
    return [one.subject for one in items if one.kind is TimelineKind.INTERACTION and one.files]


def test_a_letter_is_read_before_it_is_made(
    dialog: LettersDialog, desk: Desk, people: People, tmp_path: Path, context: Context
) -> None:
    """Then it lies in the folder and stands in the timeline; one undo takes that back."""
    write_template(dialog, "Προς {{ client_name }}, {{ city }}")
    assert dialog.text.toPlainText() == "Προς Παπαδόπουλος Α.Ε., Θεσσαλονίκη"
    assert dialog.gaps.isHidden()
    assert dialog.make.text() == "Make 1 letter…"
    out = tmp_path / "out"
    out.mkdir()
    dialog.write_into(str(out))
    assert [file.name for file in out.iterdir()] == ["Παπαδόπουλος ΑΕ – Όροι.docx"]
    assert letters_of(desk, people.papadopoulos) == ["Όροι"]
    assert str(context.messages.log[-1].text).startswith("1 file is in out")
    context.runner.undo()
    assert letters_of(desk, people.papadopoulos) == []


def test_all_of_the_list_and_what_is_missing(
    page: ClientsPage, dialog: LettersDialog, desk: Desk, people: People, tmp_path: Path
) -> None:
    """Clients without the field are named, and left out unless the officer wants them."""
    desk.perform(STEP, create_client, name="Χωρίς πόλη")
    write_template(dialog, "{{ client_name }}, {{ city }}")
    dialog.who.choose("all")
    rows = dialog.gaps.model()
    assert [rows.index(0, column).data() for column in (0, 1)] == ["Χωρίς πόλη", "City"]
    assert dialog.make.text() == "Make 3 letters…"
    dialog.leave.setChecked(False)
    assert dialog.make.text() == "Make 4 letters…"
    assert dialog.recipients.query == ClientQuery()


def test_a_draft_to_nobody_is_never_made(dialog: LettersDialog) -> None:
    """Also where clients with gaps are not left out."""
    write_template(dialog, "Καλημέρα", kind="email")
    dialog.who.choose("all")
    dialog.leave.setChecked(False)
    assert dialog.make.text() == "Make 1 draft…"


def test_a_template_at_fault_says_so_and_nothing_can_be_made(dialog: LettersDialog) -> None:
    """Until another is chosen."""
    write_template(dialog, "{{ nonsense }}")
    assert "fields that do not exist: nonsense" in dialog.trouble.text()
    assert not dialog.make.isEnabled()
    dialog.template.setCurrentIndex(1)
    assert dialog.trouble.isHidden()


def test_an_example_becomes_the_officers_own(dialog: LettersDialog, desk: Desk) -> None:
    """Changed, it stands beside the example; deleted, it goes to the trash."""
    assert not dialog.drop.isEnabled()
    dialog.edit.click()
    form = form_of(dialog)
    place = form.fields.findData("vat_id")
    form.body.clear()
    form.fields.activated.emit(place)
    assert form.body.toPlainText() == "{{ vat_id }}"
    form.save()
    assert len(desk.query(letter_templates)) == 15
    assert dialog.text.toPlainText().endswith("094014201")
    dialog.drop.click()
    assert len(desk.query(letter_templates)) == 14


def test_a_document_lays_a_letter_out(
    dialog: LettersDialog, tmp_path: Path, desk: Desk, people: People
) -> None:
    """Chosen once, it is kept in the book."""
    from docx import Document

    made = Document()
    made.add_paragraph("Κωδικός {{ client_code }}")
    made.save(str(tmp_path / "layout.docx"))
    dialog.new.click()
    form = form_of(dialog)
    form.name.setText("Δικό μου")
    form.take_document(str(tmp_path / "layout.docx"))
    assert not form.body.isEnabled()
    form.save()
    (tmp_path / "layout.docx").unlink()
    out = tmp_path / "out"
    out.mkdir()
    dialog.write_into(str(out))
    (file,) = out.iterdir()
    assert Document(str(file)).paragraphs[0].text == "Κωδικός C1"
