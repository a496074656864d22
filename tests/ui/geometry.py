"""Finds what is cut or lies on something else, by the rectangles of the widgets."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSplitterHandle,
    QStackedWidget,
    QStyle,
    QStyleOptionFrame,
    QTabBar,
    QToolButton,
    QWidget,
)

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
    """Return what is narrower or lower than its words need."""
    found: list[str] = []
    for one in [root, *root.findChildren(QWidget)]:
        if not one.isVisible() or one.property("elides") or _elides(one):
            continue
        parent = one.parentWidget()
        if one is not root and parent is not None and _is_inner(parent):
            continue
        has, need = _room(one), _need(one)
        if has.width() + _TOLERANCE < need.width() or has.height() + _TOLERANCE < need.height():
            found.append(f"{_described(one)} has {_size(has)}, needs {_size(need)}")
    return found


def _need(widget: QWidget) -> QSize:
    """Return the size that the words of a widget need; empty where it has none of its own."""
    if isinstance(widget, QLabel | QAbstractButton):
        whole = not (isinstance(widget, QLabel) and widget.wordWrap())
        need = widget.sizeHint() if whole else widget.minimumSizeHint()
        high = (
            widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else need.height()
        )
        return QSize(need.width(), high)
    measure = widget.fontMetrics()
    if isinstance(widget, QLineEdit) and not widget.text() and not widget.toolTip():
        return QSize(measure.horizontalAdvance(widget.placeholderText()), measure.height())
    if isinstance(widget, QTabBar):
        return widget.sizeHint()
    if isinstance(widget, QScrollArea):
        scrolled = widget.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        content = widget.widget()
        return QSize() if scrolled or content is None else QSize(content.width(), 0)
    return QSize()


def _room(widget: QWidget) -> QSize:
    if isinstance(widget, QLineEdit):
        style = QStyleOptionFrame()
        widget.initStyleOption(style)
        box = widget.style().subElementRect(QStyle.SubElement.SE_LineEditContents, style, widget)
        buttons = [one for one in widget.findChildren(QToolButton) if one.isVisible()]
        return QSize(box.width() - 4 - sum(one.width() + 4 for one in buttons), box.height())
    if isinstance(widget, QScrollArea):
        return widget.viewport().size()
    return widget.size()


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


def _size(size: QSize) -> str:
    return f"{size.width()}x{size.height()}"


def _text(rect: QRect) -> str:
    return f"({rect.x()},{rect.y()} {rect.width()}x{rect.height()})"
