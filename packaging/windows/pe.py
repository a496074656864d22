"""What a Windows library asks for and offers, read from its own tables: 64-bit PE files."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

_AMD64 = 0x8664
_PE32_PLUS = 0x20B
_EXPORTS, _IMPORTS, _DELAYED = 0, 1, 13  # places in the list of directories
_BY_NUMBER = 1 << 63
_VERSION = b"\xbd\x04\xef\xfe"  # the mark of a version's numbers


class Portable:
    """One PE file for 64-bit Windows, opened for reading.

    Raises:
        ValueError: the bytes are no such file.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._open()
        except struct.error as error:
            raise ValueError("the file is cut short") from error

    @classmethod
    def of(cls, file: Path) -> Portable:
        """Return the PE file at a path."""
        return cls(file.read_bytes())

    def _open(self) -> None:
        if self._content[:2] != b"MZ":
            raise ValueError("no program of Windows")
        (head,) = self._numbers("<I", 0x3C)
        if self._content[head : head + 4] != b"PE\0\0":
            raise ValueError("no program of Windows")
        machine, sections = self._numbers("<HH", head + 4)
        (size,) = self._numbers("<H", head + 20)
        optional = head + 24
        (magic,) = self._numbers("<H", optional)
        if machine != _AMD64 or magic != _PE32_PLUS:
            raise ValueError("not for 64-bit Windows")
        (self.subsystem,) = self._numbers("<H", optional + 68)  # 2: a window, 3: a console
        (count,) = self._numbers("<I", optional + 108)
        self._directories = [
            self._numbers("<II", optional + 112 + 8 * number) for number in range(count)
        ]
        # of each section: where it lies in memory, how long, where in the file
        self._sections = []
        for number in range(sections):
            virtual, address, raw, place = self._numbers("<IIII", optional + size + 40 * number + 8)
            self._sections.append((address, max(virtual, raw), place))

    def _numbers(self, form: str, place: int) -> tuple[int, ...]:
        return struct.unpack_from(form, self._content, place)

    def place(self, address: int) -> int:
        """Return where in the file an address of memory lies."""
        for start, size, place in self._sections:
            if start <= address < start + size:
                return address - start + place
        raise ValueError(f"address {address:#x} is in no section")

    def _text(self, address: int) -> str:
        start = self.place(address)
        return self._content[start : self._content.index(b"\0", start)].decode("ascii")

    def _directory(self, number: int) -> int | None:
        """Return where a directory lies in the file, None where the file has none."""
        address = self._directories[number][0] if number < len(self._directories) else 0
        return self.place(address) if address else None

    def imports(self) -> dict[str, list[str]]:
        """Return the libraries asked for, in small letters, with the names used of each."""
        found: dict[str, list[str]] = {}
        for library, names in (
            *self._imported(_IMPORTS, 20, name=12, thunks=(0, 16)),
            *self._imported(_DELAYED, 32, name=4, thunks=(16,)),
        ):
            found.setdefault(library.lower(), []).extend(names)
        return found

    def _imported(
        self, directory: int, step: int, *, name: int, thunks: tuple[int, ...]
    ) -> Iterator[tuple[str, list[str]]]:
        place = self._directory(directory)
        while place is not None:
            (called,) = self._numbers("<I", place + name)
            if not called:
                return
            tables = [self._numbers("<I", place + offset)[0] for offset in thunks]
            yield self._text(called), self._thunks(next(filter(None, tables)))
            place += step

    def _thunks(self, address: int) -> list[str]:
        names: list[str] = []
        place = self.place(address)
        while True:
            (value,) = self._numbers("<Q", place)
            if not value:
                return names
            if not value & _BY_NUMBER:
                names.append(self._text(value + 2))  # two bytes of hint come first
            place += 8

    def exports(self) -> dict[str, int]:
        """Return the names offered, each with its address in memory."""
        place = self._directory(_EXPORTS)
        if place is None:
            return {}
        (count,) = self._numbers("<I", place + 24)
        functions, names, ordinals = self._numbers("<III", place + 28)
        found = {}
        for number in range(count):
            (name,) = self._numbers("<I", self.place(names) + 4 * number)
            (ordinal,) = self._numbers("<H", self.place(ordinals) + 2 * number)
            (address,) = self._numbers("<I", self.place(functions) + 4 * ordinal)
            found[self._text(name)] = address
        return found

    def version(self) -> tuple[int, int, int, int]:
        """Return the four numbers of the file's version.

        Raises:
            LookupError: it has none.
        """
        place = self._content.find(_VERSION)
        if place < 0:
            raise LookupError("no version in the file")
        minor, major, revision, build = self._numbers("<HHHH", place + 8)
        return major, minor, build, revision


def forwarder(library: str, names: list[str]) -> str:
    """Return the definition of a library that hands every name on to ``library`` (a .def file)."""
    stem = library.removesuffix(".dll")
    return "EXPORTS\n" + "".join(f"{name} = {stem}.{name}\n" for name in sorted(names))
