"""Faults are tried in memory: what is proved here does not depend on a slow disk."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_MEMORY = Path("/dev/shm")


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a folder in memory where the system has one, else an ordinary one."""
    if not _MEMORY.is_dir():
        yield tmp_path_factory.mktemp("faults")
        return
    folder = Path(tempfile.mkdtemp(prefix="acctdesk-test-", dir=_MEMORY))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
