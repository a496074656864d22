"""A mail draft with the workbook attached: a file that a mail program opens, ready to be sent."""

from __future__ import annotations

from pathlib import Path

from acctdesk.i18n import msg
from acctdesk.kinds import Language
from acctdesk.reports import put
from acctdesk.reports.pack import PackResult
from acctdesk.services.mail_drafts import draft

_TYPE = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_draft(result: PackResult, *, language: Language, company: str, officer: str) -> Path:
    """Write the draft beside the workbook and return its path; it names no receiver.

    Raises:
        UserError: the workbook is gone, or the draft cannot be written; it says why.
        EnvironmentFault: the disk is full or failed.
    """
    title = msg("Report", "Report: {period}", period=result.period).localized(language)
    subject = " – ".join(part for part in (title, company) if part)
    made = draft(
        to=None,
        subject=subject,
        body=_words(result, language, officer),
        attached=(result.path.name, _TYPE, put.read(result.path)),
    )
    path = result.path.with_suffix(".eml")
    put.put(path, made)
    return path


def _words(result: PackResult, language: Language, officer: str) -> str:
    attached = msg("Report", "Attached is the report: {period}.", period=result.period)
    lines = [attached.localized(language), ""]
    lines += [f"- {finding}" for finding in result.findings]
    if officer:
        lines += ["", officer]
    return "\n".join(lines) + "\n"
