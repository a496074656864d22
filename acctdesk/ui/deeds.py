"""What is done with one key from a list: a command, a sentence, and a way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import Message, msg
from acctdesk.kinds import PromiseState, TaskState
from acctdesk.services.accounts import trash_account
from acctdesk.services.interactions import move_promise, set_promise_state, trash_promise
from acctdesk.services.key_dates import close_key_date, trash_key_date
from acctdesk.services.satisfaction import trash_satisfaction
from acctdesk.services.series import Scope, trash_occurrences
from acctdesk.services.tasks import complete_task, move_task, reopen_task, trash_task
from acctdesk.text import When
from acctdesk.ui.messages import ToastAction

if TYPE_CHECKING:
    from acctdesk.services.rows import TaskRow
    from acctdesk.ui.context import Context


class Deeds(QObject):
    """Does things to small records of a client; each is one step, with Undo in its toast."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._asked = 0  # the task of the question that is open

    def do(self, step: Message, command: Callable[..., Any], told: Message, **args: Any) -> None:
        """Run a command as the step ``step``; say ``told`` when it is done."""
        self._context.runner.submit(
            step,
            command,
            initiator=self.parent(),
            on_done=partial(self._tell, told),
            on_error=self._context.messages.fail,
            **args,
        )

    def complete(self, task_id: int) -> None:
        """Mark a task as done today."""
        self.do(
            msg("Step", "Task done"),
            complete_task,
            msg("Next step", "The task was marked as done."),
            task_id=task_id,
            on=self._context.today(),
        )

    def reopen(self, task_id: int) -> None:
        """Mark a task as still to be done."""
        self.do(
            msg("Step", "Task open again"),
            reopen_task,
            msg("Tasks", "The task is open again."),
            task_id=task_id,
        )

    def move(self, task_id: int, when: When) -> None:
        """Give a task another day, and time."""
        self.do(
            msg("Step", "Task moved"),
            move_task,
            msg("Tasks", "The task was moved."),
            task_id=task_id,
            due_on=when.day,
            due_time=when.time,
        )

    def trash_answer(self, satisfaction_id: int) -> None:
        """Move an answer about satisfaction to the trash."""
        self.do(
            msg("Step", "Satisfaction to the trash"),
            trash_satisfaction,
            msg("Satisfaction", "The answer was moved to the trash."),
            satisfaction_id=satisfaction_id,
        )

    def trash(self, task_id: int) -> None:
        """Move a task to the trash."""
        self.do(
            msg("Step", "Task to the trash"),
            trash_task,
            msg("Tasks", "The task was moved to the trash."),
            task_id=task_id,
        )

    def trash_row(self, task: TaskRow) -> None:
        """Move a task to the trash; of a series ask whether the later ones go too."""
        window = self.parent()
        if task.series_id is None or task.state is not TaskState.OPEN:
            self.trash(task.id)
        elif isinstance(window, QWidget):
            from acctdesk.ui.dialogs.scope import ScopeDialog

            self._asked = task.id
            title = msg("Series", "What goes to the trash?")
            dialog = ScopeDialog(window.window(), title, [Scope.ONE, Scope.FOLLOWING])
            dialog.chosen.connect(self._trash_scope)
            dialog.open()

    @Slot(object)
    def _trash_scope(self, scope: Scope) -> None:
        if scope is Scope.ONE:
            self.trash(self._asked)
            return
        self.do(
            msg("Step", "Rest of a series to the trash"),
            trash_occurrences,
            msg("Series", "It and all later ones were moved to the trash."),
            task_id=self._asked,
        )

    def settle(self, promise_id: int, *, kept: bool) -> None:
        """Mark a promise as kept today, or as not kept."""
        self.do(
            msg("Step", "Promise kept") if kept else msg("Step", "Promise not kept"),
            set_promise_state,
            msg("Tasks", "The promise was marked as kept.")
            if kept
            else msg("Tasks", "The promise was marked as not kept."),
            promise_id=promise_id,
            state=PromiseState.KEPT if kept else PromiseState.BROKEN,
            on=self._context.today(),
        )

    def reopen_promise(self, promise_id: int) -> None:
        """Mark a promise as open again."""
        self.do(
            msg("Step", "Promise open again"),
            set_promise_state,
            msg("Promises", "The promise is open again."),
            promise_id=promise_id,
            state=PromiseState.OPEN,
            on=self._context.today(),
        )

    def move_promise(self, promise_id: int, when: When) -> None:
        """Give a promise another day."""
        self.do(
            msg("Step", "Promise moved"),
            move_promise,
            msg("Tasks", "The promise was moved."),
            promise_id=promise_id,
            due_on=when.day,
        )

    def trash_promise(self, promise_id: int) -> None:
        """Move a promise to the trash."""
        self.do(
            msg("Step", "Promise to the trash"),
            trash_promise,
            msg("Tasks", "The promise was moved to the trash."),
            promise_id=promise_id,
        )

    def close_date(self, key_date_id: int) -> None:
        """Mark a key date as seen to."""
        self.do(
            msg("Step", "Key date closed"),
            close_key_date,
            msg("Key date", "The date was closed."),
            key_date_id=key_date_id,
            on=self._context.today(),
        )

    def trash_date(self, key_date_id: int) -> None:
        """Move a key date to the trash."""
        self.do(
            msg("Step", "Key date to the trash"),
            trash_key_date,
            msg("Key date", "The date was moved to the trash."),
            key_date_id=key_date_id,
        )

    def trash_account(self, account_id: int) -> None:
        """Take a bank account off its client."""
        self.do(
            msg("Step", "Bank account taken off"),
            trash_account,
            msg("Account", "The account was taken off: no payment is known by it any more."),
            account_id=account_id,
        )

    def _tell(self, told: Message, _value: object) -> None:
        self._context.messages.say(told, action=ToastAction(msg("Toast", "Undo"), self._undo))

    @Slot()
    def _undo(self) -> None:
        self._context.runner.undo(on_error=self._context.messages.fail)
