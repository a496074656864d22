"""The report of a visit: begun with what is known, held to its sections, found by the search."""

from __future__ import annotations

import datetime as dt

import pytest

from acctdesk.errors import UserError
from acctdesk.kinds import InteractionKind, PromiseBy
from acctdesk.services.clients import create_client
from acctdesk.services.contacts import create_contact
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import (
    PromiseInput,
    get_interaction,
    log_interaction,
    trash_interaction,
)
from acctdesk.services.search import find
from acctdesk.services.timeline import timeline
from acctdesk.services.visit_reports import (
    SECTIONS,
    USUALLY_REQUIRED,
    get_required,
    report_form,
    save_report,
    set_required,
)
from tests.services.conftest import Do

NOON = dt.datetime(2026, 11, 12, 10, tzinfo=dt.UTC)
WHOLE = {"purpose": "Νέα αποθήκη", "discussed": "Θερμοκρασίες", "agreed": "Προσφορά"}


@pytest.fixture
def visit(do: Do) -> int:
    client = do(create_client, name="Παπαδόπουλος Α.Ε.", city="Βόλος")
    contact = do(create_contact, client_id=client, name="Ε. Μαυρίδου")
    return int(
        do(
            log_interaction,
            client_id=client,
            kind=InteractionKind.VISIT,
            happened_at=NOON,
            subject="Αποθήκη",
            body="Είδαμε την αποθήκη.",
            contact_id=contact,
            promises=[PromiseInput(PromiseBy.US, "όροι", dt.date(2026, 11, 20))],
            need="ράφια",
        )
    )


def test_it_begins_with_what_was_captured(desk: Desk, visit: int) -> None:
    form = desk.query(report_form, interaction_id=visit)
    assert not form.saved
    assert form.required == USUALLY_REQUIRED
    assert form.sections == dict.fromkeys(SECTIONS, "") | {
        "purpose": "Αποθήκη",
        "present": "Ε. Μαυρίδου",
        "discussed": "Είδαμε την αποθήκη.",
        "agreed": "We: όροι (20/11/2026)",
        "needs": "ράφια",
    }


def test_what_is_required_is_named_and_nothing_is_stored(desk: Desk, do: Do, visit: int) -> None:
    with pytest.raises(UserError, match="What was discussed, What was agreed"):
        do(save_report, interaction_id=visit, sections={"purpose": "α", "discussed": "  "})
    assert not desk.query(report_form, interaction_id=visit).saved
    do(set_required, sections=["remarks"])
    assert desk.query(get_required) == {"remarks"}
    do(save_report, interaction_id=visit, sections={"remarks": "όλα καλά"})
    desk.undo()
    desk.undo()
    assert desk.query(get_required) == USUALLY_REQUIRED


def test_a_saved_report_is_found_and_undo_brings_the_old_words_back(
    desk: Desk, do: Do, visit: int
) -> None:
    do(save_report, interaction_id=visit, sections={**WHOLE, "competition": "Ψυκτική Βορρά"})
    form = desk.query(report_form, interaction_id=visit)
    assert form.saved
    assert form.sections["competition"] == "Ψυκτική Βορρά"
    client = form.interaction.client_id
    (item,) = desk.query(timeline, client_id=client, today=NOON.date())
    assert item.reported
    (hit,) = desk.query(find, text="ψυκτικη βορρα")
    assert (hit.kind, hit.id) == ("interaction", visit)
    stored = desk.query(get_interaction, interaction_id=visit)
    assert stored is not None
    assert stored.body.splitlines()[0] == "Purpose: Νέα αποθήκη"
    do(save_report, interaction_id=visit, sections={**WHOLE, "competition": ""})
    assert desk.query(find, text="ψυκτικη βορρα") == []
    desk.undo()
    desk.undo()
    stored = desk.query(get_interaction, interaction_id=visit)
    assert stored is not None
    assert stored.body == "Είδαμε την αποθήκη."


def test_a_call_has_no_report_and_a_report_goes_with_its_visit(
    desk: Desk, do: Do, visit: int
) -> None:
    client = desk.query(report_form, interaction_id=visit).interaction.client_id
    call = do(log_interaction, client_id=client, kind=InteractionKind.CALL, happened_at=NOON)
    with pytest.raises(UserError, match="Only visits and meetings"):
        do(save_report, interaction_id=call, sections=WHOLE)
    do(save_report, interaction_id=visit, sections=WHOLE)
    do(trash_interaction, interaction_id=visit)
    with pytest.raises(UserError, match="no longer in the book"):
        desk.query(report_form, interaction_id=visit)
    desk.undo()
    assert desk.query(report_form, interaction_id=visit).saved
