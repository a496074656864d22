"""The Debian package: the built folder under /opt, one command, one entry in the menus, one icon.

``build`` puts ``acctdesk_VERSION_amd64.deb`` beside the folder. There are no maintainer scripts:
Debian itself brings the menus, icons and file types of a desktop up to date.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import contents
import icon

ROOT = Path(__file__).resolve().parent.parent
INSIDE = "opt/acctdesk"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)
MAINTAINER = "acctdesk <acctdesk@localhost>"

CONTROL = """\
Package: acctdesk
Version: {version}
Architecture: amd64
Maintainer: {maintainer}
Installed-Size: {size}
Depends: {depends}
Recommends: {recommends}
Section: office
Priority: optional
Description: clients, interactions, receivables and targets of one account officer
 An account officer keeps a portfolio of clients on a laptop, between visits and
 without a network: every contact with them, what was sold, what is owed, what
 was aimed at, and the workbook for management. In Greek and in English.
"""
DESKTOP = """\
[Desktop Entry]
Type=Application
Name=acctdesk
GenericName=Account officer's desk
GenericName[el]=Γραφείο διαχειριστή λογαριασμού
Comment=Clients, interactions, receivables and targets
Comment[el]=Πελάτες, επαφές, απαιτήσεις και στόχοι
Exec=/usr/bin/acctdesk %F
Icon=acctdesk
Terminal=false
Categories=Office;ContactManagement;Finance;
Keywords=client;customer;sales;target;receivables;πελάτης;πωλήσεις;στόχος;απαιτήσεις;
MimeType=application/x-acctdesk-book;
StartupWMClass=acctdesk
"""
MIME = """\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-acctdesk-book">
    <comment>acctdesk book</comment>
    <comment xml:lang="el">χαρτοφυλάκιο acctdesk</comment>
    <icon name="acctdesk"/>
    <glob pattern="*.acctbook"/>
  </mime-type>
</mime-info>
"""
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: acctdesk
Comment: The works of others that are in the package, and their licences, lie in
 /opt/acctdesk/licences.

Files: *
Copyright: {year} the authors of acctdesk
License: Expat
{licence}
"""


def debian_version(version: str) -> str:
    """Return a version as Debian orders it: what is before a release sorts before it."""
    return version.replace(".dev", "~dev").replace("rc", "~rc")


def control(version: str, *, kilobytes: int) -> str:
    """Return what the package says of itself."""
    return CONTROL.format(
        version=debian_version(version),
        maintainer=MAINTAINER,
        size=kilobytes,
        depends=", ".join(contents.DEBIAN_DEPENDS),
        recommends=", ".join(contents.DEBIAN_RECOMMENDS),
    )


def lay(bundle: Path, tree: Path, *, version: str, built: dt.datetime) -> None:
    """Lay the files of the package in ``tree`` as they will lie in the system."""
    shutil.copytree(bundle, tree / INSIDE, symlinks=True)
    link = tree / "usr/bin/acctdesk"
    link.parent.mkdir(parents=True)
    link.symlink_to(f"/{INSIDE}/acctdesk")
    _write(tree / "usr/share/applications/acctdesk.desktop", DESKTOP)
    _write(tree / "usr/share/mime/packages/acctdesk.xml", MIME)
    for size in ICON_SIZES:
        file = tree / f"usr/share/icons/hicolor/{size}x{size}/apps/acctdesk.png"
        file.parent.mkdir(parents=True)
        icon.draw(size).save(file, optimize=True)
    told = tree / "usr/share/doc/acctdesk"
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8").splitlines()
    _write(
        told / "copyright",
        COPYRIGHT.format(year=built.year, licence="\n".join(f" {one or '.'}" for one in licence)),
    )
    _write_changes(told / "changelog.gz", (ROOT / "CHANGELOG.md").read_bytes())
    _write_changes(
        told / "changelog.Debian.gz",
        f"acctdesk ({debian_version(version)}) unstable; urgency=medium\n\n"
        f"  * See changelog.gz.\n\n"
        f" -- {MAINTAINER}  {email.utils.format_datetime(built)}\n".encode(),
    )
    files = [one for one in sorted(tree.rglob("*")) if one.is_file() and not one.is_symlink()]
    size = sum(one.stat().st_size for one in files)
    sums = [
        f"{hashlib.md5(one.read_bytes()).hexdigest()}  {one.relative_to(tree)}" for one in files
    ]
    _write(tree / "DEBIAN/md5sums", "\n".join(sums) + "\n")
    _write(tree / "DEBIAN/control", control(version, kilobytes=size // 1024))
    for one in [tree, *tree.rglob("*")]:
        if not one.is_symlink():
            one.chmod(0o755 if one.is_dir() or one.stat().st_mode & 0o100 else 0o644)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _write_changes(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress(content, compresslevel=9, mtime=0))


def build(bundle: Path, out: Path, *, version: str, built: dt.datetime, quick: bool) -> Path:
    """Build the package from the folder ``bundle`` into ``out``; return its file.

    The same folder at the same time gives the same bytes. ``quick`` packs loosely, for a trial.
    """
    tree = out / "work" / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    lay(bundle, tree, version=version, built=built)
    for old in out.glob("acctdesk_*.deb"):
        old.unlink()
    file = out / f"acctdesk_{debian_version(version)}_amd64.deb"
    packed = ("-Zzstd", "-z3") if quick else ("-Zxz", "-z9")
    done = subprocess.run(
        ["dpkg-deb", "--root-owner-group", *packed, "--build", str(tree), str(file)],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(int(built.timestamp()))},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    shutil.rmtree(tree)
    if done.returncode:
        sys.exit(f"The Debian package cannot be built.\n{done.stderr[-2000:]}")
    return file
