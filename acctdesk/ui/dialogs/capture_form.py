"""The fields of the capture dialog, in the order in which an officer tells a visit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStringListModel, Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg, tr
from acctdesk.kinds import InteractionKind, Mood
from acctdesk.services.rows import ContactRow, InteractionRow, PromiseRow
from acctdesk.ui.itemmodels import words
from acctdesk.ui.pages.clients.promises_card import LINE, PromiseLine
from acctdesk.ui.widgets.basics import (
    IconLabel,
    KeyCaps,
    LineEdit,
    box,
    column,
    label,
    labelled,
    row,
)
from acctdesk.ui.widgets.client_picker import ClientPicker
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.following_area import FollowingArea
from acctdesk.ui.widgets.said_fields import PaymentField, ScoreField
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.widgets.when_field import FramedLine, PastWhenField, PromiseField, WhenField
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

SIDE = 232  # width of the right column
_SCORE = 200  # of the score, beside two fields in a row
_KINDS = (
    InteractionKind.CALL,
    InteractionKind.VISIT,
    InteractionKind.EMAIL,
    InteractionKind.NOTE,
)


OUTCOMES = (
    msg("Outcome of a contact", "Order"),
    msg("Outcome of a contact", "Interest"),
    msg("Outcome of a contact", "Offer asked for"),
    msg("Outcome of a contact", "Payment agreed"),
    msg("Outcome of a contact", "Complaint"),
    msg("Outcome of a contact", "No interest"),
    msg("Outcome of a contact", "Nobody there"),
)


def _kind_choices(extra: Iterable[InteractionKind]) -> list[Choice]:
    return [
        Choice(
            kind.value,
            words.INTERACTIONS[kind].icon,
            words.INTERACTIONS[kind].word,
            keys=f"Alt+{place}",
        )
        for place, kind in enumerate([*_KINDS, *extra], 1)
    ]


class CaptureForm(QWidget):
    """All fields; ``edit`` leaves out promises and next step, which have their own places."""

    def __init__(
        self, context: Context, title: Message, *, edit: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        today = context.today()
        self._today = today
        self._edit = edit
        self.most_lines = 3  # promises seen without scrolling
        self._contacts: list[ContactRow] = []
        self.lines: list[PromiseLine] = []
        self.happened_before = ""
        self._build_fields(context, edit=edit)
        self._state = label("", "caption")
        self._trouble = label("", "danger", wrap=True)
        self._trouble.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        head = row(IconLabel("bolt", "accent", 20), label(title, "section"), None, spacing=8)
        if not edit:
            say(self._state, text=msg("Capture", "Draft, kept by itself"))
            head.addWidget(self._state)
            head.addWidget(KeyCaps("Esc"))
        whole.addLayout(head)
        whole.addLayout(
            _two(
                column(label(msg("Capture", "Client"), "field"), self.client, spacing=4),
                labelled(msg("Capture", "With whom"), self.contact),
                side=True,
            )
        )
        kind = labelled(msg("Capture", "Kind"), self.kind)
        mood = labelled(msg("Capture", "Mood"), self.mood)
        if edit:  # six kinds need the whole width
            whole.addLayout(kind)
            whole.addLayout(_two(labelled(msg("Capture", "Title"), self.subject), mood, side=True))
        else:
            whole.addLayout(_two(kind, mood, side=True))
        whole.addLayout(
            _two(
                column(self._note_head(), self.note, None, spacing=4),
                column(
                    label(msg("Capture", "When it happened"), "field"),
                    self.happened,
                    4,
                    label(msg("Capture", "Outcome"), "field"),
                    self.outcome,
                    None,
                    spacing=4,
                ),
                side=True,
            )
        )
        if not edit:
            self._add_promises(whole)
        whole.addWidget(self._trouble)

    def _note_head(self) -> QHBoxLayout:
        return row(label(msg("Capture", "What happened"), "field"), None, self.needs_reply)

    def _build_fields(self, context: Context, *, edit: bool) -> None:
        """Make the fields in the order of Tab: what stands beside the words comes before them."""
        self.client = ClientPicker(context, self)
        self.contact = Combo(self)
        self.contact.setProperty("role", "tall")
        self.contact.setFixedWidth(SIDE)
        bell().rung.connect(self._speak)
        extra = [InteractionKind.MEETING, InteractionKind.LETTER] if edit else []
        self.kind = Segments(_kind_choices(extra), msg("Capture", "Kind"), parent=self)
        self.subject = LineEdit(self)
        self.subject.setMaxLength(300)
        self.subject.setVisible(edit)
        moods = [
            Choice(mood.value, look.icon, look.word, bare=True)
            for mood, look in words.MOODS.items()
        ]
        self.mood = Segments(moods, msg("Capture", "Mood"), optional=True, parent=self)
        self.mood.setFixedWidth(SIDE)
        self.needs_reply = QCheckBox(self)
        say(self.needs_reply, text=msg("Capture", "Needs a reply"))
        self.happened = PastWhenField(self._today, parent=self)
        self.happened.setFixedWidth(SIDE)
        say(
            self.happened.field,
            placeholder=msg("Capture", "now"),
            name=msg("Capture", "When it happened"),
            description=msg("Capture", "Empty means now. For example: yesterday 10:30."),
        )
        self.outcome = LineEdit(self)
        self.outcome.setMaxLength(120)
        self.outcome.setFixedWidth(SIDE)
        self._usual = QCompleter(self)
        self._usual.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._usual.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        self.outcome.setCompleter(self._usual)
        self._offer_outcomes()
        say(
            self.outcome,
            placeholder=msg("Capture", "e.g. order, interest"),
            name=msg("Capture", "Outcome"),
        )
        self.note = QPlainTextEdit(self)
        self.note.setFixedHeight(80)
        self.note.setTabChangesFocus(True)
        say(self.note, name=msg("Capture", "What happened"))
        ours, theirs = msg("Capture", "We promised"), msg("Capture", "They promised")
        self.ours = PromiseField(self._today, ink="warning", kind="warning", name=ours, parent=self)
        self.theirs = PromiseField(self._today, ink="info", kind="info", name=theirs, parent=self)
        for one in (self.ours, self.theirs):
            hint = msg("Capture", "What, by when; e.g. “offer by Fri”")
            say(one.field, placeholder=hint, tip=hint)
        self._build_agreed(edit=edit)

    def _build_agreed(self, *, edit: bool) -> None:
        """Make the fields of what was agreed or heard; they are for a new interaction alone."""
        self._step_line = FramedLine("arrow-right", "accent", parent=self)
        self.step = self._step_line.field
        self.step.setMaxLength(300)
        say(self.step, name=msg("Capture", "Next step"))
        self.step_when = WhenField(self._today, parent=self)
        self.step_when.setFixedWidth(SIDE)
        say(
            self.step_when.field,
            placeholder=msg("Capture", "tomorrow, Tue 10"),
            name=msg("Capture", "When"),
            description=msg("Capture", "A day as you say it: tomorrow, Tue 10, 15/3, +3d."),
        )
        self._need_line = FramedLine("target", "info", parent=self)
        self.need = self._need_line.field
        self.need.setMaxLength(300)
        say(
            self.need,
            placeholder=msg("Capture", "Looking for"),
            name=msg("Capture", "A need"),
        )
        self.pay = PaymentField(self._today, parent=self)
        self.score = ScoreField(parent=self)
        self.score.setFixedWidth(_SCORE)
        if edit:
            for hidden in (
                self.ours,
                self.theirs,
                self.pay,
                self.score,
                self._step_line,
                self.step_when,
                self._need_line,
            ):
                hidden.hide()

    def _add_promises(self, whole: QVBoxLayout) -> None:
        whole.addLayout(
            _two(
                column(label(msg("Capture", "We promised"), "field"), self.ours, spacing=4),
                column(label(msg("Capture", "They promised"), "field"), self.theirs, spacing=4),
            )
        )
        whole.addLayout(
            _two(
                column(label(msg("Capture", "Next step"), "field"), self._step_line, spacing=4),
                column(label(msg("Capture", "When"), "field"), self.step_when, spacing=4),
                side=True,
            )
        )
        heard = QHBoxLayout()
        heard.setSpacing(16)
        need = column(label(msg("Capture", "A need"), "field"), self._need_line, spacing=4)
        heard.addLayout(need, 1)
        heard.addWidget(self.pay, 1)
        asked = column(label(msg("Capture", "Satisfaction"), "field"), self.score, spacing=4)
        heard.addLayout(asked)
        whole.addLayout(heard)
        whole.addWidget(self.pay.said)
        self._open_label = label(
            msg("Capture", "Open promises: what was settled by this?"), "field"
        )
        self._open, self._open_column = box("sunkenCard", margins=(10, 4, 10, 4), spacing=0)
        self._open_area = FollowingArea(self)
        self._open_area.setWidget(self._open)
        whole.addLayout(column(self._open_label, self._open_area, spacing=4))
        self.show_promises([], settled=())

    # -- what the dialog shows

    def show_contacts(self, contacts: Sequence[ContactRow], *, chosen: int | None) -> None:
        """Offer the people of the client."""
        self._contacts = list(contacts)
        self.contact.clear()
        self.contact.addItem(tr("Capture", "Nobody in particular"), None)
        for one in contacts:
            shown = f"{one.name} · {one.role}" if one.role else one.name
            self.contact.addItem(shown, one.id)
        self.choose_contact(chosen)

    @Slot()
    def _speak(self) -> None:
        if self.contact.count():
            self.contact.setItemText(0, tr("Capture", "Nobody in particular"))
        self._offer_outcomes()

    def _offer_outcomes(self) -> None:
        self._usual.setModel(QStringListModel([str(one) for one in OUTCOMES], self._usual))

    def choose_contact(self, contact_id: int | None) -> None:
        """Take one of the people."""
        place = self.contact.findData(contact_id) if contact_id is not None else 0
        self.contact.setCurrentIndex(max(0, place))

    def show_promises(self, promises: Sequence[PromiseRow], *, settled: Iterable[int]) -> None:
        """Offer the open promises for ticking, earliest first; three are seen, more scroll."""
        if self._edit:
            return
        for line in self.lines:
            self._open_column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [PromiseLine(one, self._today, self._open) for one in promises]
        for line in self.lines:
            self._open_column.addWidget(line)
        for before, after in pairwise((self.score.field, *self.lines)):
            self.setTabOrder(before, after)
        self.settle(settled)
        seen = min(len(self.lines), self.most_lines)
        self._open_area.setFixedHeight(8 + LINE * seen)
        self._open_area.setVisible(bool(self.lines))
        self._open_label.setVisible(bool(self.lines))

    def settle(self, ids: Iterable[int]) -> None:
        """Tick promises."""
        wanted = set(ids)
        for line in self.lines:
            line.setChecked(line.promise.id in wanted)

    def show_stored(self, stored: InteractionRow) -> None:
        """Show an interaction for editing."""
        self.kind.choose(stored.kind.value)
        self.mood.choose(stored.mood.value if stored.mood else "")
        self.subject.setText(stored.subject)
        self.note.setPlainText(stored.body)
        self.outcome.setText(stored.outcome or "")
        self.needs_reply.setChecked(stored.needs_reply)
        local = stored.happened_at.astimezone()
        day = local.date()
        shown = formats.short_date(day) if day.year == self._today.year else formats.date(day)
        self.happened.field.setText(f"{shown} {formats.time(local.time())}")
        self.happened_before = self.happened.field.text()

    def say_state(self, text: Message) -> None:
        """Say what became of the draft."""
        say(self._state, text=text)

    def say_trouble(self, text: str) -> None:
        """Say why nothing was saved."""
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))

    # -- what the dialog reads

    def contact_id(self) -> int | None:
        """Return the person chosen."""
        chosen = self.contact.currentData()
        return chosen if isinstance(chosen, int) else None

    def settled(self) -> list[int]:
        """Return the promises ticked."""
        return [line.promise.id for line in self.lines if line.isChecked()]

    def typed(self) -> bool:
        """Tell whether anything would be lost."""
        fields = (
            self.ours.field,
            self.theirs.field,
            self.pay.field,
            self.score.field,
            self.step,
            self.step_when.field,
            self.need,
            self.outcome,
        )
        return bool(self.note.toPlainText().strip()) or any(one.text().strip() for one in fields)

    def complain(self) -> bool:
        """Say what is missing and go there; True where nothing is."""
        trouble: tuple[str, QWidget] | None = None
        if self.client.client_id is None:
            trouble = tr("Capture", "Choose the client."), self.client.field
        elif not self.happened.understood():
            trouble = tr("Capture", "When did it happen? This day is not clear."), self.happened
        elif not self._edit and not self.step_when.understood():
            trouble = tr("Capture", "When is the next step? This day is not clear."), self.step_when
        elif (
            not self._edit and self.step_when.field.text().strip() and not self.step.text().strip()
        ):
            trouble = tr("Capture", "Say what the next step is."), self.step
        else:
            trouble = self._said_trouble()
        self.say_trouble(trouble[0] if trouble else "")
        if trouble:
            trouble[1].setFocus()
        return trouble is None

    def _said_trouble(self) -> tuple[str, QWidget] | None:
        """Say what is not clear of what they will pay, and of how satisfied they are."""
        if self._edit:
            return None
        try:
            self.pay.payment()
        except UserError as refusal:
            return str(refusal), self.pay
        if not self.score.understood():
            said = tr("Capture", "How satisfied are they? Write 1 to 5, or 0/10 to 10/10.")
            return said, self.score
        return None

    def as_draft(self) -> dict[str, Any]:
        """Return everything typed as plain values."""
        return {
            "client_id": self.client.client_id,
            "client_name": self.client.client_name,
            "contact_id": self.contact_id(),
            "kind": self.kind.key,
            "mood": self.mood.key,
            "note": self.note.toPlainText(),
            "happened": self.happened.field.text(),
            "needs_reply": self.needs_reply.isChecked(),
            "ours": self.ours.field.text(),
            "theirs": self.theirs.field.text(),
            "pay": self.pay.field.text(),
            "score": self.score.field.text(),
            "step": self.step.text(),
            "need": self.need.text(),
            "outcome": self.outcome.text(),
            "step_when": self.step_when.field.text(),
            "settled": self.settled(),
        }

    def restore(self, draft: dict[str, Any]) -> None:
        """Put a draft back; what it does not hold stays."""
        if draft.get("kind") in {kind.value for kind in InteractionKind}:
            self.kind.choose(str(draft["kind"]))
        if draft.get("mood") in {mood.value for mood in Mood}:
            self.mood.choose(str(draft["mood"]))
        self.note.setPlainText(str(draft.get("note", "")))
        self.needs_reply.setChecked(bool(draft.get("needs_reply")))
        for key, field in (
            ("happened", self.happened.field),
            ("ours", self.ours.field),
            ("theirs", self.theirs.field),
            ("pay", self.pay.field),
            ("score", self.score.field),
            ("step", self.step),
            ("need", self.need),
            ("outcome", self.outcome),
            ("step_when", self.step_when.field),
        ):
            field.setText(str(draft.get(key, "")))


def _two(left: QVBoxLayout, right: QVBoxLayout, *, side: bool = False) -> QHBoxLayout:
    pair = QHBoxLayout()
    pair.setSpacing(16)
    pair.addLayout(left, 1)
    pair.addLayout(right, 0 if side else 1)
    return pair
