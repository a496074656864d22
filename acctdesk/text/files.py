"""Names of files that every system takes: made from a title, or given by somebody else."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST_TITLE = 60
_LONGEST = 120


def file_stem(title: str) -> str:
    """Return a title as a name that every file system takes; "" where nothing is left of it.

    No name may end in a stop, so «Αιγαίον Α.Ε.» becomes «Αιγαίον ΑΕ».
    """
    words = _FORBIDDEN.sub(" ", title).split()
    if words and words[-1].endswith("."):
        words[-1] = words[-1].replace(".", "")
    name = " ".join(words)[:_LONGEST_TITLE].rstrip(" .")
    return f"{name} 1" if _RESERVED.fullmatch(name) else name


def attached_name(given: str | None, fallback: str) -> str:
    """Return the name of a file that came from elsewhere, without folders and without tricks.

    Signs that nobody sees or that turn the direction of the text are dropped, so that the ending
    shown is the ending there is; ``fallback`` where nothing is left.
    """
    last = re.split(r"[\\/]", given or "")[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cf", "Cc", "Cs"})
    name = " ".join(_FORBIDDEN.sub(" ", unicodedata.normalize("NFC", seen)).split()).strip(" .")
    if not name:
        return fallback
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > 10:
        stem, dot, ending = name, "", ""
    name = f"{stem[: _LONGEST - len(ending) - 1].rstrip(' .')}{dot}{ending}"
    return f"_{name}" if _RESERVED.fullmatch(name) else name
