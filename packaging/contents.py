"""What goes into the built program and what stays out; read by the spec, the tests and the check.

Paths are as they lie in the bundle, with forward slashes, below its folder of libraries.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

# Packages whose modules are found by name when the program runs, never by an import statement that
# PyInstaller could follow; every module of theirs goes in.
WHOLE = ("acctdesk", "alembic.ddl", "phonenumbers.data", "phonenumbers.shortdata", "stdnum")
# Single modules of that kind.
LAZY = (
    "alembic.command",
    "alembic.context",
    "alembic.op",
    "babel.dates",
    "babel.numbers",
    "bs4.builder._lxml",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_qtagg",
    "sqlalchemy.dialects.sqlite",
)
# Never imported while the program runs.
NEVER = (
    "_codecs_cn", "_codecs_hk", "_codecs_iso2022", "_codecs_jp", "_codecs_kr", "_codecs_tw",
    "alembic.testing", "bs4.tests", "contourpy.util", "curses", "docutils", "docxcompose", "gi",
    "holidays", "html5lib", "icalendar.tests", "idlelib", "IPython", "lib2to3",
    "lxml.isoschematron", "lxml.objectify", "matplotlib._qhull", "matplotlib.pylab",
    "matplotlib.pyplot", "matplotlib.sphinxext", "matplotlib.testing", "matplotlib.tests", "mypy",
    "MySQLdb", "numpy.f2py", "numpy.fft", "numpy.random", "numpy.testing", "numpy.tests",
    "olefile.olefile2", "OleFileIO_PL",
    "PIL.ImageQt", "PIL.ImageTk", "psycopg2", "pycparser", "PyQt5", "PyQt6",
    "PySide6.QtDesigner", "PySide6.QtNetwork", "PySide6.QtOpenGL", "PySide6.QtQml",
    "PySide6.QtQuick", "pysqlite2", "pytest", "readline", "recurring_ical_events.test",
    "setuptools", "soupsieve", "sqlalchemy.testing", "sqlite3", "tkinter",
)  # fmt: skip
# What Debian has and Windows lacks; the package names it instead.
DEBIAN_HAS = ("tzdata",)
# Pure modules that hooks collect wholesale and of which few are used.
_FEW_MODULES = {
    "babel.messages.": (),
    "fontTools.": ("fontTools.agl", "fontTools.misc", "fontTools.misc.loggingTools",
                   "fontTools.misc.textTools"),
    "lxml.": ("lxml.etree", "lxml._elementpath"),
    "PIL.": (
        "PIL.Image*", "PIL.PngImagePlugin", "PIL.JpegImagePlugin", "PIL.BmpImagePlugin",
        "PIL.GifImagePlugin", "PIL.TiffImagePlugin", "PIL.PpmImagePlugin", "PIL.MpoImagePlugin",
        "PIL.ExifTags", "PIL.GimpGradientFile", "PIL.GimpPaletteFile", "PIL.JpegPresets",
        "PIL.PaletteFile", "PIL.TiffTags", "PIL._*", "PIL.features",
    ),
}  # fmt: skip

# The languages whose data ICU keeps; the others are a sixth of the whole program.
KEPT_LANGUAGES = ("el", "en", "root")

# Of a folder named here only what matches is kept; the first folder that fits decides.
_KEPT: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "PySide6/Qt/plugins/",
        (
            "platforms/*qxcb.*", "platforms/*qoffscreen.*",
            "platforminputcontexts/*compose*", "platforminputcontexts/*ibus*",
            "iconengines/*qsvgicon.*", "imageformats/*qsvg.*",
            "printsupport/*cups*",
        ),
    ),
    (
        "PySide6/Qt/lib/",
        (
            "libQt6Core.*", "libQt6Gui.*", "libQt6Widgets.*", "libQt6PrintSupport.*",
            "libQt6Svg.*", "libQt6DBus.*", "libQt6XcbQpa.*", "libicu*",
        ),
    ),
    ("PySide6/Qt/", ()),
    (
        "PySide6/",
        (
            "QtCore.*", "QtGui.*", "QtWidgets.*", "QtPrintSupport.*", "QtSvg.*",
            "libpyside6.*", "*.py",
        ),
    ),
    ("babel/locale-data/", ("root.dat", "en.dat", "en_001.dat", "en_150.dat", "en_GB.dat",
                            "en_US.dat", "el.dat", "el_GR.dat", "el_CY.dat")),
    ("dateutil/", ()),
    # what a letter without a document of its own begins with
    ("docx/", ("templates/default.docx",)),
    ("lxml/", ("etree.*", "_elementpath.*")),
    # charts have a font of their own and no formulas; these two stand for a sign it lacks
    ("matplotlib/mpl-data/", ("matplotlibrc", "fonts/ttf/DejaVuSans.ttf",
                              "fonts/ttf/LastResort*", "fonts/ttf/LICENSE*",
                              "stylelib/classic.mplstyle")),
    ("stdnum/", ("*.so", "iban.dat")),
)  # fmt: skip
_LEFT_OUT = tuple(
    re.compile(pattern)
    for pattern in (
        r"^PIL/_(avif|webp|imagingtk|imagingcms)\b",
        r"^matplotlib/_qhull\b",
        r"^numpy/_core/_multiarray_tests\b",
        r"(^|/)libavif-",
        r"\.(pyi|pxd|h|c|lib|exe)$",
        r"(^|/)(tests|include)/",
        r"^[^/]+\.(dist|egg)-info/(?!METADATA$)",
    )
)

# Libraries that the bundle leaves to the system, and the Debian package that brings each: the C and
# C++ libraries, and what belongs to the desktop's graphics, fonts, keyboard and messages. Another
# copy of these in one process does harm; any other library that is missing fails the build.
FROM_SYSTEM = {
    "ld-linux-x86-64.so.2": "libc6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libc.so.6": "libc6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdl.so.2": "libc6",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "libresolv.so.2": "libc6",
    "librt.so.1": "libc6",
    "libstdc++.so.6": "libstdc++6",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
# What the .deb depends on; the clean room installs these and nothing else.
DEBIAN_DEPENDS = (
    "libc6 (>= 2.36)",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libfreetype6",
    "libgcc-s1",
    "libgl1",
    "libstdc++6 (>= 12)",
    "libx11-6",
    "libx11-xcb1",
    "libxcb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
    "libzstd1",
    "tzdata",
)
DEBIAN_RECOMMENDS = ("libcups2",)
# Libraries that one file may lack: without a printing system there is only PDF.
MAY_LACK = {"libcups.so.2": "libcupsprintersupport.so"}
SIZE_LIMIT_MB = 180
# What is shipped, as it lies from resources/ on, in the checkout and in the program.
RESOURCES = ("fonts", "icons", "themes", "translations/el/LC_MESSAGES", "../docs/manual")
DOWNLOAD_LIMIT_MB = 70


def keeps_file(destination: str) -> bool:
    """Tell whether a library or data file goes into the bundle."""
    path = destination.replace("\\", "/")
    if any(pattern.search(path) for pattern in _LEFT_OUT):
        return False
    for folder, kept in _KEPT:
        if path.startswith(folder):
            rest = path.removeprefix(folder)
            return any(fnmatchcase(rest, pattern) for pattern in kept)
    return True


def keeps_module(name: str) -> bool:
    """Tell whether a pure module goes into the bundle."""
    for package, kept in _FEW_MODULES.items():
        if name.startswith(package):
            return any(fnmatchcase(name, pattern) for pattern in kept)
    return True
