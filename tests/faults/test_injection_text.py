"""Text is text: no filter, order or file makes it a statement, and none deletes."""

from __future__ import annotations

from pathlib import Path

import pytest

from acctdesk.exchange.runner import import_file
from acctdesk.services.desk import Desk
from acctdesk.services.lists import ClientQuery, client_ids
from tests.faults.operations import TODAY
from tests.storage.commands import LABEL, client_names, import_clients

HOSTILE = [
    "' OR 1=1 --", "%", "_", '"', "'", "NEAR(", "*", "a OR b", "NOT", "-x", "col:x", "{head}: x",
    '"unbalanced', "((((", "\\", "\x00", ";", "'; DROP TABLE clients; --", "x" * 100_000, "\ud800",
    "ΑΒ\u202eΓ", "{}", "%s", ":name", "?",
]  # fmt: skip


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Give a book of five clients, one of which has a hostile name."""
    names = ["Άλφα", "Βήτα", "Γάμμα", "Δέλτα", "' OR 1=1 --"]
    desk.perform(LABEL, import_clients, rows=[{"name": name} for name in names])
    return desk


@pytest.mark.parametrize("text", HOSTILE)
def test_a_filter_takes_any_text_literally(filled: Desk, text: str) -> None:
    found = filled.query(client_ids, ClientQuery(text=text), today=TODAY)
    assert len(found) <= 1 or not text.strip("\x00 ")
    assert len(filled.query(client_names)) == 5


@pytest.mark.parametrize("order", ["name; DROP TABLE clients", "", "1", "name DESC"])
def test_an_unknown_order_is_no_sql(filled: Desk, order: str) -> None:
    with pytest.raises(KeyError):
        filled.query(client_ids, ClientQuery(sort=order), today=TODAY)


def test_a_file_that_lacks_most_deletes_nothing(desk: Desk, tmp_path: Path) -> None:
    rows = [{"code": f"{number}", "name": f"Πελάτης {number}"} for number in range(40)]
    desk.perform(LABEL, import_clients, rows=rows)
    file = tmp_path / "pelates.csv"
    file.write_text("Κωδικός;Επωνυμία;Πόλη\n7;Πελάτης 7;Βόλος\n", encoding="utf-8")
    import_file(desk, file, today=TODAY)
    assert len(desk.query(client_names)) == 40
    file.write_text("Κωδικός;Επωνυμία;Πόλη\n", encoding="utf-8")
    try:
        import_file(desk, file, today=TODAY)
    finally:
        assert len(desk.query(client_names)) == 40
