"""The manual: its topics in the officer's language, read from ``docs/manual``, and a search."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from acctdesk import assets
from acctdesk.kinds import Language
from acctdesk.text import fold, latin_key

# every topic, in the order of the contents, and its icon
TOPICS = {
    "start": "flag",
    "today": "home",
    "clients": "users",
    "client": "building",
    "brief": "file-text",
    "interaction": "message",
    "satisfaction": "mood-smile",
    "visit-plan": "map-pin",
    "visit-report": "clipboard-text",
    "mail": "mail",
    "letters": "send",
    "tasks": "checkbox",
    "calendar": "calendar",
    "plans": "list-check",
    "promises": "flag",
    "cases": "scale",
    "receivables": "receipt",
    "reminders": "send",
    "open-items": "receipt-2",
    "bank": "cash",
    "credit": "shield-check",
    "targets": "chart-line",
    "import": "table-import",
    "report": "report",
    "search": "search",
    "privacy": "lock",
    "backups": "shield-check",
    "demo": "book",
    "settings": "settings",
    "trouble": "alert-circle",
    "commands": "command",
}


@dataclass(frozen=True, slots=True)
class Topic:
    """One file of the manual; ``text`` is Markdown, ``title`` its first heading."""

    key: str
    title: str
    text: str
    _folded: str = field(repr=False)

    def count(self, query: str) -> int:
        """Return how often the words of a query stand here, accents aside or in Latin letters.

        It is 0 where one of them does not.
        """
        words = fold(query).split()
        if words and all(word in self._folded for word in words):
            return sum(self._folded.count(word) for word in words)
        key = latin_key(query)
        return f" {latin_key(self._folded)}".count(f" {key}") if key else 0


def folder(language: Language) -> Path:
    """Return where the topics of a language lie; their pictures are named from there."""
    return assets.manual() / language.value


def read_topics(language: Language) -> tuple[Topic, ...]:
    """Read every topic, in the order of the contents.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    topics = []
    for key in TOPICS:
        text = (folder(language) / f"{key}.md").read_text(encoding="utf-8")
        title = text.partition("\n")[0].removeprefix("# ")
        topics.append(Topic(key, title, text, fold(text.replace("**", ""))))
    return tuple(topics)


def find(topics: tuple[Topic, ...], query: str) -> tuple[Topic, ...]:
    """Return the topics that hold a query, those that say it most often first; all for none."""
    if not fold(query):
        return topics
    found = [(one.count(query), one) for one in topics]
    return tuple(one for count, one in sorted(found, key=lambda pair: -pair[0]) if count)


def places(text: str, query: str) -> list[tuple[int, int]]:
    """Return where the words of a query stand in a text, accents aside: start and end, in order."""
    letters: list[str] = []
    origin: list[int] = []
    for place, sign in enumerate(text):
        for letter in fold(sign) or " ":
            letters.append(letter)
            origin.append(place)
    folded, found = "".join(letters), []
    for word in fold(query).split():
        at = folded.find(word)
        while at >= 0:
            found.append((origin[at], origin[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    return sorted(found)
