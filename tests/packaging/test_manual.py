"""The manual says what the program says: its labels, its topics and its pictures, in both languages."""

from __future__ import annotations

import gettext
import re
from pathlib import Path
from typing import Any

import manual_pictures
import pytest
from PySide6.QtWidgets import QApplication

from acctdesk import assets
from acctdesk.kinds import Language
from acctdesk.ui import manual
from acctdesk.ui.translation import Languages

FOLDER = assets.manual()
LABEL = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
PICTURE = re.compile(r"!\[([^]]*)\]\(([^)]*)\)")
LINK = re.compile(r"(?<!!)\[[^]]*\]\(([^)]*)\)")
MOST_MB = 3
# said by offscreen of every window that is raised
POPUP = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)


def _texts(language: Language) -> dict[str, str]:
    return {one.key: one.text for one in manual.read_topics(language)}


def _labels(language: Language) -> set[str]:
    """Return every text of the program without data in it, as it is shown in a language."""
    greek: Any = gettext.translation("acctdesk", assets.path("translations"), ["el"])
    found: set[str] = set()
    for key, said in greek._catalog.items():
        asked = (key[0] if isinstance(key, tuple) else key).split("\x04")[-1]
        shown = said if language is Language.EL else asked
        found.add(shown.replace("&", ""))
    return {one for one in found if "{" not in one}


@pytest.mark.parametrize("language", Language)
def test_every_label_that_the_manual_names_is_one_of_the_program(language: Language) -> None:
    labels = _labels(language)
    strange = {
        f"{topic}: {words}"
        for topic, text in _texts(language).items()
        for named in LABEL.findall(text)
        if (words := " ".join(named.split())) not in labels
    }
    assert strange == set()


def _shape(text: str) -> tuple[list[int], list[str], list[str]]:
    """Return the levels of a topic's headings, its pictures, and where its links lead, in order."""
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]
    pictures = [Path(file).name for _, file in PICTURE.findall(text)]
    return levels, pictures, LINK.findall(text)


def test_both_languages_have_the_same_topics_headings_pictures_and_links() -> None:
    greek, english = _texts(Language.EL), _texts(Language.EN)
    assert {topic: _shape(text) for topic, text in greek.items()} == {
        topic: _shape(text) for topic, text in english.items()
    }


@pytest.mark.parametrize("language", Language)
def test_no_topic_is_forgotten_and_none_stands_outside_the_contents(language: Language) -> None:
    files = {file.stem for file in manual.folder(language).glob("*.md")}
    assert files == set(manual.TOPICS)
    assert all(text.startswith("# ") for text in _texts(language).values())


@pytest.mark.parametrize("language", Language)
def test_links_lead_to_topics_and_every_picture_is_there_once_and_has_words(
    language: Language,
) -> None:
    shown: set[Path] = set()
    for text in _texts(language).values():
        assert set(LINK.findall(text)) <= {f"{topic}.md" for topic in manual.TOPICS}
        assert "://" not in text
        for words, file in PICTURE.findall(text):
            assert words
            shown.add((manual.folder(language) / file).resolve())
    wanted = {
        FOLDER / "pictures" / language.value / f"{door}.png" for door in manual_pictures.DOORS
    }
    assert shown == wanted
    assert set((FOLDER / "pictures" / language.value).iterdir()) == wanted


def test_the_pictures_are_small() -> None:
    size = sum(file.stat().st_size for file in FOLDER.glob("pictures/*/*.png"))
    assert size < MOST_MB * 1_000_000


@POPUP
def test_the_pictures_are_made_by_one_command(qapp: QApplication, tmp_path: Path) -> None:
    try:
        made = manual_pictures.take(tmp_path)
    finally:
        Languages(qapp).speak("en")
    kept = {file.relative_to(FOLDER / "pictures") for file in FOLDER.glob("pictures/*/*.png")}
    assert {file.relative_to(tmp_path) for file in made} == kept
