"""The translation habit: extract, check and compile the words of the program.

``python packaging/translations.py check``    every sentence has its Greek, and nothing is left over
``python packaging/translations.py compile``  merge resources/translations/el/*.po into acctdesk.mo
``python packaging/translations.py missing``  print entries still to be translated, ready to paste

Sentences are found by reading the code, not by running it: calls of ``msg``, ``nmsg``, ``tr`` and
``ntr`` whose context and text are literals. Qt's own words (contexts that begin with Q) and the
entries of qt.po are exempt from the left-over check, because Qt asks for them, not our code.
"""

from __future__ import annotations

import ast
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
FRAGMENTS = ROOT / "resources" / "translations" / "el"
MO_FILE = FRAGMENTS / "LC_MESSAGES" / "acctdesk.mo"
MARKERS = {"msg": 2, "tr": 2, "nmsg": 3, "ntr": 3}
SHOWN_AS_IS = {
    "setText", "setToolTip", "setStatusTip", "setPlaceholderText", "setWindowTitle",
    "setAccessibleName", "setAccessibleDescription", "setTitle", "setLabelText",
}  # fmt: skip

Key = tuple[str, str, str | None]


@dataclass(frozen=True)
class Found:
    """One sentence in the code and where it stands."""

    key: Key
    where: str


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = (
                node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            )
            yield name, node


def extract() -> tuple[list[Found], list[str]]:
    """Return every marked sentence of the package, and complaints about how they are marked."""
    found: list[Found] = []
    complaints: list[str] = []
    for file in sorted((ROOT / "acctdesk").rglob("*.py")):
        if file.name == "i18n.py":
            continue
        in_ui = "ui" in file.relative_to(ROOT).parts
        for name, call in _calls(ast.parse(file.read_text(encoding="utf-8"))):
            where = f"{file.relative_to(ROOT)}:{call.lineno}"
            if name in MARKERS and isinstance(call.func, ast.Name):
                wanted = MARKERS[name]
                parts = [_literal(argument) for argument in call.args[:wanted]]
                if len(parts) < wanted or any(part is None for part in parts):
                    complaints.append(f"{where}: {name}() needs {wanted} literal strings first")
                    continue
                context, text, *plural = [part or "" for part in parts]
                found.append(Found((context, text, plural[0] if plural else None), where))
            elif in_ui and name in SHOWN_AS_IS and call.args:
                text_shown = _literal(call.args[0])
                if text_shown and any(letter.isalpha() for letter in text_shown):
                    complaints.append(f"{where}: {name}({text_shown!r}) is not translatable")
    return found, complaints


def merged() -> tuple[Catalog, list[str]]:
    """Return one Greek catalogue out of the fragments, and complaints about clashes."""
    catalogue = Catalog(locale="el", domain="acctdesk", fuzzy=False)
    complaints: list[str] = []
    seen: dict[tuple[str, str], str] = {}
    for file in sorted(FRAGMENTS.glob("*.po")):
        with file.open("rb") as stream:
            fragment = read_po(stream, locale="el", domain="acctdesk", abort_invalid=True)
        for message in fragment:
            if not message.id:
                continue
            single = message.id[0] if isinstance(message.id, tuple | list) else message.id
            key = (message.context or "", single)
            if message.fuzzy:
                complaints.append(f"{file.name}: {key} is fuzzy")
            if key in seen and seen[key] != str(message.string):
                complaints.append(f"{file.name}: {key} is translated twice, differently")
            seen[key] = str(message.string)
            catalogue.add(message.id, message.string, context=message.context)
    return catalogue, complaints


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _translation(catalogue: Catalog, key: Key) -> list[str] | None:
    context, text, plural = key
    message = catalogue.get(text, context=context)
    if message is None:
        return None
    told = message.string or ""
    strings = [told] if isinstance(told, str) else [str(one or "") for one in told]
    if bool(plural) != isinstance(message.id, tuple | list):
        return None
    return strings if all(strings) else None


def check() -> list[str]:
    """Return everything that is wrong: unmarked, untranslated, mismatched or left over."""
    found, complaints = extract()
    catalogue, clashes = merged()
    complaints += clashes
    used: set[tuple[str, str]] = set()
    for one in found:
        context, text, _ = one.key
        used.add((context, text))
        greek = _translation(catalogue, one.key)
        if greek is None:
            complaints.append(f"{one.where}: no Greek for [{context}] {text!r}")
            continue
        complaints.extend(
            f"{one.where}: fields differ in {text!r} and {line!r}"
            for line in greek
            if _fields(line) - {"n"} != _fields(text) - {"n"}
        )
    qt_words: list[Message] = []
    if (FRAGMENTS / "qt.po").exists():
        with (FRAGMENTS / "qt.po").open("rb") as stream:
            qt_words = list(read_po(stream))
    exempt = {
        (m.context or "", m.id if isinstance(m.id, str) else m.id[0]) for m in qt_words if m.id
    }
    for message in catalogue:
        if message.id:
            single = message.id[0] if isinstance(message.id, tuple | list) else message.id
            key = (message.context or "", single)
            if key not in used and key not in exempt:
                complaints.append(f"left over in the catalogue: [{key[0]}] {key[1]!r}")
    return sorted(set(complaints))


def compile_mo() -> Path:
    """Write the merged catalogue where gettext looks for it."""
    catalogue, _ = merged()
    MO_FILE.parent.mkdir(parents=True, exist_ok=True)
    with MO_FILE.open("wb") as stream:
        write_mo(stream, catalogue)
    return MO_FILE


def missing() -> str:
    """Return the entries that still need Greek, as .po text."""
    catalogue, _ = merged()
    lines: list[str] = []
    seen: set[Key] = set()
    for one in extract()[0]:
        if one.key in seen or _translation(catalogue, one.key) is not None:
            continue
        seen.add(one.key)
        context, text, plural = one.key
        lines += [f"#: {one.where}", f'msgctxt "{context}"', f'msgid "{_escape(text)}"']
        if plural:
            lines += [f'msgid_plural "{_escape(plural)}"', 'msgstr[0] ""', 'msgstr[1] ""', ""]
        else:
            lines += ['msgstr ""', ""]
    return "\n".join(lines)


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def main() -> int:
    """Run the named action."""
    action = sys.argv[1] if len(sys.argv) > 1 else "check"
    if action == "compile":
        compile_mo()
        return 0
    if action == "missing":
        print(missing())
        return 0
    complaints = check()
    print("\n".join(complaints) or "translations: complete")
    return 1 if complaints else 0


if __name__ == "__main__":
    raise SystemExit(main())
