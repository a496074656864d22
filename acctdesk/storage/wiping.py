"""Overwriting secrets: what Python frees keeps its content until the memory is used again.

Only for values that were made here a moment ago and that nobody else holds: a string or bytes is
overwritten where it lies, behind Python's back. It is done under CPython alone; elsewhere nothing
happens.
"""

from __future__ import annotations

import ctypes
import sys

_SHORTEST = 2  # one letter is shared by the whole interpreter
# the head of an object, before its letters
_BYTES = sys.getsizeof(b"") - 1
_ASCII = sys.getsizeof("") - 1
_WIDE = sys.getsizeof("ωω") - 2 * 3


def wipe(secret: str | bytes | bytearray) -> None:
    """Overwrite ``secret`` with zeros. It is not to be used afterwards, by anybody."""
    if isinstance(secret, bytearray):
        secret[:] = bytes(len(secret))
        return
    if len(secret) < _SHORTEST or sys.implementation.name != "cpython":
        return
    if isinstance(secret, bytes):
        head, width = _BYTES, 1
    elif secret.isascii():
        head, width = _ASCII, 1
    else:
        most = ord(max(secret))
        head, width = _WIDE, 1 if most < 0x100 else 2 if most < 0x10000 else 4
    ctypes.memset(id(secret) + head, 0, len(secret) * width)
