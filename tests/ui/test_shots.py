"""The whole program runs without a display and is pictured, in threads as an officer runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from acctdesk.bootstrap import open_book
from acctdesk.i18n import msg
from acctdesk.services.demo import fill_demo
from acctdesk.ui import shots
from acctdesk.ui.doors import DOORS, EMPTY
from tests.ui.world import NOW, TODAY

# said by offscreen of every menu that opens
POPUP = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
LABEL = msg("Window", "Backing up")


@POPUP
def test_every_door_is_pictured(qapp: QApplication, book_file: Path, tmp_path: Path) -> None:
    desk = open_book(book_file)
    desk.perform(LABEL, fill_demo, clients=8, seed=3, today=TODAY)
    files = shots.take_shots(
        desk,
        tmp_path / "pictures",
        sizes=[QSize(1366, 768)],
        languages=["el"],
        themes=["light"],
        clock=lambda: NOW,
    )
    names = {file.name for file in files}
    wanted = [*DOORS, *(f"empty-{key}" for key in EMPTY)]
    assert names == {f"{key}-el-light-1366x768.png" for key in wanted}
    window = QImage(str(next(file for file in files if file.name.startswith("clients-el"))))
    assert (window.width(), window.height()) == (1366, 768)
    colours = {window.pixelColor(x, 384).name() for x in range(0, 1366, 3)}
    assert len(colours) > 5


def test_picturing_leaves_the_book_alone(
    qapp: QApplication, book_file: Path, tmp_path: Path
) -> None:
    before = book_file.read_bytes()
    assert shots.take(book_file, tmp_path / "pictures", doors=["today"])
    assert book_file.read_bytes() == before
    assert list(book_file.parent.iterdir()) == [book_file]
