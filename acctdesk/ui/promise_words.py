"""How many promises were kept, in words: ledger, record and brief say it alike."""

from __future__ import annotations

from acctdesk import formats
from acctdesk.i18n import Message, msg, tr
from acctdesk.kinds import PromiseBy
from acctdesk.services.promises import KeptRatio
from acctdesk.ui.painting import ChipKind

RATIO_TITLES = {
    PromiseBy.US: msg("Promises", "Kept by us"),
    PromiseBy.THEM: msg("Promises", "Kept by them"),
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
