"""Pictures of the whole program, taken without a display: whatever ``doors`` leads to.

``make run`` shows them where there is no screen, the manual is illustrated with them, and the
tests look at what they show.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from acctdesk import bootstrap
from acctdesk.services import demo
from acctdesk.ui.app import dress
from acctdesk.ui.doors import DOORS, EMPTY, Tour, opened
from acctdesk.ui.garbage import collected_between_events
from acctdesk.ui.session import Session, now
from acctdesk.ui.settings import Settings
from acctdesk.ui.translation import Languages
from acctdesk.ui.widgets.chart_view import studio

if TYPE_CHECKING:
    from acctdesk.services.desk import Desk

SIZES = (QSize(1440, 900), QSize(1366, 768), QSize(1920, 1080))
LANGUAGES = ("el", "en")
THEMES = ("light", "dark")
_PATIENCE_MS = 15_000
_QUIET_MS = 25


def take(book: Path, out: Path, *, doors: Iterable[str] = tuple(DOORS)) -> list[Path]:
    """Picture a copy of a plain book at one size, in both languages and both themes.

    Raises:
        UserError: the book cannot be opened.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / book.name
        shutil.copyfile(book, copy)
        return take_shots(bootstrap.open_book(copy), out, sizes=SIZES[:1], doors=doors)


def take_shots(
    desk: Desk,
    out: Path,
    *,
    sizes: Sequence[QSize] = SIZES,
    languages: Sequence[str] = LANGUAGES,
    themes: Sequence[str] = THEMES,
    doors: Iterable[str] = tuple(DOORS),
    clock: Callable[[], dt.datetime] = now,
    before: Callable[[QWidget], object] = lambda _: None,
) -> list[Path]:
    """Picture what the doors of a book lead to, then an empty book; closes the desk.

    ``before`` is called with each window or dialog before it is pictured. Returns the files
    written; their names are ``DOOR-LANGUAGE-THEME-WIDTHxHEIGHT.png``.
    """
    out.mkdir(parents=True, exist_ok=True)
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["acctdesk"])
    theme = dress(app)
    speech = Languages(app)
    files: list[Path] = []
    with tempfile.TemporaryDirectory() as folder, collected_between_events(app):
        settings = Settings(Path(folder) / "settings.ini")
        empty = bootstrap.create_book(
            Path(folder) / "empty", password=None, officer=demo.OFFICER, company=demo.COMPANY
        )
        for shown, prefix, keys in ((desk, "", doors), (empty, "empty-", EMPTY)):
            session = Session(
                shown.book.path,
                encrypted=shown.book.encrypted,
                theme=theme,
                settings=settings,
                languages=speech,
                clock=clock,
            )
            tour = Tour(session, Path(folder), partial(settle, session))
            session.start(shown)
            try:
                for language in languages:
                    speech.speak(language)
                    for look in themes:
                        theme.apply(look)
                        for size in sizes:
                            session.window.resize(size)
                            tail = f"{language}-{look}-{size.width()}x{size.height()}.png"
                            files += _through(tour, keys, f"{out}/{prefix}", tail, before)
            finally:
                close(session)
    return files


def _through(
    tour: Tour, keys: Iterable[str], head: str, tail: str, before: Callable[[QWidget], object]
) -> Iterator[Path]:
    for key in keys:
        with opened(key, tour) as widget:
            before(widget)
            yield _save(widget, Path(f"{head}{key}-{tail}"))


def close(session: Session) -> None:
    """Close the window and wait for the last backup and the book."""
    over: list[bool] = []
    loop = QEventLoop()
    session.ended.connect(lambda: over.append(True))
    session.ended.connect(loop.quit)
    session.window.close()
    if not over:
        loop.exec()
    settle(session)


def settle(session: Session) -> None:
    """Let answers arrive and widgets be laid out: until nothing is asked for a moment."""
    loop = QEventLoop()
    quiet = QTimer()
    quiet.setInterval(_QUIET_MS)
    patience = QTimer()
    patience.setSingleShot(True)
    calm = [0]

    def look() -> None:
        busy = session.context.runner.busy or studio().busy
        calm[0] = 0 if busy else calm[0] + 1
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
