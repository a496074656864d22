"""The late interest of a client's open invoices: a calculation to look at, print or save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.services.late_interest import InvoiceClaim, client_claims
from acctdesk.services.profile import get_profile
from acctdesk.services.rows import Profile
from acctdesk.ui.dialogs.paper_dialog import PaperDialog
from acctdesk.ui.dialogs.record_form import named, read_day
from acctdesk.ui.interest_page import TITLE, WARNING, interest_document
from acctdesk.ui.job import sentence_of
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.when_field import WhenField
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class InterestDialog(PaperDialog):
    """Asks for the interest up to a day and shows the page; marked as no legal advice."""

    topic = "reminders"

    def __init__(self, context: Context, parent: QWidget, *, client: tuple[int, str]) -> None:
        super().__init__(context, parent, TITLE, width=620)
        self._client = client
        self._currency = "EUR"
        self._claims: list[InvoiceClaim] | None = None
        self.warning = label(WARNING, "warning", wrap=True)
        until = msg("Interest", "Up to")
        self.until = WhenField(context.today(), parent=self)
        self.until.field.setText(formats.date(context.today()))
        say(self.until.field, name=until, description=msg("Interest", "The day it is paid."))
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.above.addWidget(self.warning)
        self.above.addLayout(named(until, self.until))
        self.above.addWidget(self.trouble)
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
        self.draw()

    def _complain(self, error: Exception) -> None:
        self._claims = None
        self.show_nothing()
        self.trouble.setText(str(sentence_of(error)))
        self.trouble.show()

    @Slot()
    def draw(self) -> None:
        """Make the page, which says in its head that it is no legal advice."""
        if not self._claims:
            return
        name = shown_name(self._client[1], self._client[0])
        document = interest_document(name, self._claims, until=self._until, currency=self._currency)
        heading = msg("Interest", "{title} – {warning}", title=TITLE, warning=WARNING)
        self.show_page(document, heading, name=f"{TITLE} {self._client[1]} {self._until:%Y-%m-%d}")
        self.fit(self.size())
