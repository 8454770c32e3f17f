"""Backups: verified copies of a project, kept in a folder of its own and thinned out as they age.

Everything here opens files by connections of its own and may run in a worker thread beside an open project.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from annotator.base import clock
from annotator.base.errors import ProjectError
from annotator.storage import backups as storage
from annotator.storage.backups import Progress, back_up

__all__ = ["Backup", "back_up", "backups_of_file", "list_backups", "make_backup", "restore"]

_log = logging.getLogger(__name__)
_NAME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d\.\d{3})Z-(\d+)\.annot")
_ABOUT = "about.json"
_NEWEST, _DAYS, _WEEKS = 5, 7, 4
_ABANDONED = timedelta(hours=6)


class Backup(Struct, frozen=True):
    """One backup; ``time`` is UTC, ``sequence`` the newest step it holds, ``size`` bytes."""

    path: Path
    time: datetime
    sequence: int
    size: int


def make_backup(project_path: Path, folder: Path, *, cap_bytes: int, progress: Progress | None = None) -> Backup | None:
    """Back a project up into ``folder/<project uid>/`` and thin the older ones out; None when nothing has changed.

    Kept are the last 5, then the newest of each of 7 days and 4 weeks, within ``cap_bytes`` of disk space (the new
    one is kept however large). Raises ProjectError and its kinds; the older backups then stay.
    """
    state = storage.state_of(project_path)
    mine = folder / state.project
    known = list_backups(folder, state.project)
    if known and _holds(known[0], state):
        return None
    try:
        mine.mkdir(parents=True, exist_ok=True)
        _sweep(mine)
    except OSError as error:
        raise ProjectError(f"The backup folder {mine} cannot be written ({error.strerror}).") from error
    time = _time_after(known)
    target = mine / f"{_written(time)}-{state.sequence:08d}.annot"
    back_up(project_path, target, overwrite=False, progress=progress)
    _write_about(mine, project_path)
    made = Backup(target, time, state.sequence, target.stat().st_size)
    _thin_out([made, *known], cap_bytes)
    return made


def _holds(backup: Backup, state: storage.State) -> bool:
    """Tell whether a backup holds that very state: a restored copy counts on from the same sequence otherwise."""
    if backup.sequence != state.sequence:
        return False
    try:
        return storage.state_of(backup.path) == state
    except ProjectError:
        _log.warning("the newest backup cannot be read; another one is made")
        return False


def _time_after(known: list[Backup]) -> datetime:
    """Return the present moment, but later than every backup: a clock that moved back must not bury a new one."""
    present = datetime.fromisoformat(clock.now())
    return max([present, *(backup.time + timedelta(milliseconds=1) for backup in known)])


def _written(time: datetime) -> str:
    """Write a time as it stands in a backup's name, without the colons that Windows forbids."""
    return time.strftime("%Y-%m-%dT%H%M%S.") + f"{time.microsecond // 1000:03d}Z"


def list_backups(folder: Path, project_uid: str) -> list[Backup]:
    """Return a project's backups, the newest first; what else lies in the folder is left out."""
    return _listed(folder / project_uid)


def _listed(mine: Path) -> list[Backup]:
    found = []
    for path in mine.glob("*.annot"):
        match = _NAME.fullmatch(path.name)
        with suppress(ValueError, FileNotFoundError):
            if match is not None:
                day, hour, minute, second, sequence = match.groups()
                time = datetime.fromisoformat(f"{day}T{hour}:{minute}:{second}+00:00")
                found.append(Backup(path, time, int(sequence), path.stat().st_size))
    return sorted(found, key=lambda backup: backup.time, reverse=True)


def backups_of_file(folder: Path, project_path: Path) -> list[Backup]:
    """Return the backups made of the project file at that path, the newest first: for a file that cannot be read."""
    found: list[Backup] = []
    for about in folder.glob(f"*/{_ABOUT}"):
        try:
            path = json.loads(about.read_text("utf-8"))["path"]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if path == str(project_path.resolve()):
            found.extend(_listed(about.parent))
    return sorted(found, key=lambda backup: backup.time, reverse=True)


def restore(backup: Backup, to: Path) -> None:
    """Put a backup where there is no file yet, verified; raises ProjectError when the name is taken."""
    back_up(backup.path, to, overwrite=False)


def _write_about(mine: Path, project_path: Path) -> None:
    words = json.dumps({"path": str(project_path.resolve())}, ensure_ascii=False)
    try:
        (mine / _ABOUT).write_text(words, "utf-8")
    except OSError:
        _log.warning("what the backups are of could not be noted")


def _sweep(mine: Path) -> None:
    """Take away what a backup that was killed left behind; a younger one may still be at work in another process."""
    oldest = datetime.now(UTC) - _ABANDONED
    for partial in mine.glob(".*.part*"):
        with suppress(FileNotFoundError):
            if datetime.fromtimestamp(partial.stat().st_mtime, UTC) < oldest:
                partial.unlink()


def _thin_out(newest_first: list[Backup], cap_bytes: int) -> None:
    kept = _to_keep(newest_first)
    size = 0
    for backup in newest_first:
        size += backup.size if backup in kept else 0
        if backup not in kept or (size > cap_bytes and backup is not newest_first[0]):
            try:
                backup.path.unlink()
            except OSError:
                _log.warning("an old backup could not be removed")


def _to_keep(newest_first: list[Backup]) -> list[Backup]:
    kept = newest_first[:_NEWEST]
    kept += _newest_of_each(newest_first, "%Y-%m-%d", _DAYS)
    kept += _newest_of_each(newest_first, "%G-%V", _WEEKS)
    return kept


def _newest_of_each(newest_first: Iterable[Backup], period: str, count: int) -> list[Backup]:
    found: dict[str, Backup] = {}
    for backup in newest_first:
        found.setdefault(backup.time.strftime(period), backup)
    return list(found.values())[:count]
