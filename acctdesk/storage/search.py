"""Finding records by what the officer types, literally, in Greek or in Latin letters.

Every word must be found, as the beginning of a word; words are never query syntax. The index is
FTS5 over folded text (:mod:`acctdesk.storage.indexing` keeps it), one table a kind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    bindparam,
    case,
    column,
    exists,
    func,
    literal,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from acctdesk.storage import images
from acctdesk.storage.indexing import HEAD, LATIN, REST, SHADOWS, latin_text
from acctdesk.storage.tables import INDEX_TABLES
from acctdesk.text import fold, latin_key, latin_prefix

KINDS = {
    "client": "clients",
    "contact": "contacts",
    "interaction": "interactions",
    "task": "tasks",
    "dispute": "disputes",
    "request": "requests",
}
_MOST_WORDS = 16
_LONGEST_WORD = 80
_LONGEST_TEXT = 2000
_WEIGHED = 200  # records of one kind that are compared and counted; the rest is cut off before
_NUMBER = re.compile(r"[\d\s+()./-]+")
_AROUND = 60  # characters of a long text shown around a match


@dataclass(frozen=True, slots=True)
class Hit:
    """A found record.

    ``kind`` is one of ``KINDS``; ``title`` what it is called by, ``why`` the
    matched text as recorded, ``spans`` the matches in the title (start and end). ``client_id``,
    its name and ``code`` are of the client that the record belongs to, or is.
    """

    kind: str
    id: int
    client_id: int | None
    client_name: str | None
    code: str | None
    title: str
    detail: str
    why: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits, and how many records match; ``more`` tells that there are still more."""

    hits: list[Hit]
    count: int
    more: bool


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


def _matches(table: str, expression: str | BindParameter[str]) -> ColumnElement[bool]:
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
    """Return the records that match ``text``, best first, at most ``limit``: see :func:`look`."""
    return look(session, text, kinds=kinds, limit=limit, each=limit).hits


def look(
    session: Session, text: str, *, kinds: Collection[str] | None = None, limit: int, each: int
) -> Found:
    """Return the best records that match ``text``, and how many do; one statement.

    Names that begin with what was typed come first, then names that hold it, then other text;
    among equals the kinds in the order of ``KINDS``, each by name (interactions by newest).
    ``kinds`` keeps to some of them, ``each`` to so many of
    a kind, ``limit`` to so many in all. Where interactions would crowd out the other kinds, they
    leave them up to half of the answer.
    """
    expression = match_expression(text)
    if expression is None:
        return Found([], 0, more=False)
    words, typed = words_of(text), _folded(text)
    tables = tuple(table for kind, table in KINDS.items() if kinds is None or kind in kinds)
    given: dict[str, Any] = {
        "expression": expression,
        "typed": typed,
        "typed_end": typed + "\U0010ffff",
        "sound": _sound(typed),
        "each": each,
        "half": limit - max(1, limit // 2),
        "most": limit,
    }
    for place, word in enumerate(words):
        given[f"word_{place}"] = " " + word
        given[f"sound_{place}"] = " " + (_sound(word) or word)
    rows: Sequence[Mapping[Any, Any]] = (
        session.connection().execute(_statement(tables, len(words)), given).mappings().all()
    )
    counts = {row["place"]: row["found"] for row in rows}
    return Found(
        hits=[_hit(_ORDER[row["place"]], row, words) for row in rows],
        count=sum(counts.values()),
        more=any(count >= _WEIGHED for count in counts.values()),
    )


_ORDER = tuple(KINDS)  # of equals
_TYPED, _SOUND = bindparam("typed", type_=String), bindparam("sound", type_=String)
_EACH = bindparam("each", type_=Integer)


@lru_cache(maxsize=64)
def _statement(tables: tuple[str, ...], words: int) -> Select[*tuple[Any, ...]]:
    """Return the question for so many words: the best ids first, then their records beside them."""
    every = union_all(*(select(_best(table, words)) for table in tables)).subquery("every")
    order = (every.c.rank, every.c.place, every.c.newest, every.c.head, every.c.id)
    talks = _ORDER.index("interaction")
    number = func.row_number().over(partition_by=every.c.place, order_by=order)
    crowding = case((and_(every.c.place == talks, number > bindparam("half")), 1), else_=0)
    best = select(every).order_by(crowding, *order).limit(bindparam("most")).subquery("best")
    query: Select[*tuple[Any, ...]] = select(best.c.place, best.c.id, best.c.found)
    joined: FromClause = best
    owner = images.table_of("clients").alias("owner")
    owners = []
    for table in tables:
        records = images.table_of(table)
        here = best.c.place == _ORDER.index(_kind_of(table))
        joined = joined.outerjoin(records, and_(here, records.c.id == best.c.id))
        shown = (*HEAD[table], *REST[table])
        query = query.add_columns(*(records.c[name].label(f"{table}_{name}") for name in shown))
        owners.append(records.c.id if table == "clients" else records.c.client_id)
    joined = joined.outerjoin(owner, owner.c.id == func.coalesce(*owners, None))
    query = query.add_columns(
        owner.c.id.label("owner_id"), owner.c.code.label("owner_code"), owner.c.name.label("owner")
    )
    return query.select_from(joined).order_by(*(best.c[column.name] for column in order))


def _best(table: str, words: int) -> Subquery:
    """Return the best ids of one kind, with what they are ordered by."""
    found = _candidates(table)
    starts = func.substr(found.c.head, 1, func.length(_TYPED)) == _TYPED
    sounds = and_(_SOUND != "", func.substr(found.c.latin, 1, func.length(_SOUND)) == _SOUND)
    missing: ColumnElement[int] = literal(0)
    for place in range(words):
        begun = func.instr(" " + found.c.head, bindparam(f"word_{place}", type_=String))
        heard = func.instr(" " + found.c.latin, bindparam(f"sound_{place}", type_=String))
        missing = missing + case((begun + heard > 0, 0), else_=1)
    talks = table == "interactions"
    ranked = select(
        literal(_ORDER.index(_kind_of(table))).label("place"),
        found.c.id,
        case((starts, 0), (sounds, 1), else_=2 + missing).label("rank"),
        (-found.c.id if talks else literal(0)).label("newest"),
        (literal("") if talks else found.c.head).label("head"),
        func.count().over().label("found"),
    ).subquery()
    order = (ranked.c.rank, ranked.c.newest, ranked.c.head, ranked.c.id)
    return select(ranked).order_by(*order).limit(_EACH).subquery()


def _candidates(table: str) -> Subquery:
    index = INDEX_TABLES[table]
    matched = select(index.c.rowid.label("id"), index.c.head, index.c.latin).where(
        _matches(table, bindparam("expression", type_=String))
    )
    if table == "interactions":
        matched = matched.order_by(index.c.rowid.desc())
    if table == "tasks":
        matched = matched.where(~_comes_later(index.c.rowid))
    matched = matched.limit(_WEIGHED)
    if table != "clients":
        return matched.subquery()
    # of names that begin with the text the first come sorted out of an ordinary index,
    # however many there are
    records = images.table_of(table)
    shadow = records.c[SHADOWS[table]]
    first = (
        select(records.c.id, shadow.label("head"), literal("").label("latin"))
        .where(
            records.c.deleted_at.is_(None),
            shadow >= _TYPED,
            shadow < bindparam("typed_end", type_=String),
        )
        .order_by(shadow)
        .limit(_EACH)
        .subquery()
    )
    others = matched.cte("matched", nesting=True).prefix_with("MATERIALIZED")
    return union_all(
        select(others), select(first).where(first.c.id.not_in(select(others.c.id)))
    ).subquery()


def _comes_later(task_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Tell of a task whether it is a later time of what comes again: the next one is enough."""
    later = images.table_of("tasks").alias("later")
    earlier = images.table_of("tasks").alias("earlier")
    before = and_(
        earlier.c.series_id == later.c.series_id,
        earlier.c.series_on < later.c.series_on,
        earlier.c.deleted_at.is_(None),
        earlier.c.state == "open",
    )
    return exists(
        select(literal(1))
        .select_from(later.join(earlier, before))
        .where(later.c.id == task_id, later.c.state == "open")
    )


def _kind_of(table: str) -> str:
    return next(kind for kind, name in KINDS.items() if name == table)


def _hit(kind: str, found: Mapping[Any, Any], words: list[str]) -> Hit:
    table = KINDS[kind]
    row = {name: found[f"{table}_{name}"] for name in (*HEAD[table], *REST[table])}
    title = str(row[HEAD[table][0]] or "")
    spans = [_span(title, word, latin=True) for word in words]
    return Hit(
        kind=kind,
        id=found["id"],
        client_id=found["owner_id"],
        client_name=found["owner"],
        code=found["owner_code"],
        title=title,
        detail=_detail(kind, row),
        why=_around(title if all(spans) else _why(table, row, words, title), words),
        spans=tuple(sorted({span for span in spans if span})),
    )


def _detail(kind: str, row: Mapping[str, Any]) -> str:
    names = {
        "client": ("code", "city"),
        "contact": ("role", "department"),
        "interaction": ("body",),
        "task": ("notes",),
        "dispute": ("cause",),
        "request": ("details",),
    }[kind]
    return ", ".join(str(row[name]) for name in names if row[name])[:200]


def _why(table: str, row: Mapping[str, Any], words: list[str], title: str) -> str:
    """Return the text that holds the most of the words, the title where none is better."""
    best, text = 0, title
    for name in (*HEAD[table], *REST[table]):
        value = str(row[name] or "")
        latin = name in LATIN[table]
        found = sum(bool(_span(value, word, latin=latin)) for word in words) if value else 0
        if found > best:
            best, text = found, value
        if best == len(words):
            break
    return text


def _around(text: str, words: list[str]) -> str:
    if len(text) <= 2 * _AROUND:
        return text
    spans = [span for word in words if (span := _span(text, word, latin=False))]
    middle = min(start for start, _ in spans) if spans else 0
    start = max(0, middle - _AROUND // 2)
    end = min(len(text), start + 2 * _AROUND)
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")


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
