"""Actions: declared once, no shortcut twice, menus and help made from them, done by whoever can."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from acctdesk import i18n
from acctdesk.i18n import msg
from acctdesk.services.profile import get_profile, set_profile
from acctdesk.ui import icons
from acctdesk.ui.action_list import ACTIONS, MENUS
from acctdesk.ui.actions import key_caps
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.shortcuts import open_shortcuts
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.theme import Density, ThemeChoice, tokens
from acctdesk.ui.widgets.basics import KeyCaps, LineEdit
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.window_actions import has_typing
from tests.ui.accessibility import assert_accessible
from tests.ui.conftest import PlainPage
from tests.ui.geometry import assert_no_overlap_or_cut

LABEL = msg("Window", "Backing up")


def test_no_shortcut_is_declared_twice() -> None:
    declared = [QKeySequence(one).toString() for spec in ACTIONS for one in spec.shortcuts] + [
        f"Ctrl+{number}" for number in range(1, 10)
    ]
    assert [one for one, times in Counter(declared).items() if times > 1] == []
    assert all(declared), "a shortcut that Qt does not know"


def test_every_action_is_declared_once_in_a_known_menu_with_a_known_icon() -> None:
    ids = [spec.id for spec in ACTIONS]
    assert len(ids) == len(set(ids))
    assert {spec.menu for spec in ACTIONS} <= {key for key, _ in MENUS}
    assert all(icons.exists(spec.icon) for spec in ACTIONS if spec.icon)


@pytest.mark.parametrize("language", ["el", "en"])
def test_access_keys_of_the_menus_are_unique(language: str, window: MainWindow) -> None:
    window.context.languages.speak(language)
    titles = [action.text() for action in window.menuBar().actions()]
    keys = [title[title.index("&") + 1].casefold() for title in titles]
    assert len(keys) == len(set(keys)) == len(titles)


def test_the_menus_hold_exactly_the_installed_actions(window: MainWindow) -> None:
    menus = [action.menu() for action in window.menuBar().actions()]
    held = [
        one.objectName()
        for menu in menus
        for one in menu.actions()  # type: ignore[attr-defined]
        if not one.isSeparator()
    ]
    assert sorted(held) == sorted(window.context.actions.ids())


def test_an_action_that_nobody_handles_is_not_there(context: Context, window: MainWindow) -> None:
    assert "record.interaction" in context.actions
    assert "record.contact" not in context.actions
    assert "page.reports" in context.actions


def test_the_page_at_hand_does_it_and_says_when_it_cannot(
    context: Context, window: MainWindow
) -> None:
    page = window.page
    assert isinstance(page, PlainPage)
    context.actions["edit.edit"].trigger()
    assert page.done == ["edit"]
    page.possible = False
    page.actions_changed.emit()
    assert not context.actions["edit.edit"].isEnabled()


def test_an_action_goes_to_its_home_page(context: Context, window: MainWindow) -> None:
    window.show_page("reports")
    context.actions["record.interaction"].trigger()
    assert isinstance(window.page, PlainPage)
    assert window.page.spec.key == "clients"
    assert window.page.done == ["new_interaction"]


def test_filtering_goes_where_there_is_a_filter(context: Context, window: MainWindow) -> None:
    window.show_page("reports")
    context.actions["edit.filter"].trigger()
    assert isinstance(window.page, PlainPage)
    assert window.page.spec.key == "clients"
    assert window.focusWidget() is window.page.field


def test_undo_and_redo_name_the_step(context: Context, window: MainWindow) -> None:
    assert not context.actions["edit.undo"].isEnabled()
    context.runner.submit(msg("Window", "Backing up"), set_profile, company="Νέα Α.Ε.")
    assert context.actions.label("edit.undo") == "Undo: Backing up"
    assert window.topbar.undo.toolTip() == "Undo: Backing up (Ctrl+Z)"
    context.actions["edit.undo"].trigger()
    assert context.desk.query(get_profile).company == "Αιγαίον ΑΕ"
    assert not context.actions["edit.undo"].isEnabled()
    assert context.actions.label("edit.redo") == "Redo: Backing up"
    assert window.toasts.toast is not None
    context.actions["edit.redo"].trigger()
    assert context.desk.query(get_profile).company == "Νέα Α.Ε."


def test_undo_belongs_first_to_the_field_at_hand(context: Context, window: MainWindow) -> None:
    context.runner.submit(LABEL, set_profile, company="Νέα Α.Ε.")
    assert isinstance(window.page, PlainPage)
    field = window.page.field
    field.setFocus()
    field.insert("abc")
    assert has_typing(field, "undo")
    context.actions["edit.undo"].trigger()
    assert field.text() == ""
    assert context.desk.query(get_profile).company == "Νέα Α.Ε."
    context.actions["edit.undo"].trigger()
    assert context.desk.query(get_profile).company == "Αιγαίον ΑΕ"


def test_what_has_typing_of_its_own(window: MainWindow) -> None:
    note, line = QPlainTextEdit(window), LineEdit(window)
    assert not has_typing(note, "undo")
    assert not has_typing(line, "redo")
    note.insertPlainText("α")
    assert has_typing(note, "undo")
    assert not has_typing(window, "undo")


def test_theme_density_sidebar_and_language_change_live(
    context: Context, window: MainWindow
) -> None:
    context.actions["view.dark"].trigger()
    assert tokens().dark
    assert context.actions["view.dark"].isChecked()
    assert not context.actions["view.light"].isChecked()
    context.actions["view.compact"].trigger()
    assert context.theme.density is Density.COMPACT
    context.actions["view.sidebar"].trigger()
    assert window.sidebar.width() == 56
    context.actions["view.sidebar"].trigger()
    assert window.sidebar.width() == 224
    context.actions["view.english"].trigger()
    assert i18n.language() == "en"
    context.actions["view.system"].trigger()
    assert context.theme.choice is ThemeChoice.SYSTEM


def test_the_marks_in_the_menus_follow_what_is_chosen(context: Context, window: MainWindow) -> None:
    def marked(choice: str) -> set[str]:
        actions = context.actions
        ids = [one for one in actions.ids() if actions.spec(one).choice == choice]
        return {one for one in ids if actions[one].isChecked()}

    for colours in ("view.dark", "view.system", "view.light", "view.light"):
        context.actions[colours].trigger()
        assert marked("theme") == {colours}
    for language in ("view.greek", "view.english", "view.english"):
        context.actions[language].trigger()
        assert marked("language") == {language}
    for page in ("page.reports", "page.clients", "page.clients"):
        context.actions[page].trigger()
        assert marked("page") == {page}
    window.sidebar.button("reports").click()
    assert marked("page") == {"page.reports"}
    for switch, action in (
        ("density", "view.compact"),
        ("privacy", "view.privacy"),
        ("sidebar", "view.sidebar"),
    ):
        context.actions[action].trigger()
        assert marked(switch) == {action}
        context.actions[action].trigger()
        assert marked(switch) == set()


def test_f1_lists_every_shortcut(context: Context, window: MainWindow) -> None:
    dialog = open_shortcuts(context, window)
    shown = {one.text() for one in dialog.findChildren(ElidedLabel)}
    for action in context.actions.ids():
        if context.actions.spec(action).shortcuts:
            assert context.actions.label(action) in shown
    assert len(dialog.findChildren(KeyCaps)) > 20
    assert_accessible(dialog)
    assert_no_overlap_or_cut(dialog)
    dialog.close()


def test_about_says_the_version(context: Context, window: MainWindow) -> None:
    from acctdesk.ui.dialogs.about import open_about

    dialog = open_about(context, window)
    assert any("Version" in one.text() for one in dialog.findChildren(QLabel))
    assert_accessible(dialog)
    assert_no_overlap_or_cut(dialog)
    dialog.close()


@pytest.mark.parametrize(
    ("shortcut", "caps"),
    [("Ctrl+Shift+I", ("Ctrl", "Shift", "I")), ("F1", ("F1",)), ("Ctrl++", ("Ctrl", "+"))],
)
def test_key_caps(shortcut: str, caps: tuple[str, ...]) -> None:
    assert key_caps(shortcut) == caps
