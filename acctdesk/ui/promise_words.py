"""Promises in words, and how many were kept: ledger, record and brief say it alike."""

from __future__ import annotations

from collections.abc import Sequence

from acctdesk import formats
from acctdesk.i18n import Message, msg, tr
from acctdesk.kinds import PromiseBy, PromiseOutcome
from acctdesk.services.payment_promises import PaymentPromiseRow, ratio_of
from acctdesk.services.promises import KeptRatio
from acctdesk.ui.painting import ChipKind

RATIO_TITLES = {
    PromiseBy.US: msg("Promises", "Kept by us"),
    PromiseBy.THEM: msg("Promises", "Kept by them"),
}

OUTCOMES: dict[PromiseOutcome, tuple[Message, ChipKind, str]] = {
    PromiseOutcome.BROKEN: (msg("Collecting", "broken"), "danger", "alert-circle"),
    PromiseOutcome.OVERDUE: (msg("Collecting", "its day has passed"), "warning", "clock"),
    PromiseOutcome.OPEN: (msg("Collecting", "open"), "info", "flag"),
    PromiseOutcome.KEPT_LATE: (msg("Collecting", "kept late"), "warning", "check"),
    PromiseOutcome.KEPT: (msg("Collecting", "kept"), "success", "check"),
}


def share_text(ratio: KeptRatio) -> str:
    """Return the share of promises kept, a dash where none counts."""
    return formats.UNKNOWN if ratio.share is None else formats.percent(ratio.share)


def short_ratio(ratio: KeptRatio) -> str:
    """Return the share and of how many it is, a dash where none counts."""
    if not ratio.counted:
        return formats.UNKNOWN
    return tr(
        "Promises", "{share} ({n} of {m})", share=share_text(ratio), n=ratio.kept, m=ratio.counted
    )


def ratio_words(ratio: KeptRatio) -> Message:
    """Return of how many promises a ratio is."""
    if not ratio.counted:
        return msg("Promises", "none settled or due yet")
    return msg("Promises", "{n} of {m} in time", n=ratio.kept, m=ratio.counted)


def ratio_tone(ratio: KeptRatio) -> ChipKind:
    """Return the tone of a ratio: half and less is bad, nine of ten is good."""
    if ratio.share is None:
        return "muted"
    return "success" if ratio.share >= 0.9 else "warning" if ratio.share > 0.5 else "danger"


def payment_words(rows: Sequence[PaymentPromiseRow]) -> tuple[str, str]:
    """Return where a client's promises to pay stand: the first that matters, and the kept ratio.

    With the ink it is said in; empty without any. ``rows`` come broken ones first.
    """
    if not rows:
        return "", "text"
    first, ink = rows[0], "text"
    parts: list[str] = []
    amount = formats.amount(first.left_minor, cents=False)
    if first.outcome is PromiseOutcome.BROKEN:
        parts.append(tr("Collecting", "{amount} broken", amount=amount))
        ink = "danger"
    elif first.is_running:
        day = formats.short_date(first.due_on)
        parts.append(tr("Collecting", "{amount} by {day}", amount=amount, day=day))
    ratio = ratio_of(rows)
    if ratio.counted:
        parts.append(tr("Collecting", "kept {ratio}", ratio=short_ratio(ratio)))
    return " · ".join(parts), ink
