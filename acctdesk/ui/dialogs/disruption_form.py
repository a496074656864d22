"""A disruption: what, since when, and which clients it touches."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import msg, ntr
from acctdesk.services.case_rows import DisruptionCard, Touched
from acctdesk.services.days import local_day
from acctdesk.services.disruptions import (
    DisruptionFields,
    change_disruption,
    clients_by,
    open_disruption,
    touched_by,
)
from acctdesk.text import clean
from acctdesk.ui.delegates.entry_row import ROW
from acctdesk.ui.dialogs.record_form import RecordForm, named, read_when
from acctdesk.ui.itemmodels.entries import Entry
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import Button, LineEdit, label, labelled, row
from acctdesk.ui.widgets.client_picker import ClientPicker
from acctdesk.ui.widgets.entry_list import EntryList
from acctdesk.ui.widgets.search_combo import SearchCombo
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

_SHOWN = 3  # rows of the clients


class DisruptionForm(RecordForm):
    """Opens a disruption, or changes one."""

    topic = "cases"

    def __init__(
        self, context: Context, parent: QWidget | None, *, card: DisruptionCard | None = None
    ) -> None:
        title = msg("Cases", "New disruption") if card is None else msg("Cases", "Disruption")
        super().__init__(context, parent, title, width=600)
        self._card = card
        self._names: dict[int, str] = {}
        self.what, self.cause = LineEdit(self), LineEdit(self)
        for field in (self.what, self.cause):
            field.setMaxLength(300)
        began = msg("Cases", "Began on")
        self.started = self.day_field(began, past=True)
        at = (card.row.started_at if card is not None else context.clock()).astimezone()
        self.started.field.setText(f"{formats.date(local_day(at))} {formats.time(at)}")
        self.content.addLayout(labelled(msg("Cases", "What is disrupted"), self.what))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addLayout(labelled(msg("Cases", "Cause"), self.cause), 0, 0)
        grid.addLayout(named(began, self.started), 0, 1)
        self._add_chooser(grid)
        self.content.addLayout(grid)
        self.add_found = Button(msg("Cases", "Add these clients"), look="small", icon="plus")
        self.add_found.clicked.connect(self._find)
        self.content.addLayout(row(self.add_found, None))
        self.one = ClientPicker(context, self)
        self.one.chosen.connect(self._picked)
        self.under(msg("Cases", "Or one by name"), self.one)
        self.count = label(role="field")
        self.list = EntryList(self)
        self.list.setFixedHeight(_SHOWN * ROW)
        self.list.trash_wanted.connect(self._drop)
        say(
            self.list,
            name=msg("Cases", "Clients that it touches"),
            description=msg("Cases", "Delete takes a client off the list."),
        )
        self.content.addWidget(self.count)
        self.content.addWidget(self.list)
        self.finish()
        if card is not None:
            self.what.setText(card.row.title)
            self.cause.setText(card.row.cause or "")
            self.cause.setCursorPosition(0)
            self._names = {one.client_id: one.name for one in card.clients}
        self._show()
        context.runner.ask(touched_by, on_done=self._arrived, on_error=self.refused)
        self.what.setFocus()

    def _add_chooser(self, grid: QGridLayout) -> None:
        """Add what the clients are chosen by."""
        self.bought, self.city, self.segment = (SearchCombo(self) for _ in range(3))
        bought = msg("Cases", "Bought in the last 12 months")
        city, segment = msg("Cases", "City"), msg("Cases", "Category")
        grid.addLayout(labelled(bought, self.bought), 1, 0)
        places = QGridLayout()
        places.setHorizontalSpacing(12)
        places.addLayout(labelled(city, self.city), 0, 0)
        places.addLayout(labelled(segment, self.segment), 0, 1)
        grid.addLayout(places, 1, 1)
        for combo, name in ((self.bought, bought), (self.city, city), (self.segment, segment)):
            field = combo.lineEdit()
            assert field is not None
            say(field, name=name)

    @property
    def client_ids(self) -> tuple[int, ...]:
        """The clients chosen, in the order of the list."""
        return tuple(self._names)

    def _arrived(self, touched: Touched) -> None:
        families = [
            (f"f{name}", str(msg("Cases", "Family: {name}", name=name)))
            for name in touched.families
        ]
        products = [(f"p{number}", name) for number, name in touched.products]
        self.bought.fill([("", str(msg("Cases", "any product"))), *families, *products])
        for combo, every, names in (
            (self.city, msg("Cases", "any city"), touched.cities),
            (self.segment, msg("Cases", "any category"), touched.segments),
        ):
            combo.fill([("", str(every)), *((name, name) for name in names)])

    @Slot()
    def _find(self) -> None:
        bought = self.bought.key()
        self.context.runner.ask(
            clients_by,
            today=self.context.today(),
            product_id=int(bought[1:]) if bought.startswith("p") else None,
            family=bought[1:] if bought.startswith("f") else None,
            city=self.city.key() or None,
            segment=self.segment.key() or None,
            key="disruption.clients",
            on_done=self._found,
            on_error=self.refused,
        )

    def _found(self, names: dict[int, str]) -> None:
        self._names |= names
        self._show()

    @Slot(object)
    def _picked(self, client_id: int | None) -> None:
        if client_id is not None:
            self._names.setdefault(client_id, self.one.client_name)
            self.one.take(None, "")
            self._show()

    @Slot(object)
    def _drop(self, entry: Entry) -> None:
        self._names.pop(entry.record, None)
        self._show()

    def _show(self) -> None:
        self.count.setText(ntr("Cases", "It touches {n} client", "It touches {n} clients",
                               len(self._names)))  # fmt: skip
        self.list.show_entries(
            [
                Entry(("client", one), shown_name(name, one), icon="building", record=one)
                for one, name in self._names.items()
            ]
        )

    def store(self) -> None:
        """Read and store the disruption."""
        when, now = read_when(self.started), self.context.clock()
        started = now
        if when is not None:
            local = dt.datetime.combine(when.day, when.time or dt.time(8))
            started = local.astimezone(dt.UTC)
        fields: DisruptionFields = {
            "title": clean(self.what.text()),
            "cause": clean(self.cause.text()),
            "started_at": started,
        }
        if self._card is None:
            self.send(
                msg("Step", "New disruption"),
                open_disruption,
                client_ids=self.client_ids,
                **fields,
            )
        else:
            self.send(
                msg("Step", "Disruption changed"),
                change_disruption,
                disruption_id=self._card.row.id,
                expected_version=self._card.row.version,
                client_ids=self.client_ids,
                **fields,
            )
