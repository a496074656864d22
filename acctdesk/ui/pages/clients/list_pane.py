"""The left pane: filter, chips, the list with its states, and the foot with its sums."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.kinds import Segment
from acctdesk.services.clients import client_rows
from acctdesk.services.lists import ClientQuery
from acctdesk.services.rows import ClientRow, ClientTotals
from acctdesk.ui.behind import when_seen
from acctdesk.ui.itemmodels.client_columns import COLUMNS
from acctdesk.ui.itemmodels.clients import ClientListModel
from acctdesk.ui.pages.clients.list_loader import ListLoader
from acctdesk.ui.pages.clients.list_view import ClientView
from acctdesk.ui.widgets.basics import box, hairline, icon_button, label, row
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.filter_chips import FilterChips
from acctdesk.ui.widgets.filter_field import FilterField
from acctdesk.ui.widgets.states import Skeleton, StatePanel, what_to_do
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context

# A change in any of these can change the order, the rows or the sums.
TABLES = (
    "clients", "interactions", "tasks", "documents", "receipts", "allocations", "settings"
)  # fmt: skip
WIDE_FOOT = 440  # from here the foot has room for three sums
_CHIPS: tuple[tuple[str, Message], ...] = (
    ("all", msg("Clients", "All")),
    ("overdue", msg("Clients filter", "Overdue")),
    ("no_next_step", msg("Clients", "No next step")),
    ("quiet", msg("Clients", "Gone quiet")),
    *((one.value, Message("Segment", one.value)) for one in Segment),  # as recorded
    ("inactive", msg("Clients", "Inactive")),
)


class ListPane(QFrame):
    """The client list. ``chosen`` carries an id or None; ``wanted`` an action's id for the page."""

    chosen = Signal(object)
    wanted = Signal(str)

    def __init__(self, context: Context, currency: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setMinimumWidth(440)
        self.context = context
        self.currency = currency
        self._current: int | None = None
        self._sought: int | None = None  # to be shown even where the list does not hold it
        self._row = 0  # where the chosen client stood
        self._near = False  # the chosen client is gone: its neighbour is to be chosen
        self._focus_due = False
        self._loaded = False
        self._totals: ClientTotals | None = None
        self.model = ClientListModel(self)
        self.view = ClientView(self.model, context.settings, self)
        sort, descending = self.view.sort
        self._query = ClientQuery(sort=sort, descending=descending)
        self._build()
        self.loader = ListLoader(context, self)
        self.loader.window_arrived.connect(self._window_arrived)
        self.loader.ids_arrived.connect(self._ids_arrived)
        self.loader.totals_arrived.connect(self._totals_arrived)
        self.loader.counts_arrived.connect(self.chips.show_counts)
        self.loader.failed.connect(self._failed)
        self.model.wanted.connect(self._fetch)
        self.view.chosen.connect(self._choose)
        self.view.sort_wanted.connect(self.sort_by)
        self.view.menu_wanted.connect(self._open_menu)
        self.chips.chosen.connect(self._chip_chosen)
        self.filter.textChanged.connect(self._filter_typed)
        self.filter.left_downwards.connect(self.focus_list)
        bell().rung.connect(self._speak)
        context.theme.changed.connect(self._restyle)
        self._restyle()

    # -- what the page asks

    @property
    def query(self) -> ClientQuery:
        """What is shown, and in which order."""
        return self._query

    @property
    def current(self) -> int | None:
        """The id of the chosen client."""
        return self._current

    def current_row(self) -> ClientRow | None:
        """Return the chosen client's row, None where it is not known."""
        return None if self._current is None else self.model.known(self._current)

    def load(self) -> None:
        """Fetch the ids, the sums and the counts anew; the chosen client stays chosen."""
        today = self.context.today()
        self.view.delegate.set_today(today)
        self.model.set_context(today=today, currency=self.currency())
        self.loader.load(self._query, shown=self._loaded)

    def refresh(self, changes: ChangeSet) -> None:
        """Fetch again what a change touches."""
        if not changes.touches(*TABLES):
            return
        only_clients = changes.tables() == frozenset({"clients"})
        self.model.outdate(changes.ids("clients") if only_clients else None)
        self.load()

    def show_client(self, client_id: int) -> None:
        """Choose a client; filters that hide it are taken off."""
        self._current = self._sought = client_id
        if not self.view.choose(client_id):
            if self._loaded and self._is_filtered():
                self.clear_filter()
            else:
                self.chosen.emit(client_id)

    def show_filter(self, key: str) -> None:
        """Show what a chip stands for, and nothing else of the filter."""
        if key in dict(_CHIPS):
            self.filter.clear()
            self.chips.choose(key)

    @Slot()
    def choose_near(self) -> None:
        """Choose the neighbour of a client that is gone, as soon as the list says who that is."""
        self._sought = None
        self._near = True
        if self.model.row_of(self._current) is None and self.model.rowCount():
            self._near = False
            row = min(self._row, self.model.rowCount() - 1)
            self.view.choose(self.model.id_at(row))

    def sort_by(self, key: str, descending: bool) -> None:
        """Sort by a column."""
        self.view.show_sort(key, descending=descending)
        self._query = replace(self._query, sort=key, descending=descending)
        self.load()

    def focus_when_shown(self) -> None:
        """Put the keyboard into the list, once its first rows are there."""
        self._focus_due = self.states.currentWidget() is not self.view
        if self._focus_due:
            self.filter.setFocus()
        else:
            self.focus_list()

    @Slot()
    def focus_list(self) -> None:
        """Put the keyboard into the list."""
        self.view.setFocus()
        if self.view.currentIndex().row() < 0 and self.model.rowCount():
            self.view.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the middle sum where there is no room for three."""
        super().resizeEvent(event)
        for one in self._sums[1]:
            one.setVisible(self.width() >= WIDE_FOOT)

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self.filter.take_cursor()

    @Slot()
    def clear_filter(self) -> None:
        """Show every client."""
        self.filter.blockSignals(True)
        self.filter.clear()
        self.filter.blockSignals(False)
        self._query = ClientQuery(sort=self._query.sort, descending=self._query.descending)
        if self.chips.key == "all":
            self.load()
        else:
            self.chips.choose("all")

    # -- building

    def _build(self) -> None:
        self.filter = FilterField(msg("Clients", "Name, city, code or VAT number"), self)
        self.filter.setMinimumWidth(80)
        self.filter.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.columns_button = icon_button(
            "columns-3",
            msg("Clients", "Columns"),
            tip=msg("Clients", "Choose columns (Ctrl+Shift+K)"),
        )
        self.columns_button.setObjectName("view.columns")
        self.columns_button.clicked.connect(self._want)
        title = ElidedLabel(px=16, weight=600)
        say(title, text=msg("Clients", "All my clients"))
        title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        head = row(title, None, self.filter, self.columns_button, margins=(16, 12, 12, 8))
        head.setStretch(2, 100)
        self.chips = FilterChips(_CHIPS, msg("Clients", "Filters"), self, hide_empty=("inactive",))
        self.view.setParent(self)
        self.states = QStackedWidget(self)
        self._skeleton = Skeleton(parent=self)
        self._empty = StatePanel("users", self)
        self._empty.show_words(
            msg("Clients", "No clients yet"),
            msg("Clients", "Import the files of your company, or write the first client yourself."),
        )
        import_button = self._empty.add_button(msg("Clients", "Import files"), look="primary")
        import_button.setObjectName("tools.import")
        import_button.clicked.connect(self._want)
        new_button = self._empty.add_button(msg("Clients", "New client"))
        new_button.setObjectName("file.new_client")
        new_button.clicked.connect(self._want)
        self._hidden = StatePanel("filter-off", self)
        self._hidden.show_words(
            msg("Clients", "No client fits the filter"),
            msg("Clients", "The clients are still there; the filter hides them."),
        )
        self._hidden.add_button(msg("Clients", "Clear filter")).clicked.connect(self.clear_filter)
        self._failure = StatePanel("alert-triangle", self)
        self._failure.add_button(msg("Clients", "Try again")).clicked.connect(self.load)
        for one in (self._skeleton, self.view, self._empty, self._hidden, self._failure):
            self.states.addWidget(one)
        foot, foot_row = box("foot", margins=(16, 0, 16, 0), spacing=16, horizontal=True)
        foot.setFixedHeight(36)
        self._sums: list[tuple[Any, Any]] = []
        for _ in range(3):
            figure, word = label(role="captionFigure"), label(role="caption")
            foot_row.addLayout(row(figure, word, spacing=4))
            self._sums.append((figure, word))
        foot_row.addStretch(1)
        self.foot = foot
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(row(self.chips, margins=(16, 0, 12, 12)))
        column.addWidget(hairline())
        column.addWidget(self.states, 1)
        column.addWidget(foot)
        stops = (self.filter, self.columns_button, *self.chips.stops(), self.view)
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    # -- answers

    @Slot(object)
    def _fetch(self, ids: list[int]) -> None:
        self.context.runner.ask(
            client_rows,
            ids=ids,
            today=self.context.today(),
            on_done=self._rows_arrived,
            on_error=self._rows_failed,
        )

    def _rows_arrived(self, rows: dict[int, ClientRow]) -> None:
        self.model.put_rows(rows)

    def _rows_failed(self, _error: Exception) -> None:
        self.model.failed()

    @Slot(object, object)
    def _window_arrived(self, ids: list[int], rows: dict[int, ClientRow]) -> None:
        """Show what is seen first; which client is chosen, all of the list decides."""
        self.model.put_rows(rows)
        self.model.set_ids(ids)
        self.states.setCurrentWidget(self.view)

    @Slot(object)
    def _ids_arrived(self, ids: list[int]) -> None:
        first = not self._loaded
        self._loaded = True
        scroll = self.view.verticalScrollBar().value()
        self.model.set_ids(ids)
        if ids:
            self.states.setCurrentWidget(self.view)
            if self._focus_due and self.filter.waits:
                self.focus_list()
            self._focus_due = False
            if not self.view.choose(self._current, scroll=first):
                if self._current is not None and self._current == self._sought:
                    self.chosen.emit(self._current)
                elif first or self._near:
                    self._near = False
                    self.view.choose(ids[0 if first else min(self._row, len(ids) - 1)])
            if not first:
                self.view.verticalScrollBar().setValue(scroll)
        else:
            self.states.setCurrentWidget(self._hidden if self._is_filtered() else self._empty)
            if not self._is_filtered():
                self._choose(None)

    @Slot(object)
    def _totals_arrived(self, totals: ClientTotals) -> None:
        self._totals = totals
        self._show_totals()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._failure.show_words(msg("Clients", "The list could not be read"), what_to_do(error))
        self.states.setCurrentWidget(self._failure)

    # -- the officer's hand

    @Slot(object)
    def _choose(self, client_id: int | None) -> None:
        self._current = client_id
        if client_id != self._sought:
            self._sought = None
        self._row = self.model.row_of(client_id) or 0
        self.chosen.emit(client_id)

    @Slot(str)
    def _chip_chosen(self, key: str) -> None:
        segments = (key,) if key in {one.value for one in Segment} else ()
        self._query = replace(
            self._query,
            segments=segments,
            overdue=key == "overdue",
            active_only=key != "overdue",  # who left may still owe
            no_next_step=key == "no_next_step",
            quiet=key == "quiet",
            inactive_only=key == "inactive",
        )
        self.load()

    @Slot(str)
    def _filter_typed(self, text: str) -> None:
        self._query = replace(self._query, text=text)
        self.load()

    @Slot(object)
    def _open_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        actions = self.context.actions
        for one in (
            "record.interaction",
            "record.task",
            "record.contact",
            "record.brief",
            "record.open_items",
            "record.plan",
            "",
            "edit.copy_rows",
            "view.columns",
            "",
            "edit.trash",
        ):
            if not one:
                menu.addSeparator()
            elif one in actions:
                menu.addAction(actions[one])
        sorting = menu.addMenu(str(msg("Clients", "Sort by")))
        key, descending = self.view.sort
        for column in COLUMNS:
            if column.sort is None:
                continue
            action = QAction(str(column.title), sorting)
            action.setCheckable(True)
            action.setChecked(column.sort == key)
            down = not descending if column.sort == key else column.first_descending
            action.setData((column.sort, down))
            sorting.addAction(action)
        sorting.triggered.connect(self._sort_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)

    @Slot(QAction)
    def _sort_chosen(self, action: QAction) -> None:
        key, descending = action.data()
        self.sort_by(str(key), bool(descending))

    @Slot()
    def _want(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.wanted.emit(sender.objectName())

    # -- looks

    def _is_filtered(self) -> bool:
        query = self._query
        return bool(query.text.strip()) or self.chips.key != "all"

    @Slot()
    @when_seen
    def _restyle(self) -> None:
        self.view.set_row_height(self.context.theme.two_line_height)
        self.view.viewport().update()

    @Slot()
    @when_seen
    def _speak(self) -> None:
        self.model.retitle()
        self._show_totals()

    def _show_totals(self) -> None:
        totals = self._totals
        if totals is None:
            return
        money = partial(formats.money, currency=self.currency(), cents=False)
        words = (
            (
                formats.number(totals.clients),
                nmsg("Clients foot", "client", "clients", totals.clients),
            ),
            (money(totals.sales_365_minor), msg("Clients foot", "sales 12 m")),
            (money(totals.overdue_minor), msg("Clients foot", "overdue")),
        )
        for (figure, word), (shown, said) in zip(self._sums, words, strict=True):
            figure.setText(shown)
            word.setText(str(said))
