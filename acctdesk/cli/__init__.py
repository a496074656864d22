"""The command line: the second face of the same services. It computes no figure of its own.

Nothing heavy is imported here: a command imports what it needs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from acctdesk.cli.language import speak

COMMANDS = (
    "new", "demo", "import", "mapping", "undo", "redo", "figures", "search", "report", "backup",
    "restore", "check", "self-test",
)  # fmt: skip
DONE, ATTENTION, NOT_DONE = 0, 1, 2
__all__ = ["ATTENTION", "DONE", "NOT_DONE", "Face", "face_of", "main", "no_window"]


@dataclass(frozen=True, slots=True)
class Face:
    """What the arguments ask for: ``window`` (of ``books``), ``self-test`` or ``command``."""

    name: str
    files: tuple[str, ...] = ()  # a book to open, sheets to import


def face_of(argv: Sequence[str]) -> Face:
    """Return which face the arguments ask for; ``--language`` alone still means the window."""
    speak(argv)
    words = list(argv)
    if "--language" in words:
        place = words.index("--language")
        del words[place : place + 2]
    words = [word for word in words if not word.startswith("--language=")]
    if not words:
        return Face("window")
    if words == ["self-test"]:
        return Face("self-test")
    if words[0] not in COMMANDS and all(map(_is_file, words)):
        return Face("window", tuple(words))
    return Face("command")


def _is_file(name: str) -> bool:
    from pathlib import Path

    from acctdesk.bootstrap import book_path

    return name.endswith(".acctbook") or Path(name).is_file() or book_path(name).is_file()


def no_window() -> int:
    """Say that this installation has no window."""
    from acctdesk.i18n import tr

    sys.stderr.write(
        tr(
            "Cli",
            "The window needs PySide6, which is not installed here. The commands work without it:"
            " acctdesk --help shows them.",
        )
        + "\n"
    )
    return NOT_DONE


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 needs attention, 2 not done."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _never_choke()
    speak(arguments)
    from acctdesk.cli.parser import build_parser

    parser = build_parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    if options.command is None:
        parser.print_help(sys.stderr)
        return NOT_DONE
    return _run(options)


def _run(options: object) -> int:
    from acctdesk.cli import commands
    from acctdesk.errors import UserError, no_memory, without_values
    from acctdesk.i18n import tr

    try:
        return commands.run(options)
    except UserError as error:
        sys.stderr.write(f"{error}\n")
    except BrokenPipeError:  # the reader of our output has gone, e.g. head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.stderr.write(tr("Cli", "Stopped. Nothing was changed.") + "\n")
    except MemoryError:
        sys.stderr.write(f"{no_memory()}\n")
    except Exception as error:  # noqa: BLE001 - a bug; its words can hold a client's data
        told = tr("Cli", "The program made a mistake, so this was not done. It happened here:")
        sys.stderr.write(f"{told}\n{without_values(error)}\n")
    return NOT_DONE


def _never_choke() -> None:
    """Let a terminal that lacks a letter show it escaped instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
