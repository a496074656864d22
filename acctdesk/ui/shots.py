"""Pictures of the whole program, taken without a display: every page and every dialog.

``make run`` shows them where there is no screen, the manual is illustrated with them, and the
tests look at what they show.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from acctdesk import bootstrap
from acctdesk.services import demo
from acctdesk.services.ways_out import damaged
from acctdesk.ui.app import dress
from acctdesk.ui.dialogs.first_run import FirstRunDialog
from acctdesk.ui.dialogs.restore import RestoreDialog
from acctdesk.ui.dialogs.start import StartDialog
from acctdesk.ui.dialogs.unlock import UnlockDialog
from acctdesk.ui.session import Session, now
from acctdesk.ui.settings import Settings
from acctdesk.ui.theme import Theme
from acctdesk.ui.translation import Languages

if TYPE_CHECKING:
    from acctdesk.services.desk import Desk

SIZES = (QSize(1440, 900), QSize(1366, 768), QSize(1920, 1080))
LANGUAGES = ("el", "en")
THEMES = ("light", "dark")
_PATIENCE_MS = 15_000
_QUIET_MS = 60
_DIALOGS = (
    "record.interaction",
    "record.task",
    "record.contact",
    "file.new_client",
    "tools.report",
    "file.password",
    "file.recovery",
    "help.shortcuts",
    "help.about",
)


def take(book: Path, out: Path) -> list[Path]:
    """Open a plain book, picture everything at one size in both languages and both themes.

    Raises:
        UserError: the book cannot be opened.
    """
    desk = bootstrap.open_book(book)
    return take_shots(desk, out, sizes=SIZES[:1])


def take_shots(
    desk: Desk,
    out: Path,
    *,
    sizes: Sequence[QSize] = SIZES,
    languages: Sequence[str] = LANGUAGES,
    themes: Sequence[str] = THEMES,
    clock: Callable[[], dt.datetime] = now,
) -> list[Path]:
    """Picture every page and dialog of a book; closes the desk. Returns the files written.

    Names are ``PAGE-LANGUAGE-THEME-WIDTHxHEIGHT.png``.
    """
    out.mkdir(parents=True, exist_ok=True)
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["acctdesk"])
    theme = dress(app)
    speech = Languages(app)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "settings.ini")
        session = Session(
            desk.book.path,
            encrypted=desk.book.encrypted,
            theme=theme,
            settings=settings,
            languages=speech,
            clock=clock,
        )
        session.start(desk)
        try:
            files = list(
                _all(session, theme, speech, out, sizes=sizes, languages=languages, themes=themes)
            )
        finally:
            _close(session)
    return files


def _all(
    session: Session,
    theme: Theme,
    speech: Languages,
    out: Path,
    *,
    sizes: Sequence[QSize],
    languages: Sequence[str],
    themes: Sequence[str],
) -> Iterator[Path]:
    settings = session.context.settings
    for language in languages:
        speech.speak(language)
        for look in themes:
            theme.apply(look)
            for size in sizes:
                session.window.resize(size)
                tail = f"{language}-{look}-{size.width()}x{size.height()}.png"
                yield from _pages(session, out, tail)
                yield from _dialogs(session, out, tail)
                yield from _doors(session, settings, speech, out, tail)


def _pages(session: Session, out: Path, tail: str) -> Iterator[Path]:
    window = session.window
    for key in window.page_specs:
        window.show_page(key)
        _settle(session)
        yield _save(window, out / f"{key}-{tail}")
    window.show_page(next(iter(window.page_specs)))
    window.palette_overlay.open_palette(query="papadop")
    _settle(session)
    yield _save(window, out / f"palette-{tail}")
    window.palette_overlay.close_palette()


def _dialogs(session: Session, out: Path, tail: str) -> Iterator[Path]:
    actions = session.context.actions
    for action in _DIALOGS:
        if action not in actions or not actions[action].isEnabled():
            continue
        actions[action].trigger()
        _settle(session)
        dialog = _shown_dialog(session.window)
        if dialog is not None:
            yield _save(dialog, out / f"{action.replace('.', '-')}-{tail}")
            dialog.close()
            _settle(session)


def _doors(
    session: Session, settings: Settings, speech: Languages, out: Path, tail: str
) -> Iterator[Path]:
    """Picture what stands before the window: a first run, a locked book, a shut one, a restore."""
    folder = bootstrap.books_folder()
    book = session.book
    first = FirstRunDialog(folder, settings=settings, languages=speech)
    first.officer.officer.setText(demo.OFFICER)
    first.officer.company.setText(demo.COMPANY)
    first.recovery.show_code("2345A-6789B-CDEFG-HJKMN-PQRST", book="Ηλιάδα")
    locked = UnlockDialog(book, settings=settings, languages=speech)
    shut = UnlockDialog(book, settings=settings, languages=speech, trouble=damaged(book))
    doors: list[tuple[str, StartDialog, Sequence[QWidget]]] = [
        ("first", first, (first.language, first.officer, first.protection, first.recovery)),
        ("unlock", locked, (locked.password, locked.code, locked.renewal)),
        ("shut", shut, (shut.closed,)),
        ("restore", RestoreDialog(book), ()),
    ]
    for name, dialog, pages in doors:
        dialog.open()
        for number, page in enumerate(pages or (None,), 1):
            if page is not None:
                dialog.show_page(page)
            _settle(session)
            yield _save(dialog, out / f"{name}-{number}-{tail}")
        dialog.close()
    _settle(session)


def _shown_dialog(window: QWidget) -> QDialog | None:
    shown = (one for one in window.findChildren(QDialog) if one.isVisible())
    return next(shown, None)


def _close(session: Session) -> None:
    """Close the window and wait for the last backup and the book."""
    over: list[bool] = []
    loop = QEventLoop()
    session.ended.connect(lambda: over.append(True))
    session.ended.connect(loop.quit)
    session.window.close()
    if not over:
        loop.exec()
    _settle(session)


def _settle(session: Session) -> None:
    """Let answers arrive and widgets be laid out: until nothing is asked for a moment."""
    loop = QEventLoop()
    quiet = QTimer()
    quiet.setInterval(_QUIET_MS)
    patience = QTimer()
    patience.setSingleShot(True)
    calm = [0]

    def look() -> None:
        calm[0] = 0 if session.context.runner.busy else calm[0] + 1
        if calm[0] >= 2:
            loop.quit()

    quiet.timeout.connect(look)
    patience.timeout.connect(loop.quit)
    quiet.start()
    patience.start(_PATIENCE_MS)
    loop.exec()
    quiet.stop()
    patience.stop()


def _save(widget: QWidget, file: Path) -> Path:
    widget.grab().save(str(file))
    return file
