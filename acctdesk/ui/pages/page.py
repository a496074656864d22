"""What every page of the window is: a widget with a key, a title, and a few questions it answers.

The window knows pages only through this class. A page asks services through ``context.runner``,
hears changes through ``on_changed`` and never holds a session, a path or a model of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QWidget

from acctdesk.i18n import Message, msg

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context


@dataclass(frozen=True, slots=True)
class Target:
    """Where to go: a page, and the record to show on it.

    ``kind`` is client, contact, interaction or task (as in ``SearchHit``), or "" for none.
    """

    page: str
    kind: str = ""
    id: int | None = None
    client_id: int | None = None
    text: str = ""
    files: tuple[str, ...] = ()  # paths that were dropped on the window


@dataclass(frozen=True, slots=True)
class PrimaryAction:
    """The one filled button of the top bar while this page is shown.

    An empty ``action`` says that the page itself has the filled button.
    """

    action: str  # an id of ``actions.ACTIONS``, or empty
    text: Message | None = None  # instead of the action's own words


class Page(QWidget):
    """A page of the window.

    ``HANDLERS`` maps ids of ``actions.ACTIONS`` to names of this page's methods; those actions
    are enabled while the page is shown (see ``can``).
    """

    actions_changed = Signal()  # what ``can`` or ``primary_action`` answers has changed

    key: ClassVar[str] = ""
    icon: ClassVar[str] = "notebook"
    HANDLERS: ClassVar[Mapping[str, str]] = {}

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.context = context

    @classmethod
    def title(cls) -> Message:
        """Return the page's name as the sidebar shows it."""
        return msg("Page", "Page")

    @property
    def primary_action(self) -> PrimaryAction | None:
        """The page's one filled button; None keeps «New interaction»."""
        return None

    def count(self) -> int | None:
        """Return the figure beside the page's name in the sidebar, if there is one."""
        return None

    def count_is_urgent(self) -> bool:
        """Tell whether the figure asks for action: it is shown in red then."""
        return False

    @classmethod
    def count_question(cls) -> Callable[..., int] | None:
        """Return the question (session, today) that gives the figure before the page is made."""
        return None

    def activated(self) -> None:
        """The page came to the front; the first time is the time to load."""

    def first_focus(self) -> None:
        """Put the focus where work begins; by default into the first list or field."""
        for kind in (QAbstractItemView, QLineEdit, QAbstractButton):
            for one in self.findChildren(kind):
                if one.isVisibleTo(self) and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    one.setFocus()
                    return

    def on_changed(self, changes: ChangeSet, initiator: object) -> None:
        """The book changed; fetch again what this page shows, if it is touched."""

    def retranslate(self) -> None:
        """The language changed; widgets made with a Message have already followed."""

    def filter_focus(self) -> bool:
        """Put the cursor into the page's filter (Ctrl+F); False where there is none."""
        return False

    def can(self, action: str) -> bool:
        """Tell whether an action of HANDLERS makes sense now."""
        return action in self.HANDLERS

    def open_target(self, target: Target) -> None:
        """Show a record, e.g. one chosen in the palette."""

    def print_document(self) -> QTextDocument | None:
        """Return what Ctrl+P prints; None where the page has nothing to print."""
        return None

    def may_close(self) -> bool:
        """Tell whether the window may close; a page with work under way asks by itself."""
        return True
