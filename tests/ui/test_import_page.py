"""The Import page on real books: files in, mapping changed, imported, taken back, refused, stopped."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import RecordKind
from acctdesk.services.clients import create_client, get_client
from acctdesk.services.desk import Desk
from acctdesk.services.lists import ClientQuery, client_ids
from acctdesk.ui.bus import ChangeBus
from acctdesk.ui.context import Context, Target
from acctdesk.ui.itemmodels.import_columns import FIELD, choices
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.messages import Toast
from acctdesk.ui.pages.imports import ImportPage
from acctdesk.ui.pages.imports.files import FileState
from acctdesk.ui.pages.imports.steps import Step
from acctdesk.ui.runner import Runner
from acctdesk.ui.theme import Density
from acctdesk.ui.widgets.dialog import CalmDialog
from tests.ui.accessibility import assert_accessible
from tests.ui.conftest import PlainPage
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import STEP, TODAY, BenchHere, here, import_here, make_context, press

# said by offscreen of every list that opens
POPUP = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
CLIENTS = [
    ["Κωδικός", "Επωνυμία", "ΑΦΜ", "Πόλη", "Σχόλια", "Υπεύθ."],
    ["30.01", "ΑΦΟΙ ΠΑΠΑΔΟΠΟΥΛΟΙ Ο.Ε.", "094012348", "Βόλος", "=1+1", "Μ.Λ."],
    ["30.02", "Μύλοι Θερμαϊκού Α.Ε.", "90000045", "Σίνδος", "", "Κ.Τ."],
    ["30.02", "ΜΥΛΟΙ ΘΕΡΜΑΪΚΟΥ", "090000045", "", "δις", "Μ.Λ."],
]
SALES = [
    ["Ημερομηνία", "Είδος παρ/κού", "Αριθμός", "Κωδ. Πελάτη", "Καθαρή αξία", "ΦΠΑ", "Σύνολο"],
    ["05/01/2026", "Τιμολόγιο", "ΤΙΜ-1", "30.01", "100,00", "24,00", "124,00"],
    ["07/01/2026", "Τιμολόγιο", "ΤΙΜ-2", "30.02", "200,00", "48,00", "248,00"],
]


def write(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write a text file as a Greek office would."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    return path


@pytest.fixture
def context(qapp: QApplication, desk: Desk, tmp_path: Path) -> Iterator[Context]:
    owner = QObject()
    made = make_context(qapp, desk, tmp_path, parent=owner)
    yield made
    made.languages.speak("en")
    owner.deleteLater()


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> ImportPage:
    """Give the page as the window shows it."""
    made = here(ImportPage(context))
    qtbot.addWidget(made)
    context.bus.changed.connect(made.on_changed)
    made.resize(1142, 684)
    made.show()
    QApplication.processEvents()
    return made


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    return write(tmp_path / "pelates.csv", CLIENTS)


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    return write(tmp_path / "poliseis.csv", SALES)


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "poliseis.xlsx"
    path.write_bytes(b"PK\x03\x04broken")
    return path


def names(desk: Desk) -> list[str]:
    """Return the names of the clients in the book."""
    ids = desk.query(client_ids, query=ClientQuery(), today=TODAY)
    return sorted(desk.query(get_client, client_id=one, today=TODAY).name for one in ids)


def states(page: ImportPage) -> dict[str, str]:
    return {file.name: file.state.value for file in page.batch.files}


def at(page: ImportPage) -> Step:
    """Return the step at hand."""
    return page.step


def opened(page: ImportPage) -> Any:
    """Return the file that is open."""
    assert page.file is not None
    return page.file


# ---- one file ------------------------------------------------------------------------------------


def test_an_empty_page_invites(page: ImportPage) -> None:
    assert page.pages.currentWidget() is page.invitation
    assert page.head.steps.step is Step.FILE
    page.first_focus()
    assert page.choose.hasFocus()
    assert page.foot.isHidden()
    assert page.primary_action.action == ""
    assert_accessible(page)


def test_one_file_goes_straight_to_its_mapping(page: ImportPage, clients: Path, desk: Desk) -> None:
    page.take_files([clients])
    assert at(page) is Step.MAPPING
    assert page.head.title.text() == "Import of clients"
    assert page.head.line.text() == "pelates.csv · 3 rows · headings in row 1"
    assert page.head.kind.currentData() == RecordKind.CLIENTS
    assert page.work.outcome.new.figure.text() == "2"
    assert page.work.outcome.left.figure.text() == "1"
    assert page.work.outcome.note.text() == "a trial, nothing changed yet"
    assert page.foot.commit.text() == "Import 2 clients"
    assert page.work.mapping.out.text() == "1 left out"
    assert names(desk) == []
    assert desk.undo_label() is None


def test_problems_say_what_was_done_and_where(page: ImportPage, clients: Path) -> None:
    page.take_files([clients])
    model = page.work.problems
    said = [model.data(model.index(row, 0)) for row in range(model.rowCount())]
    assert said[0] == (
        "Mended: VAT number “90000045”. The VAT number had lost its leading zero. It was restored:"
        " 090000045. row 3"
    )
    assert page.work.card.every.text() == "All 2"
    page.work.card.every.click()
    assert at(page) is Step.CHECK
    assert page.work.left.currentWidget() is page.work.check
    page.work.check.chips.choose("refused")
    assert page.work.checked.rowCount() == 0
    assert model.rowCount() == 2
    page.foot.back.click()
    assert at(page) is Step.MAPPING


def test_another_field_is_tried_at_once_and_remembered(
    page: ImportPage, clients: Path, desk: Desk, context: Context, qtbot: QtBot
) -> None:
    page.take_files([clients])
    view = page.work.mapping.view
    page.work.columns.setData(page.work.columns.index(3, FIELD), "address")
    mapping = opened(page).current
    assert mapping.columns[3].field == "address"
    assert str(mapping.columns[3].reason) == "Chosen by you"
    press(view, Qt.Key.Key_Delete)
    assert opened(page).current.columns[0].field is None
    page.work.columns.setData(page.work.columns.index(0, FIELD), "code")
    page.foot.commit.click()
    assert names(desk) == ["ΑΦΟΙ ΠΑΠΑΔΟΠΟΥΛΟΙ Ο.Ε.", "Μύλοι Θερμαϊκού Α.Ε."]
    ids = desk.query(client_ids, query=ClientQuery(), today=TODAY)
    assert desk.query(get_client, client_id=ids[0], today=TODAY).address in {"Βόλος", "Σίνδος"}
    again = here(ImportPage(context))
    qtbot.addWidget(again)
    again.take_files([clients])
    later = opened(again).current
    assert later.remembered
    assert later.columns[3].field == "address"
    assert "as last time" in again.work.mapping._memory.text()


def test_an_import_as_proposed_remembers_nothing(
    page: ImportPage, clients: Path, context: Context, qtbot: QtBot
) -> None:
    page.take_files([clients])
    page.foot.commit.click()
    again = here(ImportPage(context))
    qtbot.addWidget(again)
    again.take_files([clients])
    assert not opened(again).current.remembered


@POPUP
def test_a_field_is_chosen_from_its_list_by_keyboard(page: ImportPage, clients: Path) -> None:
    page.take_files([clients])
    view = page.work.mapping.view
    view.setFocus()
    press(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 1
    press(view, Qt.Key.Key_Return)
    editor = view.delegate._editor
    assert editor is not None
    assert editor.currentText() == "Name"
    assert editor.accessibleName() == "Field of column B"
    texts = [editor.itemText(place) for place in range(editor.count())]
    assert texts[0] == "— not imported —"
    assert "City (column D)" in texts
    place = editor.findData("city")
    editor.setCurrentIndex(place)
    editor.activated.emit(place)
    mapping = opened(page).current
    assert (mapping.columns[1].field, mapping.columns[3].field) == ("city", None)
    assert page.work.mapping.notice.isVisibleTo(page)
    assert view.delegate._editor is None


@POPUP
def test_a_list_left_open_changes_nothing(page: ImportPage, clients: Path, qtbot: QtBot) -> None:
    page.take_files([clients])
    before = opened(page).current
    page.work.mapping.view.open_fields(2)
    editor = page.work.mapping.view.delegate._editor
    assert editor is not None
    qtbot.waitUntil(editor.view().isVisible)
    editor.hidePopup()
    qtbot.waitUntil(lambda: page.work.mapping.view.delegate._editor is None)
    assert opened(page).current is before


def test_another_kind_is_understood_anew(page: ImportPage, clients: Path) -> None:
    page.take_files([clients])
    page.head.kind_chosen.emit(RecordKind.CONTACTS)
    assert opened(page).current.kind is RecordKind.CONTACTS
    assert page.head.title.text() == "Import of contacts"
    page.head.kind_chosen.emit(RecordKind.CLIENTS)
    assert page.foot.commit.text() == "Import 2 clients"


def test_what_cannot_be_told_is_asked(page: ImportPage, tmp_path: Path, desk: Desk) -> None:
    strange = write(tmp_path / "x.csv", [["Qux", "Blorb"], ["a1", "Βόλος"], ["a2", "Κως"]])
    page.take_files([strange])
    assert page.work.mapping.pages.currentWidget() is page.work.mapping.unknown
    assert page.head.kind.currentText() == "Choose…"
    assert not page.foot.commit.isEnabled()
    page.head.kind.setCurrentIndex(page.head.kind.findData(RecordKind.CLIENTS))
    page.head.kind.activated.emit(page.head.kind.currentIndex())
    assert page.work.mapping.pages.currentWidget() is page.work.mapping.view
    page.work.columns.setData(page.work.columns.index(0, FIELD), "name")
    assert page.foot.commit.text() == "Import 2 clients"
    page.foot.commit.click()
    assert names(desk) == ["a1", "a2"]


def test_a_wide_target_table_is_shown_by_its_months(page: ImportPage, tmp_path: Path) -> None:
    months = ["Ιαν", "Φεβ", "Μαρ", "Απρ", "Μάι", "Ιουν", "Ιουλ", "Αυγ", "Σεπ", "Οκτ", "Νοε", "Δεκ"]
    rows = [["Έτος", *months], ["2025", *["10"] * 12], ["2026", *["12"] * 12]]
    page.take_files([write(tmp_path / "stoxoi χιλ €.csv", rows)])
    assert page.head.title.text() == "Import of targets"
    model = page.work.columns
    assert model.data(model.index(3, FIELD)) == "Target · March"
    mapping = opened(page).current
    offered = [str(title) for key, title in choices(mapping) if key and key.startswith("month:")]
    assert len(offered) == 12
    assert page.foot.commit.text() == "Import 24 targets"
    page.work.columns.setData(page.work.columns.index(12, FIELD), "")
    assert page.foot.commit.text() == "Import 22 targets"


# ---- the end, and back again ---------------------------------------------------------------------


def test_an_import_is_taken_back_from_its_end(
    page: ImportPage, clients: Path, desk: Desk, context: Context
) -> None:
    page.take_files([clients])
    page.foot.commit.click()
    done = page.work.done
    assert at(page) is Step.DONE
    assert done.sentence.text() == "2 clients were imported"
    assert page.work.outcome.title.text() == "What was done"
    assert page.work.card.title.text() == "Problems and what was done"
    assert page.foot.commit.text() == "Show the clients"
    went: list[Target] = []
    context.navigator.requested.connect(went.append)
    page.foot.commit.click()
    assert [one.page for one in went] == ["clients"]
    assert done.undo.isEnabled()
    done.undo.click()
    assert names(desk) == []
    assert done.sentence.text() == "The import was taken back"
    desk.redo()
    context.bus.changed.emit(desk_changes(desk), None)
    assert done.sentence.text() == "2 clients were imported"
    desk.undo()
    context.bus.changed.emit(desk_changes(desk), None)
    done.again.click()
    assert at(page) is Step.MAPPING
    page.foot.commit.click()
    assert len(names(desk)) == 2


@dataclass(frozen=True)
class Anything:
    """A change of the clients."""

    def touches(self, *tables: str) -> bool:
        return "clients" in tables


def desk_changes(_desk: Desk) -> Any:
    return Anything()


def test_a_later_step_is_not_undone_by_mistake(
    page: ImportPage, clients: Path, desk: Desk, context: Context
) -> None:
    page.take_files([clients])
    page.foot.commit.click()
    context.runner.submit(STEP, create_client, name="Ξενία Α.Ε.")
    assert not page.work.done.undo.isEnabled()
    assert "later step" in page.work.done.help.text()
    assert len(names(desk)) == 3


def test_the_same_file_again_has_nothing_to_import(page: ImportPage, clients: Path) -> None:
    page.take_files([clients])
    page.foot.commit.click()
    page.take_files([clients])
    assert len(page.batch.files) == 1
    assert at(page) is Step.MAPPING
    assert opened(page).state is FileState.NOTHING
    assert page.foot.commit.text() == "Nothing to import"
    assert not page.foot.commit.isEnabled()


def test_a_change_in_the_book_is_counted_anew(
    page: ImportPage, clients: Path, context: Context
) -> None:
    page.take_files([clients])
    context.runner.submit(STEP, create_client, name="Μύλοι", code="30.02")
    assert page.work.outcome.new.figure.text() == "1"
    assert page.work.outcome.updated.figure.text() == "1"


def test_back_and_another_page_keep_every_choice(
    page: ImportPage, clients: Path, sales: Path
) -> None:
    page.take_files([clients, sales])
    page.open_file(page.batch.files[0])
    page.work.columns.setData(page.work.columns.index(4, FIELD), "")
    page.foot.back.click()
    assert page.file is None
    assert page.pages.currentWidget() is page.files
    page.hide()
    page.show()
    page.activated()
    page.open_file(page.batch.files[0])
    assert opened(page).current.columns[4].field is None


# ---- several files -------------------------------------------------------------------------------


def test_several_files_are_imported_in_their_order_each_as_its_own_step(
    page: ImportPage, clients: Path, sales: Path, damaged: Path, desk: Desk, context: Context
) -> None:
    told: list[Toast] = []
    context.messages.told.connect(told.append)
    page.take_files([sales, damaged, clients])
    assert page.pages.currentWidget() is page.files
    assert states(page) == {
        "poliseis.csv": "ready",
        "poliseis.xlsx": "refused",
        "pelates.csv": "ready",
    }
    model = page.files.model
    assert "damaged" in model.data(model.index(1, 0))
    assert page.foot.commit.text() == "Import 2 files"
    page.foot.commit.click()
    assert at(page) is Step.DONE
    assert [file.name for file in page.batch._steps] == ["pelates.csv", "poliseis.csv"]
    label = desk.undo_label()
    assert label is not None
    assert str(label) == "Import of sales from poliseis.csv"
    page.foot.undo.click()
    assert names(desk) == []
    assert str(told[-1].text).startswith("2 imports were taken back")
    assert states(page)["pelates.csv"] == "ready"
    assert page.foot.commit.text() == "Import 2 files"


def test_a_damaged_file_alone_says_its_sentence(page: ImportPage, damaged: Path) -> None:
    page.take_files([damaged])
    assert page.pages.currentWidget() is page.files
    assert states(page) == {"poliseis.xlsx": "refused"}
    assert not page.foot.commit.isEnabled()
    page.open_file(page.batch.files[0])
    assert page.file is None
    page.files.view.setFocus()
    press(page.files.view, Qt.Key.Key_Delete)
    assert page.pages.currentWidget() is page.invitation


def test_one_of_several_is_imported_by_itself_and_the_next_is_offered(
    page: ImportPage, clients: Path, sales: Path
) -> None:
    page.take_files([sales, clients])
    view = page.files.view
    view.setFocus()
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_Return)
    assert opened(page).name == "pelates.csv"
    page.foot.commit.click()
    assert page.foot.commit.text() == "Next file"
    page.foot.commit.click()
    assert opened(page).name == "poliseis.csv"
    assert at(page) is Step.MAPPING
    assert page.work.outcome.lines.text() == ""


def test_a_doubtful_file_is_opened_before_it_is_imported(
    page: ImportPage, clients: Path, tmp_path: Path
) -> None:
    heading = ["Ημερομηνία", "Παραστατικό", *SALES[0][2:]]
    odd = write(tmp_path / "odd.csv", [heading, *SALES[1:]])
    page.take_files([clients, odd])
    assert states(page)["odd.csv"] == "look"
    assert page.foot.commit.text() == "Import 1 file"
    assert page.foot.promise.text() == "1 file needs a look first: open it."
    page.open_file(page.batch.files[1])
    assert page.work.mapping.doubtful.text() == "1 to look at"
    assert page.work.mapping.view.currentIndex().row() == 1
    page.go_back()
    assert page.foot.commit.text() == "Import 2 files"


def test_cancel_forgets_the_files_and_lets_the_bench_go(page: ImportPage, clients: Path) -> None:
    page.take_files([clients])
    page.foot.cancel.click()
    assert page.pages.currentWidget() is page.invitation
    bench = page.batch.bench
    assert isinstance(bench, BenchHere)
    assert bench.closed == 1


def test_a_failed_import_says_why_and_can_be_tried_again(page: ImportPage, clients: Path) -> None:
    def refuse(*_a: Any, **_k: Any) -> Any:
        raise UserError(msg("Import", "An interaction needs its day."))

    page.take_files([clients])
    page.batch.carry_out = refuse
    page.foot.commit.click()
    assert page.work.done.sentence.text() == "pelates.csv was not imported"
    assert page.work.done.help.text() == "An interaction needs its day."
    page.batch.carry_out = import_here
    page.work.done.again.click()
    page.foot.commit.click()
    assert page.work.done.sentence.text() == "2 clients were imported"


# ---- choosing, dropping, saving ------------------------------------------------------------------


def test_files_are_chosen_in_a_dialog(page: ImportPage, clients: Path, sales: Path) -> None:
    page.choose_files()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    assert "*.xlsb" in dialog.nameFilters()[0]
    dialog.filesSelected.emit([str(clients), str(sales)])
    QDialog.close(dialog)
    assert list(states(page)) == ["pelates.csv", "poliseis.csv"]


@pytest.fixture
def window(context: Context, qapp: QApplication) -> Iterator[MainWindow]:
    """Give a shown window with the page in it."""
    made = MainWindow(context, [PlainPage.spec, ImportPage.spec])
    made.resize(1366, 768)
    made.start()
    made.show()
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()
    qapp.processEvents()


def _drag(window: MainWindow, urls: list[str]) -> tuple[QDragEnterEvent, QMimeData]:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    event = QDragEnterEvent(
        QPoint(600, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(window, event)
    return event, data


def test_files_dropped_anywhere_on_the_window_are_taken(
    window: MainWindow, clients: Path, sales: Path
) -> None:
    event, _ = _drag(window, ["https://example.org/x"])
    assert not event.isAccepted()
    assert window.incoming.drops.veil.isHidden()
    event, data = _drag(window, [clients.as_uri(), sales.as_uri()])
    assert event.isAccepted()
    assert window.incoming.drops.veil.isVisible()
    window.show_page("import")
    assert isinstance(window.page, ImportPage)
    here(window.page)
    window.show_page("clients")
    drop = QDropEvent(
        QPointF(600, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(window, drop)
    assert window.incoming.drops.veil.isHidden()
    assert window.page is not None
    assert window.page.spec.key == "import"
    assert isinstance(window.page, ImportPage)
    assert states(window.page) == {"pelates.csv": "ready", "poliseis.csv": "ready"}


def test_the_page_has_the_only_filled_button(window: MainWindow) -> None:
    window.show_page("import")
    assert not window.topbar.primary.isVisible()
    assert window.topbar.second.text() == "New interaction"
    window.show_page("clients")
    assert window.topbar.primary.isVisible()


def test_the_list_of_problems_is_saved_and_printed(
    page: ImportPage, clients: Path, tmp_path: Path, context: Context
) -> None:
    told: list[Toast] = []
    context.messages.told.connect(told.append)
    page.take_files([clients])
    page.work.card.save.click()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    target = tmp_path / "list.csv"
    dialog.fileSelected.emit(str(target))
    QDialog.close(dialog)
    assert "90000045" in target.read_text(encoding="utf-8-sig")
    assert str(told[-1].text) == "Saved: list.csv"
    assert page.file is not None
    page.problem_list.write(page.file, str(tmp_path / "none" / "list.xlsx"))
    assert "cannot be written" in str(told[-1].text)
    document = page.print_document()
    assert document is not None
    assert "90000045" in document.toPlainText()


def test_keys_press_the_filled_button_and_go_back(page: ImportPage, clients: Path) -> None:
    page.take_files([clients])
    page.work.card.every.click()
    press(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert at(page) is Step.MAPPING
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert at(page) is Step.DONE


# ---- how it looks --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(696, 512), (1142, 684), (1696, 996)])
@pytest.mark.parametrize("language", ["el", "en"])
def test_no_step_is_cut_or_nameless(
    page: ImportPage,
    context: Context,
    clients: Path,
    sales: Path,
    damaged: Path,
    size: tuple[int, int],
    language: str,
) -> None:
    def look() -> None:
        QApplication.processEvents()
        assert (page.width(), page.height()) == size
        assert_no_overlap_or_cut(page)
        assert_accessible(page)

    context.languages.speak(language)
    page.resize(*size)
    look()
    page.take_files([clients])
    look()
    for part in (1, 2):
        page.work.tabs.setCurrentIndex(part)
        look()
    page._show_all()
    look()
    page.commit()
    look()
    page.cancel()
    page.take_files([sales, damaged])
    look()
    page.commit()
    look()


def test_words_follow_the_language_and_rows_the_density(
    page: ImportPage, context: Context, clients: Path, sales: Path
) -> None:
    page.take_files([clients])
    context.languages.speak("el")
    page.speak()
    assert page.head.title.text() == "Εισαγωγή πελατών"
    assert page.foot.commit.text() == "Εισαγωγή 2 πελατών"
    assert page.head.kind.currentText() == "Πελάτες"
    model = page.work.columns
    assert model.data(model.index(5, FIELD)) == "— δεν εισάγεται —"
    assert page.work.mapping.view.rowHeight(0) == 56
    context.theme.set_density(Density.COMPACT)
    assert page.work.mapping.view.rowHeight(0) == 48
    assert page.files.view._row == 52
    context.theme.set_density(Density.COMFORTABLE)


# ---- real books ----------------------------------------------------------------------------------

FILES = ("stoxoi.xlsx", "eispraxeis.csv", "poliseis.xlsx", "pelates.xlsx")


@pytest.mark.data
@pytest.mark.parametrize(("name", "language"), [("andros", "el"), ("naxos", "en"), ("paros", "el")])
def test_an_officers_four_files_dropped_at_once(
    page: ImportPage, context: Context, shared_data: Path, desk: Desk, name: str, language: str
) -> None:
    from acctdesk.services.figures import figures
    from tests.exchange.inventing import differences, shown

    folder = shared_data / "officer" / name
    wanted = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    context.languages.speak(language)
    page.take_files([folder / one for one in FILES])
    assert set(states(page).values()) == {"ready"}
    words = {"el": "Εισαγωγή 4 αρχείων", "en": "Import 4 files"}
    assert page.foot.commit.text() == words[language]
    trials = {
        file.name: file.trial.result.counts()
        for file in page.batch.files
        if file.trial and file.trial.result
    }
    page.commit()
    assert set(states(page).values()) == {"imported"}
    for file in page.batch.files:
        assert file.result is not None
        assert file.result.refused == 0
        assert (file.result.created, file.result.skipped) == (
            trials[file.name]["created"], trials[file.name]["skipped"],
        )  # fmt: skip
    as_of = dt.date.fromisoformat(wanted["as_of"])
    left_out = {"definitions", "files", "problems"}
    figured = {key: value for key, value in wanted.items() if key not in left_out}
    assert differences(figured, shown(desk.query(figures, as_of=as_of))) == []
    told = sum(len(records) for records in wanted["problems"].values())
    assert sum(len(file.result.problems) for file in page.batch.files if file.result) == told
    page.foot.undo.click()
    assert names(desk) == []
    assert desk.undo_label() is None


# ---- the real thing: threads and child processes -------------------------------------------------


@pytest.fixture
def threaded(qapp: QApplication, desk: Desk, tmp_path: Path, qtbot: QtBot) -> Iterator[ImportPage]:
    """Give a page with the program's runner and its child processes."""
    owner = QObject()
    context = make_context(qapp, desk, tmp_path, parent=owner)
    context.bus = ChangeBus(owner)
    context.runner = Runner(desk, context.bus, owner)
    context.runner.failed.connect(context.messages.fail)
    made = ImportPage(context)
    qtbot.addWidget(made)
    context.bus.changed.connect(made.on_changed)
    made.resize(1142, 684)
    made.show()
    yield made
    made.batch.close()
    context.runner.shutdown()
    made.batch.bench.close()
    QApplication.processEvents()
    owner.deleteLater()


def until(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    """Wait for a child process on a busy machine."""
    qtbot.waitUntil(condition, timeout=120_000)


def test_children_try_import_and_the_window_takes_back(
    threaded: ImportPage, clients: Path, damaged: Path, desk: Desk, qtbot: QtBot
) -> None:
    page = threaded
    page.take_files([clients, damaged])
    until(qtbot, lambda: states(page) == {"pelates.csv": "ready", "poliseis.xlsx": "refused"})
    page.commit()
    until(qtbot, lambda: at(page) is Step.DONE)
    assert len(names(desk)) == 2
    until(qtbot, lambda: page.batch.newest is not None)
    page.foot.undo.click()
    until(qtbot, lambda: states(page)["pelates.csv"] == "ready")
    assert names(desk) == []


def test_an_import_under_way_is_stopped_and_nothing_stays(
    threaded: ImportPage, tmp_path: Path, desk: Desk, qtbot: QtBot
) -> None:
    rows = [["Κωδικός", "Επωνυμία", "Πόλη"]]
    rows += [[f"30.{n:06d}", f"ΠΕΛΑΤΗΣ {n}", "Βόλος"] for n in range(8_000)]
    page = threaded
    page.take_files([write(tmp_path / "big.csv", rows)])
    until(qtbot, lambda: page.file is not None and page.file.state is FileState.READY)
    page.commit()
    assert page.batch.importing
    assert not page.may_close()
    asked = page.findChild(CalmDialog)
    assert asked is not None
    asked.reject()
    page.work.done.cancel.click()
    until(qtbot, lambda: not page.batch.importing)
    assert names(desk) == []
    assert page.work.done.sentence.text() != "8,000 clients were imported"
    assert page.may_close()


def test_reading_under_way_is_stopped(threaded: ImportPage, clients: Path, qtbot: QtBot) -> None:
    page = threaded
    page.take_files([clients])
    work = page.batch._try_work
    assert work is not None
    work.cancel()
    until(qtbot, lambda: states(page)["pelates.csv"] in {"stopped", "refused"})
    assert states(page) == {"pelates.csv": "stopped"}
    page.open_file(page.batch.files[0])
    until(qtbot, lambda: states(page) == {"pelates.csv": "ready"})
