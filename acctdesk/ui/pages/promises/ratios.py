"""How many promises each side kept: two figures, each a button that shows its rows."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from acctdesk.kinds import PromiseBy
from acctdesk.services.promises import KeptRatio
from acctdesk.ui.pages.today.tiles import Tile
from acctdesk.ui.promise_words import RATIO_TITLES, ratio_tone, ratio_words, share_text


class Ratios(QWidget):
    """Both figures side by side; ``wanted`` carries the side whose rows are to be seen."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tiles = {by: Tile(by.value, title, self) for by, title in RATIO_TITLES.items()}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(16)
        for place, tile in enumerate(self.tiles.values()):
            grid.addWidget(tile, 0, place)
            tile.clicked.connect(self._clicked)

    def show_ratios(self, ratios: Mapping[PromiseBy, KeptRatio]) -> None:
        """Show how many were kept."""
        for by, ratio in ratios.items():
            self.tiles[by].show_figure(
                share_text(ratio), ratio_words(ratio), ratio_tone(ratio), "flag"
            )

    @Slot()
    def _clicked(self) -> None:
        tile = self.sender()
        if isinstance(tile, Tile):
            self.wanted.emit(PromiseBy(tile.key))
