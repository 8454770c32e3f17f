"""Checking a project file for damage, without opening it for work."""

from __future__ import annotations

from pathlib import Path

from annotator.storage.check import check_file
from annotator.storage.check_records import Problem

__all__ = ["Problem", "check_project"]


def check_project(path: Path, *, with_search: bool = True) -> list[Problem]:
    """Return everything that is wrong with a project file, each as one line; none when it is sound.

    Without the search index (``with_search``) it takes half the time: enough where nothing is searched.
    The file is only read, in one transaction: a window that writes at the same time is kept waiting meanwhile.
    Raises ProjectError when the file is no project, cannot be read at all, or is of an older schema.
    """
    return check_file(path.resolve(), with_search=with_search)
