"""Asking for a file or a folder by the dialog of the system; the answer goes to a bound method.

Nothing waits for the answer: the dialog is opened, and gone once it is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.ui.widgets.roomy import room_for

_SIZE = QSize(820, 520)  # of Qt's own dialog, where the system has none: all its columns are seen


def books() -> list[str]:
    """Return the filter that shows books."""
    return [f"{msg('App', 'Books')} (*.acctbook)"]


def choose_file(
    parent: QWidget | None,
    title: Message,
    folder: Path,
    filters: Sequence[str],
    chosen: Callable[[str], object],
) -> None:
    """Ask for a file that is there."""
    dialog = _dialog(parent, title, folder, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(chosen)
    QDialog.open(dialog)


def choose_files(
    parent: QWidget | None,
    title: Message,
    folder: Path,
    filters: Sequence[str],
    chosen: Callable[[list[str]], object],
) -> None:
    """Ask for one or several files that are there."""
    dialog = _dialog(parent, title, folder, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(chosen)
    QDialog.open(dialog)


def choose_folder(
    parent: QWidget | None, title: Message, folder: Path, chosen: Callable[[str], object]
) -> None:
    """Ask for a folder."""
    dialog = _dialog(parent, title, folder, [])
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(chosen)
    QDialog.open(dialog)


def choose_place(
    parent: QWidget | None,
    title: Message,
    proposed: Path,
    filters: Sequence[str],
    chosen: Callable[[str], object],
    *,
    replaces: bool = True,
) -> None:
    """Ask where a file is to be written; its ending is added where it is missing.

    Without ``replaces`` the dialog does not offer to write over a file: that is refused later.
    """
    dialog = _dialog(parent, title, proposed.parent, filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not replaces)
    dialog.setDefaultSuffix(proposed.suffix.removeprefix("."))
    dialog.selectFile(proposed.name)
    dialog.fileSelected.connect(chosen)
    QDialog.open(dialog)


def _dialog(
    parent: QWidget | None, title: Message, folder: Path, filters: Sequence[str]
) -> QFileDialog:
    start = folder if folder.is_dir() else Path.home()
    dialog = QFileDialog(parent, str(title), str(start))
    dialog.resize(_SIZE.boundedTo(room_for(dialog)))
    if filters:
        dialog.setNameFilters(filters)
    dialog.finished.connect(dialog.deleteLater)
    return dialog
