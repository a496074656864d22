"""A list to choose from by typing any part of a line, with or without accents."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from acctdesk.text import fold

_FOLDED = int(Qt.ItemDataRole.UserRole) + 1


class _Completer(QCompleter):
    """Compares what is typed as search does: folded."""

    def splitPath(self, path: str) -> list[str]:
        """Fold what is typed."""
        return [fold(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Show the line as it is."""
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class SearchCombo(QComboBox):
    """``key()`` is the one chosen; what is typed and matches nothing falls back to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(10)
        finder = _Completer(self.model(), self)
        finder.setCompletionRole(_FOLDED)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        finder.setMaxVisibleItems(8)
        self.setCompleter(finder)
        field = self.lineEdit()
        assert field is not None
        field.editingFinished.connect(self._settle)

    def fill(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show lines of (key, words); the one chosen stays."""
        key = self.key()
        self.blockSignals(True)
        self.clear()
        for one, words in lines:
            self.addItem(words, one)
            self.setItemData(self.count() - 1, fold(words), _FOLDED)
        self.blockSignals(False)
        self.choose(key or (lines[0][0] if lines else ""))

    def key(self) -> str:
        """Return the key of the line chosen."""
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """Choose a line by its key."""
        self.setCurrentIndex(max(0, self.findData(key)))
        self.setEditText(self.itemText(self.currentIndex()))

    @Slot()
    def _settle(self) -> None:
        """Take the first line that holds what was typed, else the one chosen before."""
        typed = fold(self.currentText())
        if typed != fold(self.itemText(self.currentIndex())):
            found = next(
                (
                    n
                    for n in range(self.count())
                    if typed and typed in str(self.itemData(n, _FOLDED))
                ),
                self.currentIndex(),
            )
            self.setCurrentIndex(found)
        self.setEditText(self.itemText(self.currentIndex()))
