"""Where resources are, in a wheel, a checkout or a built program: the only resolver."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from acctdesk import __version__


@cache
def root() -> Path:
    """Return the folder that holds icons/, fonts/, themes/ and translations/.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    here = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    candidates = [here / "resources", here.parent / "resources"]
    if bundle:
        candidates.insert(0, Path(bundle) / "resources")
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError("resources")


def path(*parts: str) -> Path:
    """Return the path of one resource, e.g. ``path("icons", "phone.svg")``."""
    return root().joinpath(*parts)


def manual() -> Path:
    """Return the folder of the manual: ``docs/manual`` lies beside the resources everywhere."""
    return root().parent / "docs" / "manual"


@cache
def build() -> str:
    """Return the commit and the day of a built program, "" in a checkout or a wheel."""
    file = path("build.json")
    if not file.is_file():
        return ""
    import json

    told = json.loads(file.read_text(encoding="utf-8"))
    return f"{told['commit']}, {told['day']}"


def version() -> str:
    """Return the version, and of a built program what it was built from."""
    return f"{__version__} ({build()})" if build() else __version__
