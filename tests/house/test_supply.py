"""What is installed is what was looked at: every requirement pinned by hash, nothing else there."""

from __future__ import annotations

import re
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==(?P<version>[^\s;\\]+)")
_BROUGHT_ALONG = {"acctdesk", "pip", "setuptools", "wheel"}  # ours, and what venv puts there


def _requirements(lock: Path) -> list[str]:
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    return [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]


def _name(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_requirement_has_a_version_and_hashes(lock: Path) -> None:
    for requirement in _requirements(lock):
        assert _PIN.match(requirement), requirement
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", requirement), requirement


def test_what_is_installed_is_what_the_lock_names() -> None:
    pinned: dict[str, set[str]] = {}  # one name may have a version for each Python
    for requirement in _requirements(ROOT / "requirements.lock"):
        match = _PIN.match(requirement)
        assert match is not None
        pinned.setdefault(_name(match["name"]), set()).add(match["version"])
    installed = {_name(one.metadata["Name"]): one.version for one in distributions()}
    for name in _BROUGHT_ALONG:
        installed.pop(name, None)
    assert {
        name: version for name, version in installed.items() if version not in pinned.get(name, ())
    } == {}


def test_every_dependency_of_the_project_is_in_the_lock() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    wanted = {_name(re.split(r"[<>=\[; ]", one)[0]) for one in named}
    pinned = {
        _name(one.split("==")[0].split("[")[0]) for one in _requirements(ROOT / "requirements.lock")
    }
    assert wanted - pinned == set()


def test_a_test_that_reaches_for_the_network_is_refused(offline: list[str]) -> None:
    import socket

    with socket.socket() as made, pytest.raises(PermissionError, match="reached for the network"):
        made.connect(("192.0.2.1", 9))
    with pytest.raises(PermissionError):
        socket.getaddrinfo("example.invalid", 80)
    assert len(offline) == 2
    offline.clear()
