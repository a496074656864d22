"""The report of a visit: its sections, kept as a draft while they are typed; printed at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from acctdesk import formats
from acctdesk.errors import ConflictError
from acctdesk.i18n import msg, tr
from acctdesk.services.drafts import drop_draft, get_draft, save_draft
from acctdesk.services.visit_reports import SECTIONS, ReportForm, missing, report_form, save_report
from acctdesk.ui.messages import ToastAction
from acctdesk.ui.page_out import PageOut
from acctdesk.ui.visit_report_page import heading, report_document
from acctdesk.ui.widgets.basics import column, label, row
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

_HIGH = {"purpose": 38, "present": 38, "discussed": 84, "agreed": 64}  # px of a section
_LOW = 44
_PAUSE_MS = 600  # of typing, after which the draft is kept


class SectionField(QWidget):
    """One section: its name, whether it is required, its words, and what is missing."""

    changed = Signal()

    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        title = SECTIONS[key]
        self.required = label(msg("Visit report", "required"), "caption")
        self.trouble = QLabel()
        self.trouble.setProperty("role", "danger")
        self.text = QPlainTextEdit(self)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_HIGH.get(key, _LOW))
        say(self.text, name=title)
        self.text.textChanged.connect(self._typed)
        head = row(label(title, "field"), self.required, None, self.trouble, spacing=8)
        self.setLayout(column(head, self.text, spacing=4))

    def words(self) -> str:
        """Return what is written."""
        return self.text.toPlainText()

    def complain(self, *, empty: bool) -> None:
        """Say beside the name that it is still to be written."""
        say(self.trouble, text=msg("Visit report", "Still to be written") if empty else "")

    @Slot()
    def _typed(self) -> None:
        if self.words().strip():
            self.complain(empty=False)
        self.changed.emit()


class VisitReportDialog(CalmDialog):
    """Writes the report of a visit or meeting. Closing keeps what was typed as a draft."""

    topic = "visit-report"

    def __init__(self, context: Context, parent: QWidget | None, *, interaction_id: int) -> None:
        super().__init__(parent, msg("Visit report", "Visit report"), width=680)
        self.context = context
        self._interaction = interaction_id
        self._form: ReportForm | None = None
        self._version: int | None = None
        self._filling = False
        self._typed = False  # since the last draft
        self._done = False
        self.whose = label("", "caption")
        self.state = label("", "caption")
        self.content.addLayout(row(self.whose, None, self.state, spacing=8))
        self.content.setSpacing(8)
        self.fields = {key: SectionField(key, self) for key in SECTIONS}
        for field in self.fields.values():
            self.content.addWidget(field)
            field.changed.connect(self._changed)
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addWidget(self.trouble)
        self.told = label("", "caption", wrap=True)
        self.out = PageOut(context, self, self.told)
        self.add_foot(self.told)
        self._foot_layout.setStretch(0, 1)
        self.pdf = self.add_button(msg("Visit report", "Save as PDF…"), icon="file-download")
        self.pdf.clicked.connect(self.export)
        self.print = self.add_button(msg("Visit report", "Print…"), icon="printer")
        self.print.clicked.connect(self.print_page)
        self.save_button = self.add_button(
            msg("Visit report", "Save"), look="primary", icon="check", default=True
        )
        self.save_button.clicked.connect(self.save)
        self.add_keys("Ctrl", "↵")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.keep_draft)
        self._let_write(False)
        self.fields["purpose"].text.setFocus()
        context.runner.ask(
            report_form,
            interaction_id=interaction_id,
            on_done=self._arrived,
            on_error=self._gone,
        )

    # -- what the book says

    def _let_write(self, may: bool) -> None:
        for field in self.fields.values():
            field.text.setReadOnly(not may)
        for button in (self.pdf, self.print, self.save_button):
            button.setEnabled(may)

    def _arrived(self, form: ReportForm) -> None:
        self._form, self._version = form, form.version
        day = formats.date(form.interaction.happened_at.astimezone().date())
        self.whose.setText(f"{form.client_name} · {day}")
        self._fill(form.sections)
        for key, field in self.fields.items():
            field.required.setVisible(key in form.required)
        self._let_write(True)
        question = partial(get_draft, key=self._key)  # ask() has a key of its own
        self.context.runner.ask(question, key="report.draft", on_done=self._draft_arrived)

    def _draft_arrived(self, draft: dict[str, Any] | None) -> None:
        if draft and not self._typed:
            self._fill({key: str(draft.get(key, "")) for key in SECTIONS})
            say(self.state, text=msg("Capture", "Your draft is back"))

    def _gone(self, error: Exception) -> None:
        self._done = True
        self.context.messages.fail(error)
        self.reject()

    def _fill(self, sections: Any) -> None:
        self._filling = True
        for key, field in self.fields.items():
            field.text.setPlainText(sections.get(key, ""))
        self._filling = False

    def words(self) -> dict[str, str]:
        """Return what is written, by section."""
        return {key: field.words() for key, field in self.fields.items()}

    # -- drafts

    @property
    def _key(self) -> str:
        return f"report:{self._interaction}"

    @Slot()
    def _changed(self) -> None:
        if not self._filling:
            self._typed = True
            self._pause.start()

    @Slot()
    def keep_draft(self) -> None:
        """Keep what is typed inside the book."""
        self._pause.stop()
        if self._done or not self._typed or self.context.desk.book.halted is not None:
            return
        self._typed = False
        self.context.runner.submit(
            msg("Step", "Draft"),
            save_draft,
            key=self._key,
            value=self.words(),
            on_done=self._kept,
            on_error=self.context.messages.fail,
        )

    def _kept(self, _nothing: object) -> None:
        say(self.state, text=msg("Visit report", "Draft, kept in the book"))

    def reject(self) -> None:
        """Close; what was typed is kept as a draft, and comes back."""
        self.keep_draft()
        super().reject()

    # -- saving, printing

    @Slot()
    def save(self) -> None:
        """Store the report and close, or say beside the fields what is missing."""
        self._save(self._finish)

    @Slot()
    def export(self) -> None:
        """Store the report and ask where its PDF is to be written."""
        self._save(self.out.ask_where)

    @Slot()
    def print_page(self) -> None:
        """Store the report and print it."""
        self._save(self.out.print_page)

    def _save(self, then: Callable[[], None]) -> None:
        form = self._form
        if form is None or self._done:
            return
        empty = missing(self.words(), form.required)
        for key, field in self.fields.items():
            field.complain(empty=key in empty)
        if empty:
            self.fields[empty[0]].text.setFocus()
            return
        self._pause.stop()
        words = self.words()
        self.context.runner.submit(
            msg("Step", "Visit report"),
            save_report,
            interaction_id=self._interaction,
            sections=words,
            expected_version=self._version,
            initiator=self,
            on_done=partial(self._stored, form, words, then),
            on_error=self._refused,
        )

    def _stored(
        self, form: ReportForm, words: dict[str, str], then: Callable[[], None], _value: object
    ) -> None:
        self._typed, self._version = False, None  # what is here is what is stored
        self.trouble.hide()
        self.context.runner.submit(msg("Step", "Draft"), drop_draft, key=self._key)
        day = form.interaction.happened_at.astimezone().date()
        name = f"{msg('Visit report', 'Visit report')} {form.client_name} {day:%Y-%m-%d}"
        self.out.give(report_document(form, words), heading(form), name=name)
        say(self.state, text=msg("Visit report", "Saved"))
        then()

    def _finish(self) -> None:
        self._done = True
        undo = ToastAction(msg("Toast", "Undo"), self.context.runner.undo)
        self.context.messages.say(msg("Visit report", "The report was saved."), action=undo)
        self.accept()

    def _refused(self, error: Exception) -> None:
        text = str(error)
        if isinstance(error, ConflictError):
            text = tr(
                "Visit report", "Meanwhile this report changed. Save again to keep what is here."
            )
            self._version = error.version
        self.trouble.setText(text)
        self.trouble.show()
