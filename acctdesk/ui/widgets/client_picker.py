"""A client chosen by a few letters: what is found is offered under the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QWidget

from acctdesk.i18n import msg
from acctdesk.services.rows import SearchHit
from acctdesk.services.search import find
from acctdesk.ui.widgets.basics import IconLabel
from acctdesk.ui.widgets.when_field import FramedLine
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

_ID = int(Qt.ItemDataRole.UserRole) + 1
_NAME = int(Qt.ItemDataRole.UserRole) + 2
MOST = 8


class ClientPicker(FramedLine):
    """A field of 40 px; ``chosen`` carries the id, or None while nothing is chosen."""

    chosen = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("building", "accent", height=40, parent=parent)
        self._context = context
        self._id: int | None = None
        self._name = ""
        self._found = QStandardItemModel(self)
        self._completer = QCompleter(self._found, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(MOST)
        self.field.setCompleter(self._completer)
        activated: Any = self._completer.activated
        activated[QModelIndex].connect(self._take_index)
        self.field.textEdited.connect(self._typed)
        self.field.returnPressed.connect(self._take_first)
        self.field.editingFinished.connect(self._settle)
        self._mark = IconLabel("circle-check", "success", parent=self)
        self._mark.hide()
        self.line.addWidget(self._mark)
        say(
            self.field,
            placeholder=msg("Capture", "A few letters of the name, or the code"),
            name=msg("Capture", "Client"),
            description=msg("Capture", "Type a few letters, choose with Down and Enter."),
        )

    @property
    def client_id(self) -> int | None:
        """The client chosen."""
        return self._id

    @property
    def client_name(self) -> str:
        """The name of the client chosen."""
        return self._name

    def take(self, client_id: int | None, name: str) -> None:
        """Choose a client."""
        changed = client_id != self._id
        self._id, self._name = client_id, name
        self.field.setText(name)
        self.field.setCursorPosition(0)
        self._mark.setVisible(client_id is not None and not self.field.isReadOnly())
        if changed:
            self.chosen.emit(client_id)

    def lock(self) -> None:
        """Keep the client as it is."""
        self.set_read_only()
        self.icon.set_icon("building", "muted")
        self._mark.hide()
        say(self.field, description="")

    @Slot(str)
    def _typed(self, text: str) -> None:
        if self._id is not None:
            self._id, self._name = None, ""
            self._mark.hide()
            self.chosen.emit(None)
        if not text.strip():
            self._found.clear()
            return
        self._context.runner.ask(
            find,
            text=text,
            kinds=("client",),
            limit=MOST,
            key=f"picker.{id(self)}",
            on_done=self._arrived,
            on_error=self._nothing,
        )

    def _arrived(self, hits: list[SearchHit]) -> None:
        self._found.clear()
        for hit in hits:
            shown = f"{hit.title} · {hit.detail}" if hit.detail else hit.title
            item = QStandardItem(shown)
            item.setEditable(False)
            item.setData(hit.id, _ID)
            item.setData(hit.title, _NAME)
            self._found.appendRow(item)
        if hits and self.field.hasFocus():
            self._completer.complete()

    def _nothing(self, _error: Exception) -> None:
        self._found.clear()

    @Slot(QModelIndex)
    def _take_index(self, index: QModelIndex) -> None:
        self.take(index.data(_ID), str(index.data(_NAME)))

    @Slot()
    def _take_first(self) -> None:
        if self._id is None and self._found.rowCount():
            item = self._found.item(0)
            self.take(item.data(_ID), str(item.data(_NAME)))

    @Slot()
    def _settle(self) -> None:
        if self._id is None and self._found.rowCount() == 1:
            self._take_first()
