"""One file on its way in: what is wanted of it, what is known of it, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from acctdesk.exchange.fields import FIELDS
from acctdesk.exchange.runner import import_label
from acctdesk.i18n import Message
from acctdesk.kinds import RecordKind
from acctdesk.ui.itemmodels.import_columns import is_doubtful

if TYPE_CHECKING:
    from acctdesk.exchange.apply import ImportResult
    from acctdesk.exchange.columns import Mapping
    from acctdesk.exchange.trial import ProblemGroup, Trial

# what is named comes before what names it
ORDER: tuple[RecordKind, ...] = (
    RecordKind.CLIENTS,
    RecordKind.PRODUCTS,
    RecordKind.CONTACTS,
    RecordKind.SALES,
    RecordKind.RECEIPTS,
    RecordKind.TARGETS,
    RecordKind.INTERACTIONS,
    RecordKind.TASKS,
)


class FileState(StrEnum):
    """Where a file stands."""

    READING = "reading"
    READY = "ready"
    LOOK = "look"  # something in it needs the officer
    NOTHING = "nothing"  # the book holds all of it
    REFUSED = "refused"
    STOPPED = "stopped"  # the officer stopped its reading
    WAITING = "waiting"  # for its turn to be imported
    IMPORTING = "importing"
    IMPORTED = "imported"


@dataclass(eq=False, slots=True)
class ImportFile:
    """A file of the batch.

    ``kind``, ``mapping`` and ``same`` are what the officer wants (None: as proposed); ``trial`` is
    the last answer, ``trying`` tells that a newer one is on its way. ``result`` is what the import
    did.
    """

    path: Path
    kind: RecordKind | None = None
    mapping: Mapping | None = None
    same: frozenset[str] | None = None  # as in ``ParsedFile``
    trial: Trial | None = None
    trying: bool = True
    seen: bool = False  # the officer has opened it
    refusal: Message | None = None
    stopped: bool = False
    waiting: bool = False
    importing: bool = False
    imported: bool = False
    failure: Message | None = None  # why the import did not come about
    share: float = 0.0
    result: ImportResult | None = None
    groups: tuple[ProblemGroup, ...] = ()  # the problems of ``result``
    first_shape: str = ""

    @property
    def name(self) -> str:
        """Return the file's name."""
        return self.path.name

    @property
    def current(self) -> Mapping | None:
        """Return the mapping in force: the officer's, else the proposed one."""
        if self.mapping is not None:
            return self.mapping
        return None if self.trial is None else self.trial.mapping

    @property
    def found_kind(self) -> RecordKind | None:
        """Return what the file holds, None where that is not known."""
        if self.kind is not None:
            return self.kind
        current = self.current
        return None if current is None else current.kind

    @property
    def label(self) -> Message | None:
        """Return what the import's undo step is called."""
        kind = self.found_kind
        return None if kind is None else import_label(kind, self.name)

    @property
    def shown(self) -> ImportResult | None:
        """Return the counts to show: of the import where it is done, else of the trial."""
        if self.imported and self.result is not None:
            return self.result
        return None if self.trial is None else self.trial.result

    @property
    def problems(self) -> tuple[ProblemGroup, ...]:
        """Return the problems to show, as ``shown`` counts them."""
        if self.imported and self.result is not None:
            return self.groups
        return () if self.trial is None else self.trial.groups

    @property
    def effect(self) -> int:
        """Return how many records an import would create or change."""
        result = None if self.trial is None else self.trial.result
        return 0 if result is None else result.created + result.updated

    @property
    def missing(self) -> tuple[Message, ...]:
        """Return the titles of the needed fields that no column holds."""
        current = self.current
        if current is None:
            return ()
        have = current.fields()
        if have.keys() & {"debit", "credit"}:
            have = {**have, "amount": -1}
        return tuple(
            field.title
            for field in FIELDS[current.kind]
            if field.required and field.key not in have
        )

    @property
    def state(self) -> FileState:
        """Return where the file stands."""
        if self.refusal is not None:
            return FileState.REFUSED
        for flag, state in (
            (self.importing, FileState.IMPORTING),
            (self.waiting, FileState.WAITING),
            (self.imported, FileState.IMPORTED),
            (self.stopped, FileState.STOPPED),
            (self.trying, FileState.READING),
        ):
            if flag:
                return state
        if self.unclear or self.failure is not None:
            return FileState.LOOK
        return FileState.READY if self.effect else FileState.NOTHING

    @property
    def unclear(self) -> bool:
        """Tell whether the officer should open the file before it is imported."""
        current = self.current
        if current is None or self.missing:
            return True
        result = None if self.trial is None else self.trial.result
        same = result is not None and bool(result.same_payments)
        return not self.seen and (same or any(is_doubtful(column) for column in current.columns))

    @property
    def importable(self) -> bool:
        """Tell whether it can be imported as it stands."""
        return self.state is FileState.READY

    def rank(self) -> int:
        """Return its turn among files that are imported together."""
        kind = self.found_kind
        return ORDER.index(kind) if kind in ORDER else len(ORDER)

    def choose_field(self, index: int, key: str | None) -> None:
        """Let column ``index`` mean ``key``; the next file of this shape is read the same."""
        current = self.current
        if current is None:
            return
        self.mapping = with_layout(current.with_column(index, key))
        self.kind = self.mapping.kind

    def choose_kind(self, kind: RecordKind) -> None:
        """Let the file hold ``kind``: its columns are proposed anew."""
        self.kind, self.mapping = kind, None

    def take_trial(self, trial: Trial) -> None:
        """Take a newer answer."""
        self.trial = trial
        self.trying = self.stopped = False
        self.refusal = None
        mapping = trial.mapping
        if mapping is None:
            return
        if self.kind is None:
            self.first_shape = mapping.shape
        elif self.mapping is None:
            # remembered under the shape that the next such file will be known by
            self.mapping = replace(mapping, shape=self.first_shape or mapping.shape)


def with_layout(mapping: Mapping) -> Mapping:
    """Return a mapping whose layout follows from its columns: a target table is wide or long."""
    if mapping.kind is not RecordKind.TARGETS:
        return mapping
    wide = any(
        column.field is not None and column.field.startswith(("month:", "year:"))
        for column in mapping.columns
    )
    return replace(mapping, layout="months_wide" if wide else "months_long")
