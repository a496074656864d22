"""Takes the manual's pictures from an invented book: ``python packaging/manual_pictures.py``.

Whatever a picture shows is a door of ``acctdesk/ui/doors.py``, and named like it.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from acctdesk import i18n

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "manual" / "pictures"
LANGUAGES = ("el", "en")
# of what is larger than what it is about, only the upper part is kept: its height in px
DOORS: dict[str, int | None] = {
    "bank-in": None,
    "brief": None,
    "calendar": None,
    "calendar-deadlines": 430,
    "calendar-month": None,
    "checklist": None,
    "calendar-in": None,
    "client": None,
    "clients": None,
    "clients-facts": None,
    "clients-private": 420,
    "columns": None,
    "credit": None,
    "failure": None,
    "first-officer": None,
    "first-protection": None,
    "first-recovery": None,
    "halted": 330,
    "import": 570,
    "import-done": None,
    "import-mapping": None,
    "import-problems": None,
    "interaction": None,
    "satisfaction": None,
    "invoices-in": None,
    "letters-all": None,
    "mail-client": None,
    "open-items": None,
    "palette": None,
    "password": None,
    "promises": 620,
    "plan": None,
    "plans": None,
    "receivables": None,
    "remove-demo": None,
    "report": None,
    "report-done": None,
    "restore-open": None,
    "same-payments": None,
    "settings": None,
    "targets": None,
    "targets-form": None,
    "targets-landing": None,
    "targets-pay": None,
    "task": None,
    "tasks": None,
    "tasks-promises": 430,
    "today": None,
    "today-why": 650,
    "unlock": None,
    "visit-plan": None,
    "visit-report": None,
}
NOW = dt.datetime(2026, 9, 15, 7, 12, tzinfo=dt.UTC)
_CLIENTS = 40
_FOLDERS = {"el": "Έγγραφα", "en": "Documents"}
_WINDOW = (1180, 760)  # what is shown about half as wide can still be read


def take(out: Path) -> list[Path]:
    """Write every picture into a folder of its language below ``out``; return the files."""
    from PySide6.QtCore import QSize

    from acctdesk import bootstrap
    from acctdesk.i18n import msg
    from acctdesk.services import demo
    from acctdesk.ui import shots

    files: list[Path] = []
    for language in LANGUAGES:
        i18n.set_language(language)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            desk = bootstrap.create_book(
                folder / ("Πελάτες" if language == "el" else "Clients"),
                password="ήσυχο-λιμάνι-31",
                officer=demo.OFFICER,
                company=demo.COMPANY,
                language=language,
            )
            desk.perform(
                msg("Demo", "Fill the demo book"),
                demo.fill_demo,
                clients=_CLIENTS,
                seed=3,
                today=NOW.date(),
            )
            shots.take_shots(
                desk,
                folder,
                sizes=[QSize(*_WINDOW)],
                languages=[language],
                themes=["light"],
                doors=tuple(DOORS),
                clock=lambda: NOW,
                before=_hide_folders,
            )
            tail = f"{language}-light-{_WINDOW[0]}x{_WINDOW[1]}.png"
            files += [
                _keep(folder / f"{key}-{tail}", out / language / f"{key}.png", height)
                for key, height in DOORS.items()
            ]
    return files


def _hide_folders(widget: QWidget) -> None:
    """Show an officer's folder in place of the folders of this machine."""
    from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

    from acctdesk.ui.widgets.elided import ElidedLabel

    here = re.compile(
        f"^({re.escape(str(Path.home()))}|{re.escape(tempfile.gettempdir())}/[^/]+)(?=/|$)"
    )
    for one in widget.findChildren(QWidget):
        if isinstance(one, QLabel | QLineEdit | ElidedLabel):
            one.setText(here.sub(_FOLDERS[i18n.language()], one.text()))


def _keep(taken: Path, kept: Path, height: int | None) -> Path:
    """Write a picture in the 128 colours it needs: a third as large, and alike to the eye."""
    from PIL import Image

    kept.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(taken) as picture:
        part = picture.crop((0, 0, picture.width, height or picture.height))
        few = part.convert("RGB").quantize(
            128, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
    few.save(kept, optimize=True)
    return kept


def main() -> int:
    """Take them all into the manual, or into the folder named."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    files = take(out)
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"{len(files)} pictures, {size:.1f} MB: {out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
