"""``make bundle TEST=1``, the Windows half: both installers run under Wine.

An older Setup first, whose books are then opened by the new one; the program's test of itself; its
window, opened by its books as a double click does; books that go from one system to the other; the
tests of the project on the libraries that are shipped; removal, which leaves the books. The older
Setup is that of the release before (packaging/released.py), else this build under a lower number.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import bundle
import exchanged
import installers
import released
import windows_tests
from exchanged import Build
from screen import Screen, screen
from windows_bundle import FOLDER, OUT, ROOT
from wine import Prefix

PLACE = OUT / "trial"
LINUX = ROOT / "build" / "bundle" / "acctdesk" / "acctdesk"
_CALM = 30  # half seconds: under Wine the first rows come late
_LARGE = (1920, 1200)  # what the tests of the window take for granted
BOOKS = "Χαρτοφυλάκια"
_LISTED = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\acctdesk"


def main() -> int:
    """Try both installers; say what came of it."""
    from acctdesk import __version__

    (setup, msi) = (
        OUT / f"acctdesk-{__version__}-Setup-x64.exe",
        OUT / f"acctdesk-{__version__}-x64.msi",
    )
    if shutil.which("wine") is None or not (setup.is_file() and msi.is_file()):
        print("The Windows program was not tried: Wine or the installers are missing here.")
        return 0
    with screen(PLACE / "frames") as shown_on:
        prefix = Prefix(OUT / "prefix", f":{shown_on.number}")
        prefix.lay(PLACE / "shims", FOLDER / "library" / "PySide6" / "Qt6Core.dll")
        try:
            Trial(prefix, shown_on).run(setup, msi, __version__)
        finally:
            prefix.end()
    print("Built on Linux, installed and driven under Wine; no real Windows was at hand.")
    return 0


class Trial:
    """The steps, in one Windows."""

    def __init__(self, prefix: Prefix, shown_on: Screen) -> None:
        self._prefix = prefix
        self._screen = shown_on
        self._installed = prefix.home / "AppData" / "Local" / "Programs" / "acctdesk"
        self._books = prefix.home / BOOKS

    def run(self, setup: Path, msi: Path, version: str) -> None:
        """Do every step in order."""
        self._update(setup, version)
        self._test_itself("Setup")
        if LINUX.is_file():
            home = PLACE / "home"
            exchanged.exchange(self._build(), exchanged.linux(LINUX, home), self._books / "Ταξίδι")
        self._know_books()
        for language in ("en", "el"):
            self._show(language)
        self._refuse_while_running(setup)
        with screen(PLACE / "large", _LARGE) as large:
            other = Prefix(self._prefix.folder, f":{large.number}")
            windows_tests.run(other, FOLDER, PLACE)
            other.end()
        self._remove(lambda: self._prefix.must(["wine", self._installed / "uninstall.exe", "/S"]))
        path = self._prefix.inside(msi)
        self._timed("The .msi installs", ["wine", "msiexec", "/i", path, "/qn"])
        self._test_itself("msi")
        self._remove(lambda: self._prefix.must(["wine", "msiexec", "/x", path, "/qn"]))

    def _build(self, name: str = "Windows") -> Build:
        program = self._installed / "acctdesk-cli.exe"
        return Build(
            name, lambda *words: self._prefix.must(["wine", program, *words]), self._prefix.inside
        )

    def _timed(self, what: str, words: list[str | Path]) -> None:
        started = time.monotonic()
        self._prefix.must(words)
        self._prefix.wait()
        print(f"{what} in {time.monotonic() - started:.0f} s.")

    def _update(self, setup: Path, version: str) -> None:
        """Install over an older version that has books: nothing is asked, nothing is lost."""
        released_before = released.before(version)
        older = released_before and released.package(released_before, "*-Setup-x64.exe")
        self._prefix.must(["wine", older or self._made_older(), "/S"])
        self._prefix.wait()
        told = self._build().run("--version").strip()
        made = exchanged.make_books(self._build("older"), self._books)
        before = [exchanged.figures(self._build(), book, secret) for book, secret in made]
        self._timed("Setup updates", ["wine", setup, "/S"])
        for (book, secret), figures in zip(made, before, strict=True):
            exchanged.compare(figures, exchanged.figures(self._build(), book, secret), book)
        laid = {str(file.relative_to(self._installed)) for file in bundle.files_of(self._installed)}
        wanted = {str(file.relative_to(FOLDER)) for file in bundle.files_of(FOLDER)}
        if laid != wanted | {"uninstall.exe"}:
            sys.exit(f"Left over or missing after the update: {laid ^ wanted}")
        if version not in self._prefix.must(["wine", "reg", "query", _LISTED]):
            sys.exit("Windows' list of programs does not name the version.")
        print(f"Updated from {told}: the plain and the encrypted book say what they said.")

    def _made_older(self) -> Path:
        folder = PLACE / "older"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(FOLDER, folder, copy_function=os.link)
        (folder / "library" / "acctdesk" / "gone.pyc").write_bytes(b"a module that went")
        what = bundle.source()
        return installers.setup(
            folder, PLACE, OUT / "work", version="0.0.1", time=what.time, fast=True
        )

    def _test_itself(self, by: str) -> None:
        told = self._prefix.must(["wine", self._installed / "acctdesk-cli.exe", "self-test"])
        print(f"Installed by {by}:\n{told}", end="")

    def _show(self, language: str) -> None:
        """Open a demo book as a double click does, and take a picture of the window."""
        book = self._books / f"{language}.acctbook"
        self._build().run("demo", self._prefix.inside(book), "--language", language)
        with self._opened(book, PLACE / f"window-{language}.png") as file:
            print(f"The window, looked at: {file}")

    def _know_books(self) -> None:
        """Copy what opens a book to where Wine looks: Windows also reads the user's own classes."""
        for key in (".acctbook", installers.BOOK):
            classes = rf"Software\Classes\{key}"
            words = ["wine", "reg", "copy", rf"HKCU\{classes}", rf"HKLM\{classes}", "/s", "/f"]
            self._prefix.must(words)

    @contextmanager
    def _opened(self, book: Path, picture: Path) -> Iterator[Path]:
        """Open a book as a double click does; give the picture of the window that stands still."""
        self._screen.wait_until_blank(60)
        program = subprocess.Popen(
            ["wine", "start", "/wait", self._prefix.inside(book)], env=self._prefix.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

        def ended() -> str | None:
            if program.poll() is None:
                return None
            assert program.stdout is not None
            return program.stdout.read().decode("utf-8", "replace")

        try:
            yield self._screen.picture(picture, seconds=180, ended=ended, calm=_CALM)
        finally:
            self._prefix.end()
            program.communicate()

    def _refuse_while_running(self, setup: Path) -> None:
        before = (self._installed / "acctdesk.exe").stat().st_mtime_ns
        with self._opened(self._books / "el.acctbook", PLACE / "running.png"):
            done = self._prefix.run(["wine", setup, "/S"], timeout=120)
        if done.returncode != 5 or (self._installed / "acctdesk.exe").stat().st_mtime_ns != before:
            sys.exit(f"Setup touched a program that runs: {done.returncode} {done.stdout}")
        print("Setup refuses while the program runs.")

    def _remove(self, carry_out: Callable[[], object]) -> None:
        """Remove the program; books and backups stay, also one in the program's folder."""
        astray = self._installed / "astray.acctbook"
        astray.write_bytes(b"somebody's book")
        kept = {file for file in bundle.files_of(self._prefix.home) if "acctbook" in str(file)}
        carry_out()
        self._prefix.wait()
        left = [file for file in bundle.files_of(self._installed) if file != astray]
        lost = [file for file in kept if not file.is_file()]
        listed = self._prefix.run(["wine", "reg", "query", _LISTED], timeout=60).returncode == 0
        if left or lost or listed:
            sys.exit(f"After removal: left {left[:5]}, lost {lost[:5]}, still listed: {listed}")
        astray.unlink()
        print(f"Removed; {len(kept)} books and backups stay.")


if __name__ == "__main__":
    raise SystemExit(main())
