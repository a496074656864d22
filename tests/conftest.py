"""What every test shares: the data set beside the project, and a language that is set back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# how long an example takes says how busy the machine is, and nothing about the program
settings.register_profile("acctdesk", deadline=None)
settings.load_profile("acctdesk")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
pytest_plugins = ["tests.books", "tests.offline"]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real files beside the project; skip where it is not there."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the shared data set is not here")
    return SHARED_DATA


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Start each test in English and leave the language as it was."""
    from acctdesk import i18n

    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long sweeps to ``make test LONG=1``."""
    if os.environ.get("LONG") == "1":
        return
    skip = pytest.mark.skip(reason="a long sweep: make test LONG=1")
    for item in items:
        if "long" in item.keywords:
            item.add_marker(skip)
