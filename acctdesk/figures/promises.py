"""What became of promises, and how many of them were kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from acctdesk.kinds import PromiseOutcome, PromiseState


def outcome(
    state: PromiseState,
    *,
    due_on: dt.date | None,
    settled_on: dt.date | None,
    as_of: dt.date,
) -> PromiseOutcome:
    """Return what has become of a promise as of a day; what is settled later is open then.

    One without a day cannot be late. One kept on its day is in time.
    """
    if state is PromiseState.OPEN or (settled_on is not None and settled_on > as_of):
        late = due_on is not None and due_on < as_of
        return PromiseOutcome.OVERDUE if late else PromiseOutcome.OPEN
    if state is PromiseState.BROKEN:
        return PromiseOutcome.BROKEN
    late = due_on is not None and settled_on is not None and settled_on > due_on
    return PromiseOutcome.KEPT_LATE if late else PromiseOutcome.KEPT


@dataclass(frozen=True, slots=True)
class KeptRatio:
    """How many promises were ``kept`` in time, of those settled or due: ``counted``.

    What was kept after its day is ``late``; what is open after its day counts as not kept, what is
    open and not yet due does not count. Definition: promise kept ratio, grace 0.
    """

    kept: int = 0
    late: int = 0
    broken: int = 0
    overdue: int = 0

    @property
    def counted(self) -> int:
        """How many the ratio is of."""
        return self.kept + self.late + self.broken + self.overdue

    @property
    def share(self) -> float | None:
        """Kept in time of those counted, None where none counts."""
        return self.kept / self.counted if self.counted else None


COUNTED = (
    PromiseOutcome.KEPT,
    PromiseOutcome.KEPT_LATE,
    PromiseOutcome.BROKEN,
    PromiseOutcome.OVERDUE,
)


def kept_ratio(outcomes: Iterable[PromiseOutcome]) -> KeptRatio:
    """Return the ratio of promises by what became of them."""
    found = list(outcomes)
    return KeptRatio(*(found.count(one) for one in COUNTED))
