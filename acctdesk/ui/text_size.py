"""How large text is: as the system has it, or as the officer chose. All else grows with it.

Qt takes such a factor once, when the program starts; so another choice holds from the next start.
"""

from __future__ import annotations

import os

from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication

from acctdesk.ui.settings import TEXT_SIZE, Settings
from acctdesk.ui.theme import STYLED

USUAL_PX = 14  # of running text: 10.5 pt
AS_SYSTEM = 0
MOST = 200  # per cent
_CLOSE = 110  # per cent up to which a system's text is as large as ours
_VARIABLE = "QT_SCALE_FACTOR"


def percent_for(system: QFont) -> int:
    """Return how large text has to be for a reader who needs the system's: 100 to 200."""
    wanted = round(QFontInfo(system).pixelSize() * 100 / USUAL_PX)
    return min(wanted, MOST) if wanted > _CLOSE else 100


def make_application(settings: Settings) -> QApplication:
    """Return the program's one QApplication, its text as large as wanted."""
    chosen = settings.get(TEXT_SIZE)
    if chosen != AS_SYSTEM:
        return _made(chosen)
    app = _made(100)
    wanted = percent_for(app.font())
    if wanted != 100:
        app.shutdown()  # only a new one can be larger
        app = _made(wanted)
    return app


def _made(percent: int) -> QApplication:
    outer = os.environ.get(_VARIABLE)
    if percent != 100:
        os.environ[_VARIABLE] = str(float(outer or 1) * percent / 100)
    # begun in our style: to set it later costs as much as a window
    app = QApplication(["acctdesk", "-style", "fusion"])
    app.setProperty(STYLED, True)
    if outer is not None:  # other programs that we open are none of our business
        os.environ[_VARIABLE] = outer
    else:
        os.environ.pop(_VARIABLE, None)
    return app
