from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.base.settings import TABLE, Settings


def test_defaults_until_something_is_set(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s")
    assert {entry.name: settings[entry.name] for entry in TABLE} == {entry.name: entry.default for entry in TABLE}
    settings["article_size"] = 16
    assert not (tmp_path / "s").exists(), "what is the default need not be written"
    settings["article_size"] = 20
    assert Settings(tmp_path / "s")["article_size"] == 20
    assert json.loads((tmp_path / "s" / "settings.json").read_text()) == {"article_size": 20}
    assert [path.name for path in (tmp_path / "s").iterdir()] == ["settings.json"]


def test_wrong_names_and_types(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    with pytest.raises(KeyError):
        settings["nothing"]
    with pytest.raises(KeyError):
        settings["nothing"] = 1
    with pytest.raises(TypeError, match="backups must be bool"):
        settings["backups"] = 1
    (tmp_path / "settings.json").write_text('{"article_size": "big", "theme": "dark"}')
    assert (Settings(tmp_path)["article_size"], Settings(tmp_path)["theme"]) == (16, "dark")


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b""])
def test_a_damaged_file_counts_as_empty_and_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.json").write_bytes(content)
    assert Settings(tmp_path)["theme"] == "system"
    assert (tmp_path / "settings.damaged.json").read_bytes() == content


def test_a_list_is_no_settings(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("[]")
    assert Settings(tmp_path)["theme"] == "system"


def test_what_cannot_be_read_set_aside_or_written_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise PermissionError

    (tmp_path / "settings.json").write_text("{")
    monkeypatch.setattr(Path, "replace", fails)
    settings = Settings(tmp_path)
    settings["theme"] = "dark"
    assert settings["theme"] == "dark"


def test_a_person_s_key_is_made_once(tmp_path: Path) -> None:
    uid = Settings(tmp_path).annotator_uid
    assert len(uid) == 36
    assert Settings(tmp_path).annotator_uid == uid


def test_recent_projects(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    for number in [*range(14), 3]:
        settings.add_recent(tmp_path / f"{number}.annot")
    names = [Path(path).stem for path in settings["recent"]]
    assert names == ["3", "13", "12", "11", "10", "9", "8", "7", "6", "5", "4", "2"]
    settings.forget_recent(settings["recent"][0])
    assert Path(settings["recent"][0]).stem == "13"


def test_a_declined_hand_out_is_noted_once(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    for uid in ("a", "b", "a"):
        settings.decline(uid)
    assert Settings(tmp_path)["declined"] == ["b", "a"]
