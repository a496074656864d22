"""The key envelope: ``NAME.acctbook.key`` beside an encrypted book.

A random 256-bit key, wrapped by Argon2id and AES-256-GCM under the password and a second time
under a printed recovery code. The salt of the database file is fixed here too, so that the first
sixteen bytes of a book tell whether an envelope belongs to it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.i18n import msg
from acctdesk.storage.files import write_atomically
from acctdesk.storage.paths import envelope_path
from acctdesk.storage.wiping import wipe

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = "acctbook-key"
VERSION = 1
_KEY_BYTES = 32
SALT_BYTES = 16
_NONCE_BYTES = 12
_LONGEST_FILE = 64 * 1024
_MOST_MEMORY_KIB = 4 * 1024 * 1024
_MOST_PASSES = 64

# no 0 O, 1 I L: 31 signs, a prime, so that a weighted sum finds every wrong or swapped letter
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LETTERS = 24
_GROUP = 5
_LOOKALIKES = str.maketrans("ΑΒΕΖΗΚΜΝΡΤΥΧ", "ABEZHKMNPTYX")  # Greek capitals typed for Latin ones


@dataclass(frozen=True, slots=True)
class Kdf:
    """What deriving a key from a password costs, and the least that is accepted when opening."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 1
    floor_memory_kib: int = 19 * 1024
    floor_passes: int = 2

    def accepts(self, memory_kib: int, passes: int, lanes: int) -> bool:
        """Tell whether an envelope with this cost may be opened."""
        return (
            self.floor_memory_kib <= memory_kib <= _MOST_MEMORY_KIB
            and self.floor_passes <= passes <= _MOST_PASSES
            and 1 <= lanes <= 16
            and memory_kib >= 8 * lanes
        )


REAL_KDF = Kdf()


@dataclass(frozen=True, slots=True)
class Slot:
    """The key wrapped under one secret."""

    kind: str  # password, recovery
    memory_kib: int
    passes: int
    lanes: int
    salt: bytes
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """What an envelope file holds; nothing in it is secret by itself."""

    file_salt: bytes
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """The key of an open book; wiped when the book is closed."""

    secret: bytearray
    file_salt: bytes

    def __repr__(self) -> str:
        return "Key(…)"

    def spec(self) -> str:
        """Return the key as SQLCipher takes it: raw, with the salt, no derivation. To be wiped."""
        secret = self.secret.hex()
        spec = f"x'{secret}{self.file_salt.hex()}'"
        wipe(secret)
        return spec


def wrong_password() -> UserError:
    """Return the sentence for a password or code that does not fit."""
    return UserError(msg("Key", "The password is not right."))


def missing(name: str) -> EnvironmentFault:
    """Return the fault of an encrypted book without its envelope."""
    return EnvironmentFault(
        msg("Key", "The key file of the book {name} is missing.", name=name),
        safe=msg("Key", "The book itself was left as it is."),
        remedy=msg("Key", "Put {name}.key back beside the book, or restore a backup.", name=name),
    )


def damaged(name: str) -> EnvironmentFault:
    """Return the fault of an envelope that cannot be read."""
    return EnvironmentFault(
        msg("Key", "The key file of the book {name} is damaged.", name=name),
        safe=msg("Key", "The book itself was left as it is."),
        remedy=msg("Key", "Restore a backup: it holds the key file too."),
    )


def newer(name: str, *, found: int) -> EnvironmentFault:
    """Return the fault of an envelope that a newer program wrote."""
    return EnvironmentFault(
        msg(
            "Key",
            "The key file of the book {name} has format {found}; this program reads {known}.",
            name=name,
            found=found,
            known=VERSION,
        ),
        safe=msg("Key", "The book itself was left as it is."),
        remedy=msg("Key", "Install the newest version of the program."),
    )


def of_another_book(name: str) -> EnvironmentFault:
    """Return the fault of an envelope whose key does not open the book beside it."""
    return EnvironmentFault(
        msg("Key", "The key file beside {name} belongs to another book.", name=name),
        safe=msg("Key", "Both files were left as they are."),
        remedy=msg("Key", "Put the book's own key file beside it, or restore a backup."),
    )


def weak(name: str) -> EnvironmentFault:
    """Return the fault of an envelope that asks for too little or too much work."""
    return EnvironmentFault(
        msg("Key", "The key file of the book {name} is not protected as it must be.", name=name),
        safe=msg("Key", "The book itself was left as it is."),
        remedy=msg("Key", "Somebody may have changed it: restore a backup."),
    )


def new_key() -> Key:
    """Return a fresh random key."""
    drawn = secrets.token_bytes(_KEY_BYTES)
    key = Key(bytearray(drawn), secrets.token_bytes(SALT_BYTES))
    wipe(drawn)
    return key


def key_in(content: bytes) -> Key:
    """Return the key that ``content`` begins with: its secret and the salt of its file."""
    view = memoryview(content)
    return Key(bytearray(view[:_KEY_BYTES]), bytes(view[_KEY_BYTES : _KEY_BYTES + SALT_BYTES]))


def new_recovery_code() -> str:
    """Return a fresh code to print: five groups of five, about 119 bits and a check letter."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(_CODE_LETTERS))
    letters += _check_letter(letters)
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def _check_letter(letters: str) -> str:
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(letters, start=1))
    return ALPHABET[-total % len(ALPHABET)]


def _code_letters(text: str) -> str:
    return "".join(sign for sign in text.upper().translate(_LOOKALIKES) if sign.isalnum())


def looks_like_code(text: str) -> bool:
    """Tell whether ``text`` has the shape of a recovery code, typed right or not."""
    letters = _code_letters(text)
    return len(letters) == _CODE_LETTERS + 1 and set(letters) <= set(ALPHABET)


def is_code(text: str) -> bool:
    """Tell whether ``text`` is a recovery code without a typing mistake."""
    letters = _code_letters(text)
    return looks_like_code(text) and _check_letter(letters[:-1]) == letters[-1]


def _derive(secret: str, slot: Slot) -> bytes:
    """Return the key that a slot is wrapped under. To be wiped."""
    from argon2.low_level import Type, hash_secret_raw

    text = _code_letters(secret) if slot.kind == "recovery" else secret
    typed = text.encode("utf-8")
    derived = hash_secret_raw(
        typed,
        slot.salt,
        time_cost=slot.passes,
        memory_cost=slot.memory_kib,
        parallelism=slot.lanes,
        hash_len=_KEY_BYTES,
        type=Type.ID,
    )
    wipe(typed)
    return derived


def _cipher(secret: str, slot: Slot) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    derived = _derive(secret, slot)
    cipher = AESGCM(derived)
    wipe(derived)
    return cipher


def _bound(slot: Slot, file_salt: bytes) -> bytes:
    # what the wrapping vouches for besides the key: nobody can move or cheapen a slot
    parts = (FORMAT, VERSION, slot.kind, slot.memory_kib, slot.passes, slot.lanes, file_salt.hex())
    return "|".join(str(part) for part in parts).encode("ascii")


def wrap(key: Key, secret: str, *, kind: str, kdf: Kdf) -> Slot:
    """Return ``key`` wrapped under ``secret`` as a slot of ``kind`` (password or recovery)."""
    slot = Slot(
        kind=kind,
        memory_kib=kdf.memory_kib,
        passes=kdf.passes,
        lanes=kdf.lanes,
        salt=secrets.token_bytes(SALT_BYTES),
        nonce=os.urandom(_NONCE_BYTES),
        wrapped=b"",
    )
    sealed = _cipher(secret, slot).encrypt(slot.nonce, key.secret, _bound(slot, key.file_salt))
    return replace(slot, wrapped=sealed)


def seal(key: Key, *, password: str, code: str, kdf: Kdf) -> Envelope:
    """Return a new envelope that opens under ``password`` and under the recovery ``code``."""
    return Envelope(
        key.file_salt,
        (
            wrap(key, password, kind="password", kdf=kdf),
            wrap(key, code, kind="recovery", kdf=kdf),
        ),
    )


def rewrap(envelope: Envelope, key: Key, secret: str, *, kind: str, kdf: Kdf) -> Envelope:
    """Return the envelope with its slot of ``kind`` under a new secret; the key stays."""
    others = tuple(slot for slot in envelope.slots if slot.kind != kind)
    return Envelope(envelope.file_salt, (*others, wrap(key, secret, kind=kind, kdf=kdf)))


def unwrap(envelope: Envelope, secret: str, *, kdf: Kdf, name: str) -> Key:
    """Return the key, opened by the password or the recovery code.

    Raises:
        UserError: neither fits; a recovery code with a typing mistake has its own sentence.
        EnvironmentFault: the envelope asks for less work than ``kdf`` allows, or far too much.
    """
    from cryptography.exceptions import InvalidTag

    for slot in _candidates(envelope, secret):
        if not kdf.accepts(slot.memory_kib, slot.passes, slot.lanes):
            raise weak(name)
        cipher, opened = _cipher(secret, slot), bytearray(_KEY_BYTES)
        try:
            cipher.decrypt_into(slot.nonce, slot.wrapped, _bound(slot, envelope.file_salt), opened)
        except InvalidTag:
            continue
        return Key(opened, envelope.file_salt)
    if looks_like_code(secret) and not is_code(secret):
        raise UserError(msg("Key", "The recovery code has a typing mistake."))
    raise wrong_password()


def _candidates(envelope: Envelope, secret: str) -> Iterator[Slot]:
    for slot in envelope.slots:
        if slot.kind != "recovery" or is_code(secret):
            yield slot


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _data(envelope: Envelope) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "file_salt": _text(envelope.file_salt),
        "slots": [
            {
                "kind": slot.kind,
                "kdf": "argon2id",
                "memory_kib": slot.memory_kib,
                "passes": slot.passes,
                "lanes": slot.lanes,
                "salt": _text(slot.salt),
                "cipher": "aes-256-gcm",
                "nonce": _text(slot.nonce),
                "wrapped": _text(slot.wrapped),
            }
            for slot in envelope.slots
        ],
    }


def _digest(data: dict[str, Any]) -> str:
    # tells a damaged envelope from a wrong password; it protects against accidents only
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode("utf-8")).hexdigest()


def to_bytes(envelope: Envelope) -> bytes:
    """Return the file content of an envelope."""
    data = _data(envelope)
    return (json.dumps(data | {"sha256": _digest(data)}, indent=1) + "\n").encode("utf-8")


def from_bytes(content: bytes, *, name: str) -> Envelope:
    """Return the envelope in a file's content.

    Raises:
        EnvironmentFault: damaged, or written by a newer program.
    """
    try:
        data = json.loads(content.decode("utf-8"))
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise damaged(name)
        version = int(data["version"])
        if version > VERSION:
            raise newer(name, found=version)
        if data.pop("sha256", None) != _digest(data):
            raise damaged(name)
        slots = tuple(
            Slot(
                kind=str(slot["kind"]),
                memory_kib=int(slot["memory_kib"]),
                passes=int(slot["passes"]),
                lanes=int(slot["lanes"]),
                salt=base64.b64decode(slot["salt"], validate=True),
                nonce=base64.b64decode(slot["nonce"], validate=True),
                wrapped=base64.b64decode(slot["wrapped"], validate=True),
            )
            for slot in data["slots"]
        )
        return Envelope(base64.b64decode(data["file_salt"], validate=True), slots)
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise damaged(name) from error


def read(book: Path) -> Envelope:
    """Return the envelope beside ``book``.

    Raises:
        EnvironmentFault: missing, damaged or newer.
    """
    try:
        with envelope_path(book).open("rb") as file:
            content = file.read(_LONGEST_FILE + 1)
    except FileNotFoundError as error:
        raise missing(book.name) from error
    if len(content) > _LONGEST_FILE:
        raise damaged(book.name)
    return from_bytes(content, name=book.name)


def write(book: Path, envelope: Envelope) -> None:
    """Put the envelope beside ``book``: the old one or the new one stands there, whole."""
    write_atomically(envelope_path(book), to_bytes(envelope))
