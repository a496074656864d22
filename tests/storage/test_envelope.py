"""The key envelope: password, recovery code, damage, cost, and writing it whole."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.storage import envelope, files, paths
from acctdesk.storage.book import Book
from acctdesk.storage.envelope import ALPHABET, REAL_KDF, Kdf
from acctdesk.storage.paths import has_envelope
from tests.books import PASSWORD, TEST_KDF


def sealed(password: str = PASSWORD, code: str | None = None) -> envelope.Envelope:
    key = envelope.new_key()
    return envelope.seal(
        key, password=password, code=code or envelope.new_recovery_code(), kdf=TEST_KDF
    )


def opened(sealed_one: envelope.Envelope, secret: str, kdf: Kdf = TEST_KDF) -> envelope.Key:
    return envelope.unwrap(sealed_one, secret, kdf=kdf, name="b.acctbook")


def test_the_password_and_the_recovery_code_open_it() -> None:
    key, code = envelope.new_key(), envelope.new_recovery_code()
    one = envelope.seal(key, password=PASSWORD, code=code, kdf=TEST_KDF)
    assert opened(one, PASSWORD) == key
    assert opened(one, code) == key
    assert opened(one, code.lower().replace("-", " ")) == key
    greek = code.translate(str.maketrans("ABEZHKMNPTYX", "ΑΒΕΖΗΚΜΝΡΤΥΧ"))
    assert opened(one, greek) == key


def test_a_wrong_password_and_a_mistyped_code_have_their_sentences() -> None:
    code = envelope.new_recovery_code()
    one = sealed(code=code)
    with pytest.raises(UserError, match="password is not right"):
        opened(one, "άλλο")
    with pytest.raises(UserError, match="password is not right"):
        opened(one, envelope.new_recovery_code())
    wrong = ("3" if code[0] != "3" else "4") + code[1:]
    with pytest.raises(UserError, match="typing mistake"):
        opened(one, wrong)


@given(position=st.integers(0, 23), other=st.sampled_from(ALPHABET))
def test_the_check_letter_finds_a_wrong_or_a_swapped_letter(position: int, other: str) -> None:
    code = envelope.new_recovery_code()
    letters = list(code.replace("-", ""))
    assert re.fullmatch(r"(?:[2-9A-HJKMNP-Z]{5}-){4}[2-9A-HJKMNP-Z]{5}", code)
    assert envelope.is_code(code)
    wrong = letters.copy()
    wrong[position] = other
    assert envelope.is_code("".join(wrong)) == (other == letters[position])
    swapped = letters.copy()
    swapped[position], swapped[position + 1] = swapped[position + 1], swapped[position]
    assert envelope.is_code("".join(swapped)) == (letters[position] == letters[position + 1])


def test_it_is_versioned_json_and_reads_back() -> None:
    one = sealed()
    content = envelope.to_bytes(one)
    data = json.loads(content)
    assert (data["format"], data["version"]) == ("acctbook-key", 1)
    assert [slot["kdf"] for slot in data["slots"]] == ["argon2id", "argon2id"]
    assert envelope.from_bytes(content, name="b") == one


def test_any_damage_is_told_from_a_wrong_password() -> None:
    content = envelope.to_bytes(sealed())
    for cut in (b"", content[: len(content) // 2], b"\x00" * 40, b"[]", b"{}", b"{" * 5000):
        with pytest.raises(EnvironmentFault, match="damaged"):
            envelope.from_bytes(cut, name="b")
    for at in range(10, len(content) - 10, 37):
        changed = bytearray(content)
        changed[at] ^= 1
        if json_equal(bytes(changed), content):
            continue
        with pytest.raises(EnvironmentFault):
            envelope.from_bytes(bytes(changed), name="b")


def json_equal(one: bytes, other: bytes) -> bool:
    try:
        return bool(json.loads(one) == json.loads(other))
    except ValueError:
        return False


def test_a_newer_envelope_is_named_as_such() -> None:
    data = json.loads(envelope.to_bytes(sealed())) | {"version": 2}
    with pytest.raises(EnvironmentFault, match="format 2; this program reads 1"):
        envelope.from_bytes(json.dumps(data).encode(), name="b")


def test_nothing_can_lower_the_cost() -> None:
    assert (REAL_KDF.memory_kib, REAL_KDF.passes) == (65536, 3)
    assert (REAL_KDF.floor_memory_kib, REAL_KDF.floor_passes) == (19456, 2)
    with pytest.raises(EnvironmentFault, match="not protected"):
        opened(sealed(), PASSWORD, kdf=REAL_KDF)
    key = envelope.new_key()
    slot = envelope.wrap(key, PASSWORD, kind="password", kdf=TEST_KDF)
    dear = envelope.Envelope(key.file_salt, (replace(slot, memory_kib=1 << 40),))
    with pytest.raises(EnvironmentFault, match="not protected"):
        opened(dear, PASSWORD)


def test_a_slot_cannot_be_cheapened_or_moved() -> None:
    key = envelope.new_key()
    slot = envelope.wrap(key, PASSWORD, kind="password", kdf=TEST_KDF)
    for changed in (replace(slot, memory_kib=16), replace(slot, passes=2)):
        with pytest.raises(UserError):
            opened(envelope.Envelope(key.file_salt, (changed,)), PASSWORD)
    with pytest.raises(UserError):
        opened(envelope.Envelope(b"\x01" * 16, (slot,)), PASSWORD)


def test_the_key_does_not_show_itself() -> None:
    key = envelope.new_key()
    assert key.secret.hex() not in repr(key)


def test_the_real_cost_is_paid_in_a_real_book(tmp_path: Path) -> None:
    with Book.create(tmp_path / "real", password=PASSWORD) as book:
        path, code = book.path, book.recovery_code
    slots = json.loads(paths.envelope_path(path).read_bytes())["slots"]
    assert all((slot["memory_kib"], slot["passes"]) == (65536, 3) for slot in slots)
    assert code is not None
    with Book.open(path, password=code) as again:
        assert again.recovery_code is None


def test_a_changed_password_and_a_new_code(encrypted_file: Path) -> None:
    with Book.open(encrypted_file, password=PASSWORD, kdf=TEST_KDF) as book:
        first = book.new_recovery_code(kdf=TEST_KDF)
        book.change_password("καινούριο", kdf=TEST_KDF)
        code = book.new_recovery_code(kdf=TEST_KDF)
    for secret in ("καινούριο", code):
        Book.open(encrypted_file, password=secret, kdf=TEST_KDF).close()
    for secret in (PASSWORD, first):
        with pytest.raises(UserError, match="password is not right"):
            Book.open(encrypted_file, password=secret, kdf=TEST_KDF)
    assert not list(encrypted_file.parent.glob("*.part"))


def test_a_plain_book_has_no_password_to_change(book: Book) -> None:
    assert not has_envelope(book.path)
    with pytest.raises(UserError, match="no password"):
        book.change_password("x", kdf=TEST_KDF)


def test_a_failed_write_leaves_the_old_envelope(
    encrypted_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = paths.envelope_path(encrypted_file).read_bytes()

    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(13, "held by a scanner")

    with Book.open(encrypted_file, password=PASSWORD, kdf=TEST_KDF) as book:
        monkeypatch.setattr(files, "replace", refuse)
        with pytest.raises(EnvironmentFault, match="cannot be written"):
            book.change_password("άλλο", kdf=TEST_KDF)
    assert paths.envelope_path(encrypted_file).read_bytes() == before
    assert not list(encrypted_file.parent.glob("*.part"))


@pytest.mark.parametrize("times", [1, 5])
def test_a_scanner_that_lets_go_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    real, left = Path.replace, [times]

    def held(self: Path, target: Path) -> Path:
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "in use")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    files.write_atomically(tmp_path / "a", b"1")
    assert (tmp_path / "a").read_bytes() == b"1"
