"""What this machine remembers: window, look, columns. One typed registry.

QSettings keeps no types in an INI file, so every value is stored as JSON and checked against its
declared type when read; anything else falls back to the default. Business preferences live in
the book.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QByteArray, QObject, QSettings

from acctdesk import bootstrap

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One remembered value: its key and what it is when nothing is remembered."""

    key: str
    default: T


GEOMETRY = Setting("window/geometry", b"")
SIDEBAR_COLLAPSED = Setting("window/sidebar_collapsed", False)
THEME = Setting("look/theme", "system")
DENSITY = Setting("look/density", "comfortable")
LANGUAGE = Setting("look/language", "")
TEXT_SIZE = Setting("look/text_size", 0)  # per cent of the usual; 0: as the system has it
BOOK_LANGUAGE = Setting("look/book_language", "")  # of the book used last: the next start's
LOCK_AFTER = Setting("privacy/lock_after_minutes", 5)  # 0: never by itself
LAST_FOLDER = Setting("files/folder", "")
REPORT_FOLDER = Setting("files/report_folder", "")
LEFT_SYNCED = Setting("files/left_synced", "")  # a book that stays in a synced folder, as wanted


def splitter(name: str) -> Setting[list[int]]:
    """Return the setting that keeps the sizes of a splitter."""
    return Setting(f"splitters/{name}", [])


def columns(name: str) -> Setting[dict[str, Any]]:
    """Return the setting that keeps a list's columns: order, widths, hidden ones, sort."""
    return Setting(f"columns/{name}", {})


def _drop_parts(file: Path) -> None:
    """Remove what a killed program left: what Qt wrote aside, NAME.XXXXXX, and its lock.

    Qt waits half a minute for a lock that does not say whose it is.
    """
    with contextlib.suppress(OSError):
        for left in list(os.scandir(file.parent)):
            if left.name.startswith(f"{file.name}.") and len(left.name) == len(file.name) + 7:
                Path(left).unlink()
    lock = file.with_name(f"{file.name}.lock")
    with contextlib.suppress(OSError):
        holder = lock.read_bytes().partition(b"\n")[0]
        import psutil

        if not (holder.isdigit() and psutil.pid_exists(int(holder))):
            lock.unlink()


def _is_value(raw: object) -> bool:
    try:
        json.loads(raw if isinstance(raw, str) else "")
    except ValueError:
        return False
    return True


class Settings(QObject):
    """The remembered values of this machine, in one file."""

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        _drop_parts(file)
        self._store = QSettings(str(file), QSettings.Format.IniFormat, self)
        self.kept: Path | None = None  # where a file is that could not be read
        if self._holds_nothing_of_ours(file):
            self.kept = bootstrap.put_aside(file)
            self._store.clear()

    def _holds_nothing_of_ours(self, file: Path) -> bool:
        try:
            written = file.read_bytes().strip()
        except OSError:
            return False
        values = (self._store.value(key) for key in self._store.allKeys())
        return bool(written) and not any(_is_value(value) for value in values)

    def get(self, setting: Setting[T]) -> T:
        """Return a value, or its default where nothing fitting is remembered."""
        raw = self._store.value(setting.key)
        if not isinstance(raw, str):
            return setting.default
        try:
            value = json.loads(raw)
            if isinstance(setting.default, bytes):
                value = base64.b64decode(value, validate=True)
        except (ValueError, TypeError):
            return setting.default
        return value if type(value) is type(setting.default) else setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Remember a value."""
        stored: Any = value
        if isinstance(value, bytes):
            stored = base64.b64encode(value).decode("ascii")
        self._store.setValue(setting.key, json.dumps(stored, ensure_ascii=True))

    def folder(self) -> Path:
        """Return the folder that files were chosen in last, else the home of the user."""
        return Path(self.get(LAST_FOLDER) or Path.home())

    def geometry(self) -> QByteArray:
        """Return the remembered window geometry, empty when there is none."""
        return QByteArray(self.get(GEOMETRY))

    def set_geometry(self, geometry: QByteArray) -> None:
        """Remember the window geometry."""
        self.set(GEOMETRY, bytes(geometry.data()))

    def save(self) -> None:
        """Write to disk now."""
        self._store.sync()
