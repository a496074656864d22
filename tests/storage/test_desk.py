"""The one road of a change: perform, journal, undo, redo, history, restart, refusal."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.models import Client, Draft, Interaction, Setting
from acctdesk.services.desk import Desk
from acctdesk.storage import indexing, journal
from acctdesk.storage.book import Book
from acctdesk.storage.changes import RangeChange, RowChange
from acctdesk.storage.search import search
from acctdesk.storage.tables import journal_changes, journal_steps
from tests.storage.commands import (
    LABEL,
    NOON,
    add_client,
    change_client,
    client_names,
    import_clients,
    live_rows,
    log_call,
    reimport_clients,
    trash_client,
)


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=1)
        return self.now


def test_a_change_is_one_step_that_undo_and_redo_follow(desk: Desk) -> None:
    made = desk.perform(LABEL, add_client, name="Παπαδόπουλος")
    assert made.changes.ids("clients") == {made.value}
    desk.perform(msg("Test", "Rename"), change_client, client_id=made.value, name="Ιωάννου")
    assert desk.query(client_names) == ["Ιωάννου"]
    assert desk.undo_label() == msg("Test", "Rename")
    desk.undo()
    assert desk.query(client_names) == ["Παπαδόπουλος"]
    assert desk.redo_label() == msg("Test", "Rename")
    desk.undo()
    assert desk.query(client_names) == []
    desk.redo()
    desk.redo()
    assert desk.query(client_names) == ["Ιωάννου"]
    with pytest.raises(UserError, match="nothing to redo"):
        desk.redo()


def test_an_empty_book_has_nothing_to_undo(desk: Desk) -> None:
    assert desk.undo_label() is None
    with pytest.raises(UserError, match="nothing to undo"):
        desk.undo()


def test_every_column_is_captured_even_one_never_loaded(desk: Desk) -> None:
    client_id = desk.perform(LABEL, add_client, name="Α", notes="πριν").value

    def overwrite(session: Session) -> None:
        client = session.get_one(Client, client_id)
        session.expire(client)
        client.notes = "μετά"

    changes = desk.perform(LABEL, overwrite).changes
    (change,) = changes.changes
    assert isinstance(change, RowChange)
    assert change.before is not None
    assert change.after is not None
    assert (change.before["notes"], change.after["notes"]) == ("πριν", "μετά")
    assert change.fields == {"notes"}


def test_several_flushes_of_a_record_are_one_change(desk: Desk) -> None:
    client_id = desk.perform(LABEL, add_client, name="Α").value

    def hesitate(session: Session) -> None:
        for name in ("Β", "Γ", "Δ"):
            session.get_one(Client, client_id).name = name
            session.flush()

    changes = desk.perform(LABEL, hesitate).changes
    (change,) = changes.changes
    assert isinstance(change, RowChange)
    assert change.before is not None
    assert change.before["name"] == "Α"
    assert change.after is not None
    assert change.after["name"] == "Δ"


def test_a_change_that_comes_to_nothing_is_no_step(desk: Desk) -> None:
    client_id = desk.perform(LABEL, add_client, name="Α").value

    def there_and_back(session: Session) -> None:
        client = session.get_one(Client, client_id)
        client.name = "Β"
        session.flush()
        client.name = "Α"

    desk.perform(msg("Test", "Nothing"), there_and_back)
    assert desk.undo_label() == LABEL


def test_a_failing_command_changes_nothing(desk: Desk) -> None:
    def fail(session: Session) -> None:
        session.add(Client(name="Α"))
        session.flush()
        raise UserError(msg("Test", "No."))

    with pytest.raises(UserError, match="No"):
        desk.perform(LABEL, fail)
    assert desk.query(client_names) == []
    assert desk.undo_label() is None
    desk.perform(LABEL, add_client, name="Β")
    assert desk.query(client_names) == ["Β"]


def test_an_update_raises_version_and_time(desk: Desk) -> None:
    clock = Clock()
    desk = Desk(desk.book, clock=clock)
    client_id = desk.perform(LABEL, add_client, name="Α").value
    desk.perform(LABEL, change_client, client_id=client_id, name="Β")

    def marks(session: Session) -> tuple[int, dt.datetime]:
        client = session.get_one(Client, client_id)
        return client.version, client.updated_at

    version, changed = desk.query(marks)
    assert version == 2
    assert changed > NOON
    desk.undo()
    assert desk.query(marks)[0] == 3  # never set back: a form that shows version 2 is stale


def test_undo_and_redo_survive_a_restart(desk: Desk, book_file: Path) -> None:
    desk.perform(LABEL, add_client, name="Α")
    label = msg("Test", "Rename {name} on {day}", name="Β", day=dt.date(2026, 1, 2))
    desk.perform(label, add_client, name="Β")
    desk.undo()
    desk.close()
    with Book.open(book_file) as book:
        again = Desk(book)
        assert again.query(client_names) == ["Α"]
        assert str(again.redo_label()) == "Rename Β on 2026-01-02"
        again.redo()
        assert again.query(client_names) == ["Α", "Β"]


def test_labels_keep_messages_inside_and_plurals(desk: Desk) -> None:
    label = Message(
        "Test",
        "{n} file of {kind}",
        {"n": 2, "kind": msg("Test", "clients")},
        "{n} files of {kind}",
    )
    desk.perform(label, add_client, name="Α")
    assert desk.undo_label() == label


def test_a_new_change_clears_what_could_be_redone(desk: Desk) -> None:
    desk.perform(LABEL, add_client, name="Α")
    desk.undo()
    desk.perform(LABEL, add_client, name="Β")
    assert desk.redo_label() is None
    with pytest.raises(UserError):
        desk.redo()
    desk.undo()
    with pytest.raises(UserError):
        desk.undo()


def test_undo_refuses_where_the_value_is_not_the_steps_any_more(desk: Desk) -> None:
    client_id = desk.perform(LABEL, add_client, name="Α", city="Βόλος").value
    desk.perform(LABEL, change_client, client_id=client_id, name="Β")
    with desk.book.engine.begin() as connection:  # behind the journal's back
        connection.execute(update(Client.__table__).values(name="Ω"))  # type: ignore[arg-type]
    with pytest.raises(UserError, match="changed again since"):
        desk.undo()
    assert desk.query(client_names) == ["Ω"]
    assert desk.undo_label() == LABEL


def test_undo_compares_only_the_fields_of_the_step(desk: Desk) -> None:
    client_id = desk.perform(LABEL, add_client, name="Α").value
    desk.perform(LABEL, change_client, client_id=client_id, name="Β")
    with desk.book.engine.begin() as connection:
        connection.execute(
            update(Client.__table__).values(city="Βόλος", version=9)  # type: ignore[arg-type]
        )
    desk.undo()
    assert desk.query(client_names) == ["Α"]
    assert desk.query(lambda s: s.get_one(Client, client_id).city) == "Βόλος"


def test_undo_refuses_where_a_code_was_taken(desk: Desk) -> None:
    client_id = desk.perform(LABEL, add_client, name="Α", code="1").value
    desk.perform(LABEL, trash_client, client_id=client_id)
    with desk.book.engine.begin() as connection:
        now = NOON
        connection.execute(
            insert(Client.__table__).values(  # type: ignore[arg-type]
                name="Β", code="1", uid="x", created_at=now, updated_at=now
            )
        )
    with pytest.raises(UserError, match="same code"):
        desk.undo()


def test_typing_in_one_field_is_one_step(desk: Desk) -> None:
    clock = Clock()
    desk = Desk(desk.book, clock=clock)
    client_id = desk.perform(LABEL, add_client, name="Α").value
    for name in ("Αλ", "Αλφ", "Αλφα"):
        desk.perform(LABEL, change_client, client_id=client_id, name=name, merge_key="name")
    desk.perform(LABEL, change_client, client_id=client_id, city="Βόλος", merge_key="city")
    desk.undo()
    assert desk.query(client_names) == ["Αλφα"]
    desk.undo()
    assert desk.query(client_names) == ["Α"]
    desk.redo()
    assert desk.query(client_names) == ["Αλφα"]


def test_typing_after_a_pause_is_another_step(desk: Desk) -> None:
    clock = Clock()
    desk = Desk(desk.book, clock=clock)
    client_id = desk.perform(LABEL, add_client, name="Α").value
    desk.perform(LABEL, change_client, client_id=client_id, name="Β", merge_key="name")
    clock.now += dt.timedelta(hours=1)
    desk.perform(LABEL, change_client, client_id=client_id, name="Γ", merge_key="name")
    desk.undo()
    assert desk.query(client_names) == ["Β"]


def test_typing_back_to_the_start_leaves_no_step(desk: Desk) -> None:
    client_id = desk.perform(msg("Test", "New"), add_client, name="Α").value
    desk.perform(LABEL, change_client, client_id=client_id, name="Β", merge_key="name")
    desk.perform(LABEL, change_client, client_id=client_id, name="Α", merge_key="name")
    assert desk.undo_label() == msg("Test", "New")


def test_typing_after_an_undo_does_not_join_the_step_before(desk: Desk) -> None:
    client_id = desk.perform(LABEL, add_client, name="Α").value
    desk.perform(LABEL, change_client, client_id=client_id, name="Β", merge_key="name")
    desk.perform(LABEL, change_client, client_id=client_id, city="Χ")
    desk.undo()
    desk.perform(LABEL, change_client, client_id=client_id, name="Γ", merge_key="name")
    desk.undo()
    assert desk.query(client_names) == ["Β"]
    assert desk.redo_label() is not None


def test_an_import_is_one_step_undone_and_redone_whole(desk: Desk) -> None:
    old = desk.perform(LABEL, add_client, name="Παλιός", code="0").value
    before = desk.query(live_rows)

    def bring_in(session: Session) -> list[int]:
        ids = import_clients(session, rows=[{"name": f"Ν{n}", "code": f"{n}"} for n in (1, 2, 3)])
        reimport_clients(session, rows=[{"id": old, "city": "Πάτρα"}, {"id": ids[0], "city": "Α"}])
        session.get_one(Client, ids[1]).notes = "σύνδεση"
        return ids

    done = desk.perform(LABEL, bring_in)
    after = desk.query(live_rows)
    assert done.changes.ids("clients") is None
    assert RangeChange("clients", done.value[0], done.value[-1], "insert") in done.changes.changes
    with desk.book.engine.connect() as connection:
        rows = connection.execute(select(journal_changes)).all()
    assert len(rows) == 3  # the first client, the range, the updated record
    assert [hit.id for hit in desk.query(search, "συνδεση")] == [done.value[1]]
    desk.undo()
    assert desk.query(live_rows) == before
    assert desk.query(search, "Ν2") == []
    desk.redo()
    assert desk.query(live_rows) == after
    assert [hit.id for hit in desk.query(search, "συνδεση")] == [done.value[1]]
    assert len(desk.history("clients", done.value[1])) == 1


def test_bulk_update_counts_only_what_differs(desk: Desk) -> None:
    client_id = desk.perform(LABEL, add_client, name="Α", city="Βόλος").value
    rows = [{"id": client_id, "city": "Βόλος"}]
    done = desk.perform(LABEL, reimport_clients, rows=rows)
    assert (done.value, bool(done.changes), done.changes.step_id) == (0, False, None)
    rows = [{"id": client_id, "name": "Ωμέγα"}]
    assert desk.perform(LABEL, reimport_clients, rows=rows).value == 1
    client = desk.query(lambda s: s.get_one(Client, client_id))
    assert (client.version, client.name_fold) == (2, "ωμεγα")


def test_bulk_changes_outside_the_bulk_road_are_refused(desk: Desk) -> None:
    for statement in (
        update(Client).values(name="Χ"),
        delete(Client),
        insert(Client).values(name="Χ"),
        update(Client.__table__).values(name="Χ"),  # type: ignore[arg-type]
        text("UPDATE clients SET name = 'Χ'"),
    ):
        with pytest.raises(RuntimeError, match="no journal"):
            desk.perform(LABEL, lambda session, do=statement: session.execute(do))
    desk.perform(LABEL, lambda session: session.execute(delete(Draft)))  # not a business record


def test_a_record_is_never_deleted(desk: Desk) -> None:
    client_id = desk.perform(LABEL, add_client, name="Α").value
    with pytest.raises(RuntimeError, match="trash"):
        desk.perform(LABEL, lambda session: session.delete(session.get_one(Client, client_id)))


def test_a_question_cannot_write(desk: Desk) -> None:
    def sneak(session: Session) -> None:
        session.add(Client(name="Α"))
        session.flush()

    with pytest.raises(RuntimeError, match=r"outside Desk\.perform"):
        desk.query(sneak)
    with pytest.raises(Exception, match=r"readonly|cannot be written"):
        desk.query(lambda session: session.execute(text("UPDATE clients SET name = 'Χ'")))


def test_history_tells_every_change_of_a_record(desk: Desk) -> None:
    client_id = desk.perform(msg("Test", "New"), add_client, name="Α").value
    desk.perform(msg("Test", "Rename"), change_client, client_id=client_id, name="Β")
    desk.perform(LABEL, add_client, name="Άλλος")
    desk.perform(msg("Test", "Move"), change_client, client_id=client_id, city="Βόλος")
    desk.undo()
    told = desk.history("clients", client_id)
    assert [(str(entry.label), entry.undone) for entry in told] == [
        ("Move", True),
        ("Rename", False),
        ("New", False),
    ]
    with desk.book.engine.connect() as connection:
        assert [str(step.label) for step in journal.journal_entries(connection)] == [
            "A change",
            "Rename",
            "New",
        ]


def test_settings_follow_the_same_road(desk: Desk) -> None:
    def say(session: Session, *, value: str) -> None:
        found = session.scalars(
            select(Setting).where(Setting.key == "note", Setting.deleted_at.is_(None))
        ).one_or_none()
        if found is None:
            session.add(Setting(key="note", value=value))
        else:
            found.value = value

    def said(session: Session) -> str | None:
        return session.scalar(
            select(Setting.value).where(Setting.key == "note", Setting.deleted_at.is_(None))
        )

    desk.perform(LABEL, say, value="1")
    desk.undo()
    assert desk.query(said) is None
    desk.perform(LABEL, say, value="2")  # the first one lies in the trash
    desk.perform(LABEL, say, value="3")
    desk.undo()
    assert desk.query(said) == "2"


def test_steps_from_before_a_migration_stay_readable_and_are_not_undone(desk: Desk) -> None:
    client_id = desk.perform(LABEL, add_client, name="Α").value
    with desk.book.engine.begin() as connection:
        connection.execute(update(journal_steps).values(schema=0))
    assert desk.undo_label() is None
    with pytest.raises(UserError, match="before the program was updated"):
        desk.undo()
    assert len(desk.history("clients", client_id)) == 1


def test_two_undos_in_one_instant_are_told_apart(desk: Desk) -> None:
    desk = Desk(desk.book, clock=lambda: NOON)
    desk.perform(LABEL, import_clients, rows=[{"name": "Α"}])
    desk.perform(LABEL, import_clients, rows=[{"name": "Β"}])
    desk.undo()
    desk.undo()
    desk.redo()
    assert desk.query(client_names) == ["Α"]
    desk.redo()
    assert desk.query(client_names) == ["Α", "Β"]


def test_many_threads_take_turns(desk: Desk) -> None:
    def work(number: int) -> None:
        for turn in range(5):
            desk.perform(LABEL, add_client, name=f"{number}-{turn}")
            desk.query(client_names)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(desk.query(client_names)) == 20
    for _ in range(20):
        desk.undo()
    assert desk.query(client_names) == []


def test_a_reader_sees_one_state_throughout(desk: Desk) -> None:
    desk.perform(LABEL, add_client, name="Α")
    with desk.book.reader() as session:
        before = client_names(session)
        desk.perform(LABEL, add_client, name="Β")
        assert client_names(session) == before
    assert desk.query(client_names) == ["Α", "Β"]


def test_a_child_works_under_the_parents_lock(desk: Desk, book_file: Path) -> None:
    material = desk.book.key_material()
    joined = Book.join(material)
    Desk(joined).perform(LABEL, add_client, name="Από παιδί")
    joined.close()
    assert desk.query(client_names) == ["Από παιδί"]
    desk.undo()
    desk.close()
    with pytest.raises(UserError, match="not open any more"):
        Book.join(material)


def test_an_interaction_needs_its_client(desk: Desk) -> None:
    client_id = desk.perform(LABEL, add_client, name="Α").value
    desk.perform(LABEL, log_call, client_id=client_id, subject="Κλήση")
    with pytest.raises(Exception, match="FOREIGN KEY"):
        desk.perform(LABEL, log_call, client_id=999, subject="Κλήση")
    assert len(desk.query(lambda s: list(s.scalars(select(Interaction.id))))) == 1


def test_the_whole_index_can_be_made_anew(desk: Desk) -> None:
    desk.perform(LABEL, add_client, name="Παπαδόπουλος")
    with desk.book.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM search_clients")
        assert indexing.check(connection) != []
        indexing.rebuild(connection)
        assert indexing.check(connection) == []
    assert len(desk.query(search, "papadop")) == 1
