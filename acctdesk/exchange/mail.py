"""A saved e-mail, .eml or .msg, as one value: who, when, what it says, what hangs on it.

The content decides which of both it is. Nothing that a message says is trusted: HTML becomes plain
text, names of files lose their folders, an unknown character set is guessed, and whatever breaks
on the way is one sentence.
"""

from __future__ import annotations

import datetime as dt
import email.errors
import hashlib
import io
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.header import decode_header
from email.message import Message as Part
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from acctdesk.errors import UserError
from acctdesk.exchange import text_files
from acctdesk.exchange.safe_text import safe_text
from acctdesk.i18n import Message, msg
from acctdesk.services.attachments import FileInput
from acctdesk.services.mail import Recognition, recognise
from acctdesk.storage import faults
from acctdesk.text import attached_name, clean

if TYPE_CHECKING:
    from oxmsg import Message as OutlookMessage
    from oxmsg.properties import Properties
    from sqlalchemy.orm import Session

ENDINGS = (".eml", ".msg")
LARGEST = 40_000_000  # bytes: a file of 25 MB as text in a mail, and the rest of it
MOST_FILES = 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNS = {"from", "to", "subject", "date", "message-id", "received", "return-path", "x-unsent"}
# what the two parsers throw at a file that is not what it says
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, TypeError,
    ValueError, email.errors.MessageError, struct.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """A name (may be empty) and an address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A message. ``key`` is the same for the same message, however often it is saved.

    ``sent_at`` is aware, None where the message does not say. ``left_out`` names what hung on it
    and cannot be kept: a message or an object of Outlook inside the message.
    """

    key: str
    sender: Person | None
    recipients: tuple[Person, ...]
    sent_at: dt.datetime | None
    subject: str
    text: str
    files: tuple[FileInput, ...]
    left_out: tuple[str, ...] = ()


def read_mail(path: str | Path) -> Mail:
    """Return the message in a file.

    Raises:
        UserError: it is no message, too large or broken; the sentence says which.
    """
    file = Path(path)
    with faults.faults_told(file):
        if file.stat().st_size > LARGEST:
            raise _refused(file.name, msg("Mail", "it is larger than an e-mail can be (40 MB)."))
        content = file.read_bytes()
    try:
        mail = _outlook(content) if content.startswith(_OLE) else _internet(content)
    except RecursionError:
        raise _refused(
            file.name, msg("Mail", "the messages in it are too deeply nested.")
        ) from None
    except _NoMail:
        raise _refused(file.name, msg("Mail", "it is not an e-mail.")) from None
    except _BROKEN as error:
        raise _refused(file.name, msg("Mail", "the e-mail is damaged.")) from error
    if len(mail.files) > MOST_FILES:
        raise _refused(file.name, msg("Mail", "too many files hang on it."))
    return mail


def read_mails(
    paths: Sequence[Path],
    *,
    progress: Callable[..., None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[list[Mail], list[Message]]:
    """Return the messages of several files, and why others were not read."""
    mails: list[Mail] = []
    refused: list[Message] = []
    for number, path in enumerate(paths):
        if cancelled is not None and cancelled():
            break
        if progress is not None:
            progress(number, len(paths))
        try:
            mails.append(read_mail(path))
        except UserError as error:
            refused.append(error.message)
    return mails, refused


def recognise_all(
    session: Session, *, mails: Sequence[Mail], client_id: int | None = None
) -> list[Recognition]:
    """Return for each message what the book knows of it; see :func:`services.mail.recognise`."""
    return [
        recognise(
            session,
            key=mail.key,
            sender=None if mail.sender is None else mail.sender.address,
            recipients=[person.address for person in mail.recipients],
            client_id=client_id,
        )
        for mail in mails
    ]


class _NoMail(Exception):  # noqa: N818 - a finding, not a fault
    pass


def _refused(name: str, why: Message) -> UserError:
    return UserError(
        msg("Mail", "{name} was not read: {why} Nothing was changed.", name=name, why=why)
    )


def _key(identifier: str, *seen: object, files: tuple[FileInput, ...]) -> str:
    """Return what tells a message again: its identifier, else a hash of all that it says."""
    key = clean(identifier)
    if not key:
        whole = hashlib.sha256(repr(seen).encode("utf-8", "surrogatepass"))
        for file in files:
            whole.update(file.data)
        key = whole.hexdigest()
    return f"mail:{key[:200]}"


# .eml


def _internet(content: bytes) -> Mail:
    whole = BytesParser(policy=compat32).parsebytes(content)
    if not _SIGNS & {name.lower() for name in whole.keys()}:  # noqa: SIM118 - not a mapping
        raise _NoMail
    sender = next(iter(_people(whole, "from")), None)
    sent_at = _date(_header(whole, "date"))
    subject = clean(_header(whole, "subject"))
    text = _body(whole) or ""
    files = tuple(_files(whole))
    return Mail(
        key=_key(_header(whole, "message-id"), sender, sent_at, subject, text, files=files),
        sender=sender,
        recipients=_people(whole, "to", "cc"),
        sent_at=sent_at,
        subject=subject,
        text=text,
        files=files,
    )


def _raw(part: Part, name: str) -> list[str]:
    return [str(value) for key, value in part.raw_items() if key.lower() == name]


def _header(part: Part, name: str) -> str:
    return _words(next(iter(_raw(part, name)), ""))


def _words(raw: str) -> str:
    """Return a header as it is read, whatever it was written in."""
    pieces = []
    for piece, charset in decode_header(raw):
        if isinstance(piece, str):
            # letters outside ASCII that nobody declared arrive as surrogates
            pieces.append(_decoded(piece.encode("ascii", "surrogateescape"), None))
        else:
            pieces.append(_decoded(piece, charset))
    return "".join(pieces)


def _decoded(data: bytes, charset: str | None) -> str:
    try:
        return data.decode(charset or "ascii")
    except (LookupError, UnicodeDecodeError):
        return text_files.decode(data)[0]


def _people(part: Part, *names: str) -> tuple[Person, ...]:
    raw = [value for name in names for value in _raw(part, name)]
    return tuple(
        Person(clean(_words(name)), address.strip().lower())
        for name, address in getaddresses(raw)
        if "@" in address
    )


def _date(value: str) -> dt.datetime | None:
    try:
        when = parsedate_to_datetime(value)
        when = when if when.tzinfo is not None else when.replace(tzinfo=dt.UTC)
        return when.astimezone(dt.UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _body(part: Part) -> str | None:
    """Return the text of a message or a part of it; None where it has none."""
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        children = [one for one in part.get_payload() if isinstance(one, Part)]
        if part.get_content_subtype() == "alternative":
            children.sort(key=lambda one: one.get_content_type() != "text/plain")
            return next((text for one in children if (text := _body(one))), None)
        return "\n\n".join(text for one in children if (text := _body(one))) or None
    if not _is_body(part):
        return None
    data = part.get_payload(decode=True)
    words = _decoded(data, part.get_content_charset()) if isinstance(data, bytes) else ""
    if part.get_content_subtype() == "html":
        words = safe_text(words)
    return words.replace("\r\n", "\n").strip() or None


def _is_body(part: Part) -> bool:
    return (
        part.get_content_type() in {"text/plain", "text/html"}
        and part.get_content_disposition() != "attachment"
        and not part.get_filename()
    )


def _files(part: Part) -> Iterator[FileInput]:
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        for one in part.get_payload():
            if isinstance(one, Part):
                yield from _files(one)
        return
    if _is_body(part):
        return
    kind = part.get_content_type()
    if kind == "message/rfc822" and part.is_multipart():
        inner = part.get_payload(0)
        assert isinstance(inner, Part)
        name = attached_name(f"{_header(inner, 'subject')}.eml", "message.eml")
        yield FileInput(name, kind, inner.as_bytes())
        return
    data = part.get_payload(decode=True)
    if isinstance(data, bytes):
        yield FileInput(attached_name(_file_name(part), "attachment"), kind, data)


def _file_name(part: Part) -> str:
    """Return the name a part gives itself; the one that says its characters comes first."""
    named = [
        part.get_param("filename", None, "content-disposition"),
        part.get_param("name", None, "content-type"),
    ]
    for one in sorted((one for one in named if one), key=lambda one: not isinstance(one, tuple)):
        if isinstance(one, tuple):
            charset, _, words = one
            return _decoded(words.encode("latin-1", "replace"), charset or None)
        return _words(one)
    return ""


# .msg


def _outlook(content: bytes) -> Mail:
    from olefile import OleFileIO
    from oxmsg import Message as Outlook
    from oxmsg.domain import constants as of

    with OleFileIO(io.BytesIO(content)) as ole:
        entries = [one for one in ole.direntries if one is not None]
        if sum(one.size for one in entries if one is not ole.root) > 2 * len(content):
            raise ValueError("streams that lie over each other")
        if not ole.exists("__properties_version1.0"):
            raise _NoMail
    whole = Outlook.load(content)
    properties = whole.properties
    headers = BytesParser(policy=compat32).parsebytes(
        (properties.str_prop_value(of.PID_TRANSPORT_MESSAGE_HEADERS) or "").encode(),
        headersonly=True,
    )
    identifier = properties.str_prop_value(of.PID_INTERNET_MESSAGE_ID)
    sender = _outlook_sender(whole, headers, of)
    sent_at = _outlook_date(whole, headers, of)
    subject = clean(whole.subject)
    text = _outlook_text(whole, of)
    files, left_out = _outlook_files(whole, of)
    return Mail(
        key=_key(
            identifier or _header(headers, "message-id"),
            sender, sent_at, subject, text, files=files,
        ),
        sender=sender,
        recipients=tuple(_outlook_people(whole, of)),
        sent_at=sent_at,
        subject=subject,
        text=text,
        files=files,
        left_out=left_out,
    )  # fmt: skip


def _outlook_people(whole: OutlookMessage, of: Any) -> Iterator[Person]:
    for one in whole.recipients:
        address = one.email_address.strip().lower()
        if "@" in address:
            yield Person(clean(_part_text(whole, one.properties, of.PID_DISPLAY_NAME)), address)


def _part_text(whole: OutlookMessage, part: Properties, identifier: int) -> str:
    """Return a text of a recipient or a file: only the message knows its 8-bit alphabet."""
    from oxmsg.properties import String8Property

    for one in part:
        if one.pid == identifier and isinstance(one, String8Property):
            # the library takes it for Latin, which loses nothing
            return _decoded(one.value.encode("iso-8859-15"), whole.properties.body_encoding)
    return part.str_prop_value(identifier) or ""


def _outlook_date(whole: OutlookMessage, headers: Part, of: Any) -> dt.datetime | None:
    kept = whole.sent_date or whole.properties.date_prop_value(of.PID_MESSAGE_DELIVERY_TIME)
    if kept is None:
        return _date(_header(headers, "date"))
    return kept if kept.tzinfo is not None else kept.replace(tzinfo=dt.UTC)


def _outlook_sender(whole: OutlookMessage, headers: Part, of: Any) -> Person | None:
    """Return the sender; inside a company Outlook keeps a name of the directory as address."""
    properties = whole.properties
    name = clean(properties.str_prop_value(of.PID_SENDER_NAME) or "")
    for identifier in (of.PID_SENDER_SMTP_ADDRESS, of.PID_SENDER_EMAIL_ADDRESS):
        address = (properties.str_prop_value(identifier) or "").strip().lower()
        if "@" in address:
            return Person(name, address)
    written = _people(headers, "from")
    return written[0] if written else None


def _outlook_text(whole: OutlookMessage, of: Any) -> str:
    plain = (whole.body or "").replace("\r\n", "\n").strip()
    if plain:
        return plain
    data = whole.properties.binary_prop_value(of.PID_HTML)
    html = _decoded(data, whole.properties.body_encoding) if data else whole.html_body
    return safe_text(html or "")


def _outlook_files(whole: OutlookMessage, of: Any) -> tuple[tuple[FileInput, ...], tuple[str, ...]]:
    files, left_out = [], []
    for one in whole.attachments:
        named = (of.PID_ATTACH_LONG_FILENAME, of.PID_ATTACH_FILENAME, of.PID_DISPLAY_NAME)
        given = (_part_text(whole, one.properties, identifier) for identifier in named)
        name = attached_name(next(filter(None, given), None), "attachment")
        data = one.file_bytes
        if data is None:
            left_out.append(name)
        else:
            files.append(FileInput(name, one.mime_type or "application/octet-stream", data))
    return tuple(files), tuple(left_out)
