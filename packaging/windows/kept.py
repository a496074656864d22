"""What of the Windows wheels goes into the program's folder; the rest is packaging/contents.py's.

Paths are as they lie in site-packages, with forward slashes.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

import contents

# Python's own extension modules and libraries that are left out: no window of its own, no sound,
# no database but the one with a cipher. Its C runtime is an old one.
RUNTIME_LEFT_OUT = re.compile(
    r"(_tkinter|_msi|winsound|_sqlite3|_test\w*)\.pyd|(tcl|tk)\d+t?\.dll|sqlite3\.dll|api-ms-win-.*\.dll|(vcruntime|msvcp)140.*\.dll",
    re.IGNORECASE,
)
# What Microsoft's runtime package offers and the libraries here ask for.
MSVC = re.compile(
    r"(vcruntime140|vcruntime140_1|msvcp140|msvcp140_1|msvcp140_2)\.dll", re.IGNORECASE
)
_STDLIB_LEFT_OUT = frozenset({
    "__phello__", "__pycache__", "config", "distutils", "ensurepip", "idlelib", "lib-dynload",
    "lib2to3", "msilib", "pydoc_data", "site-packages", "test", "tests", "tkinter", "turtle.py",
    "turtledemo", "venv",
})  # fmt: skip
_QT = (
    "__init__.py", "_config.py", "_git_pyside_version.py", "pyside6.abi3.dll",
    *(f"Qt{name}.pyd" for name in ("Core", "Gui", "Widgets", "PrintSupport", "Svg")),
    *(f"Qt6{name}.dll" for name in ("Core", "Gui", "Widgets", "PrintSupport", "Svg")),
    "plugins/platforms/qwindows.dll", "plugins/platforms/qoffscreen.dll",
    "plugins/iconengines/qsvgicon.dll", "plugins/imageformats/qsvg.dll",
)  # fmt: skip
_SHIBOKEN = (
    "__init__.py", "_config.py", "_git_shiboken_module_version.py", "Shiboken.pyd",
    "shiboken6.abi3.dll",
)  # fmt: skip
_FOLDERS = {"PySide6/": _QT, "shiboken6/": _SHIBOKEN}
_MODULES_LEFT_OUT = re.compile(
    r"(^|\.)((?<!jinja2\.)tests?|(?<!pyparsing\.)testing|conftest|_?pyinstaller)(\.|$)"
    r"|^(fontTools\.(?!agl$|misc$|misc\.loggingTools$|misc\.textTools$)|numpy\._core\._simd$)"
    r"|^(cffi|pycparser)\b"
)
_SCRAPS = re.compile(r"\.(c|pxi|pyx|tcl|txt|md|rst|typed|toml|cmake|mako|in|dat_)$", re.IGNORECASE)
# Libraries of Windows itself, from Windows 10 version 1809 on, that ours may ask for.
FROM_WINDOWS = frozenset({
    "advapi32.dll", "authz.dll", "bcrypt.dll", "bcryptprimitives.dll", "comctl32.dll",
    "comdlg32.dll", "crypt32.dll", "d3d11.dll", "d3d12.dll", "d3d9.dll", "dwmapi.dll",
    "dwrite.dll", "dxgi.dll", "gdi32.dll", "icuuc.dll", "imm32.dll", "iphlpapi.dll",
    "kernel32.dll", "mpr.dll", "msvcrt.dll", "netapi32.dll", "ntdll.dll", "ole32.dll",
    "oleaut32.dll", "pdh.dll", "powrprof.dll", "psapi.dll", "rpcrt4.dll", "setupapi.dll",
    "shell32.dll", "shlwapi.dll", "uiautomationcore.dll", "user32.dll", "userenv.dll",
    "uxtheme.dll", "version.dll", "winmm.dll", "winspool.drv", "ws2_32.dll", "wtsapi32.dll",
})  # fmt: skip


def keeps(path: str) -> bool:
    """Tell whether a file of a wheel goes into the program's folder."""
    for folder, kept in _FOLDERS.items():
        if path.startswith(folder):
            return any(fnmatchcase(path.removeprefix(folder), pattern) for pattern in kept)
    if path.endswith((".py", ".pyd")) and not keeps_module(_module(path)):
        return False
    return path.endswith(".py") or (contents.keeps_file(path) and not _SCRAPS.search(path))


def _module(path: str) -> str:
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0]
    parts = [*folder.split("/"), *([] if stem == "__init__" else [stem])]
    return ".".join(filter(None, parts))


def keeps_module(name: str) -> bool:
    """Tell whether a pure module goes into the program's folder."""
    if any(name == one or name.startswith(f"{one}.") for one in contents.NEVER):
        return False
    return contents.keeps_module(name) and not _MODULES_LEFT_OUT.search(name)


def keeps_stdlib(path: str) -> bool:
    """Tell whether a file of Python's own library goes in."""
    parts = path.split("/")
    if any(part in _STDLIB_LEFT_OUT or part.startswith("config-") for part in parts):
        return False
    if parts[0].startswith("_sysconfigdata"):
        return False
    return path.endswith(".py") and not {_module(path), parts[0]} & {*contents.NEVER}


def lacking(asked: dict[str, list[str]], present: set[str]) -> list[str]:
    """Return the libraries asked for that neither the folder nor Windows has, with who asks.

    ``asked`` gives for each file of the folder the libraries it asks for; ``present`` are the
    folder's own; all names in small letters.
    """
    return sorted(
        f"{library}, which {file} needs"
        for file, libraries in asked.items()
        for library in libraries
        if library not in present
        and library not in FROM_WINDOWS
        and not library.startswith("api-ms-win-")
    )
