"""Files dropped on the window: e-mails find their client, others stay with theirs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from acctdesk.exchange.calendars import read_calendar
from acctdesk.kinds import TimelineKind
from acctdesk.models import Receipt
from acctdesk.services.clients import create_client
from acctdesk.services.contacts import contacts_of
from acctdesk.services.desk import Desk
from acctdesk.services.rows import TimelineItem
from acctdesk.services.tasks import open_tasks
from acctdesk.services.timeline import timeline
from acctdesk.ui.context import Context, Target
from acctdesk.ui.dialogs.bank_in import BankInDialog
from acctdesk.ui.dialogs.calendar_in import CalendarInDialog
from acctdesk.ui.dialogs.calendar_out import CalendarOutDialog
from acctdesk.ui.dialogs.capture import CaptureDialog
from acctdesk.ui.dialogs.invoices_in import InvoicesInDialog
from acctdesk.ui.dialogs.mail_client import MailClientDialog
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.clients.page import ClientsPage
from acctdesk.ui.pages.imports import ImportPage
from tests.exchange.money_samples import CAMT, MT940, mydata, mydata_invoice
from tests.ui.world import STEP, TODAY, People, fill_small, make_context, press


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
def window(
    context: Context, people: People, qapp: QApplication, qtbot: QtBot
) -> Iterator[MainWindow]:
    """Give the window with the Clients page, Mills chosen."""
    made = MainWindow(context, [ClientsPage.spec, ImportPage.spec])
    made.resize(1440, 900)
    made.start()
    made.show()
    page = clients(made)
    qtbot.waitUntil(lambda: page.list.current_row() is not None)
    page.list.show_client(people.myloi)
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()
    qapp.processEvents()


def clients(window: MainWindow) -> ClientsPage:
    """Return the Clients page."""
    assert isinstance(window.page, ClientsPage)
    return window.page


def mail(folder: Path, sender: str, *, number: int = 1, file: str = "") -> Path:
    """Write a saved e-mail."""
    path = folder / f"{number}.eml"
    more = f"Content-Disposition: attachment; filename={file}\n" if file else ""
    path.write_text(
        f"From: Κάποιος <{sender}>\nSubject: Θέμα {number}\nMessage-ID: <{number}@x>\n"
        f"Date: Wed, 11 Mar 2026 10:05:00 +0200\nContent-Type: text/plain; charset=utf-8\n{more}"
        "\nΚείμενο",
        encoding="utf-8",
    )
    return path


def drop(window: MainWindow, at: QPoint, *files: Path) -> None:
    """Drag files over a point of the window and let them go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in files])
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(at, Qt.DropAction.CopyAction, data, *keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, *keys))


def history(desk: Desk, client_id: int) -> list[TimelineItem]:
    """Return the interactions of a client."""
    items = desk.query(timeline, client_id=client_id, today=TODAY)
    return [one for one in items if one.kind is TimelineKind.INTERACTION]


def last(context: Context) -> str:
    """Return the last thing that was said."""
    return str(context.messages.log[-1].text)


def test_an_email_dropped_on_the_window_goes_to_its_sender(
    window: MainWindow, desk: Desk, people: People, tmp_path: Path, context: Context
) -> None:
    """Whoever is shown; a second drop is recognised and shows the first."""
    file = mail(tmp_path, "info@papadopoulos.example")
    before = len(history(desk, people.papadopoulos))
    drop(window, QPoint(60, 300), file)
    assert len(history(desk, people.papadopoulos)) == before + 1
    assert history(desk, people.myloi) == []
    assert last(context) == "The e-mail was kept. Client: Παπαδόπουλος Α.Ε.."
    drop(window, QPoint(60, 300), file)
    assert len(history(desk, people.papadopoulos)) == before + 1
    assert last(context).startswith("This e-mail of 11/03/2026 is already in the history")
    action = context.messages.log[-1].action
    assert action is not None
    action.run()
    assert clients(window).record.client_id == people.papadopoulos
    shown = window.findChild(CaptureDialog)
    assert shown is not None
    shown.reject()


def test_files_dropped_on_a_client_stay_with_it(
    window: MainWindow, desk: Desk, people: People, tmp_path: Path, context: Context
) -> None:
    """An e-mail of a stranger at its own date, the other file in a note; each is taken back."""
    offer = tmp_path / "προσφορά.xlsx"
    offer.write_bytes(b"PK")
    record = clients(window).record
    middle = record.mapTo(window, record.rect().center())
    drop(window, middle, mail(tmp_path, "x@elsewhere.example"), offer)
    note, letter = history(desk, people.myloi)
    assert (letter.subject, letter.day.year) == ("Θέμα 1", 2026)
    assert [(note.subject, file.name) for file in note.files] == [("προσφορά.xlsx", offer.name)]
    assert last(context) == "1 file is kept in the book."
    context.runner.undo()
    context.runner.undo()
    assert history(desk, people.myloi) == []


def test_a_table_kept_at_a_client_can_be_imported_all_the_same(
    window: MainWindow, desk: Desk, people: People, tmp_path: Path, context: Context
) -> None:
    """Of what is no table nothing more is offered."""
    record = clients(window).record
    middle = record.mapTo(window, record.rect().center())
    contract = tmp_path / "σύμβαση.pdf"
    contract.write_bytes(b"%PDF")
    drop(window, middle, contract)
    table = tmp_path / "πελάτες.csv"
    table.write_text("Κωδικός;Επωνυμία;Πόλη\n30.99;Νέος ΑΕ;Βόλος\n", encoding="utf-8")
    drop(window, middle, table, contract)
    later = tmp_path / "άλλοι.csv"
    later.write_text("Κωδικός;Επωνυμία;Πόλη\n30.98;Άλλος ΑΕ;Βόλος\n", encoding="utf-8")
    drop(window, middle, later)
    first, second, _third = context.messages.log
    assert first.more is None
    assert second.more is not None
    assert second.action is not None
    second.more.run()
    page = window.page
    assert isinstance(page, ImportPage)
    assert [one.path for one in page.batch.files] == [table]
    assert len(history(desk, people.myloi)) == 3


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("kinisi.xml", CAMT, BankInDialog),
        ("kinisi.txt", MT940, BankInDialog),
        ("mydata.xml", mydata(mydata_invoice()), InvoicesInDialog),
    ],
)
def test_a_bank_file_dropped_on_a_client_is_shown_and_can_be_kept_instead(
    window: MainWindow, desk: Desk, people: People, tmp_path: Path, name: str, content: str,
    kind: type[QDialog],
) -> None:  # fmt: skip
    record = clients(window).record
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    drop(window, record.mapTo(window, record.rect().center()), file)
    dialog = next(one for one in window.findChildren(kind) if one.isVisible())
    assert history(desk, people.myloi) == []
    button(dialog, "Keep as a file").click()
    assert not dialog.isVisible()
    assert [file.name for one in history(desk, people.myloi) for file in one.files] == [name]
    assert desk.query(lambda s: s.scalars(select(Receipt.id)).all()) == []
    drop(window, QPoint(400, 300), file)
    elsewhere = next(one for one in window.findChildren(kind) if one.isVisible())
    assert button(elsewhere, "Cancel").isVisible()
    assert "Keep as a file" not in {one.text() for one in elsewhere.findChildren(QPushButton)}


def button(dialog: QDialog, text: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == text)


def test_a_spoilt_bank_file_on_a_client_can_be_kept(
    window: MainWindow, desk: Desk, people: People, tmp_path: Path, context: Context
) -> None:
    record = clients(window).record
    file = tmp_path / "kinisi.xml"
    file.write_text(CAMT[:900], encoding="utf-8")
    drop(window, record.mapTo(window, record.rect().center()), file)
    assert last(context).startswith("kinisi.xml was not read")
    action = context.messages.log[-1].action
    assert action is not None
    action.run()
    assert [one.subject for one in history(desk, people.myloi)] == ["kinisi.xml"]


def test_the_place_that_takes_files_is_shown(window: MainWindow, tmp_path: Path) -> None:
    """Over the record the client keeps them, elsewhere they are imported."""
    record, veil = clients(window).record, window.incoming.drops.veil
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.pdf"))])
    for at, name in (
        (record.mapTo(window, record.rect().center()), "Drop to keep with this client"),
        (QPoint(400, 300), "Drop to import"),
    ):
        event = QDragEnterEvent(
            at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(window, event)
        assert veil.accessibleName() == name
        assert veil.isVisible()


def test_an_unknown_sender_is_asked_about(
    window: MainWindow, desk: Desk, people: People, tmp_path: Path, qtbot: QtBot
) -> None:
    """Left, nothing changes; chosen and remembered, the next one needs no question."""
    file = mail(tmp_path, "nea@mills.example")
    for keep in (False, True):
        drop(window, QPoint(60, 300), file)
        dialog = next(one for one in window.findChildren(MailClientDialog) if one.isVisible())
        assert not dialog.keep.isEnabled()
        if not keep:
            dialog.reject()
            assert history(desk, people.myloi) == []
            continue
        dialog.picker.take(people.myloi, "Μύλοι")
        dialog.remember.setChecked(True)
        dialog.keep.click()
    assert [one.person for one in history(desk, people.myloi)] == ["Κάποιος"]
    assert [one.email for one in desk.query(contacts_of, client_id=people.myloi)] == [
        "nea@mills.example"
    ]
    drop(window, QPoint(60, 300), mail(tmp_path, "nea@mills.example", number=2))
    assert len(history(desk, people.myloi)) == 2


def test_several_clients_of_one_address_are_offered(
    window: MainWindow, desk: Desk, people: People, tmp_path: Path
) -> None:
    """Each by name; questions come one after the other."""
    other = desk.perform(
        STEP, create_client, name="Θυγατρική", email="a@papadopoulos.example"
    ).value
    files = [mail(tmp_path, "b@papadopoulos.example", number=number) for number in (1, 2)]
    drop(window, QPoint(60, 300), *files)
    for _ in files:
        (dialog,) = (one for one in window.findChildren(MailClientDialog) if one.isVisible())
        assert {offer.text() for offer in dialog.offers} == {"Παπαδόπουλος Α.Ε.", "Θυγατρική"}
        next(one for one in dialog.offers if one.text() == "Θυγατρική").click()
        dialog.keep.click()
    assert [one.subject for one in history(desk, other)] == ["Θέμα 2", "Θέμα 1"]


def test_a_broken_email_is_told_and_the_others_are_kept(
    window: MainWindow, desk: Desk, people: People, tmp_path: Path, context: Context
) -> None:
    """By its name."""
    broken = tmp_path / "broken.eml"
    broken.write_bytes(b"nothing of the kind")
    before = len(history(desk, people.papadopoulos))
    drop(window, QPoint(60, 300), broken, mail(tmp_path, "info@papadopoulos.example"))
    assert any("broken.eml was not read" in str(toast.text) for toast in context.messages.log)
    assert len(history(desk, people.papadopoulos)) == before + 1


def test_a_kept_file_is_copied_out_by_key(
    window: MainWindow, desk: Desk, people: People, tmp_path: Path, context: Context
) -> None:
    """Space on the line of the e-mail; what can run is warned of."""
    file = mail(tmp_path, "info@papadopoulos.example", file="setup.exe")
    context.navigator.requested.emit(Target("import", files=(str(file),)))
    page = clients(window)
    page.list.show_client(people.papadopoulos)
    view = page.record.timeline.view
    kept = next(one for one in page.record.timeline.model.items() if one.files)
    view.choose(kept.key)
    view.setFocus()
    press(view, Qt.Key.Key_Space)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    out = tmp_path / "out.exe"
    dialog.fileSelected.emit(str(out))
    QDialog.close(dialog)
    assert out.read_text(encoding="utf-8") == "Κείμενο"
    assert "can run as a program" in last(context)
    page.record.timeline.files.trash(kept.files[0])
    assert not any(one.files for one in history(desk, people.papadopoulos))


def test_files_are_chosen_for_a_client_or_one_interaction(
    window: MainWindow, desk: Desk, people: People, tmp_path: Path, context: Context
) -> None:
    """By the menu; a folder that cannot be read says so."""
    contract = tmp_path / "σύμβαση.pdf"
    contract.write_bytes(b"%PDF")
    page = clients(window)
    page.list.show_client(people.papadopoulos)
    page.record.timeline.files.choose(people.papadopoulos, people.call)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(contract)])
    QDialog.close(dialog)
    call = next(one for one in history(desk, people.papadopoulos) if one.key[1] == people.call)
    assert [file.name for file in call.files] == ["σύμβαση.pdf"]
    page.record.timeline.files.add([tmp_path / "gone.pdf"], people.papadopoulos)
    assert sum(len(one.files) for one in history(desk, people.papadopoulos)) == 1


def calendar(folder: Path, *lines: str) -> Path:
    """Write a calendar of one appointment."""
    path = folder / "c.ics"
    event = "\n".join(("UID:a", "SUMMARY:Ανασκόπηση", *lines))
    path.write_text(
        f"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR\n",
        encoding="utf-8",
    )
    return path


def test_a_calendar_is_shown_before_it_is_taken_in(
    window: MainWindow, desk: Desk, context: Context, tmp_path: Path
) -> None:
    """Left, nothing changes; taken in twice, it is there once; moved, it moves."""
    before = len(desk.query(open_tasks))
    file = calendar(tmp_path, "DTSTART:20261120T100000")
    for keep, count in ((False, 0), (True, 1)):
        drop(window, QPoint(60, 300), file)
        dialog = next(one for one in window.findChildren(CalendarInDialog) if one.isVisible())
        assert dialog.table.model().index(0, 3).data() == "Ανασκόπηση"
        dialog.done(int(keep))
        assert len(desk.query(open_tasks)) == before + count
    drop(window, QPoint(60, 300), file)
    assert not any(one.isVisible() for one in window.findChildren(CalendarInDialog))
    assert last(context) == "Nothing is new in this calendar. Nothing was changed."
    drop(window, QPoint(60, 300), calendar(tmp_path, "DTSTART:20261121T100000"))
    dialog = next(one for one in window.findChildren(CalendarInDialog) if one.isVisible())
    assert dialog.table.model().index(0, 5).data() == "20/11/2026 10:00"
    dialog.accept()
    assert len(desk.query(open_tasks)) == before + 1
    context.runner.undo()
    context.runner.undo()
    assert len(desk.query(open_tasks)) == before


def test_tasks_are_written_for_another_calendar(
    window: MainWindow, context: Context, tmp_path: Path
) -> None:
    """All of them or those of a period; the file can be read back."""
    out = tmp_path / "out.ics"
    for period, count in (("all", 1), ("30", 1)):
        context.actions["file.calendar"].trigger()
        dialog = next(one for one in window.findChildren(CalendarOutDialog) if one.isVisible())
        dialog.period.choose(period)
        chooser = _choose(dialog, out)
        assert chooser.isHidden()
        assert last(context) == f"{count} task was saved as appointment: out.ics"
    content = read_calendar(out, start=TODAY, end=TODAY.replace(year=2027))
    assert [one.summary for one in content.occurrences] == ["Αποστολή όρων – Παπαδόπουλος Α.Ε."]


def _choose(dialog: CalendarOutDialog, out: Path) -> QFileDialog:
    dialog.findChildren(QPushButton)[-1].click()
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    QDialog.close(chooser)
    chooser.fileSelected.emit(str(out))
    return chooser
