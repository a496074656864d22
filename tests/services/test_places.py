"""Where a book may lie, and which folders another program copies away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from acctdesk import bootstrap
from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.services import places
from acctdesk.text import file_stem


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("/home/μ/OneDrive/books", "OneDrive"),
        ("/home/μ/OneDrive - Αιγαίον ΑΕ", "OneDrive"),
        ("/home/μ/Dropbox (Personal)/x", "Dropbox"),
        ("/Users/m/Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("/Users/m/Library/CloudStorage/GoogleDrive-m@x", "Google Drive"),
        ("/home/μ/Google Drive/My Drive", "Google Drive"),
        ("/home/μ/Nextcloud", "Nextcloud"),
        ("/home/μ/Documents/boxes", None),
        ("/home/μ/Έγγραφα", None),
    ],
)
def test_a_synced_folder_is_known_by_its_name(folder: str, program: str | None) -> None:
    assert places.synced_by(Path(folder) / "OneDrive.acctbook") == program


def test_onedrive_says_itself_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "εταιρεία"))
    assert places.synced_by(tmp_path / "εταιρεία" / "x" / "b.acctbook") == "OneDrive"
    assert places.synced_by(tmp_path / "other" / "b.acctbook") is None


def test_a_synced_documents_folder_is_not_proposed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import platformdirs

    monkeypatch.delenv(bootstrap.HOME_VARIABLE, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    documents = tmp_path / "OneDrive" / "Documents"
    monkeypatch.setattr(platformdirs, "user_documents_dir", lambda: str(documents))
    assert places.synced_by(bootstrap.books_folder() / "x") is None
    assert bootstrap.books_folder() == Path.home() / "acctdesk"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Αιγαίον Α.Ε.", "Αιγαίον ΑΕ"),
        ("Α.Ε. Αιγαίον", "Α.Ε. Αιγαίον"),
        ('a/b\\c:"d"*?<>|', "a b c d"),
        ("  ", ""),
        ("con", "con 1"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_stem(title) == name


def test_a_free_name_is_found(tmp_path: Path) -> None:
    assert places.free_book(tmp_path, "Α").name == "Α.acctbook"
    (tmp_path / "Α.acctbook").touch()
    assert places.free_book(tmp_path, "Α").name == "Α 2.acctbook"


def test_a_place_is_looked_at_and_nothing_is_made(tmp_path: Path) -> None:
    places.check_place(tmp_path / "new" / "deep" / "book")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="not a folder"):
        places.check_place(tmp_path / "file" / "book")
    (tmp_path / "b.acctbook").touch()
    with pytest.raises(UserError, match="exists already"):
        places.check_place(tmp_path / "b")


def test_a_folder_without_leave_to_write_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        places.check_place(tmp_path / "book")
