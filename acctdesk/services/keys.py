"""Passwords and recovery codes: which are good enough, and how they are changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from acctdesk.i18n import Message, msg
from acctdesk.services.desk import Desk
from acctdesk.storage import envelope
from acctdesk.storage.wiping import wipe
from acctdesk.text import fold

SHORTEST = 10
_LOOKED_AT = 36  # signs: zxcvbn takes long over more, and more make no password worse
_GOOD = 3  # zxcvbn's "safely unguessable": more than 10^8 guesses
# what a Greek would try first, as typed in Latin letters; zxcvbn knows English words only
_GREEK_FIRST = (
    "kodikos", "kodikos prosvasis", "ellada", "hellas", "athina", "thessaloniki", "kalimera",
    "sagapo", "sagapw", "agapi", "olympiakos", "panathinaikos", "aekara", "paok", "pelates",
    "pelatis", "poliseis", "acctdesk",
)  # fmt: skip
# the same keys on a Greek and on a Latin keyboard
_KEYS = str.maketrans("ερτυθιοπασδφγηξκλζχψωβνμς", "ertyuiopasdfghjklzxcvbnmw")
_SPELLED = str.maketrans("αβγδεζηικλμνξοπρστυφχω", "avgdeziiklmnxoprstyfxo")
_SPELLED_TWICE = {ord("θ"): "th", ord("ψ"): "ps", ord("ς"): "s"}


def forget(secret: str | None) -> None:
    """Overwrite a password that was typed, once it was used; nobody else may hold the string."""
    if secret is not None:
        wipe(secret)


def password_trouble(password: str, *, about: Iterable[str] = ()) -> Message | None:
    """Return why a new password is not good enough, None where it is.

    ``about`` holds what others know of the officer: name, company, the book's name.
    """
    if len(password) < SHORTEST:
        return msg("Password", "Use at least {n} characters; a short sentence is best.", n=SHORTEST)
    names = [fold(text) for text in about]
    own = [word for name in names for word in (name, *name.split()) if len(word) > 2]
    own += [_latin(word) for word in own]
    typed = password[:_LOOKED_AT]
    # as it stands, as the same keys give it on a Latin keyboard, and spelled in Latin letters
    readings = {typed, fold(typed), typed.lower().translate(_KEYS), _latin(typed)}
    weakest = min((_rated(one, own) for one in readings), key=lambda rated: rated["guesses"])
    return None if weakest["score"] >= _GOOD else _reason(weakest["sequence"])


def _latin(text: str) -> str:
    return fold(text).translate(_SPELLED_TWICE).translate(_SPELLED)


def _rated(password: str, own: Iterable[str]) -> dict[str, Any]:
    from zxcvbn import zxcvbn

    rated: dict[str, Any] = zxcvbn(password, user_inputs=[*own, *_GREEK_FIRST])
    return rated


def _reason(sequence: list[dict[str, Any]]) -> Message:
    longest = max(sequence, key=lambda part: len(part["token"]))
    pattern, source = longest["pattern"], longest.get("dictionary_name")
    if pattern == "dictionary" and source == "passwords":
        return msg("Password", "This is among the most common passwords, tried first of all.")
    if pattern == "dictionary":
        return msg("Password", "One word or name is guessed quickly. Add two or three more words.")
    if pattern in {"spatial", "sequence", "repeat"}:
        return msg("Password", "Rows of keys and repetitions are guessed quickly. Use words.")
    return msg("Password", "This is guessed quickly. A short sentence of your own is best.")


def new_recovery_code() -> str:
    """Return a fresh recovery code, for a book that is about to be made with it."""
    return envelope.new_recovery_code()


def use_code(desk: Desk, code: str) -> None:
    """Let a recovery code that was kept open the book from now on; the old one does no more."""
    desk.book.new_recovery_code(code)


def change_password(desk: Desk, *, current: str, password: str) -> None:
    """Let ``password`` open the book from now on; ``current`` may be the recovery code.

    Raises:
        UserError: ``current`` is not right; nothing was changed.
    """
    check_secret(desk, current)
    desk.book.change_password(password)


def set_password(desk: Desk, password: str) -> None:
    """Let ``password`` open the book that was just opened by its recovery code."""
    desk.book.change_password(password)


def check_secret(desk: Desk, secret: str) -> None:
    """Look whether ``secret`` is the password or the recovery code of the open book.

    Raises:
        UserError: it is not.
    """
    if not desk.book.opens_with(secret):
        raise envelope.wrong_password()
