"""Whom a row means: clients by code, else by their exact and unique folded name.

Never by nearness. Names and codes are looked up in the book and in what the plan is making, so
that the order of rows and of files does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from acctdesk.exchange.parsed import Rec
from acctdesk.exchange.plan import ImportPlan, Model, Reference, problem
from acctdesk.i18n import msg
from acctdesk.kinds import DocumentType, ProblemCode, ProblemOutcome
from acctdesk.models import Client, Document
from acctdesk.text import clean, document_key, fold

T = TypeVar("T")
_CHUNK = 5000  # keys in one statement; SQLite takes 32,766
# a question mark inside a word, or the mark of a letter that no decoder knew: M?ller
_LOSSY = re.compile(r"\w\?+\w|\?\w|\ufffd|\w\?{2,}")


def looks_lossy(text: str) -> bool:
    """Tell whether letters of ``text`` were lost on its way through an old encoding."""
    return _LOSSY.search(text) is not None


# signs that an old encoding lacks, and what stands for them there
_SIGNS = str.maketrans(dict.fromkeys("«»“”„‟", '"') | dict.fromkeys("‘’΄´`΄᾿ʹ", "'"))


def same_text(one: object, other: object) -> bool:
    """Tell whether two values differ at most by quotation marks that an encoding lacked."""
    if isinstance(one, str) and isinstance(other, str):
        return one.translate(_SIGNS) == other.translate(_SIGNS)
    return one == other


def by_key(numbers: Iterable[tuple[str, T]]) -> dict[tuple[str, ...], T]:
    """Return what each document key stands for, without the keys of several numbers."""
    found: dict[tuple[str, ...], T] = {}
    several = set()
    for number, what in numbers:
        key = document_key(number)
        several |= {key} if key in found else set()
        found[key] = what
    return {key: what for key, what in found.items() if key not in several}


def invoices_by_key(
    session: Session, also: Mapping[str, Reference] | None = None
) -> dict[tuple[str, ...], Reference]:
    """Return the live invoices of the book, and ``also`` those of a plan, by document key."""
    query = select(Document.number, Document.id).where(
        Document.deleted_at.is_(None), Document.type == DocumentType.INVOICE.value
    )
    numbers: dict[str, Reference] = dict(session.execute(query).all())
    return by_key({**numbers, **(also or {})}.items())


def chunks(items: Iterable[T], size: int = _CHUNK) -> Iterator[list[T]]:
    """Give ``items`` in lists of at most ``size``."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def rows_of(
    session: Session,
    model: Model,
    query: Select[*tuple[Any, ...]],
    keys: Iterable[Any],
    column: Any,
) -> Iterator[Row[Any]]:
    """Give the live rows of ``query`` whose ``column`` is one of ``keys``, however many."""
    live = query.where(model.deleted_at.is_(None))
    for part in chunks(keys):
        yield from session.execute(live.where(column.in_(part)))


@dataclass(slots=True)
class Known:
    """A live client as the plan sees it: of the book, or about to be created."""

    ref: Reference
    code: str | None
    name: str
    fold: str
    vat_id: str | None
    provisional: bool


def best_name(names: Sequence[str], *, code: str | None) -> str:
    """Return the name to keep for a client known only from sales and receipts.

    The choice depends on the set of names alone, not on which came first: a whole name before
    one with lost letters, a long one before a short one.
    """
    return min(names, key=lambda name: (name == code, looks_lossy(name), -len(name), name))


class Clients:
    """Every live client by code and by folded name, and the ones this plan makes."""

    def __init__(self, session: Session, plan: ImportPlan) -> None:
        self._plan = plan
        self.by_code: dict[str, Known] = {}
        self.by_ref: dict[Reference, Known] = {}
        self._by_name: dict[str, list[Known]] = {}
        self._met_by_vat: dict[str, list[Known]] = {}  # those that e-invoices brought
        self.listed = False  # a list of clients was imported or typed, not only met on the way
        query = select(
            Client.id, Client.code, Client.name, Client.name_fold, Client.vat_id, Client.provisional
        ).where(Client.deleted_at.is_(None))
        for row in session.execute(query):
            self._keep(
                Known(row.id, row.code, row.name, row.name_fold, row.vat_id, row.provisional)
            )
            self.listed = self.listed or not row.provisional

    def _keep(self, known: Known) -> None:
        if known.code:
            self.by_code[known.code] = known
        self.by_ref[known.ref] = known
        self._by_name.setdefault(known.fold, []).append(known)
        if known.provisional and known.vat_id and not known.code:
            self._met_by_vat.setdefault(known.vat_id, []).append(known)

    def named(self, name: str | None) -> list[Known]:
        """Return the clients that carry exactly this name, accents and case aside."""
        return self._by_name.get(fold(name), []) if name else []

    def create(self, values: dict[str, Any]) -> Known:
        """Plan a new client."""
        ref = self._plan.insert(Client, values)
        known = Known(
            ref,
            values.get("code"),
            values["name"],
            fold(values["name"]),
            values.get("vat_id"),
            values.get("provisional", False),
        )
        self._keep(known)
        return known

    def rename(self, known: Known, name: str) -> None:
        """Let ``known`` be found under its new name, and no more under the old one."""
        if name == known.name:
            return
        self._by_name[known.fold].remove(known)
        known.name, known.fold = name, fold(name)
        self._by_name.setdefault(known.fold, []).append(known)

    def give_code(self, known: Known, code: str) -> None:
        """Let a client without a code be found by ``code`` from now on."""
        known.code = code
        self.by_code[code] = known

    def nameless_twin(self, name: str | None, vat_id: str | None = None) -> Known | None:
        """Return the one client of this name where it has no code yet: the code is its own.

        Where nobody is called so, a client whom an e-invoice brought is known by its VAT id.
        """
        found = self.named(name) or self._met_by_vat.get(vat_id or "", [])
        if len(found) != 1 or found[0].code is not None:
            return None
        other = found[0].vat_id
        return None if vat_id and other and vat_id != other else found[0]

    # ---- clients met on the way --------------------------------------------------------------

    def meet(
        self,
        recs: Iterable[Rec],
        *,
        code_key: str = "client_code",
        name_key: str = "client_name",
    ) -> None:
        """Make sure that every code in ``recs`` has a client, provisional where it is news.

        All codes are met before any row without one is matched by name: which row stands first
        must not matter.
        """
        names: dict[str, set[str]] = {}
        first: dict[str, Rec] = {}
        for rec in recs:
            code = rec.values.get(code_key)
            if not code:
                continue
            first.setdefault(code, rec)
            heard = names.setdefault(code, set())
            name = rec.values.get(name_key)
            if name:
                heard.add(clean(name))
        for code, heard in names.items():
            self._meet(first[code], code, heard, code_key)

    def _meet(self, rec: Rec, code: str, heard: set[str], code_key: str) -> None:
        known = self.by_code.get(code)
        if known is None:
            name = best_name([*heard, code], code=code)
            twin = self.nameless_twin(name)
            if twin is not None:
                self._plan.change(twin.ref, Client, {"code": code})
                self.give_code(twin, code)
                return
            if self.listed:
                self._plan.tell(
                    problem(
                        rec,
                        code_key,
                        ProblemCode.UNKNOWN_CLIENT,
                        ProblemOutcome.CREATED,
                        msg(
                            "Import",
                            "No client has the code {code}. One was created from the row.",
                            code=code,
                        ),
                        value=code,
                    )
                )
            self.create({"code": code, "name": name, "provisional": True})
            self._plan.clients_made += 1
        elif (known.provisional or known.name == code) and heard:
            name = best_name([*heard, known.name], code=code)
            if name != known.name:
                self._plan.change(known.ref, Client, {"name": name})
                self.rename(known, name)

    def resolve(self, rec: Rec) -> Known | None:
        """Return the client that a row means, None where it is not known or not certain."""
        code = rec.values.get("client_code")
        if code:
            return self.by_code.get(code)
        found = self.named(rec.values.get("client_name"))
        return found[0] if len(found) == 1 else None

    def unresolved(self, rec: Rec) -> None:
        """State why a row without a code has no client."""
        name = clean(rec.values.get("client_name") or "")
        several = len(self.named(name)) > 1
        self._plan.tell(
            problem(
                rec,
                "client_name",
                ProblemCode.AMBIGUOUS_CLIENT if several else ProblemCode.UNKNOWN_CLIENT,
                ProblemOutcome.REFUSED,
                msg(
                    "Import",
                    "The row has no client code and several clients are named {name}. It counts"
                    " nowhere until one alone carries that name.",
                    name=name,
                )
                if several
                else msg(
                    "Import",
                    "The row has no client code and no client is named exactly {name}. It counts"
                    " nowhere until one is.",
                    name=name,
                ),
            )
        )


def client_columns(rec: Rec, known: Known | None) -> dict[str, Any]:
    """Return the columns that tie a record to its client and keep what the file said."""
    code = rec.values.get("client_code")
    name = rec.values.get("client_name")
    return {
        "client_id": known.ref if known else None,
        "client_ref_code": code or None,
        "client_ref_name": None if code or not name else clean(name),
    }


def client_changes(row: Any, told: dict[str, Any]) -> dict[str, Any]:
    """Return what a stored record's tie to its client has to take over: a code beats a name.

    Whom a name means is settled by ``links.py`` for every record at once, not here.
    """
    if told["client_ref_code"]:
        wanted = {key: told[key] for key in ("client_id", "client_ref_code", "client_ref_name")}
        return {key: value for key, value in wanted.items() if getattr(row, key) != value}
    name = told["client_ref_name"]
    if row.client_ref_code or not name or fold(name) == fold(row.client_ref_name or ""):
        return {}
    return {"client_ref_name": name, "client_id": told["client_id"]}


def names_nobody(rec: Rec) -> bool:
    """Tell whether a row names no client at all, neither by code nor by name."""
    return not rec.values.get("client_code") and not clean(rec.values.get("client_name") or "")
