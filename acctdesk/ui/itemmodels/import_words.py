"""What the Import page says of each kind of record, and of a file's state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from acctdesk import formats
from acctdesk.exchange.columns import Mapping
from acctdesk.exchange.trial import Trial
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.kinds import RecordKind

K = RecordKind

KINDS: dict[RecordKind, Message] = {
    K.CLIENTS: msg("ImportKind", "Clients"),
    K.CONTACTS: msg("ImportKind", "Contacts"),
    K.PRODUCTS: msg("ImportKind", "Products"),
    K.SALES: msg("ImportKind", "Sales"),
    K.RECEIPTS: msg("ImportKind", "Receipts"),
    K.TARGETS: msg("ImportKind", "Targets"),
    K.OPPORTUNITIES: msg("ImportKind", "Opportunities"),
    K.INTERACTIONS: msg("ImportKind", "Interactions"),
    K.TASKS: msg("ImportKind", "Tasks"),
}
TITLES: dict[RecordKind, Message] = {
    K.CLIENTS: msg("ImportKind", "Import of clients"),
    K.CONTACTS: msg("ImportKind", "Import of contacts"),
    K.PRODUCTS: msg("ImportKind", "Import of products"),
    K.SALES: msg("ImportKind", "Import of sales"),
    K.RECEIPTS: msg("ImportKind", "Import of receipts"),
    K.TARGETS: msg("ImportKind", "Import of targets"),
    K.OPPORTUNITIES: msg("ImportKind", "Import of opportunities"),
    K.INTERACTIONS: msg("ImportKind", "Import of interactions"),
    K.TASKS: msg("ImportKind", "Import of tasks"),
}
NEW: dict[RecordKind, Message] = {
    K.CLIENTS: msg("ImportKind", "new clients"),
    K.CONTACTS: msg("ImportKind", "new contacts"),
    K.PRODUCTS: msg("ImportKind", "new products"),
    K.SALES: msg("ImportKind", "new sales"),
    K.RECEIPTS: msg("ImportKind", "new receipts"),
    K.TARGETS: msg("ImportKind", "new targets"),
    K.OPPORTUNITIES: msg("ImportKind", "new opportunities"),
    K.INTERACTIONS: msg("ImportKind", "new interactions"),
    K.TASKS: msg("ImportKind", "new tasks"),
}
ICONS: dict[RecordKind, str] = {
    K.CLIENTS: "user-plus",
    K.CONTACTS: "user-circle",
    K.PRODUCTS: "package",
    K.SALES: "shopping-cart",
    K.RECEIPTS: "cash",
    K.TARGETS: "target-arrow",
    K.OPPORTUNITIES: "target",
    K.INTERACTIONS: "message",
    K.TASKS: "checkbox",
}
Counted = Callable[[int, str], Message]
_COMMIT: dict[RecordKind, Counted] = {
    K.CLIENTS: lambda n, count: nmsg(
        "ImportKind", "Import {count} client", "Import {count} clients", n, count=count
    ),
    K.CONTACTS: lambda n, count: nmsg(
        "ImportKind", "Import {count} contact", "Import {count} contacts", n, count=count
    ),
    K.PRODUCTS: lambda n, count: nmsg(
        "ImportKind", "Import {count} product", "Import {count} products", n, count=count
    ),
    K.SALES: lambda n, count: nmsg(
        "ImportKind", "Import {count} sale", "Import {count} sales", n, count=count
    ),
    K.RECEIPTS: lambda n, count: nmsg(
        "ImportKind", "Import {count} receipt", "Import {count} receipts", n, count=count
    ),
    K.TARGETS: lambda n, count: nmsg(
        "ImportKind", "Import {count} target", "Import {count} targets", n, count=count
    ),
    K.INTERACTIONS: lambda n, count: nmsg(
        "ImportKind", "Import {count} interaction", "Import {count} interactions", n, count=count
    ),
    K.TASKS: lambda n, count: nmsg(
        "ImportKind", "Import {count} task", "Import {count} tasks", n, count=count
    ),
}
_DONE: dict[RecordKind, Counted] = {
    K.CLIENTS: lambda n, count: nmsg(
        "ImportKind", "{count} client was imported", "{count} clients were imported", n, count=count
    ),
    K.CONTACTS: lambda n, count: nmsg(
        "ImportKind",
        "{count} contact was imported",
        "{count} contacts were imported",
        n,
        count=count,
    ),
    K.PRODUCTS: lambda n, count: nmsg(
        "ImportKind",
        "{count} product was imported",
        "{count} products were imported",
        n,
        count=count,
    ),
    K.SALES: lambda n, count: nmsg(
        "ImportKind", "{count} sale was imported", "{count} sales were imported", n, count=count
    ),
    K.RECEIPTS: lambda n, count: nmsg(
        "ImportKind",
        "{count} receipt was imported",
        "{count} receipts were imported",
        n,
        count=count,
    ),
    K.TARGETS: lambda n, count: nmsg(
        "ImportKind", "{count} target was imported", "{count} targets were imported", n, count=count
    ),
    K.INTERACTIONS: lambda n, count: nmsg(
        "ImportKind",
        "{count} interaction was imported",
        "{count} interactions were imported",
        n,
        count=count,
    ),
    K.TASKS: lambda n, count: nmsg(
        "ImportKind", "{count} task was imported", "{count} tasks were imported", n, count=count
    ),
}


def commit_words(kind: RecordKind | None, count: int) -> Message:
    """Return the words of the button that imports ``count`` records."""
    if not count:
        return msg("ImportPage", "Nothing to import")
    shown = formats.number(count)
    if kind in _COMMIT:
        return _COMMIT[kind](count, shown)
    return nmsg("ImportPage", "Import {count} record", "Import {count} records", count, count=shown)


def done_words(kind: RecordKind | None, count: int) -> Message:
    """Return the sentence of an import that is done."""
    shown = formats.number(count)
    if not count:
        return msg("ImportPage", "Nothing changed: the book held all of it")
    if kind in _DONE:
        return _DONE[kind](count, shown)
    return nmsg(
        "ImportPage", "{count} record was imported", "{count} records were imported", count,
        count=shown,
    )  # fmt: skip


def file_line(trial: Trial) -> str:
    """Return where in a file the table stands: name, sheet, rows, headings, unit."""
    parts = [trial.name]
    if trial.sheets == (trial.path.stem,):
        pass  # a text file has no sheets: its own name stands for one
    elif len(trial.sheets) == 1:
        parts.append(str(msg("ImportPage", "sheet “{sheet}”", sheet=trial.sheets[0])))
    elif trial.sheets:
        first, last = trial.sheets[0], trial.sheets[-1]
        parts.append(
            str(
                msg(
                    "ImportPage",
                    "{n} sheets, “{first}” to “{last}”",
                    n=len(trial.sheets),
                    first=first,
                    last=last,
                )
            )
        )
    parts.append(str(rows_words(trial.rows)))
    top, bottom = trial.headings
    if top == bottom:
        parts.append(str(msg("ImportPage", "headings in row {row}", row=top)))
    else:
        parts.append(
            str(msg("ImportPage", "headings in rows {top}–{bottom}", top=top, bottom=bottom))
        )
    if trial.mapping is not None:
        parts += [str(one) for one in _reading(trial.mapping)]
    return " · ".join(parts)


def rows_words(count: int) -> Message:
    """Return how many rows a table has, in words."""
    shown = formats.number(count)
    return nmsg("ImportPage", "{count} row", "{count} rows", count, count=shown)


def _reading(mapping: Mapping) -> list[Message]:
    found = []
    if mapping.unit_scale == 1000:
        found.append(msg("ImportPage", "amounts in thousands"))
    elif mapping.unit_scale == 1_000_000:
        found.append(msg("ImportPage", "amounts in millions"))
    if mapping.constants.get("year"):
        found.append(msg("ImportPage", "year {year}", year=mapping.constants["year"]))
    return found


def month_words(key: str) -> Message | None:
    """Return the title of a column of a target table that holds one month or year."""
    kind, _, rest = key.partition(":")
    if kind == "year" and rest:
        return msg("ImportPage", "Target · year {year}", year=rest)
    if kind != "month" or not rest:
        return None
    if "-" in rest:
        year, _, month = rest.partition("-")
        name = formats.month_name(dt.date(int(year), int(month), 1))
    else:
        name = formats.month_name(dt.date(2000, int(rest), 1)).rpartition(" ")[0]
    return msg("ImportPage", "Target · {month}", month=name)
