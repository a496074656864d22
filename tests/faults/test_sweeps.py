"""Each operation killed or failed at its n-th system call leaves the old state or the new one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.faults import injection
from tests.faults.injection import Fault, Hit, struck
from tests.faults.operations import OPERATIONS, Operation, stray

MOST = 6  # calls struck of one operation by one fault; all of them by make test LONG=1
ALL = 400

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here")

FAULTS = {
    "killed": injection.KILL,
    "disk-full": injection.FULL,
    "write-broken": injection.BROKEN_WRITE,
    "sync-broken": injection.BROKEN_SYNC,
}
ONLY_LONG = {"one-write-refused": injection.FULL_ONCE}


def wrong(operation: Operation, fault: Fault, told: list[str], state: str) -> str:
    """Return what is wrong with what was told, "" where nothing is."""
    died = not told or told[-1] != "end"
    errors = [line for line in told if line.startswith("error")]
    if died and fault is not injection.KILL:
        return "it crashed"
    if "done" in told and state != "new":
        return "told as done and not there"
    if any(not line.startswith(("error: fault:", "error: UserError:")) for line in errors):
        return "an exception instead of a sentence"
    return ""


def _fault_of(
    operation: Operation, fault: Fault, hit: Hit, template: Path, folder: Path
) -> str | None:
    shutil.copytree(template, folder)
    told = struck(operation.act, folder, fault, hit)
    try:
        state = operation.state(folder)
        found = wrong(operation, fault, told, state)
        left = stray(folder, operation.kept)
        if left:
            found += f" left {left}"
    except Exception as error:  # noqa: BLE001 - whatever is wrong is listed with its call
        found = f"{type(error).__name__}: {error}"
    shutil.rmtree(folder)
    return f"{hit.call} {hit.number}: {found}; told {told}" if found else None


def _swept(name: str, fault: Fault, most: int, tmp_path: Path) -> list[str]:
    operation = OPERATIONS[name]
    template = tmp_path / "template"
    template.mkdir()
    operation.prepare(template)
    rehearsal = tmp_path / "rehearsal" / "work"
    shutil.copytree(template, rehearsal)
    calls = injection.hits(operation.act, rehearsal, tmp_path / "calls.log")
    assert operation.state(rehearsal) == "new"
    chosen = injection.sample(calls, fault, most, f"{name} {fault.what}")
    found = []
    for number, hit in enumerate(chosen):
        place = tmp_path / f"{number}" / "work"
        place.parent.mkdir()
        found.append(_fault_of(operation, fault, hit, template, place))
        shutil.rmtree(place.parent)
    return [one for one in found if one is not None]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_struck_operation_is_done_or_was_never_begun(
    name: str, fault: str, tmp_path: Path
) -> None:
    assert _swept(name, FAULTS[fault], MOST, tmp_path) == []


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("fault", FAULTS | ONLY_LONG)
@pytest.mark.parametrize("name", OPERATIONS)
def test_at_every_single_call(name: str, fault: str, tmp_path: Path) -> None:
    assert _swept(name, (FAULTS | ONLY_LONG)[fault], ALL, tmp_path) == []
