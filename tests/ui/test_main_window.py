"""The frame: pages, primary action, geometry, words; nothing cut, everything named."""

from __future__ import annotations

import datetime as dt
import inspect
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from acctdesk.i18n import Message, msg
from acctdesk.services.profile import set_profile
from acctdesk.ui import main_window
from acctdesk.ui import settings as remembered
from acctdesk.ui.actions import specs
from acctdesk.ui.context import Context, Target
from acctdesk.ui.dialogs import registry
from acctdesk.ui.frame import bring_back
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.page import PrimaryAction
from acctdesk.ui.pages.registry import PAGES, PageSpec
from acctdesk.ui.theme import tokens
from acctdesk.ui.widgets.toast import ToastBar
from tests.ui.accessibility import assert_accessible
from tests.ui.conftest import OtherPage, PlainPage
from tests.ui.geometry import assert_no_overlap_or_cut


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("size", [(800, 600), (1366, 768), (1920, 1080)])
def test_nothing_is_cut_and_everything_is_named(
    window: MainWindow, context: Context, qapp: QApplication, language: str, size: tuple[int, int]
) -> None:
    context.languages.speak(language)
    window.resize(*size)
    qapp.processEvents()
    assert (window.width(), window.height()) == size
    assert_no_overlap_or_cut(window)
    assert_accessible(window)


def test_pages_are_made_when_first_shown(window: MainWindow) -> None:
    assert window.stack.count() == 1
    window.sidebar.button("reports").click()
    assert window.stack.count() == 2
    assert isinstance(window.page, OtherPage)
    assert window.sidebar.button("reports").isChecked()
    window.show_page("clients")
    assert window.stack.count() == 2


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.key)
def test_every_page_is_where_its_spec_says_and_does_what_it_handles(spec: PageSpec) -> None:
    page = spec.page_class()
    assert page.spec is spec
    assert [one for one in spec.handlers.values() if not callable(getattr(page, one, None))] == []
    assert set(spec.handlers) <= set(specs())
    question = spec.count_question()
    assert question is None or callable(question)


def test_the_sidebar_opens_the_report_and_the_page_stays(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(registry, "opener", lambda action: lambda *_: asked.append(action))
    window.sidebar.mark("clients")
    window.sidebar.button("clients").setFocus()
    QTest.keyClick(window.sidebar.button("clients"), Qt.Key.Key_Tab)
    assert window.focusWidget() is window.sidebar.report
    QTest.keyClick(window.sidebar.report, Qt.Key.Key_Space)
    assert asked == ["tools.report"]
    assert window.sidebar.button("clients").isChecked()


def test_the_report_stands_between_its_figures_and_the_files_that_come_in(context: Context) -> None:
    made = MainWindow(context, PAGES)
    made.show()
    made.sidebar.show_demo(True)
    assert made.sidebar.minimumSizeHint().height() <= 356  # a laptop's window at double size
    places = [made.sidebar.button("targets"), made.sidebar.report, made.sidebar.button("import")]
    assert sorted(places, key=lambda one: one.y()) == places
    made.close()
    made.deleteLater()


def test_a_window_begins_at_its_first_page(context: Context, window: MainWindow) -> None:
    window.show_page("reports")
    second = MainWindow(context, [PlainPage.spec, OtherPage.spec])
    second.start()
    assert second.page is not None
    assert second.page.spec.key == "clients"
    second.close()


def test_a_page_has_its_figure_before_it_is_shown(
    context: Context, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = replace(OtherPage.spec, question="tests.ui.test_main_window:_forty")
    monkeypatch.setitem(window.page_specs, "reports", asked)
    monkeypatch.setattr(PlainPage, "count_is_urgent", lambda _self: True)
    context.runner.submit(msg("Window", "Undo"), set_profile, company="Νέα")
    window.show_page("clients")
    assert window.sidebar.button("reports")._count == 40
    assert window.sidebar.button("clients")._urgent
    assert not window.sidebar.button("reports")._urgent


def _forty(_session: object, *, today: dt.date) -> int:
    return 40 if today else 0


def test_a_change_is_told_to_pages_that_were_made(window: MainWindow, context: Context) -> None:
    context.runner.submit(msg("Window", "Undo"), set_profile, company="Νέα", initiator="x")
    assert isinstance(window.page, PlainPage)
    ((changes, initiator),) = window.page.heard
    assert initiator == "x"
    assert changes.tables()


def test_a_record_is_shown_on_its_page(window: MainWindow, context: Context) -> None:
    window.show_page("reports")
    context.navigator.show_record("clients", "client", 2**40)
    assert isinstance(window.page, PlainPage)
    assert window.page.targets == [Target("clients", "client", 2**40)]
    context.navigator.go("nowhere")
    assert window.page.spec.key == "clients"


def test_one_filled_button_which_a_page_may_replace(
    window: MainWindow, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = window.topbar
    assert bar.primary.text() == "New interaction"
    assert not bar.second.isVisible()
    wanted = PrimaryAction("edit.edit", msg("Palette", "Task"))
    monkeypatch.setattr(PlainPage, "primary_action", property(lambda _self: wanted))
    window.show_page("clients")
    assert (bar.primary.text(), bar.second.text()) == ("Task", "New interaction")
    assert isinstance(window.page, PlainPage)
    bar.primary.click()
    bar.second.click()
    assert window.page.done == ["edit", "new_interaction"]


def test_an_action_may_stand_on_either_button_again_and_again(
    window: MainWindow, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = PrimaryAction("edit.edit", msg("Palette", "Task"))
    monkeypatch.setattr(OtherPage, "primary_action", property(lambda _self: wanted))
    for _ in range(3):
        window.show_page("reports")
        assert window.topbar.primary.text() == "Task"
        assert window.topbar.second.text() == "New interaction"
        window.show_page("clients")
        assert window.topbar.primary.text() == "New interaction"
    context.actions["record.interaction"].setEnabled(False)
    assert not window.topbar.primary.isEnabled()


def test_the_figure_of_a_page_stands_in_the_sidebar(window: MainWindow) -> None:
    assert window.sidebar.button("clients")._count == 248


def test_the_status_says_encryption_and_backup(window: MainWindow, context: Context) -> None:
    status = window.sidebar.status
    assert status.text() == "Not encrypted"
    assert "Not backed up yet" in status.accessibleName()
    context.actions["file.backup"].trigger()
    assert "checked" in status.accessibleName()
    assert window.toasts.toast is not None
    assert "Backed up and checked" in str(window.toasts.toast.text)


def test_the_status_follows_the_backup_that_long_work_makes(
    window: MainWindow, context: Context
) -> None:
    """An import backs the book up first, and says so beforehand: the sidebar must not deny it."""

    def work(_progress: object, _cancelled: object) -> Path:
        return context.desk.backup()

    assert "Not backed up yet" in window.sidebar.status.accessibleName()
    context.runner.long(msg("Step", "Draft"), work, writes=True)
    assert "checked" in window.sidebar.status.accessibleName()


def test_language_changes_every_word_live(window: MainWindow, context: Context) -> None:
    assert window.sidebar.button("clients").text() == "Clients"
    window.context.languages.speak("el")
    assert window.menuBar().actions()[0].text() == "&Αρχείο"
    assert window.sidebar.button("clients").text() == "Πελάτες"
    assert window.topbar.primary.text() == "Νέα επικοινωνία"
    assert context.actions.label("file.quit") == "Έξοδος"
    assert "Πελάτες" in window.windowTitle()
    title = next(one for one in window.findChildren(QLabel) if one.property("role") == "title")
    assert title.text() == "Πελάτες"


def test_geometry_is_remembered(window: MainWindow, context: Context) -> None:
    window.setGeometry(0, 40, 800, 650)
    window.close()
    second = MainWindow(context, [PlainPage.spec])
    assert (second.width(), second.height()) == (800, 650)
    second.close()


def test_a_window_off_every_screen_is_brought_back(window: MainWindow) -> None:
    window.move(QPoint(-20_000, 9_000))
    bring_back(window)
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    assert any(screen.intersects(window.frameGeometry()) for screen in screens)
    place = QRect(window.frameGeometry())
    bring_back(window)
    assert window.frameGeometry() == place


def test_a_page_with_work_under_way_keeps_the_window_open(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PlainPage, "may_close", lambda _self: False)
    window.close()
    assert window.isVisible()
    monkeypatch.undo()


def test_the_greek_iota_opens_the_quick_line(
    context: Context, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    handlers = {**PlainPage.spec.handlers, "record.quick_line": "edit"}
    monkeypatch.setattr(PlainPage, "spec", replace(PlainPage.spec, handlers=handlers))
    window = MainWindow(context, [PlainPage.spec])
    window.start()
    key = QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "ι")
    qapp.sendEvent(window, key)
    assert isinstance(window.page, PlainPage)
    assert window.page.done == ["edit"]
    window.close()


def test_long_work_is_shown_with_cancel(window: MainWindow, qapp: QApplication) -> None:
    from acctdesk.ui.runner import LongWork

    work = LongWork(msg("Window", "Backing up"), window)
    window.work.follow(work)
    assert not window.work.isVisible()
    work.tell_shown()
    assert window.work.isVisible()
    assert window.work.under_way
    work._tell(1, 4, None)
    work._tell(3, 4, msg("Window", "Undo"))
    assert window.work.bar.value() == 750
    qapp.processEvents()
    assert_no_overlap_or_cut(window)
    window.work.cancel.click()
    assert work.cancelled()
    work.end()
    assert not window.work.isVisible()


def test_a_page_is_printed_as_pdf(window: MainWindow, context: Context, tmp_path: Path) -> None:
    file = tmp_path / "list.pdf"
    window.acts.write_pdf(str(file))
    assert file.read_bytes().startswith(b"%PDF")
    assert window.toasts.toast is not None


def test_focus_shows_a_ring_of_accent(window: MainWindow, qapp: QApplication) -> None:
    def accents(widget: object) -> int:
        image = widget.grab().toImage()  # type: ignore[attr-defined]
        wanted = QColor(tokens().accent)
        return sum(
            image.pixelColor(x, y) == wanted
            for x in range(image.width())
            for y in range(image.height())
        )

    for widget in (window.topbar.search, window.sidebar.button("reports")):
        window.sidebar.status.setFocus()
        qapp.processEvents()
        before = accents(widget)
        widget.setFocus()
        qapp.processEvents()
        around = 2 * (widget.width() + widget.height())
        assert accents(widget) - before > around


def test_nothing_is_unreadable_in_the_dark(
    window: MainWindow, context: Context, qapp: QApplication
) -> None:
    context.theme.apply("dark")
    qapp.processEvents()
    image = window.grab().toImage()
    light = sum(
        image.pixelColor(x, y).lightness() > 200
        for x in range(0, image.width(), 4)
        for y in range(0, image.height(), 4)
    )
    assert light < 0.02 * image.width() * image.height() / 16


def test_the_window_is_a_frame(window: MainWindow, qtbot: QtBot) -> None:
    source = inspect.getsource(main_window)
    assert len(source.splitlines()) < 400
    assert window.minimumWidth() == 800
    assert window.minimumHeight() == 600
    assert window.findChildren(ToastBar) == [window.toasts]


def test_what_is_remembered_has_a_type(context: Context) -> None:
    store = context.settings
    store.set(remembered.splitter("x"), [1, 2, 3])
    store.set(remembered.columns("x"), {"order": ["α,β", 'γ"'], "n": 1})
    store.set(remembered.SIDEBAR_COLLAPSED, True)
    store.save()
    again = type(store)(Path(store._store.fileName()))
    assert again.get(remembered.splitter("x")) == [1, 2, 3]
    assert again.get(remembered.columns("x")) == {"order": ["α,β", 'γ"'], "n": 1}
    assert again.get(remembered.SIDEBAR_COLLAPSED) is True
    again._store.setValue("window/sidebar_collapsed", '"yes"')
    assert again.get(remembered.SIDEBAR_COLLAPSED) is False
    again._store.setValue("window/sidebar_collapsed", "{broken")
    assert again.get(remembered.SIDEBAR_COLLAPSED) is False


def test_words_are_data_or_messages(window: MainWindow) -> None:
    from acctdesk.ui.words import plain_tip, spoken

    assert spoken("Παπαδόπουλος & Υιοί") == "Παπαδόπουλος & Υιοί"
    assert spoken(Message("Palette", "Task")) == "Task"
    assert plain_tip("<img src=x>") == "<span>&lt;img src=x&gt;</span>"
