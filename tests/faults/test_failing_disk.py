"""A disk that fails once is not written to again: what a later sync says cannot be believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from acctdesk.errors import EnvironmentFault
from acctdesk.services.desk import Desk
from tests.faults import injection
from tests.faults.injection import Tell
from tests.faults.operations import OPERATIONS, opened, whole
from tests.storage.commands import LABEL, add_client, client_names

pytestmark = pytest.mark.skipif(injection.STRACE is None, reason="strace is not here")


def _work_on(folder: Path, tell: Tell) -> None:
    with opened(folder) as book:
        desk = Desk(book)
        for name in ("Α", "Β", "Γ"):
            try:
                desk.perform(LABEL, add_client, name=name)
                tell(f"saved {name}")
            except EnvironmentFault as fault:
                tell(f"told {fault.message}")
        tell(f"read only {desk.status().halted is not None}")
        tell(f"read {len(desk.query(client_names))}")
        try:
            desk.undo()
        except EnvironmentFault as fault:
            tell(f"told {fault.remedy}")


@pytest.mark.parametrize("call", ["pwrite64", "fsync"])
def test_after_a_failed_write_or_sync_nothing_more_is_written(call: str, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    OPERATIONS["change"].prepare(folder)
    names = len(_names(folder))
    told = injection.run(
        _work_on, folder, "-P", str(folder / "test.acctbook-wal"), "-e", f"trace={call}",
        "-e", "signal=none", "-e", f"inject={call}:error=EIO:when=2", "-o", "/dev/null",
    )  # fmt: skip
    saved = sum(line.startswith("saved") for line in told)
    first, *later = [line for line in told if line.startswith("told The disk")]
    assert first == "told The disk reported an error."
    assert set(later) == {
        "told The disk failed while it was written to, so the book is only read now."
    }
    assert saved + 1 + len(later) == 3
    assert told[-4:] == [
        "read only True",
        f"read {names + saved}",
        "told Save a copy of the book on another disk, then open it again.",
        "end",
    ]
    found = _names(folder)  # the one told as failed may be there whole, or not at all
    assert len(found) in {names + saved, names + saved + 1}


def _names(folder: Path) -> list[str]:
    with whole(folder) as desk:
        return desk.query(client_names)
