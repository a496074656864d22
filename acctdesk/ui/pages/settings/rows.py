"""Every setting, declared once. To add one: a Control, and a line in ROWS."""

from __future__ import annotations

from dataclasses import dataclass

from acctdesk.i18n import Message, msg
from acctdesk.ui.pages.settings.book import BackupControl, KeyControl, PlaceControl
from acctdesk.ui.pages.settings.collecting import GraceControl, LadderControl, RatesControl
from acctdesk.ui.pages.settings.contact_days import ContactDaysControl
from acctdesk.ui.pages.settings.control import Control
from acctdesk.ui.pages.settings.credit import (
    CreditRulesControl,
    HoldControl,
    OrdersControl,
    ReviewMonthsControl,
)
from acctdesk.ui.pages.settings.days_off import DaysOffControl
from acctdesk.ui.pages.settings.look import (
    DensityControl,
    LanguageControl,
    LockControl,
    TextSizeControl,
    ThemeControl,
)
from acctdesk.ui.pages.settings.profile import (
    CompanyControl,
    CurrencyControl,
    FiscalControl,
    OfficerControl,
)
from acctdesk.ui.pages.settings.report_sections import ReportSectionsControl

SECTIONS: tuple[tuple[str, Message], ...] = (  # one without rows is not shown
    ("look", msg("Settings", "Language and look")),
    ("officer", msg("Settings", "You and your company")),
    ("clients", msg("Settings", "Your clients")),
    ("collecting", msg("Settings", "Being paid")),
    ("credit", msg("Settings", "Credit")),
    ("book", msg("Settings", "The book")),
    ("privacy", msg("Settings", "Privacy")),
)


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting: its section, its words, and the control that shows and saves it."""

    section: str
    label: Message
    help: Message
    control: type[Control]


ROWS: tuple[SettingRow, ...] = (
    SettingRow(
        "look",
        msg("Settings", "Language"),
        msg("Settings", "Of the window, the charts and the printed pages."),
        LanguageControl,
    ),
    SettingRow(
        "look",
        msg("Settings", "Colours"),
        msg("Settings", "Light, dark, or as your system has it."),
        ThemeControl,
    ),
    SettingRow(
        "look",
        msg("Settings", "Rows of lists"),
        msg("Settings", "Compact shows more of them at once."),
        DensityControl,
    ),
    SettingRow(
        "look",
        msg("Settings", "Size of text"),
        msg("Settings", "All else grows with it, from the next start on."),
        TextSizeControl,
    ),
    SettingRow(
        "officer",
        msg("Settings", "Account officer"),
        msg("Settings", "Your name, as reports show it."),
        OfficerControl,
    ),
    SettingRow(
        "officer",
        msg("Settings", "Company"),
        msg("Settings", "For whom you look after these clients."),
        CompanyControl,
    ),
    SettingRow(
        "officer",
        msg("Settings", "Currency"),
        msg("Settings", "Of all amounts in this book."),
        CurrencyControl,
    ),
    SettingRow(
        "officer",
        msg("Settings", "The fiscal year begins in"),
        msg("Settings", "Quarters, targets and reports follow it."),
        FiscalControl,
    ),
    SettingRow(
        "officer",
        msg("Settings", "Days off"),
        msg("Settings", "Besides weekends and public holidays; deadlines and series skip them."),
        DaysOffControl,
    ),
    SettingRow(
        "clients",
        msg("Settings", "Contact rhythm"),
        msg(
            "Settings",
            "How many days may pass between two contacts, by category. Past the ideal a client"
            " shows as due, past the most as forgotten. A client can have days of its own.",
        ),
        ContactDaysControl,
    ),
    SettingRow(
        "clients",
        msg("Settings", "Visit report"),
        msg("Settings", "What must be written before a report of a visit is saved."),
        ReportSectionsControl,
    ),
    SettingRow(
        "collecting",
        msg("Settings", "Reminder ladder"),
        msg("Settings", "What is proposed for overdue invoices; nothing is sent by itself."),
        LadderControl,
    ),
    SettingRow(
        "collecting",
        msg("Settings", "Grace of a promise to pay"),
        msg("Settings", "So long after its day an unpaid promise is not yet broken."),
        GraceControl,
    ),
    SettingRow(
        "collecting",
        msg("Settings", "Late interest"),
        msg("Settings", "Reference rates by half-year, the margin, the sum for each invoice."),
        RatesControl,
    ),
    SettingRow(
        "credit",
        msg("Settings", "Orders"),
        msg("Settings", "Whether what is ordered and not yet invoiced counts as exposure."),
        OrdersControl,
    ),
    SettingRow(
        "credit",
        msg("Settings", "Before an order is taken"),
        msg("Settings", "Above these the answer is no, or yes with a reason to think twice."),
        CreditRulesControl,
    ),
    SettingRow(
        "credit",
        msg("Settings", "Offer nothing new"),
        msg("Settings", "To a client with more overdue than this, or with an open dispute."),
        HoldControl,
    ),
    SettingRow(
        "credit",
        msg("Settings", "Know your client"),
        msg("Settings", "After how many months a client is reviewed again, by its risk class."),
        ReviewMonthsControl,
    ),
    SettingRow(
        "book",
        msg("Settings", "Place"),
        msg("Settings", "The one file that holds everything."),
        PlaceControl,
    ),
    SettingRow(
        "book",
        msg("Settings", "Protection"),
        msg("Settings", "The password and the printed recovery code."),
        KeyControl,
    ),
    SettingRow(
        "book",
        msg("Settings", "Backups"),
        msg("Settings", "Made by themselves too, and checked each time."),
        BackupControl,
    ),
    SettingRow(
        "privacy",
        msg("Settings", "Lock by itself"),
        msg("Settings", "When nobody touches the program for so long; after sleep always."),
        LockControl,
    ),
)
