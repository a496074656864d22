"""What the first page and the first clicks need, loaded away from the GUI thread.

To import a page at its first click holds the window up for 50 to 250 ms, and so does looking
through all that was loaded for garbage: it is kept from that at once, module by module, because
the GUI thread looks for garbage meanwhile too, and as long as a book is open.
"""

from __future__ import annotations

import gc
import importlib
import threading
from typing import TYPE_CHECKING

from acctdesk.kinds import Language
from acctdesk.ui.pages.registry import PAGES

if TYPE_CHECKING:
    from acctdesk.services.desk import Desk

_FRAME = (  # what the window is furnished with
    "acctdesk.ui.banners",
    "acctdesk.ui.dropping",
    "acctdesk.ui.reminders",
    "acctdesk.ui.widgets.toast",
    "acctdesk.ui.widgets.workstrip",
)
_CLICKS = (  # what is opened every day; the drawing library is what a chart of Today loads
    "matplotlib.backends.backend_agg",
    "acctdesk.services.keeping",
    "acctdesk.ui.dialogs.palette",
    "acctdesk.ui.dialogs.capture",
    "acctdesk.ui.dialogs.task_form",
    "acctdesk.ui.dialogs.report",
)


def warm_first_page(desk: Desk) -> None:
    """Load the first page, and the words of the book's language.

    The book is asked once: its entities are configured by that.
    """
    from acctdesk.services import profile

    for module in _FRAME:
        importlib.import_module(module)
    PAGES[0].page_class()
    PAGES[0].title.localized(Language(desk.query(profile.get_profile).language))
    gc.freeze()


def warm_first_clicks() -> None:
    """Load the other pages and the dialogs of every day, in a thread that nothing waits for."""
    threading.Thread(target=_load, name="acctdesk-warming", daemon=True).start()


def _load() -> None:
    from acctdesk.ui.pages.tabs import TabbedPage

    for page in PAGES[1:]:
        kind = page.page_class()
        gc.freeze()
        for tab in kind.parts if issubclass(kind, TabbedPage) else ():
            tab.tab_class()
            gc.freeze()
    for module in _CLICKS:
        importlib.import_module(module)
        gc.freeze()


def cool() -> None:
    """A book was closed: let what its window leaves be collected."""
    gc.unfreeze()
