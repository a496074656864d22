"""The scripts of packaging/ are modules without a package: tests import them by their names."""

from __future__ import annotations

import sys
from pathlib import Path

for _folder in ("packaging", "packaging/windows"):
    sys.path.append(str(Path(__file__).resolve().parents[2] / _folder))
