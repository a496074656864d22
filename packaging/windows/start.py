"""The first lines of Python in the Windows program; run by the launcher, never imported.

It says that the program is a built one, so that child processes are started through it, and tells
in a message box what happens before there is a window to tell it.
"""

from __future__ import annotations

import os
import sys


def _stands_alone() -> None:
    # a program without a console has no streams; what is written there is to go nowhere, not fail
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123


def _tell(error: BaseException) -> None:
    import ctypes

    from acctdesk.errors import without_values

    text = f"The program did not start.\nΤο πρόγραμμα δεν ξεκίνησε.\n\n{without_values(error)}"
    box = getattr(ctypes, "windll").user32.MessageBoxW  # noqa: B009 - there on Windows alone
    box(None, text, "acctdesk", 0x10)


def main() -> int:
    """Run the child process or the face that the arguments ask for."""
    vars(sys)["frozen"] = "windows"
    has_console = sys.stderr is not None
    _stands_alone()
    if "--multiprocessing-fork" in sys.argv:
        import multiprocessing

        multiprocessing.freeze_support()  # does not come back
    try:
        from acctdesk.__main__ import main as run

        return run()
    except Exception as error:
        if has_console:
            raise
        _tell(error)
        return 3


if __name__ == "__main__":
    raise SystemExit(main())
