"""Text tables in the encodings and separators of Greek offices."""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from functools import cache
from itertools import islice

from acctdesk.text import fold

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("cp1253", "iso8859_7", "cp737", "mac_greek", "cp869", "cp1252", "latin_1")
_SEPARATORS = ";\t,|"
_SAMPLE = 60_000
_GREEK_WORD = re.compile(r"[Ͱ-Ͽἀ-῿]+")
_LATIN_HIGH = re.compile(r"[À-ÿĀ-ſ]")
_ODD = re.compile(r"[\u0080-\u009f\u2500-\u259f¤¦¬¶±÷≤≥≈√∞∂∑∏Ω◊�]")


@dataclass(frozen=True, slots=True)
class TextTable:
    """A text file as rows; ``rows[i]`` stands on line ``i + 1`` unless a cell held line ends."""

    rows: list[tuple[str | None, ...]]
    encoding: str
    separator: str


def decode(content: bytes) -> tuple[str, str]:
    """Return the text and the encoding that it was read with."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content.decode(name, errors="replace"), name
    wide = _wide(content)
    if wide is not None:
        return content.decode(wide, errors="replace"), wide
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    sample = content[:_SAMPLE]
    best = max(_CANDIDATES, key=lambda name: _plausible(sample, name))
    if _some_lines_utf8(content):
        return _by_line(content, best), "utf-8"
    return content.decode(best, errors="replace"), best


def _some_lines_utf8(content: bytes) -> bool:
    # Greek that is valid UTF-8 never comes about by chance
    for line in content.splitlines():
        try:
            if any("Ͱ" <= sign <= "Ͽ" for sign in line.decode("utf-8")):
                return True
        except UnicodeDecodeError:
            continue
    return False


def _by_line(content: bytes, other: str) -> str:
    lines = []
    for line in content.splitlines(keepends=True):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(line.decode(other, errors="replace"))
    return "".join(lines)


def _wide(content: bytes) -> str | None:
    sample = content[:4000]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2], sample[1::2]
    high = {0, 3}
    if sum(byte in high for byte in odd) > 0.9 * len(odd) and sample.count(0) > len(sample) // 8:
        return "utf-16-le"
    if sum(byte in high for byte in even) > 0.9 * len(even) and sample.count(0) > len(sample) // 8:
        return "utf-16-be"
    return None


@cache
def _known_words() -> frozenset[str]:
    words = (
        "κωδικος επωνυμια πελατη πελατης αφμ δου διευθυνση πολη τηλεφωνο κινητο email ενεργος"
        " υπολοιπο ημερομηνια ημ νια αριθμος αποδειξης ποσο τροπος εναντι παραστατικου καθαρη αξια"
        " φπα συνολο τιμολογιο πιστωτικο μικτη ληξη στοχος μηνας ετος ναι οχι και του της των"
        " τραπεζα μετρητα επιταγη αθηνα θεσσαλονικη πατρα ηρακλειο αε επε οε ικε"
    )
    return frozenset(fold(words).split())


def _plausible(sample: bytes, name: str) -> float:
    try:
        text = sample.decode(name)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            return -1e9
        text = sample[: error.start].decode(name)
    score = 0.0
    for word in _GREEK_WORD.findall(text):
        folded = fold(word)
        if folded in _known_words():
            score += 20
        vowels = sum(letter in "αεηιουω" for letter in folded)
        score += 2 if len(word) < 2 or 0.2 <= vowels / len(word) <= 0.8 else -4
        inner = word[1:]
        if inner != inner.lower() and inner != inner.upper():
            score -= 6
    score -= 5 * len(_ODD.findall(text))
    score -= 3 * len(_LATIN_HIGH.findall(text)) if name not in {"cp1252", "latin_1"} else 0
    if name in {"cp1252", "latin_1"}:
        score += 1.5 * len(re.findall(r"[a-zA-Z][à-ÿ]|[à-ÿ][a-z]", text))
        score -= 4 * len(re.findall(r"[À-ÿ]{3,}", text))
    return score - (0.5 if name == "latin_1" else 0)


def read(content: bytes) -> TextTable | None:
    """Return the table in a text file, None where it is no text at all."""
    if (
        b"\x00" in content[:4000]
        and _wide(content) is None
        and not content.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        nul = content[:4000].count(b"\x00")
        if nul > len(content[:4000]) // 20:
            return None
    text, encoding = decode(content)
    text = text.replace("\x00", "").lstrip("\ufeff")
    if not text.strip():
        return None
    controls = sum(1 for sign in text[:4000] if sign < " " and sign not in "\r\n\t\x0c")
    if controls > len(text[:4000]) // 50 + 2:
        return None
    csv.field_size_limit(2_000_000)
    separator, text, skipped = _separator(text)
    rows: list[tuple[str | None, ...]] = [()] * skipped
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    last = 0
    try:
        for row in reader:
            # a cell with line ends takes several lines: the row keeps its first line's number
            rows.extend([()] * (reader.line_num - last - 1))
            last = reader.line_num
            rows.append(tuple(cell if cell.strip() else None for cell in row))
    except csv.Error:
        lines = text.splitlines()
        rows = [()] * skipped + [
            tuple(cell or None for cell in line.split(separator)) for line in lines
        ]
    return TextTable(rows, encoding, separator)


def _separator(text: str) -> tuple[str, str, int]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    declared = re.fullmatch(r"\"?sep=(.)\"?", first.strip(), re.IGNORECASE)
    if declared:
        return declared[1], rest, 1
    sample = text[:200_000]
    lines = [line for line in sample.split("\n")[:300] if line.strip()]
    best, best_score = ";", 0.0
    for separator in _SEPARATORS:
        single = [len(next(csv.reader([line], delimiter=separator), [])) for line in lines]
        # a cell in quotes may hold line ends, and a stray quote may swallow lines
        score = max(_evenness(single), _evenness(_widths(sample, separator)))
        if separator == ",":  # a decimal comma also parts a line
            score *= 0.8
        if score > best_score:
            best, best_score = separator, score
    return best, text, 0


def _widths(text: str, separator: str) -> list[int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return [len(row) for row in islice(reader, 300) if row]
    except csv.Error:
        return []


def _evenness(counts: list[int]) -> float:
    """Return how well the rows agree on how many cells they have; wide ones count more."""
    wide = sorted(count for count in counts if count > 1)
    if not wide:
        return 0.0
    usual = wide[len(wide) // 2]
    agreeing = sum(count == usual for count in counts)
    return agreeing / len(counts) * (1 + min(usual, 12) / 4)
