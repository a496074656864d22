"""Qt's own words in the officer's language, and the switch from one language to the other.

Qt ships no Greek: buttons, menus of text fields and the file and print dialogs would stay
English. Their words are in our catalogue (``resources/translations/el/qt.po``), with Qt's class
names as contexts, and are found through ``i18n`` like every other word.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator, Signal

from acctdesk import i18n
from acctdesk.i18n import Message
from acctdesk.kinds import Language
from acctdesk.ui.words import bell

_LOCALES = {Language.EL: "el_GR", Language.EN: "en_GB"}


class QtWords(QTranslator):
    """Answers Qt's questions for a text from our own catalogue; nothing where it has none."""

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - Qt's name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        """Return the translation, else the text itself: "" would count as an empty translation."""
        return Message(context, sourceText).localized() if sourceText else ""

    def isEmpty(self) -> bool:
        """Say that there is something to ask here."""
        return False


class Languages(QObject):
    """Switches the language of the whole program, live."""

    changed = Signal(str)

    def __init__(self, app: QCoreApplication, parent: QObject | None = None) -> None:
        super().__init__(parent or app)
        self._app = app
        self._words = QtWords(self)

    def speak(self, language: Language | str) -> None:
        """Speak ``language`` from now on: our words, Qt's words, its calendar and numbers."""
        chosen = Language(language)
        i18n.set_language(chosen)
        QLocale.setDefault(QLocale(_LOCALES[chosen]))
        self._app.removeTranslator(self._words)
        self._app.installTranslator(self._words)
        bell().rung.emit()
        self.changed.emit(chosen.value)
