"""The QAction objects of the window, made of what ``action_list`` declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from acctdesk.i18n import Message
from acctdesk.ui import icons
from acctdesk.ui.action_list import ACTIONS, MENUS, ActionSpec
from acctdesk.ui.theme import Theme
from acctdesk.ui.words import bell, plain_tip

if TYPE_CHECKING:
    from acctdesk.ui.pages.registry import PageSpec


# in the words of this file: else Qt looks up the names of keys in the officer's language, each time
_PORTABLE = QKeySequence.SequenceFormat.PortableText


@cache
def specs() -> Mapping[str, ActionSpec]:
    """Return every declared action by its id."""
    return MappingProxyType({spec.id: spec for spec in ACTIONS})


def key_caps(shortcut: str) -> tuple[str, ...]:
    """Return the keys of a shortcut as they are painted, e.g. ("Ctrl", "Shift", "I")."""
    if shortcut.endswith("++"):
        return (*key_caps(shortcut[:-2]), "+")
    return tuple(part for part in shortcut.split("+") if part)


class Actions(QObject):
    """The QAction objects, one per declared action and one per page."""

    triggered = Signal(str)  # the id

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._specs: dict[str, ActionSpec] = {}
        self._extra: dict[str, Message] = {}
        self._reasons: dict[str, Message] = {}
        self._theme = theme
        self._drawn: set[str] = set()  # the actions whose icon has been wanted
        theme.changed.connect(self._recolour)
        bell().rung.connect(self.retranslate)

    def install(self, window: QWidget, handled: Iterable[str], pages: Iterable[PageSpec]) -> None:
        """Make the actions that somebody handles, and one per page."""
        known = set(handled)
        chosen = [spec for spec in ACTIONS if spec.id in known]
        chosen += [
            ActionSpec(
                f"page.{one.key}",
                "view",
                one.title,
                one.icon,
                (f"Ctrl+{n}",) if n < 10 else (),  # the keyboard has nine of them
                choice="page",
            )
            for n, one in enumerate(pages, 1)
        ]
        for spec in chosen:
            action = QAction(self)
            action.setObjectName(spec.id)
            action.setShortcuts([QKeySequence(one, _PORTABLE) for one in spec.shortcuts])
            action.setCheckable(spec.choice is not None)
            action.triggered.connect(self._tell)
            window.addAction(action)
            self._actions[spec.id] = action
            self._specs[spec.id] = spec
        self.retranslate()

    def __contains__(self, action: str) -> bool:
        return action in self._actions

    def __getitem__(self, action: str) -> QAction:
        self._draw(action)
        return self._actions[action]

    def spec(self, action: str) -> ActionSpec:
        """Return how an installed action was declared."""
        return self._specs[action]

    def ids(self) -> tuple[str, ...]:
        """Return the installed actions in the order of the menus."""
        order = [key for key, _ in MENUS]
        return tuple(
            sorted(
                self._specs,
                key=lambda one: (order.index(self._specs[one].menu), self._specs[one].group),
            )
        )

    def label(self, action: str) -> str:
        """Return an action's words without the mark of its access key."""
        return str(self._extra.get(action) or self._specs[action].text)

    def set_text(self, action: str, text: Message | None) -> None:
        """Give an action other words for the moment (None: its own again)."""
        if text is None:
            self._extra.pop(action, None)
        else:
            self._extra[action] = text
        if action in self._actions:
            self._dress(action)

    def set_enabled(self, action: str, *, enabled: bool) -> None:
        """Allow or forbid an action."""
        if action in self._actions:
            self._actions[action].setEnabled(enabled)

    def show(self, action: str, *, shown: bool) -> None:
        """Put an action into the menus or leave it out."""
        if action in self._actions:
            self._actions[action].setVisible(shown)

    def give_reason(self, actions: Iterable[str], reason: Message | None) -> None:
        """Say why some actions are not possible (None: nothing keeps them); their tips tell it."""
        for action in actions:
            if reason is None:
                self._reasons.pop(action, None)
            else:
                self._reasons[action] = reason
            self._dress(action)

    def tick(self, action: str, *, ticked: bool) -> None:
        """Show a choice as taken or not."""
        if action in self._actions:
            self._actions[action].setChecked(ticked)

    def fill_menus(self, bar: QMenuBar) -> None:
        """Generate the menus; a group is set off by a line."""
        bar.clear()
        for key, title in MENUS:
            ids = [one for one in self.ids() if self._specs[one].menu == key]
            if not ids:
                continue
            menu = QMenu(title.localized(), bar)
            menu.setToolTipsVisible(bool(self._reasons))
            menu.aboutToShow.connect(self._draw_menu)
            last = self._specs[ids[0]].group
            for one in ids:
                if self._specs[one].group != last:
                    menu.addSeparator()
                    last = self._specs[one].group
                menu.addAction(self._actions[one])
            bar.addMenu(menu)

    @Slot()
    def retranslate(self) -> None:
        """Say every action in the current language."""
        for action in self._actions:
            self._dress(action)

    def _dress(self, action: str) -> None:
        words = self.label(action)
        item = self._actions[action]
        item.setText(words.replace("&", "&&"))
        keys = item.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        tip = f"{words} ({keys})" if keys else words
        reason = self._reasons.get(action)
        item.setToolTip(plain_tip(tip if reason is None else f"{tip}\n{reason}"))

    def _draw(self, action: str) -> None:
        """Give an action its icon: drawing all of them would hold up the start."""
        name = self._specs[action].icon
        if name and action not in self._drawn:
            self._drawn.add(action)
            self._actions[action].setIcon(icons.icon(name, "text2", 18))

    @Slot()
    def _draw_menu(self) -> None:
        menu = self.sender()
        if isinstance(menu, QMenu):
            for action in menu.actions():
                if action.objectName() in self._specs:
                    self._draw(action.objectName())

    @Slot()
    def _recolour(self) -> None:
        drawn, self._drawn = self._drawn, set()
        for action in drawn:
            self._draw(action)

    @Slot()
    def _tell(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.triggered.emit(sender.objectName())
