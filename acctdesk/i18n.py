"""Words in the officer's language: messages that any layer can make, and their catalogues.

English is the source text; Greek comes from the gettext catalogue. The same catalogue serves
the window, the command line and the workbook, so a term is translated once.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from acctdesk import assets
from acctdesk.kinds import Language

_state: dict[str, Language] = {"language": Language.EN}


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that knows its translation; made below Qt, shown by any face.

    ``context`` names the place (a class or subject); ``text`` is English with ``{name}`` fields;
    ``plural`` is the English plural where ``args["n"]`` counts something.
    A value in ``args`` may itself be a Message.
    """

    context: str
    text: str
    args: Mapping[str, Any] = field(default_factory=dict, hash=False)
    plural: str | None = None

    def __str__(self) -> str:
        return self.localized()

    def localized(self, language: Language | None = None) -> str:
        """Return the sentence in ``language`` (the current one by default)."""
        chosen = language or _state["language"]
        if self.plural is None:
            template = _catalogue(chosen).pgettext(self.context, self.text)
        else:
            count = int(self.args["n"])
            template = _catalogue(chosen).npgettext(self.context, self.text, self.plural, count)
        if not self.args:
            return template
        values = {
            key: value.localized(chosen) if isinstance(value, Message) else value
            for key, value in self.args.items()
        }
        return template.format(**values)


def msg(context: str, text: str, /, **args: Any) -> Message:
    """Mark ``text`` for translation and return it as a Message."""
    return Message(context, text, args)


def nmsg(context: str, text: str, plural: str, n: int, /, **args: Any) -> Message:
    """Mark a counted sentence for translation; ``{n}`` is the count."""
    return Message(context, text, {"n": n, **args}, plural)


def tr(context: str, text: str, /, **args: Any) -> str:
    """Return ``text`` in the current language."""
    return Message(context, text, args).localized()


def ntr(context: str, text: str, plural: str, n: int, /, **args: Any) -> str:
    """Return a counted sentence in the current language."""
    return Message(context, text, {"n": n, **args}, plural).localized()


def language() -> Language:
    """Return the language that is spoken now."""
    return _state["language"]


def set_language(chosen: Language | str) -> None:
    """Speak ``chosen`` from now on; the faces repaint themselves."""
    _state["language"] = Language(chosen)


@cache
def _catalogue(chosen: Language) -> gettext.NullTranslations:
    if chosen is Language.EN:
        return gettext.NullTranslations()
    return gettext.translation(
        "acctdesk", localedir=assets.path("translations"), languages=[chosen.value], fallback=True
    )
