"""Walks the accessibility tree of a widget and finds what a screen reader would stumble over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QWidget

_SMALLEST = 24


def unnamed(root: QWidget) -> list[str]:
    """Return every widget reached by Tab that has no accessible name."""
    return [_described(one) for one in focusable(root) if not _name(one).strip()]


def too_small(root: QWidget) -> list[str]:
    """Return every target below 24 by 24 px."""
    return [
        f"{_described(one)} {one.width()}x{one.height()}"
        for one in focusable(root)
        if one.width() < _SMALLEST or one.height() < _SMALLEST
    ]


def same_names(root: QWidget) -> list[str]:
    """Return names that two focusable siblings of one role share."""
    seen: set[tuple[int, int, str]] = set()
    twice: list[str] = []
    for one in focusable(root):
        interface = QAccessible.queryAccessibleInterface(one)
        parent = one.parentWidget()
        key = (id(parent), interface.role().value, _name(one))
        if key in seen:
            twice.append(_described(one))
        seen.add(key)
    return twice


def focusable(root: QWidget) -> list[QWidget]:
    """Return the visible, enabled widgets that Tab reaches."""
    return [
        one
        for one in root.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not _is_inner(one)
    ]


def assert_accessible(root: QWidget) -> None:
    """Fail with the list of widgets that lack a name, share one, or are too small."""
    assert not unnamed(root), f"without a name: {unnamed(root)}"
    assert not same_names(root), f"same name beside each other: {same_names(root)}"
    assert not too_small(root), f"too small to hit: {too_small(root)}"


def _is_inner(widget: QWidget) -> bool:
    """Tell whether a widget is a part of a Qt control, which speaks for it."""
    parent = widget.parentWidget()
    if parent is None or parent.focusProxy() is widget or widget.focusProxy() is not None:
        return False
    name = widget.objectName()
    if name.startswith("qt_") and not isinstance(widget, QAbstractItemView):
        return True
    return isinstance(parent, QAbstractScrollArea) and widget is parent.viewport()


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def _described(widget: QWidget) -> str:
    return f"{type(widget).__name__}({widget.objectName() or _name(widget)})"
