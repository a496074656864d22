"""An e-mail finds its client by its addresses, is kept once, and its files with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from acctdesk.errors import UserError
from acctdesk.kinds import InteractionKind
from acctdesk.services import attachments
from acctdesk.services.attachments import FileInput, attachments_of, contents, log_files
from acctdesk.services.clients import create_client
from acctdesk.services.contacts import create_contact
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import get_interaction, trash_interaction
from acctdesk.services.mail import MailInput, Recognition, log_mail, recognise
from acctdesk.services.timeline import timeline

Do = Callable[..., Any]
SENT = dt.datetime(2026, 3, 11, 8, 5, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 12)
PDF = FileInput("τιμή.pdf", "application/pdf", b"%PDF")
MAIL = MailInput("mail:<1@bank.example>", "Προσφορά", "Καλημέρα", SENT, (PDF,))


@pytest.fixture
def bank(do: Do) -> int:
    """A client with its own address and a person."""
    client: int = do(create_client, name="Τράπεζα Αιγαίου", email="info@bank.example")
    do(create_contact, client_id=client, name="Ελένη", email="Eleni@Bank.example")
    return client


def _ask(desk: Desk, sender: str | None, *recipients: str, **more: Any) -> Recognition:
    return desk.query(recognise, key=MAIL.key, sender=sender, recipients=recipients, **more)


@pytest.mark.parametrize(
    ("sender", "person"),
    [("eleni@bank.example", "Ελένη"), ("info@bank.example", None), ("x@bank.example", None)],
    ids=["person", "client", "domain"],
)
def test_a_sender_is_told_by_person_client_or_domain(
    desk: Desk, bank: int, sender: str, person: str | None
) -> None:
    """The nearest that is known."""
    (found,) = _ask(desk, sender).correspondents
    assert (found.client_id, found.contact_name) == (bank, person)


def test_a_domain_that_everybody_has_tells_nobody(desk: Desk, do: Do) -> None:
    """Nor does one that only looks alike."""
    client = do(create_client, name="Α", email="a_b@gmail.com")
    assert [one.client_id for one in _ask(desk, "a_b@gmail.com").correspondents] == [client]
    assert _ask(desk, "axb@gmail.com").correspondents == ()
    do(create_client, name="Β", email="x@a_b.example")
    assert _ask(desk, "y@axb.example").correspondents == ()


def test_what_the_officer_wrote_is_the_recipients(desk: Desk, bank: int) -> None:
    """The sender is in no client's company."""
    found = _ask(desk, "maria@acct.example", "eleni@bank.example", "z@other.example")
    assert [one.client_id for one in found.correspondents] == [bank]


def test_a_person_of_two_clients_is_unclear(desk: Desk, do: Do, bank: int) -> None:
    """Unless the officer says which client."""
    other = do(create_client, name="Ναυτιλιακή")
    do(create_contact, client_id=other, name="Ελένη", email="eleni@bank.example")
    assert len(_ask(desk, "eleni@bank.example").correspondents) == 2
    (found,) = _ask(desk, "eleni@bank.example", client_id=other).correspondents
    assert found.client_id == other


def test_an_email_is_kept_at_its_own_date_with_its_files(desk: Desk, do: Do, bank: int) -> None:
    """The timeline shows them; the contents come back byte for byte."""
    made = do(log_mail, client_id=bank, mail=MAIL)
    (item,) = desk.query(timeline, client_id=bank, today=TODAY)
    assert (item.interaction_kind, item.subject, item.at) == (
        InteractionKind.EMAIL,
        "Προσφορά",
        SENT,
    )
    (file,) = item.files
    assert (file.name, file.size, file.interaction_id) == ("τιμή.pdf", 4, made)
    assert desk.query(contents, sha256=file.sha256) == b"%PDF"


def test_the_same_email_is_recognised(desk: Desk, do: Do, bank: int) -> None:
    """Kept once at a client; not after it went to the trash, nor after undo."""
    made = do(log_mail, client_id=bank, mail=MAIL)
    known = _ask(desk, None).known
    assert known is not None
    assert (known.interaction_id, known.client_name) == (made, "Τράπεζα Αιγαίου")
    with pytest.raises(UserError, match="already in the client's history"):
        do(log_mail, client_id=bank, mail=MAIL)
    do(trash_interaction, interaction_id=made)
    assert _ask(desk, None).known is None
    do(log_mail, client_id=bank, mail=MAIL)
    desk.undo()
    assert _ask(desk, None).known is None
    desk.redo()
    assert _ask(desk, None).known is not None


def test_contents_are_kept_once(desk: Desk, do: Do, bank: int) -> None:
    """Undo takes the file away and redo brings it back, contents and all."""
    first = do(log_files, client_id=bank, files=[PDF], at=SENT)
    second = do(log_files, client_id=bank, files=[PDF, PDF], at=SENT)
    kept = desk.query(attachments_of, interaction_ids=[first, second])
    assert len({file.sha256 for file in kept}) == 1
    assert len(kept) == 3
    desk.undo()
    assert len(desk.query(attachments_of, interaction_ids=[first, second])) == 1
    desk.redo()
    assert len(desk.query(attachments_of, interaction_ids=[first, second])) == 3


def test_a_file_too_large_keeps_nothing(
    desk: Desk, do: Do, bank: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even the e-mail it came with."""
    monkeypatch.setattr(attachments, "LARGEST", 3)
    with pytest.raises(UserError, match="larger than 25 MB"):
        do(log_mail, client_id=bank, mail=MAIL)
    assert desk.query(timeline, client_id=bank, today=TODAY) == []


def test_a_long_subject_is_cut_where_it_can_be_seen(desk: Desk, do: Do, bank: int) -> None:
    """With a sign that it goes on."""
    long = MailInput("mail:2", "λ" * 400, "", SENT)
    row = desk.query(get_interaction, interaction_id=do(log_mail, client_id=bank, mail=long))
    assert row is not None
    assert row.subject == "λ" * 299 + "…"


def test_a_check_of_the_book_finds_contents_that_are_gone(desk: Desk, do: Do, bank: int) -> None:
    """Whatever took them."""
    do(log_mail, client_id=bank, mail=MAIL)
    assert desk.check().ok
    with desk.book.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM blobs")
    report = desk.check()
    assert "1 kept file is missing." in [str(line.text) for line in report.lines if not line.ok]
