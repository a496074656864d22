"""A mail as a file that a mail program opens, ready to be sent."""

from __future__ import annotations

from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from acctdesk.i18n import msg
from acctdesk.services.case_rows import RequestRow


def draft(
    *, to: str | None, subject: str, body: str, attached: tuple[str, str, bytes] | None = None
) -> bytes:
    """Return a draft in plain text; ``to`` is an address, None where it is not known.

    ``attached`` is a file: its name, the application's subtype of its media type, its bytes.
    """
    text = MIMEText(body, "plain", "utf-8")
    mail: MIMEText | MIMEMultipart = text
    if attached is not None:
        name, subtype, data = attached
        file = MIMEApplication(data, subtype)
        file.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
        mail = MIMEMultipart()
        mail.attach(text)
        mail.attach(file)
    # the newer way of the same library loses spaces where it folds a long Greek subject
    mail["Subject"] = Header(" ".join(subject.split()), "utf-8", header_name="Subject").encode()
    if to:
        mail["To"] = to
    mail["X-Unsent"] = "1"  # Outlook opens it as a draft
    return mail.as_bytes()


def request_draft(request: RequestRow, *, officer: str, due: str, client: str) -> bytes:
    """Return the draft that asks a department; ``due`` and ``client`` are as they are shown."""
    lines = [
        msg("Request", "Good day,").localized(),
        "",
        msg("Request", "we need from you: {what}.", what=request.what.rstrip(".")).localized(),
    ]
    if client:
        lines.append(msg("Request", "Client: {name}", name=client).localized())
    if request.details:
        lines += ["", request.details]
    if due:
        lines += ["", msg("Request", "Please answer by {day}.", day=due).localized()]
    lines += ["", msg("Request", "Thank you").localized(), *([officer] if officer else [])]
    return draft(to=request.email, subject=request.what, body="\n".join(lines) + "\n")
