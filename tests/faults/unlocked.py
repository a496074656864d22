"""An encrypted book unlocked in its window, used and locked again, for a look at the memory.

``python -m tests.faults.unlocked BOOK NAME``: the password comes on standard input. "open" and
"locked" are told on standard output, and each waits for a line.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from acctdesk import bootstrap
from acctdesk.exchange.elsewhere import import_in_child
from acctdesk.exchange.trial import TrialBench
from acctdesk.reports.pack import write_pack_in_child
from acctdesk.storage.wiping import wipe
from acctdesk.ui.app import Program
from acctdesk.ui.dialogs.unlock import UnlockDialog
from acctdesk.ui.session import Session
from acctdesk.ui.settings import Settings
from tests.faults.operations import REPORT
from tests.storage.commands import LABEL, add_client
from tests.ui.world import type_text

_LONGEST = 1000


def _typed(dialog: UnlockDialog) -> None:
    """Type the password letter by letter: this script itself keeps no copy of it."""
    given = os.read(0, _LONGEST)
    letters, at = memoryview(given), 0
    while at < len(given) and letters[at] != ord("\n"):
        wide = 1 if letters[at] < 0x80 else 2  # Latin and Greek letters alone
        type_text(dialog.password.field.field, bytes(letters[at : at + wide]).decode("utf-8"))
        at += wide
    letters.release()
    wipe(given)


def _work(session: Session, folder: Path, name: str) -> None:
    desk = session.context.desk
    desk.perform(LABEL, add_client, name=name)
    desk.backup()
    write_pack_in_child(desk, out=folder / "report.xlsx", **REPORT)
    file = folder / "clients.csv"
    file.write_text(f"Κωδικός;Επωνυμία\n7;{name}\n", encoding="utf-8")
    bench = TrialBench()
    bench.try_file(desk, file, today=dt.date(2026, 3, 2))
    bench.close()
    import_in_child(desk, file, today=dt.date(2026, 3, 2))


def _wait(told: str) -> None:
    os.write(1, f"{told}\n".encode())
    os.read(0, 10)


def main(book: Path, name: str) -> None:
    """Unlock, work, lock."""
    app = QApplication(["acctdesk"])
    program = Program(app, Settings(bootstrap.home() / "settings.ini"))
    program.open(book)
    dialog = program._asking
    assert isinstance(dialog, UnlockDialog)
    _typed(dialog)
    dialog.go_on()
    while program.session is None:
        app.processEvents()
    session = program.session
    assert program.idle is not None
    program.idle.away.disconnect(program._away)
    for key in session.window.page_specs:
        session.window.show_page(key)
        while session.context.runner.busy:
            app.processEvents()
    _work(session, book.parent, name)
    _wait("open")
    session.lock()
    while program._asking is None:
        app.processEvents()
    _wait("locked")
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
