"""Files that arrive, dropped or chosen: told apart by what they are, each goes its way.

E-mails go to the timeline of their client, calendars to the preview of appointments, statements of
a bank and e-invoices to previews of theirs, tables to the Import page. What else is dropped on a
client is kept there; tables are offered to be imported too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from acctdesk.i18n import msg
from acctdesk.ui import settings as remembered
from acctdesk.ui.choosing import choose_files
from acctdesk.ui.context import Target
from acctdesk.ui.dropping import CALENDAR, IMPORT, MAIL, MONEY, SHEETS, FileDrop
from acctdesk.ui.messages import ToastAction

if TYPE_CHECKING:
    from acctdesk.ui.calendar_intake import CalendarIntake
    from acctdesk.ui.client_files import ClientFiles
    from acctdesk.ui.mail_intake import MailIntake
    from acctdesk.ui.main_window import MainWindow
    from acctdesk.ui.money_intake import MoneyIntake


class Incoming(QObject):
    """Sorts what the navigator was asked to take; all else goes to the window as it is."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._mail: MailIntake | None = None
        self._calendars: CalendarIntake | None = None
        self._money: MoneyIntake | None = None
        self._files: ClientFiles | None = None
        navigator = window.context.navigator
        self.drops = FileDrop(window, window.stack, navigator)
        navigator.requested.connect(self.go)

    @Slot(object)
    def go(self, target: Target) -> None:
        """Take the files of a target, and let the window show the rest of it."""
        rest = self._sort([Path(one) for one in target.files], target.client_id)
        if not target.files:
            self._window.go(target)
        elif rest:
            self._window.go(replace(target, files=tuple(str(one) for one in rest)))

    def _sort(self, paths: list[Path], client_id: int | None) -> list[Path]:
        mails = [one for one in paths if one.suffix.lower() in MAIL]
        calendars = [one for one in paths if one.suffix.lower() in CALENDAR]
        rest = [one for one in paths if one not in mails and one not in calendars]
        if mails:
            self.mail.take(mails, client_id)
        if calendars:
            self.calendars.take(calendars)
        rest = self._without_money(rest, client_id)
        if rest and client_id is not None:
            self._keep(rest, client_id)
            return []
        return rest

    def _keep(self, paths: list[Path], client_id: int) -> None:
        tables = tuple(str(one) for one in paths if one.suffix.lower() in SHEETS)
        load = partial(self._window.go, Target(IMPORT, files=tables))
        offer = ToastAction(msg("Drop", "Import…"), load) if tables else None
        self.files.add(paths, client_id, more=offer)

    def _without_money(self, paths: list[Path], client_id: int | None = None) -> list[Path]:
        """Take what is a bank's or an e-invoice by its content; return the others.

        Dropped on a client they can be kept there instead.
        """
        looked = [one for one in paths if one.suffix.lower() in MONEY]
        if not looked:
            return paths
        from acctdesk.exchange.money_files import MoneyFile, kind_of

        kinds = {one: kind_of(one) for one in looked}
        statements = [one for one, kind in kinds.items() if kind is MoneyFile.BANK]
        invoices = [one for one, kind in kinds.items() if kind is MoneyFile.INVOICES]
        for files, take in (
            (statements, self.money.take_statements),
            (invoices, self.money.take_invoices),
        ):
            if files:
                take(files, keep=self._keeping(files, client_id))
        return [one for one in paths if kinds.get(one) is None]

    def _keeping(self, paths: list[Path], client_id: int | None) -> Callable[[], None] | None:
        return None if client_id is None else partial(self.files.add, paths, client_id)

    def choose_mail(self) -> None:
        """Ask for saved e-mails and take them."""
        kinds = [f"{msg('Mail', 'E-mails')} (*.eml *.msg)"]
        folder = self._window.context.settings.folder()
        choose_files(self._window, msg("Mail", "Choose saved e-mails"), folder, kinds, self._chosen)

    def choose_calendar(self) -> None:
        """Ask for calendars and take them."""
        kinds = [f"{msg('Calendar', 'Calendar')} (*.ics)"]
        folder = self._window.context.settings.folder()
        choose_files(
            self._window, msg("Calendar", "Choose a calendar"), folder, kinds, self._chosen
        )

    def choose_money(self) -> None:
        """Ask for files of a bank or e-invoices and take them."""
        endings = " ".join(f"*{one}" for one in MONEY)
        kinds = [f"{msg('Bank', 'Bank files and e-invoices')} ({endings})"]
        folder = self._window.context.settings.folder()
        title = msg("Bank", "Choose a bank file or e-invoices")
        choose_files(self._window, title, folder, kinds, self._money_chosen)

    @Slot(list)
    def _money_chosen(self, names: list[str]) -> None:
        if not names:
            return
        self._window.context.settings.set(remembered.LAST_FOLDER, str(Path(names[0]).parent))
        unknown = self._without_money([Path(name) for name in names])
        if unknown:
            # whoever reads it says what is wrong with it
            self.money.take_statements(unknown)

    @Slot(list)
    def _chosen(self, names: list[str]) -> None:
        if names:
            self._window.context.settings.set(remembered.LAST_FOLDER, str(Path(names[0]).parent))
            self._sort([Path(name) for name in names], None)

    @property
    def mail(self) -> MailIntake:
        """Who takes e-mails; made when the first comes."""
        if self._mail is None:
            from acctdesk.ui.mail_intake import MailIntake

            self._mail = MailIntake(self._window.context, self._window)
        return self._mail

    @property
    def calendars(self) -> CalendarIntake:
        """Who takes calendars; made when the first comes."""
        if self._calendars is None:
            from acctdesk.ui.calendar_intake import CalendarIntake

            self._calendars = CalendarIntake(self._window.context, self._window)
        return self._calendars

    @property
    def money(self) -> MoneyIntake:
        """Who takes files of a bank and e-invoices; made when the first comes."""
        if self._money is None:
            from acctdesk.ui.money_intake import MoneyIntake

            self._money = MoneyIntake(self._window.context, self._window)
        return self._money

    @property
    def files(self) -> ClientFiles:
        """Who keeps files at clients; made when the first comes."""
        if self._files is None:
            from acctdesk.ui.client_files import ClientFiles

            self._files = ClientFiles(self._window.context, self._window)
        return self._files
