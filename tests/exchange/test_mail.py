"""A saved e-mail is read for what it says, whoever wrote it and whatever is wrong with it."""

from __future__ import annotations

import datetime as dt
import random
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest

from acctdesk.errors import UserError
from acctdesk.exchange.arriving import arriving_mails
from acctdesk.exchange.mail import LARGEST, MOST_FILES, Mail, Person, read_mail
from acctdesk.exchange.safe_text import safe_text
from acctdesk.services.desk import Desk
from acctdesk.text import attached_name
from tests.exchange.outlook_files import ole_file, outlook_mail

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "eml"
SENT = dt.datetime(2026, 3, 11, 8, 5, tzinfo=dt.UTC)


def _read(folder: Path, content: bytes, name: str = "x.eml") -> Mail:
    file = folder / name
    file.write_bytes(content)
    return read_mail(file)


def _mail(**headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    return made


@pytest.mark.data
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared data")
def test_what_real_programs_saved() -> None:
    """Two alphabets in one subject, a name that climbs out of its folder, headers that lack."""
    bank = read_mail(SHARED / "own_greek_plain_iso8859-7_qp.eml")
    assert bank.key == "mail:<a1@aegeanbank.example>"
    assert bank.sender == Person("Ελένη Παπαδοπούλου", "e.papadopoulou@aegeanbank.example")
    assert bank.subject == "Re: Προσφορά για POS – ανανέωση"
    assert bank.recipients[2] == Person("O'Brien, N.", "nikos@acme.example")
    assert bank.sent_at == dt.datetime(2026, 2, 11, 8, 5, tzinfo=dt.UTC)
    assert "Ποσό: 12.345,67 EUR;" in bank.text
    invoice = read_mail(SHARED / "own_greek_multipart_attach_cp1253_name.eml")
    assert [(file.name, file.data[:2]) for file in invoice.files] == [
        ("Τιμολόγιο.csv", "ΑΑ".encode("cp1253"))
    ]
    assert invoice.text == "Δείτε το συνημμένο."
    bare = read_mail(SHARED / "own_no_date_no_from_bad_charset.eml")
    assert (bare.sender, bare.sent_at, bare.text) == (None, None, "Κείμενο χωρίς κεφαλίδες")


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-7", "windows-1253"])
def test_a_message_in_each_greek_alphabet(tmp_path: Path, charset: str) -> None:
    """The text is the same, declared or not."""
    declared = (
        f"From: a@b.example\nContent-Type: text/plain; charset={charset}\n\nΚαλημέρα, Άννα".encode(
            charset
        )
    )
    silent = "From: a@b.example\nSubject: Τιμολόγιο\n\nΚαλημέρα, Άννα".encode(charset)
    assert _read(tmp_path, declared).text == "Καλημέρα, Άννα"
    told = _read(tmp_path, silent)
    assert (told.subject, told.text) == ("Τιμολόγιο", "Καλημέρα, Άννα")


def test_html_becomes_words(tmp_path: Path) -> None:
    """Where there is no plain text; scripts, styles and pictures leave nothing."""
    made = _mail(From="a@b.example")
    made.set_content(
        "<style>p{}</style><p>Καλημέρα <b>σας</b>,<br>το ποσό: &lt;50&gt;</p>"
        "<script>alert(1)</script><img src='http://x.example/p.gif'><p>Τέλος</p>",
        subtype="html",
    )
    assert _read(tmp_path, made.as_bytes()).text == "Καλημέρα σας,\nτο ποσό: <50>\n\nΤέλος"
    assert safe_text("<div><div><p>α</p></div></div>" * 3) == "α\n\nα\n\nα"
    assert safe_text("<b>" * 20_000 + "x").endswith("x") is True
    assert safe_text("plain\nwords") == "plain\nwords"


def test_files_are_kept_without_their_folders(tmp_path: Path) -> None:
    """A message inside the message too, as a file of its own."""
    inner = _mail(From="c@d.example", Subject="Παλιό: θέμα")
    inner.set_content("μέσα")
    made = _mail(From="a@b.example", Subject="έξω")
    made.set_content("δείτε")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="../../CON.pdf")
    made.add_attachment(inner)
    mail = _read(tmp_path, made.as_bytes())
    assert [file.name for file in mail.files] == ["_CON.pdf", "Παλιό θέμα.eml"]
    assert mail.files[0].data == b"%PDF"
    assert _read(tmp_path, mail.files[1].data).subject == "Παλιό: θέμα"
    assert mail.text == "δείτε"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("..\\..\\x.exe", "x.exe"),
        ("/etc/passwd", "passwd"),
        ("nul", "_nul"),
        ("τιμολόγιο\u202efdp.exe", "τιμολόγιοfdp.exe"),
        ("a" * 5000 + ".pdf", "a" * 116 + ".pdf"),
        ("what? <now>.doc ", "what now.doc"),
        ("...", "attachment"),
        (None, "attachment"),
    ],
)
def test_a_name_from_elsewhere_is_made_harmless(given: str | None, shown: str) -> None:
    """No folder, no device, no sign that hides the ending."""
    assert attached_name(given, "attachment") == shown


def test_the_same_message_has_the_same_key(tmp_path: Path) -> None:
    """By its identifier, else by what it says; another text is another message."""
    first = _read(tmp_path, b"From: a@b.example\nMessage-ID: <1@x>\n\none")
    again = _read(tmp_path, b"Received: later\nFrom: a@b.example\nMessage-ID: <1@x>\n\none")
    assert first.key == again.key == "mail:<1@x>"
    bare = [_read(tmp_path, b"From: a@b.example\n\n" + text) for text in (b"one", b"one", b"two")]
    assert bare[0].key == bare[1].key != bare[2].key


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"just some words\n\nand more", "not an e-mail"),
        (b"", "not an e-mail"),
        (b"%PDF-1.7\n1 0 obj", "not an e-mail"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
        (ole_file({"Workbook": b"x" * 5000}), "not an e-mail"),
    ],
    ids=["text", "empty", "pdf", "broken", "workbook"],
)
def test_what_is_no_message_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    """With a sentence that names the file."""
    with pytest.raises(UserError, match=f"x.eml was not read: .*{words}"):
        _read(tmp_path, content)


def test_a_message_nested_without_end_is_refused(tmp_path: Path) -> None:
    """3,000 messages in each other, and 3,000 parts."""
    deep = b"From: a@b.example\nContent-Type: message/rfc822\n\n" * 3000 + b"x"
    with pytest.raises(UserError, match="too deeply nested"):
        _read(tmp_path, deep)
    parts = b"From: a@b.example\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)
    )
    with pytest.raises(UserError, match="too deeply nested"):
        _read(tmp_path, parts)


def test_a_huge_file_is_not_even_opened(tmp_path: Path) -> None:
    """More than a mail can be."""
    file = tmp_path / "big.eml"
    with file.open("wb") as stream:
        stream.truncate(LARGEST + 1)
    with pytest.raises(UserError, match="larger than"):
        read_mail(file)


@pytest.mark.parametrize("codepage", [None, 1253], ids=["unicode", "cp1253"])
def test_a_message_of_outlook(tmp_path: Path, codepage: int | None) -> None:
    """With its people, its date and its files; a large one lies apart from the small ones."""
    content = outlook_mail(
        subject="Προσφορά",
        body="Καλημέρα\r\nσας",
        sender=("Ελένη", "/O=BANK/CN=ELENI"),
        smtp="Eleni@Bank.example",
        identifier="<7@bank.example>",
        sent=SENT,
        recipients=(("Μαρία", "maria@acct.example"),),
        files=(("τιμή.pdf", b"%PDF" * 5000), ("..\\μικρό.txt", b"a"), ("Μήνυμα", None)),
        codepage=codepage,
    )
    mail = _read(tmp_path, content, "x.msg")
    assert mail.sender == Person("Ελένη", "eleni@bank.example")
    assert (mail.subject, mail.text, mail.sent_at) == ("Προσφορά", "Καλημέρα\nσας", SENT)
    assert mail.recipients == (Person("Μαρία", "maria@acct.example"),)
    assert [(file.name, len(file.data)) for file in mail.files] == [
        ("τιμή.pdf", 20_000),
        ("μικρό.txt", 1),
    ]
    assert (mail.key, mail.left_out) == ("mail:<7@bank.example>", ("Μήνυμα",))


def test_a_message_of_outlook_that_lacks_much(tmp_path: Path) -> None:
    """The sender is in the headers, the text in HTML of its own alphabet."""
    content = outlook_mail(
        subject="",
        html="<p>Καλημέρα</p>".encode("cp1253"),
        sender=("Ελένη", "/O=BANK/CN=ELENI"),
        headers="From: Eleni <eleni@bank.example>\r\nDate: Wed, 11 Mar 2026 10:05:00 +0200\r\n",
    )
    mail = _read(tmp_path, content, "x.msg")
    assert mail.sender == Person("Eleni", "eleni@bank.example")
    assert (mail.text, mail.sent_at) == ("Καλημέρα", SENT)


def test_a_spoilt_message_of_outlook_is_read_or_refused(tmp_path: Path) -> None:
    """Cut off or changed anywhere: never anything but a sentence."""
    whole = outlook_mail(subject="θέμα", body="λόγια", files=(("a.bin", b"x" * 9000),))
    chance = random.Random(7)
    for _ in range(150):
        spoilt = bytearray(whole[: chance.choice([len(whole), chance.randrange(len(whole))])])
        for _ in range(chance.randrange(20)):
            if spoilt:
                spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        with suppress(UserError):
            _read(tmp_path, bytes(spoilt), "x.msg")


def test_large_messages_are_read_in_a_process_of_their_own(tmp_path: Path, desk: Desk) -> None:
    """The same comes back, with what was refused."""
    made = _mail(From="a@b.example")
    made.set_content("λόγια")
    made.add_attachment(b"x" * 400_000, maintype="application", subtype="pdf", filename="a.pdf")
    whole, broken = tmp_path / "a.eml", tmp_path / "b.eml"
    whole.write_bytes(made.as_bytes())
    broken.write_bytes(b"nothing")
    told: list[int] = []
    mails, refused = arriving_mails(
        desk, [whole, broken], progress=lambda done, _total: told.append(done), cancelled=bool
    )
    assert [len(file.data) for file in mails[0].files] == [400_000]
    assert "b.eml was not read" in str(refused[0])
    assert told == [0, 1]


def test_a_message_with_a_flood_of_files_is_refused(tmp_path: Path) -> None:
    """More than anybody sends."""
    made = _mail(From="a@b.example")
    made.set_content("x")
    for number in range(MOST_FILES + 1):
        made.add_attachment(b"", maintype="application", subtype="pdf", filename=f"{number}.pdf")
    with pytest.raises(UserError, match="too many files"):
        _read(tmp_path, made.as_bytes())
