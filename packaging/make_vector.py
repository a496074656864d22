"""Keep a book of the schema about to be released: ``python packaging/make_vector.py 0.1.0``.

Writes tests/vectors/VERSION-plain.acctbook and VERSION-encrypted.acctbook with its key file, each
with a manifest: password, row counts, figures, SHA-256. The rows come from a fixed seed and a fixed
day, so they are the same whenever it is made; uids, instants and keys differ. Once released, a
vector is never written again: every later program must open it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "tests" / "vectors"
PASSWORD = "ένα βιβλίο από παλιά 1"
DAY = dt.date(2026, 6, 30)
_SHEET = "Κωδικός;Επωνυμία;Πόλη\n30.90;Νέα Πελάτισσα Α.Ε.;Βόλος\n30.91;Άλλος Πελάτης;Άρτα\n"
_FIGURES = ("clients", "invoices", "credit_notes", "receipts", "net_minor")


def describe(desk: Any) -> dict[str, Any]:
    """Return how many rows each table of records holds, and a few figures of the day."""
    from acctdesk.services.figures import figures
    from acctdesk.storage import images, migrate

    with desk.book.read_engine.connect() as connection:
        rows = migrate.row_counts(connection)
    found = desk.query(figures, as_of=DAY)
    return {
        "rows": {name: rows[name] for name in sorted(images.journalled()) if name in rows},
        "figures": {name: getattr(found, name) for name in _FIGURES},
    }


def make(folder: Path, version: str, *, encrypted: bool) -> Path:
    """Make one book in ``folder`` and return its manifest."""
    from acctdesk import bootstrap
    from acctdesk.exchange.runner import import_file, prepare
    from acctdesk.i18n import msg
    from acctdesk.services.demo import fill_demo
    from acctdesk.storage import migrate, paths

    name = f"{version}-{'encrypted' if encrypted else 'plain'}"
    password = PASSWORD if encrypted else None
    desk = bootstrap.create_book(folder / name, password=password, officer="Μαρία Νικολάου")
    desk.perform(msg("Step", "Invented data"), fill_demo, clients=3, seed=1, today=DAY)
    with tempfile.TemporaryDirectory() as place:
        sheet = Path(place) / "pelates.csv"
        sheet.write_text(_SHEET, encoding="utf-8")
        chosen = prepare(desk, sheet, today=DAY).mapping.with_column(2, "notes")
        import_file(desk, sheet, mapping=chosen, today=DAY, backup=False)
    desk.undo()
    desk.redo()
    told = describe(desk)
    path = desk.book.path
    desk.close()
    files = [path, *(one for one in (paths.envelope_path(path),) if one.exists())]
    manifest = {
        "version": version,
        "schema": migrate.SCHEMA_VERSION,
        "book": path.name,
        "password": password,
        **told,
        "sha256": {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in files},
    }
    out = folder / f"{name}.json"
    out.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return out


def main(version: str) -> int:
    """Make both books of a release; one that is there is never written again."""
    FOLDER.mkdir(exist_ok=True)
    if list(FOLDER.glob(f"{version}-*")):
        print(f"The books of {version} are kept already.")
        return 1
    for encrypted in (False, True):
        print(make(FOLDER, version, encrypted=encrypted))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
