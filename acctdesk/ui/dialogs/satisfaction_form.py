"""What a client answered: a score, its words, who said it and when. A digit alone stores it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from acctdesk.errors import UserError
from acctdesk.i18n import msg, tr
from acctdesk.kinds import SatisfactionMeasure
from acctdesk.services.contacts import contacts_of
from acctdesk.services.rows import ContactRow, SatisfactionRow
from acctdesk.services.satisfaction import SCALES, change_satisfaction, record_satisfaction
from acctdesk.ui.dialogs.record_form import RecordForm, named, read_day
from acctdesk.ui.itemmodels.satisfaction_text import NAMES, QUESTIONS, score_text
from acctdesk.ui.messages import ToastAction
from acctdesk.ui.widgets.basics import KeyCaps, LineEdit, column, label, labelled, row
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.scale import Scale
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class SatisfactionForm(RecordForm):
    """Writes an answer down, or corrects one. ``measure`` is what is asked about first."""

    topic = "satisfaction"

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        client_id: int,
        answer: SatisfactionRow | None = None,
        measure: SatisfactionMeasure = SatisfactionMeasure.CSAT,
    ) -> None:
        super().__init__(context, parent, msg("Satisfaction", "Satisfaction"), width=560)
        self._client_id, self._answer = client_id, answer
        asked = msg("Satisfaction", "What was asked")
        self.measure = Segments(
            [
                Choice(one.value, "", msg("Satisfaction", "{name}", name=NAMES[one]))
                for one in SatisfactionMeasure
            ],
            asked,
            parent=self,
        )
        self.scales = {
            one: Scale(SCALES[one], QUESTIONS[one], parent=self) for one in SatisfactionMeasure
        }
        self.words = LineEdit(self)
        self.words.setMaxLength(300)
        self.contact = Combo(self)
        self.contact.addItem("", None)
        if answer is not None and answer.contact_id is not None:
            self.contact.addItem(answer.contact_name or "", answer.contact_id)
            self.contact.setCurrentIndex(1)
        when = msg("Satisfaction", "When")
        self.day = self.day_field(
            when, answer.answered_on if answer is not None else None, past=True
        )
        say(self.day.field, placeholder=msg("Satisfaction", "today"))
        self.under(asked, self.measure)
        self._questions = {one: label(QUESTIONS[one], "field") for one in SatisfactionMeasure}
        for one, scale in self.scales.items():
            self.content.addLayout(column(self._questions[one], scale, spacing=4))
            scale.entered.connect(self._entered)
        self.content.addLayout(labelled(msg("Satisfaction", "In their own words"), self.words))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addLayout(labelled(msg("Satisfaction", "Who said it"), self.contact), 0, 0)
        grid.addLayout(named(when, self.day), 0, 1)
        self.content.addLayout(grid)
        self.finish()
        self._hints: dict[SatisfactionMeasure, QWidget] = {}
        if answer is None:
            self._add_hints()
        else:
            self.words.setText(answer.words or "")
            self.scales[answer.measure].choose(str(answer.score))
        self.measure.chosen.connect(self._measure_chosen)
        bell().rung.connect(self._speak)
        self._speak()
        self.measure.choose((answer.measure if answer is not None else measure).value)
        context.runner.ask(
            contacts_of, client_id=client_id, on_done=self._contacts_arrived, on_error=self.refused
        )
        self.scale.focus()

    @property
    def scale(self) -> Scale:
        """The scale of what was asked."""
        return self.scales[SatisfactionMeasure(self.measure.key)]

    @Slot(str)
    def _measure_chosen(self, key: str) -> None:
        for one, scale in self.scales.items():
            for part in (scale, self._questions[one], self._hints.get(one)):
                if part is not None:
                    part.setVisible(one.value == key)

    def _add_hints(self) -> None:
        """Say which keys store an answer, each measure its own."""
        for one, keys, said in (
            (SatisfactionMeasure.CSAT, "1–5", msg("Satisfaction", "stores at once")),
            (SatisfactionMeasure.NPS, "0–9", msg("Satisfaction", "stores at once; 1 waits for 0")),
        ):
            hint = QWidget()
            hint.setLayout(row(KeyCaps(keys), label(said, "caption"), spacing=6))
            self._hints[one] = hint
            self.add_foot(hint)

    @Slot()
    def _speak(self) -> None:
        self.contact.setItemText(0, tr("Satisfaction", "nobody in particular"))

    @Slot()
    def _entered(self) -> None:
        if self._answer is None:
            self.save()

    def _contacts_arrived(self, contacts: list[ContactRow]) -> None:
        for one in contacts:
            if self.contact.findData(one.id) < 0:  # who said it stands there already
                self.contact.addItem(one.name, one.id)

    def store(self) -> None:
        """Read and store the answer."""
        score, measure = self.scale.point, SatisfactionMeasure(self.measure.key)
        if score is None:
            self.scale.focus()
            raise UserError(msg("Satisfaction", "Choose a number."))
        today = self.context.today()
        fields = {
            "measure": measure,
            "score": score,
            "answered_on": read_day(self.day) or today,
            "today": today,
            "words": self.words.text(),
            "contact_id": self.contact.currentData(),
        }
        if self._answer is None:
            self.send(
                msg("Step", "Satisfaction"),
                record_satisfaction,
                client_id=self._client_id,
                **fields,
            )
        else:
            self.send(
                msg("Step", "Satisfaction changed"),
                change_satisfaction,
                satisfaction_id=self._answer.id,
                expected_version=self._answer.version,
                **fields,
            )

    def _done(self, value: object) -> None:
        undo = ToastAction(msg("Toast", "Undo"), self.context.runner.undo)
        shown = score_text(SatisfactionMeasure(self.measure.key), self.scale.point or 0)
        told = msg("Satisfaction", "{score} was saved.", score=shown)
        self.context.messages.say(told, action=undo)
        super()._done(value)
