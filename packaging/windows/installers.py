"""The two installers of the Windows folder: Setup.exe by NSIS, the .msi by wixl."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import subprocess
import uuid
from pathlib import Path
from xml.etree import ElementTree as ET

import contents
import launcher

HERE = Path(__file__).resolve().parent
NAME = "acctdesk"
BOOK = "acctdesk.book"
# Known to every version for good: by it a newer .msi finds an older one.
UPGRADE = uuid.UUID("6d0a3a2e-9c55-4f0b-9a6e-0f6b7a4d21c7")
_WIX = "http://schemas.microsoft.com/wix/2006/wi"


def build(folder: Path, out: Path, work: Path, *, version: str, time: dt.datetime) -> list[Path]:
    """Make both installers of ``folder`` in ``out`` and return them.

    Raises:
        subprocess.CalledProcessError: a tool failed; it said why.
        ValueError: Setup is too large to be downloaded.
    """
    stamp = time.timestamp()
    for file in [folder, *folder.rglob("*")]:  # both keep the times of files
        os.utime(file, (stamp, stamp))
    made = setup(folder, out, work, version=version, time=time)
    if made.stat().st_size > contents.DOWNLOAD_LIMIT_MB * 1e6:
        raise ValueError(f"{made.name} has {made.stat().st_size / 1e6:.0f} MB")
    return [made, _msi(folder, out, work, version)]  # which packs worse, for administrators


def setup(
    folder: Path, out: Path, work: Path, *, version: str, time: dt.datetime, fast: bool = False
) -> Path:
    """Make the Setup of ``folder`` in ``out`` and return it; a ``fast`` one is larger.

    Raises:
        subprocess.CalledProcessError: the tool failed; it said why.
    """
    made = out / f"{NAME}-{version}-Setup-x64.exe"
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    values = {
        "VERSION": version,
        "NUMBERS": ".".join(map(str, launcher.numbers(version))),
        "FOLDER": folder,
        "ICON": work / "acctdesk.ico",
        "SIDE": work / "side.bmp",
        "OUT": made,
        "SIZE": size // 1024,
        "YEAR": time.year,
    }
    defined = [f"-D{name}={value}" for name, value in values.items()] + ["-DFAST"] * fast
    subprocess.run(
        ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, HERE / "setup.nsi"],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(int(time.timestamp()))}, check=True,
    )  # fmt: skip
    return made


def _msi(folder: Path, out: Path, work: Path, version: str) -> Path:
    made = out / f"{NAME}-{version}-x64.msi"
    made.unlink(missing_ok=True)
    described = out / "acctdesk.wxs"  # wixl takes only paths from there
    described.write_bytes(wxs(folder, version=version, icon=work / "acctdesk.ico"))
    told = subprocess.run(
        ["wixl", "--arch", "x64", "-o", made, described],
        cwd=out, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ).stdout  # fmt: skip
    if told:  # it goes on where it does not know a word
        raise ValueError(f"wixl warns: {told[-2000:]}")
    described.unlink()
    return made


def _part(parent: ET.Element, name: str, **values: str) -> ET.Element:
    return ET.SubElement(parent, name, values)


def _known(kind: str, path: str) -> str:
    """Return an identifier that stays the same from version to version."""
    return kind + hashlib.sha256(path.encode()).hexdigest()[:24]


def wxs(folder: Path, *, version: str, icon: Path) -> bytes:
    """Return the description of the .msi as wixl reads it: every file, the entry in the Start menu,
    the kind of file a book is, and how an older version is replaced.

    Sources are named as they lie beside ``folder``. A component is known by its path, so its number
    is made from it.
    """
    three = ".".join(map(str, launcher.numbers(version)[:3]))
    content = hashlib.sha256(version.encode())
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            content.update(f"{file.relative_to(folder)}".encode() + file.read_bytes())
    root = ET.Element("Wix", xmlns=_WIX)
    product = _part(
        root, "Product", Id=str(uuid.uuid5(UPGRADE, content.hexdigest())).upper(), Name=NAME,
        UpgradeCode=str(UPGRADE).upper(), Language="1033", Codepage="65001", Version=three,
        Manufacturer=NAME,
    )  # fmt: skip
    _part(
        product, "Package", Description=f"{NAME} {version}", Manufacturer=NAME,
        InstallerVersion="500", Languages="1033", Compressed="yes", InstallScope="perUser",
    )  # fmt: skip
    upgrade = _part(product, "Upgrade", Id=str(UPGRADE).upper())
    _part(
        upgrade, "UpgradeVersion", Property="OLDER", Minimum="0.0.0", IncludeMinimum="yes",
        Maximum=three, IncludeMaximum="yes",
    )  # fmt: skip
    sequence = _part(product, "InstallExecuteSequence")
    _part(sequence, "RemoveExistingProducts", After="InstallInitialize")
    _part(product, "Media", Id="1", Cabinet="acctdesk.cab", EmbedCab="yes")
    _part(product, "Icon", Id="acctdesk.ico", SourceFile=f"{icon.parent.name}/{icon.name}")
    _part(product, "Property", Id="ARPPRODUCTICON", Value="acctdesk.ico")
    target = _part(product, "Directory", Id="TARGETDIR", Name="SourceDir")
    local = _part(target, "Directory", Id="LocalAppDataFolder")
    programs = _part(local, "Directory", Id="ProgramsFolder", Name="Programs")
    place = _part(programs, "Directory", Id="INSTALLDIR", Name=NAME)
    menu = _part(target, "Directory", Id="ProgramMenuFolder")
    feature = _part(product, "Feature", Id="All", Level="1", Title=NAME)
    _files(folder, folder, place, feature)
    _shell(menu, feature)
    ET.indent(root)
    text = str(ET.tostring(root, encoding="unicode"))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _component(parent: ET.Element, feature: ET.Element, path: str) -> ET.Element:
    name = _known("c", path)
    number = str(uuid.uuid5(UPGRADE, path)).upper()
    _part(feature, "ComponentRef", Id=name)
    return _part(parent, "Component", Id=name, Guid=number, Win64="yes")


def _files(top: Path, folder: Path, place: ET.Element, feature: ET.Element) -> None:
    for one in sorted(folder.iterdir()):
        path = one.relative_to(top).as_posix()
        if one.is_dir():
            inner = _part(place, "Directory", Id=_known("d", path), Name=one.name)
            _files(top, one, inner, feature)
        else:
            component = _component(place, feature, path)
            _part(
                component, "File", Id=_known("f", path), Name=one.name, Source=f"{top.name}/{path}",
                KeyPath="yes",
            )  # fmt: skip


def _shell(menu: ET.Element, feature: ET.Element) -> None:
    component = _component(menu, feature, "Start menu")
    _part(
        component, "Shortcut", Id="StartMenu", Directory="ProgramMenuFolder", Name=NAME,
        Target="[INSTALLDIR]acctdesk.exe", WorkingDirectory="INSTALLDIR",
        Description="Clients, interactions, receivables and targets",
    )  # fmt: skip
    classes = "Software\\Classes"
    for key, value in (
        (f"Software\\{NAME}", "[INSTALLDIR]"),
        (f"{classes}\\.acctbook", BOOK),
        (f"{classes}\\{BOOK}", "acctdesk book"),
        (f"{classes}\\{BOOK}\\DefaultIcon", "[INSTALLDIR]acctdesk.exe,0"),
        (f"{classes}\\{BOOK}\\shell\\open\\command", '"[INSTALLDIR]acctdesk.exe" "%1"'),
    ):
        first = key == f"Software\\{NAME}"
        _part(
            component, "RegistryValue", Root="HKCU", Key=key, Type="string", Value=value,
            **({"Name": "InstallDir", "KeyPath": "yes"} if first else {}),
        )  # fmt: skip
