from __future__ import annotations

import errno
import getpass
import json
import os
from pathlib import Path

import pytest

from annotator.storage import window_lock
from annotator.storage.window_lock import WindowLock


def test_one_holds_it_and_says_who(tmp_path: Path) -> None:
    first, second = WindowLock(tmp_path / "a.annot"), WindowLock(tmp_path / "a.annot")
    assert first.take() is None
    words = json.loads((tmp_path / "a.annot.lock").read_text())
    assert (words["user"], words["process"]) == (getpass.getuser(), os.getpid())
    assert (
        second.take() == f"{words['user']} on {words['computer']} (since {words['since'][:16].replace('T', ' ')} UTC)"
    )
    second.free()
    first.free()
    first.free()
    assert list(tmp_path.iterdir()) == []
    assert second.take() is None
    second.free()


@pytest.mark.parametrize("words", [b"", b"{", b"[1]", b'{"user": "x"}'])
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
