"""Letters and e-mail drafts for one client or all of the list: template, who, what is missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from acctdesk import i18n
from acctdesk.exchange.letters import (
    LetterCheck,
    LettersDone,
    Recipients,
    check_letters,
    make_in_child,
)
from acctdesk.i18n import Message, msg, nmsg, tr
from acctdesk.kinds import Language, LetterKind
from acctdesk.services.letters import FIELDS, letter_templates, trash_template
from acctdesk.services.rows import LetterTemplateRow
from acctdesk.ui import settings as remembered
from acctdesk.ui.choosing import choose_folder
from acctdesk.ui.files_made import FilesMade
from acctdesk.ui.job import sentence_of
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import Button, label, labelled, row
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.plain_table import PlainTable
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.services.lists import ClientQuery
    from acctdesk.ui.context import Context

_KINDS = {LetterKind.LETTER: msg("Letters", "letter"), LetterKind.EMAIL: msg("Letters", "e-mail")}
_LANGUAGES = {Language.EL: msg("Action", "Ελληνικά"), Language.EN: msg("Action", "English")}


class LettersDialog(CalmDialog):
    """Shows what would be made before any file is; ``make`` writes them in the background."""

    topic = "letters"

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        *,
        client: tuple[int, str] | None,
        query: ClientQuery,
    ) -> None:
        super().__init__(parent, msg("Letters", "Letters and e-mails"), width=760)
        self._context = context
        self._client = client
        self._query = query
        self._templates: list[LetterTemplateRow] = []
        self._check: LetterCheck | None = None
        self._wanted = ""
        self.carry_out: Callable[..., LettersDone] = make_in_child
        self._build()
        self.template.currentIndexChanged.connect(self._look)
        self.who.chosen.connect(self._look)
        self.leave.toggled.connect(self._say_count)
        self.load()

    def _build(self) -> None:
        self.template = Combo(self)
        self.edit = Button(msg("Letters", "Edit…"), icon="pencil")
        self.new = Button(msg("Letters", "New…"), icon="plus")
        self.drop = Button(msg("Letters", "Delete"), icon="trash")
        tools = row(self.new, self.edit, self.drop, spacing=8)
        tools.addStretch(1)
        self.content.addLayout(labelled(msg("Letters", "Template"), self.template))
        self.content.addLayout(tools)
        choices = [Choice("all", "users", msg("Letters", "All clients of the list"))]
        if self._client is not None:
            choices.insert(0, Choice("one", "building", msg("Letters", "The client shown")))
        self.who = Segments(choices, msg("Letters", "To whom"))
        self.content.addLayout(labelled(msg("Letters", "To whom"), self.who))
        self.caption = label("", "field")
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(150)
        say(self.text, name=msg("Letters", "How it reads"))
        self.content.addWidget(self.caption)
        self.content.addWidget(self.text, 1)
        self.missing = label("", "warning", wrap=True)
        headings = (msg("Letters", "Client"), msg("Letters", "What is missing"))
        self.gaps = PlainTable(headings, msg("Letters", "What is missing"), self, wide=1, rows=3)
        self.gaps.setMaximumHeight(self.gaps.minimumHeight())
        self.leave = QCheckBox(self)
        say(self.leave, text=msg("Letters", "Leave these clients out"))
        self.leave.setChecked(True)
        self.trouble = label("", "danger", wrap=True)
        for one in (self.missing, self.gaps, self.leave, self.trouble):
            one.hide()
            self.content.addWidget(one)
        self.add_button(msg("Letters", "Cancel")).clicked.connect(self.reject)
        self.make = self.add_button(
            msg("Letters", "Make…"), look="primary", icon="file-export", default=True
        )
        self.make.setEnabled(False)
        self.make.clicked.connect(self._choose_folder)
        self.new.clicked.connect(self._write_new)
        self.edit.clicked.connect(self._edit)
        self.drop.clicked.connect(self._drop)
        self.template.setFocus()

    # -- the templates

    def load(self) -> None:
        """Ask for the templates."""
        self._context.runner.ask(
            letter_templates, on_done=self._templates_arrived, on_error=self._complain
        )

    def _templates_arrived(self, rows: list[LetterTemplateRow]) -> None:
        chosen = self._wanted or (self._chosen.key if self._chosen is not None else "")
        self._wanted = ""
        self._templates = rows
        self.template.blockSignals(True)
        self.template.clear()
        for one in rows:
            self.template.addItem(f"{one.name} · {_KINDS[one.kind]} · {_LANGUAGES[one.language]}")
        keys = [one.key for one in rows]
        first = next(
            (place for place, one in enumerate(rows) if one.language is i18n.language()), 0
        )
        self.template.setCurrentIndex(keys.index(chosen) if chosen in keys else first)
        self.template.blockSignals(False)
        self._look()

    @property
    def _chosen(self) -> LetterTemplateRow | None:
        place = self.template.currentIndex()
        return self._templates[place] if 0 <= place < len(self._templates) else None

    @Slot()
    def _write_new(self) -> None:
        self._form(None)

    @Slot()
    def _edit(self) -> None:
        self._form(self._chosen)

    def _form(self, template: LetterTemplateRow | None) -> None:
        from acctdesk.ui.dialogs.letter_form import LetterForm

        form = LetterForm(self._context, self, template)
        form.saved.connect(self._saved)
        form.open()

    @Slot(object)
    def _saved(self, template_id: int) -> None:
        self._wanted = str(template_id)
        self.load()

    @Slot()
    def _drop(self) -> None:
        chosen = self._chosen
        if chosen is not None and chosen.id is not None:
            self._context.runner.submit(
                msg("Step", "Template to the trash"),
                trash_template,
                template_id=chosen.id,
                on_done=self._dropped,
                on_error=self._complain,
            )

    def _dropped(self, _value: object) -> None:
        self.load()

    # -- what would be made

    @property
    def recipients(self) -> Recipients:
        """Who was chosen."""
        if self.who.key == "one" and self._client is not None:
            return Recipients((self._client[0],))
        return Recipients(query=self._query)

    @Slot()
    def _look(self) -> None:
        chosen = self._chosen
        self.edit.setEnabled(chosen is not None)
        self.drop.setEnabled(chosen is not None and chosen.id is not None)
        self.make.setEnabled(False)
        if chosen is not None:
            self._context.runner.ask(
                check_letters,
                template=chosen,
                recipients=self.recipients,
                today=self._context.today(),
                key="letters.check",
                on_done=self._checked,
                on_error=self._complain,
            )

    def _checked(self, check: LetterCheck) -> None:
        self._check = check
        self.trouble.hide()
        subject = f"{check.subject}\n\n" if check.subject else ""
        document = self._chosen is not None and self._chosen.document is not None
        own = tr("Letters", "The letter is laid out by your own document.") if document else ""
        self.text.setPlainText(f"{subject}{check.text or own}")
        say(self.caption, text=msg("Letters", "How it reads for: {client}", client=check.first))
        gaps = [
            (
                shown_name(gap.client_name, gap.client_id),
                ", ".join(str(FIELDS[key]) for key in gap.fields),
            )
            for gap in check.gaps
        ]
        self.gaps.show_rows(gaps)
        say(
            self.missing,
            text=nmsg(
                "Letters",
                "For {n} client something is missing:",
                "For {n} clients something is missing:",
                len(gaps),
            ),
        )
        for one in (self.missing, self.gaps, self.leave):
            one.setVisible(bool(gaps))
        self._say_count()
        self.fit(self.size())

    @Slot()
    def _say_count(self) -> None:
        count = self._count()
        words = nmsg("Letters", "Make {n} letter…", "Make {n} letters…", count)
        if self._chosen is not None and self._chosen.kind is LetterKind.EMAIL:
            words = nmsg("Letters", "Make {n} draft…", "Make {n} drafts…", count)
        say(self.make, text=words)
        self.make.setEnabled(count > 0)

    def _count(self) -> int:
        check = self._check
        if check is None:
            return 0
        without = check.gaps
        if not self.leave.isChecked():  # a draft to nobody is none
            email = self._chosen is not None and self._chosen.kind is LetterKind.EMAIL
            without = tuple(gap for gap in check.gaps if email and "email" in gap.fields)
        return check.count - len(without)

    def _complain(self, error: Exception) -> None:
        self._check = None
        self.make.setEnabled(False)
        for one in (self.missing, self.gaps, self.leave):
            one.hide()
        self.text.clear()
        say(self.caption, text="")
        self.trouble.setText(str(sentence_of(error)))
        self.trouble.show()

    # -- making them

    @Slot()
    def _choose_folder(self) -> None:
        folder = self._context.settings.folder()
        title = msg("Letters", "Folder for the letters")
        choose_folder(self, title, folder, self.write_into)

    @Slot(str)
    def write_into(self, folder: str) -> None:
        """Make the letters in a folder; the dialog is gone meanwhile."""
        chosen = self._chosen
        if chosen is None or not folder:
            return
        self._context.settings.set(remembered.LAST_FOLDER, folder)
        order: dict[str, Any] = {
            "template": chosen,
            "recipients": self.recipients,
            "folder": Path(folder),
            "leave_gaps": self.leave.isChecked(),
            "today": self._context.today(),
            "at": self._context.clock(),
        }
        said = partial(_said, order["folder"])
        FilesMade(self._context, self.carry_out, order, said).start(
            msg("Letters", "Writing letters")
        )
        self.accept()


def _said(folder: Path, done: LettersDone) -> Message:
    return nmsg(
        "Letters",
        "{n} file is in {folder}, and in the history of its client.",
        "{n} files are in {folder}, and in the history of their clients.",
        len(done.files),
        folder=folder.name,
    )
