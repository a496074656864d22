"""Proposing which column means what: from headings and values, remembered, or given by hand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from collections.abc import Mapping as MappingType
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from acctdesk.errors import UserError
from acctdesk.exchange import fields as known
from acctdesk.exchange.columns import CHOSEN, ColumnMap, Mapping
from acctdesk.exchange.fields import FIELDS, Field, FieldType
from acctdesk.exchange.sheets import FileContent
from acctdesk.exchange.tables import Table, find_tables, year_in
from acctdesk.exchange.target_tables import Chosen, month_columns, target_columns
from acctdesk.exchange.values import Looks, fit, look_at, text_of
from acctdesk.exchange.words import best_similarity, tokens
from acctdesk.i18n import Message, msg
from acctdesk.kinds import RecordKind
from acctdesk.text import fold

__all__ = ["ColumnMap", "Mapping", "blank", "mapping_from_json", "no_table", "propose", "shape_of"]
_ACROSS = re.compile(
    r"month:(?:(?:19|20|21)\d\d-)?(?:0?[1-9]|1[0-2])|year:(?:19|20|21)\d\d", re.ASCII
)
_LEAST = 0.38  # a column that suits nothing better than this is left out
_BY_VALUE = frozenset({FieldType.VAT_ID, FieldType.EMAIL, FieldType.IBAN})
_NAMES = {
    RecordKind.CLIENTS: ("πελατ", "pelat", "customer", "client", "account", "company"),
    RecordKind.CONTACTS: ("επαφ", "contact", "epaf"),
    RecordKind.PRODUCTS: ("προιον", "ειδη", "product", "item", "article"),
    RecordKind.SALES: ("πωλησ", "polis", "sale", "τιμολ", "invoice", "κινησ", "παραστατ", "order"),
    RecordKind.RECEIPTS: ("εισπραξ", "eispr", "receipt", "payment", "πληρωμ", "collection"),
    RecordKind.TARGETS: ("στοχ", "stox", "stoch", "target", "budget", "quota", "προυπολογ"),
    RecordKind.OPPORTUNITIES: ("ευκαιρ", "opportunit", "deal", "pipeline"),
    RecordKind.INTERACTIONS: (
        "επικοινων",
        "interaction",
        "activit",
        "visit",
        "επισκεψ",
        "ημερολογ",
    ),
    RecordKind.TASKS: ("εργασι", "task", "todo", "εκκρεμοτ"),
}


def _letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shape_of(kind: RecordKind, headings: list[str]) -> str:
    """Return what recognises files with the same headings, whatever their order of rows."""
    body = "|".join([kind.value, *(fold(heading) for heading in headings)])
    return hashlib.sha256(body.encode()).hexdigest()


def _samples(table: Table, index: int) -> tuple[str, ...]:
    seen: list[str] = []
    for cell in table.column(index)[:200]:
        text = text_of(cell)
        if text and text not in seen:
            seen.append(text)
        if len(seen) == 3:
            break
    return tuple(seen)


def _width(table: Table) -> int:
    return max([len(table.headings), *(len(row) for _, row in table.rows[:500])], default=0)


def _heading_fit(table: Table, index: int, field: Field) -> float:
    own = table.headings[index] if index < len(table.headings) else ""
    group = table.groups[index] if index < len(table.groups) else ""
    if not own:
        return 0.0
    best = best_similarity(own, field.phrases)
    if group and group != own:
        best = max(best, best_similarity(f"{own} {group}", field.phrases) * 0.97)
    return best


def _is_left_out(heading: str) -> float:
    return best_similarity(heading, known.LEFT_OUT)


def _scores(
    table: Table, looks: list[Looks], fields: tuple[Field, ...]
) -> list[tuple[float, int, Field, float, float]]:
    found = []
    for index, look in enumerate(looks):
        heading = table.headings[index] if index < len(table.headings) else ""
        out = _is_left_out(heading) if heading else 0.0
        for field in fields:
            named = _heading_fit(table, index, field)
            suits = fit(field.type, look)
            if named >= 0.55:
                if out > named:
                    continue
                score = named * (0.35 + 0.65 * suits)
            elif field.type in _BY_VALUE and suits >= 0.7 and look.count >= 3 and not named:
                score = 0.45 * suits
            else:
                continue
            if score >= _LEAST:
                found.append((score, index, field, named, suits))
    # the surest pair first; of equals the field that is listed first, then the leftmost column
    order = {field.key: number for number, field in enumerate(fields)}
    return sorted(found, key=lambda item: (-round(item[0], 3), order[item[2].key], item[1]))


def _reason(named: float, suits: float) -> Message:
    if named >= 0.55 and suits >= 0.8:
        return msg("Mapping", "Heading and values")
    if named >= 0.55 and suits < 0.5:
        return msg("Mapping", "Heading only: the values look different")
    return msg("Mapping", "Heading") if named >= 0.55 else msg("Mapping", "From the values")


def _assign(
    table: Table, looks: list[Looks], kind: RecordKind
) -> dict[int, tuple[float, Field, Message]]:
    chosen: dict[int, tuple[float, Field, Message]] = {}
    used: set[str] = set()
    for score, index, field, named, suits in _scores(table, looks, FIELDS[kind]):
        if index in chosen or field.key in used:
            continue
        chosen[index] = (score, field, _reason(named, suits))
        used.add(field.key)
    return chosen


def _kind_score(
    kind: RecordKind, chosen: dict[int, tuple[float, Field, Message]], words: str
) -> float:
    have = {field.key for _, field, _ in chosen.values()}
    total = sum(score for score, _, _ in chosen.values())
    required = [field.key for field in FIELDS[kind] if field.required]
    missing = sum(key not in have for key in required)
    score = total - 2.0 * missing
    if any(stem in words for stem in _NAMES[kind]):
        score += 0.8
    money = {"net", "gross", "vat", "unit_price", "quantity", "debit"}
    if kind is RecordKind.SALES and not have & money:
        score -= 3
    if kind is RecordKind.SALES and have & {"vat", "vat_rate"}:
        score += 1.0  # nobody charges VAT on a receipt
    if kind is RecordKind.RECEIPTS and have & {"method", "document_ref"}:
        score += 1.0
    if kind is RecordKind.RECEIPTS and "amount" not in have and not have & {"credit"}:
        score -= 3
    if kind is RecordKind.CONTACTS and have >= {"first_name", "last_name"}:
        score += 1.5
    if kind is RecordKind.CLIENTS and not have & {
        "code",
        "vat_id",
        "city",
        "phone",
        "activity",
        "credit_days",
    }:
        score -= 1.5
    return score


def propose(
    content: FileContent,
    *,
    kind: RecordKind | None = None,
    remembered: Callable[[str], Mapping | None] | None = None,
) -> Mapping:
    """Return the mapping of a file: the remembered one of its shape, or a proposed one.

    Raises:
        UserError: the file holds no table, or nothing that we know.
    """
    tables = find_tables(content)
    if not tables:
        raise no_table(content)
    table = max(tables, key=lambda one: len(one.rows))
    width = _width(table)
    looks = [
        look_at([cell for one in tables for cell in one.column(i)], of_columns=width)
        for i in range(width)
    ]
    words = fold(" ".join((content.name, table.sheet, table.title, *table.headings)))
    found_kind, chosen, layout = _best_kind(table, looks, words, kind, width)
    headings = [table.headings[i] if i < len(table.headings) else "" for i in range(width)]
    shape = shape_of(found_kind, headings)
    if remembered is not None:
        old = remembered(shape)
        if old is not None:
            return _dressed(old, table, headings)
    columns = []
    for index in range(width):
        score, key, reason = chosen.get(index, (0.0, None, msg("Mapping", "Not used")))
        columns.append(
            ColumnMap(
                index=index,
                letter=_letter(index),
                heading=headings[index],
                samples=_samples(table, index),
                field=key,
                confidence=round(min(0.99, score), 2),
                reason=reason,
            )
        )
    used = [column.confidence for column in columns if column.field]
    return Mapping(
        kind=found_kind,
        columns=tuple(columns),
        sheets=tuple(one.sheet for one in tables if _same_headings(one, table)),
        layout=layout,  # type: ignore[arg-type]
        unit_scale=table.unit_scale,
        shape=shape,
        constants=_constants(table, content, found_kind, {c.field for c in columns if c.field}),
        confidence=round(sum(used) / len(used), 2) if used else 0.0,
    )


def blank(content: FileContent, kind: RecordKind) -> Mapping:
    """Return a mapping of ``kind`` in which no column has a meaning yet, to be made by hand.

    Raises:
        UserError: the file holds no table.
    """
    tables = find_tables(content)
    if not tables:
        raise no_table(content)
    table = max(tables, key=lambda one: len(one.rows))
    headings = [*table.headings, *[""] * (_width(table) - len(table.headings))]
    return Mapping(
        kind=kind,
        columns=tuple(
            ColumnMap(index, _letter(index), heading, _samples(table, index))
            for index, heading in enumerate(headings)
        ),
        sheets=tuple(one.sheet for one in tables if _same_headings(one, table)),
        unit_scale=table.unit_scale,
        shape=shape_of(kind, headings),
        confidence=0.0,
    )


def no_table(content: FileContent) -> UserError:
    """Return the refusal of a file without a table."""
    return UserError(
        msg("Mapping", "No table was found in {name}. Nothing was changed.", name=content.name)
    )


def _best_kind(
    table: Table, looks: list[Looks], words: str, wanted: RecordKind | None, width: int
) -> tuple[RecordKind, Chosen, str]:
    months = month_columns(table, width)
    aims = _assign(table, looks, RecordKind.TARGETS)
    if wanted in {None, RecordKind.TARGETS} and (months or wanted is RecordKind.TARGETS):
        targets = target_columns(table, looks, aims, months, width)
        if targets is not None:
            return RecordKind.TARGETS, *targets
    best: tuple[float, RecordKind, dict[int, tuple[float, Field, Message]]] | None = None
    for kind in [wanted] if wanted else list(RecordKind):
        chosen = _assign(table, looks, kind)
        score = _kind_score(kind, chosen, words)
        if best is None or score > best[0]:
            best = (score, kind, chosen)
    assert best is not None
    score, kind, chosen = best
    if kind is RecordKind.TARGETS:
        targets = target_columns(table, looks, aims, months, width)
        if targets is not None:
            return kind, *targets
    if not chosen or (wanted is None and score < 0.3):
        raise UserError(
            msg(
                "Mapping",
                "What the table holds could not be told from its headings. Name its kind and map"
                " its columns by hand. Nothing was changed.",
            )
        )
    return kind, {i: (s, f.key, r) for i, (s, f, r) in chosen.items()}, "rows"


def _same_headings(one: Table, other: Table) -> bool:
    if one is other:
        return True
    mine = [tokens(heading) for heading in one.headings if heading]
    theirs = [tokens(heading) for heading in other.headings if heading]
    shared = sum(heading in theirs for heading in mine)
    return shared >= 0.7 * max(len(mine), len(theirs), 1)


def _constants(
    table: Table, content: FileContent, kind: RecordKind, used: set[str]
) -> dict[str, str]:
    if kind is RecordKind.TARGETS and "year" not in used and "month" not in used:
        for place in (table.sheet, table.title, content.name):
            year = year_in(place)
            if year is not None:
                return {"year": str(year)}
    return {}


def _dressed(old: Mapping, table: Table, headings: list[str]) -> Mapping:
    by_index = {column.index: column for column in old.columns}
    columns = []
    for index, heading in enumerate(headings):
        column = by_index.get(index)
        columns.append(
            ColumnMap(
                index=index,
                letter=_letter(index),
                heading=heading,
                samples=_samples(table, index),
                field=column.field if column else None,
                confidence=1.0 if column and column.field else 0.0,
                reason=msg("Mapping", "As last time")
                if column and column.field
                else msg("Mapping", "Not used"),
            )
        )
    return replace(
        old, columns=tuple(columns), unit_scale=table.unit_scale, confidence=1.0, remembered=True
    )


def mapping_from_json(data: MappingType[str, Any]) -> Mapping:
    """Return a mapping from what ``to_json`` printed, edited by hand or not.

    Raises:
        UserError: it is not a mapping, or it names a kind or field that does not exist.
    """
    broken = UserError(
        msg(
            "Mapping",
            "The mapping cannot be read. Print one with the command mapping, edit it and"
            " pass it back.",
        )
    )
    try:
        kind = RecordKind(data["kind"])
        columns = []
        for number, item in enumerate(data["columns"]):
            key = item.get("field") or None
            index = int(item.get("index", number))
            if key is not None and not _exists(kind, str(key)):
                raise UserError(
                    msg("Mapping", "{kind} have no field {field}.", kind=kind.value, field=str(key))
                )
            columns.append(
                ColumnMap(
                    index=index,
                    letter=_letter(index),
                    heading=str(item.get("heading", "")),
                    samples=tuple(map(str, item.get("samples", ()))),
                    field=key,
                    confidence=float(item.get("confidence", 1.0)),
                    reason=CHOSEN,
                )
            )
        scale = Decimal(str(data.get("unit_scale", "1")))
        layout = data.get("layout", "rows")
        if layout not in {"rows", "months_wide", "months_long"} or not columns:
            raise broken
        return Mapping(
            kind=kind,
            columns=tuple(columns),
            sheets=tuple(map(str, data.get("sheets", ()))),
            layout=layout,
            unit_scale=scale,
            shape=str(data.get("shape", "")),
            constants={str(k): str(v) for k, v in dict(data.get("constants", {})).items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise broken from error


def _exists(kind: RecordKind, key: str) -> bool:
    if key.startswith(("month:", "year:")):
        return kind is RecordKind.TARGETS and _ACROSS.fullmatch(key) is not None
    return known.field_of(kind, key) is not None
