"""The steps of the reminder ladder: from how many days past due, how, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QWidget

from acctdesk.i18n import msg
from acctdesk.kinds import Language, LetterKind, ReminderKind
from acctdesk.services.ladder import MOST_DAYS, Step, get_ladder, set_ladder, usual_ladder
from acctdesk.services.letters import letter_templates
from acctdesk.services.rows import LetterTemplateRow
from acctdesk.text import clean
from acctdesk.ui.dialogs.record_form import RecordForm
from acctdesk.ui.itemmodels.reminders import KINDS
from acctdesk.ui.widgets.basics import LineEdit, label
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from acctdesk.ui.context import Context

LINES = 5
_DAYS = 96  # width of the field of days
_HEADINGS = (
    msg("Ladder", "Days past due"),
    msg("Ladder", "Name"),
    msg("Ladder", "How"),
    msg("Ladder", "Greek wording"),
    msg("Ladder", "English wording"),
)
_FILES = {ReminderKind.LETTER: LetterKind.LETTER, ReminderKind.EMAIL: LetterKind.EMAIL}


@dataclass(frozen=True, slots=True)
class _Held:
    steps: list[Step]
    templates: list[LetterTemplateRow]


def _held(session: Session) -> _Held:
    return _Held(get_ladder(session), letter_templates(session))


@dataclass(frozen=True, slots=True)
class _Line:
    days: LineEdit
    name: LineEdit
    kind: Combo
    el: Combo
    en: Combo


class LadderForm(RecordForm):
    """Changes the ladder; a line without days is none. The words are those of letter templates."""

    topic = "reminders"

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(context, parent, msg("Ladder", "Reminder ladder"), width=680)
        self._templates: list[LetterTemplateRow] = []
        self.content.addWidget(
            label(
                msg(
                    "Ladder",
                    "Each step is proposed once its days have passed; you decide when to take it."
                    " The wordings are templates under Letters and e-mails.",
                ),
                "sub",
                wrap=True,
            )
        )
        above = QWidget(self)
        headings = self._columns(above)
        for place, heading in enumerate(_HEADINGS[:3]):
            headings.addWidget(label(heading, "field"), 0, place)
        headings.setColumnMinimumWidth(0, _DAYS)
        self.content.addWidget(above)
        self.lines = [self._line(number) for number in range(1, LINES + 1)]
        self.usual = self.add_button(msg("Ladder", "The usual steps"), icon="restore")
        self.usual.clicked.connect(self._show_usual)
        self.finish()
        context.runner.ask(_held, on_done=self._arrived, on_error=self.refused)
        self.lines[0].days.setFocus()

    @staticmethod
    def _columns(holder: QWidget) -> QGridLayout:
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        return grid

    def _line(self, number: int) -> _Line:
        """Add the fields of a step, in a part of its own: screen readers name a choice by it."""
        part = QWidget(self)
        fields = LineEdit(part), LineEdit(part), Combo(part), Combo(part), Combo(part)
        line = _Line(*fields)
        line.days.setValidator(QIntValidator(0, MOST_DAYS, line.days))
        line.days.setFixedWidth(_DAYS)
        line.name.setMaxLength(120)
        for kind, name in KINDS.items():
            line.kind.addItem(str(name), kind)
        for field, heading in zip(fields, _HEADINGS, strict=True):
            say(field, name=msg("Ladder", "{field}, step {n}", field=heading, n=number))
        line.kind.currentIndexChanged.connect(self._kinds_changed)
        grid = self._columns(part)
        for place, field in enumerate(fields[:3]):
            grid.addWidget(field, 0, place)
        grid.addWidget(line.el, 1, 1)
        grid.addWidget(line.en, 1, 2)
        self.content.addWidget(part)
        return line

    def _arrived(self, held: _Held) -> None:
        self._templates = held.templates
        self._show(held.steps)

    def _show(self, steps: list[Step]) -> None:
        padded: list[Step | None] = [*steps, *([None] * LINES)]
        for line, step in zip(self.lines, padded, strict=False):
            line.days.setText("" if step is None else str(step.days))
            line.name.setText("" if step is None else step.name)
            kind = ReminderKind.EMAIL if step is None else step.kind
            line.kind.setCurrentIndex(line.kind.findData(kind))
            shown = step or steps[0]  # an empty line offers the wording of the first one
            self._offer(line, shown.el, shown.en)

    @Slot()
    def _kinds_changed(self) -> None:
        for line in self.lines:
            self._offer(line, str(line.el.currentData() or ""), str(line.en.currentData() or ""))

    def _offer(self, line: _Line, el: str, en: str) -> None:
        """Offer the wordings that a step of its kind can have; a call has none."""
        wanted = _FILES.get(ReminderKind(line.kind.currentData()))
        for combo, language, chosen in (
            (line.el, Language.EL, el),
            (line.en, Language.EN, en),
        ):
            combo.clear()
            for one in self._templates:
                if one.kind is wanted and one.language is language:
                    combo.addItem(one.name, one.key)
            combo.setCurrentIndex(max(0, combo.findData(chosen)) if combo.count() else -1)
            combo.setEnabled(combo.count() > 0)

    @Slot()
    def _show_usual(self) -> None:
        self._show(usual_ladder())

    def store(self) -> None:
        """Read and keep the ladder."""
        steps = []
        for line in self.lines:
            if not clean(line.days.text()):
                continue
            call = line.kind.currentData() == ReminderKind.CALL
            words: dict[str, Any] = {
                "el": "" if call else str(line.el.currentData() or ""),
                "en": "" if call else str(line.en.currentData() or ""),
            }
            kind = ReminderKind(line.kind.currentData())
            steps.append(Step(int(line.days.text()), clean(line.name.text()), kind, **words))
        usual = None if steps == usual_ladder() else steps
        self.send(msg("Step", "Reminder ladder"), set_ladder, steps=usual)
