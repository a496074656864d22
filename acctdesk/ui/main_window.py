"""The window of a book: the frame with pages, palette, toasts. It knows pages only as pages.

Its frame is painted before the book is open, so what only pages need is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import Message, msg
from acctdesk.ui.context import Context, Target
from acctdesk.ui.frame import Frame
from acctdesk.ui.keys import answer
from acctdesk.ui.privacy import privacy
from acctdesk.ui.window_actions import WindowActions
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.services.desk import BookStatus, ChangeSet
    from acctdesk.ui.dialogs.palette import Palette
    from acctdesk.ui.itemmodels.palette import PaletteRow
    from acctdesk.ui.messages import Trouble
    from acctdesk.ui.pages.page import Page
    from acctdesk.ui.pages.registry import PageSpec
    from acctdesk.ui.runner import LongWork

NEW_INTERACTION = "record.interaction"
CLIENTS, TASKS, CASES = "clients", "tasks", "cases"  # the pages that show what a search finds


class MainWindow(Frame):
    """The window of one book: at first the frame alone, with :meth:`start` its pages."""

    settled = Signal()  # the first page has its first answers, and all else is asked; told once
    closed = Signal()  # the officer closed it; the book is still open
    lock_wanted = Signal()
    removal_wanted = Signal()  # the demo book, with its file
    again_wanted = Signal()  # shut the book and open it again
    book_wanted = Signal(str)  # "file.new_book", "file.move_book" …

    def __init__(
        self, context: Context, pages: Sequence[PageSpec], parent: QWidget | None = None
    ) -> None:
        super().__init__(context.settings, pages, parent)
        self.context = context
        self.page_specs = {page.key: page for page in pages}
        self._first = pages[0].key
        self._started = False
        self._settled = False
        self._pages: dict[str, Page] = {}
        self._current: Page | None = None
        self._palette: Palette | None = None
        self._status: BookStatus | None = None
        privacy().guest = None  # who sat beside was of another book
        self.acts = WindowActions(self, pages)
        self._connect_frame()
        self.sidebar.mark(self._first)
        self._dress_primary()
        self.retranslate()
        self.restore()

    # -- pages -------------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """Return the page at hand."""
        return self._current

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Bring a page to the front; it is made when it is first shown, and the book is open."""
        self.sidebar.mark(key)
        if not self._started:
            self._first = key
            return
        page = self._pages.get(key)
        if page is None:
            area = self.area(key)
            page = self.page_specs[key].page_class()(self.context, area.viewport())
            page.actions_changed.connect(self._refresh_actions)
            page.set_read_only(self._is_read_only())
            self._pages[key] = page
            area.hold(page)
        before, held = self._current, self.focusWidget()
        self._current = page
        page.come_forward(before)
        self.stack.setCurrentWidget(self.area(key))
        page.activated()
        if before is not None and before is not page and held and before.isAncestorOf(held):
            page.first_focus()  # the keyboard was in the page that went
        self._refresh_actions()
        self.retranslate()

    @Slot(object)
    def go(self, target: Target) -> None:
        """Show a page, and a record on it."""
        if target.page not in self.page_specs:
            return
        if self._current is None or self._current.spec.key != target.page:
            self.show_page(target.page)
        if self._current is not None and (target.kind or target.text or target.files):
            self._current.open_target(target)

    @Slot(object, object)
    def _changed(self, changes: ChangeSet, initiator: object) -> None:
        for page in self._pages.values():
            page.on_changed(changes, initiator)
        self.acts.refresh_undo()
        self._ask_counts()

    # -- palette, messages, status -------------------------------------------------------------

    @property
    def palette_overlay(self) -> Palette:
        """The palette; made when it is first wanted."""
        if self._palette is None:
            from acctdesk.ui.dialogs.palette import Palette

            self._palette = Palette(self.context, self)
            self._palette.chosen.connect(self._chosen)
        return self._palette

    @property
    def topic(self) -> str:
        """Return the manual's topic of what is in front."""
        if self._palette is not None and self._palette.isVisible():
            return self._palette.topic
        return self._current.spec.topic if self._current is not None else ""

    def _close_palette(self) -> None:
        if self._palette is not None:
            self._palette.close_palette()

    @Slot()
    def open_palette(self) -> None:
        """Open the palette."""
        self.palette_overlay.open_palette()

    @Slot(object, bool)
    def _chosen(self, row: PaletteRow, with_interaction: bool) -> None:
        if row.hit is not None:
            client = row.hit.id if row.hit.kind == "client" else row.hit.client_id
            home = CLIENTS
            if row.hit.kind in {"dispute", "request"}:
                home = CASES
            elif row.hit.kind == "task" and client is None:
                home = TASKS
            self.go(Target(home, row.hit.kind, row.hit.id, client))
        action = row.action or (NEW_INTERACTION if with_interaction else None)
        if action is not None and action in self.context.actions:
            self.context.actions[action].trigger()

    @Slot(object)
    def show_trouble(self, trouble: Trouble) -> None:
        """Show what went wrong in a calm dialog."""
        from acctdesk.ui.dialogs.failure import open_failure

        open_failure(trouble, self)

    @Slot()
    def show_last_message(self) -> None:
        """Put the focus on a reminder or the toast, or show the last toast again (F6)."""
        if self.reminders.bar.take_focus():
            return
        if not self.toasts.take_focus() and self.context.messages.log:
            self.toasts.tell(self.context.messages.log[-1])
            self.toasts.take_focus()

    @Slot()
    def refresh_status(self) -> None:
        """Ask how the book stands."""
        self.context.runner.read(
            self.context.desk.status, on_done=self.show_status, key="window.status"
        )

    def show_status(self, status: BookStatus) -> None:
        """Show how the book stands."""
        self._status = status
        self.sidebar.show_demo(status.demo)
        self.acts.offer_removal(status.demo)
        self.sidebar.status.show_status(
            encrypted=status.encrypted,
            backup_at=status.last_backup_at,
            today=self.context.today(),
        )
        self.banners.show_status(status)
        self.acts.halt(status.halted)
        for page in self._pages.values():
            page.set_read_only(self._is_read_only())
        self.retranslate()

    def _is_read_only(self) -> bool:
        return self._status is not None and self._status.halted is not None

    @Slot(object)
    def _follow_status(self, work: LongWork) -> None:
        """Long work may have made a backup: an import does, before it writes."""
        work.finished.connect(self.refresh_status)

    def backed_up(self, file: Path) -> None:
        """A backup was made and checked."""
        self.context.messages.say(
            msg("Window", "Backed up and checked: {name}", name=Path(file).name)
        )
        self.refresh_status()

    # -- look and words --------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        """Say everything again in the current language."""
        name = self._status.name if self._status else ""
        title: Message | str = "acctdesk"
        if self._current is not None and name and not privacy().on:
            title = msg(
                "Window", "{page} – {book} – acctdesk", page=self._current.spec.title, book=name
            )
            said = str(msg("Start", "Demo book")) in name  # as the first start names it
            if self._status is not None and self._status.demo and not said:
                title = msg(
                    "Window",
                    "{page} – {book} (demo) – acctdesk",
                    page=self._current.spec.title,
                    book=name,
                )
        say(self, title=title)

    @Slot(str)
    def _language_changed(self, _: str) -> None:
        self.context.actions.fill_menus(self.menuBar())
        if self._started:
            self.acts.refresh_undo()
        self._refresh_actions()
        self._close_palette()

    @Slot(bool)
    def _privacy_changed(self, _on: bool) -> None:
        self._close_palette()
        self.retranslate()
        self.topbar.show_private(privacy().on)

    @Slot(bool)
    def _busy_changed(self, busy: bool) -> None:
        self.topbar.set_busy(busy)
        if not busy:  # the answers may have changed what is possible, and the figures
            self._refresh_actions()

    @Slot()
    def _refresh_actions(self) -> None:
        self.acts.refresh()
        self._dress_primary()
        for key, page in self._pages.items():
            self.sidebar.set_count(key, page.count(), urgent=page.count_is_urgent())

    def _ask_counts(self) -> None:
        """Ask the figures of the pages that were never shown."""
        for key, spec in self.page_specs.items():
            question = None if key in self._pages else spec.count_question()
            if question is not None:
                self.context.runner.ask(
                    question,
                    today=self.context.today(),
                    key=f"window.count.{key}",
                    on_done=partial(self._count_arrived, key),
                    on_error=self._no_count,
                )

    def _count_arrived(self, key: str, count: int) -> None:
        if key not in self._pages:
            self.sidebar.set_count(key, count)

    def _no_count(self, _error: Exception) -> None:
        """A page without its figure is still a page."""

    def _dress_primary(self) -> None:
        actions = self.context.actions
        wanted = self._current.primary_action if self._current is not None else None
        usual = NEW_INTERACTION if NEW_INTERACTION in actions else None
        first = wanted.action if wanted is not None and wanted.action in actions else usual
        if wanted is not None and not wanted.action:
            first = None  # the page has the filled button itself
        self.topbar.primary.setVisible(first is not None)
        second = usual if first != usual else None
        if first is not None:
            spec = actions.spec(first)
            text = wanted.text if wanted is not None and wanted.text is not None else spec.text
            self.topbar.show_primary(actions[first], text, spec.icon)
        if second is not None:
            spec = actions.spec(second)
            self.topbar.show_second(actions[second], spec.text, spec.icon)
        else:
            self.topbar.show_second(None)

    # -- beginning and end ------------------------------------------------------------------------

    def _connect_frame(self) -> None:
        actions = self.context.actions
        self.sidebar.chosen.connect(self.show_page)
        self.sidebar.report.clicked.connect(actions["tools.report"].trigger)
        self.topbar.search.clicked.connect(actions["tools.palette"].trigger)
        self.topbar.follow_privacy(actions["view.privacy"])
        self.topbar.follow_undo(actions["edit.undo"], actions["edit.redo"])
        self.topbar.show_private(privacy().on)
        self.context.messages.troubled.connect(self.show_trouble)
        self.context.languages.changed.connect(self._language_changed)

    def _furnish(self) -> None:
        """Make what the frame can be painted without."""
        from acctdesk.ui.banners import Banners
        from acctdesk.ui.incoming import Incoming
        from acctdesk.ui.own_days import OwnDaysWatch
        from acctdesk.ui.reminders import Reminders
        from acctdesk.ui.widgets.toast import ToastBar
        from acctdesk.ui.widgets.workstrip import WorkStrip

        context = self.context
        self.banners = Banners(context, self)
        self.banners.again_wanted.connect(self.again_wanted)
        self.down.insertWidget(1, self.banners.strip)
        self.work = WorkStrip()
        self.down.addWidget(self.work)
        self.toasts = ToastBar(self)
        self.reminders = Reminders(context, self, private=_is_private)
        self.own_days = OwnDaysWatch(context, self)
        self.reminders.pulse.woke.connect(self.refresh_status)  # was the clock set back?
        self.incoming = Incoming(self)
        self.sidebar.status.clicked.connect(self.acts.back_up)
        self.sidebar.remove.clicked.connect(self.acts.remove_demo)
        context.bus.changed.connect(self._changed)
        context.messages.told.connect(self.toasts.tell)
        context.messages.halted.connect(self.refresh_status)
        context.runner.long_started.connect(self._follow_status)
        context.runner.failed.connect(context.messages.fail)
        context.runner.long_started.connect(self.work.follow)
        context.runner.busy_changed.connect(self._busy_changed)
        privacy().changed.connect(self._privacy_changed)

    def start(self) -> None:
        """The book is open: show the first page, or the one that was asked for meanwhile.

        A day begins at the first page, whatever was at hand last time.
        """
        self._started = True
        self._furnish()
        self.show_page(self._first)
        self.end_waiting()
        if self._current is not None:
            self._current.first_focus()
        self.acts.start()
        if self.context.runner.busy:
            self.context.runner.busy_changed.connect(self._settle)
        else:
            self._settle(busy=False)

    @Slot(bool)
    def _settle(self, busy: bool) -> None:
        """Ask what is not the page's: only now, so that it does not make the page wait."""
        if busy or self._settled:
            return
        self._settled = True
        self.refresh_status()
        self.own_days.load()
        self._ask_counts()
        self.reminders.start()
        self.acts.refresh_undo()
        self.settled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the toast in its place."""
        super().resizeEvent(event)
        if self._started and self.toasts.toast is not None:
            self.toasts.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer what nothing inside took: shortcuts in Greek letters, the Menu key."""
        if not answer(self, event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window, unless a page still has to be asked."""
        if not all(page.may_close() for page in self._pages.values()):
            event.ignore()
            return
        if self._settled:
            self.reminders.stop()
        self.remember()
        event.accept()
        self.closed.emit()


def _is_private() -> bool:
    return privacy().on
