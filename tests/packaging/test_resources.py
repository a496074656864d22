"""Resources are found in a checkout, in a wheel and in a built program; the version has one place."""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

import acctdesk
from acctdesk import assets
from acctdesk.cli.parser import build_parser

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("fonts/Inter-Regular.ttf", "icons/phone.svg", "themes/base.qss")
MANUAL = ("el/start.md", "en/start.md", "pictures/el/today.png")


@pytest.fixture
def _fresh() -> Iterator[None]:
    """Forget where resources were found, before and after."""
    for one in (assets.root, assets.build):
        one.cache_clear()
    yield
    for one in (assets.root, assets.build):
        one.cache_clear()


def test_a_checkout_has_its_resources() -> None:
    """They lie beside the package."""
    assert assets.root() == ROOT / "resources"
    assert all(assets.path(*part.split("/")).is_file() for part in PARTS)
    assert assets.manual() == ROOT / "docs" / "manual"
    assert assets.build() == ""


@pytest.mark.usefixtures("_fresh")
def test_a_built_program_has_them_in_its_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says there what it was built from."""
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "build.json").write_text('{"commit": "abc", "day": "2026-11-27"}')
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert assets.root() == tmp_path / "resources"
    assert assets.manual() == tmp_path / "docs" / "manual"
    assert assets.version() == f"{acctdesk.__version__} (abc, 2026-11-27)"


def test_a_wheel_has_them_inside_the_package(tmp_path: Path) -> None:
    """Where assets.py looks first; the sources of the translation stay out."""
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"acctdesk/resources/{part}" for part in PARTS} <= names
    assert {f"acctdesk/docs/manual/{part}" for part in MANUAL} <= names
    assert "acctdesk/storage/migrations/env.py" in names
    assert not [name for name in names if name.endswith(".po")]
    assert f"-{acctdesk.__version__}-" in Path(wheel).name


def test_the_version_is_written_once(capsys: pytest.CaptureFixture[str]) -> None:
    """The project file reads it from the package; the command line says it."""
    assert not re.search(r"^version", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    with pytest.raises(SystemExit):
        build_parser().parse_args(["--version"])
    assert capsys.readouterr().out == f"acctdesk {acctdesk.__version__}\n"
