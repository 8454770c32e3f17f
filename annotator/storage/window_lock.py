"""One writing window per project: a lock file beside it that names its holder and that no crash leaves stuck."""

from __future__ import annotations

import errno
import getpass
import json
import logging
import os
import platform
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from annotator.base.clock import now

_log = logging.getLogger(__name__)
_BYTE = 4096  # far behind the words, so that Windows lets others read who holds it


class WindowLock:
    """Held while a window writes to a project; the system frees it when the process dies."""

    def __init__(self, project: Path) -> None:
        self._path = project.with_name(project.name + ".lock")
        self._file: IO[bytes] | None = None

    def take(self) -> str | None:
        """Try to take the lock; return None when it is ours, else who holds it.

        Also None where no lock can be had: in a folder that is read-only, and the project with it, and on a file
        system without locks, where work must go on all the same.
        """
        while True:
            try:
                file = self._opened()
                taken = _lock(file)
            except OSError as error:
                _log.warning("the window's lock cannot be taken: %s", error.strerror)
                return None
            if not taken:
                with file:
                    return _holder(file)
            if self._is_still_there(file):
                break
            file.close()  # its holder took it away between our opening and our locking it
        self._file = file
        self._sign(file)
        return None

    def _opened(self) -> IO[bytes]:
        try:
            # Open for appending: never truncates what the holder wrote.
            return self._path.open("a+b")
        except PermissionError:
            # Left by somebody else of a shared folder: locking needs no right to write.
            return self._path.open("rb")

    def _is_still_there(self, file: IO[bytes]) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self._path.stat())
        except FileNotFoundError:
            return False

    def _sign(self, file: IO[bytes]) -> None:
        if file.writable():
            file.seek(0)
            file.truncate()
            words = {"user": _user(), "computer": platform.node(), "process": os.getpid(), "since": now()}
            file.write(json.dumps(words).encode())
            file.flush()

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


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):  # a container's user without a name
        return "somebody"


def _holder(file: IO[bytes]) -> str:
    file.seek(0)
    try:
        words = json.loads(file.read(_BYTE).decode())
        return f"{words['user']} on {words['computer']} (since {_local(words['since'])})"
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        return "another window"


def _local(moment: str) -> str:
    """Return a moment in the reader's own time, its day only where it is not today; ValueError if it is none."""
    then = datetime.fromisoformat(moment).astimezone()
    day = "" if then.date() == datetime.now().astimezone().date() else f"{then.day} {then:%b %Y}, "
    return f"{day}{then:%H:%M}"


def _lock(file: IO[bytes]) -> bool:
    """Lock, or return False when somebody holds it; any other OSError comes through, and the file is closed then."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_BYTE)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES):
            return False
        file.close()
        raise
    return True
