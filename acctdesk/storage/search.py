"""Finding records by what the officer types, literally, in Greek or in Latin letters.

Every word must be found, as the beginning of a word; words are never query syntax. The index is
FTS5 over folded text (:mod:`acctdesk.storage.indexing` keeps it), one table a kind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, column, literal_column, select
from sqlalchemy.orm import Session

from acctdesk.storage import images
from acctdesk.storage.indexing import HEAD, LATIN, REST, SHADOWS, latin_text
from acctdesk.storage.tables import INDEX_TABLES
from acctdesk.text import fold, latin_key, latin_prefix

KINDS = {"client": "clients", "contact": "contacts", "interaction": "interactions", "task": "tasks"}
_MOST_WORDS = 16
_LONGEST_WORD = 80
_LONGEST_TEXT = 2000
_WEIGHED = 400  # hits of one kind that are compared; more are cut off before sorting
_NUMBER = re.compile(r"[\d\s+()./-]+")
_AROUND = 60  # characters of a long text shown around a match


@dataclass(frozen=True, slots=True)
class Hit:
    """A found record.

    ``kind`` is client, contact, interaction or task; ``title`` what it is called by, ``why`` the
    matched text as recorded, ``spans`` the matches in the title (start and end).
    """

    kind: str
    id: int
    client_id: int | None
    code: str | None
    title: str
    detail: str
    why: str
    spans: tuple[tuple[int, int], ...] = ()


def _is_word(sign: str) -> bool:
    # as FTS5's unicode61 tokenizer sees it
    return unicodedata.category(sign)[0] in "LN" or unicodedata.category(sign) == "Co"


def _folded(typed: str) -> str:
    # half a surrogate pair cannot be a parameter of a statement, and stands in no record
    shortened = typed[:_LONGEST_TEXT].replace("\x00", " ")
    return fold(shortened.encode("utf-8", "ignore").decode("utf-8"))


def words_of(typed: str) -> list[str]:
    """Return the folded words of ``typed`` that the index can know, each once."""
    pieces = _folded(typed).split(" ")
    found = dict.fromkeys(
        piece[:_LONGEST_WORD] for piece in pieces if any(_is_word(sign) for sign in piece)
    )
    return list(found)[:_MOST_WORDS]


@lru_cache(maxsize=512)
def _sound(word: str) -> str:
    return latin_prefix(word).strip()


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _word_expression(word: str) -> str:
    choices = [f"{{head rest}} : {_quoted(word)} *"]
    if any(sign.isalpha() for sign in word):
        # the whole key finds the finished word, its sure part the half-typed one
        keys = dict.fromkeys((latin_key(word).strip(), _sound(word)))
        choices += [f"latin : {_quoted(key)} *" for key in keys if key]
    return "(" + " OR ".join(choices) + ")"


def match_expression(typed: str) -> str | None:
    """Return the FTS5 expression for what was typed, None where it holds no word."""
    words = words_of(typed)
    if not words:
        return None
    expression = " AND ".join(_word_expression(word) for word in words)
    digits = "".join(sign for sign in typed if sign.isdecimal())
    if len(words) > 1 and len(digits) >= 5 and _NUMBER.fullmatch(typed):
        # a telephone or tax number typed in groups
        expression = f"({expression}) OR {{head rest}} : {_quoted(digits)} *"
    return expression


def _matches(table: str, expression: str) -> ColumnElement[bool]:
    return literal_column(INDEX_TABLES[table].name).op("MATCH")(expression)


def matching(typed: str, *, table: str) -> Select[tuple[int]] | None:
    """Return a select of the ids in ``table`` that match, for ``Client.id.in_(…)``.

    None where ``typed`` is blank (no filter). Text without a word (``*``) matches nothing.
    """
    index = INDEX_TABLES[table]
    expression = match_expression(typed)
    query = select(index.c.rowid)
    if expression is not None:
        return query.where(_matches(table, expression))
    if not typed.strip():
        return None
    return query.where(column("rowid") < 0)


def search(
    session: Session, text: str, *, kinds: Collection[str] | None = None, limit: int = 50
) -> list[Hit]:
    """Return the records that match ``text``, best first, at most ``limit``.

    Names that begin with what was typed come first, then names that hold it, then other text;
    among equals clients before contacts, tasks and interactions, each by name (interactions by
    newest). ``kinds`` keeps to some of client, contact, interaction, task. Where interactions would
    crowd out the other kinds, they leave them up to half of the answer.
    """
    expression = match_expression(text)
    if expression is None:
        return []
    words, typed = words_of(text), _folded(text)
    sounds = [(word, _sound(word)) for word in words]
    ranked: list[_Ranked] = []
    for order, (kind, table) in enumerate(KINDS.items()):
        if kinds is not None and kind not in kinds:
            continue
        for found in _candidates(session, table, typed, expression, limit):
            tie = -found.id if kind == "interaction" else found.head
            rank = _rank(found, typed, _sound(typed), sounds)
            ranked.append(((*rank, order, tie, found.id), kind, found.id))
    ranked.sort(key=lambda item: item[0])
    return _hits(session, [(kind, row_id) for _, kind, row_id in _fair(ranked, limit)], words)


_Ranked = tuple[tuple[Any, ...], str, int]  # rank, kind, id


def _fair(ranked: Sequence[_Ranked], limit: int) -> list[_Ranked]:
    shown = list(ranked[:limit])
    others = [item for item in ranked if item[1] != "interaction"][: max(1, limit // 2)]
    missed = [item for item in others if item not in shown]
    if not missed:
        return shown
    talks = [item for item in shown if item[1] == "interaction"]
    dropped = talks[max(0, len(talks) - len(missed)) :]
    return [*(item for item in shown if item not in dropped), *missed][:limit]


@dataclass(frozen=True, slots=True)
class _Found:
    id: int
    head: str
    latin: str


def _hits(session: Session, found: Sequence[tuple[str, int]], words: list[str]) -> list[Hit]:
    rows: dict[tuple[str, int], Mapping[str, Any]] = {}
    for kind, table in KINDS.items():
        ids = [row_id for found_kind, row_id in found if found_kind == kind]
        if ids:
            records = images.table_of(table)
            query = select(records).where(records.c.id.in_(ids))
            rows |= {(kind, row["id"]): dict(row) for row in session.execute(query).mappings()}
    return [_hit(kind, rows[kind, row_id], words) for kind, row_id in found]


def _candidates(
    session: Session, table: str, typed: str, expression: str, limit: int
) -> Iterable[_Found]:
    records, index = images.table_of(table), INDEX_TABLES[table]
    shadow = records.c[SHADOWS[table]]
    rows: dict[int, _Found] = {}
    if table == "clients":
        # names that begin with the text come sorted out of an ordinary index, however many
        begins = (
            select(records.c.id, shadow.label("head"))
            .where(records.c.deleted_at.is_(None), shadow >= typed, shadow < typed + "\U0010ffff")
            .order_by(shadow)
            .limit(limit)
        )
        rows = {row.id: _Found(row.id, row.head, "") for row in session.execute(begins)}
        if len(rows) >= limit:
            return rows.values()
    matched = select(index.c.rowid, index.c.head, index.c.latin).where(_matches(table, expression))
    if table == "interactions":
        matched = matched.order_by(index.c.rowid.desc())
    for row in session.execute(matched.limit(_WEIGHED)):
        rows.setdefault(row.rowid, _Found(row.rowid, row.head, row.latin))
    return rows.values()


def _rank(found: _Found, typed: str, key: str, words: Sequence[tuple[str, str]]) -> tuple[int, int]:
    if found.head.startswith(typed):
        return (0, 0)
    if key and found.latin.startswith(key):
        return (1, 0)
    starts = found.head.split(" ")
    sounds = found.latin.split(" ")
    missing = sum(
        not any(start.startswith(word) for start in starts)
        and not any(start.startswith(sound or word) for start in sounds)
        for word, sound in words
    )
    return (2, missing)


def _hit(kind: str, row: Mapping[str, Any], words: list[str]) -> Hit:
    table = KINDS[kind]
    title = str(row[HEAD[table][0]] or "")
    return Hit(
        kind=kind,
        id=row["id"],
        client_id=row["id"] if kind == "client" else row["client_id"],
        code=row["code"] if kind == "client" else None,
        title=title,
        detail=_detail(kind, row),
        why=_why(table, row, words),
        spans=spans_in(title, words),
    )


def _detail(kind: str, row: Mapping[str, Any]) -> str:
    names = {
        "client": ("code", "city"),
        "contact": ("role", "department"),
        "interaction": ("body",),
        "task": ("notes",),
    }[kind]
    return ", ".join(str(row[name]) for name in names if row[name])[:200]


def _why(table: str, row: Mapping[str, Any], words: list[str]) -> str:
    title = str(row[HEAD[table][0]] or "")
    best, text = 0, title
    for name in (*HEAD[table], *REST[table]):
        value = str(row[name] or "")
        latin = name in LATIN[table]
        found = sum(bool(_span(value, word, latin=latin)) for word in words) if value else 0
        if found > best:
            best, text = found, value
        if best == len(words):
            break
    return _around(text, words)


def _around(text: str, words: list[str]) -> str:
    if len(text) <= 2 * _AROUND:
        return text
    spans = [span for word in words if (span := _span(text, word, latin=False))]
    middle = min(start for start, _ in spans) if spans else 0
    start = max(0, middle - _AROUND // 2)
    end = min(len(text), start + 2 * _AROUND)
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")


def spans_in(text: str, words: list[str]) -> tuple[tuple[int, int], ...]:
    """Return where ``words`` (folded) begin words of ``text``: start and end in the original."""
    found = {span for word in words if (span := _span(text, word, latin=True))}
    return tuple(sorted(found))


_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")


def _span(text: str, word: str, *, latin: bool) -> tuple[int, int] | None:
    # the folded text has other positions, so each word of the original is folded by itself
    folded = fold(text)
    if word in folded:
        for match in _WORD.finditer(text):
            if fold(match.group()).startswith(word):
                return match.start(), match.start() + _length(match.group(), len(word))
        return 0, len(text)
    digits = "".join(sign for sign in word if sign.isdecimal())
    if len(digits) >= 5 and digits in "".join(sign for sign in text if sign.isdecimal()):
        return 0, len(text)
    wanted = _sound(word) if latin and not digits else ""
    if wanted:
        for match in _WORD.finditer(text):
            if latin_text(match.group()).startswith(wanted):
                return match.start(), match.start() + _sounding(match.group(), word, wanted)
    return None


def _sounding(written: str, word: str, sure: str) -> int:
    # how many signs of the original sound like what was typed, or like the sure part of it
    whole = latin_key(word).strip()
    wanted = whole if latin_text(written).startswith(whole) else sure
    for count in range(1, len(written)):
        if latin_text(written[:count]).startswith(wanted):
            return count
    return len(written)


def _length(written: str, folded: int) -> int:
    # how many signs of the original make the first ``folded`` signs of its folded form
    for count in range(1, len(written) + 1):
        if len(fold(written[:count])) >= folded:
            return count
    return len(written)
