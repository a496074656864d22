"""The look of the workbook: the window's palette on paper, few weights, hairlines, no boxes.

Arial is on every machine that opens a workbook, has Greek, and has a twin of equal widths in
LibreOffice; Inter is not on management's machines.
"""

from __future__ import annotations

from typing import Any, Final

FONT: Final = "Arial"
TEXT: Final = "#1A1E26"
SECOND: Final = "#49515E"
MUTED: Final = "#626B79"
ACCENT: Final = "#2C58CF"
SOFT: Final = "#E6ECFC"
SUNKEN: Final = "#F5F6F8"
HAIR: Final = "#D8DCE3"
TARGET: Final = "#C25E00"
GOOD: Final = "#1A7A48"
GOOD_SOFT: Final = "#E3F4EA"
BAD: Final = "#BE2B27"
BAD_SOFT: Final = "#FCE7E6"
AGEING: Final = ("#8093C9", "#4A70D6", "#B57F22", "#BC5F12", "#BE2B27")

WHOLE: Final = '#,##0;-#,##0;"–"'
CENTS: Final = "#,##0.00"
SHARE: Final = "0.0%"
CHANGE: Final = "+0.0%;-0.0%;0.0%"
GAIN: Final = '+#,##0;-#,##0;"–"'
DAY: Final = "dd/mm/yyyy"
COUNT: Final = '#,##0;-#,##0;"–"'

_BASE: Final[dict[str, Any]] = {
    "font_name": FONT,
    "font_size": 10,
    "font_color": TEXT,
    "valign": "vcenter",
}
_NUMBER: Final[dict[str, Any]] = {"align": "right"}
STYLES: Final[dict[str, dict[str, Any]]] = {
    "text": {},
    "wrapped": {"text_wrap": True},
    "muted": {"font_color": MUTED, "font_size": 9},
    "key": {"font_color": MUTED, "font_size": 8, "align": "left"},
    "title": {"font_size": 18, "bold": True},
    "subtitle": {"font_color": SECOND, "font_size": 10},
    "section": {"font_size": 12, "bold": True},
    "heading": {
        "bold": True,
        "font_size": 9,
        "font_color": SECOND,
        "bottom": 1,
        "bottom_color": ACCENT,
        "text_wrap": True,
        "valign": "bottom",
    },
    "heading_right": {
        "bold": True,
        "font_size": 9,
        "font_color": SECOND,
        "bottom": 1,
        "bottom_color": ACCENT,
        "text_wrap": True,
        "align": "right",
        "valign": "bottom",
    },
    "money": {"num_format": WHOLE, **_NUMBER},
    "gain": {"num_format": GAIN, **_NUMBER},
    "cents": {"num_format": CENTS, **_NUMBER},
    "share": {"num_format": SHARE, **_NUMBER},
    "change": {"num_format": CHANGE, **_NUMBER},
    "count": {"num_format": COUNT, **_NUMBER},
    "number": {"num_format": "0", **_NUMBER},
    "strong_cents": {"num_format": CENTS, "bold": True, **_NUMBER},
    "days": {"num_format": "0.00", **_NUMBER},
    "rate": {"num_format": "0.00##", **_NUMBER},
    "date": {"num_format": DAY, "align": "center"},
    "month_el": {"num_format": "[$-408]mmm yyyy", "align": "left"},
    "month_en": {"num_format": "[$-809]mmm yyyy", "align": "left"},
    "good": {"bold": True, "font_color": GOOD, "bg_color": GOOD_SOFT, "align": "center"},
    "tile_label": {
        "font_size": 9,
        "font_color": MUTED,
        "bold": True,
        "bg_color": SUNKEN,
        "align": "left",
    },
    "tile_note": {
        "font_size": 9,
        "font_color": SECOND,
        "bg_color": SUNKEN,
        "align": "left",
        "valign": "top",
    },
}

Look = dict[str, Any]
LINE: Final[Look] = {"bottom": 1, "bottom_color": HAIR}  # a row of a list
SUM: Final[Look] = {"bold": True, "top": 1, "top_color": HAIR}  # a sum under figures
TOTAL: Final[Look] = {"bold": True, "top": 1, "top_color": ACCENT}  # the total of a list


def properties(name: str, **changes: Any) -> dict[str, Any]:
    """Return a named style as the properties of a cell format."""
    return _BASE | STYLES[name] | changes
