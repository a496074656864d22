"""The four books that are measured: made once by the demo's code, kept under ``build/bench``."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "bench"
TODAY = dt.date(2026, 11, 12)  # the day up to which a book's business goes
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


def kept_book(size: str) -> Path:
    """Return the plain book of a size, made now if there is none of today's schema.

    It is for copying: whoever opens a book may change it. The large one takes minutes to make.
    """
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{size}-{_recipe()}.acctbook"
    if not path.exists():
        for old in KEPT.glob(f"{size}-*"):
            old.unlink()
        made = KEPT / f"{size}-making.acctbook"
        # a process of its own: what filling takes in memory is given back
        subprocess.run([sys.executable, "-m", "benchmarks.books", str(made), size], check=True)
        made.rename(path)
    return path


def copied(size: str, folder: Path) -> Path:
    """Return a copy of the book of a size, free to be changed."""
    return Path(shutil.copyfile(kept_book(size), folder / f"{size}.acctbook"))


def _make(path: Path, size: str) -> None:
    from acctdesk import bootstrap
    from acctdesk.i18n import msg
    from acctdesk.services import demo

    desk = bootstrap.create_book(
        path, password=None, officer=demo.OFFICER, company=demo.COMPANY, language="el"
    )
    desk.perform(
        msg("Step", "Invented data"), demo.fill_demo, clients=SIZES[size], seed=1, today=TODAY
    )
    desk.close()


if __name__ == "__main__":
    _make(Path(sys.argv[1]), sys.argv[2])
