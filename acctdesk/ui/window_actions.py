"""What the window itself does when an action is triggered, and who else is asked first.

The order: the page at hand, a dialog of the registry, the window, the action's home page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeGuard

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from acctdesk import i18n
from acctdesk.i18n import Message, msg
from acctdesk.kinds import Language
from acctdesk.ui import settings as remembered
from acctdesk.ui.choosing import choose_place
from acctdesk.ui.dialogs import registry
from acctdesk.ui.messages import ToastAction
from acctdesk.ui.privacy import privacy
from acctdesk.ui.theme import Density, ThemeChoice

if TYPE_CHECKING:
    from acctdesk.errors import Halted
    from acctdesk.ui.main_window import MainWindow
    from acctdesk.ui.pages.registry import PageSpec

TextField = QLineEdit | QPlainTextEdit
# what a plain book cannot offer
_NEEDS_KEY = frozenset({"file.password", "file.recovery", "file.lock"})
_OWN: Mapping[str, str] = {
    "file.new_book": "ask_for_book",
    "file.open_book": "ask_for_book",
    "file.backup": "back_up",
    "file.restore": "ask_for_book",
    "file.move_book": "ask_for_book",
    "file.lock": "lock",
    "file.remove_demo": "remove_demo",
    "file.print": "print_page",
    "file.pdf": "save_page",
    "file.quit": "quit",
    "edit.undo": "undo",
    "edit.redo": "redo",
    "edit.filter": "filter",
    "view.sidebar": "toggle_sidebar",
    "view.privacy": "toggle_privacy",
    "view.light": "choose_theme",
    "view.dark": "choose_theme",
    "view.system": "choose_theme",
    "view.compact": "choose_density",
    "view.greek": "choose_language",
    "view.english": "choose_language",
    "tools.palette": "open_palette",
    "tools.import": "go_home",
    "tools.mail": "keep_mail",
    "tools.calendar": "take_calendar",
    "tools.bank": "take_money",
    "tools.messages": "show_last_message",
    "help.manual": "open_manual",
}


def has_typing(field: QWidget | None, step: Literal["undo", "redo"]) -> TypeGuard[TextField]:
    """Tell whether the field at hand has typing of its own to take back or do again."""
    if isinstance(field, QPlainTextEdit):
        document = field.document()
        return document.isUndoAvailable() if step == "undo" else document.isRedoAvailable()
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() if step == "undo" else field.isRedoAvailable()
    return False


class WindowActions(QObject):
    """Dispatches the actions of one window."""

    def __init__(self, window: MainWindow, pages: Sequence[PageSpec]) -> None:
        super().__init__(window)
        self._window = window
        self._context = window.context
        self._undo: Message | None = None
        self._redo: Message | None = None
        self._action = ""
        self._early: str | None = ""  # what was asked for before the book was open; None: it is
        self._halted: Halted | None = None
        self._demo = False
        by_page = {one for page in pages for one in page.handlers}
        own = set(_OWN)
        if "import" not in window.page_specs:
            own.discard("tools.import")
        actions = self._context.actions
        handled = own | by_page | registry.openable()
        if not self._context.encrypted:
            handled -= _NEEDS_KEY
        actions.install(window, handled, pages)
        actions.triggered.connect(self.dispatch)
        actions.fill_menus(window.menuBar())
        self.offer_removal(False)
        for step in ("edit.undo", "edit.redo"):
            actions.set_enabled(step, enabled=False)

    def start(self) -> None:
        """The book is open: do what was asked for meanwhile."""
        early, self._early = self._early, None
        if early:
            self.dispatch(early)

    @Slot(str)
    def dispatch(self, action: str) -> None:
        """Do what an action says, by whoever knows how."""
        if action.startswith("page."):
            self._window.show_page(action.removeprefix("page."))
            return
        if self._early is not None and action != "file.quit":
            self._early = action
            return
        self._action = action
        handler = self._page_handler(action)
        opener = registry.opener(action)
        if handler is not None:
            handler()
        elif opener is not None:
            opener(self._context, self._window)
        elif action in _OWN:
            getattr(self, _OWN[action])()
        else:
            self.go_home()
        self.refresh()

    def refresh(self) -> None:
        """Allow what somebody handles now, and tick what is chosen."""
        actions = self._context.actions
        for action in actions.ids():
            if action not in {"edit.undo", "edit.redo"}:
                actions.set_enabled(action, enabled=self._is_possible(action))
        page = self._window.page
        for key in self._window.page_specs:
            actions.tick(f"page.{key}", ticked=page is not None and page.spec.key == key)
        theme = self._context.theme
        for choice in ThemeChoice:
            actions.tick(f"view.{choice.value}", ticked=theme.choice is choice)
        actions.tick("view.compact", ticked=theme.density is Density.COMPACT)
        actions.tick("view.greek", ticked=i18n.language() is Language.EL)
        actions.tick("view.english", ticked=i18n.language() is Language.EN)
        actions.tick("view.privacy", ticked=privacy().on)
        narrow = self._context.settings.get(remembered.SIDEBAR_COLLAPSED)
        actions.tick("view.sidebar", ticked=narrow)

    def halt(self, halted: Halted | None) -> None:
        """Forbid what changes the book while it is only read, with the reason; allow it again."""
        if (halted is None) is (self._halted is None):
            return
        self._halted = halted
        reason = None if halted is None else halted.message
        self._context.actions.give_reason(
            [one for one in self._context.actions.ids() if self._is_change(one)], reason
        )
        self._context.actions.fill_menus(self._window.menuBar())
        self.refresh()
        self.refresh_undo()

    def _is_change(self, action: str) -> bool:
        return self._context.actions.spec(action).changes

    def _is_possible(self, action: str) -> bool:
        if self._halted is not None and self._is_change(action):
            return False
        if action == "file.remove_demo":
            return self._demo
        page = self._window.page
        if page is not None and action in page.spec.handlers:
            return page.can(action)
        if action in _OWN or action.startswith("page.") or action in registry.openable():
            return True
        home = self._context.actions.spec(action).home
        return home in self._window.page_specs

    def _page_handler(self, action: str) -> Callable[[], Any] | None:
        page = self._window.page
        if page is None or action not in page.spec.handlers or not page.can(action):
            return None
        handler: Callable[[], Any] = getattr(page, page.spec.handlers[action])
        return handler

    # -- undo ------------------------------------------------------------------------------------

    @Slot()
    def refresh_undo(self) -> None:
        """Ask what undo and redo would do; their words say it."""
        desk = self._context.desk
        runner = self._context.runner
        runner.read(desk.undo_label, on_done=self._show_undo, key="window.undo")
        runner.read(desk.redo_label, on_done=self._show_redo, key="window.redo")

    def _show_undo(self, label: Message | None) -> None:
        self._undo = label
        text = None if label is None else msg("Action", "Undo: {label}", label=label)
        self._context.actions.set_text("edit.undo", text)
        self._context.actions.set_enabled("edit.undo", enabled=self._may_step(label))

    def _may_step(self, label: Message | None) -> bool:
        return label is not None and self._halted is None

    def _show_redo(self, label: Message | None) -> None:
        self._redo = label
        text = None if label is None else msg("Action", "Redo: {label}", label=label)
        self._context.actions.set_text("edit.redo", text)
        self._context.actions.set_enabled("edit.redo", enabled=self._may_step(label))

    @Slot()
    def undo(self) -> None:
        """Take back: first in the field at hand, else the book's last step."""
        field = self._window.focusWidget()
        if has_typing(field, "undo"):
            field.undo()
        else:
            self._context.runner.undo(on_done=self._undone, on_error=self._refused)

    @Slot()
    def redo(self) -> None:
        """Do again: first in the field at hand, else the book's last step taken back."""
        field = self._window.focusWidget()
        if has_typing(field, "redo"):
            field.redo()
        else:
            self._context.runner.redo(on_done=self._redone, on_error=self._refused)

    def _undone(self, changes: Any) -> None:
        self._context.messages.say(
            msg("Window", "Taken back: {label}", label=changes.label),
            action=ToastAction(msg("Window", "Redo"), self.redo),
        )

    def _redone(self, changes: Any) -> None:
        self._context.messages.say(
            msg("Window", "Done again: {label}", label=changes.label),
            action=ToastAction(msg("Window", "Undo"), self.undo),
        )

    def _refused(self, error: Exception) -> None:
        self._context.messages.fail(error)
        self.refresh_undo()

    # -- file ------------------------------------------------------------------------------------

    @Slot()
    def back_up(self) -> None:
        """Make a verified backup now; elsewhere where the book's own place is not written to."""
        if self._halted is not None:
            self._window.banners.choose_folder()
            return
        desk = self._context.desk
        self._context.runner.long(
            msg("Window", "Backing up"),
            lambda _progress, _cancelled: desk.backup(),
            on_done=self._window.backed_up,
        )

    def ask_for_book(self) -> None:
        """Let the program ask for another book."""
        self._window.book_wanted.emit(self._action)

    def offer_removal(self, demo: bool) -> None:
        """Offer to remove the book where it is a demo; no other book is removed from here."""
        self._demo = demo
        self._context.actions.show("file.remove_demo", shown=demo)
        self._context.actions.set_enabled("file.remove_demo", enabled=demo)

    def remove_demo(self) -> None:
        """Remove the demo book: at once, or after a question where it holds work of the officer."""
        self._context.runner.read(self._context.desk.own_changes, on_done=self._remove_demo)

    def _remove_demo(self, changes: int) -> None:
        from acctdesk.ui.dialogs.removal import ask_to_remove

        if changes:
            ask_to_remove(self._window, changes, self._window.removal_wanted.emit)
        else:
            self._window.removal_wanted.emit()

    def lock(self) -> None:
        """Let the program shut the book until its password is given."""
        self._window.lock_wanted.emit()

    def quit(self) -> None:
        """Close the window."""
        self._window.close()

    def print_page(self) -> None:
        """Print what the page at hand has to print."""
        document = self._document()
        if document is not None and self._window.page is not None:
            from acctdesk.ui.printing import PrintJob

            PrintJob(document, self._window.page.spec.title, self._window).open()

    def save_page(self) -> None:
        """Save as PDF what the page at hand has to print."""
        if self._document() is None or self._window.page is None:
            return
        place = self._context.settings.folder() / f"{self._window.page.spec.title}.pdf"
        title = msg("Window", "Save as PDF")
        choose_place(self._window, title, place, ["PDF (*.pdf)"], self.write_pdf)

    @Slot(str)
    def write_pdf(self, file: str) -> None:
        """Write the page at hand to a PDF file."""
        from acctdesk.ui.printing import save_pdf

        document = self._document()
        if document is None or self._window.page is None:
            return
        save_pdf(document, Path(file), heading=str(self._window.page.spec.title))
        self._context.settings.set(remembered.LAST_FOLDER, str(Path(file).parent))
        self._context.messages.say(msg("Window", "Saved: {name}", name=Path(file).name))

    def _document(self) -> Any:
        page = self._window.page
        document = page.print_document() if page is not None else None
        if document is None:
            self._context.messages.refuse(msg("Window", "There is nothing to print on this page."))
        return document

    # -- view ------------------------------------------------------------------------------------

    def filter(self) -> None:
        """Put the cursor into the filter of the page at hand, or of the action's home page."""
        page = self._window.page
        if page is None or not page.filter_focus():
            self.go_home()
            if self._window.page is not None:
                self._window.page.filter_focus()

    def toggle_sidebar(self) -> None:
        """Narrow the sidebar or widen it."""
        narrow = self._context.settings.get(remembered.SIDEBAR_COLLAPSED)
        self._window.set_sidebar_narrow(not narrow)

    def toggle_privacy(self) -> None:
        """Hide amounts and other clients' names, or show them again."""
        privacy().set_on(not privacy().on)

    def choose_theme(self) -> None:
        """Set the colours, live, and remember them."""
        choice = self._action.removeprefix("view.")
        self._context.settings.set(remembered.THEME, choice)
        self._context.theme.apply(choice)

    def choose_density(self) -> None:
        """Set rows close together or apart."""
        compact = self._context.theme.density is Density.COMPACT
        chosen = Density.COMFORTABLE if compact else Density.COMPACT
        self._context.settings.set(remembered.DENSITY, chosen.value)
        self._context.theme.set_density(chosen)

    def choose_language(self) -> None:
        """Speak the other language, live."""
        chosen = Language.EL if self._action == "view.greek" else Language.EN
        self._context.settings.set(remembered.LANGUAGE, chosen.value)
        self._context.languages.speak(chosen)

    def open_palette(self) -> None:
        """Open the palette."""
        self._window.open_palette()

    def keep_mail(self) -> None:
        """Choose saved e-mails for the timelines."""
        self._window.incoming.choose_mail()

    def take_calendar(self) -> None:
        """Choose calendars whose appointments become tasks."""
        self._window.incoming.choose_calendar()

    def take_money(self) -> None:
        """Choose files of a bank, or e-invoices."""
        self._window.incoming.choose_money()

    def show_last_message(self) -> None:
        """Reach the toast by key."""
        self._window.show_last_message()

    def open_manual(self) -> None:
        """Open the manual at what is in front."""
        from acctdesk.ui.dialogs.help import open_help

        open_help(self._window.topic, self._window)

    def go_home(self) -> None:
        """Go to the page an action belongs to, and let that page do it."""
        home = self._context.actions.spec(self._action).home
        if home is None or home not in self._window.page_specs:
            return
        self._window.show_page(home)
        handler = self._page_handler(self._action)
        if handler is not None:
            handler()
