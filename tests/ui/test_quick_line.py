"""One typed line becomes an interaction: nothing is guessed that the line does not say."""

from __future__ import annotations

import datetime as dt

import pytest

from acctdesk.kinds import InteractionKind
from acctdesk.ui.quick_line import read_quick_line

THURSDAY = dt.date(2026, 11, 12)


@pytest.mark.parametrize(
    ("line", "kind", "body"),
    [
        ("κλήση, ζήτησε τιμές", InteractionKind.CALL, "ζήτησε τιμές"),
        ("Κλήση: ζήτησε τιμές", InteractionKind.CALL, "ζήτησε τιμές"),
        ("ΕΠΙΣΚΕΨΗ στη νέα αποθήκη", InteractionKind.VISIT, "στη νέα αποθήκη"),
        ("call asked for prices", InteractionKind.CALL, "asked for prices"),
        ("e-mail, offer sent", InteractionKind.EMAIL, "offer sent"),
        ("κλήση", InteractionKind.CALL, ""),
        ("asked for prices", InteractionKind.NOTE, "asked for prices"),
        ("καλή συνεργασία", InteractionKind.NOTE, "καλή συνεργασία"),
        ("callous words", InteractionKind.NOTE, "callous words"),
        ("3 παλέτες παραπάνω", InteractionKind.NOTE, "3 παλέτες παραπάνω"),
        ("τηλ. από το λογιστήριο", InteractionKind.CALL, "από το λογιστήριο"),
    ],
)
def test_the_first_word_names_the_kind(line: str, kind: InteractionKind, body: str) -> None:
    read = read_quick_line(line, today=THURSDAY)
    assert (read.kind, read.body) == (kind, body)
    assert read.due_on is None


def test_a_day_after_by_makes_a_promise_of_ours() -> None:
    read = read_quick_line("κλήση, προσφορά ως 20/11", today=THURSDAY)
    assert read.kind is InteractionKind.CALL
    assert read.body == "προσφορά ως 20/11"
    assert (read.promise, read.due_on) == ("προσφορά", dt.date(2026, 11, 20))


def test_words_after_by_that_are_no_day_stay_words() -> None:
    read = read_quick_line("call paid by bank transfer", today=THURSDAY)
    assert (read.promise, read.due_on) == ("", None)
