from __future__ import annotations

import builtins
import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.command import ROOT, child, refused, run
from support.projects import new_project

from annotator.base import paths
from annotator.storage.window_lock import WindowLock


@pytest.fixture
def opened(monkeypatch) -> list[tuple[object, ...]]:
    """What the window was asked to open."""
    found: list[tuple[object, ...]] = []

    def opens(project: Path | None, *, settings_dir: Path, sample: bool) -> int:
        found.append((project, settings_dir, sample))
        return 0

    monkeypatch.setattr("annotator.app.run", opens)
    return found


def test_without_a_project_the_welcome_page_opens(tmp_path: Path, opened: list[tuple[object, ...]]):
    assert run(settings=tmp_path).exit_code == 0
    assert run("--sample", settings=tmp_path).exit_code == 0
    assert opened == [(None, tmp_path, False), (None, tmp_path, True)]


def test_a_project_opens(tmp_path: Path, opened: list[tuple[object, ...]]):
    new_project(tmp_path / "a.annot").close()
    assert run(tmp_path / "a.annot").exit_code == 0
    assert opened == [(tmp_path / "a.annot", paths.default_settings_dir(), False)]


def test_a_project_called_like_a_command_opens_by_its_path(tmp_path: Path, monkeypatch, opened):
    monkeypatch.chdir(tmp_path)
    new_project(tmp_path / "info").close()
    assert run("./info").exit_code == 0
    assert opened[0][0] == Path("info")


def test_the_settings_folder_may_come_from_the_environment(tmp_path: Path, monkeypatch, opened):
    monkeypatch.setenv("ANNOTATOR_SETTINGS_DIR", str(tmp_path))
    run()
    assert opened[0][1] == tmp_path


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_without_a_display_it_says_what_works_there(tmp_path: Path, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    new_project(tmp_path / "a.annot").close()
    assert "annotator demo --out" in refused(tmp_path / "a.annot")
    assert "There is no display" in refused()


def test_missing_libraries_are_named(monkeypatch):
    really = builtins.__import__

    def without_app(name: str, *arguments: object, **named: object) -> object:
        if name == "annotator" and "app" in (arguments[2] or ()):  # type: ignore[operator]
            raise ImportError("libEGL.so.1: cannot open shared object file")
        return really(name, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without_app)
    said = refused()
    assert "libEGL.so.1" in said
    assert "apt-get install" in said


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_closes_the_window_in_peace(tmp_path: Path, number: signal.Signals):
    new_project(tmp_path / "a.annot").close()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "annotator", "--settings-dir", str(tmp_path / "settings"), "a.annot"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        lock = tmp_path / "a.annot.lock"
        # The first backup is made by a timer: then the loop turns.
        while not list(tmp_path.glob("settings/backups/*/*.annot")) and process.poll() is None:
            time.sleep(0.05)
        assert lock.exists()
        process.send_signal(number)
        assert process.communicate(timeout=20) == (b"", b"")
        assert process.returncode == 0
    assert not lock.exists()
    lock_again = WindowLock(tmp_path / "a.annot")
    assert lock_again.take() is None
    lock_again.free()


def test_the_demonstration_in_a_process_of_its_own(tmp_path: Path):
    """Without DISPLAY, twice in one folder, silent but for what it made, the user's settings left alone."""
    environment = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "", "LANG": "C"}
    started = time.monotonic()
    first = child("demo", "--out", "demo", folder=tmp_path, environment=environment)
    assert time.monotonic() - started < 60
    assert (first.returncode, first.stderr) == (0, "")
    made = [tmp_path / line.removeprefix("Made: ") for line in first.stdout.splitlines()]
    assert [path.name for path in made] == [
        "demo.annot", "annotations.csv", "quotes.csv", "claims.csv", "links.csv", "articles.csv", "entities.csv",
        "verdicts.csv", "codebook.csv", "window.png",
    ]  # fmt: skip
    assert all(path.stat().st_size for path in made)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo"]
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == ["csv", "demo.annot", "window.png"]
    with (tmp_path / "demo" / "csv" / "annotations.csv").open(encoding="utf-8-sig", newline="") as table:
        tags = {row["tag"] for row in csv.DictReader(table)}
    assert tags == {"quote", "speaker", "location", "claim"}


@pytest.mark.parametrize("kind", ["file", "below a file"])
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, kind: str, monkeypatch):
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    out = tmp_path / "taken" if kind == "file" else tmp_path / "taken" / "demo"
    assert "cannot be used" in refused("demo", "--out", out)
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"
