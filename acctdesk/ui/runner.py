"""Work away from the GUI thread: one writer, two readers, and long work with a working Cancel.

A page calls ``submit`` (a command), ``ask`` (a query) or ``long``; the answer comes back on the
GUI thread through one queued signal. Exceptions come back too: to ``on_error`` when given, and
everything that is not a plain ``UserError`` also to ``failed``, which the messages show.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from acctdesk.errors import EnvironmentFault, UserError, told
from acctdesk.i18n import Message

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from acctdesk.services.desk import Desk
    from acctdesk.ui.bus import ChangeBus

SHOW_AFTER_MS = 400
Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Progress(Protocol):
    """How long work says how far it is: ``done`` of ``total`` (None = not known)."""

    def __call__(self, done: int, total: int | None = None, what: Message | None = None) -> None:
        """Report; called from the working thread, as often as it likes."""


LongTask = Callable[[Progress, Callable[[], bool]], Any]


@dataclass(frozen=True, slots=True)
class _Delivery:
    """What a working thread hands to the GUI thread."""

    value: Any
    error: Exception | None
    on_done: Done | None
    on_error: Failed | None
    initiator: object
    key: str | None
    generation: int
    work: LongWork | None = None


class LongWork(QObject):
    """One long piece of work, as the window shows it."""

    progressed = Signal(object, object, object)  # done, total or None, Message or None
    shown = Signal()  # it has run for 400 ms
    finished = Signal()
    _reported = Signal(object, object, object)

    def __init__(self, label: Message, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self._cancel = threading.Event()
        self._done = 0
        self._over = False
        self._reported.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop at its next look."""
        self._cancel.set()

    def cancelled(self) -> bool:
        """Tell the work whether it should stop; safe from any thread."""
        return self._cancel.is_set()

    def report(self, done: int, total: int | None = None, what: Message | None = None) -> None:
        """Say how far the work is; safe from any thread, never goes back."""
        if not self._over:
            self._reported.emit(done, total, what)

    def end(self) -> None:
        """The work is over; told once."""
        if not self._over:
            self._over = True
            self.finished.emit()

    @property
    def over(self) -> bool:
        """Whether the work has ended."""
        return self._over

    @Slot(object, object, object)
    def _tell(self, done: int, total: int | None, what: Message | None) -> None:
        if self._over:
            return
        self._done = max(self._done, done)
        self.progressed.emit(self._done, total, what)

    @Slot()
    def tell_shown(self) -> None:
        """The work is slow enough to be shown."""
        if not self._over:
            self.shown.emit()


class BaseRunner(QObject):
    """The interface of both runners, and how answers are handed over."""

    busy_changed = Signal(bool)  # something is under way
    failed = Signal(object)  # an exception nobody else has shown
    long_started = Signal(object)  # LongWork

    def __init__(self, desk: Desk | None, bus: ChangeBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bus = bus
        self._generations: dict[str, int] = {}
        self._under_way = 0
        self._accepting = desk is not None

    @property
    def desk(self) -> Desk:
        """The open book; nothing is asked of it before :meth:`go_on` has given one."""
        assert self._desk is not None, "the book is not open yet"
        return self._desk

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return self._under_way > 0

    def submit(
        self,
        label: Message,
        command: Callable[..., Any],
        /,
        *,
        merge_key: str | None = None,
        on_done: Done | None = None,
        on_error: Failed | None = None,
        initiator: object = None,
        **args: Any,
    ) -> None:
        """Run a command of a service as one undoable step; ``on_done`` gets its value.

        ``merge_key`` merges steps of typing in one field. Commands run in the order submitted.
        """

        def work() -> Any:
            return self.desk.perform(label, command, merge_key=merge_key, **args)

        self._start_writing(work, _Delivery(None, None, on_done, on_error, initiator, None, 0))

    def ask(
        self,
        function: Callable[..., Any],
        /,
        *,
        on_done: Done,
        on_error: Failed | None = None,
        key: str | None = None,
        **args: Any,
    ) -> None:
        """Run a query of a service; of several with one ``key`` only the newest is answered."""

        def work() -> Any:
            return self.desk.query(function, **args)

        generation = self._next_generation(key)
        self._start_reading(work, _Delivery(None, None, on_done, on_error, None, key, generation))

    def read(
        self,
        function: Callable[[], Any],
        /,
        *,
        on_done: Done,
        on_error: Failed | None = None,
        key: str | None = None,
    ) -> None:
        """Call something of the desk that reads by itself (its status, its undo label)."""
        generation = self._next_generation(key)
        self._start_reading(
            function, _Delivery(None, None, on_done, on_error, None, key, generation)
        )

    def forget(self, key: str) -> None:
        """Drop the answer that is still under way for a key."""
        self._next_generation(key)

    def undo(self, *, on_done: Done | None = None, on_error: Failed | None = None) -> None:
        """Take back the last step; ``on_done`` gets the ChangeSet."""
        delivery = _Delivery(None, None, on_done, on_error, None, None, 0)
        self._start_writing(self.desk.undo, delivery)

    def redo(self, *, on_done: Done | None = None, on_error: Failed | None = None) -> None:
        """Do the last step taken back again; ``on_done`` gets the ChangeSet."""
        delivery = _Delivery(None, None, on_done, on_error, None, None, 0)
        self._start_writing(self.desk.redo, delivery)

    def long(
        self,
        label: Message,
        task: LongTask,
        *,
        on_done: Done | None = None,
        on_error: Failed | None = None,
        writes: bool = False,
        initiator: object = None,
    ) -> LongWork:
        """Run ``task(progress, cancelled)``; it is shown after 400 ms, with Cancel.

        A value that carries ``changes`` (an import's) is told on the bus. When it was cancelled,
        neither ``on_done`` nor ``on_error`` is called: connect to ``finished`` for that.
        ``writes`` keeps other commands waiting until it has ended.
        """
        work = LongWork(label, self)
        delivery = _Delivery(None, None, on_done, on_error, initiator, None, 0, work)
        self.long_started.emit(work)

        def run() -> Any:
            return task(work.report, work.cancelled)

        QTimer.singleShot(SHOW_AFTER_MS, work, work.tell_shown)
        if writes:
            self._start_writing(run, delivery)
        else:
            self._start_long(run, delivery)
        return work

    def pause(self) -> None:
        """Take no more work until :meth:`go_on`; what has begun ends as ever."""
        self._accepting = False

    def go_on(self, desk: Desk) -> None:
        """Take work from now on, over a book that was opened, or opened anew."""
        self._desk = desk
        self._accepting = True

    def shutdown(self) -> None:
        """Stop accepting, cancel long work, and wait for what has begun."""
        self._accepting = False

    def _next_generation(self, key: str | None) -> int:
        if key is None:
            return 0
        self._generations[key] = self._generations.get(key, 0) + 1
        return self._generations[key]

    def _is_newest(self, delivery: _Delivery) -> bool:
        return delivery.key is None or self._generations[delivery.key] == delivery.generation

    def _start_writing(self, work: Callable[[], Any], delivery: _Delivery) -> None:
        raise NotImplementedError

    def _start_reading(self, work: Callable[[], Any], delivery: _Delivery) -> None:
        raise NotImplementedError

    def _start_long(self, work: Callable[[], Any], delivery: _Delivery) -> None:
        self._start_reading(work, delivery)

    def _count(self, step: int) -> None:
        before = self.busy
        self._under_way += step
        if self.busy is not before:
            self.busy_changed.emit(self.busy)

    def _hand_over(self, delivery: _Delivery) -> None:
        work = delivery.work
        cancelled = work is not None and work.cancelled() and delivery.error is not None
        if work is not None:
            work.end()
            work.deleteLater()
        if delivery.error is None:
            self._tell_changes(delivery)
            if self._is_newest(delivery):
                value = delivery.value
                _call(delivery.on_done, value.value if _is_result(value) else value)
        elif not cancelled and self._is_newest(delivery):
            self._hand_over_error(delivery.error, delivery.on_error)

    def _tell_changes(self, delivery: _Delivery) -> None:
        value = delivery.value
        changes = getattr(value, "changes", None)
        if changes is not None and hasattr(changes, "touches"):
            self._bus.changed.emit(changes, delivery.initiator)
        elif hasattr(value, "touches"):
            self._bus.changed.emit(value, delivery.initiator)

    def _hand_over_error(self, error: Exception, on_error: Failed | None) -> None:
        plain = isinstance(error, UserError) and not isinstance(error, EnvironmentFault)
        if on_error is None or not plain:
            self.failed.emit(error)
        _call(on_error, error)


def _is_result(value: Any) -> bool:
    return hasattr(value, "changes") and hasattr(value, "value")


def _call(receiver: Callable[[Any], None] | None, value: Any) -> None:
    """Call a page's method, unless the page is gone by now."""
    if receiver is None:
        return
    owner = getattr(receiver, "__self__", None)
    if isinstance(owner, QObject) and not shiboken6.isValid(owner):
        return
    receiver(value)


def _completed(delivery: _Delivery, work: Callable[[], Any]) -> _Delivery:
    """Run the work and put its value or its exception into the delivery."""
    value, error = None, None
    try:
        value = work()
    except Exception as caught:  # noqa: BLE001 - it is shown or logged on the GUI thread
        error = told(caught)
    return _Delivery(
        value,
        error,
        delivery.on_done,
        delivery.on_error,
        delivery.initiator,
        delivery.key,
        delivery.generation,
        delivery.work,
    )


class Runner(BaseRunner):
    """The program's runner: threads."""

    _arrived = Signal(object)

    def __init__(self, desk: Desk | None, bus: ChangeBus, parent: QObject | None = None) -> None:
        from concurrent.futures import ThreadPoolExecutor

        super().__init__(desk, bus, parent)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="acctdesk-writer")
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="acctdesk-reader")
        self._long = ThreadPoolExecutor(1, thread_name_prefix="acctdesk-long")
        self._works: list[LongWork] = []
        self._numbers = itertools.count()
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def shutdown(self) -> None:
        """Stop accepting, cancel long work and waiting questions, and drain the writer."""
        super().shutdown()
        for work in self._works:
            work.cancel()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._long.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)

    def _start_writing(self, work: Callable[[], Any], delivery: _Delivery) -> None:
        self._start(self._writer, work, delivery)

    def _start_reading(self, work: Callable[[], Any], delivery: _Delivery) -> None:
        self._start(self._readers, work, delivery)

    def _start_long(self, work: Callable[[], Any], delivery: _Delivery) -> None:
        self._start(self._long, work, delivery)

    def _start(
        self, pool: ThreadPoolExecutor, work: Callable[[], Any], delivery: _Delivery
    ) -> None:
        if not self._accepting:
            return
        if delivery.work is not None:
            self._works.append(delivery.work)
        self._count(1)
        pool.submit(self._run, work, delivery)

    def _run(self, work: Callable[[], Any], delivery: _Delivery) -> None:
        if delivery.key is not None and not self._is_newest(delivery):
            self._arrived.emit(delivery)  # a newer question waits: this one is not worth asking
            return
        self._arrived.emit(_completed(delivery, work))

    @Slot(object)
    def _deliver(self, delivery: _Delivery) -> None:
        if delivery.work in self._works:
            self._works.remove(delivery.work)
        try:
            self._hand_over(delivery)
        finally:
            self._count(-1)


class InlineRunner(BaseRunner):
    """The same interface without threads, for tests: every answer comes before the call returns."""

    def _start_writing(self, work: Callable[[], Any], delivery: _Delivery) -> None:
        if not self._accepting:
            return
        self._count(1)
        try:
            self._hand_over(_completed(delivery, work))
        finally:
            self._count(-1)

    def _start_reading(self, work: Callable[[], Any], delivery: _Delivery) -> None:
        self._start_writing(work, delivery)
