"""The Cases page: disputes, disruptions and requests to departments, each in a list and in full."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from acctdesk.i18n import msg
from acctdesk.kinds import DisputeState, RequestState
from acctdesk.services.case_rows import (
    DisputeCard,
    DisputeRow,
    DisruptionCard,
    DisruptionRow,
    RequestRow,
)
from acctdesk.services.disputes import dispute_card, disputes
from acctdesk.services.disruptions import disruption_card, disruptions
from acctdesk.services.profile import get_profile
from acctdesk.services.requests import requests
from acctdesk.services.rows import Profile
from acctdesk.ui.itemmodels.cases_text import of_dispute, of_disruption, of_request
from acctdesk.ui.itemmodels.entries import Entry
from acctdesk.ui.keys import latin_key
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.cases.deeds import CaseDeeds
from acctdesk.ui.pages.cases.detail import CaseDetail
from acctdesk.ui.pages.cases.forms import Card, form_of, new_form
from acctdesk.ui.pages.cases.list_card import ListCard
from acctdesk.ui.pages.cases.printing import (
    dispute_document,
    disruption_document,
    request_document,
)
from acctdesk.ui.pages.cases.words import CHIPS, KINDS, NEW
from acctdesk.ui.pages.loaded import LoadedPage
from acctdesk.ui.pages.page import PrimaryAction
from acctdesk.ui.widgets.basics import label, row
from acctdesk.ui.widgets.filter_chips import FilterChips
from acctdesk.ui.widgets.filter_field import FilterField
from acctdesk.ui.widgets.following_area import FollowingArea
from acctdesk.ui.widgets.menu import Deed, open_menu
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context, Target

BESIDE = 900  # px: a narrower page has the case under the list


class CasesPage(LoadedPage):
    """What is contested, what fails, and who still owes an answer."""

    spec = registry.CASES
    tables = (
        "disputes", "disputed_documents", "dispute_notices", "disruptions", "disruption_clients",
        "requests", "departments", "clients", "documents", "receipts", "allocations", "settings",
    )  # fmt: skip

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted: tuple[str, int] | None = None  # to be chosen when it arrives
        self._currency = "EUR"
        self._rows: dict[str, list[Any] | None] = dict.fromkeys(KINDS, None)
        self.card: Card | None = None
        self._show_card: Callable[[], None] | None = None  # shows it again
        self.deeds = CaseDeeds(context, self)
        self._build()
        self.list.entry_changed.connect(self._chosen)
        self.list.opened.connect(self._edit_entry)
        self.list.edit_wanted.connect(self._edit_entry)
        self.list.ticked.connect(self._main_deed)
        self.list.trash_wanted.connect(self._trash)
        self.list.menu_wanted.connect(self._open_menu)
        self.detail.wanted.connect(self.do)
        self.detail.entry_wanted.connect(self._do_with_entry)

    # -- what the window asks

    @property
    def primary_action(self) -> PrimaryAction | None:
        """The filled button adds what the chip stands for."""
        return PrimaryAction(NEW[self.chips.key][0] or "record.dispute")

    def count(self) -> int | None:
        """Return how many disputes and answers are late."""
        if any(held is None for held in self._rows.values()):
            return None
        late = sum((one.days_left or 0) < 0 for one in self._rows["dispute"] or ())
        return (late + sum(one.late for one in self._rows["request"] or ())) or None

    def count_is_urgent(self) -> bool:
        """Say yes: these are late."""
        return True

    def first_focus(self) -> None:
        """Put the keyboard into the list as soon as it is there."""
        self.card_of_list.states.focus_list(self.filter)

    def filter_focus(self) -> bool:
        """Put the cursor into the filter."""
        self.filter.take_cursor()
        return True

    def can(self, action: str) -> bool:
        """Tell whether an action makes sense now."""
        if action in {"edit.edit", "edit.trash", "record.complete"}:
            return self.list.current_entry() is not None
        return action in self.spec.handlers

    def set_read_only(self, read_only: bool) -> None:
        """Offer in the case only what changes nothing."""
        self.detail.set_read_only(read_only)

    def open_target(self, target: Target) -> None:
        """Show the cases of a kind, and one among them."""
        self.activated()
        kind = target.kind or target.text
        if kind in NEW:
            self.filter.clear()
            self.chips.choose(kind)
            if target.id is not None:
                self._wanted = (kind, target.id)
            self._show()
            self.list.setFocus()

    def print_document(self) -> QTextDocument | None:
        """Return the case that is shown, as a page."""
        if isinstance(self.card, DisputeCard):
            return dispute_document(self.card, self._currency)
        if isinstance(self.card, DisruptionCard):
            return disruption_document(self.card)
        return None if self.card is None else request_document(self.card)

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+N: here it makes what the list is about."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and _is_new(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Make a new case by Ctrl+N."""
        if _is_new(event):
            self.new_case()
        else:
            super().keyPressEvent(event)

    # -- building

    def _build(self) -> None:
        self.filter = FilterField(msg("Cases", "Words of the case, client or department"), self)
        self.filter.textChanged.connect(self._typed)
        self.chips = FilterChips(CHIPS, msg("Cases", "Show"), self)
        self.chips.chosen.connect(self._show)
        self.card_of_list = ListCard(self)
        self.list = self.card_of_list.list
        self.filter.left_downwards.connect(self.list.setFocus)
        self.card_of_list.states.clear_wanted.connect(self.filter.clear)
        self.card_of_list.states.again.connect(self.load)
        self.card_of_list.new_wanted.connect(self.new_case)
        self.detail = CaseDetail(self)
        self.detail.show_nothing()
        self.area = FollowingArea(self)
        held = QWidget()
        held.setObjectName("content")
        around = QVBoxLayout(held)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.detail)
        self.area.setWidget(held)
        say(self.area, name=msg("Cases", "The case in full"))
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(16)
        self._body.addWidget(self.card_of_list, 1)
        self._body.addWidget(self.area, 1)
        head = row(label(self.spec.title, "title"), None, self.filter, spacing=12)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.chips)
        column.addLayout(self._body, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the case beside the list or under it."""
        super().resizeEvent(event)
        beside = self.width() >= BESIDE
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._body.setDirection(across if beside else down)
        self.card_of_list.set_room(wide=beside)

    # -- answers

    @Slot()
    def load(self) -> None:
        """Fetch the three lists anew, closed ones too."""
        ask, today = self.context.runner.ask, self.context.today()
        ask(
            get_profile, key="cases.profile", on_done=self._profile, on_error=self.card_of_list.fail
        )
        for key, question, more in (
            ("dispute", disputes, {"today": today, "open_only": False}),
            ("disruption", disruptions, {}),
            ("request", requests, {"today": today, "open_only": False}),
        ):
            ask(
                question,
                key=f"cases.{key}",
                on_done=partial(self._arrived, key),
                on_error=self.card_of_list.fail,
                **more,
            )

    def _profile(self, profile: Profile) -> None:
        self._currency = profile.currency

    def _arrived(self, kind: str, rows: list[Any]) -> None:
        self._rows[kind] = rows
        if any(held is None for held in self._rows.values()):
            return
        self.chips.show_counts({key: len(self._entries(key)) for key in NEW})
        self.say_anew()

    def speak(self) -> None:
        """Show the lists, and the case at hand as it was until it is fetched anew."""
        if self._show_card is not None:
            self._show_card()
        self._show()

    def _entries(self, chip: str) -> list[Entry]:
        """Return what a chip shows."""
        made = [of_dispute(one, currency=self._currency) for one in self._rows["dispute"] or ()]
        made += [of_disruption(one) for one in self._rows["disruption"] or ()]
        made += [of_request(one) for one in self._rows["request"] or ()]
        if chip == "closed":
            return [one for one in made if _is_closed(one)]
        return [one for one in made if one.key[0] == chip and not _is_closed(one)]

    @Slot()
    def _show(self) -> None:
        if any(held is None for held in self._rows.values()):
            return
        wanted = self._wanted
        shown = self._entries(self.chips.key)
        if wanted is not None and wanted not in {one.key for one in shown}:
            closed = self._entries("closed")
            if wanted in {one.key for one in closed}:  # it was closed meanwhile
                self._wanted = wanted
                self.chips.choose("closed")
                return
        self.list.show_entries(shown)
        if wanted is not None:
            self.list.choose(wanted)
            self._wanted = None
        self._show_state()
        self._chosen()

    def _show_state(self) -> None:
        typed = bool(self.filter.text().strip())
        hidden = typed and bool(self._entries(self.chips.key))
        self.card_of_list.show_state(self.chips.key, hidden=hidden)

    @Slot()
    def _chosen(self) -> None:
        """Fetch the current case in full."""
        entry = self.list.current_entry()
        self.actions_changed.emit()
        if entry is None:
            self._take_card(None, self.detail.show_nothing)
            return
        kind, number = entry.key
        ask, today = self.context.runner.ask, self.context.today()
        if kind == "dispute":
            ask(
                _dispute,
                dispute_id=number,
                today=today,
                key="cases.card",
                on_done=self._dispute_arrived,
                on_error=self.card_of_list.fail,
            )
        elif kind == "disruption":
            ask(
                disruption_card,
                disruption_id=number,
                key="cases.card",
                on_done=self._disruption_arrived,
                on_error=self.card_of_list.fail,
            )
        else:
            self._take_card(entry.record, partial(self.detail.show_request, entry.record))

    def _take_card(self, card: Card | None, show: Callable[[], None]) -> None:
        self.card, self._show_card = card, show
        show()

    def _dispute_arrived(self, found: tuple[DisputeCard | None, list[RequestRow]]) -> None:
        card, asked = found
        if card is not None and self._is_current("dispute", card.row.id):
            show = partial(self.detail.show_dispute, card, asked, self._currency)
            self._take_card(card, show)

    def _disruption_arrived(self, card: DisruptionCard | None) -> None:
        if card is not None and self._is_current("disruption", card.row.id):
            self._take_card(card, partial(self.detail.show_disruption, card))

    def _is_current(self, kind: str, number: int) -> bool:
        entry = self.list.current_entry()
        return entry is not None and entry.key == (kind, number)

    # -- the officer's hand

    @Slot()
    def new_case(self) -> None:
        """Make what the chip stands for."""
        action = NEW[self.chips.key][0] or "record.dispute"
        getattr(self, self.spec.handlers[action])()

    @Slot()
    def new_dispute(self) -> None:
        """Open the form for a dispute."""
        self._open_new("dispute")

    @Slot()
    def new_disruption(self) -> None:
        """Open the form for a disruption."""
        self._open_new("disruption")

    @Slot()
    def new_request(self) -> None:
        """Open the form for a request to a department."""
        self._open_new("request")

    def _open_new(self, kind: str) -> None:
        form = new_form(kind, self.context, self.window())
        form.stored.connect(partial(self._made, kind))
        form.open()

    def _made(self, kind: str, number: object) -> None:
        if isinstance(number, int):
            self.filter.clear()
            self._wanted = (kind, number)
            self.chips.choose(kind)
            self._show()

    @Slot()
    def edit(self) -> None:
        """Open the form of the current case."""
        self.do("edit")

    @Slot()
    def trash(self) -> None:
        """Move the current case to the trash."""
        entry = self.list.current_entry()
        if entry is not None:
            self._trash(entry)

    @Slot()
    def complete(self) -> None:
        """Do what comes next with the current case."""
        entry = self.list.current_entry()
        if entry is not None:
            self._main_deed(entry)

    @Slot(object)
    def _edit_entry(self, _entry: Entry) -> None:
        self.do("edit")

    @Slot(object)
    def _trash(self, entry: Entry) -> None:
        self.deeds.trash(entry)

    @Slot(object)
    def _main_deed(self, entry: Entry) -> None:
        """Close what is open: a dispute, a request; of a disruption, go to whom to tell."""
        if entry.key[0] == "disruption" and self.detail.list is not None:
            self.detail.list.setFocus()
        elif not _is_closed(entry):
            self.do("close")

    @Slot(str)
    def do(self, key: str) -> None:
        """Do one of the deeds that the case in full offers."""
        entry, card = self.list.current_entry(), self.card
        if entry is None or card is None:
            return
        form = form_of(key, card, self.context, self.window())
        if form is not None:
            form.open()
        elif key == "reopen":
            self.deeds.reopen(entry)
        elif key == "phoned" and isinstance(card, DisruptionCard):
            self._phoned(card)
        elif key == "mailed" and isinstance(card, DisruptionCard):
            self.deeds.mailed([client for client in card.clients if client.told_on is None])
        elif key == "cancel":
            self.deeds.cancel(entry.key[1])
        elif key == "mail" and isinstance(card, RequestRow):
            self.deeds.mail(card)
        elif key == "print" and "file.print" in self.context.actions:
            self.context.actions["file.print"].trigger()

    def _phoned(self, card: DisruptionCard) -> None:
        """Write down that the client at hand was told, or the first one that was not."""
        held = self.detail.list.current_entry() if self.detail.list is not None else None
        one = held.record if held is not None else None
        untold = [client for client in card.clients if client.told_on is None]
        self.deeds.phoned([one] if one in untold else untold[:1])

    @Slot(str, object)
    def _do_with_entry(self, what: str, entry: Entry) -> None:
        if entry.key[0] == "notice":
            if what == "drop":
                self.deeds.untell(entry.record.id)
            return
        client = entry.record
        if what == "open":
            self.context.navigator.show_client(client.client_id)
        elif what == "drop":
            self.deeds.remove(client)
        elif client.told_on is None:
            self.deeds.phoned([client])
        else:
            self.deeds.untold(client)

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.list.entries.set_typed(text)
        self._show_state()
        self.list.choose(None)

    @Slot(object)
    def _open_menu(self, point: QPoint) -> None:
        entry = self.list.current_entry()
        if entry is None:
            return
        offers: list[Deed] = [
            (button.text(), partial(self.do, key)) for key, button in self.detail.deeds.items()
        ]
        client_id = getattr(entry.record, "client_id", None)
        if client_id is not None:
            go = partial(self.context.navigator.show_client, client_id)
            offers.append((msg("Tasks", "Open the client"), go))
        offers.append((msg("Tasks", "Move to the trash"), partial(self.deeds.trash, entry)))
        open_menu(self, point, offers)


def _is_new(event: QKeyEvent) -> bool:
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return control and latin_key(event) == Qt.Key.Key_N


def _is_closed(entry: Entry) -> bool:
    one = entry.record
    if isinstance(one, DisputeRow):
        return one.state is not DisputeState.OPEN
    if isinstance(one, DisruptionRow):
        return one.ended_at is not None
    return isinstance(one, RequestRow) and one.state is not RequestState.OPEN


def _dispute(session: Any, *, dispute_id: int, today: Any) -> tuple[Any, list[RequestRow]]:
    """Return a dispute in full, and what departments were asked of it."""
    card = dispute_card(session, dispute_id=dispute_id, today=today)
    return card, requests(session, today=today, dispute_id=dispute_id, open_only=False)
