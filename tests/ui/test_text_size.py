"""Text is as large as the system has it or the officer chose, and all else grows with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QFont

from acctdesk.ui.settings import TEXT_SIZE, Settings
from acctdesk.ui.text_size import percent_for

_RATIO = (
    "import os, sys, pathlib\n"
    "from acctdesk.ui.settings import Settings\n"
    "from acctdesk.ui.text_size import make_application\n"
    "app = make_application(Settings(pathlib.Path(sys.argv[1])))\n"
    "print(app.primaryScreen().devicePixelRatio(), os.environ.get('QT_SCALE_FACTOR'))\n"
)


@pytest.mark.parametrize(
    ("points", "percent"), [(9, 100), (11, 100), (14, 136), (21, 200), (40, 200)]
)
def test_text_is_never_smaller_than_the_system_has_it(
    qapp: object, points: int, percent: int
) -> None:
    assert percent_for(QFont("Inter", points)) == percent


@pytest.mark.parametrize(
    ("chosen", "outer", "said"),
    [(0, None, "1.0 None"), (133, None, "1.33 None"), (200, "1.5", "3.0 1.5")],
)
def test_a_chosen_size_holds_from_the_start_and_for_no_other_program(
    tmp_path: Path, chosen: int, outer: str | None, said: str
) -> None:
    file = tmp_path / "settings.ini"
    settings = Settings(file)
    settings.set(TEXT_SIZE, chosen)
    settings.save()
    environment = {key: value for key, value in os.environ.items() if key != "QT_SCALE_FACTOR"}
    if outer is not None:
        environment["QT_SCALE_FACTOR"] = outer
    done = subprocess.run(
        [sys.executable, "-c", _RATIO, str(file)],
        env={**environment, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == said
