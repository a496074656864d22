"""Every page, dialog and pop-up of the program by name, and the way to each.

Pictures, geometry, contrast and accessibility go through this one list: what is not in it is
looked at by nobody. A way opens something, yields the widget to look at, and closes it again; the
book is left as it was.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QDialog, QMenu, QWidget

from acctdesk.i18n import msg
from acctdesk.kinds import NeedState, TimelineKind
from acctdesk.reports.pack import PackResult
from acctdesk.services import demo
from acctdesk.services.rows import NeedRow
from acctdesk.services.ways_out import damaged, disk_failed
from acctdesk.ui.calendar_doors import CALENDAR_DOORS
from acctdesk.ui.case_doors import CASE_DOORS
from acctdesk.ui.collecting_doors import COLLECTING_DOORS
from acctdesk.ui.credit_doors import CREDIT_DOORS
from acctdesk.ui.dialogs import registry
from acctdesk.ui.dialogs.calendar_in import CalendarInDialog
from acctdesk.ui.dialogs.first_run import FirstRunDialog
from acctdesk.ui.dialogs.help import helper
from acctdesk.ui.dialogs.letter_form import LetterForm
from acctdesk.ui.dialogs.letters import LettersDialog
from acctdesk.ui.dialogs.mail_client import MailClientDialog
from acctdesk.ui.dialogs.move import MoveDialog, open_copy
from acctdesk.ui.dialogs.need_form import NeedForm
from acctdesk.ui.dialogs.password import PasswordDialog, RecoveryDialog
from acctdesk.ui.dialogs.recovery_page import RecoveryPage
from acctdesk.ui.dialogs.removal import ask_to_remove
from acctdesk.ui.dialogs.report import ReportDialog
from acctdesk.ui.dialogs.restore import RestoreDialog
from acctdesk.ui.dialogs.start import StartDialog
from acctdesk.ui.dialogs.unlock import UnlockDialog
from acctdesk.ui.messages import ToastAction
from acctdesk.ui.money_doors import MONEY_DOORS
from acctdesk.ui.pages.clients.page import ClientsPage
from acctdesk.ui.pages.imports import ImportPage
from acctdesk.ui.pages.imports.closing import ask_to_stop
from acctdesk.ui.pages.page import Page
from acctdesk.ui.pages.promises import PromisesPage
from acctdesk.ui.pages.receivables import ReceivablesPage
from acctdesk.ui.pages.receivables.ageing_pane import AgeingPane
from acctdesk.ui.pages.settings import SettingsPage
from acctdesk.ui.pages.targets import TargetsPage
from acctdesk.ui.pages.tasks import TasksPage
from acctdesk.ui.pages.today import TodayPage
from acctdesk.ui.privacy import privacy
from acctdesk.ui.target_doors import TARGET_DOORS
from acctdesk.ui.widgets.floating import FloatingPanel

if TYPE_CHECKING:
    from acctdesk.ui.main_window import MainWindow
    from acctdesk.ui.session import Session

# what is also looked at in an empty book
EMPTY = ("today", "clients", "tasks", "promises", "receivables", "targets", "cases")
_CODE = "2345A-6789B-CDEFG-HJKMN-PQRST"  # looks like a recovery code and opens nothing
_NEED = NeedRow(0, 0, None, "Δύο ψυκτικοί θάλαμοι από Μάρτιο", NeedState.OPEN, None, None, 1)
_NOBODY = "ξψξψξψ"  # fits no client
_FILE = (
    ("Κωδ. Πελ.", "ΕΠΩΝΥΜΙΑ / Όνομα", "Α.Φ.Μ", "Πόλη", "ΤΗΛ/ΚΙΝ", "Κατ.", "Υπεύθ."),
    ("9001", "Ελαιώνες Μεσσηνίας Α.Ε.", "094014201", "Καλαμάτα", "2721012345", "Α", "Μ.Λ."),
    ("9002", "ΑΦΟΙ ΚΑΡΑΓΙΑΝΝΗ ΟΕ", "90000045", "ΒΟΛΟΣ", "2421055123", "Α+", "Μ.Λ."),
    ("9003", "Ψυκτική Αττικής Ε.Π.Ε.", "801552114", "Πειραιάς", "2421 0 55", "Β", "Κ.Τ."),
    ("9003", "ΨΥΚΤΙΚΗ ΑΤΤΙΚΗΣ", "801552114", "Πειραιάς", "", "Γ", "Κ.Τ."),
)
_MAIL = """From: Νέα Υπεύθυνη <prom@agnosti.example>
Subject: Ερώτηση για τους όρους της σύμβασης
Date: Wed, 11 Mar 2026 10:05:00 +0200
Content-Type: text/plain; charset=utf-8

Καλημέρα σας."""
_CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:a
SUMMARY:Τριμηνιαία ανασκόπηση των συμφωνημένων όρων
DTSTART:{day}T110000
DURATION:PT1H
RRULE:FREQ=WEEKLY;COUNT=3
END:VEVENT
BEGIN:VEVENT
UID:b
SUMMARY:Άδεια
DTSTART;VALUE=DATE:{day}
END:VEVENT
END:VCALENDAR
"""
P = TypeVar("P", bound=Page)
D = TypeVar("D", bound=QDialog)


@dataclass(frozen=True, slots=True)
class Tour:
    """Who goes through the doors: an open book's window, a folder for files, and patience."""

    session: Session
    folder: Path
    settle: Callable[[], None]  # lets answers arrive and widgets be laid out

    @property
    def window(self) -> MainWindow:
        """The window of the book."""
        return self.session.window

    def page(self, kind: type[P]) -> P:
        """Bring a page to the front and return it."""
        self.window.show_page(kind.spec.key)
        self.settle()
        page = self.window.page
        assert isinstance(page, kind)
        return page

    def shown(self, kind: type[D], show: Callable[[], object]) -> D:
        """Show a dialog over the window and return it."""
        show()
        self.settle()
        return next(one for one in self.window.findChildren(kind) if one.isVisible())


Way = Callable[[Tour], Iterator[QWidget]]


@contextmanager
def opened(key: str, tour: Tour) -> Iterator[QWidget]:
    """Open what a door leads to; close it afterwards."""
    way = DOORS[key](tour)
    widget = next(way)
    tour.settle()
    yield widget
    next(way, None)
    tour.settle()
    tour.window.toasts.dismiss()


# -- pages -----------------------------------------------------------------------------------------


def _page(kind: type[Page], tour: Tour) -> Iterator[QWidget]:
    tour.page(kind)
    yield tour.window


def _facts(tour: Tour) -> Iterator[QWidget]:
    page = tour.page(ClientsPage)
    page.edit()
    yield tour.window
    page.list.focus_list()  # nothing was typed: leaving takes the field back
    page.record.show_part(0)


def _group_timeline(tour: Tour) -> Iterator[QWidget]:
    page = tour.page(ClientsPage)
    tools = page.record.timeline.tools
    for place in range(page.list.model.rowCount()):
        if not tools.group_button.isHidden():
            break
        page.list.view.selectRow(place)
        tour.settle()
    tools.group_button.setChecked(True)
    tools.search_button.setChecked(True)
    yield tour.window
    tools.search_button.setChecked(False)
    tools.group_button.setChecked(False)
    page.list.view.selectRow(0)


def _hidden(tour: Tour) -> Iterator[QWidget]:
    page = tour.page(ClientsPage)
    page.list.filter.setText(_NOBODY)
    yield tour.window
    page.list.clear_filter()


def _tasks(chip: str, tour: Tour) -> Iterator[QWidget]:
    page = tour.page(TasksPage)
    page.chips.choose(chip)
    yield tour.window
    page.chips.choose("tasks")


def _receivables(chart: str, lines: str, tour: Tour) -> Iterator[QWidget]:
    page = tour.page(ReceivablesPage).show_tab("ageing")
    assert isinstance(page, AgeingPane)
    page.months.choice.choose(chart)
    page.list_choice.choose(lines)
    yield tour.window
    page.months.choice.choose("amount")
    page.list_choice.choose("overdue")


def _private(kind: type[Page], tour: Tour) -> Iterator[QWidget]:
    tour.page(kind)
    privacy().set_on(True)
    yield tour.window
    privacy().set_on(False)


# -- the import, step by step ----------------------------------------------------------------------


def _import(tour: Tour, *more: str) -> ImportPage:
    page = tour.page(ImportPage)
    path = tour.folder / "πελατολόγιο ΤΕΛΙΚΟ(2).csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(_FILE)
    others = [tour.folder / name for name in more]
    for one in others:
        one.write_bytes(b"PK\x03\x04")  # damaged
    page.take_files([path, *others])
    tour.settle()
    return page


def _import_files(tour: Tour) -> Iterator[QWidget]:
    page = _import(tour, "τιμολόγια.xlsx")
    yield tour.window
    page.cancel()


def _import_file(part: int, tour: Tour) -> Iterator[QWidget]:
    page = _import(tour)
    page.work.tabs.setCurrentIndex(part)
    yield tour.window
    page.cancel()


def _import_check(tour: Tour) -> Iterator[QWidget]:
    page = _import(tour)
    page.work.card.every.click()
    yield tour.window
    page.cancel()


def _import_done(tour: Tour) -> Iterator[QWidget]:
    page = _import(tour)
    page.commit()
    yield tour.window
    page.work.done.undo.click()
    tour.settle()
    page.cancel()


# -- what stands over the window -------------------------------------------------------------------


def _palette(query: str, tour: Tour) -> Iterator[QWidget]:
    tour.page(TodayPage)
    tour.window.palette_overlay.open_palette(query=query)
    yield tour.window
    tour.window.palette_overlay.close_palette()


def _why(tour: Tour) -> Iterator[QWidget]:
    view = tour.page(TodayPage).card.view
    view.why_wanted.emit(view.current_line())
    yield from _panel(tour)


def _later(tour: Tour) -> Iterator[QWidget]:
    tour.page(TodayPage).postpone()
    yield from _panel(tour)


def _panel(tour: Tour) -> Iterator[QWidget]:
    yield tour.window
    for panel in tour.window.findChildren(FloatingPanel):
        panel.close()


def _toast(tour: Tour) -> Iterator[QWidget]:
    page = tour.page(TasksPage)
    text = msg("Tasks", "The task was moved to the trash.")
    undo = ToastAction(msg("Toast", "Undo"), page.activated)
    tour.session.context.messages.say(text, action=undo)
    yield tour.window


def _reminder(tour: Tour) -> Iterator[QWidget]:
    tour.page(ClientsPage)
    bar = tour.window.reminders.bar
    what = msg("Reminder", "{task}", task="Κλήση για την ανανέωση της ετήσιας σύμβασης")
    bar.show_words(what, msg("Reminder", "now, at {time}", time="10:00"))
    yield tour.window
    bar.dismiss()


def _halted(tour: Tour) -> Iterator[QWidget]:
    tour.page(ClientsPage)
    status = tour.session.context.desk.status()
    tour.window.show_status(
        replace(status, halted=disk_failed(), saved_at=tour.session.context.clock())
    )
    yield tour.window
    tour.window.refresh_status()


def _clock_back(tour: Tour) -> Iterator[QWidget]:
    tour.page(ClientsPage)
    status = tour.session.context.desk.status()
    later = status.asked_at + dt.timedelta(days=400)
    tour.window.show_status(replace(status, changed_at=later))
    yield tour.window
    tour.window.refresh_status()


def _synced(tour: Tour) -> Iterator[QWidget]:
    tour.page(ClientsPage)
    status = tour.session.context.desk.status()
    tour.window.show_status(replace(status, path=Path("/home/maria/OneDrive/a.acctbook")))
    yield tour.window
    tour.window.refresh_status()


def _menu(place: int, tour: Tour) -> Iterator[QWidget]:
    menu = tour.window.menuBar().actions()[place].menu()
    assert isinstance(menu, QMenu)
    menu.popup(tour.window.mapToGlobal(tour.window.rect().topLeft()))
    yield menu
    menu.close()


def _menu_of_a_client(tour: Tour) -> Iterator[QWidget]:
    page = tour.page(ClientsPage)
    page.list.view.menu_wanted.emit(tour.window.mapToGlobal(page.rect().topLeft()))
    menu = next(one for one in page.list.findChildren(QMenu) if one.isVisible())
    yield menu
    menu.close()


# -- dialogs over the window -----------------------------------------------------------------------


def _dialog(dialog: QDialog) -> Iterator[QWidget]:
    yield dialog
    dialog.close()


def _action(kind: type[Page], action: str, tour: Tour) -> Iterator[QWidget]:
    tour.page(kind)
    yield from _dialog(tour.shown(QDialog, tour.session.context.actions[action].trigger))


def _by_registry(action: str, tour: Tour) -> Iterator[QWidget]:
    """Open what the menu of an encrypted book alone offers."""
    opener = registry.opener(action)
    assert opener is not None
    yield from _dialog(tour.shown(QDialog, partial(opener, tour.session.context, tour.window)))


def _refused(tour: Tour) -> Iterator[QWidget]:
    for dialog in _by_registry("file.password", tour):
        assert isinstance(dialog, PasswordDialog)
        dialog.change()
        yield dialog


def _new_code(tour: Tour) -> Iterator[QWidget]:
    for dialog in _by_registry("file.recovery", tour):
        assert isinstance(dialog, RecoveryDialog)
        _show_code(dialog, dialog.recovery)
        yield dialog


def _stored_interaction(tour: Tour) -> Iterator[QWidget]:
    timeline = tour.page(ClientsPage).record.timeline
    items = timeline.model.items()
    found = next(item.key[1] for item in items if item.kind is TimelineKind.INTERACTION)
    yield from _dialog(tour.shown(QDialog, partial(timeline.open_wanted.emit, found)))


def _need(tour: Tour) -> Iterator[QWidget]:
    tour.page(ClientsPage)
    form = NeedForm(tour.session.context, tour.window, need=_NEED)
    form.open()
    tour.settle()
    yield from _dialog(form)


def _group(tour: Tour) -> Iterator[QWidget]:
    details = tour.page(ClientsPage).record.rail.details
    yield from _dialog(tour.shown(QDialog, details.group.choose_group))


def _chart_table(tour: Tour) -> Iterator[QWidget]:
    rail = tour.page(ClientsPage).record.rail
    yield from _dialog(tour.shown(QDialog, rail.target.open_table))


def _report_done(tour: Tour) -> Iterator[QWidget]:
    tour.page(ClientsPage)
    show = tour.session.context.actions["tools.report"].trigger
    dialog = tour.shown(ReportDialog, show)
    written = PackResult(tour.folder / "Έκθεση 2026Q3.xlsx", "2026Q3", (), (), 2, ())
    dialog.outcome.tell(written)
    dialog.show_part(dialog.outcome)
    yield from _dialog(dialog)


def _letters(tour: Tour) -> LettersDialog:
    tour.page(ClientsPage)
    return tour.shown(LettersDialog, tour.session.context.actions["record.letter"].trigger)


def _letters_all(tour: Tour) -> Iterator[QWidget]:
    dialog = _letters(tour)
    dialog.who.choose("all")
    yield from _dialog(dialog)


def _letter_form(tour: Tour) -> Iterator[QWidget]:
    dialog = _letters(tour)
    dialog.edit.click()
    tour.settle()
    form = next(one for one in dialog.findChildren(LetterForm) if one.isVisible())
    yield from _dialog(form)
    dialog.close()


def _mail_client(tour: Tour) -> Iterator[QWidget]:
    tour.page(ClientsPage)
    file = tour.folder / "μήνυμα.eml"
    file.write_text(_MAIL, encoding="utf-8")
    take = partial(tour.window.incoming.mail.take, [file])
    yield from _dialog(tour.shown(MailClientDialog, take))


def _calendar_in(tour: Tour) -> Iterator[QWidget]:
    tour.page(ClientsPage)
    day = tour.session.context.today() + dt.timedelta(days=9)
    file = tour.folder / "ημερολόγιο.ics"
    file.write_text(_CALENDAR.format(day=f"{day:%Y%m%d}"), encoding="utf-8")
    take = partial(tour.window.incoming.calendars.take, [file])
    yield from _dialog(tour.shown(CalendarInDialog, take))


def _failure(tour: Tour) -> Iterator[QWidget]:
    messages = tour.session.context.messages
    fault = OSError("No space left on device")
    yield from _dialog(tour.shown(QDialog, partial(messages.fail, fault)))


def _stop_import(tour: Tour) -> Iterator[QWidget]:
    yield from _dialog(tour.shown(QDialog, partial(ask_to_stop, tour.window, tour.window.update)))


def _remove_demo(tour: Tour) -> Iterator[QWidget]:
    yield from _dialog(ask_to_remove(tour.window, 3, lambda: None))


def _restore_open(tour: Tour) -> Iterator[QWidget]:
    dialog = RestoreDialog(tour.session.book, tour.window, is_open=True)
    yield from _dialog(tour.shown(RestoreDialog, dialog.open))


def _help(tour: Tour, query: str = "") -> Iterator[QWidget]:
    tour.page(ClientsPage)
    tour.session.context.actions["help.manual"].trigger()
    window = helper().window
    assert window is not None
    window.search.setText(query)
    yield from _dialog(window)


def _copy_book(tour: Tour) -> Iterator[QWidget]:
    window, context = tour.window, tour.session.context
    yield from _dialog(tour.shown(MoveDialog, partial(open_copy, context, window)))


def _move_book(tour: Tour) -> Iterator[QWidget]:
    dialog = MoveDialog(tour.session.book, tour.window)
    yield from _dialog(tour.shown(MoveDialog, dialog.open))


# -- before the window -----------------------------------------------------------------------------


def _first(page: str, tour: Tour) -> Iterator[QWidget]:
    context = tour.session.context
    dialog = FirstRunDialog(tour.folder, settings=context.settings, languages=context.languages)
    dialog.officer.officer.setText(demo.OFFICER)
    dialog.officer.company.setText(demo.COMPANY)
    dialog.open()
    if page == "plain":
        dialog.protection.plain.setChecked(True)
    if page == "recovery":
        _show_code(dialog, dialog.recovery)
    else:
        shown = dialog.protection if page == "plain" else getattr(dialog, page)
        dialog.show_page(shown)
        shown.first_focus()
    yield from _dialog(dialog)


def _show_code(dialog: StartDialog, page: RecoveryPage) -> None:
    page.show_code(_CODE, book="Ηλιάδα")
    dialog.show_page(page)
    page.print_button.setFocus()


def _unlock(page: str, tour: Tour) -> Iterator[QWidget]:
    context, book = tour.session.context, tour.session.book
    dialog = UnlockDialog(book, settings=context.settings, languages=context.languages)
    dialog.open()
    dialog.ask(getattr(dialog, page))
    yield from _dialog(dialog)


def _shut(tour: Tour) -> Iterator[QWidget]:
    context, book = tour.session.context, tour.session.book
    trouble = damaged(book)
    dialog = UnlockDialog(
        book, settings=context.settings, languages=context.languages, trouble=trouble
    )
    dialog.open()
    yield from _dialog(dialog)


def _restore(tour: Tour) -> Iterator[QWidget]:
    dialog = RestoreDialog(tour.session.book)
    dialog.open()
    yield from _dialog(dialog)


DOORS: Mapping[str, Way] = {
    "today": partial(_page, TodayPage),
    "today-why": _why,
    "today-later": _later,
    "today-private": partial(_private, TodayPage),
    "clients": partial(_page, ClientsPage),
    "clients-facts": _facts,
    "clients-hidden": _hidden,
    "clients-private": partial(_private, ClientsPage),
    "tasks": partial(_page, TasksPage),
    "tasks-promises": partial(_tasks, "promises"),
    "tasks-done": partial(_tasks, "done"),
    "promises": partial(_page, PromisesPage),
    "targets": partial(_page, TargetsPage),
    "receivables": partial(_page, ReceivablesPage),
    "receivables-share": partial(_receivables, "share", "client"),
    "receivables-table": partial(_receivables, "table", "segment"),
    "import": partial(_page, ImportPage),
    "import-files": _import_files,
    "import-mapping": partial(_import_file, 0),
    "import-counts": partial(_import_file, 1),
    "import-problems": partial(_import_file, 2),
    "import-check": _import_check,
    "import-done": _import_done,
    "settings": partial(_page, SettingsPage),
    "palette": partial(_palette, "papadop"),
    "palette-commands": partial(_palette, ">"),
    "toast": _toast,
    "reminder": _reminder,
    "halted": _halted,
    "clock-back": _clock_back,
    "synced-folder": _synced,
    "menu-file": partial(_menu, 0),
    "menu-view": partial(_menu, 2),
    "menu-client": _menu_of_a_client,
    "interaction": partial(_action, ClientsPage, "record.interaction"),
    "interaction-stored": _stored_interaction,
    "need": _need,
    "satisfaction": partial(_action, ClientsPage, "record.satisfaction"),
    "visit-plan": partial(_action, ClientsPage, "tools.visit_plan"),
    "visit-report": partial(_action, ClientsPage, "record.visit_report"),
    "task": partial(_action, ClientsPage, "record.task"),
    "brief": partial(_action, ClientsPage, "record.brief"),
    "targets-form": partial(_action, TargetsPage, "record.target"),
    "contact": partial(_action, ClientsPage, "record.contact"),
    "client": partial(_action, ClientsPage, "file.new_client"),
    "group": _group,
    "group-timeline": _group_timeline,
    "chart-table": _chart_table,
    "letters": partial(_action, ClientsPage, "record.letter"),
    "letters-all": _letters_all,
    "letter-form": _letter_form,
    "mail-client": _mail_client,
    "calendar-in": _calendar_in,
    "calendar-out": partial(_action, ClientsPage, "file.calendar"),
    "columns": partial(_action, ClientsPage, "view.columns"),
    "report": partial(_action, ClientsPage, "tools.report"),
    "report-done": _report_done,
    "password": partial(_by_registry, "file.password"),
    "password-refused": _refused,
    "recovery": partial(_by_registry, "file.recovery"),
    "recovery-code": _new_code,
    "restore-open": _restore_open,
    "move-book": _move_book,
    "copy-book": _copy_book,
    "remove-demo": _remove_demo,
    "failure": _failure,
    "stop-import": _stop_import,
    "shortcuts": partial(_action, ClientsPage, "help.shortcuts"),
    "about": partial(_action, ClientsPage, "help.about"),
    "help": _help,
    "help-found": partial(_help, query="κωδικός"),
    "files": partial(_action, ImportPage, "tools.import"),
    "first-language": partial(_first, "language"),
    "first-officer": partial(_first, "officer"),
    "first-protection": partial(_first, "protection"),
    "first-plain": partial(_first, "plain"),
    "first-recovery": partial(_first, "recovery"),
    "unlock": partial(_unlock, "password"),
    "unlock-code": partial(_unlock, "code"),
    "unlock-renewal": partial(_unlock, "renewal"),
    "shut": _shut,
    "restore": _restore,
    **CASE_DOORS,
    **CREDIT_DOORS,
    **CALENDAR_DOORS,
    **MONEY_DOORS,
    **TARGET_DOORS,
    **COLLECTING_DOORS,
}
