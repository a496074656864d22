"""The late interest of a client's open invoices: a calculation to look at, print or save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.services.late_interest import InvoiceClaim, client_claims
from acctdesk.services.profile import get_profile
from acctdesk.services.rows import Profile
from acctdesk.ui.dialogs.record_form import named, read_day
from acctdesk.ui.interest_page import TITLE, WARNING, interest_document
from acctdesk.ui.job import sentence_of
from acctdesk.ui.page_out import PageOut
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.paper import Paper
from acctdesk.ui.widgets.roomy import room_for
from acctdesk.ui.widgets.when_field import WhenField
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

_AROUND = 2 * 24 + 16  # px beside the sheet: margins and a scroll bar


class InterestDialog(CalmDialog):
    """Asks for the interest up to a day and shows the page; marked as no legal advice."""

    topic = "reminders"

    def __init__(self, context: Context, parent: QWidget, *, client: tuple[int, str]) -> None:
        super().__init__(parent, TITLE, width=620)
        self.context = context
        self._client = client
        self._currency = "EUR"
        self._claims: list[InvoiceClaim] | None = None
        self.warning = label(WARNING, "warning", wrap=True)
        until = msg("Interest", "Up to")
        self.until = WhenField(context.today(), parent=self)
        self.until.field.setText(formats.date(context.today()))
        say(self.until.field, name=until, description=msg("Interest", "The day it is paid."))
        self.paper = Paper(room_for(self).width() - _AROUND, self)
        say(self.paper, name=TITLE)
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addWidget(self.warning)
        self.content.addLayout(named(until, self.until))
        self.content.addWidget(self.trouble)
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
            button.setEnabled(False)
            own = QAction(self)  # the window's own answers for its page
            own.setShortcuts(context.actions[action].shortcuts())
            own.triggered.connect(button.click)
            self.addAction(own)
        self.finished.connect(self._let_go)
        bell().rung.connect(self._draw)
        self.until.field.editingFinished.connect(self.load)
        self.until.field.setFocus()
        context.runner.ask(get_profile, on_done=self._profile_arrived, on_error=self._complain)

    def _profile_arrived(self, profile: Profile) -> None:
        self._currency = profile.currency
        self.load()

    @Slot()
    def load(self) -> None:
        """Ask for the interest up to the day that is typed."""
        try:
            self._until = read_day(self.until) or self.context.today()
        except UserError as error:
            self._complain(error)
            return
        self.context.runner.ask(
            client_claims,
            client_id=self._client[0],
            as_of=self._until,
            key="interest",
            on_done=self._arrived,
            on_error=self._complain,
        )

    def _arrived(self, claims: list[InvoiceClaim]) -> None:
        self._claims = claims
        self.trouble.hide()
        if not claims:
            self._complain(
                UserError(msg("Interest", "No invoice of this client is past due on that day."))
            )
            return
        for button in (self.save, self.print):
            button.setEnabled(True)
        self._draw()

    def _complain(self, error: Exception) -> None:
        self._claims = None
        for button in (self.save, self.print):
            button.setEnabled(False)
        self.paper.clear()
        self.trouble.setText(str(sentence_of(error)))
        self.trouble.show()

    @Slot()
    def _draw(self) -> None:
        if not self._claims:
            return
        name = shown_name(self._client[1], self._client[0])
        document = interest_document(name, self._claims, until=self._until, currency=self._currency)
        heading = msg("Interest", "{title} – {warning}", title=TITLE, warning=WARNING)
        self.paper.show_document(document, heading=str(heading))
        self.out.give(document, heading, name=f"{TITLE} {self._client[1]} {self._until:%Y-%m-%d}")
        self.fit(self.size())

    @Slot()
    def _let_go(self) -> None:
        bell().rung.disconnect(self._draw)
        self.paper.clear()
