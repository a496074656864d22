"""The pages of the window, in the order of the sidebar: what is known of one before it is made.

Nothing of a page is imported here: its class when it is first shown, its figure's question when
that is first asked.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from acctdesk.i18n import Message, msg

if TYPE_CHECKING:
    from acctdesk.ui.pages.page import Page


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page: ``place`` and ``question`` are ``module:name`` of its class and of its figure.

    ``handlers`` maps ids of ``action_list.ACTIONS`` to names of the page's methods; those actions
    are enabled while the page is shown (see ``Page.can``). The question (session, today) gives the
    figure beside the page's name before the page is made; "" where there is none.
    """

    key: str
    icon: str
    title: Message
    place: str
    handlers: Mapping[str, str] = field(default_factory=dict)
    question: str = ""
    topic: str = ""  # of the manual, where F1 opens it

    def page_class(self) -> type[Page]:
        """Return the page's class; imported the first time."""
        found: type[Page] = _named(self.place)
        return found

    def count_question(self) -> Callable[..., int] | None:
        """Return the question of the figure, None where the page has none."""
        found: Callable[..., int] | None = _named(self.question) if self.question else None
        return found


def _named(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(module), name)


TODAY = PageSpec(
    "today",
    "home",
    msg("Page", "Today"),
    "acctdesk.ui.pages.today:TodayPage",
    handlers={
        "record.interaction": "new_interaction",
        "record.task": "new_task",
        "record.brief": "open_brief",
        "record.complete": "complete",
        "record.postpone": "postpone",
        "record.dismiss": "dismiss",
    },
    topic="today",
)
CLIENTS = PageSpec(
    "clients",
    "users",
    msg("Page", "Clients"),
    "acctdesk.ui.pages.clients.page:ClientsPage",
    handlers={
        "file.new_client": "new_client",
        "edit.edit": "edit",
        "edit.trash": "trash",
        "edit.copy_rows": "copy_rows",
        "edit.filter": "filter_focus",
        "view.columns": "choose_columns",
        "record.interaction": "new_interaction",
        "record.quick_line": "quick_line",
        "record.task": "new_task",
        "record.contact": "new_contact",
        "record.brief": "open_brief",
        "record.open_items": "open_items",
        "record.plan": "open_plans",
        "record.file": "add_files",
        "record.letter": "write_letters",
        "record.target": "set_targets",
        "record.dispute": "new_dispute",
        "record.request": "new_request",
        "record.payment_promise": "new_payment_promise",
        "record.satisfaction": "new_answer",
        "record.interest": "open_interest",
        "record.statement": "open_statements",
        "record.key_date": "new_key_date",
        "record.shares": "set_shares",
        "record.credit": "open_credit",
        "record.pin": "pin",
        "record.visit_report": "write_report",
        "record.complete": "complete_step",
        "record.postpone": "postpone_step",
    },
    question="acctdesk.services.lists:count_active",
    topic="clients",
)
TASKS = PageSpec(
    "tasks",
    "checkbox",
    msg("Page", "Tasks"),
    "acctdesk.ui.pages.tasks:TasksPage",
    handlers={
        "record.task": "new_task",
        "record.complete": "complete",
        "record.postpone": "postpone",
        "edit.edit": "edit",
        "edit.trash": "trash",
        "edit.filter": "filter_focus",
    },
    question="acctdesk.services.tasks:pressing_tasks",
    topic="tasks",
)
CASES = PageSpec(
    "cases",
    "scale",
    msg("Page", "Cases"),
    "acctdesk.ui.pages.cases:CasesPage",
    handlers={
        "record.dispute": "new_dispute",
        "record.disruption": "new_disruption",
        "record.request": "new_request",
        "record.complete": "complete",
        "edit.edit": "edit",
        "edit.trash": "trash",
        "edit.filter": "filter_focus",
    },
    question="acctdesk.services.client_cases:late_cases",
    topic="cases",
)
CALENDAR = PageSpec(
    "calendar",
    "calendar",
    msg("Page", "Calendar"),
    "acctdesk.ui.pages.calendar:CalendarPage",
    handlers={
        "record.task": "new_task",
        "record.complete": "complete",
        "edit.edit": "edit",
        "edit.trash": "trash",
    },
    topic="calendar",
)
PROMISES = PageSpec(
    "promises",
    "flag",
    msg("Page", "Promises"),
    "acctdesk.ui.pages.promises:PromisesPage",
    handlers={
        "record.complete": "complete",
        "record.postpone": "postpone",
        "edit.trash": "trash",
        "edit.filter": "filter_focus",
    },
    topic="promises",
)
RECEIVABLES = PageSpec(
    "receivables",
    "receipt",
    msg("Page", "Receivables"),
    "acctdesk.ui.pages.receivables:ReceivablesPage",
    handlers={
        "record.interaction": "new_interaction",
        "record.task": "new_task",
        "record.brief": "open_brief",
        "record.open_items": "open_items",
        "record.credit": "open_credit",
        "record.payment_promise": "new_payment_promise",
        "record.interest": "open_interest",
        "record.statement": "open_statements",
    },
    topic="receivables",
)
TARGETS = PageSpec(
    "targets",
    "chart-line",
    msg("Page", "Targets"),
    "acctdesk.ui.pages.targets:TargetsPage",
    handlers={"record.target": "set_targets"},
    topic="targets",
)
IMPORT = PageSpec(
    "import",
    "table-import",
    msg("Page", "Import"),
    "acctdesk.ui.pages.imports:ImportPage",
    handlers={"tools.import": "choose_files"},
    topic="import",
)
SETTINGS = PageSpec(
    "settings",
    "settings",
    msg("Page", "Settings"),
    "acctdesk.ui.pages.settings:SettingsPage",
    handlers={"tools.settings": "first_focus"},
    topic="settings",
)
PAGES: tuple[PageSpec, ...] = (
    TODAY,
    CLIENTS,
    TASKS,
    CALENDAR,
    PROMISES,
    RECEIVABLES,
    TARGETS,
    CASES,
    IMPORT,
    SETTINGS,
)
