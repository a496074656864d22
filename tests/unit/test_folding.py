"""Search keys: Greek and Latin ways of typing one name meet in one key."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctdesk.text import clean, fold, latin_key, latin_prefix, sort_key

GREEK_WORDS = st.text(alphabet="αάβγδεέζηήθιίϊκλμνξοόπρστυύφχψωώς", min_size=1, max_size=12)


@pytest.mark.parametrize(
    "written", ["Σοφός", "ΣΟΦΌΣ", "σοφοσ", "  σοφός\u00a0", "σοφο\u0301ς", "σο\u200bφός"]
)
def test_accents_case_final_sigma_and_spaces_do_not_count(written: str) -> None:
    assert fold(written) == "σοφοσ"


def test_clean_keeps_the_letters_and_collapses_the_space() -> None:
    assert clean("  ΞΕΝΟΔΟΧΕΙΑ \u00a0 Βόλος\tΑ.Ε. ") == "ΞΕΝΟΔΟΧΕΙΑ Βόλος Α.Ε."


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(GREEK_WORDS)
def test_capitals_fold_like_small_letters(word: str) -> None:
    assert fold(word.upper()) == fold(word)
    assert latin_key(word.upper()) == latin_key(word)


@pytest.mark.parametrize(
    "typed",
    [
        "papadopoulos",
        "παπαδοπουλος",
        "ΠΑΠΑΔΟΠΟΥΛΟΣ",
        "papadopulos",
        "papadopoylos",
        "«Παπαδόπουλος»",
        "PAPADOPOULOS",
    ],
)
def test_every_way_to_type_a_name_has_one_key(typed: str) -> None:
    assert latin_key(typed) == latin_key("Παπαδόπουλος")


@pytest.mark.parametrize(
    ("greek", "typed"),
    [
        ("Χατζηξένος", "xatziksenos"),
        ("Χατζηξένος", "Chatzixenos"),
        ("Θεοφιλόπουλος", "theofilopoulos"),
        ("Θεοφιλόπουλος", "Theophilopoulos"),
        ("Ψαρρός", "psaros"),
        ("Βασιλείου", "vasiliou"),
        ("Βασιλείου", "basileiou"),
        ("Μπακάλης", "bakalis"),
        ("Μπακάλης", "Mpakalis"),
        ("Ντόκος", "dokos"),
        ("Γκίκας", "gikas"),
        ("Κωνσταντίνου", "kwnstantinou"),
        ("Ευαγγελία", "evaggelia"),
        ("Ευτυχία", "eftyxia"),
        ("Αίγινα", "aigina"),
        ("Α.Ε.", "AE"),
        ("ΤΡΑΠΕΖΑ ΝΙΚΟΛΑΪΔΗΣ", "trapeza nikolaidis"),
    ],
)
def test_greeklish_meets_greek(greek: str, typed: str) -> None:
    assert latin_key(typed) == latin_key(greek)


@pytest.mark.parametrize(("one", "other"), [("Γεωργίου", "Γρηγορίου"), ("Δήμου", "Νίκου")])
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert latin_key(one) != latin_key(other)


@pytest.mark.data
def test_the_official_transliteration_gives_the_greek_key(shared_data: Path) -> None:
    reference = json.loads((shared_data / "expected" / "greek_reference.json").read_text("utf-8"))
    different = [
        pair["el"]
        for pair in reference["elot743"]
        if latin_key(pair["el"]) != latin_key(pair["latin"])
    ]
    assert different == ["Ηύρα"]  # a documented limit: ηυ


@given(GREEK_WORDS, GREEK_WORDS)
def test_half_a_word_is_found_by_its_prefix(start: str, rest: str) -> None:
    assert latin_key(start + rest).startswith(latin_prefix(start))


def test_half_of_a_name_as_it_is_typed() -> None:
    whole = latin_key("Παπαδόπουλος")
    for end in range(1, 13):
        assert whole.startswith(latin_prefix("papadopoulos"[:end]))
        assert whole.startswith(latin_prefix("παπαδοπουλος"[:end]))
    assert len(latin_prefix("papadop")) >= 6


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return the natural order as it is meant: part by part, numbers by their value and first."""
    parts = re.split(r"(\d+)", fold(text))
    return tuple((0, int(one), "") if one.isdecimal() else (1, 0, one) for one in parts if one)


def test_numbers_sort_as_numbers() -> None:
    numbers = ["ΤΙΜ-10", "ΤΙΜ-9", "τιμ-1", "ΤΙΜ"]
    assert sorted(numbers, key=sort_key) == ["ΤΙΜ", "τιμ-1", "ΤΙΜ-9", "ΤΙΜ-10"]
    assert sort_key("007") == sort_key("7")
    assert len(sort_key("9" * 5_000)) == 5_000  # more than Python reads as a number


NAMES = st.text(
    st.one_of(
        st.sampled_from("0123456789 -./αΆΩςaZ"), st.characters(exclude_categories=["Cc", "Cs"])
    ),
    max_size=12,
)


@given(NAMES, NAMES)
def test_the_plain_order_of_keys_is_the_natural_order(one: str, other: str) -> None:
    assert (sort_key(one) < sort_key(other)) == (natural(one) < natural(other))
