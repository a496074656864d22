"""Icons: every one that the code names is shipped, and takes the colour asked for."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from acctdesk import assets
from acctdesk.ui import icons
from acctdesk.ui.action_list import ACTIONS
from acctdesk.ui.context import Context
from acctdesk.ui.theme import DARK, LIGHT

UI = Path(icons.__file__).parent
CALLS = {"draw_icon": 1, "icon": 0, "pixmap": 0, "IconLabel": 0, "icon_button": 0, "set_icon": 0}


def named_icons() -> set[str]:
    found = {spec.icon for spec in ACTIONS if spec.icon}
    for file in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = CALLS.get(name)
            arguments = [k.value for k in node.keywords if k.arg in {"icon", "button_icon"}]
            if place is not None and len(node.args) > place:
                arguments.append(node.args[place])
            found |= {
                one.value
                for one in arguments
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value
            }
    return found


def test_every_icon_that_the_code_names_is_shipped() -> None:
    assert {name for name in named_icons() if not icons.exists(name)} == set()


def test_the_licence_stands_beside_the_icons_and_fonts() -> None:
    assert "MIT License" in assets.path("icons", "LICENSE").read_text(encoding="utf-8")
    assert "SIL Open Font License" in assets.path("fonts", "OFL.txt").read_text(encoding="utf-8")


def darkest(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QColor:
    image = icon.pixmap(QSize(18, 18), 2.0, mode).toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return max((image.pixelColor(x, y) for x, y in points), key=lambda colour: colour.alpha())


@pytest.mark.parametrize(("theme", "use"), [("light", LIGHT), ("dark", DARK)])
def test_an_icon_takes_the_colour_of_the_theme(context: Context, theme: str, use: object) -> None:
    context.theme.apply(theme)
    made = darkest(icons.icon("phone", "accent"))
    wanted = QColor(getattr(use, "accent"))  # noqa: B009 - a token by name
    assert abs(made.red() - wanted.red()) <= 2
    assert abs(made.blue() - wanted.blue()) <= 2
    pale = darkest(icons.icon("phone", "accent"), QIcon.Mode.Disabled)
    assert pale.name() != made.name()


def test_an_icon_is_sharp_at_two_pixels_a_point(context: Context) -> None:
    assert icons.pixmap("phone", size=18, ratio=2.0).width() == 36


def test_an_icon_that_is_not_there_is_a_fault(context: Context) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon")
