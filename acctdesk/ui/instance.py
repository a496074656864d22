"""One window for one officer: a second start hands its files to the program that runs and ends.

The program that runs listens on a socket of this machine (a pipe on Windows) and keeps the address
and a fresh key in a file that only its user can read. Whoever knows the key may name files to open;
nothing else is understood.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import secrets
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from multiprocessing.connection import Listener

_log = logging.getLogger("acctdesk.ui")
_PATIENCE = 3.0  # seconds; a program that hangs is not waited for
_MOST = 100_000  # bytes; a few hundred long paths
_TAKEN = b"taken"


def _place(home: Path) -> Path:
    return home / "running.json"


def hand_over(home: Path, files: Sequence[str | Path]) -> bool:
    """Hand ``files`` to the program that runs in ``home``; tell whether it took them.

    With no files it only shows its window.
    """
    try:
        told = json.loads(_place(home).read_text(encoding="utf-8"))
        address, key = str(told["address"]), bytes.fromhex(told["key"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    said: list[bytes] = []
    named = json.dumps([str(Path(one).resolve()) for one in files]).encode()
    asking = threading.Thread(target=_ask, args=(address, key, named, said), daemon=True)
    asking.start()
    asking.join(_PATIENCE)
    return said == [_TAKEN]


def _ask(address: str, key: bytes, named: bytes, said: list[bytes]) -> None:
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    _let_come_forward()
    with (
        contextlib.suppress(OSError, EOFError, AuthenticationError),
        Client(address, authkey=key) as connection,
    ):
        connection.send_bytes(named)
        said.append(connection.recv_bytes(len(_TAKEN)))


def _let_come_forward() -> None:
    """Let another program bring its window to the front; Windows asks for that."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


class Instance(QObject):
    """The program that runs; ``asked`` tells the files that another start was given."""

    asked = Signal(list)  # of absolute paths, as text; comes from a thread of its own

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = _place(home)
        self._listener: Listener | None = None

    def listen(self) -> None:
        """Listen from now on; where that is not possible, a second start opens its own window."""
        from multiprocessing.connection import Listener

        key = secrets.token_bytes(32)
        try:
            self._listener = Listener(None, authkey=key)
            told = {"address": self._listener.address, "key": key.hex()}
            self._file.unlink(missing_ok=True)
            with os.fdopen(
                os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
            ) as file:
                json.dump(told, file)
        except OSError as error:
            _log.warning("A second start will not be noticed: %s", type(error).__name__)
            return
        threading.Thread(target=self._hear, args=(self._listener,), daemon=True).start()

    def _hear(self, listener: Listener) -> None:
        from multiprocessing import AuthenticationError

        while True:
            try:
                connection = listener.accept()
            except (AuthenticationError, EOFError, ConnectionError):
                continue  # somebody without the key, or gone again
            except OSError:
                return  # it was stopped
            with contextlib.suppress(OSError, EOFError, ValueError), connection:
                if self._listener is not listener:  # a pipe of Windows takes one more after that
                    return
                named = json.loads(connection.recv_bytes(_MOST))
                if isinstance(named, list) and all(isinstance(one, str) for one in named):
                    self.asked.emit(named)
                    connection.send_bytes(_TAKEN)

    def stop(self) -> None:
        """Listen no more."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                self._file.unlink(missing_ok=True)
            listener.close()
