"""The program with a window: one QApplication, its hooks, and the books it opens.

A book is opened behind its window. What is not needed to paint that one is imported where it is.
"""

from __future__ import annotations

import importlib
import logging
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from acctdesk import bootstrap, i18n
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.kinds import Language
from acctdesk.ui import icons, painting, warming
from acctdesk.ui import settings as remembered
from acctdesk.ui.clipboard import clipboard
from acctdesk.ui.context import Target
from acctdesk.ui.dropping import IMPORT, TAKEN
from acctdesk.ui.file_work import FileWork
from acctdesk.ui.garbage import Garbage
from acctdesk.ui.hooks import FaultBell, ignore_foreign_plugins, set_hooks
from acctdesk.ui.instance import Instance, hand_over
from acctdesk.ui.log import keep_log
from acctdesk.ui.messages import Messages, Trouble, without_values
from acctdesk.ui.session import Session, now
from acctdesk.ui.settings import Settings
from acctdesk.ui.text_size import make_application
from acctdesk.ui.theme import Theme
from acctdesk.ui.translation import Languages
from acctdesk.ui.widgets.dialog import BESIDE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from acctdesk.services.desk import Desk
    from acctdesk.ui.idle import IdleWatch

_log = logging.getLogger("acctdesk.ui")
LISTEN_AFTER_MS = 500  # the window is painted by then
WARM_AFTER_MS = 500  # the first lines are on the screen by then


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

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self.theme = dress(app)
        self.settings = settings
        self._not_read: list[Message] = []  # told once a window is there
        self._to_import: list[Path] = []  # handed over; once a book is open
        self._waiting: list[Path] = []  # books wanted while the last one is being backed up
        self.languages = Languages(app, self)
        self.session: Session | None = None
        self._asking: QWidget | None = None
        self._open_books: set[Session] = set()  # also those whose last backup is under way
        self._files = FileWork(self)
        self.idle: IdleWatch | None = None  # from the first book on that can be locked
        self._messages = Messages(self)
        self._messages.troubled.connect(self._show_trouble)
        i18n.set_language(self._language())  # Qt's own words are wanted later than ours
        self.theme.apply(self.settings.get(remembered.THEME))
        self.theme.set_density(self.settings.get(remembered.DENSITY))
        app.setWindowIcon(QIcon(icons.pixmap("notebook", "accent", 64)))
        app.setQuitOnLastWindowClosed(False)
        app.aboutToQuit.connect(clipboard().leave)

    def _language(self) -> Language:
        for setting in (remembered.LANGUAGE, remembered.BOOK_LANGUAGE):
            chosen = self.settings.get(setting)
            if chosen in set(Language):
                return Language(chosen)
        greek = QLocale.system().language() == QLocale.Language.Greek
        return Language.EL if greek else Language.EN

    def _lock_after(self) -> int:
        return self.settings.get(remembered.LOCK_AFTER)

    def start(self, files: Sequence[str | Path]) -> None:
        """Open the book named, else the one used last, else ask for the first one."""
        self._look_at_what_is_remembered()
        self.take(files)

    @Slot(list)
    def take(self, files: Sequence[str | Path]) -> None:
        """Open the book and import the sheets named; with none, show the window there is."""
        named = [Path(one) for one in files]
        books = [one for one in named if one.suffix.lower() not in TAKEN]
        self._to_import += [one for one in named if one not in books]
        session = self.session
        if self._open_books and (session is None or session.is_over):  # its last backup goes on
            self._waiting += books or bootstrap.recent_books()[:1]
        elif books:
            self.open(books[0])
        elif session is not None or self._asking is not None:
            self._come_forward()
        else:
            book = bootstrap.default_book()
            self.ask_for_new() if book is None else self.open(book)

    def _come_forward(self) -> None:
        """Show the window there is, or what it asks."""
        session = self.session
        shown = self._asking if session is None or session.is_locked else session.window
        if shown is not None:
            shown.setWindowState(shown.windowState() & ~Qt.WindowState.WindowMinimized)
            shown.activateWindow()
        self._import_handed()

    @Slot()
    def _import_handed(self) -> None:
        session = self.session
        if session is not None and session.is_open and self._to_import:
            files = tuple(str(one) for one in self._to_import)
            self._to_import.clear()
            session.context.navigator.requested.emit(Target(IMPORT, files=files))

    def _look_at_what_is_remembered(self) -> None:
        if self.settings.kept is not None:
            self._not_read.append(
                msg(
                    "App",
                    "The settings of this machine could not be read; the usual ones hold. Your "
                    "book is untouched. The old file is kept as {name}.",
                    name=self.settings.kept.name,
                )
            )
        kept = bootstrap.mend_recent_books()
        if kept is not None:
            self._not_read.append(
                msg(
                    "App",
                    "The list of your books could not be read; it was made anew from their usual "
                    "folder. The old file is kept as {name}.",
                    name=kept.name,
                )
            )

    def open(self, book: Path) -> None:
        """Open a book: behind its window, or after its password was asked for."""
        place = Path(os.path.realpath(bootstrap.book_path(book)))
        session = self.session
        if session is not None and not session.is_locked and session.book == place:
            self._come_forward()
            return
        if bootstrap.needs_password(place):
            self._ask("unlock", "UnlockDialog", place)
        elif session is None:
            self._begin(place, encrypted=False).open(partial(_open_and_remember, place))
        else:  # its window stays until the other book is open
            try:
                self.show_desk(bootstrap.open_as_may_be(place))
            except UserError as error:
                self._not_opened(place, error)

    def ask_for_new(self) -> None:
        """Ask the few questions of a first run."""
        self._ask("first_run", "FirstRunDialog", bootstrap.books_folder())

    def _ask(self, module: str, name: str, *arguments: Any, **more: Any) -> None:
        """Show a dialog that ends with a Desk, a path or the wish for a new book, or is left."""
        self.languages.speak(self._language())
        place = f"acctdesk.ui.dialogs.{module}"
        make: Callable[..., Any] = getattr(importlib.import_module(place), name)
        dialog = make(
            *arguments, parent=None, settings=self.settings, languages=self.languages, **more
        )
        dialog.opened.connect(self.show_desk)
        dialog.book_wanted.connect(self.open)
        if hasattr(dialog, "new_wanted"):
            dialog.new_wanted.connect(self.ask_for_new)
        self.show_dialog(dialog)

    def show_dialog(self, dialog: QDialog) -> None:
        """Show a dialog that stands alone, and hold it until it is left."""
        dialog.finished.connect(self._asked)
        self._asking = dialog  # nothing else holds a dialog without a parent
        dialog.open()

    @Slot(object)
    def show_desk(self, desk: Desk) -> None:
        """Show the window of an open book in place of the one before."""
        before = self.session
        if before is not None and before.is_locked and before.book == desk.book.path:
            before.unlock(desk)
            self._import_handed()
            return
        bootstrap.remember_book(desk.book.path)
        self._begin(desk.book.path, encrypted=desk.book.encrypted).start(desk)

    def _begin(self, book: Path, *, encrypted: bool) -> Session:
        """Return a session in place of the one before; nothing of it is shown yet."""
        before, self.session = self.session, None
        if before is not None:
            before.window.close()  # its last backup may still be under way
        self.session = Session(
            book,
            encrypted=encrypted,
            theme=self.theme,
            settings=self.settings,
            languages=self.languages,
            parent=self,
        )
        self.session.opened.connect(self._opened)
        self.session.not_opened.connect(self._session_not_opened)
        self.session.book_wanted.connect(self._book_wanted)
        self.session.ended.connect(warming.cool)
        self.session.ended.connect(self._ended)
        self.session.failed_at_end.connect(self._messages.fail)
        self.session.locked.connect(self._locked)
        self.session.window.settled.connect(self._warm)
        self.session.removed.connect(self._removed)
        self.session.window.settled.connect(self._import_handed)
        self._open_books.add(self.session)
        return self.session

    @Slot(object)
    def _opened(self, desk: Desk) -> None:
        """Speak the book's language, unless the officer has chosen one; watch for idleness."""
        from acctdesk.services import profile

        language = desk.query(profile.get_profile).language
        self.settings.set(remembered.BOOK_LANGUAGE, language)
        self.languages.speak(self._language())
        while self._not_read and self.session is not None:
            self.session.context.messages.say(self._not_read.pop(0))
        if desk.book.encrypted and self.idle is None:
            from acctdesk.ui.idle import IdleWatch

            self.idle = IdleWatch(now, self._lock_after, self._app, self)
            self.idle.away.connect(self._away)

    @Slot()
    def _warm(self) -> None:
        QTimer.singleShot(WARM_AFTER_MS, self, warming.warm_first_clicks)

    @Slot(object)
    def _session_not_opened(self, error: Exception) -> None:
        session = self.sender()
        if isinstance(session, Session):
            self._not_opened(session.book, error)

    def _not_opened(self, book: Path, error: Exception) -> None:
        """Say why a book stays shut; a bug is told as one."""
        if isinstance(error, UserError):
            self._ask("unlock", "UnlockDialog", book, trouble=error)
        else:
            self._messages.fail(error)

    @Slot()
    def _asked(self) -> None:
        if self.sender() is self._asking:
            self._asking = None
        QTimer.singleShot(0, self, self._quit_if_alone)

    @Slot()
    def _ended(self) -> None:
        session = self.sender()
        if session is self.session:
            self.session = None
        if isinstance(session, Session):
            self._open_books.discard(session)
        if self.session is None:
            self._files.go_on()
        if self._waiting and not self._open_books:
            self.open(self._waiting[-1])
            self._waiting.clear()
        QTimer.singleShot(0, self, self._quit_if_alone)

    @Slot()
    def _away(self) -> None:
        """Lock: nobody is here. Work under way is let end first; the next beat asks again."""
        session = self.session
        if session is not None and not session.context.runner.busy:
            session.lock()

    @Slot()
    def _locked(self) -> None:
        if self.session is not None:
            self.open(self.session.book)

    @Slot()
    def _removed(self) -> None:
        """Go on with the book used before it, else ask for a new one."""
        self.start([])

    @Slot()
    def _quit_if_alone(self) -> None:
        if self._asking is None and self.session is not None and self.session.is_locked:
            self.session.window.close()  # the officer would not unlock it
        windows = [one for one in self._app.topLevelWidgets() if one.isVisible()]
        alone = all(one.property(BESIDE) for one in windows)
        if not self._open_books and self._asking is None and alone:
            self._app.closeAllWindows()
            self._app.quit()

    @Slot(str)
    def _book_wanted(self, action: str) -> None:
        if action == "file.new_book":
            self.ask_for_new()
        else:
            self._files.ask(action)

    @Slot(object)
    def fail(self, error: BaseException) -> None:
        """Show a fault that nobody caught."""
        messages = self.session.context.messages if self.session is not None else self._messages
        messages.fail(error)

    @Slot(object)
    def _show_trouble(self, trouble: Trouble) -> None:
        from acctdesk.ui.dialogs.failure import FailureDialog

        self.show_dialog(FailureDialog(trouble))


def _open_and_remember(book: Path) -> Desk:
    desk = bootstrap.open_as_may_be(book)
    bootstrap.remember_book(desk.book.path)
    try:
        warming.warm_first_page(desk)
    except BaseException:
        desk.close()
        raise
    return desk


def run(files: Sequence[str | Path] = ()) -> int:
    """Run the program with a window until it is closed; return the exit status.

    Where it runs already, that one takes the files.
    """
    home = bootstrap.home()
    if hand_over(home, files):
        return 0
    keep_log(home)
    ignore_foreign_plugins()
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    settings = Settings(home / "settings.ini")
    app = make_application(settings)
    Garbage(app)
    bell = FaultBell()
    set_hooks(bell)
    program = Program(app, settings)
    bell.rung.connect(program.fail, Qt.ConnectionType.QueuedConnection)
    instance = Instance(home, program)
    instance.asked.connect(program.take)
    QTimer.singleShot(LISTEN_AFTER_MS, instance.listen)
    try:
        program.start(files)
    except Exception as error:  # noqa: BLE001 - the one place left to tell it
        _log.error("%s", without_values(error))
        program.fail(error)
    try:
        return app.exec()
    finally:
        instance.stop()


def show_once(desk: Desk) -> None:
    """Show a book's window for a moment and close both: the built program's test of itself."""
    settings = Settings(bootstrap.home() / "settings.ini")
    app = make_application(settings)
    program = Program(app, settings)
    program.show_desk(desk)
    if program.session is not None:
        QTimer.singleShot(0, program.session.window, program.session.window.close)
    app.exec()
