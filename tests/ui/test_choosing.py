"""Qt's own file dialog, where the system has none: its words have room in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QListView, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from acctdesk.i18n import msg
from acctdesk.ui.choosing import books, choose_file
from acctdesk.ui.context import Context
from acctdesk.ui.painting import text_width


@pytest.mark.parametrize("language", ["el", "en"])
def test_the_words_of_the_file_dialog_are_whole(
    context: Context, qapp: QApplication, qtbot: QtBot, tmp_path: Path, language: str
) -> None:
    context.languages.speak(language)
    parent = QWidget()
    qtbot.addWidget(parent)
    choose_file(parent, msg("App", "Open a book"), tmp_path, books(), len)
    qapp.processEvents()
    dialog = parent.findChild(QFileDialog)
    assert dialog is not None
    tree, places = dialog.findChild(QTreeView, "treeView"), dialog.findChild(QListView, "sidebar")
    assert isinstance(tree, QTreeView)
    assert isinstance(places, QListView)
    heads = tree.header()
    assert heads.height() == 32  # what the style sheet gives a section
    for column in range(heads.count()):
        word = tree.model().headerData(column, Qt.Orientation.Horizontal)
        assert text_width(word, 12, 600) + 8 <= heads.sectionSize(column), word
    assert places.width() >= 132
    dialog.reject()
