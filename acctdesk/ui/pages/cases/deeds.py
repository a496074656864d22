"""What is done with cases: each is one step, told in a toast with its Undo."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.kinds import InteractionKind
from acctdesk.services.case_rows import AffectedClient, RequestRow
from acctdesk.services.disputes import reopen_dispute, trash_dispute, untell
from acctdesk.services.disruptions import (
    change_disruption,
    mark_told,
    mark_untold,
    remove_client,
    trash_disruption,
)
from acctdesk.services.mail_drafts import request_draft
from acctdesk.services.profile import get_profile
from acctdesk.services.requests import cancel_request, reopen_request, trash_request
from acctdesk.services.rows import Profile
from acctdesk.text.files import file_stem
from acctdesk.ui import settings as remembered
from acctdesk.ui.choosing import choose_place
from acctdesk.ui.deeds import Deeds
from acctdesk.ui.itemmodels.entries import Entry
from acctdesk.ui.messages import ToastAction

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class CaseDeeds(QObject):
    """Does things to disputes, disruptions and requests."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._widget = parent
        self._do = Deeds(context, parent).do

    def trash(self, entry: Entry) -> None:
        """Move a case to the trash."""
        kind, number = entry.key
        told = msg("Cases", "It was moved to the trash.")
        if kind == "dispute":
            self._do(msg("Step", "Dispute to the trash"), trash_dispute, told, dispute_id=number)
        elif kind == "disruption":
            self._do(
                msg("Step", "Disruption to the trash"), trash_disruption, told,
                disruption_id=number,
            )  # fmt: skip
        else:
            self._do(msg("Step", "Request to the trash"), trash_request, told, request_id=number)

    def reopen(self, entry: Entry) -> None:
        """Open a case again."""
        kind, number = entry.key
        told = msg("Cases", "It is open again.")
        if kind == "dispute":
            self._do(msg("Step", "Dispute open again"), reopen_dispute, told, dispute_id=number)
        elif kind == "disruption":
            self._do(
                msg("Step", "Disruption open again"), change_disruption, told,
                disruption_id=number, ended_at=None,
            )  # fmt: skip
        else:
            self._do(msg("Step", "Request open again"), reopen_request, told, request_id=number)

    def cancel(self, request_id: int) -> None:
        """Ask for it no longer."""
        self._do(
            msg("Step", "Request cancelled"),
            cancel_request,
            msg("Cases", "The request was cancelled."),
            request_id=request_id,
            on=self._context.today(),
        )

    def phoned(self, clients: list[AffectedClient]) -> None:
        """Write down that clients were told by telephone now, with a call in their timelines."""
        self._do(
            msg("Step", "Told by telephone"),
            mark_told,
            msg("Cases", "Written down, and kept as a call in the timeline."),
            entry_ids=[one.id for one in clients],
            told_at=self._context.clock(),
            kind=InteractionKind.CALL,
        )

    def mailed(self, clients: list[AffectedClient]) -> None:
        """Write down that clients were told by e-mail now, in the timeline of each."""
        self._do(
            msg("Step", "Told by e-mail"),
            mark_told,
            msg("Cases", "Written down, and kept as an e-mail in each timeline."),
            entry_ids=[one.id for one in clients],
            told_at=self._context.clock(),
            kind=InteractionKind.EMAIL,
        )

    def untold(self, client: AffectedClient) -> None:
        """Take back that a client was told."""
        self._do(
            msg("Step", "Not told after all"),
            mark_untold,
            msg("Cases", "The client is to be told again."),
            entry_id=client.id,
        )

    def remove(self, client: AffectedClient) -> None:
        """Take a client off the list of a disruption."""
        self._do(
            msg("Step", "Client off the list"),
            remove_client,
            msg("Cases", "The client was taken off the list."),
            entry_id=client.id,
        )

    def untell(self, notice_id: int) -> None:
        """Take back that somebody was told of a dispute."""
        self._do(
            msg("Step", "Not told after all"),
            untell,
            msg("Cases", "The name was taken off the list."),
            notice_id=notice_id,
        )

    # -- a request as a mail

    def mail(self, request: RequestRow) -> None:
        """Ask where the draft is to be written."""
        self._context.runner.ask(
            get_profile,
            on_done=partial(self._ask_where, request),
            on_error=self._context.messages.fail,
        )

    def _ask_where(self, request: RequestRow, profile: Profile) -> None:
        self._draft = request_draft(
            request,
            officer=profile.officer,
            due=formats.date(request.due_on) if request.due_on else "",
            client=request.client_name or "",
        )
        name = file_stem(f"{request.department} {request.what}"[:80])
        place = self._context.settings.folder() / f"{name}.eml"
        title: Message = msg("Cases", "Save the draft")
        choose_place(self._widget, title, place, ["E-mail (*.eml)"], self.write_mail)

    @Slot(str)
    def write_mail(self, file: str) -> None:
        """Write the draft; its toast opens it in the mail program."""
        path = Path(file)
        try:
            path.write_bytes(self._draft)
        except OSError:
            self._context.messages.refuse(
                msg(
                    "Brief",
                    "{name} could not be saved there. Choose another folder.",
                    name=path.name,
                )
            )
            return
        self._context.settings.set(remembered.LAST_FOLDER, str(path.parent))
        self._saved = path
        self._context.messages.say(
            msg("Window", "Saved: {name}", name=path.name),
            action=ToastAction(msg("Cases", "Open"), self._open_saved),
        )

    @Slot()
    def _open_saved(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))
