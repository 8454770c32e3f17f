"""What was shown as saved survives kill -9 at any moment, and a kill leaves nothing that has to be tidied up."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support import projects, saver

from annotator.operations.checking import check_project
from annotator.project.backups import back_up
from annotator.project.opening import open_project, work_as

ROUNDS = 200 if os.environ.get("ANNOTATOR_FULL") else 30


@contextmanager
def child(path: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, saver.__file__, str(path), *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def test_killed_at_random_moments(tmp_path: Path) -> None:
    path = tmp_path / "a.annot"
    projects.new_project(path).close()
    chance = random.Random(20250313)
    saved: set[str] = set()
    for _ in range(ROUNDS):
        with child(path) as process:
            assert process.stdout is not None
            saved.add(process.stdout.readline().strip())  # it works by now
            time.sleep(chance.uniform(0, 0.15))
            process.kill()
            saved.update(line.strip() for line in process.stdout if line.endswith("\n"))
        opened = open_project(path)
        assert not opened.read_only, "the lock of a killed window is stuck"
        stored = {uid for (uid,) in opened.read._connection.execute("SELECT uid FROM change_set")}
        opened.close()
        assert saved <= stored
    assert len(saved) > ROUNDS
    assert check_project(path) == []
    # A journal that was never begun may be left of a killed process; the next step takes it away.
    again = open_project(path)
    work_as(again, projects.ANNA)
    projects.add(again)
    again.close()
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.annot"]


def test_a_second_window_reads_only_and_names_the_holder_and_a_crash_frees_the_project(tmp_path: Path) -> None:
    path = tmp_path / "a.annot"
    projects.new_project(path).close()
    with child(path, "hold") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "mine\n"
        second = open_project(path)
        assert second.read_only
        assert " on " in second.holder
        assert re.search(r" \(since (\d+ \w+ \d{4}, )?\d\d:\d\d\)$", second.holder)
        assert second.cache.info.name == "Test"
        second.close()
        with child(path, "hold") as third:
            assert third.stdout is not None
            assert third.stdout.readline().strip() == second.holder
        process.kill()
        process.wait()
        again = open_project(path)
        assert not again.read_only
        assert again.holder == ""
        again.close()


def test_a_backup_that_is_killed_leaves_the_older_one(tmp_path: Path) -> None:
    path, target = tmp_path / "a.annot", tmp_path / "b.annot"
    made = projects.new_project(path)
    for number in range(5):
        projects.add(made, f"{number}" + "m" * 900_000)
    made.close()
    back_up(path, target)
    code = (
        "import sys; sys.path.insert(0, sys.argv[3])\n"
        "from pathlib import Path\n"
        "from annotator.project.backups import back_up\n"
        "print('now', flush=True)\n"
        "while True: back_up(Path(sys.argv[1]), Path(sys.argv[2]))\n"
    )
    root = str(Path(saver.__file__).parents[2])
    for delay in (0.01, 0.04, 0.09):
        command = [sys.executable, "-c", code, str(path), str(target), root]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(delay)
            process.kill()
        assert check_project(target) == []
    assert check_project(path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the lock file is removed after closing on Windows")
def test_a_lock_taken_away_between_opening_and_locking_is_not_trusted(tmp_path: Path) -> None:
    from annotator.storage import window_lock
    from annotator.storage.window_lock import WindowLock

    first, second, third = (WindowLock(tmp_path / "a.annot") for _ in range(3))
    assert first.take() is None
    lock = window_lock._lock

    def frees_meanwhile(file: object) -> bool:
        first.free()  # the second has the old file open by now
        return lock(file)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(window_lock, "_lock", frees_meanwhile)
        assert second.take() is None
    assert third.take() is not None, "two windows would write"
    second.free()
    assert third.take() is None
    third.free()
    assert list(tmp_path.iterdir()) == []
