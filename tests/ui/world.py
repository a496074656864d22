"""What a page needs to live in a test: a context without threads over a small real book."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from acctdesk.exchange.runner import import_with_changes
from acctdesk.exchange.trial import Shelf, Trial, try_file
from acctdesk.i18n import msg
from acctdesk.kinds import InteractionKind, Mood, PromiseBy
from acctdesk.services.clients import create_client
from acctdesk.services.contacts import create_contact
from acctdesk.services.desk import Desk, Result
from acctdesk.services.interactions import PromiseInput, log_interaction
from acctdesk.services.targets import set_target
from acctdesk.services.tasks import TaskInput
from acctdesk.storage.book import Book
from acctdesk.ui.actions import Actions
from acctdesk.ui.app import dress
from acctdesk.ui.bus import ChangeBus
from acctdesk.ui.context import Context, Navigator
from acctdesk.ui.messages import Messages
from acctdesk.ui.pages.imports import ImportPage
from acctdesk.ui.painting import base_font, load_fonts
from acctdesk.ui.runner import InlineRunner
from acctdesk.ui.session import Session
from acctdesk.ui.settings import Settings
from acctdesk.ui.theme import Theme
from acctdesk.ui.translation import Languages
from tests.books import PASSWORD, TEST_KDF

NOW = dt.datetime(2026, 11, 12, 8, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 12)
STEP = msg("Step", "Draft")


def make_context(
    app: QApplication,
    desk: Desk,
    folder: Path,
    *,
    theme: str = "light",
    parent: QObject | None = None,
) -> Context:
    """Return a context whose runner answers at once and whose clock stands still."""
    if not app.property("inter"):
        load_fonts()
        app.setFont(base_font())
        app.setProperty("inter", True)
    owner = parent or app
    bus = ChangeBus(owner)
    look = Theme(app, owner)
    look.apply(theme)
    context = Context(
        book=desk.book.path,
        encrypted=desk.book.encrypted,
        runner=InlineRunner(desk, bus, owner),
        bus=bus,
        theme=look,
        settings=Settings(folder / "settings.ini", owner),
        actions=Actions(look, owner),
        messages=Messages(owner),
        navigator=Navigator(owner),
        clock=lambda: NOW,
        languages=Languages(app, owner),
    )
    context.runner.failed.connect(context.messages.fail)
    return context


@dataclass(frozen=True)
class People:
    """The ids of the small book."""

    papadopoulos: int
    myloi: int
    xenodocheia: int
    contact: int
    call: int


def fill_small(desk: Desk) -> People:
    """Write three clients, a contact, two interactions with promises, a task and a target."""

    def add(**fields: Any) -> int:
        return desk.perform(STEP, create_client, **fields).value

    first = add(
        name="Παπαδόπουλος Α.Ε.", code="C1", city="Θεσσαλονίκη", segment="A", phone="2310123456",
        vat_id="094014201", email="info@papadopoulos.example",
    )  # fmt: skip
    second = add(name="Μύλοι Θερμαϊκού Α.Ε.", code="C2", city="Σίνδος", segment="B")
    third = add(name="Ξενοδοχεία Αιγαίου", code="C10", city="Μύκονος")
    contact = desk.perform(
        STEP, create_contact, client_id=first, name="Ε. Μαυρίδου", role="ΟΔ", decides=True
    ).value
    call = desk.perform(
        STEP,
        log_interaction,
        client_id=first,
        kind=InteractionKind.CALL,
        happened_at=dt.datetime(2026, 11, 12, 7, 15, tzinfo=dt.UTC),
        body="Συμφωνεί στις 60 ημέρες. Ζητά γραπτώς τους νέους όρους.",
        contact_id=contact,
        minutes=12,
        mood=Mood.GOOD,
        promises=(PromiseInput(PromiseBy.US, "αναθεωρημένοι όροι", dt.date(2026, 11, 13)),),
        next_step=TaskInput("Αποστολή όρων", dt.date(2026, 11, 13), dt.time(10)),
    ).value
    desk.perform(
        STEP,
        log_interaction,
        client_id=first,
        kind=InteractionKind.NOTE,
        happened_at=dt.datetime(2026, 11, 3, 9, 0, tzinfo=dt.UTC),
        body="Η χρήση κλείνει τον Ιούνιο.",
    )
    desk.perform(STEP, set_target, month=dt.date(2026, 11, 1), amount_minor=19_000_00)
    return People(first, second, third, contact, call)


def type_text(widget: QWidget, text: str) -> None:
    """Type a text of any script as an input method commits it; QTest aborts on Greek."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def press(widget: QWidget, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key on a widget."""
    QTest.keyClick(widget, key, modifier)


def opened(path: Path) -> Desk:
    """Open an encrypted test book."""
    return Desk(Book.open(path, password=PASSWORD, kdf=TEST_KDF))


def session_over(desk: Desk, app: QApplication, folder: Path) -> Session:
    """Return the session of an open book, its window shown, in English, answering at once."""
    languages = Languages(app)
    languages.speak("en")
    made = Session(
        desk.book.path,
        encrypted=desk.book.encrypted,
        theme=dress(app),
        settings=Settings(folder / "settings.ini"),
        languages=languages,
        clock=lambda: NOW,
        runner_class=InlineRunner,
    )
    made.start(desk)
    return made


def leave(session: Session, qtbot: QtBot) -> None:
    """Close the window and wait for the last backup."""
    ended: list[bool] = []
    session.ended.connect(lambda: ended.append(True))
    session.window.close()
    qtbot.waitUntil(lambda: bool(ended))


@dataclass
class BenchHere:
    """Tries files without a child process."""

    shelf: Shelf = field(default_factory=Shelf)
    closed: int = 0

    def try_file(self, desk: Desk, path: Path, **wanted: Any) -> Trial:
        return try_file(desk, self.shelf, path, **wanted)

    def close(self) -> None:
        self.closed += 1


def import_here(desk: Desk, path: Path, **wanted: Any) -> Result[Any]:
    """Import without a child process."""
    return Result(*import_with_changes(desk, path, **wanted))


def here(page: ImportPage) -> ImportPage:
    """Let a page work in this process."""
    page.batch.bench = BenchHere()
    page.batch.carry_out = import_here
    return page
