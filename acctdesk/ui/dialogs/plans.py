"""A client's action plans: those at work, and a new one made of a checklist."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import msg, nmsg, tr
from acctdesk.services.plans import (
    ChecklistRow,
    PlanRow,
    StepMove,
    checklists,
    move_anchor,
    plans_of,
    preview_move,
    start_plan,
    step_day,
    trash_plan,
)
from acctdesk.text import When
from acctdesk.ui.deeds import Deeds
from acctdesk.ui.own_days import own_days
from acctdesk.ui.widgets.basics import Button, LineEdit, column, label, labelled, row
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.when_field import WhenField, chip_day
from acctdesk.ui.words import bell, plain_tip, say

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context

HIGH = 176


def _day_list(parent: QWidget) -> QListWidget:
    made = QListWidget(parent)
    made.setFixedHeight(HIGH)
    made.setProperty("plain", True)
    made.setSpacing(2)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    return made


def _add(to: QListWidget, text: str) -> None:
    """Add a line; what is cut of it stands whole in its tool tip."""
    item = QListWidgetItem(text)
    item.setToolTip(plain_tip(text))
    to.addItem(item)


class PlansDialog(CalmDialog):
    """Shows what is at work, and begins another plan."""

    topic = "plans"

    def __init__(
        self, context: Context, parent: QWidget, *, client: tuple[int, str] | None
    ) -> None:
        super().__init__(parent, msg("Plan", "Action plans"), width=560)
        self.context = context
        self._client = client
        self._lists: list[ChecklistRow] = []
        self.plans: list[Button] = []
        self._running = QVBoxLayout()
        self._running.setSpacing(4)
        self.lists = Combo(self)
        self.lists.setMinimumHeight(32)
        self.edit = Button(msg("Plan", "Checklists…"), look="small", icon="list-check")
        self.title = LineEdit(self)
        self.title.setMaxLength(300)
        self.anchor = WhenField(context.today(), parent=self)
        say(
            self.anchor.field,
            name=msg("Plan", "Anchor date"),
            placeholder=msg("Plan", "e.g. 3/3: the steps count from it"),
        )
        self.steps = _day_list(self)
        say(self.steps, name=msg("Plan", "Steps and their days"))
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        if client is not None:
            self.content.addWidget(label(client[1], "strong", wrap=True))
        self.content.addLayout(self._running)
        choice = row(labelled(msg("Plan", "Checklist"), self.lists), spacing=8)
        choice.setStretch(0, 1)
        self.content.addLayout(choice)
        self.content.addLayout(row(self.edit, None))
        self.content.addLayout(labelled(msg("Plan", "Name of the plan"), self.title))
        self.content.addLayout(
            column(label(msg("Plan", "Anchor date"), "field"), self.anchor, spacing=4)
        )
        self.content.addWidget(self.steps)
        self.content.addWidget(self.trouble)
        self.add_button(msg("Plan", "Close")).clicked.connect(self.reject)
        self.start = self.add_button(
            msg("Plan", "Start the plan"), look="primary", icon="check", default=True
        )
        self.start.clicked.connect(self.begin)
        self.edit.clicked.connect(self._edit_lists)
        self.lists.activated.connect(self._chosen)
        self.anchor.changed.connect(self._show_steps)
        bell().rung.connect(self.load)
        context.bus.changed.connect(self._changed)
        self.load()
        self.anchor.field.setFocus()

    @Slot()
    def load(self) -> None:
        """Ask for the checklists and the plans."""
        ask, mine = self.context.runner.ask, id(self)
        ask(checklists, key=f"plans.lists.{mine}", on_done=self._lists_arrived)
        client = None if self._client is None else self._client[0]
        ask(plans_of, client_id=client, key=f"plans.{mine}", on_done=self._plans_arrived)

    @Slot(object, object)
    def _changed(self, changes: ChangeSet, _initiator: object) -> None:
        if changes.touches("checklists", "action_plans", "tasks"):
            self.load()

    def _lists_arrived(self, found: list[ChecklistRow]) -> None:
        held = self.lists.currentIndex()
        first = not self._lists
        self._lists = found
        self.lists.clear()
        for one in found:
            self.lists.addItem(one.name)
        self.lists.setCurrentIndex(min(max(0, held), len(found) - 1))
        if first:
            self._chosen()
        self._show_steps()

    def _plans_arrived(self, found: list[PlanRow]) -> None:
        for button in self.plans:
            self._running.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.plans = []
        for plan in found:
            words = nmsg(
                "Plan",
                "{title}, from {day}: {done} of {n} step done",
                "{title}, from {day}: {done} of {n} steps done",
                plan.steps,
                title=plan.title,
                day=formats.date(plan.anchor_on),
                done=plan.done,
            )
            button = Button(words, look="link", icon="list-check")
            button.setProperty("plan", plan.id)
            button.clicked.connect(self._open_plan)
            self._running.addWidget(button)
            self.plans.append(button)
        self._rows = {plan.id: plan for plan in found}

    @property
    def chosen(self) -> ChecklistRow | None:
        """The checklist chosen."""
        place = self.lists.currentIndex()
        return self._lists[place] if 0 <= place < len(self._lists) else None

    @Slot()
    def _chosen(self) -> None:
        if self.chosen is not None:
            self.title.setText(self.chosen.name)
        self._show_steps()

    @Slot()
    def _show_steps(self) -> None:
        self.trouble.hide()
        self.steps.clear()
        when, chosen = self.anchor.when(), self.chosen
        day = self.context.today() if when is None else when.day
        for step in chosen.steps if chosen is not None else ():
            due = step_day(step, day, own_days().calendar)
            _add(self.steps, f"{chip_day(When(due))} · {step.title}")

    @Slot()
    def begin(self) -> None:
        """Start the plan, or say what is missing."""
        when, chosen = self.anchor.when(), self.chosen
        if when is None or chosen is None:
            self._complain(tr("Plan", "Say from which day the steps are counted."))
            self.anchor.setFocus()
            return
        self.context.runner.submit(
            msg("Step", "New action plan"),
            start_plan,
            client_id=None if self._client is None else self._client[0],
            checklist_id=chosen.id,
            title=self.title.text(),
            steps=chosen.steps,
            anchor_on=when.day,
            initiator=self,
            on_done=self._started,
            on_error=self._refused,
        )

    def _started(self, _value: object) -> None:
        self.context.messages.say(msg("Plan", "The steps stand among the tasks."))
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._complain(str(getattr(error, "message", error)))

    def _complain(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.show()

    @Slot()
    def _edit_lists(self) -> None:
        from acctdesk.ui.dialogs.checklists import ChecklistDialog

        ChecklistDialog(self.context, self, chosen=self.chosen).open()

    @Slot()
    def _open_plan(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            PlanDialog(self.context, self, self._rows[int(button.property("plan"))]).open()


def move_words(move: StepMove) -> str:
    """Return what becomes of a step: from which day to which, or why it stays."""
    if move.done_on is not None:
        return tr("Plan", "Done {day}, stays · {step}", step=move.title, day=_day(move.done_on))
    if move.before == move.after:
        return tr("Plan", "Stays on {day} · {step}", step=move.title, day=_day(move.before))
    return tr(
        "Plan",
        "{before} → {after} · {step}",
        step=move.title,
        before=_day(move.before),
        after=_day(move.after),
    )


def _day(day: dt.date | None) -> str:
    return formats.UNKNOWN if day is None else chip_day(When(day))


class PlanDialog(CalmDialog):
    """Gives a plan another anchor date; what that does is shown before."""

    topic = "plans"

    def __init__(self, context: Context, parent: QWidget, plan: PlanRow) -> None:
        super().__init__(parent, msg("Plan", "{title}", title=plan.title), width=560)
        self.context, self._plan = context, plan
        self._deeds = Deeds(context, self)
        self.anchor = WhenField(context.today(), parent=self)
        self.anchor.field.setText(formats.date(plan.anchor_on))
        say(self.anchor.field, name=msg("Plan", "Anchor date"))
        self.moves = _day_list(self)
        say(self.moves, name=msg("Plan", "What becomes of each step"))
        self.content.addLayout(
            column(label(msg("Plan", "Anchor date"), "field"), self.anchor, spacing=4)
        )
        self.content.addWidget(
            label(msg("Plan", "What is done stays; open steps follow."), "caption")
        )
        self.content.addWidget(self.moves)
        trash = Button(msg("Plan", "Move to the trash"), look="danger", icon="trash")
        trash.clicked.connect(self._trash)
        self.add_foot(trash)
        self.add_button(msg("Plan", "Cancel")).clicked.connect(self.reject)
        self.move_button = self.add_button(
            msg("Plan", "Move the steps"), look="primary", icon="check", default=True
        )
        self.move_button.clicked.connect(self.move_steps)
        self.anchor.changed.connect(self._ask)
        self._ask()
        self.anchor.field.setFocus()

    @Slot()
    def _ask(self) -> None:
        when = self.anchor.when()
        self.move_button.setEnabled(when is not None)
        if when is not None:
            self.context.runner.ask(
                preview_move,
                plan_id=self._plan.id,
                anchor_on=when.day,
                key=f"plan.{id(self)}",
                on_done=self._arrived,
            )

    def _arrived(self, moves: list[StepMove]) -> None:
        self.moves.clear()
        for move in moves:
            _add(self.moves, move_words(move))
        self.move_button.setEnabled(any(not one.stays for one in moves))

    @Slot()
    def move_steps(self) -> None:
        """Move the open steps."""
        when = self.anchor.when()
        if when is not None:
            self._deeds.do(
                msg("Step", "Action plan moved"),
                move_anchor,
                msg("Plan", "The open steps were moved."),
                plan_id=self._plan.id,
                anchor_on=when.day,
            )
            self.accept()

    @Slot()
    def _trash(self) -> None:
        self._deeds.do(
            msg("Step", "Action plan to the trash"),
            trash_plan,
            msg("Plan", "The plan and its open steps were moved to the trash."),
            plan_id=self._plan.id,
        )
        self.accept()
