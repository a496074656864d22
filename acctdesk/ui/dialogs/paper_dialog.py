"""A page as it will be printed, in a dialog that prints it or saves it as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.ui.page_out import PageOut
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.paper import Paper
from acctdesk.ui.widgets.roomy import room_for
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

_AROUND = 2 * 24 + 16  # px beside the sheet: margins and a scroll bar


class PaperDialog(CalmDialog):
    """Nothing can be printed before ``show_page`` was called.

    A dialog of this kind asks for what it shows, and writes ``draw``, which is called again when
    the language or privacy changes.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        title: Message,
        *,
        width: int = 560,
    ) -> None:
        super().__init__(parent, title, width=width)
        self.context = context
        self.paper = Paper(room_for(self).width() - _AROUND, self)
        say(self.paper, name=title)
        self.above = QVBoxLayout()  # what stands over the sheet
        self.above.setSpacing(self.content.spacing())
        self.content.addLayout(self.above)
        self.content.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignHCenter)
        self.told = label("", "caption", wrap=True)
        self.out = PageOut(context, self, self.told)
        self.add_foot(self.told)
        self._foot_layout.setStretch(0, 1)
        self.add_button(msg("Brief", "Close")).clicked.connect(self.accept)
        self.save = self.add_button(msg("Brief", "Save as PDF…"), icon="file-download")
        self.save.clicked.connect(self.out.ask_where)
        self.print = self.add_button(
            msg("Brief", "Print…"), look="primary", icon="printer", default=True
        )
        self.print.clicked.connect(self.out.print_page)
        for button, action in ((self.print, "file.print"), (self.save, "file.pdf")):
            own = QAction(self)  # the window's own answers for its page
            own.setShortcuts(context.actions[action].shortcuts())
            own.triggered.connect(button.click)
            self.addAction(own)
        self._allow(on=False)
        self.finished.connect(self._let_go)
        bell().rung.connect(self.draw)
        self.paper.setFocus()

    @Slot()
    def draw(self) -> None:
        """Make the page: in the language of the moment, with or without amounts."""
        raise NotImplementedError

    def show_page(self, document: QTextDocument, heading: Message | str, *, name: str) -> None:
        """Show a page, which may be printed, or saved under ``name``."""
        self.paper.show_document(document, heading=str(heading))
        self.out.give(document, heading, name=name)
        self._allow(on=True)

    def show_nothing(self) -> None:
        """Take the page away."""
        self.paper.clear()
        self._allow(on=False)

    def _allow(self, *, on: bool) -> None:
        for button in (self.save, self.print):
            button.setEnabled(on)

    def _refused(self, error: Exception) -> None:
        self.context.messages.fail(error)
        self.reject()

    @Slot()
    def _let_go(self) -> None:
        bell().rung.disconnect(self.draw)
        self.paper.clear()
