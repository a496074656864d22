"""The dialogs on records: whole in both languages, named, in order, and few keys to the goal."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from acctdesk.kinds import InteractionKind, NeedState
from acctdesk.services.clients import get_client
from acctdesk.services.contacts import contacts_of
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import open_promises
from acctdesk.services.needs import add_need, get_need, open_needs
from acctdesk.services.rows import NeedRow, TimelineItem
from acctdesk.services.tasks import next_step, open_tasks
from acctdesk.services.timeline import timeline
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.account_form import AccountForm
from acctdesk.ui.dialogs.capture import CaptureDialog
from acctdesk.ui.dialogs.client_form import ClientForm
from acctdesk.ui.dialogs.columns import ColumnsDialog
from acctdesk.ui.dialogs.contact_form import ContactForm
from acctdesk.ui.dialogs.group_form import GroupForm
from acctdesk.ui.dialogs.need_form import NeedForm
from acctdesk.ui.dialogs.task_form import TaskForm
from acctdesk.ui.itemmodels.client_columns import COLUMNS
from acctdesk.ui.theme import colour
from tests.ui.accessibility import assert_accessible
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import STEP, TODAY, People, fill_small, make_context, press, type_text

Make = Callable[[Context, People, Desk], QDialog]


@pytest.fixture
def people(desk: Desk) -> People:
    """Fill the book."""
    return fill_small(desk)


@pytest.fixture
def context(qapp: QApplication, desk: Desk, tmp_path: Path, people: People) -> Iterator[Context]:
    """Give a context over the small book."""
    owner = QObject()
    made = make_context(qapp, desk, tmp_path, parent=owner)
    yield made
    made.languages.speak("en")
    owner.deleteLater()


def capture(context: Context, people: People, client: bool = True) -> CaptureDialog:
    """Return the capture dialog for the first client, or for nobody yet."""
    if not client:
        return CaptureDialog(context, None)
    return CaptureDialog(
        context, None, client_id=people.papadopoulos, client_name="Παπαδόπουλος Α.Ε."
    )


def own(qtbot: QtBot, dialog: QDialog) -> None:
    """Let the test close the dialog at its end, and nobody before."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)


def talks(desk: Desk, client_id: int) -> list[TimelineItem]:
    """Return the interactions of a client, newest first."""
    kinds = [kind.value for kind in InteractionKind]
    return desk.query(timeline, client_id=client_id, today=TODAY, kinds=kinds, limit=50)


def _columns(_context: Context, _people: People, _desk: Desk) -> QDialog:
    first = [(column.key, column.shown) for column in COLUMNS]
    return ColumnsDialog(first, first, None)


def _need(people: People, desk: Desk) -> NeedRow:
    need = desk.perform(STEP, add_need, client_id=people.papadopoulos, what="νέος θάλαμος").value
    found = desk.query(get_need, need_id=need)
    assert found is not None
    return found


DIALOGS: dict[str, Make] = {
    "capture": lambda context, people, _: capture(context, people),
    "edit": lambda context, people, _: CaptureDialog(
        context,
        None,
        client_id=people.papadopoulos,
        client_name="Παπαδόπουλος Α.Ε.",
        interaction_id=people.call,
    ),
    "client": lambda context, _people, _: ClientForm(context, None),
    "contact": lambda context, people, desk: ContactForm(
        context,
        None,
        client_id=people.papadopoulos,
        contact=desk.query(contacts_of, client_id=people.papadopoulos)[0],
    ),
    "account": lambda context, people, _: AccountForm(context, None, client_id=people.papadopoulos),
    "step": lambda context, people, desk: TaskForm(
        context,
        None,
        client=(people.papadopoulos, "Παπαδόπουλος Α.Ε."),
        task=desk.query(next_step, client_id=people.papadopoulos),
    ),
    "group": lambda context, people, desk: GroupForm(
        context,
        None,
        card=desk.query(get_client, client_id=people.papadopoulos, today=TODAY),
    ),
    "need": lambda context, people, desk: NeedForm(context, None, need=_need(people, desk)),
    "columns": _columns,
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("name", list(DIALOGS))
def test_dialogs_are_whole_and_named(
    context: Context,
    people: People,
    desk: Desk,
    qapp: QApplication,
    qtbot: QtBot,
    name: str,
    language: str,
    theme: str,
) -> None:
    context.theme.apply(theme)
    dialog = DIALOGS[name](context, people, desk)
    own(qtbot, dialog)
    dialog.open()
    context.languages.speak(language)  # while it is open
    for _ in range(3):
        qapp.processEvents()
    assert dialog.width() <= 784
    assert dialog.height() <= 600
    assert_no_overlap_or_cut(dialog)
    assert_accessible(dialog)
    assert _in_order(dialog)
    dialog.close()


def _in_order(dialog: QDialog) -> bool:
    """Tell whether Tab goes down the dialog line by line, and along each line."""
    first = dialog.focusWidget()
    assert first is not None
    stops, at = [first], first.nextInFocusChain()
    while at is not None and at is not first:
        if at.isVisible() and at.isEnabled() and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            stops.append(at)
        at = at.nextInFocusChain()
    places = [_place(one, dialog) for one in stops]
    start = places.index(min(places))
    ordered = places[start:] + places[:start]
    jumps = [
        (earlier, later)
        for earlier, later in itertools.pairwise(ordered)
        if later[2] <= earlier[0]  # it ends above where the one before begins
    ]
    return not jumps


def _place(widget: QWidget, dialog: QWidget) -> tuple[int, int, int]:
    """Return top, left and bottom in the dialog."""
    corner = widget.mapTo(dialog, widget.rect().topLeft())
    return corner.y(), corner.x(), corner.y() + widget.height()


def test_a_visit_takes_at_most_eight_keys_besides_the_text(
    context: Context, people: People, desk: Desk, qapp: QApplication, qtbot: QtBot
) -> None:
    dialog = capture(context, people)
    own(qtbot, dialog)
    dialog.open()
    qapp.processEvents()
    keys = 1  # Ctrl+Shift+I opened it
    assert dialog.focusWidget() is dialog.form.note
    dialog.form.kind.choose_place(1)  # Alt+2
    keys += 1
    type_text(dialog.form.note, "Είδαμε τη νέα αποθήκη.")
    for field, text in (
        (dialog.form.ours.field, "προσφορά ως Παρ"),
        (dialog.form.theirs.field, "σχέδιο χώρου ως 20/11"),
        (dialog.form.step, "Τηλεφώνημα για την προσφορά"),
        (dialog.form.step_when.field, "τρ 10"),
        (dialog.form.need, "δύο ψυκτικοί θάλαμοι"),
    ):
        widget = dialog.focusWidget()
        assert widget is not None
        press(widget, Qt.Key.Key_Tab)
        keys += 1
        assert dialog.focusWidget() is field
        type_text(field, text)
    dialog.save()  # Ctrl+Enter
    keys += 1
    assert keys <= 8
    newest = talks(desk, people.papadopoulos)
    assert newest[0].interaction_kind is InteractionKind.VISIT
    assert [one.what for one in newest[0].promises] == ["προσφορά", "σχέδιο χώρου"]
    assert [one.what for one in newest[0].needs] == ["δύο ψυκτικοί θάλαμοι"]


def test_everything_of_a_capture_is_one_step(
    context: Context, people: People, desk: Desk, qtbot: QtBot
) -> None:
    dialog = capture(context, people)
    own(qtbot, dialog)
    type_text(dialog.form.note, "Συμφωνία")
    type_text(dialog.form.theirs.field, "σχέδιο ως 20/12")
    type_text(dialog.form.step, "Τηλεφώνημα")
    type_text(dialog.form.step_when.field, "τρ 10")
    type_text(dialog.form.need, "νέος θάλαμος")
    type_text(dialog.form.outcome, "Παραγγελία")
    press(dialog.form.lines[0], Qt.Key.Key_Space)
    dialog.save()
    assert [one.what for one in desk.query(open_promises, client_id=people.papadopoulos)] == [
        "σχέδιο"
    ]
    titles = {one.title for one in desk.query(open_tasks, client_id=people.papadopoulos)}
    assert titles == {"Αποστολή όρων", "Τηλεφώνημα"}
    (need,) = desk.query(open_needs, client_id=people.papadopoulos)
    assert need.what == "νέος θάλαμος"
    assert talks(desk, people.papadopoulos)[0].outcome == "Παραγγελία"
    context.runner.undo()
    assert desk.query(open_needs, client_id=people.papadopoulos) == []
    assert [one.what for one in desk.query(open_promises, client_id=people.papadopoulos)] == [
        "αναθεωρημένοι όροι"
    ]


def test_escape_keeps_a_draft_that_comes_back(
    context: Context, people: People, qtbot: QtBot
) -> None:
    first = capture(context, people)
    own(qtbot, first)
    first.open()
    type_text(first.form.note, "Μισό κείμενο")
    type_text(first.form.need, "ράφια")
    type_text(first.form.outcome, "Ενδιαφέρον")
    press(first, Qt.Key.Key_Escape)
    second = capture(context, people)
    own(qtbot, second)
    assert second.form.note.toPlainText() == "Μισό κείμενο"
    assert (second.form.need.text(), second.form.outcome.text()) == ("ράφια", "Ενδιαφέρον")
    second.save()
    third = capture(context, people)
    own(qtbot, third)
    assert third.form.note.toPlainText() == ""


def test_what_is_missing_is_said_and_nothing_is_stored(
    context: Context, people: People, desk: Desk, qtbot: QtBot
) -> None:
    dialog = capture(context, people, client=False)
    own(qtbot, dialog)
    before = len(talks(desk, people.papadopoulos))
    type_text(dialog.form.note, "Χωρίς πελάτη")
    dialog.save()
    assert "client" in dialog.form._trouble.text()
    dialog.form.client.take(people.papadopoulos, "Παπαδόπουλος Α.Ε.")
    type_text(dialog.form.step_when.field, "κάποτε")
    dialog.save()
    assert "not clear" in dialog.form._trouble.text()
    assert len(talks(desk, people.papadopoulos)) == before


def test_many_open_promises_scroll(
    context: Context, people: People, desk: Desk, qapp: QApplication, qtbot: QtBot
) -> None:
    for number in range(8):
        dialog = capture(context, people)
        own(qtbot, dialog)
        type_text(dialog.form.note, "Κλήση")
        type_text(dialog.form.ours.field, f"δέσμευση {number} ως 20/12")
        dialog.save()
    dialog = capture(context, people)
    own(qtbot, dialog)
    dialog.open()
    for _ in range(3):
        qapp.processEvents()
    assert len(dialog.form.lines) == 9
    assert dialog.height() <= 660
    dialog.form.lines[-1].setFocus()
    assert dialog.form._open_area.verticalScrollBar().value() > 0
    dialog.close()


def test_a_vat_id_that_is_taken_is_said_while_typing(
    context: Context, people: People, qtbot: QtBot
) -> None:
    form = ClientForm(context, None)
    own(qtbot, form)
    type_text(form.fields["name"], "Νέος")
    type_text(form.fields["vat_id"], "094014201")
    form.fields["vat_id"].editingFinished.emit()
    assert "Παπαδόπουλος Α.Ε." in form.reasons["vat_id"].text()
    with qtbot.waitSignal(form.existing_wanted) as told:
        form.open_other.click()
    assert told.args == [people.papadopoulos]


def test_a_client_needs_a_name(context: Context, people: People, qtbot: QtBot) -> None:
    form = ClientForm(context, None)
    own(qtbot, form)
    form.save()
    assert "name" in form.reasons["name"].text()
    type_text(form.fields["name"], "Νέος Α.Ε.")
    with qtbot.waitSignal(form.made):
        form.save()


def test_a_contact_is_corrected(context: Context, people: People, desk: Desk, qtbot: QtBot) -> None:
    (contact,) = desk.query(contacts_of, client_id=people.papadopoulos)
    form = ContactForm(context, None, client_id=people.papadopoulos, contact=contact)
    own(qtbot, form)
    form.fields["role"].selectAll()
    type_text(form.fields["role"], "Γενική διεύθυνση")
    form.save()
    (changed,) = desk.query(contacts_of, client_id=people.papadopoulos)
    assert changed.role == "Γενική διεύθυνση"


def test_columns_are_moved_and_hidden_by_keys(
    context: Context, people: People, desk: Desk, qtbot: QtBot
) -> None:
    dialog: Any = _columns(context, people, desk)
    own(qtbot, dialog)
    told: list[Any] = []
    dialog.changed.connect(told.append)
    dialog.list.setCurrentRow(1)
    press(dialog.list, Qt.Key.Key_Space)
    assert dict(told[-1])["last"] is False
    press(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [key for key, _ in told[-1]][:3] == ["client", "sales", "last"]
    dialog.list.setCurrentRow(0)
    press(dialog.list, Qt.Key.Key_Space)
    assert dict(dialog.layout_shown())["client"] is True
    dialog._start_over()
    assert dict(told[-1])["last"] is True


def test_a_client_that_cannot_be_changed_does_not_look_as_if_it_could(
    context: Context, people: People, qtbot: QtBot
) -> None:
    free, kept = TaskForm(context, None), TaskForm(context, None, client=(people.myloi, "Μύλοι"))
    grounds = []
    for dialog in (free, kept):
        own(qtbot, dialog)
        dialog.open()
        QApplication.processEvents()
        picker = dialog.client
        grounds.append(picker.grab().toImage().pixelColor(picker.width() - 40, 6))
    assert grounds == [colour("surface"), colour("app")]
    assert kept.client.field.isReadOnly()
    assert kept.client.field.accessibleDescription() == ""
    assert kept.client.field.accessibleName() == free.client.field.accessibleName()


def test_a_need_is_met_with_its_result_and_undone(
    context: Context, people: People, desk: Desk, qtbot: QtBot
) -> None:
    need = _need(people, desk)
    form = NeedForm(context, None, need=need)
    own(qtbot, form)
    assert not form.outcome.isEnabled()
    form.state.choose("met")
    type_text(form.outcome, "Παρήγγειλαν δύο")
    form.save()
    met = desk.query(get_need, need_id=need.id)
    assert met is not None
    assert (met.state, met.closed_on, met.result) == (NeedState.MET, TODAY, "Παρήγγειλαν δύο")
    assert desk.query(open_needs, client_id=people.papadopoulos) == []
    context.runner.undo()
    (back,) = desk.query(open_needs, client_id=people.papadopoulos)
    assert back == replace(need, version=back.version)
