"""The Debian package, built from a folder of a few files and looked at with Debian's own tools."""

from __future__ import annotations

import configparser
import datetime as dt
import hashlib
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import contents
import deb
import pytest
from PIL import Image

pytestmark = [
    pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="not a Debian-like system"),
    pytest.mark.qt,
]
BUILT = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)


def _said(*words: str) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give something in the shape of a built program."""
    made = tmp_path_factory.mktemp("bundle") / "acctdesk"
    (made / "_internal").mkdir(parents=True)
    (made / "acctdesk").write_text("#!/bin/sh\n", encoding="utf-8")
    (made / "acctdesk").chmod(0o700)
    (made / "_internal" / "libα.so.1").write_bytes(b"library" * 1000)
    (made / "_internal" / "libα.so").symlink_to("libα.so.1")
    return made


@pytest.fixture(scope="module")
def laid(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the package, unpacked as it would be installed."""
    out = tmp_path_factory.mktemp("out")
    file = deb.build(folder, out, version="1.2.3.dev4", built=BUILT, quick=True)
    assert [one.name for one in out.glob("*.deb")] == ["acctdesk_1.2.3~dev4_amd64.deb"]
    subprocess.run(["dpkg-deb", "--raw-extract", str(file), str(out / "laid")], check=True)
    return out / "laid"


def test_the_package_says_what_it_is_and_what_it_needs(laid: Path) -> None:
    fields = dict(
        line.split(": ", 1)
        for line in (laid / "DEBIAN/control").read_text(encoding="utf-8").splitlines()
        if not line.startswith(" ")
    )
    assert fields["Version"] == "1.2.3~dev4"
    assert fields["Depends"].split(", ") == list(contents.DEBIAN_DEPENDS)
    assert int(fields["Installed-Size"]) > 0
    assert {one.name for one in (laid / "DEBIAN").iterdir()} == {"control", "md5sums"}


def test_a_version_of_development_is_older_than_its_release() -> None:
    older, newer = deb.debian_version("0.1.0.dev0"), deb.debian_version("0.1.0")
    assert subprocess.run(["dpkg", "--compare-versions", older, "lt", newer], check=False).returncode == 0  # fmt: skip


def test_the_command_starts_what_was_built_and_anybody_may(laid: Path) -> None:
    command = laid / "usr/bin/acctdesk"
    assert command.readlink() == Path("/opt/acctdesk/acctdesk")
    assert (laid / "opt/acctdesk/acctdesk").stat().st_mode & 0o777 == 0o755
    assert (laid / "opt/acctdesk/_internal/libα.so.1").stat().st_mode & 0o777 == 0o644
    assert (laid / "opt/acctdesk/_internal/libα.so").readlink() == Path("libα.so.1")


def test_the_desktop_shows_it_in_both_languages_and_opens_books_with_it(laid: Path) -> None:
    shown = configparser.ConfigParser(interpolation=None, strict=True)
    shown.optionxform = str  # type: ignore[assignment,method-assign]
    shown.read(laid / "usr/share/applications/acctdesk.desktop", encoding="utf-8")
    entry = shown["Desktop Entry"]
    assert {"Comment", "Comment[el]"} <= set(entry)
    (kind,) = list(ET.parse(laid / "usr/share/mime/packages/acctdesk.xml").getroot())
    assert entry["MimeType"] == f"{kind.get('type')};"
    assert [one.get("pattern") for one in kind if one.tag.endswith("glob")] == ["*.acctbook"]
    for size in deb.ICON_SIZES:
        icon = laid / f"usr/share/icons/hicolor/{size}x{size}/apps/{entry['Icon']}.png"
        with Image.open(icon) as picture:
            assert picture.size == (size, size)
            assert picture.getchannel("A").getextrema() != (0, 0)  # something is drawn


def test_every_file_has_its_sum(laid: Path) -> None:
    lines = (laid / "DEBIAN/md5sums").read_text(encoding="utf-8").splitlines()
    told = {line[34:]: line[:32] for line in lines}
    files = [one for one in laid.rglob("*") if one.is_file() and not one.is_symlink()]
    there = {str(one.relative_to(laid)): hashlib.md5(one.read_bytes()).hexdigest() for one in files if "DEBIAN" not in one.parts}  # fmt: skip
    assert told == there


def test_the_same_folder_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        file = deb.build(folder, tmp_path / name, version="1.0.0", built=BUILT, quick=True)
        made.append(file.read_bytes())
    assert made[0] == made[1]
