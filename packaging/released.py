"""What was released before: its packages, from which an update is tried.

They are too large for git. They are kept under build/released/VERSION, and built anew from the tag
of that version where they are missing: ``python packaging/released.py`` does that for the newest.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "released"
_MADE = ("bundle/*.deb", "bundle/SHA256SUMS", "windows/*.exe", "windows/*.msi")


def before(version: str, tags: list[str] | None = None) -> str | None:
    """Return the newest version with a tag that is older than ``version``; None: there is none."""
    known = _tags() if tags is None else tags
    numbers = [_numbers(tag.removeprefix("v")) for tag in known]
    older = [one for one in numbers if one is not None and one < (_numbers(version) or ())]
    return ".".join(map(str, max(older))) if older else None


def _numbers(version: str) -> tuple[int, ...] | None:
    parts = [part for part in version.split(".") if not part.startswith("dev")]
    return tuple(map(int, parts)) if all(part.isdigit() for part in parts) else None


def _tags() -> list[str]:
    done = subprocess.run(
        ["git", "tag", "--list", "v*"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.split()


def package(version: str, pattern: str) -> Path | None:
    """Return the package of a release that is like ``pattern``, if its build made one."""
    if not any((KEPT / version).glob("*")):
        keep(version)
    return next(iter((KEPT / version).glob(pattern)), None)


def keep(version: str) -> None:
    """Build the packages of a released version from its tag and keep them."""
    print(f"Building {version} from its tag, once ...")
    source = KEPT / "source"
    shutil.rmtree(source, ignore_errors=True)
    git = ["git", "-C", str(ROOT), "worktree"]
    subprocess.run([*git, "prune"], check=True)
    subprocess.run([*git, "add", "--quiet", "--detach", str(source), f"v{version}"], check=True)
    try:
        subprocess.run(["make", "bundle"], cwd=source, check=True)
        take(source, version)
    finally:
        subprocess.run([*git, "remove", "--force", str(source)], check=False)


def take(source: Path, version: str) -> None:
    """Keep what ``make bundle`` made in the checkout ``source``."""
    folder = KEPT / version
    folder.mkdir(parents=True, exist_ok=True)
    for pattern in _MADE:
        for file in (source / "build").glob(pattern):
            shutil.copy2(file, folder / file.name)


def main() -> int:
    """Keep the newest release, or what this checkout has built: ``released.py here VERSION``."""
    sys.path.insert(0, str(ROOT))
    from acctdesk import __version__

    if sys.argv[1:2] == ["here"]:
        take(ROOT, sys.argv[2])
        return 0
    version = before(__version__)
    if version is None:
        print(f"Nothing older than {__version__} has a tag.")
    else:
        print(package(version, "*.deb"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
