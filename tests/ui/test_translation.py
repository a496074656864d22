"""Qt's own words are Greek where the program is, and the calendar and numbers follow."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel, QLineEdit

from acctdesk import assets
from acctdesk.ui.context import Context

pytestmark = pytest.mark.skipif(
    not assets.path("translations", "el", "LC_MESSAGES", "acctdesk.mo").exists(),
    reason="the catalogue is compiled by make",
)


@pytest.mark.parametrize(
    ("context_name", "english", "greek"),
    [
        ("QPlatformTheme", "Cancel", "Άκυρο"),
        ("QLineEdit", "&Paste", "Επικό&λληση"),
        ("QFileDialog", "Files of &type:", "&Τύπος αρχείων:"),
        ("QPrintDialog", "Print", "Εκτύπωση"),
    ],
)
def test_qt_asks_and_is_answered(
    context: Context, context_name: str, english: str, greek: str
) -> None:
    context.languages.speak("el")
    assert QCoreApplication.translate(context_name, english) == greek
    assert QCoreApplication.translate("QNowhere", "Words") == "Words"
    context.languages.speak("en")
    assert QCoreApplication.translate(context_name, english) == english


def test_buttons_and_the_menu_of_a_field_are_greek(context: Context, qapp: QApplication) -> None:
    context.languages.speak("el")
    buttons = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(buttons.Save | buttons.Cancel | buttons.Close)
    assert {one.text() for one in box.buttons()} == {"Αποθήκευση", "Άκυρο", "Κλείσιμο"}
    field = QLineEdit("α")
    menu = field.createStandardContextMenu()
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert words[0] == "&Αναίρεση"
    assert not [one for one in words if one.isascii()]
    menu.deleteLater()


def test_the_file_dialog_is_greek(context: Context) -> None:
    context.languages.speak("el")
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    words = {one.text() for one in dialog.findChildren(QLabel) if one.text()}
    assert not [one for one in words if one.isascii()]
    dialog.deleteLater()


@pytest.mark.parametrize(("language", "first"), [("el", "Δευτέρα"), ("en", "Monday")])
def test_the_calendar_speaks_and_begins_on_monday(
    context: Context, language: str, first: str
) -> None:
    context.languages.speak(language)
    locale = QLocale()
    assert locale.dayName(locale.firstDayOfWeek().value) == first
