"""What narrows a timeline: chips of kinds, words, a person; and what widens it, the group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg, nmsg, tr
from acctdesk.services.rows import ContactRow
from acctdesk.ui.behind import when_seen
from acctdesk.ui.itemmodels.timeline_text import FILTERS
from acctdesk.ui.widgets.basics import LineEdit, icon_button, row
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.filter_chips import FilterChips
from acctdesk.ui.words import bell, say

_CHIPS: tuple[tuple[str, Message], ...] = (
    ("all", msg("Timeline", "All")),
    ("calls", msg("Timeline", "Calls")),
    ("visits", msg("Timeline", "Visits")),
    ("email", msg("Timeline", "E-mail")),
    ("notes", msg("Timeline", "Notes")),
    ("money", msg("Timeline", "Money")),
)
_PERSON = 132  # width of the list of people


class TimelineTools(QWidget):
    """``changed`` says that another timeline is wanted; the properties say which."""

    changed = Signal()
    people_wanted = Signal()  # the search was opened: it offers the client's contacts

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chips = FilterChips(
            _CHIPS,
            msg("Timeline", "Show"),
            self,
            hide_empty=[key for key, _ in _CHIPS],  # a chip that would show nothing takes no room
        )
        self.group_button = icon_button("users", msg("Timeline", "Show the whole group"))
        self.group_button.setCheckable(True)
        self.group_button.hide()
        self.search_button = icon_button(
            "search", msg("Timeline", "Search the timeline"), tip=msg("Timeline", "Search")
        )
        self.search_button.setCheckable(True)
        self.search = LineEdit(self)
        self.search.setClearButtonEnabled(True)
        say(
            self.search,
            placeholder=msg("Timeline", "Words…"),
            name=msg("Timeline", "Search the timeline"),
        )
        self.person = Combo(self)
        self.person.setFixedWidth(_PERSON)
        say(self.person, name=msg("Timeline", "With whom"))
        self.show_people([])
        for one in (self.search, self.person):
            one.hide()
        tools = row(self.chips, spacing=4, margins=(16, 10, 16, 8))
        for button in (self.group_button, self.search_button):
            tools.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(tools)
        whole.addLayout(row(self.search, self.person, spacing=8, margins=(16, 0, 16, 0)))
        self.chips.chosen.connect(self.changed)
        self.search.textChanged.connect(self.changed)
        self.person.currentIndexChanged.connect(self.changed)
        self.group_button.toggled.connect(self.changed)
        self.search_button.toggled.connect(self._toggle_search)
        bell().rung.connect(self._speak)

    @property
    def kinds(self) -> list[str]:
        """The kinds that the chosen chip shows."""
        return [str(kind) for kind in FILTERS[self.chips.key]]

    @property
    def text(self) -> str:
        """The words that are looked for."""
        return self.search.text()

    @property
    def contact_id(self) -> int | None:
        """The person that is looked for, None for everybody."""
        chosen = self.person.currentData()
        return chosen if isinstance(chosen, int) else None

    @property
    def group(self) -> bool:
        """Whether the whole group's timeline is wanted."""
        return self.group_button.isChecked()

    @property
    def narrowed(self) -> bool:
        """Whether something of the timeline is left out."""
        return self.chips.key != "all" or bool(self.text.strip()) or self.contact_id is not None

    def stops(self) -> tuple[QWidget, ...]:
        """Return what Tab reaches, in order."""
        return (
            *self.chips.stops(),
            self.group_button,
            self.search_button,
            self.search,
            self.person,
        )

    def forget_client(self) -> None:
        """Another client comes: its people and its group are not known yet; nothing is told."""
        for one in (self.person, self.group_button):
            one.blockSignals(True)
        self.show_people([])
        self.show_group(1)
        for one in (self.person, self.group_button):
            one.blockSignals(False)

    def show_group(self, size: int) -> None:
        """Offer the group's timeline where there is a group."""
        self.group_button.setVisible(size > 1)
        if size <= 1:
            self.group_button.setChecked(False)
        tip = nmsg(
            "Timeline",
            "Show the whole group ({n} client)",
            "Show the whole group ({n} clients)",
            size,
        )
        say(self.group_button, name=tip, tip=tip)

    def show_people(self, people: Sequence[ContactRow]) -> None:
        """Offer these contacts; the chosen one stays where it is among them."""
        chosen = self.contact_id
        before = self.person.blockSignals(True)  # what is chosen does not change
        self.person.clear()
        self.person.addItem(tr("Timeline", "Everybody"), None)
        for one in people:
            self.person.addItem(one.name, one.id)
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)) if chosen else 0)
        self.person.blockSignals(before)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many lines each chip leaves."""
        shown: dict[str, int | None] = {
            key: sum(counts.get(str(kind), 0) for kind in kinds) for key, kinds in FILTERS.items()
        }
        shown["all"] = None
        self.chips.show_counts({key: count or None for key, count in shown.items()})

    @Slot()
    def clear(self) -> None:
        """Show the whole timeline."""
        for one in (self.search, self.person):
            one.blockSignals(True)
        self.search.clear()
        self.person.setCurrentIndex(0)
        for one in (self.search, self.person):
            one.blockSignals(False)
        if self.chips.key == "all":
            self.changed.emit()
        else:
            self.chips.choose("all")

    @Slot(bool)
    def _toggle_search(self, on: bool) -> None:
        self.search.setVisible(on)
        self.person.setVisible(on)
        if on:
            self.people_wanted.emit()
            self.search.setFocus()
        elif self.text or self.contact_id is not None:
            self.clear()

    @Slot()
    @when_seen
    def _speak(self) -> None:
        self.person.setItemText(0, tr("Timeline", "Everybody"))
