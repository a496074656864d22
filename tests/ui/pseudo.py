"""An invented language: every sentence is two fifths longer, so that what is too tight shows."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from acctdesk import i18n

MARK = "ξ"  # stands in every sentence of this language and in nothing else
_FIELD = re.compile(r"\{[^}]*\}")
_WORD = 9  # letters of an added word


def longer(text: str) -> str:
    """Return a text two fifths longer; fields, and the marks of keys, stay as they are."""
    plain = _FIELD.sub("", text)
    if not any(one.isalpha() for one in plain):
        return text
    more = MARK * max(1, -(-len(plain) * 2 // 5))
    if " " not in plain.strip():
        return text + more  # one word stays one word
    return " ".join([text, *(more[at : at + _WORD] for at in range(0, len(more), _WORD))])


class Longer(gettext.NullTranslations):
    """The catalogue of that language."""

    def pgettext(self, context: str, message: str) -> str:
        """Return a longer sentence."""
        return longer(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """Return a longer counted sentence."""
        return longer(msgid1 if n == 1 else msgid2)


@contextmanager
def spoken_longer() -> Iterator[None]:
    """Let English be that language for a while; ``Languages.speak`` repeats every word."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "_catalogue", lambda _language: Longer())
        yield
