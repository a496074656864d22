"""Finding records by what the officer types, literally, in Greek or in Latin letters.

Every word must be found, as the beginning of a word; words are never query syntax. The index is
FTS5 over folded text (:mod:`acctdesk.storage.indexing` keeps it), one table a kind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, column, literal_column, select
from sqlalchemy.orm import Session

from acctdesk.storage import images
from acctdesk.storage.indexing import HEAD, LATIN, REST, SHADOWS
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


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _word_expression(word: str) -> str:
    choices = [f"{{head rest}} : {_quoted(word)} *"]
    if any(sign.isalpha() for sign in word):
        # the whole key finds the finished word, its sure part the half-typed one
        keys = dict.fromkeys((latin_key(word).strip(), latin_prefix(word).strip()))
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
    newest). ``kinds`` keeps to some of client, contact, interaction, task.
    """
    expression = match_expression(text)
    if expression is None:
        return []
    words = words_of(text)
    typed = _folded(text)
    found: list[tuple[tuple[Any, ...], str, Mapping[str, Any]]] = []
    for order, (kind, table) in enumerate(KINDS.items()):
        if kinds is not None and kind not in kinds:
            continue
        found += [
            ((*_rank(table, row, typed, words), order, _tie(table, row)), kind, row)
            for row in _candidates(session, table, typed, expression, limit)
        ]
    found.sort(key=lambda item: item[0])
    return [_hit(kind, row, words) for _, kind, row in found[:limit]]


def _candidates(
    session: Session, table: str, typed: str, expression: str, limit: int
) -> Iterable[Mapping[str, Any]]:
    records, index = images.table_of(table), INDEX_TABLES[table]
    shadow = records.c[SHADOWS[table, HEAD[table][0]]]
    alive = records.c.deleted_at.is_(None)
    rows: dict[int, Mapping[str, Any]] = {}
    if table == "clients":
        # names that begin with the text come sorted out of an ordinary index, however many
        begins = (
            select(records)
            .where(alive, shadow >= typed, shadow < typed + "\U0010ffff")
            .order_by(shadow)
            .limit(limit)
        )
        rows = {row["id"]: dict(row) for row in session.execute(begins).mappings()}
        if len(rows) >= limit:
            return rows.values()
    ids = select(index.c.rowid).where(_matches(table, expression))
    if table == "interactions":
        ids = ids.order_by(index.c.rowid.desc())
    ids = ids.limit(_WEIGHED)
    for row in session.execute(select(records).where(alive, records.c.id.in_(ids))).mappings():
        rows.setdefault(row["id"], dict(row))
    return rows.values()


def _rank(table: str, row: Mapping[str, Any], typed: str, words: list[str]) -> tuple[int, int]:
    head = str(row[SHADOWS[table, HEAD[table][0]]])
    if head.startswith(typed):
        return (0, 0)
    latin = latin_key(head)
    key = latin_prefix(typed).strip()
    if key and latin.startswith(key):
        return (1, 0)
    starts = head.split(" ")
    keys = latin.split(" ")
    missing = sum(
        not any(start.startswith(word) for start in starts)
        and not any(start.startswith(latin_prefix(word).strip() or word) for start in keys)
        for word in words
    )
    return (2, missing)


def _tie(table: str, row: Mapping[str, Any]) -> Any:
    if table == "interactions":
        return (-row["happened_at"].timestamp(), -row["id"])
    return (str(row[SHADOWS[table, HEAD[table][0]]]), row["id"])


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
    best, text = 0, str(row[HEAD[table][0]] or "")
    for name in (*HEAD[table], *REST[table]):
        value = str(row[name] or "")
        latin = name in LATIN[table]
        found = sum(bool(_span(value, word, latin=latin)) for word in words) if value else 0
        if found > best:
            best, text = found, value
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
    plain = "".join(sign for sign in word if sign.isdecimal())
    for match in _WORD.finditer(text):
        written = match.group()
        folded = fold(written)
        if folded.startswith(word):
            return match.start(), match.start() + _length(written, len(word))
    for match in _WORD.finditer(text) if latin and not plain else ():
        key, wanted = latin_key(match.group()), latin_prefix(word).strip()
        if wanted and key.startswith(wanted):
            return match.start(), match.end()
    if len(plain) >= 5 and plain in "".join(sign for sign in text if sign.isdecimal()):
        return 0, len(text)
    if word in fold(text):
        return 0, len(text)
    return None


def _length(written: str, folded: int) -> int:
    # how many signs of the original make the first ``folded`` signs of its folded form
    for count in range(1, len(written) + 1):
        if len(fold(written[:count])) >= folded:
            return count
    return len(written)
