"""Long work under way: what it is, how far, and Cancel. Shown when it has run for 400 ms."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.ui.runner import LongWork
from acctdesk.ui.widgets.basics import Button, label, row
from acctdesk.ui.words import say


class WorkStrip(QFrame):
    """A strip at the foot of the window for the work that began last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self.setFixedHeight(48)
        self._works: list[LongWork] = []
        self._what = label(role="strong")
        self._step = label(role="caption")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setMinimumWidth(120)
        self.cancel = Button(msg("Work", "Cancel"), look="plain")
        self.cancel.clicked.connect(self._cancel)
        layout = row(
            self._what, self._step, self.bar, self.cancel, spacing=12, margins=(24, 0, 24, 0)
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.hide()

    @Slot(object)
    def follow(self, work: LongWork) -> None:
        """Watch a piece of work until it ends."""
        self._works.append(work)
        work.shown.connect(self._show)
        work.progressed.connect(self._move)
        work.finished.connect(self._refresh)

    @property
    def under_way(self) -> bool:
        """Whether any long work has not ended."""
        return any(not work.over for work in self._works)

    def cancel_all(self) -> None:
        """Ask all of it to stop."""
        for work in self._works:
            work.cancel()

    @Slot()
    def _show(self) -> None:
        self._refresh()
        current = self._current()
        if current is not None:
            self.bar.setRange(0, 0)
            say(self._what, text=current.label)
            say(self._step, text=" ")
            say(self.bar, name=current.label)
            self.cancel.setEnabled(True)
            self.show()

    @Slot(object, object, object)
    def _move(self, done: int, total: int | None, what: Message | None) -> None:
        if self.sender() is not self._current():
            return
        if total:
            self.bar.setRange(0, 1000)
            self.bar.setValue(max(self.bar.value(), min(1000, done * 1000 // total)))
        if what is not None:
            say(self._step, text=what)

    @Slot()
    def _refresh(self) -> None:
        self._works = [work for work in self._works if not work.over]
        if not self._works:
            self.hide()
            self.bar.reset()

    def _current(self) -> LongWork | None:
        return self._works[-1] if self._works else None

    @Slot()
    def _cancel(self) -> None:
        current = self._current()
        if current is not None:
            self.cancel.setEnabled(False)
            say(self._step, text=msg("Work", "Stopping…"))
            current.cancel()
