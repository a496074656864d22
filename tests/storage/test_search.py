"""Search: folded, Greeklish, literal, ranked; and an index that forgets what was deleted."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.models import Client, Contact, Task
from acctdesk.services.desk import Desk
from acctdesk.storage import indexing
from acctdesk.storage.search import Hit, match_expression, matching, search, words_of
from tests.storage.commands import (
    LABEL,
    add_client,
    change_client,
    import_clients,
    log_call,
    trash_client,
)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    rows = [
        {"name": "Παπαδόπουλος & Υιοί ΟΕ", "code": "30.01.0007", "city": "Αθήνα"},
        {"name": "Αφοί Ψυχογιού ΑΕ", "vat_id": "094012348", "notes": "παλιός φίλος του Παππά"},
        {"name": "Νέα Παπαδοπούλου", "phone": "+302101234567", "email": "nea@papado.gr"},
        {"name": "Market In Α.Ε.", "city": "Θεσσαλονίκη"},
    ]
    ids = desk.perform(LABEL, import_clients, rows=rows).value
    desk.perform(
        LABEL, log_call, client_id=ids[3], subject="Κλήση για προσφορά", body="Ζήτησε έκπτωση 5%"
    )

    def more(session: Session) -> None:
        session.add(Contact(client_id=ids[3], name="Ελένη Παπαδάκη", role="Λογίστρια"))
        session.add(Task(client_id=ids[0], title="Να στείλω τιμοκατάλογο"))

    desk.perform(LABEL, more)
    return desk


def found(desk: Desk, text: str, **options: object) -> list[Hit]:
    return desk.query(search, text, **options)  # type: ignore[arg-type]


def titles(desk: Desk, text: str) -> list[str]:
    return [hit.title for hit in found(desk, text)]


@pytest.mark.parametrize(
    "text", ["παπαδοπουλος", "ΠΑΠΑΔΌΠΟΥΛΟΣ", "papadopoulos", "Papadopulos", "παπαδοπουλοσ υιοι"]
)
def test_a_name_is_found_however_it_is_typed(filled: Desk, text: str) -> None:
    assert titles(filled, text)[0] == "Παπαδόπουλος & Υιοί ΟΕ"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("30.01.0007", "Παπαδόπουλος & Υιοί ΟΕ"),
        ("094012348", "Αφοί Ψυχογιού ΑΕ"),
        ("094 012 348", "Αφοί Ψυχογιού ΑΕ"),
        ("2101234567", "Νέα Παπαδοπούλου"),
        ("210 123 4567", "Νέα Παπαδοπούλου"),
        ("+30 210 1234567", "Νέα Παπαδοπούλου"),
        ("nea@papado.gr", "Νέα Παπαδοπούλου"),
        ("θεσσαλονικη", "Market In Α.Ε."),
        ("thessaloniki", "Market In Α.Ε."),
        ("psychogiou", "Αφοί Ψυχογιού ΑΕ"),
        ("ψυχογιού αφοί", "Αφοί Ψυχογιού ΑΕ"),
        ("εκπτωση", "Κλήση για προσφορά"),
        ("τιμοκατ", "Να στείλω τιμοκατάλογο"),
        ("eleni", "Ελένη Παπαδάκη"),
    ],
)
def test_everything_kept_is_found(filled: Desk, text: str, title: str) -> None:
    assert title in titles(filled, text)


def test_every_beginning_of_a_name_finds_it(filled: Desk) -> None:
    for name in ("Παπαδόπουλος", "papadopoulos", "Ψυχογιού", "psichogiou"):
        for length in range(2, len(name) + 1):
            assert titles(filled, name[:length]), name[:length]


def test_names_that_begin_with_it_come_first_then_names_then_other_text(filled: Desk) -> None:
    assert titles(filled, "παπ") == [
        "Παπαδόπουλος & Υιοί ΟΕ",
        "Νέα Παπαδοπούλου",
        "Ελένη Παπαδάκη",
        "Αφοί Ψυχογιού ΑΕ",
    ]


def test_every_word_must_match(filled: Desk) -> None:
    assert titles(filled, "παπ αθη") == ["Παπαδόπουλος & Υιοί ΟΕ"]
    assert titles(filled, "παπ βολος") == []


def test_a_hit_says_why(filled: Desk) -> None:
    (hit,) = found(filled, "αθην")
    assert (hit.kind, hit.code, hit.why) == ("client", "30.01.0007", "Αθήνα")
    assert hit.client_id == hit.id
    first = found(filled, "παπαδοπ")[0]
    assert first.spans == ((0, 7),)
    assert first.title[slice(*first.spans[0])] == "Παπαδόπ"
    (call,) = found(filled, "εκπτωση")
    assert call.why == "Ζήτησε έκπτωση 5%"
    assert call.client_id is not None


def test_kinds_and_limit(filled: Desk) -> None:
    assert {hit.kind for hit in found(filled, "παπ", kinds={"contact"})} == {"contact"}
    assert len(found(filled, "παπ", limit=2)) == 2


def test_what_is_in_the_trash_is_not_found(filled: Desk) -> None:
    (hit,) = found(filled, "market")
    filled.perform(LABEL, trash_client, client_id=hit.id)
    assert found(filled, "market") == []
    filled.undo()
    assert len(found(filled, "market")) == 1


def test_a_corrected_name_is_found_by_the_new_one_only(filled: Desk) -> None:
    (hit,) = found(filled, "market")
    filled.perform(LABEL, change_client, client_id=hit.id, name="Αγορά ΑΕ")
    assert found(filled, "market") == []
    assert titles(filled, "agora") == ["Αγορά ΑΕ"]
    filled.undo()
    assert titles(filled, "market") == ["Market In Α.Ε."]


def test_the_index_keeps_nothing_of_deleted_text(filled: Desk) -> None:
    client_id = filled.perform(LABEL, add_client, name="ζζμυστικοζζ").value
    filled.perform(LABEL, change_client, client_id=client_id, name="Άλλο")
    with filled.book.engine.connect() as connection:
        blocks = connection.exec_driver_sql("SELECT block FROM search_clients_data").scalars()
        assert not any("ζζμυστικοζζ".encode() in block for block in blocks)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "*", '"', "'", '""', "-", "(", "NEAR(", "NEAR(a b, 2)", "a AND", "OR", "NOT x",
        "head:παπ", "{head rest}: x", "^παπ", "παπ*", "a\x00b", "\x00", "' OR 1=1 --", "%", "_",
        "παπ\"; DROP TABLE clients", "😀", "\ud800", "παπ\ud800", "α" * 100_000, "a " * 50_000, "\u0301",
        "latin : x", "+", "x" * 3000 + " y",
    ],
)  # fmt: skip
def test_what_is_typed_is_literal(filled: Desk, text: str) -> None:
    for hit in found(filled, text):
        assert hit.title
    assert filled.query(lambda session: client_ids(session, text)) is not None


def client_ids(session: Session, text: str) -> list[int]:
    ids = matching(text, table="clients")
    query = select(Client.id)
    if ids is not None:
        query = query.where(Client.id.in_(ids))
    return list(session.scalars(query))


def test_a_filter_by_text_is_a_select_of_ids(filled: Desk) -> None:
    assert filled.query(lambda session: len(client_ids(session, " "))) == 4
    assert filled.query(lambda session: len(client_ids(session, "papad"))) == 2
    assert filled.query(lambda session: len(client_ids(session, "*"))) == 0


def test_operators_are_words(desk: Desk) -> None:
    desk.perform(LABEL, import_clients, rows=[{"name": "OR AND NOT"}, {"name": "NEAR ΑΕ"}])
    assert titles(desk, "AND or") == ["OR AND NOT"]
    assert titles(desk, "near") == ["NEAR ΑΕ"]
    assert words_of("a\x00b * (γ)") == ["a", "b", "(γ)"]
    assert match_expression("***") is None


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=30))
def test_no_text_breaks_the_search_and_any_name_finds_itself(desk: Desk, text: str) -> None:
    found(desk, text)
    if not words_of(text) or "\x00" in text:
        return
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    made = desk.perform(LABEL, add_client, name=text[:200]).value
    assert made in {hit.id for hit in found(desk, text, limit=10_000)}


def test_the_index_is_sound_after_all_that(filled: Desk) -> None:
    with filled.book.engine.connect() as connection:
        assert indexing.check(connection) == []
