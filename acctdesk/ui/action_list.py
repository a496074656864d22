"""Every action of the program, declared once: menus, shortcuts, palette and help come from here.

A page or an opener says by the id what it handles; an action that nobody handles is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from acctdesk.i18n import Message, msg


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action: ``home`` is the page to go to where the page at hand does not handle it.

    ``choice`` groups actions of which one is ticked. ``takes_client`` says that the palette may
    offer it for a client it has found, ``changes`` that it needs a book that can be written to.
    """

    id: str
    menu: str
    text: Message
    icon: str | None = None
    shortcuts: tuple[str, ...] = ()
    home: str | None = None
    choice: str | None = None
    group: int = 0
    takes_client: bool = False
    changes: bool = False


MENUS: tuple[tuple[str, Message], ...] = (
    ("file", msg("Menu", "&File")),
    ("edit", msg("Menu", "&Edit")),
    ("view", msg("Menu", "&View")),
    ("record", msg("Menu", "&Record")),
    ("tools", msg("Menu", "&Tools")),
    ("help", msg("Menu", "&Help")),
)

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "file.new_client",
        "file",
        msg("Action", "New client"),
        "user-plus",
        ("Ctrl+N",),
        "clients",
        changes=True,
    ),
    ActionSpec(
        "file.new_book", "file", msg("Action", "New book…"), "book", ("Ctrl+Shift+N",), group=1
    ),
    ActionSpec(
        "file.open_book", "file", msg("Action", "Open book…"), "folder-open", ("Ctrl+O",), group=1
    ),
    ActionSpec("file.move_book", "file", msg("Action", "Move or rename book…"), "folder", group=1),
    ActionSpec("file.copy_book", "file", msg("Action", "Copy book…"), "copy", group=1),
    ActionSpec(
        "file.backup", "file", msg("Action", "Back up now"), "shield-check", ("Ctrl+S",), group=2
    ),
    ActionSpec("file.restore", "file", msg("Action", "Restore from a backup…"), "restore", group=2),
    ActionSpec(
        "file.password", "file", msg("Action", "Change password…"), "key", group=2, changes=True
    ),
    ActionSpec(
        "file.recovery",
        "file",
        msg("Action", "New recovery code…"),
        "shield-lock",
        group=2,
        changes=True,
    ),
    ActionSpec("file.remove_demo", "file", msg("Action", "Remove demo book"), "trash", group=2),
    ActionSpec("file.lock", "file", msg("Action", "Lock"), "lock", ("Ctrl+L",), group=2),
    ActionSpec("file.print", "file", msg("Action", "Print…"), "printer", ("Ctrl+P",), group=3),
    ActionSpec(
        "file.pdf",
        "file",
        msg("Action", "Save as PDF…"),
        "file-download",
        ("Ctrl+Shift+P",),
        group=3,
    ),
    ActionSpec(
        "file.calendar", "file", msg("Action", "Tasks for another calendar…"), "calendar", group=3
    ),
    ActionSpec("file.quit", "file", msg("Action", "Quit"), "logout", ("Ctrl+Q",), group=4),
    ActionSpec(
        "edit.undo", "edit", msg("Action", "Undo"), "arrow-back-up", ("Ctrl+Z",), changes=True
    ),
    ActionSpec(
        "edit.redo",
        "edit",
        msg("Action", "Redo"),
        "arrow-forward-up",
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        changes=True,
    ),
    ActionSpec(
        "edit.edit", "edit", msg("Action", "Edit"), "pencil", ("F2",), group=1, changes=True
    ),
    ActionSpec(
        "edit.trash",
        "edit",
        msg("Action", "Move to trash"),
        "trash",
        ("Shift+Del",),
        group=1,
        changes=True,
    ),
    ActionSpec(
        "edit.copy_rows", "edit", msg("Action", "Copy rows"), "copy", ("Ctrl+Shift+C",), group=1
    ),
    ActionSpec(
        "edit.filter",
        "edit",
        msg("Action", "Filter the list"),
        "filter",
        ("Ctrl+F",),
        "clients",
        group=2,
    ),
    ActionSpec(
        "view.sidebar",
        "view",
        msg("Action", "Narrow sidebar"),
        "layout-sidebar-left-collapse",
        ("Ctrl+B",),
        choice="sidebar",
        group=1,
    ),
    ActionSpec(
        "view.privacy", "view", msg("Action", "Privacy"), "eye-off", ("F8",), choice="privacy"
    ),
    ActionSpec(
        "view.columns", "view", msg("Action", "Columns…"), "columns-3", ("Ctrl+Shift+K",), group=1
    ),
    ActionSpec(
        "view.light", "view", msg("Action", "Light colours"), "sun", choice="theme", group=2
    ),
    ActionSpec("view.dark", "view", msg("Action", "Dark colours"), "moon", choice="theme", group=2),
    ActionSpec(
        "view.system",
        "view",
        msg("Action", "Colours of the system"),
        "device-desktop",
        choice="theme",
        group=2,
    ),
    ActionSpec(
        "view.compact", "view", msg("Action", "Compact rows"), "list", choice="density", group=3
    ),
    ActionSpec(
        "view.greek", "view", msg("Action", "Ελληνικά"), "language", choice="language", group=4
    ),
    ActionSpec(
        "view.english", "view", msg("Action", "English"), "language", choice="language", group=4
    ),
    ActionSpec(
        "record.interaction",
        "record",
        msg("Action", "New interaction"),
        "plus",
        ("Ctrl+Shift+I",),
        "clients",
        takes_client=True,
        changes=True,
    ),
    ActionSpec(
        "record.quick_line",
        "record",
        msg("Action", "Quick line"),
        "bolt",
        ("I",),
        "clients",
        changes=True,
    ),
    ActionSpec(
        "record.task",
        "record",
        msg("Action", "New task"),
        "checkbox",
        ("Ctrl+Shift+T",),
        "clients",
        takes_client=True,
        changes=True,
    ),
    ActionSpec(
        "record.contact",
        "record",
        msg("Action", "New contact"),
        "user-circle",
        ("Ctrl+Shift+U",),
        "clients",
        takes_client=True,
        changes=True,
    ),
    ActionSpec(
        "record.brief",
        "record",
        msg("Action", "Brief before a visit"),
        "file-text",
        ("Ctrl+E",),
        "clients",
        takes_client=True,
    ),
    ActionSpec(
        "record.open_items",
        "record",
        msg("Action", "Open items…"),
        "receipt-2",
        ("Ctrl+Shift+A",),
        "clients",
        takes_client=True,
        changes=True,
    ),
    ActionSpec(
        "record.plan",
        "record",
        msg("Action", "Action plans…"),
        "list-check",
        ("Ctrl+Shift+E",),
        "clients",
        takes_client=True,
        changes=True,
    ),
    ActionSpec(
        "record.letter",
        "record",
        msg("Action", "Letters and e-mails…"),
        "send",
        ("Ctrl+Shift+L",),
        "clients",
        takes_client=True,
        changes=True,
    ),
    ActionSpec(
        "record.file",
        "record",
        msg("Action", "Keep files…"),
        "paperclip",
        ("Ctrl+Shift+F",),
        "clients",
        takes_client=True,
        changes=True,
    ),
    ActionSpec(
        "record.dispute",
        "record",
        msg("Action", "New dispute…"),
        "scale",
        ("Ctrl+Shift+X",),
        "cases",
        changes=True,
    ),
    ActionSpec(
        "record.disruption",
        "record",
        msg("Action", "New disruption…"),
        "alert-triangle",
        home="cases",
        changes=True,
    ),
    ActionSpec(
        "record.request",
        "record",
        msg("Action", "New request to a department…"),
        "inbox",
        ("Ctrl+Shift+Q",),
        "cases",
        changes=True,
    ),
    ActionSpec(
        "record.payment_promise",
        "record",
        msg("Action", "Promise to pay…"),
        "cash",
        home="clients",
        takes_client=True,
        changes=True,
    ),
    ActionSpec(
        "record.satisfaction",
        "record",
        msg("Action", "Satisfaction…"),
        "mood-smile",
        ("Ctrl+Shift+S",),
        home="clients",
        takes_client=True,
        changes=True,
    ),
    ActionSpec(
        "record.interest",
        "record",
        msg("Action", "Late interest…"),
        "percentage",
        home="clients",
        takes_client=True,
    ),
    ActionSpec(
        "record.statement",
        "record",
        msg("Action", "Statement of account…"),
        "file-spreadsheet",
        home="clients",
        takes_client=True,
    ),
    ActionSpec(
        "record.key_date",
        "record",
        msg("Action", "New key date…"),
        "calendar-event",
        home="clients",
        takes_client=True,
        changes=True,
    ),
    ActionSpec(
        "record.shares",
        "record",
        msg("Action", "Shares of the credit…"),
        "percentage",
        home="clients",
        takes_client=True,
        changes=True,
    ),
    ActionSpec(
        "record.order",
        "record",
        msg("Action", "May I take this order?…"),
        "shopping-cart",
        ("Ctrl+Shift+M",),
        takes_client=True,
    ),
    ActionSpec(
        "record.credit",
        "record",
        msg("Action", "Credit file…"),
        "file-invoice",
        home="clients",
        takes_client=True,
    ),
    ActionSpec(
        "record.target",
        "record",
        msg("Action", "Set targets…"),
        "target",
        ("Ctrl+Shift+G",),
        "targets",
        changes=True,
    ),
    ActionSpec(
        "record.complete",
        "record",
        msg("Action", "Complete the next step"),
        "check",
        ("Ctrl+D",),
        group=1,
        changes=True,
    ),
    ActionSpec(
        "record.postpone",
        "record",
        msg("Action", "Move the next step"),
        "clock",
        ("Ctrl+Shift+D",),
        group=1,
        changes=True,
    ),
    ActionSpec(
        "record.pin",
        "record",
        msg("Action", "Pin in the timeline"),
        "pin",
        ("P",),
        group=1,
        changes=True,
    ),
    ActionSpec(
        "record.visit_report",
        "record",
        msg("Action", "Visit report…"),
        "clipboard-text",
        ("Ctrl+Shift+V",),
        group=1,
        changes=True,
    ),
    ActionSpec(
        "tools.visit_plan",
        "tools",
        msg("Action", "Visit plan…"),
        "map-pin",
        ("Ctrl+Shift+Y",),
        group=1,
        changes=True,
    ),
    ActionSpec(
        "record.dismiss",
        "record",
        msg("Action", "Dismiss a line of Today…"),
        "x",
        group=1,
        changes=True,
    ),
    ActionSpec("view.dismissed", "view", msg("Action", "Dismissed lines…"), "history", group=0),
    ActionSpec("tools.palette", "tools", msg("Action", "Find anything"), "search", ("Ctrl+K",)),
    ActionSpec(
        "tools.import",
        "tools",
        msg("Action", "Import files…"),
        "table-import",
        ("Ctrl+Shift+O",),
        "import",
        group=1,
        changes=True,
    ),
    ActionSpec(
        "tools.mail", "tools", msg("Action", "Keep saved e-mails…"), "mail", group=1, changes=True
    ),
    ActionSpec(
        "tools.calendar",
        "tools",
        msg("Action", "Take in a calendar…"),
        "calendar-plus",
        group=1,
        changes=True,
    ),
    ActionSpec(
        "tools.bank",
        "tools",
        msg("Action", "Take in bank files and e-invoices…"),
        "cash",
        group=1,
        changes=True,
    ),
    ActionSpec(
        "tools.report",
        "tools",
        msg("Action", "Report for management…"),
        "report",
        ("Ctrl+R",),
        group=1,
    ),
    ActionSpec(
        "tools.settings",
        "tools",
        msg("Action", "Settings"),
        "settings",
        ("Ctrl+,",),
        "settings",
        group=2,
    ),
    ActionSpec(
        "tools.messages",
        "tools",
        msg("Action", "Show the last message"),
        "message",
        ("F6",),
        group=2,
    ),
    ActionSpec("help.manual", "help", msg("Action", "Manual"), "help", ("F1",)),
    ActionSpec(
        "help.shortcuts", "help", msg("Action", "Keyboard shortcuts"), "keyboard", ("Ctrl+?",)
    ),
    ActionSpec("help.about", "help", msg("Action", "About acctdesk"), "info-circle", group=1),
)
