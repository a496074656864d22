"""placeholder"""
from __future__ import annotations
from pathlib import Path
def finish(path: Path) -> None:
    """Finish a restore."""
