"""Which language to speak: the one that is asked for, else that of the machine."""

from __future__ import annotations

import os
from collections.abc import Sequence

from acctdesk import i18n
from acctdesk.kinds import Language


def speak(argv: Sequence[str]) -> None:
    """Speak the language that is asked for by ``--language``, else that of the machine."""
    i18n.set_language(asked_language(argv) or _machine_language())


def asked_language(argv: Sequence[str]) -> Language | None:
    """Return the language of ``--language``, None where there is none or an unknown one."""
    for place, word in enumerate(argv):
        value = None
        if word == "--language" and place + 1 < len(argv):
            value = argv[place + 1]
        elif word.startswith("--language="):
            value = word.partition("=")[2]
        if value in {one.value for one in Language}:
            return Language(value)
    return None


def _machine_locale() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return value.lower()
    import locale

    return (locale.getlocale()[0] or "").lower()


def _machine_language() -> Language:
    return Language.EL if _machine_locale().startswith(("el", "greek")) else Language.EN


def language_of_new_book() -> Language:
    """Return a new book's language when none is asked for: Greek, unless the machine is English."""
    return Language.EN if _machine_locale().startswith("en") else Language.EL
