"""Which release an update is tried from, and what must be said the same after it."""

from __future__ import annotations

from pathlib import Path

import exchanged
import pytest
import released


@pytest.mark.parametrize(
    ("version", "tags", "found"),
    [
        ("0.2.0.dev0", ["v0.1.0", "v0.1.1", "v0.2.0", "vector"], "0.1.1"),
        ("0.10.0", ["v0.2.0", "v0.9.0", "v0.10.0"], "0.9.0"),
        ("0.1.0.dev0", ["v0.1.0"], None),
        ("0.1.0", [], None),
    ],
)
def test_the_newest_older_tag_is_the_release_before(
    version: str, tags: list[str], found: str | None
) -> None:
    assert released.before(version, tags) == found


def test_what_was_built_here_is_kept_under_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(released, "KEPT", tmp_path / "kept")
    for name in ("bundle/a.deb", "bundle/SHA256SUMS", "windows/a-Setup-x64.exe", "windows/a.msi"):
        file = tmp_path / "build" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    released.take(tmp_path, "1.2.3")
    assert released.package("1.2.3", "*.deb") == tmp_path / "kept" / "1.2.3" / "a.deb"
    assert released.package("1.2.3", "*.rpm") is None


def test_a_later_build_may_say_more_and_nothing_else() -> None:
    before = {"counts": {"clients": 2}, "by_client": [{"code": "1", "net": "5.00"}]}
    more = {"counts": {"clients": 2, "new": 1}, "by_client": [{"code": "1", "net": "5.00", "x": 0}]}
    assert exchanged.says(more, before)
    assert exchanged.says(before, before)
    assert not exchanged.says(before, more)
    assert not exchanged.says({**before, "counts": {"clients": 3}}, before)
    assert not exchanged.says({**before, "by_client": []}, before)
