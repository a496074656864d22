"""XML of others as a tree: no entities, no network, no tree without end; and looks into it.

Names are local: whatever namespace or version a file says, ``Amt`` is ``Amt``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from acctdesk.i18n import Message, msg
from acctdesk.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LONGEST = 500  # letters of one text that are kept
_MOST_DIGITS = 18  # of an amount, on either side of the point


class Unreadable(Exception):  # noqa: N818 - a finding: whoever knows the file says it to a person
    """The content is not what it should be; ``why`` is a sentence."""

    def __init__(self, why: Message) -> None:
        super().__init__(why)
        self.why = why


def damaged() -> Unreadable:
    """Return what is said of a file that breaks off or contradicts itself."""
    return Unreadable(msg("Money files", "the file is damaged or cut off."))


def tree(content: bytes) -> Element:
    """Return the root of an XML file.

    Raises:
        Unreadable: it is no XML, is cut off, or declares entities.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable(
            msg("Money files", "it declares a document type, which such a file has no need of.")
        )
    found: Element = root
    return found


def name(element: Element) -> str:
    """Return the local name of an element."""
    return str(element.tag).rpartition("}")[2]


def each(element: Element | None, *path: str) -> Iterator[Element]:
    """Yield the elements that a path of local names leads to."""
    if element is None:
        return
    for child in element:
        if name(child) == path[0]:
            if len(path) == 1:
                yield child
            else:
                yield from each(child, *path[1:])


def first(element: Element | None, *path: str) -> Element | None:
    """Return the first element that a path of local names leads to."""
    return next(each(element, *path), None)


def text(element: Element | None, *path: str) -> str:
    """Return the text at a path, cleaned; empty where there is none."""
    found = first(element, *path) if path else element
    return "" if found is None or not found.text else clean(found.text[:_LONGEST])


def amount(element: Element | None, *path: str) -> Decimal | None:
    """Return the number at a path, None where there is none.

    Raises:
        Unreadable: what stands there is no number.
    """
    written = text(element, *path)
    return number(written) if written else None


def number(written: str) -> Decimal:
    """Return a plain decimal number."""
    try:
        value = Decimal(written)
    except InvalidOperation as error:
        raise damaged() from error
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
        raise damaged()
    return value


def day(element: Element | None, *path: str) -> dt.date | None:
    """Return the day at a path, of a date or an instant; None where there is none."""
    written = text(element, *path)
    if not written:
        return None
    try:
        return dt.date.fromisoformat(written[:10])
    except ValueError as error:
        raise damaged() from error
