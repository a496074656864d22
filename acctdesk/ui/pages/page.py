"""What every page of the window is: a widget with a spec, and a few questions it answers.

The window knows pages only through this class. A page asks services through ``context.runner``,
hears changes through ``on_changed`` and never holds a session, a path or a model of the store.
While another page is in front it goes on asking, but what it shows waits: see ``say_anew``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QWidget

from acctdesk.i18n import Message
from acctdesk.ui.behind import when_seen
from acctdesk.ui.pages.speaker import Speaker

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context, Target
    from acctdesk.ui.pages.registry import PageSpec


@dataclass(frozen=True, slots=True)
class PrimaryAction:
    """The one filled button of the top bar while this page is shown.

    An empty ``action`` says that the page itself has the filled button.
    """

    action: str  # an id of ``action_list.ACTIONS``, or empty
    text: Message | None = None  # instead of the action's own words


class Page(Speaker):
    """A page of the window; what the window must know before it is made is in its ``spec``."""

    actions_changed = Signal()  # what ``can`` or ``primary_action`` answers has changed

    spec: ClassVar[PageSpec]

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.context = context
        context.theme.changed.connect(self._take_theme)

    @property
    def primary_action(self) -> PrimaryAction | None:
        """The page's one filled button; None keeps «New interaction»."""
        return None

    @property
    def client(self) -> tuple[int, str] | None:
        """The client at hand, id and name, for dialogs that open over any page."""
        return None

    def count(self) -> int | None:
        """Return the figure beside the page's name in the sidebar, if there is one."""
        return None

    def count_is_urgent(self) -> bool:
        """Tell whether the figure asks for action: it is shown in red then."""
        return False

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

    def set_read_only(self, read_only: bool) -> None:
        """The book can only be read now, or be written to again: show what is edited in place so.

        What begins by an action is forbidden by the window.
        """

    @Slot()
    @when_seen
    def _take_theme(self) -> None:
        self.restyle()

    def restyle(self) -> None:
        """Take the theme's density, and paint anew what Qt does not dress."""

    def filter_focus(self) -> bool:
        """Put the cursor into the page's filter (Ctrl+F); False where there is none."""
        return False

    def can(self, action: str) -> bool:
        """Tell whether an action of the spec's handlers makes sense now."""
        return action in self.spec.handlers

    def open_target(self, target: Target) -> None:
        """Show a record, e.g. one chosen in the palette."""

    def drop_place(self, at: QPoint) -> tuple[QWidget, int] | None:
        """Return the part under a point of the page that keeps files at a client, and its id."""
        return None

    def print_document(self) -> QTextDocument | None:
        """Return what Ctrl+P prints; None where the page has nothing to print."""
        return None

    def may_close(self) -> bool:
        """Tell whether the window may close; a page with work under way asks by itself."""
        return True
