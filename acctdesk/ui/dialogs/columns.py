"""Which columns a list shows, and in which order; every change shows at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from acctdesk.i18n import msg
from acctdesk.ui.itemmodels.client_columns import BY_KEY
from acctdesk.ui.widgets.basics import Button, column, label, row
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.words import plain_tip, say

_KEY = int(Qt.ItemDataRole.UserRole) + 1
Layout = list[tuple[str, bool]]


class ColumnList(QListWidget):
    """Columns to tick; Alt+Up and Alt+Down move one."""

    move_wanted = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by Alt and an arrow; the rest is the list's."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_wanted.emit(step)
        else:
            super().keyPressEvent(event)


class ColumnsDialog(CalmDialog):
    """Chooses columns. ``changed`` carries the layout: pairs of key and shown, in order."""

    topic = "clients"
    changed = Signal(object)

    def __init__(
        self, layout: Sequence[tuple[str, bool]], first: Layout, parent: QWidget | None
    ) -> None:
        super().__init__(parent, msg("Columns", "Columns"), width=440)
        self._first = first
        self._filling = False
        self.list = ColumnList(self)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setProperty("plain", True)
        self.list.setMinimumHeight(11 * 32 + 8)
        say(
            self.list,
            name=msg("Columns", "Columns"),
            description=msg("Columns", "Space shows or hides, Alt with an arrow moves."),
        )
        up = Button(msg("Columns", "Up"), icon="arrow-up")
        down = Button(msg("Columns", "Down"), icon="arrow-down")
        first_button = Button(msg("Columns", "As at first"), icon="restore")
        up.clicked.connect(self._up)
        down.clicked.connect(self._down)
        first_button.clicked.connect(self._start_over)
        self.content.addWidget(
            label(msg("Columns", "Tick what the list shows; the name always stays."), "sub")
        )
        for button in (up, down, first_button):  # all as wide as the widest
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        side = column(up, down, 8, first_button, None)
        self.content.addLayout(row(self.list, side, spacing=12))
        done = self.add_button(msg("Columns", "Done"), look="primary", default=True)
        done.clicked.connect(self.accept)
        self._fill(layout)
        self.list.itemChanged.connect(self._tell)
        self.list.model().rowsMoved.connect(self._tell)
        self.list.move_wanted.connect(self._move)
        self.list.setFocus()

    def layout_shown(self) -> Layout:
        """Return the columns as they stand: key, shown."""
        found: Layout = []
        for place in range(self.list.count()):
            item = self.list.item(place)
            shown = item.checkState() is Qt.CheckState.Checked
            found.append((str(item.data(_KEY)), shown))
        return found

    def _fill(self, layout: Sequence[tuple[str, bool]]) -> None:
        self._filling = True
        self.list.clear()
        for key, shown in layout:
            spec = BY_KEY[key]
            item = QListWidgetItem(str(spec.title))
            item.setData(_KEY, key)
            item.setSizeHint(QSize(200, 32))
            item.setToolTip(plain_tip(str(spec.tooltip)))
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            if not spec.fixed:
                flags |= Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsDragEnabled
            item.setFlags(flags)
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._filling = False

    @Slot()
    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit(self.layout_shown())

    @Slot()
    def _up(self) -> None:
        self._move(-1)

    @Slot()
    def _down(self) -> None:
        self._move(1)

    @Slot(int)
    def _move(self, step: int) -> None:
        place = self.list.currentRow()
        goal = place + step
        if place < 1 or not 1 <= goal < self.list.count():
            return
        self._filling = True
        item = self.list.takeItem(place)
        self.list.insertItem(goal, item)
        self.list.setCurrentRow(goal)
        self._filling = False
        self._tell()

    @Slot()
    def _start_over(self) -> None:
        self._fill(self._first)
        self._tell()
