"""Qt's ICU data without the languages and code pages that the program does not speak.

The wheel's libicudata holds everything for 800 locales, a sixth of the whole program. Its one table
is taken out, Debian's icupkg removes items from it, and it is put back under the same name.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from contents import KEPT_LANGUAGES

_LOCALE = re.compile(r"^(?:\w+/)?(?P<language>[a-z]{2,3})(?:_\w*)?\.res$")
_LEFT_OUT = re.compile(r"\.(cnv|spp|cfu)$|^(brkitr|rbnf|translit)/|unames\.icu$")


def removes(item: str) -> bool:
    """Tell whether an item of the table is left out."""
    if _LEFT_OUT.search(item):
        return True
    found = _LOCALE.match(item)
    return found is not None and found["language"] not in KEPT_LANGUAGES


def trim(library: Path, work: Path) -> None:
    """Write ``library`` anew with the reduced table.

    Raises:
        subprocess.CalledProcessError: a tool failed; the library is as it was.
        LookupError: the library is not made as expected.
    """
    work.mkdir(parents=True, exist_ok=True)
    symbol = re.search(r"\b(icudt\d+)_dat\b", _said("objdump", "--dynamic-syms", str(library)))
    name = re.search(r"SONAME\s+(\S+)", _said("objdump", "--private-headers", str(library)))
    if symbol is None or name is None:
        raise LookupError(f"{library} holds no ICU table")
    # the file's name is the name of the table for icupkg; l means little-endian
    table = work / f"{symbol[1]}l.dat"
    _said("objcopy", "-O", "binary", "--only-section=.rodata", str(library), str(table))
    items = _said("icupkg", "--list", str(table)).split()
    unwanted = work / "unwanted.txt"
    unwanted.write_text("\n".join(filter(removes, items)) + "\n", encoding="utf-8")
    smaller = work / "smaller" / table.name
    smaller.parent.mkdir(exist_ok=True)
    _said("icupkg", "--remove", str(unwanted), str(table), str(smaller))
    source = work / "table.s"
    source.write_text(
        f".section .rodata\n.balign 16\n.globl {symbol[1]}_dat\n"
        f".type {symbol[1]}_dat, @object\n.size {symbol[1]}_dat, {smaller.stat().st_size}\n"
        f'{symbol[1]}_dat:\n.incbin "{smaller}"\n.section .note.GNU-stack, "", @progbits\n',
        encoding="utf-8",
    )
    made = work / "table.o"
    _said("as", "-o", str(made), str(source))
    _said("ld", "-shared", "-z", "noexecstack", "-soname", name[1], "-o", str(library), str(made))


def _said(*words: str) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout
