"""HTML as plain text: the words and their lines; no picture, script, link or style is kept."""

from __future__ import annotations

import re

_SPACES = re.compile(r"\s+")
_AROUND_LINES = re.compile(r"[ \t\xa0]*\n[ \t\xa0]*")
_EMPTY_LINES = re.compile(r"\n{3,}")
_SILENT = ("head", "script", "style", "template", "title", "noscript", "object", "svg")
_PARAGRAPHS = frozenset(
    {"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "table", "ul"}
)
_LINES = _PARAGRAPHS | {
    "address", "article", "div", "dl", "dt", "dd", "footer", "form", "header", "hr", "li", "pre",
    "section", "tr",
}  # fmt: skip
_MOST = 500_000  # letters of HTML that are read: no message that a person wrote has more
_END = "\x00"  # of a block; no text of an HTML file can hold it


def safe_text(html: str) -> str:
    """Return the words of a piece of HTML in lines; what is no HTML comes back as it is."""
    if "<" not in html and "&" not in html:
        return html.strip()
    from bs4 import BeautifulSoup
    from bs4.element import NavigableString, Tag

    soup = BeautifulSoup(f"<div>{html[:_MOST].replace(_END, '')}</div>", "lxml")
    for silent in soup.find_all(_SILENT):
        silent.decompose()
    for block in soup.find_all(tuple(_LINES)):
        block.append(_END + "\n" * (1 + (block.name in _PARAGRAPHS)))
    pieces = [""]
    for node in soup.descendants:
        if isinstance(node, Tag):
            if node.name == "br" or (node.name in _LINES and not pieces[-1].endswith("\n")):
                pieces.append("\n")
            elif node.name in {"td", "th"}:
                pieces.append(" ")
        elif type(node) is NavigableString:  # its other kinds are comments and declarations
            end = node.startswith(_END)
            words = node[1:] if end else _SPACES.sub(" ", node)
            if not pieces[-1].endswith("\n\n" if end else "\n") or words.strip():
                pieces.append(words)
    return _EMPTY_LINES.sub("\n\n", _AROUND_LINES.sub("\n", "".join(pieces))).strip()
