"""The built program itself: ``make bundle`` and, as root, the clean Debian root."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_the_program_is_built_and_works_in_a_clean_debian() -> None:
    """It tests itself there; what it is made of is written beside it, with every licence."""
    words = ["make", "bundle", *(["TEST=1"] if os.geteuid() == 0 else [])]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    out = ROOT / "build" / "bundle"
    parts = json.loads((out / "acctdesk.cdx.json").read_text(encoding="utf-8"))["components"]
    assert {"pyside6-essentials", "sqlcipher3", "python", "inter"} <= {one["name"] for one in parts}
    for one in parts:
        assert any((out / "acctdesk" / "licences" / one["name"]).iterdir()), one["name"]
    checked = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert subprocess.run(checked, cwd=out, check=False).returncode == 0
