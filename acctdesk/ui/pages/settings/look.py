"""Language, colours, density and size of text: of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from acctdesk import i18n
from acctdesk.i18n import Message, msg
from acctdesk.kinds import Language
from acctdesk.ui import settings as remembered
from acctdesk.ui.pages.settings.control import Control, Facts
from acctdesk.ui.text_size import AS_SYSTEM, MOST
from acctdesk.ui.theme import Density, ThemeChoice
from acctdesk.ui.widgets.segments import Choice, Segments

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class _Choices(Control):
    """One row of segments."""

    NAME: Message
    CHOICES: tuple[Choice, ...]

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.segments = Segments(list(self.CHOICES), self.NAME, parent=self)
        self.setFocusProxy(self.segments.buttons[0])
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.segments)
        self._show(self.at_hand())
        self.segments.chosen.connect(self._chosen)

    def at_hand(self) -> str:
        """Return the key of what holds now."""
        raise NotImplementedError

    def take(self, key: str) -> None:
        """Let another choice hold, and remember it."""
        raise NotImplementedError

    def show_facts(self, facts: Facts) -> None:
        """Show what holds, also where a menu changed it."""
        self._show(self.at_hand())

    def _show(self, key: str) -> None:
        if key != self.segments.key:
            self.segments.blockSignals(True)
            self.segments.choose(key)
            self.segments.blockSignals(False)

    @Slot(str)
    def _chosen(self, key: str) -> None:
        if key != self.at_hand():
            self.take(key)
            self.saved.emit()


class LanguageControl(_Choices):
    """Greek or English."""

    NAME = msg("Settings", "Language")
    CHOICES = (
        Choice("el", "language", msg("Action", "Ελληνικά")),
        Choice("en", "language", msg("Action", "English")),
    )

    def at_hand(self) -> str:
        """Return the language spoken."""
        return i18n.language().value

    def take(self, key: str) -> None:
        """Speak the other language."""
        self.context.settings.set(remembered.LANGUAGE, Language(key).value)
        self.context.languages.speak(key)


class ThemeControl(_Choices):
    """Light, dark, or as the system has it."""

    NAME = msg("Settings", "Colours")
    CHOICES = (
        Choice("light", "sun", msg("Settings", "Light")),
        Choice("dark", "moon", msg("Settings", "Dark")),
        Choice("system", "device-desktop", msg("Settings", "As the system")),
    )

    def at_hand(self) -> str:
        """Return the colours chosen."""
        return self.context.theme.choice.value

    def take(self, key: str) -> None:
        """Set the colours."""
        self.context.settings.set(remembered.THEME, ThemeChoice(key).value)
        self.context.theme.apply(key)


class DensityControl(_Choices):
    """Rows apart or close together."""

    NAME = msg("Settings", "Rows of lists")
    CHOICES = (
        Choice("comfortable", "list-details", msg("Settings", "Comfortable")),
        Choice("compact", "list", msg("Settings", "Compact")),
    )

    def at_hand(self) -> str:
        """Return the density chosen."""
        return self.context.theme.density.value

    def take(self, key: str) -> None:
        """Set the density."""
        self.context.settings.set(remembered.DENSITY, Density(key).value)
        self.context.theme.set_density(key)


class TextSizeControl(_Choices):
    """As large as the system's text, or larger."""

    NAME = msg("Settings", "Size of text")
    CHOICES = (
        Choice(str(AS_SYSTEM), "device-desktop", msg("Settings", "As the system")),
        Choice("115", "text-size", msg("Settings", "12 pt")),
        Choice("133", "text-size", msg("Settings", "14 pt")),
        Choice(str(MOST), "text-size", msg("Settings", "Double")),
    )

    def at_hand(self) -> str:
        """Return the size chosen, in per cent."""
        percent = str(self.context.settings.get(remembered.TEXT_SIZE))
        return percent if percent in {one.key for one in self.CHOICES} else str(AS_SYSTEM)

    def take(self, key: str) -> None:
        """Set the size, from the next start on."""
        self.context.settings.set(remembered.TEXT_SIZE, int(key))


class LockControl(_Choices):
    """After how many minutes an encrypted book is locked."""

    NAME = msg("Settings", "Lock by itself")
    CHOICES = (
        Choice("1", "clock", msg("Settings", "1 min")),
        Choice("5", "clock", msg("Settings", "5 min")),
        Choice("15", "clock", msg("Settings", "15 min")),
        Choice("0", "lock-open", msg("Settings", "Never")),
    )

    def at_hand(self) -> str:
        """Return the minutes chosen."""
        minutes = str(self.context.settings.get(remembered.LOCK_AFTER))
        return minutes if minutes in {one.key for one in self.CHOICES} else "5"

    def take(self, key: str) -> None:
        """Set the minutes."""
        self.context.settings.set(remembered.LOCK_AFTER, int(key))
