"""The program with a window: one QApplication, its hooks, and the books it opens."""

from __future__ import annotations

import importlib
import logging
import logging.handlers
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QLocale,
    QMessageLogContext,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from acctdesk import bootstrap
from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import Language
from acctdesk.services import profile
from acctdesk.ui import icons, painting
from acctdesk.ui import settings as remembered
from acctdesk.ui.dialogs.failure import FailureDialog
from acctdesk.ui.messages import Messages, Trouble, without_values
from acctdesk.ui.session import Session
from acctdesk.ui.settings import Settings
from acctdesk.ui.theme import Theme
from acctdesk.ui.translation import Languages

if TYPE_CHECKING:
    from acctdesk.services.desk import Desk

_log = logging.getLogger("acctdesk.ui")
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class FaultBell(QObject):
    """Brings a fault from any thread to the GUI thread."""

    rung = Signal(object)


def dress(app: QApplication) -> Theme:
    """Give an application our fonts and style; return its theme, not yet applied."""
    painting.load_fonts()
    app.setFont(painting.base_font())
    app.setApplicationName("acctdesk")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("acctdesk")
    return Theme(app)


class Program(QObject):
    """Opens books, one window at a time, and asks for what it needs to open them."""

    def __init__(self, app: QApplication, home: Path) -> None:
        super().__init__(app)
        self._app = app
        self.theme = dress(app)
        self.settings = Settings(home / "settings.ini", self)
        self.languages = Languages(app, self)
        self.session: Session | None = None
        self._asking: QWidget | None = None
        self._messages = Messages(self)
        self._messages.troubled.connect(self._show_trouble)
        self.languages.speak(self._language())
        self.theme.apply(self.settings.get(remembered.THEME))
        self.theme.set_density(self.settings.get(remembered.DENSITY))
        app.setWindowIcon(QIcon(icons.pixmap("notebook", "accent", 64)))
        app.setQuitOnLastWindowClosed(False)

    def _language(self) -> Language:
        chosen = self.settings.get(remembered.LANGUAGE)
        if chosen in set(Language):
            return Language(chosen)
        greek = QLocale.system().language() == QLocale.Language.Greek
        return Language.EL if greek else Language.EN

    def start(self, books: Sequence[str | Path]) -> None:
        """Open the book named, else the one used last, else ask for the first one."""
        book = Path(books[0]) if books else bootstrap.default_book()
        if book is None:
            self.ask_for_new()
        else:
            self.open(book)

    def open(self, book: Path) -> None:
        """Open a book; ask for its password where it has one."""
        place = bootstrap.book_path(book)
        try:
            if bootstrap.needs_password(place):
                self._ask("unlock", "UnlockDialog", place)
                return
            self.show_desk(bootstrap.open_book(place))
        except UserError as error:
            self._messages.fail(error)
            if self.session is None and self._asking is None:
                self.ask_for_new()

    def ask_for_new(self) -> None:
        """Ask the few questions of a first run."""
        self._ask("first_run", "FirstRunDialog", bootstrap.books_folder())

    def _ask(self, module: str, name: str, *arguments: Any) -> None:
        """Show a dialog that ends with ``opened`` (a Desk) or is left."""
        place = f"acctdesk.ui.dialogs.{module}"
        make: Callable[..., Any] = getattr(importlib.import_module(place), name)
        dialog = make(*arguments, parent=None, settings=self.settings, languages=self.languages)
        dialog.opened.connect(self.show_desk)
        dialog.finished.connect(self._asked)
        self._asking = dialog
        dialog.open()

    @Slot(object)
    def show_desk(self, desk: Desk) -> None:
        """Show the window of an open book in place of the one before."""
        before = self.session
        self.session = None
        if before is not None:
            before.window.close()
        bootstrap.remember_book(desk.status().path)
        if not self.settings.get(remembered.LANGUAGE):
            self.languages.speak(desk.query(profile.get_profile).language)
        self.session = Session(
            desk,
            theme=self.theme,
            settings=self.settings,
            languages=self.languages,
            parent=self,
        )
        self.session.book_wanted.connect(self._book_wanted)
        self.session.ended.connect(self._ended)
        self.session.start()

    @Slot()
    def _asked(self) -> None:
        self._asking = None
        QTimer.singleShot(0, self, self._quit_if_alone)

    @Slot()
    def _ended(self) -> None:
        if self.sender() is self.session:
            self.session = None
        QTimer.singleShot(0, self, self._quit_if_alone)

    @Slot()
    def _quit_if_alone(self) -> None:
        shown = any(one.isVisible() for one in self._app.topLevelWidgets())
        if self.session is None and self._asking is None and not shown:
            self._app.quit()

    @Slot(str)
    def _book_wanted(self, action: str) -> None:
        if action == "file.new_book":
            self.ask_for_new()
            return
        self._choose_book()

    def _choose_book(self) -> None:
        parent = self.session.window if self.session is not None else None
        dialog = QFileDialog(parent, str(msg("App", "Open a book")), str(bootstrap.books_folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"{msg('App', 'Books')} (*.acctbook)")
        dialog.fileSelected.connect(self._book_chosen)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    @Slot(str)
    def _book_chosen(self, file: str) -> None:
        self.open(Path(file))

    @Slot(object)
    def fail(self, error: BaseException) -> None:
        """Show a fault that nobody caught."""
        messages = self.session.context.messages if self.session is not None else self._messages
        messages.fail(error)

    @Slot(object)
    def _show_trouble(self, trouble: Trouble) -> None:
        dialog = FailureDialog(trouble)
        dialog.finished.connect(self._asked)
        self._asking = dialog  # nothing else holds a dialog without a parent
        dialog.open()


def set_hooks(bell: FaultBell) -> None:
    """Send what nobody caught, from any thread, to the bell; and Qt's words to the log."""

    def caught(
        _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(_kind, error, _trace)
            return
        bell.rung.emit(error)

    def caught_in_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            bell.rung.emit(arguments.exc_value)

    def told(kind: QtMsgType, _context: QMessageLogContext, _text: str | None) -> None:
        _log.log(_QT_LEVELS.get(kind, logging.WARNING), "Qt: %s", (_text or "")[:200])

    sys.excepthook = caught
    threading.excepthook = caught_in_thread
    qInstallMessageHandler(told)


def keep_log(home: Path) -> None:
    """Write the program's log, a megabyte at the most, without personal data."""
    home.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        home / "acctdesk.log", maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("acctdesk")
    logger.addHandler(handler)
    logger.propagate = False


def run(books: Sequence[str | Path] = ()) -> int:
    """Run the program with a window until it is closed; return the exit status."""
    home = bootstrap.home()
    keep_log(home)
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication(["acctdesk"])
    bell = FaultBell()
    set_hooks(bell)
    program = Program(app, home)
    bell.rung.connect(program.fail, Qt.ConnectionType.QueuedConnection)
    try:
        program.start(books)
    except Exception as error:  # noqa: BLE001 - the one place left to tell it
        _log.error("%s", without_values(error))
        program.fail(error)
    return app.exec()


def show_once(desk: Desk) -> None:
    """Show a book's window for a moment and close it: the built program's test of itself."""
    app = QApplication(["acctdesk"])
    program = Program(app, bootstrap.home())
    program.show_desk(desk)
    QTimer.singleShot(0, app, app.quit)
    app.exec()
