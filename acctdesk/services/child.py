"""Long work in a child process over the open book, so that a window stays free meanwhile.

The child joins the book under the parent's lock, with the key handed over by pipe; progress, the
value and errors come back the same way. It is started by ``spawn`` on every system.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from typing import Any, TypeVar

from acctdesk import i18n
from acctdesk.errors import EnvironmentFault, Halted, UserError, told, without_values
from acctdesk.i18n import Message
from acctdesk.kinds import Language
from acctdesk.services.desk import Desk
from acctdesk.storage.book import Book, KeyMaterial
from acctdesk.storage.envelope import key_in
from acctdesk.storage.wiping import wipe

T = TypeVar("T")
_WAIT = 0.1  # seconds between looks at Cancel
_KEY_ROOM = 32 * 1024  # bytes: what is longer than 16 KiB goes into a pipe as it lies, uncopied


@dataclass(frozen=True, slots=True)
class _Order:
    """What the child is asked to do; goes over the pipe, never on a command line."""

    material: KeyMaterial
    task: Callable[..., Any]
    args: Mapping[str, Any]
    language: Language


def run_in_child(
    desk: Desk,
    task: Callable[..., T],
    *,
    ended: Message,
    progress: Callable[..., None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    **args: Any,
) -> T:
    """Return ``task(desk, progress=…, cancelled=…, **args)``, run in a child process.

    Call it from a worker thread. ``task`` is a function of a module; its arguments and value can be
    pickled. ``progress`` is called with what the task says, ``ended`` is the sentence for a child
    that died. While a task that writes to the book runs, nothing else of this process may.

    Raises:
        UserError: the task refused or was cancelled, or the child died.
        EnvironmentFault: the machine or the file failed.
        RuntimeError: a bug in the task; it carries the child's trace, without values.
    """
    order = _Order(desk.book.key_material(), task, args, i18n.language())
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    stop = context.Event()
    worker = context.Process(target=_work, args=(theirs, stop))
    worker.start()
    theirs.close()
    try:
        with contextlib.suppress(BrokenPipeError):
            send(ours, order)
        what, value = _follow(ours, worker, stop, progress, cancelled)
    finally:
        ours.close()
        worker.join(5)
        if worker.is_alive():
            worker.kill()
            worker.join()
    if what == "done":
        done: T = value
        return done
    if what == "halted":
        desk.book.stop_writing()
    raise exception(what, value, ended=ended)


def send(pipe: Connection, order: Any) -> None:
    """Send an order to a child; the key of its ``material`` leaves no copy in this process."""
    key = order.material.key
    pipe.send(replace(order, material=replace(order.material, key=None)))
    if key is None:
        pipe.send_bytes(b"")
        return
    content = bytearray(_KEY_ROOM)
    secret, salt = len(key.secret), len(key.file_salt)
    content[:secret] = key.secret
    content[secret : secret + salt] = key.file_salt
    try:
        pipe.send_bytes(content)
    finally:
        wipe(content)


def receive(pipe: Connection) -> Any:
    """Return the order that :func:`send` sent, with its key."""
    order = pipe.recv()
    content = pipe.recv_bytes()
    key = key_in(content) if content else None
    wipe(content)
    return replace(order, material=replace(order.material, key=key))


def _follow(
    ours: Connection,
    worker: Any,
    stop: Event,
    progress: Callable[..., None] | None,
    cancelled: Callable[[], bool] | None,
) -> tuple[str, Any]:
    while True:
        if ours.poll(_WAIT):
            try:
                what, value = ours.recv()
            except (EOFError, OSError):
                return "ended", None
            if what != "progress":
                return what, value
            if progress is not None:
                progress(*value)
        elif not worker.is_alive() and not ours.poll(0):
            return "ended", None
        if cancelled is not None and cancelled():
            stop.set()


def failure(error: Exception) -> tuple[str, Any]:
    """Return an exception of the child as what goes over the pipe; a bug without its words."""
    known = told(error)
    if isinstance(known, EnvironmentFault):
        what = "halted" if isinstance(known, Halted) else "fault"
        return what, (known.message, known.safe, known.remedy)
    if isinstance(known, UserError):
        return "refused", known.message
    return "bug", without_values(error)


def exception(what: str, value: Any, *, ended: Message) -> Exception:
    """Return the exception that :func:`failure` described; ``ended`` where nothing was said."""
    if what == "refused":
        return UserError(value)
    if what in {"fault", "halted"}:
        message, safe, remedy = value
        kind = EnvironmentFault if what == "fault" else Halted
        return kind(message, safe=safe, remedy=remedy)
    if what == "bug":
        return RuntimeError(value)
    return UserError(ended)


def _work(pipe: Connection, stop: Event) -> None:
    with contextlib.suppress(EOFError, OSError), pipe:
        order: _Order = receive(pipe)
        i18n.set_language(order.language)
        pipe.send(_carry_out(order, pipe, stop))


def _carry_out(order: _Order, pipe: Connection, stop: Event) -> tuple[str, Any]:
    try:
        with Book.join(order.material) as book:
            return "done", order.task(
                Desk(book),
                progress=lambda *said: pipe.send(("progress", said)),
                cancelled=stop.is_set,
                **order.args,
            )
    except Exception as error:  # noqa: BLE001 - a bug here is told as one in the parent
        return failure(error)
