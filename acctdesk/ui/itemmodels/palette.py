"""The rows of the palette: headings, found records, commands; and which row is at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from acctdesk import text as words
from acctdesk.i18n import Message, msg
from acctdesk.services.rows import SearchHit
from acctdesk.ui.actions import Actions, key_caps
from acctdesk.ui.privacy import privacy, shown_name

ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
MOST_HITS = 5  # of one kind, so that every kind is seen
_ICONS = {
    "client": "building",
    "contact": "user-circle",
    "task": "checkbox",
    "dispute": "alert-triangle",
    "request": "send",
}
_GROUPS: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (msg("Palette", "Clients"), ("client",)),
    (msg("Palette", "Contacts and interactions"), ("contact", "interaction")),
    (msg("Palette", "Tasks"), ("task",)),
    (msg("Palette", "Disputes and requests"), ("dispute", "request")),
)
_KINDS = {
    "client": msg("Palette", "Client"),
    "contact": msg("Palette", "Contact"),
    "interaction": msg("Palette", "Interaction"),
    "task": msg("Palette", "Task"),
    "dispute": msg("Palette", "Dispute"),
    "request": msg("Palette", "Request"),
}


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """One row. A heading has neither ``hit`` nor ``action``."""

    title: str
    spans: tuple[tuple[int, int], ...] = ()
    detail: str = ""
    kind: str = ""
    icon: str = ""
    keys: tuple[str, ...] = ()
    hit: SearchHit | None = None
    action: str | None = None

    @property
    def is_heading(self) -> bool:
        """Whether this row only names the ones below."""
        return self.hit is None and self.action is None

    @property
    def height(self) -> int:
        """Return the row's height in px."""
        if self.is_heading:
            return 32
        return 52 if self.detail else 40


class PaletteModel(QAbstractListModel):
    """The rows as a list for the view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PaletteRow, ...] = ()

    @property
    def rows(self) -> tuple[PaletteRow, ...]:
        """Return what is shown."""
        return self._rows

    def show(self, rows: Sequence[PaletteRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, or its words for a screen reader."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (row.title, row.kind, row.detail, " ".join(row.keys))
            return ", ".join(part for part in parts if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if index.isValid() and 0 <= index.row() < len(self._rows):
            if self._rows[index.row()].is_heading:
                return Qt.ItemFlag.ItemIsEnabled
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


def hit_rows(hits: Sequence[SearchHit]) -> list[PaletteRow]:
    """Return the found records in groups, each under its heading, best first."""
    rows: list[PaletteRow] = []
    for heading, kinds in _GROUPS:
        found = [hit for hit in hits if hit.kind in kinds][:MOST_HITS]
        if not found:
            continue
        rows.append(PaletteRow(str(heading)))
        rows += [
            PaletteRow(
                title=_title(hit),
                spans=hit.spans if _title(hit) == hit.title else (),
                detail="" if privacy().on else hit.detail or hit.why,
                kind=str(_KINDS[hit.kind]),
                icon=_ICONS.get(hit.kind, "message"),
                hit=hit,
            )
            for hit in found
        ]
    return rows


def _title(hit: SearchHit) -> str:
    """Return what a hit is called; in private other clients' names, people and talks are hidden."""
    return shown_name(hit.title, hit.id if hit.kind == "client" else hit.client_id)


def command_rows(
    actions: Actions, query: str, *, client: SearchHit | None = None
) -> list[PaletteRow]:
    """Return the commands that a query means; those for a client also with the one found."""
    rows: list[PaletteRow] = []
    for action in actions.ids():
        spec = actions.spec(action)
        enabled = actions[action].isEnabled()
        keys = key_caps(spec.shortcuts[0]) if spec.shortcuts else ()
        icon = spec.icon or "command"
        label = actions.label(action)
        if client is not None and spec.takes_client:
            title = f"{label}: {_title(client)}"
            start = len(label) + 2
            known = client.spans if _title(client) == client.title else ()
            spans = tuple((start + a, start + b) for a, b in known)
            rows.append(PaletteRow(title, spans, "", "", icon, keys, client, action))
        elif enabled and meant(query, label, str(spec.text.text)):
            rows.append(PaletteRow(label, _span(query, label), "", "", icon, keys, None, action))
    if rows:
        rows.insert(0, PaletteRow(str(msg("Palette", "Commands"))))
    return rows


def meant(query: str, *labels: str) -> bool:
    """Tell whether every word of a query begins a word of one of the labels.

    An empty query means every command. Accents, capitals and Greeklish do not matter.
    """
    wanted = [(part, words.latin_prefix(part)) for part in words.fold(query).split()]
    for label in labels:
        have, sounds = _heard(label)
        if all(
            any(one.startswith(part) for one in have)
            or any(one.startswith(sound) for one in sounds)
            for part, sound in wanted
        ):
            return True
    return not wanted


@lru_cache(maxsize=500)
def _heard(label: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a label, folded, and how each sounds: every key typed asks for them."""
    have = tuple(words.fold(label).split())
    return have, tuple(words.latin_key(one) for one in have)


def _span(query: str, label: str) -> tuple[tuple[int, int], ...]:
    folded = words.fold(query)
    start = words.fold(label).find(folded)
    if not folded or start < 0 or len(words.fold(label)) != len(label):
        return ()
    return ((start, start + len(folded)),)
