"""LibreOffice for tests: recompute workbooks as their reader's program would, and print them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun"
 oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""


def program() -> str:
    """Return the path of LibreOffice; skip the test where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("LibreOffice Calc is not installed (on Debian: libreoffice-calc)")
    return found


class LibreOffice:
    """LibreOffice with a profile of its own that recomputes every formula on loading."""

    def __init__(self, folder: Path) -> None:
        self._program = program()
        self._profile = folder / "profile"
        user = self._profile / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")

    def _convert(self, sources: Sequence[Path], kind: str, target: Path) -> list[Path]:
        """Convert all in one start of the program, which costs more than a small workbook."""
        target.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [
                self._program,
                f"-env:UserInstallation={self._profile.as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                kind,
                "--outdir",
                str(target),
                *(str(source) for source in sources),
            ],
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
        found = [target / f"{source.stem}.{kind}" for source in sources]
        assert all(one.exists() for one in found), done.stdout + done.stderr
        return found

    def recomputed(self, sources: Sequence[Path], target: Path) -> list[Path]:
        """Return copies written by LibreOffice after it worked out every formula."""
        return self._convert(sources, "xlsx", target)

    def pdf(self, sources: Sequence[Path], target: Path) -> list[Path]:
        """Return workbooks printed."""
        return self._convert(sources, "pdf", target)
