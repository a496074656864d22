"""Toasts and calm dialogs: refusals, faults of the machine, bugs; and no data in the log."""

from __future__ import annotations

import logging

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.i18n import msg
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.failure import FailureDialog
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.messages import Messages, Toast, ToastAction, Tone, Trouble, without_values
from tests.ui.accessibility import assert_accessible
from tests.ui.geometry import assert_no_overlap_or_cut

SENTENCE = msg("Window", "Saved: {name}", name="<b>α.pdf</b>")


def test_a_refusal_is_a_toast_and_a_fault_a_dialog(qapp: QApplication) -> None:
    messages = Messages()
    toasts: list[Toast] = []
    troubles: list[Trouble] = []
    messages.told.connect(toasts.append)
    messages.troubled.connect(troubles.append)
    messages.fail(UserError(SENTENCE))
    assert [(one.text, one.tone) for one in toasts] == [(SENTENCE, Tone.REFUSED)]
    fault = EnvironmentFault(SENTENCE, safe=SENTENCE, remedy=SENTENCE)
    messages.fail(fault)
    assert troubles[0].happened is SENTENCE
    assert len(toasts) == 1


def test_a_bug_is_told_calmly_and_logged_without_names(
    qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    messages = Messages()
    troubles: list[Trouble] = []
    messages.troubled.connect(troubles.append)
    with caplog.at_level(logging.ERROR):
        messages.fail(KeyError("Παπαδόπουλος Α.Ε."))
    assert len(troubles) == 1
    assert "KeyError" in caplog.text
    assert "Παπαδόπουλος" not in caplog.text
    caplog.clear()


def test_the_cause_of_a_fault_is_described_without_its_words() -> None:
    try:
        dict[str, str]()["secret"]
    except KeyError as inner:
        fault = RuntimeError("also secret")
        fault.__cause__ = inner
    described = without_values(fault)
    assert "RuntimeError" in described
    assert "KeyError" in described
    assert "test_messages.py" in described
    assert "secret" not in described


def test_one_toast_at_a_time_with_its_action(window: MainWindow, context: Context) -> None:
    ran: list[str] = []

    class Owner:
        def undo(self) -> None:
            ran.append("undo")

    context.messages.say(SENTENCE)
    context.messages.say(
        msg("Window", "Backing up"), action=ToastAction(msg("Window", "Undo"), Owner().undo)
    )
    assert window.toasts.isVisible()
    assert window.toasts.toast is not None
    assert window.toasts.toast.text.text == "Backing up"
    window.show_last_message()
    assert window.focusWidget() is window.toasts._action
    window.toasts._action.click()
    assert ran == ["undo"]
    assert window.toasts.toast is None


def test_a_toast_goes_by_itself_and_stays_under_focus(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    window.toasts._timer.setInterval(30)
    context.messages.say(SENTENCE)
    with qtbot.waitSignal(window.toasts.closed):
        pass
    context.messages.say(SENTENCE)
    assert window.toasts.take_focus()
    assert not window.toasts._timer.isActive()
    context.actions["tools.messages"].trigger()
    assert window.toasts.isVisible()


def test_f6_shows_the_last_message_again(window: MainWindow, context: Context) -> None:
    context.messages.say(SENTENCE)
    window.toasts.dismiss()
    context.actions["tools.messages"].trigger()
    assert window.toasts.toast is not None
    assert window.focusWidget() is not None
    assert window.toasts.isAncestorOf(window.focusWidget())


def test_the_failure_dialog_says_three_things(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    context.messages.fail(
        EnvironmentFault(
            msg("Window", "Saved: {name}", name="<img src=x>"), safe=SENTENCE, remedy=SENTENCE
        )
    )
    dialog = window.findChild(FailureDialog)
    assert dialog is not None
    assert dialog.isVisible()
    texts = [one.text() for one in dialog.findChildren(QLabel)]
    assert "Saved: <img src=x>" in texts
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in dialog.findChildren(QLabel))
    assert_accessible(dialog)
    assert_no_overlap_or_cut(dialog)
    with qtbot.waitSignal(dialog.accepted):
        dialog.close_button.click()
