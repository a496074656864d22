"""A need of a client: its words, whether it is met, and with what result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk.errors import ConflictError
from acctdesk.i18n import Message, msg, tr
from acctdesk.kinds import NeedState
from acctdesk.services.needs import trash_need, update_need
from acctdesk.services.rows import NeedRow
from acctdesk.ui.messages import ToastAction
from acctdesk.ui.widgets.basics import LineEdit, label, labelled
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.segments import Choice, Segments

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

_LONGEST = 300
_STATES = (
    Choice(NeedState.OPEN.value, "target", msg("Needs", "Open")),
    Choice(NeedState.MET.value, "check", msg("Needs", "Met")),
    Choice(NeedState.DROPPED.value, "x", msg("Needs", "Dropped")),
)


class NeedForm(CalmDialog):
    """Closes a need with its result, opens it again, or corrects it."""

    topic = "interaction"

    def __init__(self, context: Context, parent: QWidget | None, *, need: NeedRow) -> None:
        super().__init__(parent, msg("Needs", "A need of the client"), width=520)
        self.context = context
        self._need = need
        self._version = need.version
        self.what = LineEdit(self)
        self.what.setMaxLength(_LONGEST)
        self.what.setText(need.what)
        self.state = Segments(_STATES, msg("Needs", "What became of it"), parent=self)
        self.state.choose(need.state.value)
        self.outcome = LineEdit(self)
        self.outcome.setMaxLength(_LONGEST)
        self.outcome.setText(need.result or "")
        self.content.addLayout(labelled(msg("Needs", "What is needed"), self.what))
        self.content.addLayout(labelled(msg("Needs", "What became of it"), self.state))
        self.content.addLayout(labelled(msg("Needs", "With what result"), self.outcome))
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addWidget(self.trouble)
        self.content.addStretch(1)
        self.state.chosen.connect(self._state_chosen)
        self._state_chosen(need.state.value)
        self.add_button(msg("Needs", "Move to the trash")).clicked.connect(self.trash)
        self.add_button(msg("Needs", "Cancel")).clicked.connect(self.reject)
        save = self.add_button(msg("Needs", "Save"), look="primary", icon="check", default=True)
        save.clicked.connect(self.save)
        self.state.setFocus()

    @Slot(str)
    def _state_chosen(self, key: str) -> None:
        self.outcome.setEnabled(key != NeedState.OPEN.value)

    @Slot()
    def save(self) -> None:
        """Store what became of the need, or say what stands against it."""
        self.context.runner.submit(
            msg("Step", "Change of a need"),
            update_need,
            need_id=self._need.id,
            expected_version=self._version,
            what=self.what.text(),
            state=NeedState(self.state.key),
            result=self.outcome.text(),
            on=self.context.today(),
            initiator=self,
            on_done=self._stored,
            on_error=self._refused,
        )

    @Slot()
    def trash(self) -> None:
        """Move the need to the trash."""
        self.context.runner.submit(
            msg("Step", "Need to the trash"),
            trash_need,
            need_id=self._need.id,
            initiator=self,
            on_done=self._trashed,
            on_error=self._refused,
        )

    def _stored(self, _value: object) -> None:
        self._finish(msg("Needs", "The need was saved."))

    def _trashed(self, _value: object) -> None:
        self._finish(msg("Needs", "The need was moved to the trash."))

    def _finish(self, told: Message) -> None:
        undo = ToastAction(msg("Toast", "Undo"), self.context.runner.undo)
        self.context.messages.say(told, action=undo)
        self.accept()

    def _refused(self, error: Exception) -> None:
        text = str(error)
        if isinstance(error, ConflictError):
            text = tr("Needs", "Meanwhile this need changed. Save again to keep what is here.")
            self._version = error.version
        self.trouble.setText(text)
        self.trouble.show()
