"""The report for management: what it is about, progress with Cancel, and where it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from acctdesk import formats
from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.reports.pack import PackResult, write_pack_in_child
from acctdesk.services.report_choices import ReportChoices, report_choices
from acctdesk.ui.dialogs.report_form import ReportForm, ReportOrder
from acctdesk.ui.runner import LongWork, Progress
from acctdesk.ui.settings import REPORT_FOLDER
from acctdesk.ui.widgets.basics import IconLabel, LineEdit, column, label, row
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.services.desk import Desk
    from acctdesk.ui.context import Context

_TITLE = msg("Report dialog", "Report for management")


def _write(
    desk: Desk, order: ReportOrder, progress: Progress, cancelled: Callable[[], bool]
) -> PackResult:
    return write_pack_in_child(
        desk,
        out=order.out,
        period=order.period,
        as_of=order.as_of,
        language=order.language,
        progress=progress,
        cancelled=cancelled,
    )


def _draft(
    result: PackResult,
    order: ReportOrder,
    names: tuple[str, str],
    _progress: Progress,
    _cancelled: Callable[[], bool],
) -> Path:
    from acctdesk.reports.mail import write_draft

    company, officer = names
    return write_draft(result, language=order.language, company=company, officer=officer)


class ReportDialog(CalmDialog):
    """Writes the management workbook in a child process; the window stays free meanwhile."""

    topic = "report"

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(parent, _TITLE, width=640)
        self.context = context
        self._work: LongWork | None = None
        self._order: ReportOrder | None = None
        self._choices: ReportChoices | None = None
        self.result_of: PackResult | None = None
        self.form = ReportForm(context.settings, context.today(), self)
        self.running = _Running(self)
        self.outcome = _Outcome(self)
        self.stack = QStackedWidget(self)
        for page in (self.form, self.running, self.outcome):
            self.stack.addWidget(page)
        self.content.addWidget(self.stack)
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addWidget(self.trouble)
        self.content.addStretch(1)
        self._add_buttons()
        self.show_part(self.form)
        context.runner.ask(
            report_choices, today=context.today(), on_done=self._offer, on_error=self._complain
        )

    def _add_buttons(self) -> None:
        self.cancel = self.add_button(msg("Report dialog", "Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.write = self.add_button(
            msg("Report dialog", "Write report"), look="primary", icon="report", default=True
        )
        self.write.clicked.connect(self.start)
        self.write.setEnabled(False)
        self.close_button = self.add_button(msg("Report dialog", "Close"))
        self.close_button.clicked.connect(self.accept)
        self.mail = self.add_button(msg("Report dialog", "Mail draft"), icon="mail")
        self.mail.clicked.connect(self._mail)
        self.folder = self.add_button(msg("Report dialog", "Show in folder"), icon="folder-open")
        self.folder.clicked.connect(self._show_folder)
        self.open_file = self.add_button(
            msg("Report dialog", "Open"), look="primary", icon="external-link"
        )
        self.open_file.clicked.connect(self._open_file)

    def show_part(self, page: QWidget) -> None:
        """Show the form, the running work or its outcome, with the buttons of each."""
        self.stack.setCurrentWidget(page)
        form, done = page is self.form, page is self.outcome
        for button, shown in (
            (self.cancel, not done),
            (self.write, form),
            (self.close_button, done),
            (self.mail, done),
            (self.folder, done),
            (self.open_file, done),
        ):
            button.setVisible(shown)
        self.write.setDefault(form)
        self.open_file.setDefault(done)
        if done:
            self.open_file.setFocus()
        elif page is self.running:
            self.cancel.setFocus()

    # -- the form

    def _offer(self, choices: ReportChoices) -> None:
        self._choices = choices
        self.form.offer(choices)
        self.write.setEnabled(True)
        self.form.period.setFocus()

    def _complain(self, error: Exception) -> None:
        self._say_trouble(_sentence(error))

    def _say_trouble(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    # -- the work

    @Slot()
    def start(self) -> None:
        """Write the report, or say what is missing."""
        order = self.form.order()
        if isinstance(order, Message):
            self._say_trouble(str(order))
            self.form.file.setFocus()
            return
        self._order = order
        self._say_trouble("")
        self.cancel.setEnabled(True)
        self.running.begin(order)
        self.show_part(self.running)
        work = self.context.runner.long(
            msg("Report dialog", "Writing the report"),
            partial(_write, self.context.desk, order),
            on_done=self._written,
            on_error=self._refused,
        )
        if not work.over:
            self._work = work
            work.progressed.connect(self.running.advance)
            work.finished.connect(self._ended)

    def _written(self, result: PackResult) -> None:
        assert self._order is not None
        self._work = None
        self.result_of = result
        self.context.settings.set(REPORT_FOLDER, str(result.path.parent))
        self.outcome.tell(result)
        self.show_part(self.outcome)

    def _refused(self, error: Exception) -> None:
        self._back(_sentence(error))

    @Slot()
    def _ended(self) -> None:
        """Come back to the form where the work was stopped: nobody else hears of that."""
        stopped = self._work is not None and self._work.cancelled()
        self._work = None
        if stopped:
            self._back(str(msg("Report dialog", "Stopped. No report was written.")))

    def _back(self, text: str) -> None:
        self._work = None
        self.cancel.setEnabled(True)
        self.show_part(self.form)
        self._say_trouble(text)
        self.write.setFocus()

    @Slot()
    def reject(self) -> None:
        """Stop the work under way; close the dialog where there is none."""
        if self._work is not None and not self._work.over:
            self._work.cancel()
            self.cancel.setEnabled(False)
            self.running.stop()
            return
        super().reject()

    # -- the result

    @Slot()
    def _open_file(self) -> None:
        if self.result_of is not None:
            self._launch(self.result_of.path)

    @Slot()
    def _show_folder(self) -> None:
        if self.result_of is not None:
            self._launch(self.result_of.path.parent)

    @Slot()
    def _mail(self) -> None:
        if self.result_of is None or self._order is None or self._choices is None:
            return
        profile = self._choices.profile
        names = profile.company, profile.officer
        self._say_trouble("")
        self.context.runner.long(
            msg("Report dialog", "Writing the mail draft"),
            partial(_draft, self.result_of, self._order, names),
            on_done=self._launch,
            on_error=self._complain,
        )

    def _launch(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._say_trouble(
                str(
                    msg(
                        "Report dialog",
                        "No program here opens {name}. It lies in {folder}.",
                        name=path.name,
                        folder=str(path.parent),
                    )
                )
            )


def _sentence(error: Exception) -> str:
    """Return what a refusal says; a fault or a bug has its own dialog."""
    plain = isinstance(error, UserError) and not isinstance(error, EnvironmentFault)
    return str(error) if plain else ""


class _Running(QWidget):
    """What is being written, and how far it is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._what = label("", "strong", wrap=True)
        self._rows = label("", "caption")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        say(self.bar, name=msg("Report dialog", "Progress"))
        self.setLayout(column(self._what, self.bar, self._rows, None, spacing=12))

    def begin(self, order: ReportOrder) -> None:
        """Start at nothing done."""
        say(self._what, text=msg("Report dialog", "Writing {name}", name=order.out.name))
        say(self._rows, text=msg("Report dialog", "Reading the book…"))
        self.bar.setRange(0, 0)

    def stop(self) -> None:
        """Say that it ends soon."""
        say(self._rows, text=msg("Report dialog", "Stopping…"))

    @Slot(object, object, object)
    def advance(self, done: int, total: int | None, _what: object) -> None:
        """Show how many rows are written."""
        if not total:
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        say(
            self._rows,
            text=msg(
                "Report dialog",
                "{done} of {total} rows",
                done=formats.number(done),
                total=formats.number(total),
            ),
        )


class _Outcome(QWidget):
    """Where the report is, and whether its figures agree."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = IconLabel("circle-check", "success", 24, self)
        self._head = label(msg("Report dialog", "The report is written."), "strong")
        self.path = LineEdit(self)
        self.path.setReadOnly(True)
        say(self.path, name=msg("Report dialog", "Where it is"))
        self.checks = label("", "sub", wrap=True)
        self.notes = label("", "sub", wrap=True)
        self.setLayout(
            column(
                row(self._icon, self._head, None, spacing=12),
                self.path,
                self.checks,
                self.notes,
                None,
                spacing=12,
            )
        )

    def tell(self, result: PackResult) -> None:
        """Show the result."""
        self.path.setText(str(result.path))
        self.path.setCursorPosition(0)
        wrong = sum(not check.ok for check in result.checks)
        self._icon.set_icon(
            "alert-triangle" if wrong else "circle-check", "warning" if wrong else "success"
        )
        if wrong:
            text = nmsg(
                "Report dialog",
                "{n} figure differs: see the sheet Check before you send the report.",
                "{n} figures differ: see the sheet Check before you send the report.",
                wrong,
            )
        else:
            text = msg(
                "Report dialog",
                "Figures compared between program and formulas: {count}. Differences: 0.",
                count=len(result.checks),
            )
        say(self.checks, text=text)
        self.notes.setVisible(bool(result.notes))
        if result.notes:
            say(
                self.notes,
                text=nmsg(
                    "Report dialog",
                    "{n} cell could not hold what the book holds: see the sheet Notes.",
                    "{n} cells could not hold what the book holds: see the sheet Notes.",
                    result.notes,
                ),
            )


def open_report(context: Context, parent: QWidget) -> ReportDialog:
    """Ask for a report, without waiting."""
    dialog = ReportDialog(context, parent)
    dialog.open()
    return dialog
