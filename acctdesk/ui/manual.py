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
    "interaction": "message",
    "tasks": "checkbox",
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

    def has(self, query: str) -> bool:
        """Tell whether every word of a query stands here, without accents or in Latin letters."""
        words = fold(query).split()
        if all(word in self._folded for word in words):
            return True
        key = latin_key(query)
        return bool(key) and f" {key}" in f" {latin_key(self._folded)}"


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
    """Return the topics that hold a query, those that are named so first; all for an empty one."""
    found = [one for one in topics if one.has(query)]
    return tuple(sorted(found, key=lambda one: fold(query) not in fold(one.title)))


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
