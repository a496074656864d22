"""A day in Holy Week, in Greek, by real key events alone; the book is opened again at its end.

Like ``test_day_without_a_mouse``: it presses no widget, sets no focus and calls no page. Its clock
is a test's, and so is the beat that follows a sleep.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy.orm import Session as Session_

from acctdesk import bootstrap
from acctdesk.i18n import msg
from acctdesk.kinds import DocumentType, Segment
from acctdesk.models import Document
from acctdesk.services.clients import create_client
from acctdesk.services.contacts import create_contact
from acctdesk.ui.dialogs.brief import BriefDialog
from acctdesk.ui.dialogs.capture import CaptureDialog
from acctdesk.ui.dialogs.dispute_form import DisputeForm
from acctdesk.ui.dialogs.request_form import RequestForm
from acctdesk.ui.dialogs.scope import ScopeDialog
from acctdesk.ui.dialogs.task_form import TaskForm
from acctdesk.ui.pages.cases import CasesPage
from acctdesk.ui.pages.tasks import TasksPage
from acctdesk.ui.pages.today import TodayPage
from acctdesk.ui.session import Session
from tests.books import rows_of
from tests.journeys.day import Day
from tests.ui.doors import cheap_keys, home

__all__ = ["cheap_keys", "home"]  # fixtures
OFFICER, COMPANY = "Μαρία Νικολάου", "Αιγαίον ΑΕ"
STEP = msg("Step", "New client")
HOLY_WEDNESDAY = dt.date(2026, 4, 8)  # Good Friday is the 10th, Easter Monday the 13th
CLIENTS = (
    ("30.00.01", "Παπαδόπουλος Α.Ε.", "Θεσσαλονίκη", Segment.A),
    ("30.00.02", "Μύλοι Θερμαϊκού Α.Ε.", "Σίνδος", Segment.B),
)

STEPS = (
    "Νέα επικοινωνία",
    "Νέα επαναλαμβανόμενη εργασία",
    "Αλλαγή επαναλαμβανόμενων εργασιών",
    "Νέα διένεξη",
    "Αίτημα προς τμήμα",
    "Νέα εργασία",
)


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = self.at(8)

    def __call__(self) -> dt.datetime:
        return self.now

    @staticmethod
    def at(hour: int, day: dt.date = HOLY_WEDNESDAY) -> dt.datetime:
        """Return an hour by the wall clock of this machine."""
        return dt.datetime.combine(day, dt.time(hour)).astimezone(dt.UTC)


def an_invoice(session: Session_, *, client_id: int) -> None:
    """Book an invoice of 1,240 euros that fell due in March."""
    session.add(
        Document(
            type=DocumentType.INVOICE.value,
            number="ΤΔΑ-77",
            client_id=client_id,
            issued_on=dt.date(2026, 2, 10),
            due_on=dt.date(2026, 3, 12),
            net_minor=100_000,
            vat_minor=24_000,
            gross_minor=124_000,
        )
    )


@pytest.fixture
def clock() -> Clock:
    """Give a clock at eight in the morning."""
    return Clock()


@pytest.fixture
def day(
    qapp: QApplication, home: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Day]:
    """Give the program at a home with a book of two clients."""
    monkeypatch.setattr(qapp, "quit", lambda: None)
    monkeypatch.setitem(Session.__init__.__kwdefaults__, "clock", clock)  # type: ignore[arg-type]
    desk = bootstrap.create_book(
        bootstrap.books_folder() / "Χαρτοφυλάκιο", password=None, officer=OFFICER, company=COMPANY
    )
    clients = []
    for code, name, city, segment in CLIENTS:
        client_id = desk.perform(
            STEP, create_client, code=code, name=name, city=city, segment=segment.value
        ).value
        desk.perform(STEP, create_contact, client_id=client_id, name="Άννα Ζάχου", decides=True)
        clients.append(client_id)
    desk.perform(STEP, an_invoice, client_id=clients[0])
    path = desk.book.path
    desk.close()
    bootstrap.remember_book(path)
    made = Day(qapp, home)
    yield made
    made.end()
    qapp.setQuitOnLastWindowClosed(True)


def open_a_client(day: Day, typed: str, name: str) -> None:
    """Find a client by a few Latin letters, from wherever one is."""
    day.keys.press("Ctrl+K")
    day.keys.type(typed)
    day.keys.press("Return")
    assert day.client == name


def of_series(day: Day) -> list[tuple[str, str]]:
    """Return of each open time of the series the day its rule gives and the day it is due."""
    return [
        (str(row["series_on"]), str(row["due_on"]))
        for row in table(day, "tasks")
        if row["series_id"] is not None and row["state"] == "open"
    ]


def table(day: Day, name: str) -> list[dict[str, object]]:
    """Return the live rows of a table as its file has them."""
    with day.window.context.desk.book.reader() as session:
        rows = session.connection().exec_driver_sql(
            f"SELECT * FROM {name} WHERE deleted_at IS NULL ORDER BY id"
        )
        return [dict(row._mapping) for row in rows]


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
@pytest.mark.timeout(600)
def test_holy_wednesday_without_a_mouse_and_all_of_it_is_there_afterwards(
    day: Day, clock: Clock
) -> None:
    keys = day.keys
    day.start()
    day.until(lambda: day.program.session is not None and day.window.page is not None)
    day.settle()
    day.window.resize(1366, 768)
    day.window.context.languages.speak("el")
    day.page(TodayPage)

    # the brief before the visit
    open_a_client(day, "papadopoulos", "Παπαδόπουλος Α.Ε.")
    keys.press("Ctrl+E")
    day.dialog(BriefDialog)
    keys.press("Escape")

    # after the visit: what happened, one need, a promise each way, the next step
    keys.press("Ctrl+Shift+I")
    day.dialog(CaptureDialog)
    keys.type("Ζητούν ψυκτικό θάλαμο.")
    keys.press("Alt+2")
    day.into("Ανάγκη", "δεύτερος ψυκτικός θάλαμος")
    day.into("Υποσχεθήκαμε", "προσφορά ως 5 εργ")
    day.into("Υποσχέθηκαν", "σχέδια ως Παρ")
    day.into("Επόμενο βήμα", "Παρουσίαση προσφοράς")
    day.into("Πότε", "17/4 10")
    keys.press("Ctrl+Return")
    assert day.timeline[0] == "Ζητούν ψυκτικό θάλαμο."
    promised = [(row["given_by"], row["what"], row["due_on"]) for row in table(day, "promises")]
    assert promised == [
        ("us", "προσφορά", "2026-04-17"),  # five working days: neither Easter nor its Friday
        ("them", "σχέδια", "2026-04-10"),
    ]
    assert [row["what"] for row in table(day, "needs")] == ["δεύτερος ψυκτικός θάλαμος"]

    # a visit every Friday: Good Friday and the first of May are off
    keys.press("Ctrl+Shift+T")
    day.dialog(TaskForm)
    keys.type("Επίσκεψη ρουτίνας")
    day.into("Πότε", "10/4 10:00")
    day.go_to("Επανάληψη")
    keys.press("Down", 3)  # every week, on the weekday typed
    day.go_to("Λήξη")
    keys.press("Down", 2)  # so many times
    day.into("Πόσες φορές", "5")
    assert "Μεγάλη Παρασκευή" in day.words
    keys.press("Return")
    assert of_series(day) == [
        ("2026-04-10", "2026-04-14"),
        ("2026-04-17", "2026-04-17"),
        ("2026-04-24", "2026-04-24"),
        ("2026-05-01", "2026-05-04"),
        ("2026-05-08", "2026-05-08"),
    ]

    # from the first on they are on Mondays, at eleven: Easter Monday is off too
    keys.press("Ctrl+3")
    tasks = day.page(TasksPage)
    first = next(one for one in tasks.model.entries() if one.title == "Επίσκεψη ρουτίνας")
    while tasks.view.current_entry() != first:
        keys.press("Down")
    keys.press("F2")
    day.dialog(TaskForm)
    assert "Μεγάλη Παρασκευή" in day.words, "why the day is another"
    day.go_to("Παρασκευή")
    keys.press("Space")
    day.go_to("Δευτέρα", by="Shift+Tab")
    keys.press("Space")
    keys.press("Return")
    day.dialog(ScopeDialog)
    day.go_to("Αυτή και οι επόμενες")
    keys.press("Return")
    assert of_series(day) == [
        ("2026-04-13", "2026-04-14"),
        ("2026-04-20", "2026-04-20"),
        ("2026-04-27", "2026-04-27"),
        ("2026-05-04", "2026-05-04"),
        ("2026-05-11", "2026-05-11"),
    ]
    keys.press("Ctrl+Z")
    assert of_series(day)[0] == ("2026-04-10", "2026-04-14")
    keys.press("Ctrl+Y")
    assert of_series(day)[0] == ("2026-04-13", "2026-04-14")

    # the client contests an invoice; accounting is asked
    open_a_client(day, "papadopoulos", "Παπαδόπουλος Α.Ε.")
    keys.press("Ctrl+Shift+X")
    day.dialog(DisputeForm)
    keys.type("Λάθος ποσότητα")
    day.into("Θέλει απάντηση ως", "15/4")
    day.go_to("ΤΔΑ-77")
    keys.press("Space")
    day.into("Πόσο από το ΤΔΑ-77", "240")
    keys.press("Return")
    assert [
        (one["client_id"], one["title"], one["due_on"], one["state"])
        for one in table(day, "disputes")
    ] == [(1, "Λάθος ποσότητα", "2026-04-15", "open")]
    assert [one["amount_minor"] for one in table(day, "disputed_documents")] == [24_000]
    keys.press("Ctrl+Shift+Q")
    day.dialog(RequestForm)
    day.into("Τμήμα", "Λογιστήριο")
    day.into("Τι ζητείται", "Έλεγχος του ΤΔΑ-77")
    day.into("Απάντηση ως", "5 εργ")
    keys.press("Return")
    assert [(one["what"], one["asked_on"], one["due_on"]) for one in table(day, "requests")] == [
        ("Έλεγχος του ΤΔΑ-77", "2026-04-08", "2026-04-17")
    ]
    assert [one["name"] for one in table(day, "departments")] == ["Λογιστήριο"]
    keys.press("Ctrl+8")
    day.page(CasesPage)
    assert "240,00" in day.words

    # a call at noon; the laptop sleeps from eight to five
    keys.press("Ctrl+Shift+T")
    day.dialog(TaskForm)
    keys.type("Κλήση στο λογιστήριο")
    day.into("Πότε", "σήμερα 12")
    keys.press("Return")
    reminders = day.window.reminders
    assert reminders.waiting == 0
    clock.now = Clock.at(17)
    reminders.pulse.beat()  # the first one after waking
    day.settle()
    assert reminders.waiting == 1
    assert reminders.bar.words.text() == "Κλήση στο λογιστήριο · Παπαδόπουλος Α.Ε."
    reminders.pulse.beat()
    assert reminders.waiting == 1
    keys.press("Ctrl+1")
    today = day.page(TodayPage)
    day.settle()
    assert "Κλήση στο λογιστήριο" in {str(one.what) for one in today.card.model.lines()}

    # closed, and opened again in the evening: all of it is there, and can be taken back
    evening = rows_of(day.window.context.desk.book)
    keys.press("Ctrl+Q")
    clock.now = Clock.at(21)
    day.start_again()
    day.until(lambda: day.program.session is not None and day.window.page is not None)
    day.settle()
    assert rows_of(day.window.context.desk.book) == evening
    assert day.window.reminders.waiting == 0, "it was shown already"
    for step in reversed(STEPS):
        keys.press("Ctrl+Z")
        assert day.said == f"Αναιρέθηκε: {step}"
    assert table(day, "interactions") == table(day, "tasks") == table(day, "disputes") == []
    for step in STEPS:
        keys.press("Ctrl+Y")
        assert day.said == f"Επαναλήφθηκε: {step}"
    assert [one["title"] for one in table(day, "disputes")] == ["Λάθος ποσότητα"]
