from __future__ import annotations

from pathlib import Path

import pytest

from annotator.base import paths


def test_shipped_folders_lie_beside_the_package_or_inside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (paths.migrations() / "0001_initial.sql").is_file()
    assert (paths.resources() / "codebooks" / "news.toml").is_file()
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "annotator")
    assert paths.shipped("db") == tmp_path / "db"
    installed = tmp_path / "site-packages" / "annotator"
    (installed / "db").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", installed)
    assert paths.shipped("db") == installed / "db"


def test_the_user_s_folders() -> None:
    assert paths.default_settings_dir().name == "annotator"
    assert "annotator" in paths.default_log_dir().parts
    assert paths.default_documents_dir().is_absolute()


@pytest.mark.parametrize(
    ("platform", "environment", "missing"),
    [
        ("linux", {}, True), ("linux", {"DISPLAY": ":0"}, False), ("linux", {"WAYLAND_DISPLAY": "w"}, False),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, False), ("win32", {}, False), ("darwin", {}, False),
    ],
)  # fmt: skip
def test_a_missing_display_is_said(
    platform: str, environment: dict[str, str], missing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", platform)
    assert paths.missing_display().startswith("There is no display") is missing
