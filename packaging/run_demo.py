"""``make run``: open the program on the demo book, or picture it where there is no display."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "demo"
BOOK = OUT / "demo.acctbook"


def main() -> int:
    """Build the demo book once, then show it on the screen or in pictures."""
    from acctdesk import cli

    OUT.mkdir(parents=True, exist_ok=True)
    if not BOOK.exists():
        print("Making the demo book ...")
        code = cli.main(["demo", str(BOOK)])
        if code:
            return code
    if sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        from acctdesk.ui import app

        return app.run([str(BOOK)])
    return _without_display(cli.main)


def _without_display(command: object) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from acctdesk.ui import shots

    pictures = shots.take(BOOK, OUT / "pictures")
    today = dt.datetime.now().astimezone().date()
    quarter = f"{today.year}Q{(today.month - 1) // 3 + 1}"
    workbook = OUT / f"report-{quarter}.xlsx"
    assert callable(command)
    code = int(command(["report", str(BOOK), "--period", quarter, "--out", str(workbook)]))
    print(
        f"There is no display, so the program ran without one.\n"
        f"{len(pictures)} pictures: {OUT / 'pictures'}\nThe quarter's workbook: {workbook}"
    )
    return code


if __name__ == "__main__":
    raise SystemExit(main())
