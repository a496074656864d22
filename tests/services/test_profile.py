"""The profile, drafts, targets and the search."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import InteractionKind
from acctdesk.services import clients, contacts, drafts, interactions, tasks
from acctdesk.services.desk import Desk
from acctdesk.services.profile import get_profile, set_profile
from acctdesk.services.search import find
from acctdesk.services.targets import set_target, target_series

TODAY = dt.date(2026, 11, 12)
NOVEMBER = dt.date(2026, 11, 1)


def test_the_profile_is_changed_field_by_field(desk: Desk, do: Any) -> None:
    before = desk.query(get_profile)
    do(set_profile, officer=" Νίκος  Α. ", currency="usd", fiscal_start=7)
    after = desk.query(get_profile)
    assert (after.officer, after.currency, after.fiscal_start) == ("Νίκος Α.", "USD", 7)
    assert (after.company, after.language) == (before.company, before.language)
    desk.undo()
    assert desk.query(get_profile) == before


@pytest.mark.parametrize(
    "wrong", [{"currency": "ευρώ"}, {"currency": "EURO"}, {"fiscal_start": 0}, {"fiscal_start": 13}]
)
def test_an_impossible_profile_is_refused(desk: Desk, do: Any, wrong: dict[str, Any]) -> None:
    before = desk.query(get_profile)
    with pytest.raises(UserError):
        do(set_profile, officer="Άλλος", **wrong)
    assert desk.query(get_profile) == before


def test_a_draft_is_kept_and_is_no_step(desk: Desk, do: Any) -> None:
    assert desk.query(drafts.get_draft, key="capture") is None
    do(drafts.save_draft, key="capture", value={"text": "κλήση, πρ", "client": 3})
    do(drafts.save_draft, key="capture", value={"text": "κλήση, προσφορά"})
    assert desk.query(drafts.get_draft, key="capture") == {"text": "κλήση, προσφορά"}
    assert desk.undo_label() is None
    do(drafts.drop_draft, key="capture")
    do(drafts.drop_draft, key="capture")
    assert desk.query(drafts.get_draft, key="capture") is None


def test_a_target_is_set_changed_and_taken_away(desk: Desk, do: Any) -> None:
    first = do(set_target, month=TODAY, amount_minor=100_000)
    assert do(set_target, month=NOVEMBER, amount_minor=120_000) == first
    series = desk.query(target_series, fiscal_year=2026, as_of=TODAY)
    assert [month.target_minor for month in series.months][10] == 120_000
    assert series.target_year_minor == 120_000
    do(set_target, month=NOVEMBER, amount_minor=None)
    assert desk.query(target_series, fiscal_year=2026, as_of=TODAY).target_year_minor is None
    desk.undo()
    assert desk.query(target_series, fiscal_year=2026, as_of=TODAY).target_year_minor == 120_000


def test_the_running_month_counts_by_its_working_days(desk: Desk, do: Any) -> None:
    do(set_target, month=dt.date(2026, 10, 1), amount_minor=50_000)
    do(set_target, month=NOVEMBER, amount_minor=210_000)
    series = desk.query(target_series, fiscal_year=2026, as_of=TODAY)
    # November 2026 has 21 working days, 9 of them up to the 12th
    assert series.target_to_date_minor == 50_000 + 210_000 * 9 // 21
    assert len(series.months) == 12
    before = desk.query(target_series, fiscal_year=2026, as_of=dt.date(2026, 9, 30))
    assert before.target_to_date_minor is None


def test_clients_targets_stand_in_for_the_books(desk: Desk, do: Any) -> None:
    ids = [do(clients.create_client, name=name) for name in ("Α", "Β")]
    for client_id in ids:
        do(set_target, month=NOVEMBER, amount_minor=10_000, client_id=client_id)
    series = desk.query(target_series, fiscal_year=2026, as_of=TODAY)
    assert series.target_year_minor == 20_000
    own = desk.query(target_series, client_id=ids[0], fiscal_year=2026, as_of=TODAY)
    assert own.target_year_minor == 10_000
    do(set_target, month=NOVEMBER, amount_minor=70_000)
    series = desk.query(target_series, fiscal_year=2026, as_of=TODAY)
    assert series.target_year_minor == 70_000


def test_a_fiscal_year_has_its_own_twelve_months(desk: Desk, do: Any) -> None:
    do(set_profile, fiscal_start=7)
    series = desk.query(target_series, fiscal_year=2027, as_of=TODAY)
    assert series.months[0].month == dt.date(2026, 7, 1)
    assert series.months[-1].month == dt.date(2027, 6, 1)


def test_series_of_clients_add_up_to_the_book(demo: Desk) -> None:
    from acctdesk.services.lists import ClientQuery, client_ids

    book = demo.query(target_series, fiscal_year=2026, as_of=TODAY)
    ids = demo.query(client_ids, ClientQuery(active_only=False), today=TODAY)
    each = [demo.query(target_series, client_id=one, fiscal_year=2026, as_of=TODAY) for one in ids]
    assert sum(series.net_to_date_minor for series in each) == book.net_to_date_minor > 0
    assert book.months[-1].net_minor == 0  # December has not begun


def test_the_search_finds_every_kind_best_first(desk: Desk, do: Any) -> None:
    client_id = do(clients.create_client, name="Παπαδόπουλος Α.Ε.", code="7", city="Αθήνα")
    other = do(clients.create_client, name="Μύλοι", code="8", notes="Γνωρίζει τον Παπαδόπουλο")
    do(contacts.create_contact, client_id=other, name="Νίκος Παπαδόπουλος", role="Προμήθειες")
    do(
        interactions.log_interaction,
        client_id=other,
        kind=InteractionKind.CALL,
        happened_at=dt.datetime(2026, 11, 10, 10, tzinfo=dt.UTC),
        subject="Κλήση",
        body="Ζήτησε ο Παπαδόπουλος νέους όρους.",
    )
    do(tasks.add_task, client_id=client_id, title="Κλήση στον κ. Παπαδόπουλο")
    hits = desk.query(find, text="papadop")
    assert hits[0].title == "Παπαδόπουλος Α.Ε."
    assert hits[0].title[slice(*hits[0].spans[0])].startswith("Παπαδόπ")
    assert {hit.kind for hit in desk.query(find, text="παπαδοπ")} == {
        "client",
        "contact",
        "interaction",
        "task",
    }
    [contact] = desk.query(find, text="παπαδοπ", kinds=["contact"])
    assert (contact.code, contact.client_id) == ("8", other)
    assert "Μύλοι" in contact.detail
    [talk] = desk.query(find, text="νεους ορους")
    assert talk.why == "Ζήτησε ο Παπαδόπουλος νέους όρους."
    [by_city] = desk.query(find, text="αθηνα")
    assert (by_city.code, by_city.why) == ("7", "Αθήνα")
    assert desk.query(find, text="   ") == []
    assert len(desk.query(find, text="παπαδοπ", limit=2)) == 2


def test_what_is_trashed_is_not_found_until_undone(desk: Desk, do: Any) -> None:
    client_id = do(clients.create_client, name="Αθηνά")
    desk.perform(msg("Test", "Trash"), clients.trash_client, client_id=client_id)
    assert desk.query(find, text="αθηνα") == []
    desk.undo()
    assert len(desk.query(find, text="αθηνα")) == 1


def test_a_search_costs_few_statements(demo: Desk, counted: Any) -> None:
    with counted(demo) as ran:
        hits = demo.query(find, text="προσφορα")
    assert {hit.kind for hit in hits} == {"interaction", "task"}
    assert len(hits) == 50
    assert len(ran) <= 10
