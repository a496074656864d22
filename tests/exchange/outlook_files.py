"""Makes Outlook's .msg for tests: an OLE file with the streams and properties of a message."""

from __future__ import annotations

import datetime as dt
import struct
from typing import Any

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = dict[str, Any]  # a name to bytes (a stream) or to a tree (a storage)


def outlook_mail(
    *,
    subject: str,
    body: str | None = None,
    html: bytes | None = None,
    sender: tuple[str, str] | None = None,
    smtp: str | None = None,
    headers: str | None = None,
    identifier: str | None = None,
    sent: dt.datetime | None = None,
    recipients: tuple[tuple[str, str], ...] = (),
    files: tuple[tuple[str, bytes | None], ...] = (),
    codepage: int | None = None,
) -> bytes:
    """Return a message; with ``codepage`` its words are 8-bit text, else Unicode.

    A file without bytes is a message inside the message.
    """
    texts = {0x0037: subject, 0x1000: body, 0x007D: headers, 0x1035: identifier, 0x5D01: smtp}
    if sender is not None:
        texts |= {0x0C1A: sender[0], 0x0C1F: sender[1]}
    numbers = {} if codepage is None else {0x3FFD: codepage}
    tree = _object(texts, {0x1013: html}, numbers | {0x3FDE: 1253}, sent, codepage, header=32)
    for number, (name, address) in enumerate(recipients):
        people = _object({0x3001: name, 0x39FE: address}, {}, {}, None, codepage, header=8)
        tree[f"__recip_version1.0_#{number:08X}"] = people
    for number, (name, data) in enumerate(files):
        tree[f"__attach_version1.0_#{number:08X}"] = _object(
            {0x3707: name}, {0x3701: data}, {0x3705: 1 if data is not None else 5}, None, codepage,
            header=8,
        )  # fmt: skip
    return ole_file(tree)


def _object(
    texts: dict[int, str | None],
    blobs: dict[int, bytes | None],
    numbers: dict[int, int],
    sent: dt.datetime | None,
    codepage: int | None,
    *,
    header: int,
) -> Tree:
    tree: Tree = {}
    rows = []
    for key, text in texts.items():
        if text is None:
            continue
        kind = 0x001F if codepage is None else 0x001E
        data = text.encode("utf-16-le" if codepage is None else f"cp{codepage}")
        tree[f"__substg1.0_{key:04X}{kind:04X}"] = data
        rows.append(struct.pack("<HHIII", kind, key, 6, len(data), 0))
    for key, blob in blobs.items():
        if blob is not None:
            tree[f"__substg1.0_{key:04X}0102"] = blob
            rows.append(struct.pack("<HHIII", 0x0102, key, 6, len(blob), 0))
    rows += [struct.pack("<HHIII", 3, key, 6, value, 0) for key, value in numbers.items()]
    if sent is not None:
        since = (sent - dt.datetime(1601, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)
        rows.append(struct.pack("<HHIQ", 0x0040, 0x0039, 6, since * 10))
    tree["__properties_version1.0"] = bytes(header) + b"".join(rows)
    return tree


def ole_file(tree: Tree) -> bytes:
    """Return an OLE file (version 3) that holds the streams of ``tree``."""
    entries: list[dict[str, Any]] = [{"name": "Root Entry", "kind": 5}]
    _list(tree, 0, entries)
    mini, blocks, fat = b"", [], []  # type: ignore[var-annotated]
    mini_fat: list[int] = []

    def chain(table: list[int], count: int) -> int:
        if not count:
            return _END
        first = len(table)
        table.extend([*range(first + 1, first + count), _END])
        return first

    def store(data: bytes) -> int:
        count = -(-len(data) // _SECTOR)
        blocks.append(data.ljust(count * _SECTOR, b"\0"))
        return chain(fat, count)

    for entry in entries:
        data = entry.get("data", b"")
        entry["size"] = len(data)
        if len(data) >= _CUTOFF:
            entry["start"] = store(data)
        elif data:
            count = -(-len(data) // _MINI)
            entry["start"] = chain(mini_fat, count)
            mini += data.ljust(count * _MINI, b"\0")
    entries[0] |= {"start": store(mini), "size": len(mini)}
    listing = b"".join(map(_entry, entries))
    directory = store(listing.ljust(-(-len(listing) // _SECTOR) * _SECTOR, b"\0"))
    short = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    mini_start = store(short.ljust(-(-len(short) // _SECTOR) * _SECTOR, b"\xff"))
    sectors = 1
    while sectors * 128 < len(fat) + sectors:
        sectors += 1
    first = len(fat)
    fat += [_FAT] * sectors
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(sectors * _SECTOR, b"\xff")
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6),
        0, sectors, directory, 0, _CUTOFF,
        mini_start, -(-len(short) // _SECTOR), _END, 0, 0,
    )[:76]  # fmt: skip
    where = [first + one for one in range(sectors)]
    head += struct.pack("<109I", *(where + [_FREE] * (109 - len(where))))
    return head + b"".join(blocks) + table


def _list(tree: Tree, parent: int, entries: list[dict[str, Any]]) -> None:
    # siblings hang in one row, in the order the format asks for: by length, then by name
    names = sorted(tree, key=lambda name: (len(name), name.upper()))
    before: int | None = None
    for name in names:
        here = len(entries)
        inner = tree[name]
        entries.append({"name": name, "kind": 1 if isinstance(inner, dict) else 2})
        if before is None:
            entries[parent]["child"] = here
        else:
            entries[before]["right"] = here
        before = here
        if isinstance(inner, dict):
            _list(inner, here, entries)
        else:
            entries[here]["data"] = inner


def _entry(entry: dict[str, Any]) -> bytes:
    name = entry["name"].encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        name, len(name), entry["kind"], 1, _FREE, entry.get("right", _FREE),
        entry.get("child", _FREE), bytes(16), 0, 0, 0, entry.get("start", _END), entry["size"],
    )  # fmt: skip
