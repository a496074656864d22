"""Privacy mode: with a client beside you, no amounts and no other client's name on the screen.

Amounts go through ``acctdesk.formats``, which hides them; names of clients go through
:func:`shown_name`. Everything that shows either says itself anew when the bell rings.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Signal

from acctdesk import formats
from acctdesk.ui.words import bell

_DOTS = "•••••"


class Privacy(QObject):
    """Whether the screen is shared, and with which client: that one's name may be read."""

    changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.guest: int | None = None

    @property
    def on(self) -> bool:
        """Whether amounts and names are hidden."""
        return formats.amounts_hidden()

    def set_on(self, on: bool) -> None:
        """Hide or show; everything that is on the screen says itself anew."""
        if on is self.on:
            return
        formats.hide_amounts(on)
        bell().rung.emit()
        self.changed.emit(on)


@cache
def privacy() -> Privacy:
    """Return the one privacy mode of the program."""
    return Privacy()


def shown_name(name: str | None, client_id: int | None) -> str:
    """Return a client's name as the screen may show it: in private only that of the guest."""
    if not name or not privacy().on or (client_id is not None and client_id == privacy().guest):
        return name or ""
    return name[0] + _DOTS
