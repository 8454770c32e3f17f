"""Reports of crashes: what broke where, with versions and the last log lines, never what was worked on.

A report stays on this computer until its owner sends or dismisses it.
"""

from __future__ import annotations

import logging
import platform
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

from annotator.base import clock, log
from annotator.base.uuid7 import uuid7

_log = logging.getLogger(__name__)
_LINES = 40
_AT_MOST = 20
"""Reports kept in a folder: a fault in a timer must not fill the disk."""
_PACKAGES = ("annotator", "sqlite-utils")

Told = Callable[[Path], None]


def watch(folder: Path, *, versions: Mapping[str, str] | None = None, told: Told | None = None) -> Callable[[], None]:
    """Write a report to ``folder`` for every exception that nobody catches, in any thread; return what ends that.

    The log is looked for in the same folder. ``versions`` adds what only the window knows (Qt). ``told`` hears of
    each report, in the thread that broke. The hooks that were there before are called afterwards.
    """
    before, before_in_threads = sys.excepthook, threading.excepthook

    def report(error: BaseException, where: str) -> None:
        if isinstance(error, Exception):
            path = write_report(folder, error, where=where, versions=versions)
            if path is not None and told is not None:
                told(path)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        report(error, threading.current_thread().name)
        before(kind, error, trace)

    def hook_in_threads(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            report(arguments.exc_value, arguments.thread.name if arguments.thread else "a thread that is gone")
        before_in_threads(arguments)

    sys.excepthook, threading.excepthook = hook, hook_in_threads

    def stop() -> None:
        sys.excepthook, threading.excepthook = before, before_in_threads

    return stop


def write_report(
    folder: Path, error: BaseException, *, where: str = "", versions: Mapping[str, str] | None = None
) -> Path | None:
    """Write one report and return its file; None when the folder is full of them or cannot be written."""
    _log.error("nobody caught this, in %s", where or "?", exc_info=error)
    text = "\n".join(
        (
            f"Annotator crash report of {clock.now()}, in {where or '?'}",
            *(f"{name} {version}" for name, version in {**_versions(), **(versions or {})}.items()),
            "",
            log.described(error, messages=True),
            "",
            "The last lines of the log:",
            *log.last_lines(folder, _LINES),
            "",
        )
    )
    path = folder / f"crash-{clock.now().replace(':', '')}-{uuid7()[-6:]}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if len(pending_reports(folder)) >= _AT_MOST:
            return None
        partial = path.with_suffix(".part")
        partial.write_text(text, "utf-8", errors="replace")
        partial.replace(path)
    except OSError:
        _log.warning("the crash report could not be written")
        return None
    return path


def _versions() -> dict[str, str]:
    from importlib import metadata  # with half of the mail library: only a crash needs it

    found = {"Python": platform.python_version(), "Platform": platform.platform()}
    for package in _PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "unknown"
    return found


def pending_reports(folder: Path) -> list[Path]:
    """Return the reports that were not dismissed yet, newest first."""
    return sorted(folder.glob("crash-*.txt"), reverse=True)


def dismiss(report: Path) -> None:
    """Remove a report for good; one that is gone already does no harm."""
    try:
        report.unlink(missing_ok=True)
    except OSError:
        _log.warning("a crash report could not be removed")
