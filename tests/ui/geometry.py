"""Finds what is cut or lies on something else, by the rectangles of the widgets."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractButton, QLabel, QSplitterHandle, QStackedWidget, QWidget

from acctdesk.ui.widgets.overlay import Overlay
from acctdesk.ui.widgets.toast import ToastBar

_FLOATING: tuple[type[QWidget], ...] = (Overlay, ToastBar, QSplitterHandle)
_FLOATING_NAMES = frozenset({"busyLine", "floating"})
_TOLERANCE = 1


def overlaps(root: QWidget) -> list[str]:
    """Return pairs of visible siblings whose rectangles intersect."""
    found: list[str] = []
    for parent in [root, *root.findChildren(QWidget)]:
        if not parent.isVisible() or isinstance(parent, QStackedWidget) or _is_inner(parent):
            continue
        children = [
            one
            for one in parent.children()
            if isinstance(one, QWidget)
            and one.isVisible()
            and not one.isWindow()
            and not isinstance(one, _FLOATING)
            and one.objectName() not in _FLOATING_NAMES
            and one.width() > 0
            and one.height() > 0
        ]
        for first, second in combinations(children, 2):
            common = first.geometry().intersected(second.geometry())
            if common.width() > _TOLERANCE and common.height() > _TOLERANCE:
                found.append(f"{_described(first)} on {_described(second)} in {_described(parent)}")
    return found


def outside(root: QWidget) -> list[str]:
    """Return visible widgets that stick out of their parent (and are not scrolled)."""
    found: list[str] = []
    for one in root.findChildren(QWidget):
        parent = one.parentWidget()
        if parent is None or not one.isVisible() or one.isWindow() or _is_scrolled(one):
            continue
        if isinstance(one, _FLOATING) or one.objectName() in _FLOATING_NAMES or _is_inner(parent):
            continue
        if not parent.rect().adjusted(-1, -1, 1, 1).contains(one.geometry()):
            found.append(f"{_described(one)} {_text(one.geometry())} in {_text(parent.rect())}")
    return found


def cut(root: QWidget) -> list[str]:
    """Return labels and buttons narrower or lower than their words need."""
    found: list[str] = []
    for one in root.findChildren(QWidget):
        if not one.isVisible() or not isinstance(one, QLabel | QAbstractButton):
            continue
        if one.property("elides") or _elides(one):
            continue
        need = one.minimumSizeHint() if isinstance(one, QLabel) else one.sizeHint()
        if isinstance(one, QLabel) and not one.wordWrap():
            need = one.sizeHint()
        high = one.heightForWidth(one.width()) if one.hasHeightForWidth() else need.height()
        if one.width() + _TOLERANCE < need.width() or one.height() + _TOLERANCE < high:
            found.append(
                f"{_described(one)} has {one.width()}x{one.height()}, needs {need.width()}x{high}"
            )
    return found


def assert_no_overlap_or_cut(root: QWidget) -> None:
    """Fail with the list of widgets that overlap, stick out or are cut."""
    problems = [*overlaps(root), *outside(root), *cut(root)]
    assert not problems, "\n".join(problems)


def _elides(widget: QWidget) -> bool:
    """Tell whether a painted widget shortens its words by design (and says them in full)."""
    return type(widget).__name__ in {"SearchField", "NavButton", "StatusBlock", "ElidedLabel"}


def _is_scrolled(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return parent is not None and parent.objectName() == "qt_scrollarea_viewport"


def _is_inner(widget: QWidget) -> bool:
    """Tell whether a widget is a Qt control that lays out its own parts."""
    names = {type(widget).__name__}
    for base in type(widget).__mro__:
        names.add(base.__name__)
    return bool(
        names
        & {
            "QAbstractItemView", "QAbstractSpinBox", "QComboBox", "QLineEdit", "QTabWidget",
            "QTabBar", "QMenuBar", "QScrollArea", "QPlainTextEdit", "QHeaderView", "QScrollBar",
            "QCalendarWidget",
        }
    )  # fmt: skip


def _described(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    words = text() if callable(text) else ""
    return f"{type(widget).__name__}({widget.objectName() or words})"


def _text(rect: QRect) -> str:
    return f"({rect.x()},{rect.y()} {rect.width()}x{rect.height()})"
