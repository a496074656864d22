"""Which face: the window, the command line or the self-test; nothing else."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the face that the arguments ask for and return the exit status."""
    from acctdesk import cli

    arguments = list(sys.argv[1:] if argv is None else argv)
    face = cli.face_of(arguments)
    if face.name == "window":
        import importlib.util

        if importlib.util.find_spec("PySide6") is None:
            return cli.no_window()
        import gc

        gc.disable()  # the window collects by itself (ui/garbage.py): from here on it is imported
        from acctdesk.ui import app

        return app.run(list(face.files))
    if face.name == "self-test":
        from acctdesk import selftest

        return selftest.run()
    return cli.main(arguments)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # the built program is also its own child process
        import multiprocessing

        multiprocessing.freeze_support()
    raise SystemExit(main())
