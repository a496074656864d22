"""A mail draft with the workbook attached: a file that a mail program opens, ready to be sent."""

from __future__ import annotations

from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

from acctdesk.i18n import msg
from acctdesk.kinds import Language
from acctdesk.reports import put
from acctdesk.reports.pack import PackResult

_TYPE = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_draft(result: PackResult, *, language: Language, company: str, officer: str) -> Path:
    """Write the draft beside the workbook and return its path; it names no receiver.

    Raises:
        UserError: the workbook is gone, or the draft cannot be written; it says why.
        EnvironmentFault: the disk is full or failed.
    """
    title = msg("Report", "Report: {period}", period=result.period).localized(language)
    subject = " – ".join(part for part in (title, company) if part)
    workbook = MIMEApplication(put.read(result.path), _TYPE)
    workbook.add_header(
        "Content-Disposition", "attachment", filename=("utf-8", "", result.path.name)
    )
    draft = MIMEMultipart()
    # the newer way of the same library loses spaces where it folds a long Greek subject
    draft["Subject"] = Header(" ".join(subject.split()), "utf-8", header_name="Subject").encode()
    draft["X-Unsent"] = "1"  # Outlook opens it as a draft
    draft.attach(MIMEText(_words(result, language, officer), "plain", "utf-8"))
    draft.attach(workbook)
    path = result.path.with_suffix(".eml")
    put.put(path, draft.as_bytes())
    return path


def _words(result: PackResult, language: Language, officer: str) -> str:
    attached = msg("Report", "Attached is the report: {period}.", period=result.period)
    lines = [attached.localized(language), ""]
    lines += [f"- {finding}" for finding in result.findings]
    if officer:
        lines += ["", officer]
    return "\n".join(lines) + "\n"
