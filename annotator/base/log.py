"""The program's log: a small rotating file that never holds article text, names or what an exception says."""

from __future__ import annotations

import logging
import time
import traceback
from pathlib import Path
from types import TracebackType

from annotator.base.errors import AnnotatorError

FILE = "annotator.log"
_BYTES = 512 * 1024
_KEPT = 3
_CAUSES = 8
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_ours = logging.getLogger("annotator")


class _Formatter(logging.Formatter):
    """Writes UTC times, and of an exception where it came from and its type only: messages quote what was worked on."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")
        self.converter = time.gmtime

    def formatException(self, ei: _ExcInfo) -> str:
        """Return the frames and the type."""
        return described(ei[1]) if ei[1] is not None else ""


def described(error: BaseException, *, messages: bool = False) -> str:
    """Return an exception with its causes as type, files, lines and functions, without what it says.

    ``messages`` lets an AnnotatorError speak: its one line was made to be read.
    """
    parts: list[str] = []
    current: BaseException | None = error
    while current is not None and len(parts) < _CAUSES:
        parts.append(_one(current, messages=messages))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\ncaused by\n".join(parts)


def _one(error: BaseException, *, messages: bool) -> str:
    says = f": {error}" if messages and isinstance(error, AnnotatorError) else ""
    frames = [f"  {_short(f.filename)}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    return "\n".join([f"{type(error).__module__}.{type(error).__qualname__}{says}", *frames])


def _short(filename: str) -> str:
    """Leave out the folders above, which bear the name of whoever works here."""
    return "/".join(Path(filename).parts[-3:])


def set_up_logging(folder: Path) -> Path | None:
    """Let what the program logs go to a rotating file in a folder; return it, or None when it cannot be written.

    May be called again: the newest folder counts. Other packages are left out: what they say may quote an article.
    """
    from logging.handlers import RotatingFileHandler

    tear_down_logging()
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8")
    except OSError:
        return None  # a log is a comfort: the work goes on without one
    handler.setFormatter(_Formatter())
    _ours.addHandler(handler)
    _ours.setLevel(logging.INFO)
    return path


def tear_down_logging() -> None:
    """Close the log file, if there is one."""
    for handler in tuple(_ours.handlers):
        if isinstance(handler, logging.FileHandler):
            _ours.removeHandler(handler)
            handler.close()


def last_lines(folder: Path, count: int) -> list[str]:
    """Return the newest lines of the log in a folder, oldest first; none when there is no log."""
    try:
        return (folder / FILE).read_text("utf-8", errors="replace").splitlines()[-count:]
    except OSError:
        return []
