"""What each command does: open the book, call the service, say the answer, return the status."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from acctdesk import bootstrap, i18n
from acctdesk.cli.language import language_of_new_book
from acctdesk.cli.output import progress_of, say, say_json, tell
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg, tr
from acctdesk.kinds import RecordKind

if TYPE_CHECKING:
    from acctdesk.services.desk import Desk

DONE, ATTENTION, NOT_DONE = 0, 1, 2
PASSWORD_VARIABLE = "ACCTDESK_PASSWORD"  # noqa: S105 - the variable's name


def run(options: Any) -> int:
    """Run the command that the arguments name and return its exit status.

    Raises:
        UserError: it was not done; nothing was changed.
    """
    status: int = _COMMANDS[options.command](options)
    return status


# ---- books and passwords ---------------------------------------------------------------------


def _password(options: argparse.Namespace, path: Path) -> str | None:
    if not path.exists() or not bootstrap.needs_password(path):
        return None
    given = _given_password(options)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise UserError(
            msg(
                "Cli",
                "The book is encrypted. Give its password with --password-file or in"
                " ACCTDESK_PASSWORD. Nothing was changed.",
            )
        )
    return _ask(tr("Cli", "Password: "))


def _given_password(options: argparse.Namespace) -> str | None:
    if options.password_file is not None:
        try:
            text = Path(options.password_file).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(
                msg(
                    "Cli",
                    "The password file {name} cannot be read. Nothing was changed.",
                    name=options.password_file,
                )
            ) from error
        return text.partition("\n")[0].rstrip("\r")
    return os.environ.get(PASSWORD_VARIABLE) or None


def _ask(prompt: str) -> str:
    import getpass

    return getpass.getpass(prompt)


def _new_password(options: argparse.Namespace) -> str | None:
    """Return the password of a book to be made; None for a plain one, which is asked for."""
    if options.plain:
        return None
    given = _given_password(options)
    if given is None and sys.stdin.isatty():
        given = _ask(tr("Cli", "New password: "))
        if given != _ask(tr("Cli", "The same again: ")):
            raise UserError(msg("Cli", "The two passwords differ. Nothing was made."))
    if not given:
        raise UserError(
            msg(
                "Cli",
                "Give a password with --password-file or in ACCTDESK_PASSWORD, or ask for a book"
                " that anybody can read with --plain. Nothing was made.",
            )
        )
    return given


@contextlib.contextmanager
def _writing(options: argparse.Namespace) -> Iterator[Desk]:
    path = bootstrap.book_path(options.book)
    desk = bootstrap.open_book(path, password=_password(options, path))
    try:
        _speak_of(desk, options)
        yield desk
    finally:
        desk.close()


@contextlib.contextmanager
def _reading(options: argparse.Namespace) -> Iterator[Desk]:
    path = bootstrap.book_path(options.book)
    desk = bootstrap.open_to_read(path, password=_password(options, path))
    try:
        _speak_of(desk, options)
        yield desk
    finally:
        desk.close()


def _speak_of(desk: Desk, options: argparse.Namespace) -> None:
    """Speak the book's language where none was asked for."""
    from acctdesk.services.profile import get_profile

    if options.language is None:
        i18n.set_language(desk.query(get_profile).language)


def _date(text: str | None) -> dt.date:
    """Return the day that was asked for, today where none was."""
    from acctdesk.text import parse_date

    if text is None:
        return bootstrap.today()
    found = parse_date(text)
    if found is None:
        raise UserError(
            msg(
                "Cli",
                "{text} is no date. Write it as 2026-06-30 or 30/6/2026. Nothing was changed.",
                text=text,
            )
        )
    return found


def _positive(steps: int) -> int:
    if steps < 1:
        raise UserError(msg("Cli", "The number must be 1 or more. Nothing was changed."))
    return steps


# ---- making books ------------------------------------------------------------------------------


def _new(options: argparse.Namespace) -> int:
    desk = bootstrap.create_book(
        options.book,
        password=_new_password(options),
        officer=options.officer,
        company=options.company,
        currency=options.currency,
        fiscal_start=options.fiscal_start,
        language=options.language or language_of_new_book().value,
    )
    try:
        _told_new(desk)
    finally:
        desk.close()
    return DONE


def _told_new(desk: Desk) -> None:
    say(tr("Cli", "Made: {path}", path=desk.book.path))
    code = desk.book.recovery_code
    if code is None:
        tell(tr("Cli", "The book has no password: whoever has the file can read it."))
        return
    say(tr("Cli", "Recovery code: {code}", code=code))
    tell(
        tr(
            "Cli",
            "Print the recovery code and keep it away from this computer. It opens the book when"
            " the password is forgotten, and it is not shown again.",
        )
    )


def _demo(options: argparse.Namespace) -> int:
    from acctdesk.services.demo import COMPANY, OFFICER, checked_size, fill_demo

    checked_size(options.clients)
    options.plain = _given_password(options) is None
    desk = bootstrap.create_book(
        options.book,
        password=_new_password(options),
        officer=OFFICER,
        company=COMPANY,
        language=options.language or language_of_new_book().value,
        demo=True,
    )
    try:
        desk.perform(
            msg("Cli", "Fill the demo book"),
            fill_demo,
            clients=options.clients,
            seed=options.seed,
            today=bootstrap.today(),
        )
        _told_new(desk)
    finally:
        desk.close()
    return DONE


# ---- files in ----------------------------------------------------------------------------------


def _record_kind(options: argparse.Namespace) -> RecordKind | None:
    return None if options.kind is None else RecordKind(options.kind)


def _import(options: argparse.Namespace) -> int:
    from acctdesk.cli.import_output import say_import
    from acctdesk.exchange.money_files import MoneyFile, kind_of
    from acctdesk.exchange.money_import import import_money
    from acctdesk.exchange.runner import import_file

    money = None if options.kind is not None else kind_of(Path(options.file))
    if options.make_clients and money is not MoneyFile.INVOICES:
        raise UserError(
            msg("Cli", "--make-clients is for e-invoices, and this is none. Nothing was changed.")
        )
    mapping = None if options.mapping is None else _mapping_of(Path(options.mapping))
    with _writing(options) as desk:
        result = (
            import_money(
                desk,
                Path(options.file),
                kind=money,
                dry_run=options.dry_run,
                make_clients=options.make_clients,
            )
            if money is not None
            else import_file(
                desk,
                Path(options.file),
                kind=_record_kind(options),
                mapping=mapping,
                dry_run=options.dry_run,
                today=bootstrap.today(),
                progress=progress_of(
                    lambda share: tr("Cli", "Reading and importing: {share}", share=share)
                ),
            )
        )
        if options.json:
            say_json(result.to_json())
        else:
            say_import(result)
    return ATTENTION if result.refused else DONE


def _mapping_of(path: Path) -> Any:
    from acctdesk.exchange.mapping import mapping_from_json

    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UserError(
            msg(
                "Cli",
                "The mapping {name} cannot be read. Nothing was changed.",
                name=str(path),
            )
        ) from error
    return mapping_from_json(data)


def _mapping(options: argparse.Namespace) -> int:
    from acctdesk.exchange.mapping import propose
    from acctdesk.exchange.sheets import read_file

    content = read_file(Path(options.file))
    say_json(propose(content, kind=_record_kind(options)).to_json())
    return DONE


# ---- back and forth ------------------------------------------------------------------------------


def _undo(options: argparse.Namespace) -> int:
    return _step(
        options, lambda desk: desk.undo(), lambda label: msg("Cli", "Undone: {label}", label=label)
    )


def _redo(options: argparse.Namespace) -> int:
    return _step(
        options,
        lambda desk: desk.redo(),
        lambda label: msg("Cli", "Repeated: {label}", label=label),
    )


def _step(
    options: argparse.Namespace,
    take: Callable[[Desk], Any],
    told: Callable[[Message], Message],
) -> int:
    wanted = _positive(options.steps)
    with _writing(options) as desk:
        for done in range(wanted):
            try:
                changes = take(desk)
            except UserError as error:
                if done == 0:
                    raise
                tell(error.message)
                return ATTENTION
            say(told(changes.label))
    return DONE


# ---- answers -------------------------------------------------------------------------------------


def _figures(options: argparse.Namespace) -> int:
    from acctdesk.cli.figures_output import figures_json, say_figures
    from acctdesk.periods import parse_period
    from acctdesk.services.figures import figures
    from acctdesk.services.profile import get_profile

    as_of = _date(options.as_of)
    with _reading(options) as desk:
        start = desk.query(get_profile).fiscal_start
        period = (
            None if options.period is None else parse_period(options.period, fiscal_start=start)
        )
        found = desk.query(figures, as_of=as_of, period=period, client_code=options.client)
    if options.json:
        say_json(figures_json(found))
    else:
        say_figures(found)
    return DONE


def _search(options: argparse.Namespace) -> int:
    from acctdesk.services.search import find

    with _reading(options) as desk:
        hits = desk.query(find, text=" ".join(options.text), limit=_positive(options.limit))
    if options.json:
        say_json(
            {
                "hits": [
                    {"kind": hit.kind, "code": hit.code, "name": hit.title, "why": hit.why}
                    for hit in hits
                ]
            }
        )
        return DONE
    names = _kind_names()
    for hit in hits:
        parts = [names[hit.kind], hit.title, hit.detail]
        if hit.why != hit.title:
            parts.append(f"({hit.why})")
        say("  ".join(part for part in parts if part))
    if not hits:
        tell(tr("Cli", "Nothing was found."))
    return DONE


def _kind_names() -> dict[str, str]:
    return {
        "client": tr("Cli", "client"),
        "contact": tr("Cli", "contact"),
        "interaction": tr("Cli", "interaction"),
        "task": tr("Cli", "task"),
        "dispute": tr("Cli", "dispute"),
        "request": tr("Cli", "request"),
    }


def _report(options: argparse.Namespace) -> int:
    from acctdesk.periods import parse_period
    from acctdesk.reports.pack import write_pack
    from acctdesk.services.profile import get_profile

    as_of = _date(options.as_of)
    with _reading(options) as desk:
        profile = desk.query(get_profile)
        result = write_pack(
            desk,
            out=Path(options.out),
            period=parse_period(options.period, fiscal_start=profile.fiscal_start),
            as_of=as_of,
            language=options.language or profile.language,
        )
    say(tr("Cli", "Written: {path}", path=result.path))
    wrong = [check for check in result.checks if not check.ok]
    for check in wrong:
        tell(
            tr(
                "Cli",
                "Check failed: {name}: the program says {value}, the formula {formula}.",
                name=check.name,
                value=check.value,
                formula=check.formula,
            )
        )
    return ATTENTION if wrong else DONE


def _rows_of(show: Callable[[float], None] | None) -> Callable[[int, int], None] | None:
    """Return what shows progress told as rows done of all."""
    if show is None:
        return None
    return lambda done, in_all: show(done / max(1, in_all))


# ---- safety --------------------------------------------------------------------------------------


def _backup(options: argparse.Namespace) -> int:
    with _reading(options) as desk:
        made = desk.backup(None if options.to is None else Path(options.to))
        say(tr("Cli", "Backed up and checked: {path}", path=made))
    return DONE


def _restore(options: argparse.Namespace) -> int:
    from acctdesk.storage.backup import restore_backup

    path = bootstrap.book_path(options.book)
    aside = restore_backup(Path(options.backup), path)
    say(tr("Cli", "Restored: {path}", path=path))
    if aside is not None:
        say(tr("Cli", "The book that was there is kept as {path}.", path=aside))
    return DONE


def _check(options: argparse.Namespace) -> int:
    with _reading(options) as desk:
        report = desk.check()
        for line in report.lines:
            mark = "✓" if line.ok else "✗"
            say(f"{mark} {line.text}")
    return DONE if report.ok else ATTENTION


def _self_test(_options: argparse.Namespace) -> int:
    raise UserError(
        msg("Cli", "The self-test is started by the program itself: acctdesk self-test.")
    )


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "new": _new,
    "demo": _demo,
    "import": _import,
    "mapping": _mapping,
    "undo": _undo,
    "redo": _redo,
    "figures": _figures,
    "search": _search,
    "report": _report,
    "backup": _backup,
    "restore": _restore,
    "check": _check,
    "self-test": _self_test,
}
