"""The menu of a client in a tab of the receivables."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from acctdesk.i18n import msg
from acctdesk.ui.pages import registry

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


def open_client(context: Context, client_id: int) -> None:
    """Go to the record of a client."""
    context.navigator.show_record("clients", "client", client_id, client_id)


def popup_menu(context: Context, parent: QWidget, client_id: int, point: QPoint) -> None:
    """Offer at a point what can be done with a client."""
    menu = QMenu(parent)
    opening = QAction(str(msg("Receivables", "Open the client")), menu)
    opening.triggered.connect(partial(open_client, context, client_id))
    menu.addAction(opening)
    for key in (*registry.RECEIVABLES.handlers, "record.order"):
        menu.addAction(context.actions[key])
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(point)
