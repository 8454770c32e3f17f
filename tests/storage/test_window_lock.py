from __future__ import annotations

import errno
import getpass
import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from annotator.storage import window_lock
from annotator.storage.window_lock import WindowLock


def test_one_holds_it_and_says_who(tmp_path: Path) -> None:
    first, second = WindowLock(tmp_path / "a.annot"), WindowLock(tmp_path / "a.annot")
    assert first.take() is None
    words = json.loads((tmp_path / "a.annot.lock").read_text())
    assert (words["user"], words["process"]) == (getpass.getuser(), os.getpid())
    started = datetime.fromisoformat(words["since"]).astimezone()
    assert second.take() == f"{words['user']} on {words['computer']} (since {started:%H:%M})"
    second.free()
    first.free()
    first.free()
    assert list(tmp_path.iterdir()) == []
    assert second.take() is None
    second.free()


@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX lets a process move to another time zone")
def test_the_time_is_the_readers_own_and_names_another_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    first, second = WindowLock(tmp_path / "a.annot"), WindowLock(tmp_path / "a.annot")
    first.take()
    words = {"user": "anna", "computer": "desk", "process": 1, "since": "2025-03-13T20:03:22.120Z"}
    (tmp_path / "a.annot.lock").write_text(json.dumps(words))
    assert second.take() == "anna on desk (since 14 Mar 2025, 05:03)"
    first.free()
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("words", [b"", b"{", b"[1]", b'{"user": "x", "computer": "y", "since": "z"}'])
def test_a_holder_who_left_no_words(tmp_path: Path, words: bytes) -> None:
    first, second = WindowLock(tmp_path / "a.annot"), WindowLock(tmp_path / "a.annot")
    first.take()
    (tmp_path / "a.annot.lock").write_bytes(words)
    assert second.take() == "another window"
    first.free()


def test_where_no_lock_can_lie_work_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert WindowLock(tmp_path / "none" / "a.annot").take() is None
    lock = WindowLock(tmp_path / "a.annot")

    def unsupported(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "not supported")

    monkeypatch.setattr("fcntl.flock", unsupported)
    assert lock.take() is None
    lock.free()


def test_a_lock_file_that_somebody_else_left_is_locked_without_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.annot.lock").write_text("left")
    path_open = Path.open

    def may_only_read(path: Path, mode: str = "r") -> object:
        if "a" in mode:
            raise PermissionError(errno.EACCES, "Permission denied")
        return path_open(path, mode)

    monkeypatch.setattr(Path, "open", may_only_read)
    first, second = WindowLock(tmp_path / "a.annot"), WindowLock(tmp_path / "a.annot")
    assert first.take() is None
    assert second.take() == "another window"
    first.free()


def test_a_user_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found: 1000")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert window_lock._user() == "somebody"


class Msvcrt:
    """Stands in for Windows' locks: one byte of a file is held through one descriptor, until that is closed."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        self.held: dict[tuple[int, int], int] = {}

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        assert (mode, count) == (self.LK_NBLCK, 1)
        place = (os.fstat(descriptor).st_ino, os.lseek(descriptor, 0, os.SEEK_CUR))
        if self.held.get(place, descriptor) != descriptor and is_open(self.held[place]):
            raise PermissionError(errno.EACCES, "Permission denied")
        self.held[place] = descriptor


def is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Msvcrt:
    """Let the lock take the ways that it takes on Windows."""
    made = Msvcrt()
    monkeypatch.setitem(sys.modules, "msvcrt", made)
    monkeypatch.setattr(window_lock.sys, "platform", "win32")
    return made


def test_on_windows_one_holds_it_too_and_others_can_read_who(tmp_path: Path, windows: Msvcrt) -> None:
    first, second = WindowLock(tmp_path / "a.annot"), WindowLock(tmp_path / "a.annot")
    assert first.take() is None
    ((_, byte),) = windows.held
    words = (tmp_path / "a.annot.lock").read_bytes()
    assert len(words) < byte, "a locked byte cannot be read by others, so it lies behind the words"
    assert str(second.take()).startswith(f"{json.loads(words)['user']} on ")
    second.free()
    assert (tmp_path / "a.annot.lock").exists()
    first.free()
    assert list(tmp_path.iterdir()) == []
    assert second.take() is None
    second.free()


def test_on_windows_the_file_is_closed_before_it_goes_and_stays_where_somebody_reads_it(
    tmp_path: Path, windows: Msvcrt, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = WindowLock(tmp_path / "a.annot")
    lock.take()
    (holding,) = windows.held.values()
    open_at_unlink: list[bool] = []

    def in_use(_: Path) -> None:
        open_at_unlink.append(is_open(holding))
        raise PermissionError(errno.EACCES, "The process cannot access the file")

    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(Path, "unlink", in_use)
        lock.free()
    assert open_at_unlink == [False]
    assert lock.take() is None, "what stays behind locks nobody out"
    lock.free()
    assert list(tmp_path.iterdir()) == []
