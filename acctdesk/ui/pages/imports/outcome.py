"""What an import will do, or did: three counts, their proportion, and what else is to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.kinds import RecordKind
from acctdesk.ui.itemmodels.import_words import ICONS, NEW
from acctdesk.ui.theme import colour
from acctdesk.ui.widgets.basics import Button, IconLabel, Role, label, row
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.words import Text, say

if TYPE_CHECKING:
    from acctdesk.exchange.apply import ImportResult

_HEIGHT = 8
_PARTS = ("created", "updated", "skipped", "refused")
_INKS = {"created": "success", "updated": "fill", "skipped": "control", "refused": "danger"}


class ProportionBar(QWidget):
    """How the rows of a file divide; the words beside it say the same."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: dict[str, int] = {}
        self.setFixedHeight(_HEIGHT)

    def show_parts(self, parts: dict[str, int]) -> None:
        """Show other numbers."""
        self._parts = parts
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the parts side by side in one round bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), _HEIGHT / 2, _HEIGHT / 2)
        painter.setClipPath(whole)
        painter.fillRect(self.rect(), colour("sunken"))
        total = sum(self._parts.values())
        x = 0.0
        for key in _PARTS if total else ():
            wide = self.width() * self._parts.get(key, 0) / total
            if wide:
                wide = max(3.0, wide)
                painter.fillRect(QRectF(x, 0, wide - 1, _HEIGHT), colour(_INKS[key]))
                x += wide


class CountTile(QFrame):
    """A figure and its word on a soft ground."""

    def __init__(self, ground: str, role: Role, icon: str, ink: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(ground)
        self.figure = label(role="figure")
        self._icon = IconLabel(icon, ink, 16, self)
        self._word = label(role=role, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(2)
        column.addLayout(row(self.figure, None, self._icon, spacing=4))
        column.addWidget(self._word)
        column.addStretch(1)

    def show_count(self, count: int | None, word: Message, icon: str | None = None) -> None:
        """Show a figure, a dash where it is not known yet."""
        shown = formats.number(count)
        say(
            self.figure,
            text=shown,
            name=msg("ImportPage", "{count} {word}", count=shown, word=word),
        )
        say(self._word, text=word)
        if icon is not None:
            self._icon.set_icon(icon)


class OutcomeCard(QFrame):
    """Three counts, the bar, and lines for what else an officer should know."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.title = label(role="section")
        self.note = ElidedLabel(px=12, ink="muted", align="right")
        self.new = CountTile("noticeSuccess", "success", "user-plus", "success", self)
        self.updated = CountTile("softCard", "accent", "refresh", "accent", self)
        self.left = CountTile("sunkenCard", "caption2", "ban", "text2", self)
        self.bar = ProportionBar(self)
        self.lines = label(role="caption2", wrap=True)
        self.same = Button(msg("ImportPage", "Compare with the bank’s…"), icon="cash")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 12, 16, 14)
        inside.setSpacing(12)
        head = row(self.title, self.note)
        head.setStretch(1, 1)
        inside.addLayout(head)
        tiles = row(self.new, self.updated, self.left, spacing=12)
        for place in range(3):
            tiles.setStretch(place, 1)
        inside.addLayout(tiles)
        inside.addWidget(self.bar)
        inside.addWidget(self.lines)
        inside.addWidget(self.same, 0, Qt.AlignmentFlag.AlignLeft)

    def show_result(
        self,
        kind: RecordKind | None,
        result: ImportResult | None,
        *,
        done: bool,
        counting: bool,
        clients_come: bool,
    ) -> None:
        """Show the counts of a trial or of an import that is ``done``.

        ``counting`` says that newer counts are on their way; ``clients_come`` that the clients'
        own file is among the files.
        """
        title = (
            msg("ImportPage", "What was done") if done else msg("ImportPage", "What will happen")
        )
        say(self.title, text=title)
        note: Message
        if counting:
            note = msg("ImportPage", "being counted…")
        elif done:
            note = msg("ImportPage", "stored in the book")
        else:
            note = msg("ImportPage", "a trial, nothing changed yet")
        say(self.note, text=note)
        new = msg("ImportPage", "new") if kind is None else NEW[kind]
        icon = None if kind is None else ICONS[kind]
        self.new.show_count(None if result is None else result.created, new, icon)
        self.updated.show_count(
            None if result is None else result.updated, msg("ImportPage", "updates")
        )
        left = None if result is None else result.skipped + result.refused
        self.left.show_count(left, msg("ImportPage", "left out"))
        parts = {} if result is None else {key: getattr(result, key) for key in _PARTS}
        self.bar.show_parts(parts)
        lines = [] if result is None else _lines(result, done=done, clients_come=clients_come)
        said = " ".join(str(one) for one in lines)
        say(self.lines, text=said)
        self.lines.setVisible(bool(said))
        self.same.setVisible(not done and result is not None and bool(result.same_payments))
        say(self.bar, name=_said(parts))


def _said(parts: dict[str, int]) -> Text:
    return msg(
        "ImportPage",
        "New {created}, updated {updated}, the same or twice {skipped}, refused {refused}",
        **{key: formats.number(parts.get(key, 0)) for key in _PARTS},
    )


def _lines(result: ImportResult, *, done: bool, clients_come: bool) -> list[Message]:
    found = []
    if result.skipped:
        found.append(
            nmsg(
                "ImportPage",
                "{count} row is in the book already or stands twice in the file.",
                "{count} rows are in the book already or stand twice in the file.",
                result.skipped,
                count=formats.number(result.skipped),
            )
        )
    if result.refused:
        found.append(
            nmsg(
                "ImportPage",
                "{count} row is refused.",
                "{count} rows are refused.",
                result.refused,
                count=formats.number(result.refused),
            )
        )
    if result.same_payments:
        found.append(
            nmsg(
                "ImportPage",
                "{n} receipt may be a payment that the bank brought; taken as the same: {taken}.",
                "{n} receipts may be payments that the bank brought; taken as the same: {taken}.",
                len(result.same_payments),
                taken=sum(one.taken for one in result.same_payments),
            )
        )
    if result.documents and result.documents != result.created + result.updated + result.skipped:
        found.append(
            nmsg(
                "ImportPage",
                "The rows are lines of {count} document.",
                "The rows are lines of {count} documents.",
                result.documents,
                count=formats.number(result.documents),
            )
        )
    if result.clients_made and (done or not clients_come):
        found.append(
            nmsg(
                "ImportPage",
                "{count} client is made on the way.",
                "{count} clients are made on the way.",
                result.clients_made,
                count=formats.number(result.clients_made),
            )
        )
    if result.waiting and (done or not clients_come):
        found.append(
            nmsg(
                "ImportPage",
                "{count} row waits for a document or client that is not in the book yet.",
                "{count} rows wait for documents or clients that are not in the book yet.",
                result.waiting,
                count=formats.number(result.waiting),
            )
        )
    return found
