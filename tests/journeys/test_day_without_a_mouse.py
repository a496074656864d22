"""An officer's first day, in Greek, by real key events alone; the book is opened again at its end.

The test looks at what is shown. It presses no widget, sets no focus and calls no page: where a
step had no way by keyboard, the program was mended and not the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtWidgets import QApplication, QFileDialog

from acctdesk import i18n
from acctdesk.services import keeping
from acctdesk.ui.dialogs.capture import CaptureDialog
from acctdesk.ui.dialogs.first_run import FirstRunDialog
from acctdesk.ui.dialogs.report import ReportDialog
from acctdesk.ui.dialogs.target_form import TargetForm
from acctdesk.ui.dialogs.task_form import TaskForm
from acctdesk.ui.dialogs.unlock import UnlockDialog
from acctdesk.ui.pages.imports import ImportPage
from acctdesk.ui.pages.targets import TargetsPage
from acctdesk.ui.pages.tasks import TasksPage
from acctdesk.ui.pages.today import TodayPage
from acctdesk.ui.session import Session
from acctdesk.ui.theme import tokens
from tests.books import PASSWORD, rows_of
from tests.journeys.day import Day
from tests.ui.doors import cheap_keys, home

__all__ = ["cheap_keys", "home"]  # fixtures
NOW = dt.datetime(2026, 11, 12, 8, 0, tzinfo=dt.UTC)
OFFICER, COMPANY = "Μαρία Νικολάου", "Αιγαίον ΑΕ"
CLIENTS = (
    ("Κωδ. Πελάτη", "Επωνυμία", "Α.Φ.Μ.", "Πόλη", "Τηλέφωνο", "Κατηγορία"),
    ("30.00.01", "Παπαδόπουλος Α.Ε.", "094014201", "Θεσσαλονίκη", "2310123456", "Α"),
    ("30.00.02", "Μύλοι Θερμαϊκού Α.Ε.", None, "Σίνδος", "2310765432", "Β"),
    ("30.00.03", "Ξενοδοχεία Αιγαίου", None, "Μύκονος", "2289012345", "Α"),
)
SALES = """\
Αρ. Παραστατικού;Ημερομηνία;Κωδ. Πελάτη;Αιτιολογία;Καθαρή αξία;Φ.Π.Α.;Σύνολο;Λήξη
ΤΔΑ-101;05/10/2026;30.00.01;Ψυκτικός θάλαμος;10.000,00;2.400,00;12.400,00;04/11/2026
ΤΔΑ-102;20/10/2026;30.00.02;Ανταλλακτικά;1.500,50;360,12;1.860,62;19/11/2026
ΤΔΑ-103;02/11/2026;30.00.01;Συντήρηση;800,00;192,00;992,00;02/12/2026
ΤΔΑ-104;15/08/2026;30.00.03;Κλιματισμός;4.000,00;960,00;4.960,00;14/09/2026
"""
QUARTER_NET = 12_300.50  # of October and November
TYPED = {  # what the book has to hold in the evening, table by table
    "clients: code, name, vat_id, city, phone, segment": [
        ("30.00.01", "Παπαδόπουλος Α.Ε.", "094014201", "Θεσσαλονίκη", "+302310123456", "A"),
        ("30.00.02", "Μύλοι Θερμαϊκού Α.Ε.", None, "Καλοχώρι", "+302310765432", "B"),
        ("30.00.03", "Ξενοδοχεία Αιγαίου", None, "Μύκονος", "+302289012345", "A"),
    ],
    "documents: number, client_id, issued_on, due_on, net_minor, gross_minor, notes": [
        ("ΤΔΑ-101", 1, "2026-10-05", "2026-11-04", 1_000_000, 1_240_000, "Ψυκτικός θάλαμος"),
        ("ΤΔΑ-102", 2, "2026-10-20", "2026-11-19", 150_050, 186_062, "Ανταλλακτικά"),
        ("ΤΔΑ-103", 1, "2026-11-02", "2026-12-02", 80_000, 99_200, "Συντήρηση"),
        ("ΤΔΑ-104", 3, "2026-08-15", "2026-09-14", 400_000, 496_000, "Κλιματισμός"),
    ],
    "interactions: client_id, kind, body": [
        (1, "visit", "Συμφωνεί στις 60 ημέρες."),
        (1, "call", "ζήτησε τιμές ως 18/11"),
    ],
    "promises: client_id, given_by, what, due_on, state": [
        (1, "us", "αναθεωρημένη προσφορά", "2026-11-20", "open"),
        (1, "them", "υπογραφή", "2026-11-25", "open"),
        (1, "us", "ζήτησε τιμές", "2026-11-18", "open"),
    ],
    "tasks: client_id, title, due_on, due_time, state": [
        (1, "Αποστολή όρων", "2026-11-13", "10:00:00.000000", "open"),
        (1, "Έλεγχος πιστωτικού ορίου", "2026-11-12", None, "open"),
    ],
    "targets: month, client_id, amount_minor": [
        ("2026-11-01", None, 2_000_000),
        ("2026-12-01", None, 2_150_050),
    ],
}
STEPS = (
    "Εισαγωγή πελατών από Πελατολόγιο 2026.xlsx",
    "Εισαγωγή πωλήσεων από πωλήσεις.csv",
    "Νέα επικοινωνία",
    "Νέα εργασία",
    "Ολοκλήρωση εργασίας",
    "Εργασία ξανά ανοιχτή",
    "Νέα επικοινωνία",
    "Στόχοι έτους",
    "Αλλαγή πελάτη",
)


@pytest.fixture
def day(qapp: QApplication, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
    """Give the program at an empty home, on a Thursday in November."""
    monkeypatch.setattr(qapp, "quit", lambda: None)
    monkeypatch.setitem(Session.__init__.__kwdefaults__, "clock", lambda: NOW)  # type: ignore[arg-type]
    made = Day(qapp, home)
    yield made
    made.end()
    qapp.setQuitOnLastWindowClosed(True)


def make_the_book(day: Day) -> str:
    """Answer the questions of the first start; return the recovery code that is shown."""
    keys = day.keys
    day.start()
    dialog = day.dialog(FirstRunDialog)
    day.go_to("Ελληνικά", by="Left")
    keys.press("Return")
    assert i18n.language() == "el"
    day.into("Το όνομά σας", OFFICER)
    day.into("Εταιρεία", COMPANY)
    keys.press("Return")
    day.into("Νέος κωδικός", PASSWORD)
    day.into("Ο ίδιος ξανά", PASSWORD)
    keys.press("Return")
    code = dialog.recovery.code_label.text().replace("\u2002", "-")
    day.go_to("Τον εκτύπωσα")
    keys.press("Space")
    keys.press("Return")
    day.window.resize(1366, 768)
    assert day.window.sidebar.status.text() == "Κρυπτογραφημένο"
    return code


def import_file(day: Day, file: Path, button: str) -> None:
    """Bring a file, look at the trial, import it."""
    day.keys.press("Ctrl+Shift+O")
    day.dialog(QFileDialog)
    day.keys.type(str(file))
    day.keys.press("Return")
    page = day.page(ImportPage)
    assert page.file is not None
    assert page.file.path == file
    assert not page.file.problems
    day.go_to(button)
    day.keys.press("Return")
    assert page.file.imported


def open_a_client(day: Day, typed: str, name: str) -> None:
    """Find a client by a few Latin letters, from wherever one is."""
    day.keys.press("Ctrl+K")
    day.keys.type(typed)
    day.keys.press("Return")
    assert day.client == name


def titles(page: TasksPage) -> list[str]:
    """Return the tasks listed."""
    return [one.title for one in page.model.entries()]


def stored(day: Day) -> dict[str, list[tuple[object, ...]]]:
    """Return what the book holds, as its file does."""
    found = rows_of(day.window.context.desk.book)
    return {table: rows for table, rows in found.items() if rows}


def typed(day: Day) -> dict[str, list[tuple[object, ...]]]:
    """Return what the book holds in the columns of TYPED."""
    found = {}
    with day.window.context.desk.book.reader() as session:
        for key in TYPED:
            table, columns = key.split(": ")
            query = f"SELECT {columns} FROM {table} WHERE deleted_at IS NULL ORDER BY id"
            rows = session.connection().exec_driver_sql(query)
            found[key] = [tuple(row) for row in rows]
    return found


def shown(day: Day) -> list[str]:
    """Return the clients listed, in their order."""
    model = day.clients.list.model
    ids = [model.id_at(row) for row in range(model.rowCount())]
    rows = [model.known(one) for one in ids if one is not None]
    return [row.name for row in rows if row is not None]


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
@pytest.mark.timeout(600)
def test_a_day_without_a_mouse_and_all_of_it_is_there_the_next_morning(
    day: Day, tmp_path: Path
) -> None:
    keys = day.keys
    code = make_the_book(day)

    # the files of the company
    sheet = Workbook()
    for row in CLIENTS:
        sheet.worksheets[0].append(row)
    clients = tmp_path / "Πελατολόγιο 2026.xlsx"
    sheet.save(clients)
    sales = tmp_path / "πωλήσεις.csv"
    sales.write_text(SALES, encoding="cp1253")
    import_file(day, clients, "Εισαγωγή 3 πελατών")
    import_file(day, sales, "Εισαγωγή 4")
    keys.press("Return")  # show the clients
    assert day.clients.list.model.rowCount() == 3

    # Today, looked through; a line opened
    keys.press("Ctrl+1")
    today = day.page(TodayPage)
    first = today.card.view.current_line()
    assert first is not None
    keys.press("Space")
    assert day.name == "Ρυθμός επαφών", "why the line is there"
    keys.press("Escape")
    keys.press("Down")
    line = today.card.view.current_line()
    assert line is not None
    assert line != first
    keys.press("Return")
    assert day.client == line.client_name

    # an interaction with promises and a follow-up; locked in the middle of it
    open_a_client(day, "papadopoulos", "Παπαδόπουλος Α.Ε.")
    keys.press("Ctrl+Shift+I")
    day.dialog(CaptureDialog)
    assert day.name == "Τι έγινε"
    keys.type("Συμφωνεί στις ")
    keys.press("Ctrl+L")
    day.dialog(UnlockDialog)
    assert not day.window.isVisible()
    keys.type(PASSWORD)
    keys.press("Return")
    day.dialog(CaptureDialog)
    assert day.name == "Τι έγινε"
    keys.type("60 ημέρες.")
    keys.press("Alt+2")
    day.into("Υποσχεθήκαμε", "αναθεωρημένη προσφορά ως 20/11")
    day.into("Υποσχέθηκαν", "υπογραφή ως 25/11")
    day.into("Επόμενο βήμα", "Αποστολή όρων")
    day.into("Πότε", "αύριο 10")
    keys.press("Ctrl+Return")
    assert day.timeline[0] == "Συμφωνεί στις 60 ημέρες."

    # a task of its own, one done, and that taken back
    keys.press("Ctrl+Shift+T")
    day.dialog(TaskForm)
    keys.type("Έλεγχος πιστωτικού ορίου")
    day.into("Πότε", "σήμερα")
    keys.press("Return")
    keys.press("Ctrl+3")
    tasks = day.page(TasksPage)
    assert titles(tasks) == ["Έλεγχος πιστωτικού ορίου", "Αποστολή όρων"]
    keys.press("Space")
    assert titles(tasks) == ["Αποστολή όρων"]
    day.go_to("Ολοκληρωμένες")
    keys.press("Space")
    assert titles(tasks) == ["Έλεγχος πιστωτικού ορίου"]
    day.go_to("Εργασίες και δεσμεύσεις")
    keys.press("Space")
    day.go_to("Προς εκτέλεση")
    keys.press("Space")
    assert titles(tasks) == ["Έλεγχος πιστωτικού ορίου", "Αποστολή όρων"]

    # the quick line; its key writes an iota
    keys.press("Ctrl+2")
    keys.press("I")
    assert day.name == "Γρήγορη γραμμή"
    keys.type("κλήση, ζήτησε τιμές ως 18/11")
    keys.press("Return")
    assert day.timeline[0] == "ζήτησε τιμές ως 18/11"

    # the target of two months
    keys.press("Ctrl+7")
    keys.press("Ctrl+Shift+G")
    day.dialog(TargetForm)
    day.into("Νοέμβριος 2026", "20.000")
    day.into("Δεκέμβριος 2026", "21.500,50")
    keys.press("Return")
    day.page(TargetsPage)
    assert "41.50" in day.words

    # a filter, and another order
    keys.press("Ctrl+2")
    day.go_to("Ληξιπρόθεσμα")
    keys.press("Space")
    assert shown(day) == ["Ξενοδοχεία Αιγαίου", "Παπαδόπουλος Α.Ε."]
    keys.press("Left")
    keys.press("Space")
    day.go_to("Λίστα πελατών")
    keys.press("Menu")
    day.choose("Ταξινόμηση")
    day.choose("Πωλήσεις 12μ")
    assert shown(day) == ["Παπαδόπουλος Α.Ε.", "Ξενοδοχεία Αιγαίου", "Μύλοι Θερμαϊκού Α.Ε."]

    # a client corrected
    open_a_client(day, "μυλοι", "Μύλοι Θερμαϊκού Α.Ε.")
    keys.press("F2")
    assert day.name == "Επωνυμία"
    keys.press("Escape")
    day.go_to("Πόλη")
    keys.press("Return")
    keys.type("Καλοχώρι")
    keys.press("Return")
    assert day.fact("city") == "Καλοχώρι"

    # privacy, the other language, other colours
    assert "17.360" in day.words
    keys.press("F8")
    assert "17.360" not in day.words
    keys.press("F8")
    assert "17.360" in day.words
    keys.press("Alt+P")
    day.choose("English")
    assert i18n.language() == "en"
    keys.press("Ctrl+K")
    keys.type("ελληνικα")
    keys.press("Return")
    assert i18n.language() == "el"
    keys.press("Alt+P")
    day.choose("Σκούρα χρώματα")
    assert tokens().dark

    # the quarter for management
    pack = tmp_path / "Έκθεση Δ΄ τριμήνου.xlsx"
    keys.press("Ctrl+R")
    day.dialog(ReportDialog)
    day.go_to("Περίοδος")
    keys.press("Home")
    day.into("Αρχείο", str(pack))
    keys.press("Return")
    assert "Διαφορές: 0." in day.words
    keys.press("Escape")
    cover = load_workbook(pack, data_only=True)["Εξώφυλλο"]
    figures = [one.value for row in cover.iter_rows() for one in row if one.value is not None]
    assert figures[1] == "Έκθεση: Δ΄ τρίμηνο 2026"
    heading = figures.index("Καθαρές πωλήσεις")
    assert figures[heading + 4 : heading + 6] == [QUARTER_NET, pytest.approx(0.2964, abs=1e-4)]

    # the client's list on paper, a backup, home
    paper = tmp_path / "πελάτες.pdf"
    keys.press("Ctrl+Shift+P")
    day.dialog(QFileDialog)
    day.overtype(str(paper))
    keys.press("Return")
    assert paper.read_bytes().startswith(b"%PDF")
    keys.press("Ctrl+S")
    assert "ελέγχθηκε" in day.said, day.said
    evening = stored(day)
    place = day.window.context.desk.book.path
    keys.press("Alt+A")
    day.choose("Έξοδος")
    assert keeping.backups_of(place)

    # the next morning: nothing is left of yesterday's program
    day.start_again()
    day.dialog(UnlockDialog)
    keys.type(PASSWORD)
    keys.press("Return")
    assert stored(day) == evening
    assert typed(day) == TYPED
    assert tokens().dark
    keys.press("Ctrl+2")
    for step in reversed(STEPS):
        keys.press("Ctrl+Z")
        assert day.said == f"Αναιρέθηκε: {step}"
    keys.press("Ctrl+Z")  # there is nothing more
    assert typed(day) == {table: [] for table in TYPED}
    for step in STEPS:
        keys.press("Ctrl+Y")
        assert day.said == f"Επαναλήφθηκε: {step}"
    assert typed(day) == TYPED
    assert day.window.context.desk.book.opens_with(code)
