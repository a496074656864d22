"""Saved e-mails on their way into the timelines: read, recognised, kept, or asked about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.exchange.arriving import arriving_mails
from acctdesk.exchange.mail import Mail, recognise_all
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.services.mail import (
    Correspondent,
    KeptMail,
    KnownMail,
    MailInput,
    Recognition,
    log_mails,
)
from acctdesk.ui.messages import ToastAction
from acctdesk.ui.privacy import shown_name

if TYPE_CHECKING:
    from acctdesk.ui.context import Context
    from acctdesk.ui.runner import Progress

CLIENTS = "clients"


class MailIntake(QObject):
    """Takes files of e-mails; asks about those whose client is not clear, one after the other."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._unclear: list[tuple[Mail, tuple[Correspondent, ...]]] = []
        self._asking = False
        self._shown: KnownMail | None = None

    def take(self, paths: Sequence[Path], client_id: int | None = None) -> None:
        """Read files; with ``client_id`` the officer has said whose they are."""

        def read(
            progress: Progress, cancelled: Callable[[], bool]
        ) -> tuple[list[Mail], list[Message]]:
            return arriving_mails(desk, paths, progress=progress, cancelled=cancelled)

        desk = self._context.desk
        self._context.runner.long(
            msg("Mail", "Reading e-mails"),
            read,
            on_done=partial(self._read, client_id),
            on_error=self._context.messages.fail,
        )

    def _read(self, client_id: int | None, found: tuple[list[Mail], list[Message]]) -> None:
        mails, refused = found
        for why in refused:
            self._context.messages.refuse(why)
        if mails:
            self._context.runner.ask(
                recognise_all,
                mails=mails,
                client_id=client_id,
                on_done=partial(self._recognised, client_id, mails),
                on_error=self._context.messages.fail,
            )

    def _recognised(
        self, client_id: int | None, mails: list[Mail], told: list[Recognition]
    ) -> None:
        clear: list[KeptMail] = []
        names: set[str] = set()
        known: list[KnownMail] = []
        left_out: list[str] = []
        for mail, one in zip(mails, told, strict=True):
            certain = one.correspondents[0] if len(one.correspondents) == 1 else None
            if one.known is not None:
                known.append(one.known)
            elif certain is not None:
                clear.append(KeptMail(self._input(mail), certain.client_id, certain.contact_id))
                names.add(shown_name(certain.client_name, certain.client_id))
                left_out += mail.left_out
            elif client_id is not None:
                clear.append(KeptMail(self._input(mail), client_id))
                names.add("")
                left_out += mail.left_out
            else:
                self._unclear.append((mail, one.correspondents))
        if clear:
            name = names.pop() if len(names) == 1 else ""
            self._keep(clear, name, known=len(known), left_out=left_out)
        elif known:
            self._tell_known(known)
        self._ask_next()

    def _input(self, mail: Mail) -> MailInput:
        at = mail.sent_at or self._context.clock()
        return MailInput(mail.key, mail.subject, mail.text, at, mail.files)

    def _keep(
        self, mails: list[KeptMail], name: str, *, known: int = 0, left_out: Sequence[str] = ()
    ) -> None:
        said = nmsg("Mail", "{n} e-mail was kept.", "{n} e-mails were kept.", len(mails))
        if len(mails) == 1 and name:
            said = msg("Mail", "The e-mail was kept. Client: {client}.", client=name)
        if known:
            more = nmsg("Mail", "{n} was there already.", "{n} were there already.", known)
            said = msg("Mail", "{said} {more}", said=said, more=more)
        if left_out:
            more = msg("Mail", "What could not be kept of it: {names}.", names=", ".join(left_out))
            said = msg("Mail", "{said} {more}", said=said, more=more)
        self._context.runner.submit(
            msg("Step", "E-mails kept"),
            log_mails,
            mails=mails,
            on_done=partial(self._kept, said),
            on_error=self._context.messages.fail,
        )

    def _kept(self, said: Message, _ids: object) -> None:
        undo = ToastAction(msg("Toast", "Undo"), self._undo)
        self._context.messages.say(said, action=undo)

    def _undo(self) -> None:
        self._context.runner.undo(on_error=self._context.messages.fail)

    def _tell_known(self, known: Sequence[KnownMail]) -> None:
        self._shown = known[0]
        said = nmsg(
            "Mail",
            "{n} e-mail was there already; nothing was changed.",
            "{n} e-mails were there already; nothing was changed.",
            len(known),
        )
        if len(known) == 1:
            day = formats.date(known[0].happened_at.astimezone().date())
            said = msg(
                "Mail",
                "This e-mail of {day} is already in the history; nothing was changed.",
                day=day,
            )
        show = ToastAction(msg("Mail", "Show"), self._show)
        self._context.messages.say(said, action=show)

    def _show(self) -> None:
        one = self._shown
        if one is not None:
            self._context.navigator.show_record(
                CLIENTS, "interaction", one.interaction_id, one.client_id
            )

    # -- whose is it?

    def _ask_next(self) -> None:
        if self._asking or not self._unclear:
            return
        from acctdesk.ui.dialogs.mail_client import MailClientDialog

        self._asking = True
        mail, fitting = self._unclear.pop(0)
        dialog = MailClientDialog(self._context, self._window, mail, fitting)
        dialog.kept.connect(partial(self._chosen, mail))
        dialog.finished.connect(self._asked)
        dialog.open()

    def _chosen(self, mail: Mail, client: tuple[int, str], remember: bool) -> None:
        newcomer = None
        if remember and mail.sender is not None:
            newcomer = (mail.sender.name, mail.sender.address)
        kept = KeptMail(self._input(mail), client[0], None, newcomer)
        self._keep([kept], shown_name(client[1], client[0]), left_out=mail.left_out)

    @Slot()
    def _asked(self) -> None:
        self._asking = False
        self._ask_next()
