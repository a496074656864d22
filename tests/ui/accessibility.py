"""Walks the accessibility tree of a widget and finds what a screen reader would stumble over."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QScrollArea,
    QWidget,
)

from tests.ui.contrast import pixels, ratios

_SMALLEST = 24
SEEN, RING = 3, 40  # the least contrast, and pixels: a line round a tick box


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


def unreachable(root: QWidget) -> list[str]:
    """Return what Tab never reaches, pressed from where the keyboard is until it comes round."""
    wanted = focusable(root)
    reached: set[QWidget] = set()
    for _ in range(2 * len(wanted) + 20):
        held = QApplication.focusWidget()
        if held is None or (held in reached and len(reached) >= len(wanted)):
            break
        reached.add(held)
        QTest.keyClick(held, Qt.Key.Key_Tab)
    return [_described(one) for one in wanted if not _spoken_for(one) & reached]


def _spoken_for(widget: QWidget) -> set[QWidget]:
    """Return the widgets whose focus is that of a widget: itself, or what stands in for it."""
    if isinstance(widget, QAbstractButton) and widget.autoExclusive():
        parent = widget.parentWidget()
        return set() if parent is None else set(parent.findChildren(type(widget)))  # by arrow keys
    proxy = widget.focusProxy()
    inner = {one for one in widget.findChildren(QWidget) if one.focusProxy() is widget}
    return {widget, *inner, *([proxy] if proxy is not None else [])}


def unseen(root: QWidget) -> list[str]:
    """Return what shows by no change of its pixels that it has the keyboard.

    Seen is what differs by ``RING`` pixels whose contrast with what was there is ``SEEN``.
    """
    found: list[str] = []
    held = QApplication.focusWidget()
    for one in focusable(root):
        one.setFocus(Qt.FocusReason.TabFocusReason)
        for area in root.findChildren(QScrollArea):
            if area.isAncestorOf(one):
                area.ensureWidgetVisible(one)
        QApplication.processEvents()
        place = QRect(one.mapTo(root, QPoint(0, 0)), one.size()).adjusted(-2, -2, 2, 2)
        with_focus = pixels(root.grab(place).toImage())
        one.clearFocus()
        QApplication.processEvents()
        without = pixels(root.grab(place).toImage())
        changed = int((ratios(with_focus, without) >= SEEN).sum())
        if changed < RING:
            found.append(f"{_described(one)} changes {changed} px of {place.size().toTuple()}")
    if held is not None:
        held.setFocus()
    return found


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
