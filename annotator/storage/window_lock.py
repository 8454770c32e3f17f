"""One writing window per project: a lock file beside it that names its holder and that no crash leaves stuck."""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from annotator.base.clock import now

_BYTE = 4096  # far behind the words, so that Windows lets others read who holds it


class WindowLock:
    """Held while a window writes to a project; the system frees it when the process dies."""

    def __init__(self, project: Path) -> None:
        self._path = project.with_name(project.name + ".lock")
        self._file: IO[bytes] | None = None

    def take(self) -> str | None:
        """Try to take the lock; return None when it is ours, else who holds it."""
        try:
            # Open for appending: never truncates what the holder wrote.
            file = self._path.open("a+b")
        except OSError:
            return None  # a folder where no lock can lie is read-only, and the project with it
        if not _lock(file):
            holder = _holder(file)
            file.close()
            return holder
        file.seek(0)
        file.truncate()
        words = {"user": getpass.getuser(), "computer": platform.node(), "process": os.getpid(), "since": now()}
        file.write(json.dumps(words).encode())
        file.flush()
        self._file = file
        return None

    def free(self) -> None:
        """Give the lock back; does nothing when it is not held."""
        if self._file is None:
            return
        if sys.platform != "win32":
            # Unlinked while still locked, so that nobody locks a file that is about to go.
            with suppress(OSError):
                self._path.unlink()
        self._file.close()
        self._file = None
        if sys.platform == "win32":
            with suppress(OSError):
                self._path.unlink()


def _holder(file: IO[bytes]) -> str:
    file.seek(0)
    try:
        words = json.loads(file.read(_BYTE).decode())
        return f"{words['user']} on {words['computer']} (since {words['since'][:16].replace('T', ' ')} UTC)"
    except (ValueError, KeyError, OSError):
        return "another window"


def _lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_BYTE)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
