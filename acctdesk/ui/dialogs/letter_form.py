"""A template of letters or e-mails: its words, its fields, and a document of the officer's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from acctdesk import i18n
from acctdesk.errors import ConflictError
from acctdesk.i18n import msg, tr
from acctdesk.kinds import Language, LetterKind
from acctdesk.services.attachments import FileInput, read_input
from acctdesk.services.letters import FIELDS, save_template
from acctdesk.services.rows import LetterTemplateRow
from acctdesk.text import clean
from acctdesk.ui import settings as remembered
from acctdesk.ui.choosing import choose_file
from acctdesk.ui.job import sentence_of
from acctdesk.ui.widgets.basics import Button, LineEdit, label, labelled, row
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from acctdesk.ui.context import Context
    from acctdesk.ui.runner import Progress

_KINDS = (
    Choice(LetterKind.LETTER.value, "file-text", msg("Letters", "Letter (.docx)")),
    Choice(LetterKind.EMAIL.value, "mail", msg("Letters", "E-mail draft (.eml)")),
)
_LANGUAGES = (
    Choice(Language.EL.value, "language", msg("Action", "Ελληνικά")),
    Choice(Language.EN.value, "language", msg("Action", "English")),
)


class LetterForm(CalmDialog):
    """Makes a template, or changes one; an example becomes the officer's own.

    ``saved`` carries its id.
    """

    topic = "letters"
    saved = Signal(object)

    def __init__(
        self, context: Context, parent: QWidget, template: LetterTemplateRow | None
    ) -> None:
        super().__init__(parent, msg("Letters", "Template"), width=640)
        self._context = context
        self._template = template
        self._version = None if template is None else template.version
        self._document = None if template is None else template.document
        self._chosen_document: bytes | None = None
        self._build()
        self._fill(template)
        self.kind.chosen.connect(self._kind_chosen)
        self._kind_chosen()
        self.name.setFocus()

    def _build(self) -> None:
        self.name = LineEdit(self)
        self.name.setMaxLength(120)
        self.kind = Segments(_KINDS, msg("Letters", "Kind"))
        self.language = Segments(_LANGUAGES, msg("Letters", "Language"))
        self.subject = LineEdit(self)
        self.subject.setMaxLength(300)
        self.body = QPlainTextEdit(self)
        self.body.setMinimumHeight(200)
        self.body.setTabChangesFocus(True)
        self.fields = Combo(self)
        self.fields.addItem(tr("Letters", "Insert a field…"))
        for key, name in FIELDS.items():
            self.fields.addItem(str(name), key)
        self.fields.activated.connect(self._insert)
        say(self.fields, name=msg("Letters", "Insert a field…"))
        self.choose = Button(msg("Letters", "Lay out by a document…"), icon="file-text")
        self.choose.clicked.connect(self._choose)
        self.plain = Button(msg("Letters", "Without the document"), icon="x")
        self.plain.clicked.connect(self._without)
        self.document = label("", "sub", wrap=True)
        self.content.addLayout(labelled(msg("Letters", "Name"), self.name))
        kinds = row(spacing=16)
        kinds.addLayout(labelled(msg("Letters", "Kind"), self.kind), 3)
        kinds.addLayout(labelled(msg("Letters", "Language"), self.language), 2)
        self.content.addLayout(kinds)
        self.content.addLayout(labelled(msg("Letters", "Subject"), self.subject))
        self.content.addLayout(labelled(msg("Letters", "Text"), self.body), 1)
        tools = row(self.fields, self.choose, self.plain, spacing=8)
        tools.addStretch(1)
        self.content.addLayout(tools)
        self.content.addWidget(self.document)
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addWidget(self.trouble)
        self.add_button(msg("Letters", "Cancel")).clicked.connect(self.reject)
        save = self.add_button(msg("Letters", "Save"), look="primary", icon="check", default=True)
        save.clicked.connect(self.save)

    def _fill(self, template: LetterTemplateRow | None) -> None:
        self.language.choose(i18n.language().value)
        if template is None:
            return
        self.name.setText(template.name)
        self.kind.choose(template.kind.value)
        self.language.choose(template.language.value)
        self.subject.setText(template.subject)
        self.body.setPlainText(template.body)

    @Slot(int)
    def _insert(self, place: int) -> None:
        key = self.fields.itemData(place)
        self.fields.setCurrentIndex(0)
        if key is not None:
            self.body.insertPlainText("{{ " + key + " }}")
            self.body.setFocus()

    @Slot()
    def _kind_chosen(self) -> None:
        letter = self.kind.key == LetterKind.LETTER.value
        has = letter and (self._chosen_document is not None or self._document is not None)
        self.choose.setVisible(letter)
        self.plain.setVisible(has)
        self.body.setEnabled(not has)
        words = msg(
            "Letters",
            "Your document holds the text; in it a field is written as {example}.",
            example="{{ client_name }}",
        )
        say(self.document, text=words)
        self.document.setVisible(has)

    @Slot()
    def _choose(self) -> None:
        title, folder = msg("Letters", "Choose a document"), self._context.settings.folder()
        choose_file(self, title, folder, ["Word (*.docx)"], self.take_document)

    @Slot(str)
    def take_document(self, name: str) -> None:
        """Take a .docx as the layout."""
        path = Path(name)
        self._context.settings.set(remembered.LAST_FOLDER, str(path.parent))

        def read(_progress: Progress, _cancelled: Callable[[], bool]) -> FileInput:
            return read_input(path)

        self._context.runner.long(
            msg("Letters", "Reading the document"),
            read,
            on_done=self._document_read,
            on_error=self._refused,
        )

    def _document_read(self, file: FileInput) -> None:
        self._chosen_document = file.data
        self._kind_chosen()

    @Slot()
    def _without(self) -> None:
        self._chosen_document = self._document = None
        self._kind_chosen()

    @Slot()
    def save(self) -> None:
        """Store the template, or say what is missing."""
        own = self._template is not None and self._template.id is not None
        values: dict[str, Any] = {
            "name": clean(self.name.text()),
            "kind": LetterKind(self.kind.key),
            "language": Language(self.language.key),
            "subject": clean(self.subject.text()),
            "body": self.body.toPlainText(),
            "document": self._document,
            "content": self._chosen_document,
        }
        if own and self._template is not None:
            values |= {"template_id": self._template.id, "expected_version": self._version}
        self._context.runner.submit(
            msg("Step", "Template of letters"),
            save_template,
            on_done=self._stored,
            on_error=self._refused,
            **values,
        )

    def _stored(self, template_id: int) -> None:
        self.saved.emit(template_id)
        self.accept()

    def _refused(self, error: Exception) -> None:
        text = str(sentence_of(error))
        if isinstance(error, ConflictError):
            text = tr(
                "Letters", "Meanwhile this template changed. Save again to keep what you wrote."
            )
            self._version = error.version
        self.trouble.setText(text)
        self.trouble.show()
