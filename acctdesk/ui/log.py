"""The program's log: a megabyte at the most, without personal data."""

from __future__ import annotations

import logging
from pathlib import Path

_SIZE = 500_000  # bytes of a file; one older file is kept


def keep_log(home: Path) -> None:
    """Write the log of the program into ``home`` from now on."""
    home.mkdir(parents=True, exist_ok=True)
    logger = logging.getLogger("acctdesk")
    logger.addHandler(_LogFile(home / "acctdesk.log"))
    logger.propagate = False


class _LogFile(logging.Handler):
    """Makes what writes with the first record: most starts have nothing to tell."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._writer: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        if self._writer is None:
            from logging.handlers import RotatingFileHandler

            self._writer = RotatingFileHandler(
                self._file, maxBytes=_SIZE, backupCount=1, encoding="utf-8"
            )
            self._writer.setFormatter(
                logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
            )
        self._writer.handle(record)

    def close(self) -> None:
        """Close the file."""
        if self._writer is not None:
            self._writer.close()
        super().close()
