"""Satisfaction and promises to pay, entered in the record and in the window of an interaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from acctdesk import periods
from acctdesk.kinds import DocumentType, PromiseOutcome, SatisfactionMeasure
from acctdesk.models import Document
from acctdesk.services.contacts import create_contact, trash_contact
from acctdesk.services.desk import Desk
from acctdesk.services.payment_promises import PaymentPromiseRow, payment_promises
from acctdesk.services.profile import set_profile
from acctdesk.services.rows import SatisfactionRow
from acctdesk.services.satisfaction import ScoreInput, answers_of, record_satisfaction
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.capture import CaptureDialog
from acctdesk.ui.dialogs.payment_promise_form import PaymentPromiseForm
from acctdesk.ui.dialogs.satisfaction_form import SatisfactionForm
from acctdesk.ui.itemmodels.satisfaction_text import quarter_name, read_score
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.clients.page import ClientsPage
from acctdesk.ui.translation import Languages
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import STEP, TODAY, People, fill_small, make_context, press, type_text

CSAT, NPS = SatisfactionMeasure.CSAT, SatisfactionMeasure.NPS
DAY = dt.timedelta(days=1)


@pytest.fixture
def people(desk: Desk) -> People:
    """Fill the book; the first client owes two invoices, one of them overdue."""
    people = fill_small(desk)

    def owe(session: Any) -> None:
        for number, days, gross in (("ΤΙΜ-1", -20, 1_000_00), ("ΤΙΜ-2", 10, 2_000_00)):
            session.add(
                Document(
                    type=DocumentType.INVOICE.value, number=number, issued_on=TODAY - 60 * DAY,
                    due_on=TODAY + days * DAY, client_id=people.papadopoulos,
                    net_minor=gross, gross_minor=gross,
                )
            )  # fmt: skip

    desk.perform(STEP, owe)
    return people


@pytest.fixture
def context(qapp: QApplication, desk: Desk, tmp_path: Path, people: People) -> Iterator[Context]:
    """Give a context over the book."""
    owner = QObject()
    yield make_context(qapp, desk, tmp_path, parent=owner)
    owner.deleteLater()


@pytest.fixture
def page(context: Context, people: People, qapp: QApplication, qtbot: QtBot) -> Iterator[Any]:
    """Give the Clients page with the first client chosen."""
    window = MainWindow(context, [ClientsPage.spec])
    window.resize(1366, 768)
    window.start()
    window.show()
    window.activateWindow()
    page = window.page
    assert isinstance(page, ClientsPage)
    page.list.show_client(people.papadopoulos)
    qtbot.waitUntil(lambda: page.record.card is not None)
    yield page
    window.close()
    window.deleteLater()
    qapp.processEvents()


def answers(desk: Desk, people: People) -> list[tuple[SatisfactionMeasure, int, str | None]]:
    rows: list[SatisfactionRow] = desk.query(answers_of, client_id=people.papadopoulos)
    return [(one.measure, one.score, one.words) for one in rows]


def promised(desk: Desk, people: People) -> list[PaymentPromiseRow]:
    return desk.query(payment_promises, as_of=TODAY, client_id=people.papadopoulos)


def asked(page: ClientsPage, kind: Any = SatisfactionForm) -> Any:
    return next(one for one in page.window().findChildren(kind) if one.isVisible())


def focused(form: Any) -> QWidget:
    widget = form.focusWidget()
    assert widget is not None
    return widget  # type: ignore[no-any-return]


def test_two_keys_store_a_score(page: ClientsPage, desk: Desk, people: People) -> None:
    page.context.actions["record.satisfaction"].trigger()  # Ctrl+Shift+S
    press(focused(asked(page)), Qt.Key.Key_4)
    assert answers(desk, people) == [(CSAT, 4, None)]
    desk.undo()
    assert answers(desk, people) == []


def test_ten_is_typed_as_it_is_written_and_one_waits_for_enter(
    page: ClientsPage, desk: Desk, people: People
) -> None:
    for keys, score in (
        ((Qt.Key.Key_1, Qt.Key.Key_0), 10),
        ((Qt.Key.Key_1, Qt.Key.Key_Return), 1),
        ((Qt.Key.Key_0,), 0),
    ):
        page.new_answer()
        form = asked(page)
        form.measure.choose(NPS.value)
        form.scale.focus()
        type_text(form.words, "στην ώρα σας")
        for key in keys:
            assert form.isVisible()
            press(focused(form), key)
        assert answers(desk, people)[0] == (NPS, score, "στην ώρα σας")
        QApplication.processEvents()


def test_a_key_off_the_scale_and_an_empty_form_store_nothing(
    page: ClientsPage, desk: Desk, people: People
) -> None:
    page.new_answer()
    form = asked(page)
    press(focused(form), Qt.Key.Key_9)
    form.save()
    assert form.trouble.text() == "Choose a number."
    assert answers(desk, people) == []
    form.close()


def test_the_card_shows_the_trend_with_n_and_opens_and_trashes_its_answers(
    page: ClientsPage, desk: Desk, people: People
) -> None:
    page.record.show_part(1)
    card = page.record.rail.satisfaction
    assert not card.held.answers
    for score in (5, 3):
        desk.perform(
            STEP, record_satisfaction, client_id=people.papadopoulos, measure=CSAT, score=score,
            answered_on=TODAY, today=TODAY,
        )  # fmt: skip
    page.record.rail.load()
    QApplication.processEvents()
    said = _said(card)
    assert {"CSAT", "50%", "n = 2", "n = 0"} <= set(said)
    assert any(one.startswith("2 answers in four quarters, between") for one in said)
    press(card.lines[0], Qt.Key.Key_Return)
    form = asked(page)
    assert form.scale.point == 3
    type_text(form.words, "άργησαν")
    form.save()
    assert answers(desk, people)[0] == (CSAT, 3, "άργησαν")
    QApplication.processEvents()
    press(card.lines[0], Qt.Key.Key_Delete)
    assert answers(desk, people) == [(CSAT, 5, None)]


def test_correcting_an_answer_keeps_who_said_it(
    page: ClientsPage, desk: Desk, people: People
) -> None:
    who = desk.perform(STEP, create_contact, client_id=people.papadopoulos, name="Ζωή").value
    desk.perform(
        STEP, record_satisfaction, client_id=people.papadopoulos, measure=CSAT, score=4,
        answered_on=TODAY, today=TODAY, contact_id=who,
    )  # fmt: skip
    desk.perform(STEP, trash_contact, contact_id=who)
    (held,) = desk.query(answers_of, client_id=people.papadopoulos)
    form = SatisfactionForm(page.context, None, client_id=people.papadopoulos, answer=held)
    assert form.contact.currentText() == "Ζωή"
    form.scale.choose("2")
    form.save()
    (held,) = desk.query(answers_of, client_id=people.papadopoulos)
    assert (held.score, held.contact_name) == (2, "Ζωή")
    form.deleteLater()


@pytest.mark.parametrize(("language", "said"), [("en", "Q3 ’26"), ("el", "Γ΄ ’26")])
def test_a_quarter_is_said_by_its_number_and_year(
    languages: Languages, language: str, said: str
) -> None:
    languages.speak(language)
    assert quarter_name(periods.quarter_of(dt.date(2026, 8, 1))) == said


def test_the_quarters_follow_a_change_of_the_fiscal_year(
    page: ClientsPage, desk: Desk, people: People
) -> None:
    desk.perform(
        STEP, record_satisfaction, client_id=people.papadopoulos, measure=CSAT, score=4,
        answered_on=TODAY, today=TODAY,
    )  # fmt: skip
    page.context.runner.submit(STEP, set_profile, fiscal_start=7)
    QApplication.processEvents()
    (trend,) = page.record.rail.satisfaction.held.trends
    assert trend.quarters[-1].period == periods.quarter_of(TODAY, 7)


def _said(card: QWidget) -> list[str]:
    return [one.text() for one in card.findChildren(QLabel) if one.isVisibleTo(card)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("4", ScoreInput(CSAT, 4)),
        (" 4/5 πολύ  καλοί", ScoreInput(CSAT, 4, "πολύ καλοί")),
        ("4/10", ScoreInput(NPS, 4)),
        ("9, στην ώρα", ScoreInput(NPS, 9, "στην ώρα")),
        ("10 / 10", ScoreInput(NPS, 10)),
        ("0", ScoreInput(NPS, 0)),
        ("6/5", None),
        ("11", None),
        ("καλά", None),
        ("4ο", None),
        ("5 στα 10 μέτρια", ScoreInput(NPS, 5, "μέτρια")),
        ("9 από 10", ScoreInput(NPS, 9)),
        ("4 out of 5, fine", ScoreInput(CSAT, 4, "fine")),
        ("4 of late", ScoreInput(CSAT, 4, "of late")),
        ("4.5", None),
        ("4 . 5", None),
        ("3-4", None),
        ("4 10 tonnes", None),
        ("4 of 50", None),
    ],
)
def test_a_score_is_read_as_people_write_it(typed: str, read: ScoreInput | None) -> None:
    assert read_score(typed) == read


@pytest.fixture
def window(context: Context, people: People, qtbot: QtBot) -> CaptureDialog:
    """Give the window of a new interaction."""
    dialog = CaptureDialog(
        context, None, client_id=people.papadopoulos, client_name="Παπαδόπουλος Α.Ε."
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_a_promise_to_pay_and_a_score_are_one_step_with_the_talk(
    window: CaptureDialog, context: Context, desk: Desk, people: People
) -> None:
    type_text(window.form.pay.field, "1500 by 20/11")
    assert window.form.pay.said.text() == (
        "They will pay 1,500.00 by Fri 20/11: ΤΙΜ-1, 500.00 of ΤΙΜ-2"
    )
    type_text(window.form.score.field, "9/10 γρήγορα")
    for _ in range(3):
        QApplication.processEvents()
    assert_no_overlap_or_cut(window)
    window.save()
    (one,) = promised(desk, people)
    assert (one.due_on, one.given_on) == (dt.date(2026, 11, 20), TODAY)
    assert [(part.number, part.amount_minor) for part in one.invoices] == [
        ("ΤΙΜ-1", 1_000_00), ("ΤΙΜ-2", 500_00)
    ]  # fmt: skip
    assert one.outcome is PromiseOutcome.OPEN
    assert answers(desk, people) == [(NPS, 9, "γρήγορα")]
    context.runner.undo()
    assert (promised(desk, people), answers(desk, people)) == ([], [])


@pytest.mark.parametrize("typed", ["20/11", "all by 20/11", "όλα ως 20/11"])
def test_a_day_alone_promises_all_that_is_overdue(window: CaptureDialog, typed: str) -> None:
    type_text(window.form.pay.field, typed)
    found = window.form.pay.payment()
    assert found is not None
    assert list(found.invoices.values()) == [1_000_00]


@pytest.mark.parametrize(
    ("typed", "said"), [("1500", "By which day"), ("9000 by 20/11", "3,000.00 is open")]
)
def test_what_is_not_clear_of_a_payment_is_said_and_nothing_is_stored(
    window: CaptureDialog, desk: Desk, people: People, typed: str, said: str
) -> None:
    type_text(window.form.pay.field, typed)
    window.save()
    assert said in window.form._trouble.text()
    window.form.pay.field.clear()
    type_text(window.form.score.field, "πολύ")
    window.save()
    assert "How satisfied" in window.form._trouble.text()
    assert (promised(desk, people), answers(desk, people)) == ([], [])


def test_a_draft_keeps_payment_and_score(
    window: CaptureDialog, context: Context, people: People, qtbot: QtBot
) -> None:
    type_text(window.form.pay.field, "1500 by 20/11")
    type_text(window.form.score.field, "4")
    press(window, Qt.Key.Key_Escape)
    again = CaptureDialog(
        context, None, client_id=people.papadopoulos, client_name="Παπαδόπουλος Α.Ε."
    )
    again.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(again)
    assert again.form.pay.field.text() == "1500 by 20/11"
    assert again.form.score.field.text() == "4"


def test_who_owes_nothing_is_asked_for_no_promise(
    context: Context, people: People, qtbot: QtBot
) -> None:
    dialog = CaptureDialog(context, None, client_id=people.myloi, client_name="Μύλοι")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    assert not dialog.form.pay.isVisible()
    dialog.form.pay.field.setText("1500 by 20/11")  # a draft of before it was paid
    assert dialog.form.pay.isVisible()
    dialog.save()
    assert dialog.isVisible()
    assert "Nothing of this client is open" in dialog.form._trouble.text()
    dialog.form.pay.field.clear()
    dialog.save()
    assert not dialog.isVisible()


def test_what_is_typed_while_it_is_not_known_what_is_owed_is_not_dropped(
    window: CaptureDialog, desk: Desk, people: People
) -> None:
    window.form.pay.show_owed(None)  # the answer of the book is under way
    window.form.pay.field.setText("1500 by 20/11")
    assert window.form.pay.isVisible()
    window.save()
    assert "not known yet" in window.form._trouble.text()
    assert (window.isVisible(), promised(desk, people)) == (True, [])


def test_the_promise_that_ends_by_another_one_is_named(
    window: CaptureDialog, context: Context, desk: Desk, people: People, qtbot: QtBot
) -> None:
    type_text(window.form.pay.field, "3000 by 20/11")
    window.save()
    again = CaptureDialog(context, None, client_id=people.papadopoulos, client_name="Παπαδόπουλος")
    again.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(again)
    again.open()
    type_text(again.form.pay.field, "400 by 27/11")
    said = again.form.pay.said.text().splitlines()
    assert said[1:] == ["It replaces the promise of 3,000.00 by Fri 20/11: ΤΙΜ-1, ΤΙΜ-2"]
    for _ in range(3):
        QApplication.processEvents()
    assert_no_overlap_or_cut(again)


def test_what_was_said_in_a_talk_stands_under_it_and_opens(
    page: ClientsPage, window: CaptureDialog
) -> None:
    type_text(window.form.pay.field, "1500 by 20/11")
    type_text(window.form.score.field, "4 καλά")
    window.save()
    view = page.record.timeline.view
    page.record.timeline.load()
    item = page.record.timeline.model.items()[0]
    assert (len(item.payments), len(item.answers)) == (1, 1)
    view.choose(item.key)
    view.setFocus()
    press(view, Qt.Key.Key_Space)
    assert len(asked(page, PaymentPromiseForm).invoices.blocked()) == 2
    asked(page, PaymentPromiseForm).close()
    press(view, Qt.Key.Key_Right)
    press(view, Qt.Key.Key_Space)
    assert asked(page).words.text() == "καλά"
    asked(page).close()
