"""The book's currency and fiscal year, known to every part of a page after one question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from acctdesk.services.profile import get_profile
from acctdesk.services.rows import Profile

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class BookProfile(QObject):
    """Holds the profile; ``then`` is called when it has arrived, and again when it changed."""

    def __init__(self, context: Context, then: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._then = then
        self._profile: Profile | None = None

    def load(self) -> None:
        """Ask the book."""
        self._context.runner.ask(get_profile, key=f"profile.{id(self)}", on_done=self._arrived)

    def currency(self) -> str:
        """Return the book's currency."""
        return "EUR" if self._profile is None else self._profile.currency

    def fiscal_start(self) -> int:
        """Return the first month of the fiscal year."""
        return 1 if self._profile is None else self._profile.fiscal_start

    def _arrived(self, profile: Profile) -> None:
        if profile != self._profile:
            self._profile = profile
            self._then()
