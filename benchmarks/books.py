"""The four books that are measured: made once by the demo's code, kept under ``build/bench``."""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "bench"
TODAY = dt.date(2026, 11, 12)  # the day up to which a book's business goes
PASSWORD = "ήσυχο λιμάνι τον Νοέμβριο"
SIZES = {"officer": 300, "reference": 2_000, "team": 5_000, "large": 100_000}  # clients
_MADE_BY = (
    "acctdesk/models/*.py",
    "acctdesk/storage/migrations/versions/*.py",
    "acctdesk/storage/indexing.py",
    "acctdesk/services/demo*.py",
    "acctdesk/services/kept.py",
    "acctdesk/text/folding.py",
)


def _recipe() -> str:
    """Return a mark of the schema and of the code that fills a book."""
    mark = hashlib.sha256()
    for pattern in _MADE_BY:
        for file in sorted(ROOT.glob(pattern)):
            mark.update(file.read_bytes())
    return mark.hexdigest()[:12]


def kept_book(size: str, *, locked: bool = False) -> Path:
    """Return the book of a size, made now if there is none of today's schema.

    It is for copying: whoever opens a book may change it. The large one takes minutes to make.
    ``locked`` is the same book under :data:`PASSWORD`.
    """
    KEPT.mkdir(parents=True, exist_ok=True)
    name = f"{size}-locked" if locked else size
    path = KEPT / f"{name}-{_recipe()}.acctbook"
    with (KEPT / "making.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another run may be making it
        if not path.exists():
            _make_apart(path, name, size, locked=locked)
    return path


def _make_apart(path: Path, name: str, size: str, *, locked: bool) -> None:
    for old in KEPT.glob(f"{name}-[0-9a-f]*.acctbook*"):
        old.unlink()
    made = KEPT / f"making-{name}.acctbook"
    for old in KEPT.glob(f"{made.name}*"):
        old.unlink()
    # a process of its own: what filling takes in memory is given back
    command = [sys.executable, "-m", "benchmarks.books", str(made), size]
    subprocess.run([*command, "locked"] if locked else command, check=True)
    if locked:
        _key_of(made).rename(_key_of(path))
    made.rename(path)


def copied(size: str, folder: Path, *, locked: bool = False) -> Path:
    """Return a copy of the book of a size, free to be changed."""
    kept = kept_book(size, locked=locked)
    copy = folder / f"{size}{'-locked' if locked else ''}.acctbook"
    if locked:
        shutil.copyfile(_key_of(kept), _key_of(copy))
    return Path(shutil.copyfile(kept, copy))


def _key_of(path: Path) -> Path:
    return path.with_name(path.name + ".key")


def _make(path: Path, size: str, *, locked: bool) -> None:
    from acctdesk import bootstrap
    from acctdesk.i18n import msg
    from acctdesk.services import demo

    desk = bootstrap.create_book(
        path,
        password=PASSWORD if locked else None,
        officer=demo.OFFICER,
        company=demo.COMPANY,
        language="el",
    )
    desk.perform(
        msg("Step", "Invented data"), demo.fill_demo, clients=SIZES[size], seed=1, today=TODAY
    )
    desk.close()


if __name__ == "__main__":
    _make(Path(sys.argv[1]), sys.argv[2], locked="locked" in sys.argv[3:])
