"""The works in the Windows folder that are no packages of it: Python, what its libraries carry, and
Microsoft's runtime."""

from __future__ import annotations

import zipfile
from pathlib import Path

import components
import runtime
from components import Component
from pe import Portable

# Works inside Python's own extension modules, with the Debian packages whose copyright is theirs.
_INSIDE_PYTHON = (
    "debian:libpython3.11-minimal", "debian:libbz2-1.0", "debian:libexpat1", "debian:liblzma5",
    "debian:zlib1g",
)  # fmt: skip
_MICROSOFT = """\
vcruntime140.dll, vcruntime140_1.dll, msvcp140.dll, msvcp140_1.dll and msvcp140_2.dll are parts of
the Microsoft Visual C++ runtime, (c) Microsoft Corporation. They are "Distributable Code" of Visual
Studio: a program that was made with it, as Python and Qt were, may carry them unchanged.
"""


def works(folder: Path, msvc: Path, work: Path) -> list[Component]:
    """Return the works in the runtime ``folder``; ``msvc`` is the wheel of Microsoft's part."""

    def version(file: str) -> str:
        major, minor, build, _ = Portable.of(folder / file).version()
        return f"{major}.{minor}.{build}"

    # python.org writes 3.11.9 as 3.11.9150: the number, then what kind of release it is
    major, minor, build, _ = Portable.of(folder / runtime.DLL).version()
    python = f"{major}.{minor}.{build // 1000}"
    text = work / "msvc-runtime.txt"
    text.write_text(_MICROSOFT + "\nThe package that brings them:\n\n" + _text_in(msvc), "utf-8")
    return [
        Component("python", python, "generic", "PSF-2.0", [components.python_text()],
                  _INSIDE_PYTHON),
        Component("openssl", version("libcrypto-3.dll"), "generic", "Apache-2.0", [],
                  ("Apache-2.0",)),
        Component("libffi", "3.4", "generic", "MIT", [], ("debian:libffi8",)),
        Component("msvc-runtime", msvc.name.split("-")[1], "pypi", "", [text]),
    ]  # fmt: skip


def _text_in(wheel: Path) -> str:
    with zipfile.ZipFile(wheel) as archive:
        name = next(one for one in archive.namelist() if one.endswith("/LICENSE"))
        return archive.read(name).decode("utf-8")
