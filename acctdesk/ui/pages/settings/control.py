"""What the control of a setting is: it shows what holds and saves what is chosen, at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from acctdesk.i18n import msg
from acctdesk.services.credit_rules import CreditRules
from acctdesk.services.days_off import DayOffRow
from acctdesk.services.ladder import Step
from acctdesk.services.profile import set_profile
from acctdesk.services.rhythm import Gap
from acctdesk.services.rows import Profile
from acctdesk.ui.widgets.basics import Role
from acctdesk.ui.words import Text, say

if TYPE_CHECKING:
    from acctdesk.services.desk import BookStatus
    from acctdesk.ui.context import Context


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page has learnt of the book; None is not known yet. ``size`` is in bytes."""

    profile: Profile | None = None
    currency_fixed: bool = True
    status: BookStatus | None = None
    size: int | None = None
    gaps: Mapping[str, Gap] | None = None  # of each segment
    report_required: frozenset[str] | None = None  # sections of a visit report
    credit: CreditRules | None = None
    days_off: tuple[DayOffRow, ...] | None = None
    ladder: tuple[Step, ...] | None = None  # of the reminders
    grace: int | None = None  # working days after the day of a promise to pay


class Prose(QLabel):
    """Wrapped words that never get less height than they need in a scrolled page."""

    def __init__(self, text: Text = "", role: Role = "caption") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        if text:
            say(self, text=text)

    def setText(self, text: str) -> None:
        """Show other words."""
        super().setText(text)
        self._fit()

    def hasHeightForWidth(self) -> bool:
        """Say no: a scrolled page would squeeze its neighbours for it."""
        return False

    def sizeHint(self) -> QSize:
        """Return the height of the words in the width at hand."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure again for another width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again in another font, once it is there."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            QTimer.singleShot(0, self, self._fit)

    @Slot()
    def _fit(self) -> None:
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))


class Control(QWidget):
    """A setting at hand. A subclass lays itself out, shows facts, and saves."""

    WIDE = False  # whether it takes all the room there is

    saved = Signal()
    refused = Signal(str)  # a sentence

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_facts(self, facts: Facts) -> None:
        """Show what holds; called again whenever it may have changed."""

    def save_profile(self, **values: Any) -> None:
        """Change the book's profile: one undo step."""
        self.save(set_profile, **values)

    def save(self, command: Callable[..., None], **values: Any) -> None:
        """Change what the book keeps: one undo step."""
        self.context.runner.submit(
            msg("Step", "Settings"),
            command,
            initiator=self,
            on_done=self._done,
            on_error=self._failed,
            **values,
        )

    def _done(self, _value: object) -> None:
        self.saved.emit()

    def _failed(self, error: Exception) -> None:
        self.refused.emit(str(getattr(error, "message", "")))
