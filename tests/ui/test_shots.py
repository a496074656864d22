"""The whole program runs without a display and is pictured, in threads as an officer runs it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from acctdesk.bootstrap import open_book
from acctdesk.i18n import msg
from acctdesk.services.demo import fill_demo
from acctdesk.ui import shots
from tests.ui.world import NOW, TODAY

LABEL = msg("Window", "Backing up")


def test_every_page_is_pictured(qapp: QApplication, book_file: Path, tmp_path: Path) -> None:
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
    assert "clients-el-light-1366x768.png" in names
    assert "palette-el-light-1366x768.png" in names
    for door in ("first-1", "first-4", "unlock-1", "unlock-3", "shut-1", "restore-1"):
        assert f"{door}-el-light-1366x768.png" in names
    window = QImage(str(next(file for file in files if file.name.startswith("clients"))))
    assert (window.width(), window.height()) == (1366, 768)
    colours = {window.pixelColor(x, 384).name() for x in range(0, 1366, 3)}
    assert len(colours) > 5


def test_a_closed_book_can_be_opened_again(
    qapp: QApplication, book_file: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        shots.take_shots(
            open_book(book_file),
            tmp_path,
            sizes=[QSize(800, 600)],
            languages=["en"],
            themes=["dark"],
        )
