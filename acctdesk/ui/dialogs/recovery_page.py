"""The recovery code to keep: shown in groups, printed, saved, copied, and ticked as kept."""

from __future__ import annotations

import html
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QCheckBox, QWidget

from acctdesk import bootstrap, formats
from acctdesk.i18n import Message, msg
from acctdesk.ui.choosing import choose_place
from acctdesk.ui.clipboard import clipboard
from acctdesk.ui.dialogs.start import heading
from acctdesk.ui.widgets.basics import Button, box, column, label, row
from acctdesk.ui.words import say


def _what_for() -> Message:
    return msg(
        "Recovery",
        "This code opens the book when the password is forgotten. Keep it on paper, away from this"
        " computer. Whoever has the code and the file can read the book.",
    )


class RecoveryPage(QWidget):
    """Shows one code; ``kept_changed`` tells whether the officer says that it is kept."""

    kept_changed = Signal(bool)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = self._book = ""
        panel, inside = box("softCard", margins=(16, 16, 16, 16), spacing=4)
        self.code_label = label("", "figure")
        self.code_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code_label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code_label.setMinimumHeight(28)
        inside.addWidget(self.code_label)
        self.print_button = Button(msg("Recovery", "Print…"), icon="printer")
        self.save_button = Button(msg("Recovery", "Save as PDF or text…"), icon="file-download")
        self.copy_button = Button(msg("Recovery", "Copy"), icon="copy")
        self.kept = QCheckBox()
        say(self.kept, text=msg("Recovery", "I have printed it or written it down"))
        self.told = label("", "success")
        self.told.setMinimumHeight(16)
        self.setLayout(
            column(
                heading("shield-lock", msg("Recovery", "Your recovery code"), _what_for()),
                4,
                panel,
                row(self.print_button, self.save_button, self.copy_button, None),
                self.told,
                self.kept,
                None,
                spacing=12,
            )
        )
        self.print_button.clicked.connect(self.print_code)
        self.save_button.clicked.connect(self.ask_where)
        self.copy_button.clicked.connect(self.copy_code)
        self.kept.toggled.connect(self.kept_changed)

    def show_code(self, code: str, *, book: str) -> None:
        """Show a code of the book called ``book``; one shown before stays as it was ticked."""
        if code != self._code:
            self.kept.setChecked(False)
            say(self.told, text="")
        self._code, self._book = code, book
        self.code_label.setText(code.replace("-", "\u2002"))
        say(
            self.code_label,
            name=msg("Recovery", "Recovery code: {code}", code=code.replace("-", " ")),
        )

    def document(self) -> QTextDocument:
        """Return the sheet to keep."""
        from acctdesk.ui.printing import text_document

        title = msg("Recovery", "Recovery code")
        lines = (
            msg("Recovery", "Book: {name}", name=self._book),
            msg("Recovery", "Made on {day}", day=formats.date(bootstrap.today())),
        )
        code = html.escape(self._code.replace("-", "\u2003"))
        markup = (
            f"<h1>{html.escape(str(title))}</h1>"
            + "".join(f"<p>{html.escape(str(line))}</p>" for line in lines)
            + f"<p style='font-size:20pt;font-weight:600;margin:16pt 0'>{code}</p>"
            + f"<p>{html.escape(str(_what_for()))}</p><p>{html.escape(str(self._how()))}</p>"
        )
        return text_document(markup, self)

    def plain_text(self) -> str:
        """Return the same as text for a file."""
        lines = (
            msg("Recovery", "Recovery code"),
            msg("Recovery", "Book: {name}", name=self._book),
            msg("Recovery", "Made on {day}", day=formats.date(bootstrap.today())),
            "",
            self._code,
            "",
            _what_for(),
            self._how(),
        )
        return "\n".join(str(line) for line in lines) + "\n"

    @staticmethod
    def _how() -> Message:
        return msg(
            "Recovery",
            "To use it, open the book, choose “Use the recovery code” and type it. Then choose a"
            " new password.",
        )

    @Slot()
    def print_code(self) -> None:
        """Ask for a printer and print the sheet."""
        from acctdesk.ui.printing import PrintJob

        PrintJob(self.document(), msg("Recovery", "Recovery code"), self).open()

    @Slot()
    def ask_where(self) -> None:
        """Ask for a file and save the sheet."""
        name = f"{msg('Recovery', 'Recovery code')} {self._book}.pdf"
        filters = ["PDF (*.pdf)", f"{msg('Recovery', 'Text')} (*.txt)"]
        title = msg("Recovery", "Save the recovery code")
        choose_place(self, title, Path.home() / name, filters, self.save)

    @Slot(str)
    def save(self, file: str) -> None:
        """Write the sheet to a file: text where its name ends so, else PDF."""
        from acctdesk.ui.printing import save_pdf

        path = Path(file)
        try:
            if path.suffix.lower() == ".txt":
                path.write_text(self.plain_text(), encoding="utf-8")
            else:
                path.write_bytes(b"")  # Qt says nothing where it cannot write
                save_pdf(self.document(), path, heading=str(msg("Recovery", "Recovery code")))
        except OSError:
            self.failed.emit(
                msg("Recovery", "{name} could not be saved there. Choose another folder.",
                    name=path.name)
            )  # fmt: skip
            return
        say(
            self.told,
            text=msg(
                "Recovery",
                "Saved: {name}. Move it to a stick or a safe: beside the book it protects nothing.",
                name=path.name,
            ),
        )

    @Slot()
    def copy_code(self) -> None:
        """Put the code on the clipboard."""
        clipboard().copy(self._code, secret=True)
        say(
            self.told,
            text=msg(
                "Recovery", "Copied for half a minute. Paste it into your password manager now."
            ),
        )
