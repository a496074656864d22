"""Files that are made after their dialog is gone; what was made is said, with an Undo beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from acctdesk.i18n import Message, msg
from acctdesk.ui.messages import ToastAction

if TYPE_CHECKING:
    from acctdesk.ui.context import Context
    from acctdesk.ui.runner import Progress

Done = TypeVar("Done")


class FilesMade(Generic[Done]):
    """Carries an order out in the background; ``said`` gives the sentence for what came of it."""

    def __init__(
        self,
        context: Context,
        carry_out: Callable[..., Done],
        order: dict[str, Any],
        said: Callable[[Done], Message],
    ) -> None:
        self._context = context
        self._carry_out = carry_out
        self._order = order
        self._said = said

    def start(self, label: Message) -> None:
        """Begin; ``label`` names the work while it lasts."""
        self._context.runner.long(
            label,
            partial(self._work, self._context.desk),
            on_done=self._done,
            on_error=self._context.messages.fail,
            writes=True,
        )

    def _work(self, desk: Any, progress: Progress, cancelled: Callable[[], bool]) -> Done:
        return self._carry_out(desk, progress=progress, cancelled=cancelled, **self._order)

    def _done(self, done: Done) -> None:
        undo = ToastAction(msg("Toast", "Undo"), self._undo)
        self._context.messages.say(self._said(done), action=undo)

    def _undo(self) -> None:
        self._context.runner.undo(on_error=self._context.messages.fail)
