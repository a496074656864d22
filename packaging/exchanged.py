"""Books that travel: made by one build, opened by the other, with equal figures on both."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_CLIENTS = "Κωδικός;Επωνυμία;ΑΦΜ;Πόλη\n30.00.0001;Αθηνά Τρόφιμα Α.Ε.;094259216;Αθήνα\n"
_SALES = (
    "Παραστατικό;Τύπος;Ημερομηνία;Κωδικός πελάτη;Καθαρή αξία;ΦΠΑ;Σύνολο\n"
    "ΤΙΜ-1;Τιμολόγιο;15/05/2026;30.00.0001;1.000,00;240,00;1.240,00\n"
    "ΤΙΜ-2;Τιμολόγιο;15/06/2026;30.00.0001;500,00;120,00;620,00\n"
)
_AS_OF = "2026-06-30"
_PASSWORD = "Θάλασσα-και-αλμύρα 1962"


@dataclass(frozen=True, slots=True)
class Build:
    """One built program: its name, how it is run, how it calls a file."""

    name: str
    run: Callable[..., str]  # words -> what it said; stops everything where it fails
    inside: Callable[[Path], str]


def linux(program: Path, home: Path) -> Build:
    """Return the build for Linux, with a home of its own."""

    def run(*words: str) -> str:
        done = subprocess.run(
            [str(program), *words], env={"HOME": str(home), "PATH": "/usr/bin:/bin"},
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"{program} {words}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    return Build("Linux", run, str)


def exchange(one: Build, other: Build, folder: Path) -> None:
    """Make a plain and an encrypted book with each build and compare what both say of them."""
    for maker, reader in ((one, other), (other, one)):
        for book, secret in make_books(maker, folder):
            kind = "An encrypted" if secret else "A plain"
            compare(figures(maker, book, secret), figures(reader, book, secret), book)
            print(f"{kind} book made by {maker.name} has equal figures in {reader.name}.")


def make_books(maker: Build, folder: Path) -> list[tuple[Path, Path | None]]:
    """Make a plain and an encrypted book in ``folder``; return each with its password's file."""
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / "password.txt"
    secret.write_text(_PASSWORD, encoding="utf-8")
    for name, text in (("pelates.csv", _CLIENTS), ("poliseis.csv", _SALES)):
        (folder / name).write_text(text, encoding="utf-8")
    plain = folder / f"Δείγμα {maker.name}.acctbook"
    maker.run("demo", maker.inside(plain), "--language", "el")
    locked = folder / f"Κλειδωμένο {maker.name}.acctbook"
    given = ("--password-file", maker.inside(secret))
    maker.run("new", maker.inside(locked), *given, "--officer", "Μαρία", "--language", "el")
    for name in ("pelates.csv", "poliseis.csv"):
        maker.run("import", maker.inside(locked), maker.inside(folder / name), *given)
    if locked.read_bytes().startswith(b"SQLite"):
        sys.exit(f"{locked} is not encrypted")
    return [(plain, None), (locked, secret)]


def figures(build: Build, book: Path, secret: Path | None) -> dict[str, object]:
    """Return what a build says of a book, which must be whole."""
    given = ("--password-file", build.inside(secret)) if secret else ()
    build.run("check", build.inside(book), *given)
    said = build.run("figures", build.inside(book), "--as-of", _AS_OF, "--json", *given)
    found: dict[str, object] = json.loads(said)
    return found


def compare(before: dict[str, object], after: dict[str, object], book: Path) -> None:
    """Stop where the second build does not say what the first did of a book, or nothing is said.

    A later build may say more: keys are added to the figures, never renamed.
    """
    if not says(after, before) or not before.get("counts"):
        sys.exit(f"{book.name}: first {before}, then {after}")


def says(after: object, before: object) -> bool:
    """Tell whether ``after`` holds all that ``before`` does, with equal values."""
    if isinstance(before, dict) and isinstance(after, dict):
        return all(key in after and says(after[key], value) for key, value in before.items())
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(says, after, before))
    return before == after
