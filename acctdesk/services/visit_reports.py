"""The report of a visit: its sections, which of them are required, and its words in the timeline.

What a saved report says is also written, section by section, into the words of its interaction:
so timeline, brief and search find it by the one road that they have, and there is no second text
to keep in an index. The words that stood there before are offered as what was discussed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.kinds import InteractionKind, PromiseBy
from acctdesk.models import Client, Interaction, Setting, VisitReport
from acctdesk.services import checks
from acctdesk.services.interactions import get_interaction
from acctdesk.services.profile import get_profile
from acctdesk.services.rows import InteractionRow, Profile

# in the order in which they are told
SECTIONS: Mapping[str, Message] = {
    "purpose": msg("Visit report", "Purpose"),
    "present": msg("Visit report", "Present"),
    "discussed": msg("Visit report", "What was discussed"),
    "agreed": msg("Visit report", "What was agreed"),
    "needs": msg("Visit report", "Needs"),
    "competition": msg("Visit report", "Competition"),
    "remarks": msg("Visit report", "Remarks"),
}
USUALLY_REQUIRED = frozenset({"purpose", "discussed", "agreed"})
REPORTED = frozenset({InteractionKind.VISIT, InteractionKind.MEETING})  # what has a report
_REQUIRED = "report_required"  # the setting: a list of keys of SECTIONS


@dataclass(frozen=True, slots=True)
class ReportForm:
    """A report to be written or changed; ``sections`` are proposed where none was ``saved``."""

    interaction: InteractionRow
    client_name: str
    city: str | None
    profile: Profile
    sections: Mapping[str, str]
    required: frozenset[str]
    saved: bool
    version: int | None


def get_required(session: Session) -> frozenset[str]:
    """Return the sections that a report must have."""
    kept = session.scalar(
        select(Setting.value).where(Setting.key == _REQUIRED, Setting.deleted_at.is_(None))
    )
    return USUALLY_REQUIRED if kept is None else frozenset(json.loads(kept)) & SECTIONS.keys()


def set_required(session: Session, *, sections: Collection[str]) -> None:
    """Choose the sections that a report must have."""
    unknown = set(sections) - SECTIONS.keys()
    if unknown:
        raise ValueError(f"no such section: {', '.join(sorted(unknown))}")
    text = json.dumps([one for one in SECTIONS if one in sections])
    setting = session.scalars(select(Setting).where(Setting.key == _REQUIRED)).first()
    if setting is None:
        session.add(Setting(key=_REQUIRED, value=text))
    elif setting.value != text or setting.deleted_at is not None:
        setting.value, setting.deleted_at = text, None


def report_form(session: Session, *, interaction_id: int) -> ReportForm:
    """Return the report of an interaction, or what one is begun with.

    Raises:
        UserError: the interaction is gone, or is no visit or meeting.
    """
    interaction = get_interaction(session, interaction_id=interaction_id)
    if interaction is None:
        raise UserError(msg("Services", "This interaction is no longer in the book."))
    _check_kind(interaction.kind)
    stored = _stored(session, interaction_id)
    client = session.execute(
        select(Client.name, Client.city).where(Client.id == interaction.client_id)
    ).one()
    return ReportForm(
        interaction=interaction,
        client_name=client.name,
        city=client.city,
        profile=get_profile(session),
        sections=_proposed(interaction)
        if stored is None
        else {key: getattr(stored, key) for key in SECTIONS},
        required=get_required(session),
        saved=stored is not None,
        version=None if stored is None else stored.version,
    )


def _stored(session: Session, interaction_id: int) -> VisitReport | None:
    return session.scalars(
        select(VisitReport).where(
            VisitReport.interaction_id == interaction_id, VisitReport.deleted_at.is_(None)
        )
    ).first()


def _check_kind(kind: InteractionKind) -> None:
    if kind not in REPORTED:
        raise UserError(msg("Visit report", "Only visits and meetings have a report."))


def _proposed(interaction: InteractionRow) -> dict[str, str]:
    """Return what is known of the sections from what was captured."""
    agreed = []
    for promise in interaction.promises:
        if promise.given_by is PromiseBy.US:
            line = msg("Visit report", "We: {what}", what=promise.what)
        else:
            line = msg("Visit report", "They: {what}", what=promise.what)
        day = "" if promise.due_on is None else f" ({formats.date(promise.due_on)})"
        agreed.append(f"{line}{day}")
    return dict.fromkeys(SECTIONS, "") | {
        "purpose": interaction.subject,
        "present": interaction.contact_name or "",
        "discussed": interaction.body,
        "agreed": "\n".join(agreed),
        "needs": "\n".join(need.what for need in interaction.needs),
    }


def missing(sections: Mapping[str, str], required: Collection[str]) -> list[str]:
    """Return the required sections that are empty, in their order."""
    return [key for key in SECTIONS if key in required and not sections.get(key, "").strip()]


def save_report(
    session: Session,
    *,
    interaction_id: int,
    sections: Mapping[str, str],
    expected_version: int | None = None,
) -> None:
    """Keep the report of a visit or meeting, and its words in the interaction.

    Raises:
        UserError: a required section is empty; it names them. Nothing was changed.
        ConflictError: the report changed since ``expected_version``.
    """
    interaction = checks.live(session, Interaction, interaction_id)
    _check_kind(InteractionKind(interaction.kind))
    checks.declared(sections, frozenset(SECTIONS))
    empty = missing(sections, get_required(session))
    if empty:
        names = ", ".join(str(SECTIONS[key]) for key in empty)
        raise UserError(msg("Visit report", "Still to be written: {sections}.", sections=names))
    values = {key: checks.plain(VisitReport, key, sections.get(key, "")) or "" for key in SECTIONS}
    report = _stored(session, interaction_id)
    if report is None:
        report = VisitReport(interaction_id=interaction_id)
        session.add(report)
    else:
        checks.expect_version(report, expected_version, values)
    checks.assign(report, values)
    checks.assign(interaction, {"body": in_words(values)})


def in_words(sections: Mapping[str, str]) -> str:
    """Return a report as plain text: each section that has words, under its name."""
    return "\n".join(
        f"{title}: {sections[key]}" for key, title in SECTIONS.items() if sections.get(key)
    )
