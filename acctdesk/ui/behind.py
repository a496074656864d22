"""What a page or tab that stands behind another would say, or show, waits until it comes forward.

Nobody sees such a page, and to say all of them anew at once is what holds a window up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from types import MethodType
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

Asked = TypeVar("Asked", bound=QObject)


class MayStandBehind(QWidget):
    """One of several widgets of which one is in front: at first this one is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._behind = False
        self._waiting: dict[MethodType, None] = {}

    @property
    def is_behind(self) -> bool:
        """Tell whether another one is in front."""
        return self._behind

    def step_back(self) -> None:
        """Another one comes to the front."""
        self._behind = True

    def come_forward(self, before: MayStandBehind | None = None) -> None:
        """Take the place of the one before, and do what has waited before anything is painted."""
        if before is not None:
            before.step_back()
        self._behind = False
        waiting, self._waiting = self._waiting, {}
        for act in waiting:
            if shiboken6.isValid(act.__self__):  # it may have gone meanwhile
                act()

    def hear_styles(self, *, hears: bool) -> None:
        """Let Qt tell this and all on it that the program's style has changed, or not."""
        for one in (self, *self.findChildren(QWidget)):
            one.setAttribute(Qt.WidgetAttribute.WA_SetStyle, not hears)

    def keep(self, act: MethodType) -> None:
        """Do something when this one comes forward; once, however often it is asked for."""
        self._waiting[act] = None


@contextmanager
def left_as_measured(app: QApplication) -> Iterator[None]:
    """While the style sheet is changed, have nothing measured anew that stands behind another.

    Only colours differ; but Qt lays out every widget again whose style is not its own.
    """
    behind = [
        one
        for window in app.topLevelWidgets()
        for one in window.findChildren(MayStandBehind)
        if one.is_behind
    ]
    for one in behind:
        one.hear_styles(hears=False)
    yield
    for one in behind:
        one.hear_styles(hears=True)


def when_seen(method: Callable[[Asked], None]) -> Callable[[Asked], None]:
    """Let a method of a page, or of anything on it, wait while that page is behind another.

    A tab behind another tab of its page waits in the same way.
    """

    @wraps(method)
    def slot(self: Asked) -> None:
        one: QObject | None = self
        while one is not None and not (isinstance(one, MayStandBehind) and one.is_behind):
            one = one.parent()
        if isinstance(one, MayStandBehind):
            one.keep(MethodType(slot, self))
        else:
            method(self)

    return slot
