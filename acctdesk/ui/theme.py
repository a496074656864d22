"""The look in tokens: light, dark or as the system has it; palette and style sheet made from them.

Colours are named once, here. ``tokens()`` gives the ones in force; painted widgets ask at paint
time, so a change of theme is a repaint. The generated style sheet stands over Fusion.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields
from enum import StrEnum
from string import Template

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from acctdesk import assets
from acctdesk.ui.behind import left_as_measured

STYLED = "fusion"  # a property of an application that was begun in that style


class ThemeChoice(StrEnum):
    """What the officer chose."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Density(StrEnum):
    """How close together the rows of a list stand."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, as ``#RRGGBB``; ``scrim`` is red, green, blue, alpha."""

    name: str
    app: str
    surface: str
    sunken: str
    raised: str
    hover: str
    raised_hover: str
    border: str
    control: str
    text: str
    text2: str
    muted: str
    accent: str
    fill: str
    fill_hover: str
    fill_ring: str  # of the keyboard, on a fill
    on_fill: str
    soft: str
    tint: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    info: str
    info_soft: str
    chart: tuple[str, str, str, str, str, str]
    ageing: tuple[str, str, str, str, str]
    scrim: tuple[int, int, int, int]

    @property
    def dark(self) -> bool:
        """Whether this is the dark theme."""
        return self.name == "dark"


LIGHT = Tokens(
    name="light",
    app="#F5F6F8",
    surface="#FFFFFF",
    sunken="#ECEEF2",
    raised="#FFFFFF",
    hover="#F0F2F6",
    raised_hover="#F0F2F6",
    border="#D8DCE3",
    control="#7C8695",
    text="#1A1E26",
    text2="#49515E",
    muted="#626B79",
    accent="#2C58CF",
    fill="#2C58CF",
    fill_hover="#244BB4",
    fill_ring="#06080D",
    on_fill="#FFFFFF",
    soft="#E6ECFC",
    tint="#B4C4F0",
    success="#1A7A48",
    success_soft="#E3F4EA",
    warning="#8F5400",
    warning_soft="#FCF0DC",
    danger="#BE2B27",
    danger_soft="#FCE7E6",
    info="#0B6A90",
    info_soft="#E1F1F7",
    chart=("#2C58CF", "#C25E00", "#1A7A48", "#8A3FB0", "#0B7A99", "#B02A5B"),
    # darker than in the first drawings: each step must stand 3:1 off the surface
    ageing=("#8093C9", "#4A70D6", "#B57F22", "#BC5F12", "#BE2B27"),
    scrim=(20, 24, 32, 96),
)
DARK = Tokens(
    name="dark",
    app="#12151A",
    surface="#1A1E25",
    sunken="#171B21",
    raised="#232831",
    hover="#20252D",
    raised_hover="#2E343F",
    border="#343B46",
    control="#7A8492",
    text="#E9ECF1",
    text2="#B7BFCA",
    muted="#98A1AE",
    accent="#8FADFF",
    fill="#4269DF",
    fill_hover="#3A5FD0",
    fill_ring="#FFFFFF",
    on_fill="#FFFFFF",
    soft="#232F52",
    tint="#3A4F8C",
    success="#5FCB92",
    success_soft="#19352A",
    warning="#EFB455",
    warning_soft="#3A2E17",
    danger="#FF8B84",
    danger_soft="#40211F",
    info="#72C6E8",
    info_soft="#15313D",
    chart=("#8FADFF", "#F2A65A", "#5FCB92", "#C79BEB", "#62C4DE", "#F48FB1"),
    ageing=("#5D73BE", "#8FADFF", "#C99A48", "#F2A65A", "#FF8B84"),
    scrim=(0, 0, 0, 140),
)
_state: dict[str, Tokens] = {"tokens": LIGHT}
_screens = {"finest": 1.0}


def tokens() -> Tokens:
    """Return the colours in force."""
    return _state["tokens"]


def finest() -> float:
    """Return the device pixel ratio of the finest screen there is."""
    return _screens["finest"]


def colour(name: str) -> QColor:
    """Return a token by name, or any ``#RRGGBB``, as a colour."""
    if name.startswith("#"):
        return QColor(name)
    return QColor(getattr(_state["tokens"], name))


def make_palette(use: Tokens) -> QPalette:
    """Return the palette of a theme, with readable disabled roles."""
    palette = QPalette()
    role = QPalette.ColorRole
    for one, value in (
        (role.Window, use.app),
        (role.Base, use.surface),
        (role.AlternateBase, use.app),
        (role.Text, use.text),
        (role.WindowText, use.text),
        (role.Button, use.surface),
        (role.ButtonText, use.text),
        (role.BrightText, use.on_fill),
        (role.Highlight, use.soft),
        (role.HighlightedText, use.text),
        (role.Accent, use.accent),
        (role.PlaceholderText, use.muted),
        (role.ToolTipBase, use.raised),
        (role.ToolTipText, use.text),
        (role.Link, use.accent),
        (role.LinkVisited, use.accent),
        (role.Light, use.surface),
        (role.Midlight, use.hover),
        (role.Mid, use.border),
        (role.Dark, use.control),
        (role.Shadow, use.border),
    ):
        palette.setColor(one, QColor(value))
    for one in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(use.control))
    return palette


def make_style_sheet(use: Tokens) -> str:
    """Return the style sheet over Fusion; its template is ``resources/themes/base.qss``."""
    template = assets.path("themes", "base.qss").read_text(encoding="utf-8")
    values = {field.name: getattr(use, field.name) for field in fields(use)}
    values["icons"] = assets.path("icons").as_posix()
    values["pictures"] = assets.path("themes", use.name).as_posix()
    return Template(template).substitute(values)


class Theme(QObject):
    """The look in force; ``changed`` is told when icons and painted things are to be made anew.

    That is after palette and style sheet were set, and when a screen was plugged in.
    """

    changed = Signal()

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent or app)
        self._app = app
        self._choice = ThemeChoice.LIGHT
        self._density = Density.COMFORTABLE
        if not app.property(STYLED):
            app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        app.screenAdded.connect(self._screen_added)
        _screens["finest"] = app.devicePixelRatio()

    @property
    def choice(self) -> ThemeChoice:
        """What was chosen: light, dark or system."""
        return self._choice

    @property
    def density(self) -> Density:
        """How close together rows stand."""
        return self._density

    @property
    def row_height(self) -> int:
        """Height of a one-line row in px: 36, or 28 in a compact list."""
        return 36 if self._density is Density.COMFORTABLE else 28

    @property
    def two_line_height(self) -> int:
        """Height of a two-line row in px: 52, or 44 in a compact list."""
        return 52 if self._density is Density.COMFORTABLE else 44

    def apply(self, choice: ThemeChoice | str) -> None:
        """Set the theme, live."""
        self._choice = ThemeChoice(choice)
        use = self._tokens_for(self._choice)
        _state["tokens"] = use
        with left_as_measured(self._app):
            # first none: Qt takes five times as long to change one sheet for another
            self._app.setStyleSheet("")
            self._app.setPalette(make_palette(use))
            self._app.setStyleSheet(make_style_sheet(use))
        self._keep_font()
        self.changed.emit()

    def set_density(self, density: Density | str) -> None:
        """Set how close together rows stand, live."""
        chosen = Density(density)
        if chosen is not self._density:
            self._density = chosen
            self.changed.emit()

    def _tokens_for(self, choice: ThemeChoice) -> Tokens:
        if choice is ThemeChoice.SYSTEM:
            dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if choice is ThemeChoice.DARK else LIGHT

    @Slot()
    def _system_changed(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self.apply(ThemeChoice.SYSTEM)
        else:
            self._keep_font()

    def _keep_font(self) -> None:
        """Take back the fonts that Windows gives menus and messages with each palette and sheet."""
        if sys.platform == "win32":
            self._app.setFont(self._app.font())

    @Slot()
    def _screen_added(self) -> None:
        _screens["finest"] = self._app.devicePixelRatio()
        self.changed.emit()
