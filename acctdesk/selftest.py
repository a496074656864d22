"""The built program tries every part of itself on a temporary book: ``acctdesk self-test``."""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
import platform
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from acctdesk import assets, i18n
from acctdesk.bootstrap import HOME_VARIABLE
from acctdesk.i18n import Message, msg
from acctdesk.kinds import Language

if TYPE_CHECKING:
    from acctdesk.services.desk import Desk

TODAY = dt.date(2026, 6, 30)
_CLIENTS = "Κωδικός;Επωνυμία;ΑΦΜ;Πόλη\n30.00.0001;Αθηνά Τρόφιμα Α.Ε.;094259216;Αθήνα\n"
_SALES = (
    "Παραστατικό;Τύπος;Ημερομηνία;Κωδικός πελάτη;Καθαρή αξία;ΦΠΑ;Σύνολο\n"
    "ΤΙΜ-1;Τιμολόγιο;15/05/2026;30.00.0001;1.000,00;240,00;1.240,00\n"
)


@dataclass(slots=True)
class _Trial:
    """The temporary folder and what earlier steps left in it."""

    folder: Path
    password: str
    desk: Desk | None = None

    def opened(self) -> Desk:
        """Return the desk that the first step opened."""
        assert self.desk is not None
        return self.desk


def run() -> int:
    """Try every part in order; return 0 where all work, 1 where one does not."""
    failed = 0
    sys.stdout.write(f"acctdesk {assets.version()}, Python {platform.python_version()}\n")
    language = i18n.language()  # a book that is opened may speak another
    with tempfile.TemporaryDirectory(prefix="acctdesk-", ignore_cleanup_errors=True) as name:
        trial = _Trial(Path(name), secrets.token_urlsafe(12))
        os.environ[HOME_VARIABLE] = name  # the officer's settings and recent books stay as they are
        try:
            for message, step in _steps():
                title = message.localized(language)
                started = time.perf_counter()
                try:
                    step(trial)
                except Exception as error:  # noqa: BLE001 - it reports whatever is broken here
                    failed += 1
                    sys.stdout.write(f"✗ {title}: {type(error).__name__}: {error}\n")
                    if step is _book:
                        break  # every later step needs it
                else:
                    took = time.perf_counter() - started
                    sys.stdout.write(f"✓ {title} ({took:.1f} s)\n")
        finally:
            if trial.desk is not None:
                trial.desk.close()
    verdict = (
        msg("SelfTest", "Something does not work; see above.")
        if failed
        else msg("SelfTest", "Everything works.")
    )
    sys.stdout.write(f"{verdict.localized(language)}\n")
    return 1 if failed else 0


def _steps() -> list[tuple[Message, Callable[[_Trial], None]]]:
    steps: list[tuple[Message, Callable[[_Trial], None]]] = [
        (msg("SelfTest", "Fonts, icons, themes and Greek words are there"), _resources),
        (msg("SelfTest", "A book can be brought up to date"), _migrations),
        (msg("SelfTest", "An encrypted book is made, closed and opened again"), _book),
        (msg("SelfTest", "Files are imported"), _import),
        (msg("SelfTest", "A workbook is imported in a process of its own"), _import_in_child),
        (msg("SelfTest", "The search finds Greek without accents"), _search),
        (msg("SelfTest", "Figures are right, a change is undone"), _figures),
        (msg("SelfTest", "A chart is drawn"), _chart),
        (msg("SelfTest", "A workbook is written and read back"), _workbook),
        (msg("SelfTest", "A workbook is written in a process of its own"), _workbook_in_child),
        (msg("SelfTest", "E-mails are read"), _mail),
        (msg("SelfTest", "A calendar is written and read back"), _calendar),
        (msg("SelfTest", "Letters are written in a process of their own"), _letters),
        (msg("SelfTest", "A backup is made and checked"), _backup),
    ]
    if importlib.util.find_spec("PySide6") is not None:
        steps += [
            (msg("SelfTest", "The window is shown"), _window),
            (msg("SelfTest", "A page is printed as PDF"), _page),
        ]
    return steps


def _require(condition: object, what: str) -> None:
    if not condition:
        raise RuntimeError(what)


def _resources(_trial: _Trial) -> None:
    for kind, least in (("fonts/*.ttf", 4), ("icons/*.svg", 50), ("themes/*/*.svg", 4)):
        found = sum(1 for _ in assets.root().glob(kind))
        _require(found >= least, f"{kind}: {found}")
    _require(assets.path("themes", "base.qss").is_file(), "base.qss")
    topics = [sum(1 for _ in assets.manual().glob(f"{one}/*.md")) for one in Language]
    _require(min(topics) > 10 and len(set(topics)) == 1, f"manual: {topics}")
    sentence = msg("SelfTest", "Everything works.")
    _require(sentence.localized(Language.EL) != sentence.text, "no Greek")


def _migrations(_trial: _Trial) -> None:
    from alembic.script import ScriptDirectory

    from acctdesk.storage import migrate

    heads = ScriptDirectory(str(Path(migrate.__file__).with_name("migrations"))).get_heads()
    _require(heads == [migrate.REVISIONS[migrate.SCHEMA_VERSION]], f"revisions {heads}")


def _book(trial: _Trial) -> None:
    from acctdesk import bootstrap
    from acctdesk.storage import envelope

    path = trial.folder / "self-test.acctbook"
    bootstrap.create_book(path, password=trial.password, officer="self-test").close()
    _require(not path.read_bytes().startswith(b"SQLite format"), "the file is not encrypted")
    real = envelope.REAL_KDF
    for slot in envelope.read(path).slots:
        _require(
            (slot.memory_kib, slot.passes) >= (real.memory_kib, real.passes), "the key is too cheap"
        )
    trial.desk = bootstrap.open_book(path, password=trial.password)


def _import(trial: _Trial) -> None:
    from acctdesk.exchange.runner import import_file

    for name, content in (("pelates.csv", _CLIENTS), ("poliseis.csv", _SALES)):
        file = trial.folder / name
        file.write_text(content, encoding="utf-8")
        result = import_file(trial.opened(), file, today=TODAY)
        _require(result.created == 1, f"{name}: {result.counts()}")


def _import_in_child(trial: _Trial) -> None:
    from openpyxl import Workbook

    from acctdesk.exchange.elsewhere import import_in_child

    file = trial.folder / "eispraxeis.xlsx"
    book = Workbook()
    assert book.active is not None
    book.active.append(["Αρ. είσπραξης", "Ημερομηνία", "Κωδικός πελάτη", "Ποσό"])
    book.active.append(["ΕΙΣ-1", dt.date(2026, 6, 1), "30.00.0001", 240.0])
    book.save(file)
    result = import_in_child(trial.opened(), file, today=TODAY).value
    _require(result.created == 1, f"{result.counts()}")


def _search(trial: _Trial) -> None:
    from acctdesk.services.search import find

    for typed in ("αθηνα", "athina"):
        hits = trial.opened().query(find, text=typed)
        _require([hit.kind for hit in hits] == ["client"], f"{typed}: {len(hits)}")


def _figures(trial: _Trial) -> None:
    from acctdesk.services.clients import create_client
    from acctdesk.services.figures import figures

    desk = trial.opened()
    found = desk.query(figures, as_of=TODAY)
    _require(found.net_minor == 100_000, f"net {found.net_minor}")
    _require(found.receivables.open_minor == 124_000, f"open {found.receivables.open_minor}")
    desk.perform(msg("SelfTest", "Add a client"), create_client, name="Undone")
    desk.undo()
    _require(desk.query(figures, as_of=TODAY) == found, "undo left something behind")


def _chart(trial: _Trial) -> None:
    from acctdesk.charts.style import LIGHT
    from acctdesk.charts.targets import month_bars
    from acctdesk.services.targets import target_series

    series = trial.opened().query(target_series, fiscal_year=TODAY.year, as_of=TODAY)
    figure = month_bars(series, tokens=LIGHT, width=360, height=200, language="el")
    file = trial.folder / "chart.png"
    figure.savefig(file)
    _require(file.stat().st_size > 1000, "the picture is empty")


def _workbook(trial: _Trial) -> None:
    from acctdesk.reports.pack import write_pack

    _write_and_read(trial, write_pack, "report.xlsx")


def _workbook_in_child(trial: _Trial) -> None:
    from acctdesk.reports.pack import write_pack_in_child

    _write_and_read(trial, write_pack_in_child, "report-2.xlsx")


def _write_and_read(trial: _Trial, write: Callable[..., object], name: str) -> None:
    from openpyxl import load_workbook

    from acctdesk.periods import parse_period

    file = trial.folder / name
    write(trial.opened(), out=file, period=parse_period("2026Q2"), as_of=TODAY, language="el")
    book = load_workbook(file, read_only=True)
    try:
        _require(len(book.sheetnames) >= 5, f"{len(book.sheetnames)} sheets")
    finally:
        book.close()


def _mail(trial: _Trial) -> None:
    from acctdesk.errors import UserError
    from acctdesk.exchange.mail import read_mail

    file = trial.folder / "mail.eml"
    file.write_text(
        "From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n<p>Καλη<b>μέρα</b></p>",
        encoding="utf-8",
    )
    _require(read_mail(file).text == "Καλημέρα", "the text is not right")
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))  # Outlook's, but empty
    try:
        read_mail(file)
    except UserError:
        return
    raise RuntimeError("a damaged e-mail was read")


def _calendar(trial: _Trial) -> None:
    from acctdesk.exchange.calendars import read_calendar, write_calendar
    from acctdesk.services.tasks import add_task

    desk, file = trial.opened(), trial.folder / "tasks.ics"
    add = msg("SelfTest", "A calendar is written and read back")
    desk.perform(add, add_task, title="Κλήση", due_on=TODAY, due_time=dt.time(9))
    desk.query(write_calendar, path=file, name="acctdesk")
    found = read_calendar(file, start=TODAY, end=TODAY + dt.timedelta(days=1)).occurrences
    _require([str(one.start) for one in found] == [f"{TODAY} 09:00:00+03:00"], f"{found}")


def _letters(trial: _Trial) -> None:
    import io

    from docx import Document

    from acctdesk.exchange.letters import Recipients, make_in_child
    from acctdesk.kinds import LetterKind
    from acctdesk.services.letters import letter_templates, save_template
    from acctdesk.services.lists import ClientQuery

    desk, content, label = trial.opened(), io.BytesIO(), msg("SelfTest", "Letters are written")
    layout = Document()
    layout.add_paragraph("Προς {{ client_name }}")
    layout.save(content)
    for number, document in enumerate((None, content.getvalue())):
        desk.perform(
            label, save_template, name=f"{number}", kind=LetterKind.LETTER, language=Language.EL,
            subject="", body="Προς {{ client_name }}", content=document,
        )  # fmt: skip
    for template in desk.query(letter_templates)[:2]:
        done = make_in_child(
            desk, template=template, recipients=Recipients(query=ClientQuery()),
            folder=trial.folder, leave_gaps=False, today=TODAY, at=dt.datetime.now(dt.UTC),
        )  # fmt: skip
        said = Document(str(done.files[0])).paragraphs[0].text
        _require(said == "Προς Αθηνά Τρόφιμα Α.Ε.", said)


def _backup(trial: _Trial) -> None:
    made = trial.opened().backup()
    _require(made.stat().st_size > 1000, "the backup is empty")
    _require(trial.opened().check().ok, "the book is not whole")


def _window(trial: _Trial) -> None:
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from acctdesk.ui import app

    app.show_once(trial.opened())


def _page(trial: _Trial) -> None:
    from PySide6.QtGui import QTextDocument
    from PySide6.QtWidgets import QApplication

    from acctdesk.ui import painting
    from acctdesk.ui.printing import save_pdf

    _app = QApplication.instance() or QApplication(["acctdesk"])  # the window's may have ended
    painting.load_fonts()
    file = trial.folder / "page.pdf"
    pages = save_pdf(QTextDocument("Καλημέρα"), file, heading="acctdesk")
    _require(pages == 1 and file.read_bytes().startswith(b"%PDF"), f"{pages} pages")
    _require(file.stat().st_size > 1000, "the page is empty")
