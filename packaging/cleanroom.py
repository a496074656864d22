"""``make bundle TEST=1``: the built program in a Debian root that has nothing but what it names.

The root is made by debootstrap with the packages of ``contents.DEBIAN_DEPENDS``, kept as an archive
under build/cleanroom and laid anew for each run. The .deb is installed in it by apt without a
network, over the release before where there is one and with its books in place, and removed at the
end without a trace. The screen is an Xvfb outside of it, so that no
library of the X server is there by chance. The program runs as an ordinary user without a network,
in a home with Greek and a space in its path.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

import contents
import exchanged
import released
from screen import Screen, screen

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build" / "cleanroom"
ROOM = PLACE / "root"
BUNDLE = ROOT / "build" / "bundle" / "acctdesk"
PROBE = ROOT / "build" / "bundle" / "work" / "acctdesk" / "first-paint"
HOME = "/home/Μαρία Π"
INSIDE = "/opt/acctdesk"
STARTS = 9
X_SOCKETS = Path("/tmp/.X11-unix")


def main() -> int:
    """Lay the room, try the program in it, say what came of it."""
    if os.geteuid() != 0:
        sys.exit("The clean room is a chroot: type  sudo make bundle TEST=1")
    package = next(BUNDLE.parent.glob("acctdesk_*.deb"), None)
    if package is None:
        sys.exit("Nothing is built yet: make bundle")
    lay()
    before = files_of_the_system()
    X_SOCKETS.mkdir(mode=0o1777, exist_ok=True)
    with screen(PLACE / "frames") as shown_on:
        room = Room(shown_on)
        update(room, package)
        shutil.copy2(PROBE, ROOM / INSIDE[1:])
        check_libraries(room)
        print(room.run(f"{INSIDE}/acctdesk", "self-test", timeout=600), end="")
        for language in ("en", "el"):
            words = ("demo", f"{language}.acctbook", "--language", language)
            room.run(f"{INSIDE}/acctdesk", *words, timeout=600)
            print(f"The window, looked at: {room.picture(language)}")
        measure(room)
    remove(before)
    print(
        f"{package.name} is installed, works and is removed on {_release()} with nothing but: "
        f"{', '.join(_packages())}"
    )
    return 0


# -- the room


def _release() -> str:
    for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines():
        if line.startswith("VERSION_CODENAME="):
            return line.partition("=")[2].strip('"')
    sys.exit("The clean room needs a Debian-like system.")


def _packages() -> list[str]:
    return [one.partition(" ")[0] for one in contents.DEBIAN_DEPENDS]


def _mirror() -> str:
    """Return where this machine's own package manager gets its release from."""
    told = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)|$(RELEASE)|$(COMPONENT)",
         "Created-By: Packages"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for line in told.splitlines():
        address, release, component = line.split("|")
        if (release, component) == (_release(), "main"):
            return address
    sys.exit(f"This machine's apt knows no source of {_release()} main.")


def lay() -> None:
    """Lay the root as it was made once."""
    shutil.rmtree(ROOM, ignore_errors=True)
    key = hashlib.sha256(repr((_release(), contents.DEBIAN_DEPENDS)).encode()).hexdigest()[:12]
    kept = PLACE / f"{_release()}-{key}.tar"
    if not kept.exists():
        _make(kept)
    ROOM.mkdir(parents=True, exist_ok=True)
    _do("tar", "--extract", "--numeric-owner", "--file", str(kept), "--directory", str(ROOM))


def install(package: Path) -> None:
    """Install the package as a user would who has its file, from nowhere but the root itself."""
    shutil.copy2(package, ROOM / "tmp")
    install = "apt-get install -y -qq --no-install-recommends"
    offline = ("unshare", "--net", "chroot", str(ROOM))
    _do(*offline, "sh", "-c", f"{install} /tmp/{package.name}")
    (ROOM / "tmp" / package.name).unlink()


def update(room: Room, package: Path) -> None:
    """Install the package over the release before, whose books must say what they said."""
    sys.path.insert(0, str(ROOT))
    from acctdesk import __version__

    older = released.before(__version__)
    file = None if older is None else released.package(older, "*.deb")
    if file is None:
        install(package)
        print("No release is older: the package was installed afresh.")
        return
    install(file)
    build = exchanged.Build(
        "Linux",
        lambda *words: room.run(f"{INSIDE}/acctdesk", *words, timeout=600),
        lambda path: f"/{path.relative_to(ROOM)}",
    )
    books = ROOM / HOME[1:] / "Βιβλία"
    books.mkdir()
    shutil.chown(books, *(ROOM / HOME[1:]).stat()[4:6])
    made = exchanged.make_books(build, books)
    said = [exchanged.figures(build, book, secret) for book, secret in made]
    install(package)
    for (book, secret), figures in zip(made, said, strict=True):
        exchanged.compare(figures, exchanged.figures(build, book, secret), book)
    print(f"Updated from {older}: the plain and the encrypted book say what they said.")


def remove(before: set[str]) -> None:
    """Remove the package; stop where anything of it is left, or anything else is gone."""
    (ROOM / INSIDE[1:] / PROBE.name).unlink()
    _do("chroot", str(ROOM), "apt-get", "purge", "-y", "-qq", "acctdesk")
    changed = files_of_the_system() ^ before
    if changed:
        sys.exit("Removing it leaves, or takes away:\n  " + "\n  ".join(sorted(changed)[:20]))


def files_of_the_system() -> set[str]:
    """Return every path of the root but what the package manager keeps for itself, and homes."""
    own = {
        ROOM / one
        for one in ("var/lib/dpkg", "var/lib/apt", "var/log", "var/cache", "home", "proc", "tmp")
    }
    own.add(ROOM / "opt")  # no package owns it: dpkg itself takes it away when it is empty
    found: set[str] = set()
    for folder, inside, names in os.walk(ROOM):
        inside[:] = [one for one in inside if Path(folder, one) not in own]
        found.update(str(Path(folder, one)) for one in [*inside, *names])
    found.update(str(one) for one in (ROOM / "opt").rglob("*"))
    return found - {str(one) for one in own}


def _make(kept: Path) -> None:
    print(f"Making a Debian root ({_release()}), once; it takes a few minutes ...")
    PLACE.mkdir(parents=True, exist_ok=True)
    for old in PLACE.glob("*.tar"):
        old.unlink()
    _do("debootstrap", "--variant=minbase", _release(), str(ROOM), _mirror())
    install = "apt-get install -y -qq --no-install-recommends"
    _do("chroot", str(ROOM), "sh", "-c", f"{install} {' '.join(_packages())} && apt-get clean")
    _do("chroot", str(ROOM), "useradd", "--create-home", "--home-dir", HOME, "officer")
    half = kept.with_suffix(".part")
    _do("tar", "--create", "--numeric-owner", "--file", str(half), "--directory", str(ROOM), ".")
    half.rename(kept)
    shutil.rmtree(ROOM)


def _do(*words: str) -> None:
    done = subprocess.run(
        words, capture_output=True, text=True, check=False,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"},
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"{' '.join(words)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


# -- the program in the room


class Room:
    """Runs programs in the root as an ordinary user, without a network."""

    def __init__(self, shown_on: Screen) -> None:
        self._screen = shown_on
        self._environment = {
            "HOME": HOME,
            "USER": "officer",
            "PATH": "/usr/bin:/bin",
            "DISPLAY": f":{shown_on.number}",
            "QT_QPA_PLATFORM": "xcb",
        }

    def command(self, *words: str) -> list[str]:
        """Return the command line that runs ``words`` in the room."""
        mounts = (
            f"mkdir -p {ROOM}{X_SOCKETS} && mount --bind {X_SOCKETS} {ROOM}{X_SOCKETS}"
            f" && mount -t proc proc {ROOM}/proc && mount -t tmpfs tmpfs {ROOM}/dev/shm"
        )
        inside = f'cd "{HOME}" && exec "$@"'
        return [
            "unshare", "--mount", "--net", "--pid", "--fork",
            "sh", "-c", f'{mounts} && exec "$@"', "sh",
            "chroot", "--userspec=officer:officer", str(ROOM),
            "env", "-i", *(f"{name}={value}" for name, value in self._environment.items()),
            "sh", "-c", inside, "sh", *words,
        ]  # fmt: skip

    def run(self, *words: str, timeout: float) -> str:
        """Return what a program said; stop everything where it fails."""
        program = subprocess.Popen(
            self.command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            encoding="utf-8", errors="replace",
        )  # fmt: skip
        try:
            said, complained = program.communicate(timeout=timeout)
        finally:
            end(program)
        if program.returncode:
            sys.exit(f"{' '.join(words)}\n{said[-3000:]}\n{complained[-3000:]}")
        return said

    def picture(self, language: str) -> Path:
        """Open the demo book of a language, wait until the window stands still, picture it."""
        self._screen.wait_until_blank(300)
        words = (f"{INSIDE}/acctdesk", f"{language}.acctbook")
        program = subprocess.Popen(
            self.command(*words), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

        def ended() -> str | None:
            if program.poll() is None:
                return None
            assert program.stdout is not None
            return program.stdout.read().decode()

        try:
            return self._screen.picture(PLACE / f"window-{language}.png", seconds=300, ended=ended)
        finally:
            end(program)


def end(program: subprocess.Popen[Any]) -> None:
    """End what runs in the room: its first process, for with that one the kernel ends all."""
    children = Path(f"/proc/{program.pid}/task/{program.pid}/children")
    if program.poll() is None:
        for child in children.read_text(encoding="ascii").split():
            os.kill(int(child), signal.SIGKILL)
        program.wait()


def check_libraries(room: Room) -> None:
    """Stop where the loader itself does not find a library in the room."""
    script = (
        f"export LD_LIBRARY_PATH={INSIDE}/_internal; find {INSIDE} -type f -name '*.so*'"
        " | while read -r file; do ldd \"$file\" 2>/dev/null | grep 'not found'"
        ' | while read -r line; do echo "$line|$file"; done; done; true'
    )
    for line in room.run("sh", "-c", script, timeout=300).splitlines():
        name = line.split()[0]
        file = Path(line.rpartition("|")[2]).name
        if contents.MAY_LACK.get(name) != file:
            sys.exit(f"{file} does not find {name}; does contents.DEBIAN_DEPENDS name it?")


def measure(room: Room) -> None:
    """Print how long the program takes to its first paints, against an empty window."""
    told = room.run(f"{INSIDE}/first-paint", "measure", "el.acctbook", str(STARTS), timeout=600)
    times: dict[str, list[float]] = {}
    for line in told.splitlines():
        what, seconds = line.split()
        times.setdefault(what, []).append(float(seconds))
    median = {what: statistics.median(found) for what, found in times.items()}
    print(f"From start to first paint, median of {STARTS}, interleaved:")
    for what, label in (("empty", "an empty window"), ("shell", "the window"), ("rows", "clients")):
        ratio = median[what] / median["empty"]
        print(f"  {median[what]:.2f} s  {ratio:.2f} x  {label}")


if __name__ == "__main__":
    raise SystemExit(main())
