"""Which passwords will do, in Greek too."""

from __future__ import annotations

import pytest

from acctdesk.services.keys import password_trouble

ABOUT = ("Ελένη Μαρκάκη", "Ηλιάδα Εμπορική")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("έξι λέξ", "at least 10"),
        ("password123", "most common"),
        ("1q2w3e4r5t", "most common"),
        ("πασσςορδ123", "most common"),  # the keys of password123 on a Greek keyboard
        ("κωδικός2024", "guessed quickly"),
        ("Θεσσαλονίκη1", "guessed quickly"),
        ("aaaaaaaaaaaaaa", "repetitions"),
        ("Ελένη Μαρκάκη", "guessed quickly"),
        ("eleni markaki", "guessed quickly"),
        ("Ηλιάδα2026!", "guessed quickly"),
    ],
)
def test_a_password_that_is_guessed_at_once_is_refused(password: str, reason: str) -> None:
    trouble = password_trouble(password, about=ABOUT)
    assert trouble is not None
    assert reason in str(trouble)


@pytest.mark.parametrize(
    "password",
    ["ένα μυστικό 12", "βαθιά θάλασσα και βουνό", "correct horse battery", "ω" * 9 + "x7!Κ" * 30],
)
def test_a_sentence_will_do_however_long(password: str) -> None:
    assert password_trouble(password, about=ABOUT) is None
