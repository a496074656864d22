"""Whose work is in the bundle: each file's component, the folder of licences, the SBOM."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMON_LICENCES = Path("/usr/share/common-licenses")
# Wheels that carry no text of their own, or carry other people's work: what is added for them.
# A name of the form debian:PACKAGE is the copyright file of that Debian package.
ADDED_TEXTS = {
    "docxtpl": ("LGPL-2.1",),
    "pyside6-essentials": ("LGPL-3", "GPL-3", "debian:libqt6core6"),
    "shiboken6": ("LGPL-3", "GPL-3"),
    "sqlcipher3": ("debian:libsqlcipher0", "Apache-2.0"),
}
# Packages that tell their licence loosely or not at all.
LICENCES = {
    "contourpy": "BSD-3-Clause",
    "cycler": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "kiwisolver": "BSD-3-Clause",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "python-dateutil": "Apache-2.0 AND BSD-3-Clause",
    "python-stdnum": "LGPL-2.1-or-later",
    "sqlcipher3": "Zlib AND BSD-3-Clause AND Apache-2.0",
}
# What is shipped from resources/ and was drawn by others: name, version, licence, its text.
RESOURCES = (
    ("inter", "4", "OFL-1.1", ROOT / "resources/fonts/OFL.txt"),
    ("tabler-icons", "3", "MIT", ROOT / "resources/icons/LICENSE"),
)


@dataclass(slots=True)
class Component:
    """One work of others in the bundle."""

    name: str
    version: str
    kind: str  # pypi, deb, generic
    licence: str = ""
    texts: list[Path] = field(default_factory=list)
    added: tuple[str, ...] = ()  # as in ADDED_TEXTS


class Origins:
    """Finds the component that a source file belongs to.

    ``places`` are the folders of the packages that are shipped, by default this environment's.
    """

    def __init__(self, places: Sequence[Path] | None = None) -> None:
        self._owner: dict[str, metadata.Distribution] = {}
        where = sys.path if places is None else [str(place) for place in places]
        for distribution in metadata.distributions(path=where):
            for file in distribution.files or ():
                self._owner[os.path.normpath(str(distribution.locate_file(file)))] = distribution
        self._stdlib = str(Path(sysconfig.get_path("stdlib")).resolve())
        self._base = str(Path(sys.base_prefix).resolve())
        self._found: dict[str, Component] = {}

    def take(self, source: str) -> None:
        """Note the component of ``source``.

        Raises:
            LookupError: nobody knows whose file this is.
        """
        path = os.path.normpath(source)
        if path in self._owner:
            self._python_package(self._owner[path])
        elif path.startswith(f"{ROOT}{os.sep}") and "site-packages" not in path:
            return  # ours, or made by the build itself
        elif str(Path(path).resolve()).startswith((self._stdlib, self._base + "/lib/libpython")):
            self._python()
        else:
            self._debian(path)

    def take_named(self, name: str) -> None:
        """Note an installed Python package by its name."""
        self._python_package(metadata.distribution(name))

    def take_made(self, component: Component) -> None:
        """Note a work that is no package: its files are named by who builds with it."""
        self._found[component.name] = component

    def components(self) -> list[Component]:
        """Return what was found, by name, with the resources of others."""
        fixed = [Component(n, v, "generic", licence, [t]) for n, v, licence, t in RESOURCES]
        return sorted([*self._found.values(), *fixed], key=lambda one: (one.kind, one.name))

    def _python_package(self, distribution: metadata.Distribution) -> None:
        name = re.sub(r"[-_.]+", "-", distribution.name).lower()
        if name in self._found:
            return
        texts = [
            Path(str(distribution.locate_file(file)))
            for file in distribution.files or ()
            if ".dist-info" in str(file)
            and re.search(r"licen[cs]e|copying|notice", file.name, re.IGNORECASE)
        ]
        self._found[name] = Component(
            name,
            distribution.version,
            "pypi",
            LICENCES.get(name) or _licence(distribution.metadata),
            texts,
        )

    def _python(self) -> None:
        if "python" in self._found:
            return
        version = sysconfig.get_python_version()
        full = ".".join(str(part) for part in sys.version_info[:3])
        assert full.startswith(version)
        self._found["python"] = Component("python", full, "generic", "PSF-2.0", [python_text()])

    def _debian(self, path: str) -> None:
        real = str(Path(path).resolve())
        for candidate in (path, real, real.removeprefix("/usr"), f"/usr{path}"):
            told = subprocess.run(
                ["dpkg-query", "--search", candidate], capture_output=True, text=True, check=False
            )
            if told.returncode == 0:
                package = told.stdout.split(":")[0]
                break
        else:
            raise LookupError(f"whose file is {path}?")
        if package in self._found:
            return
        version = subprocess.run(
            ["dpkg-query", "--show", "--showformat=${Version}", package],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        text = Path("/usr/share/doc", package, "copyright")
        self._found[package] = Component(package, version, "deb", "", [text])


def python_text() -> Path:
    """Return Python's licence as the Python that runs this carries it."""
    text = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    if text.is_file():
        return text
    return next(Path("/usr/share/doc").glob("libpython3*-stdlib/copyright"), text)  # Debian


def _licence(told: metadata.PackageMetadata) -> str:
    expression = told["License-Expression"] or told["License"] or ""
    if 0 < len(expression) < 80 and "\n" not in expression:
        return str(expression)
    for line in told.get_all("Classifier") or ():
        if line.startswith("License ::"):
            return str(line).rpartition(" :: ")[2]
    return ""


def write_licences(components: list[Component], folder: Path, work: Path) -> None:
    """Write each component's texts and a list of all below ``folder``.

    Raises:
        LookupError: a component has no text.
    """
    shutil.rmtree(folder, ignore_errors=True)
    lines = []
    for one in components:
        place = folder / one.name
        place.mkdir(parents=True)
        for number, text in enumerate(one.texts):
            name = (
                text.name
                if number == 0 or text.parent == one.texts[0].parent
                else (f"{text.parent.name}-{text.name}")
            )
            shutil.copyfile(text, _free(place / name))
        for added in (*ADDED_TEXTS.get(one.name, ()), *one.added):
            kind, _, package = added.partition(":")
            source = _debian_copyright(package, work) if package else COMMON_LICENCES / kind
            shutil.copyfile(source, _free(place / (package or kind)))
        if not any(place.iterdir()):
            raise LookupError(f"{one.name} has no licence text")
        lines.append(f"{one.name} {one.version}  {one.licence or 'see its text'}")
    head = (
        "acctdesk (MIT) is built with these works. Each has its licence in the folder beside.\n\n"
    )
    (folder / "index.txt").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def _free(file: Path) -> Path:
    number = 2
    wanted = file
    while wanted.exists():
        wanted = file.with_name(f"{file.stem}-{number}{file.suffix}")
        number += 1
    return wanted


def _debian_copyright(package: str, work: Path) -> Path:
    """Return the copyright file of a Debian package that need not be installed."""
    kept = work / "copyright" / package
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["apt-get", "download", "-qq", package],
            cwd=kept.parent, check=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        archive = next(kept.parent.glob(f"{package}_*.deb"))
        inside = subprocess.run(
            ["dpkg-deb", "--fsys-tarfile", archive], capture_output=True, check=True
        ).stdout
        text = subprocess.run(
            ["tar", "--extract", "--to-stdout", f"./usr/share/doc/{package}/copyright"],
            input=inside, capture_output=True, check=True,
        ).stdout  # fmt: skip
        archive.unlink()
        kept.write_bytes(text)
    return kept


def write_sbom(
    components: list[Component], file: Path, *, version: str, built: dt.datetime
) -> None:
    """Write the CycloneDX list of what is in the bundle; equal input gives an equal file."""
    from cyclonedx.contrib.license.factories import LicenseFactory
    from cyclonedx.model.bom import Bom, BomMetaData
    from cyclonedx.model.component import Component as Part
    from cyclonedx.model.component import ComponentType
    from cyclonedx.output import make_outputter
    from cyclonedx.schema import OutputFormat, SchemaVersion
    from packageurl import PackageURL

    licences = LicenseFactory()

    def part(one: Component) -> Part:
        vendor = "debian" if one.kind == "deb" else None
        purl = PackageURL(one.kind, vendor, one.name, one.version)
        return Part(
            name=one.name,
            version=one.version,
            type=ComponentType.LIBRARY,
            purl=purl,
            bom_ref=str(purl),
            licenses=[licences.make_from_string(one.licence)] if one.licence else [],
        )

    program = Part(
        name="acctdesk",
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref=f"acctdesk@{version}",
        licenses=[licences.make_from_string("MIT")],
    )
    text = "\n".join(f"{one.name} {one.version}" for one in components)
    bom = Bom(
        components=[part(one) for one in components],
        metadata=BomMetaData(component=program, timestamp=built),
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"acctdesk {version}\n{text}"),
    )
    bom.register_dependency(program, bom.components)
    make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_to_file(
        str(file), allow_overwrite=True, indent=2
    )
