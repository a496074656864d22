"""The arguments of every command, with help in Greek and English."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from acctdesk.i18n import tr
from acctdesk.kinds import Language, RecordKind


def _told(message: str) -> str:
    """Return what argparse found wrong, in our words."""
    if message.startswith("the following arguments are required: "):
        return tr("Cli", "missing: {names}", names=message.partition(": ")[2])
    if message.startswith("unrecognized arguments: "):
        return tr("Cli", "unknown: {names}", names=message.partition(": ")[2])
    found = re.match(r"argument (.+?): (.*)", message, re.DOTALL)
    if found is None:
        return message
    name, why = found[1], found[2]
    if why.startswith("expected"):
        why = tr("Cli", "a value is missing")
    elif why.startswith("invalid int value: "):
        why = tr("Cli", "{value} is not a whole number", value=why.partition(": ")[2])
    return f"{name}: {why}"


class _Parser(argparse.ArgumentParser):
    """argparse, with its own few words in the language spoken."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self._positionals.title = tr("Cli", "what it works on")
        self._optionals.title = tr("Cli", "options")
        self.add_argument("-h", "--help", action="help", help=tr("Cli", "show this help and end"))

    def error(self, message: str) -> NoReturn:
        self.exit(
            2,
            self.format_usage()
            + tr(
                "Cli",
                "The command was not understood ({detail}). Nothing was changed.",
                detail=_told(message),
            )
            + "\n",
        )

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", tr("Cli", "usage:"), 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", tr("Cli", "usage:"), 1)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if isinstance(action.choices, Iterable) and value not in action.choices:
            known = ", ".join(str(choice) for choice in action.choices)
            raise argparse.ArgumentError(
                action, tr("Cli", "{value} is not one of: {known}", value=value, known=known)
            )


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line in the language spoken now."""
    from acctdesk import assets

    parser = _Parser(
        prog="acctdesk",
        description=tr(
            "Cli",
            "One account officer's book on one laptop. Without a command the window opens;"
            " with the path of a book it opens that book.",
        ),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"acctdesk {assets.version()}",
        help=tr("Cli", "show the version and end"),
    )
    _language(parser, default=None)
    commands = parser.add_subparsers(
        dest="command", metavar=tr("Cli", "COMMAND"), title=tr("Cli", "commands")
    )
    _new(commands)
    _demo(commands)
    _import(commands)
    _mapping(commands)
    _undo(commands)
    _figures(commands)
    _search(commands)
    _report(commands)
    _safety(commands)
    _command(
        commands,
        "self-test",
        tr("Cli", "try every part of the program on a temporary book"),
    )
    return parser


def _language(parser: argparse.ArgumentParser, *, default: object) -> None:
    parser.add_argument(
        "--language",
        choices=[one.value for one in Language],
        default=default,
        help=tr("Cli", "the language to speak: el or en"),
    )


def _command(commands: Any, name: str, does: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=does, description=does)
    _language(made, default=argparse.SUPPRESS)  # one given before the command stands
    return made


def _book(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "book",
        metavar=tr("Cli", "BOOK"),
        help=tr("Cli", "the path of a book; .acctbook is added where it is missing"),
    )
    _password(parser)


def _password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--password-file",
        metavar=tr("Cli", "FILE"),
        help=tr(
            "Cli",
            "a file whose first line is the password; else ACCTDESK_PASSWORD or the terminal"
            " gives it",
        ),
    )


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help=tr("Cli", "print one JSON object instead of text")
    )


def _kind(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as",
        dest="kind",
        choices=[kind.value for kind in RecordKind],
        metavar=tr("Cli", "KIND"),
        help=tr("Cli", "what the file holds: {kinds}", kinds=", ".join(RecordKind)),
    )


def _new(commands: Any) -> None:
    made = _command(commands, "new", tr("Cli", "make an empty book"))
    _book(made)
    made.add_argument(
        "--plain", action="store_true", help=tr("Cli", "without a password: anybody can read it")
    )
    made.add_argument("--officer", default="", help=tr("Cli", "the officer's name"))
    made.add_argument("--company", default="", help=tr("Cli", "the company's name"))
    made.add_argument("--currency", default="EUR", help=tr("Cli", "three letters, e.g. EUR"))
    made.add_argument(
        "--fiscal-start",
        type=int,
        default=1,
        help=tr("Cli", "first month of the fiscal year, 1 to 12"),
    )


def _demo(commands: Any) -> None:
    made = _command(commands, "demo", tr("Cli", "make an invented, realistic book"))
    _book(made)
    made.add_argument("--clients", type=int, default=60, help=tr("Cli", "how many clients (60)"))
    made.add_argument("--seed", type=int, default=1, help=tr("Cli", "the same seed, the same book"))


def _import(commands: Any) -> None:
    made = _command(commands, "import", tr("Cli", "take a file into the book"))
    _book(made)
    made.add_argument("file", metavar=tr("Cli", "FILE"), help=tr("Cli", "a spreadsheet or text"))
    _kind(made)
    made.add_argument(
        "--mapping",
        metavar="M.json",
        help=tr("Cli", "what each column means, as the command mapping prints it"),
    )
    made.add_argument(
        "--dry-run", action="store_true", help=tr("Cli", "count and check, change nothing")
    )
    made.add_argument(
        "--make-clients",
        action="store_true",
        help=tr("Cli", "of e-invoices: make clients of buyers who are not in the book"),
    )
    _json(made)


def _mapping(commands: Any) -> None:
    made = _command(
        commands, "mapping", tr("Cli", "print what each column of a file is taken to mean")
    )
    made.add_argument("file", metavar=tr("Cli", "FILE"), help=tr("Cli", "a spreadsheet or text"))
    _kind(made)
    made.add_argument("--json", action="store_true", help=argparse.SUPPRESS)  # it always is


def _undo(commands: Any) -> None:
    made = _command(commands, "undo", tr("Cli", "take the last changes back, imports included"))
    _book(made)
    made.add_argument("--steps", type=int, default=1, help=tr("Cli", "how many changes (1)"))
    redo = _command(commands, "redo", tr("Cli", "repeat the change undone last"))
    _book(redo)
    redo.add_argument("--steps", type=int, default=1, help=tr("Cli", "how many changes (1)"))


def _figures(commands: Any) -> None:
    made = _command(commands, "figures", tr("Cli", "sales, receivables and clients in figures"))
    _book(made)
    _as_of(made)
    made.add_argument(
        "--period",
        metavar="2026Q2|2026-06|2026",
        help=tr("Cli", "a quarter, month or year; the current quarter where not given"),
    )
    made.add_argument(
        "--client", metavar=tr("Cli", "CODE"), help=tr("Cli", "the figures of one client")
    )
    _json(made)


def _as_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as-of",
        metavar=tr("Cli", "DATE"),
        help=tr("Cli", "ignore what is dated later; today where not given"),
    )


def _search(commands: Any) -> None:
    made = _command(commands, "search", tr("Cli", "find clients, contacts, interactions and tasks"))
    _book(made)
    made.add_argument(
        "text",
        metavar=tr("Cli", "TEXT"),
        nargs="+",
        help=tr("Cli", "words, accents do not count; Greek may be typed in Latin letters"),
    )
    made.add_argument("--limit", type=int, default=50, help=tr("Cli", "at most so many (50)"))
    _json(made)


def _report(commands: Any) -> None:
    made = _command(commands, "report", tr("Cli", "write the workbook for management"))
    _book(made)
    made.add_argument(
        "--period", required=True, metavar="2026Q2", help=tr("Cli", "a quarter, month or year")
    )
    made.add_argument(
        "--out", required=True, metavar="FILE.xlsx", help=tr("Cli", "where to write it")
    )
    _as_of(made)


def _safety(commands: Any) -> None:
    backup = _command(commands, "backup", tr("Cli", "make a backup and check it"))
    _book(backup)
    backup.add_argument(
        "--to", metavar=tr("Cli", "FOLDER"), help=tr("Cli", "another folder than the book's own")
    )
    restore = _command(commands, "restore", tr("Cli", "put a backup in the place of a book"))
    restore.add_argument(
        "backup", metavar=tr("Cli", "BACKUP"), help=tr("Cli", "a file that backup made")
    )
    _book(restore)
    _book(_command(commands, "check", tr("Cli", "look whether a book is whole")))
