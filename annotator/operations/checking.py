"""Checking a project file for damage, without opening it for work."""

from __future__ import annotations

from pathlib import Path

from annotator.storage.check import check_file
from annotator.storage.check_records import Problem

__all__ = ["Problem", "check_project"]


def check_project(path: Path) -> list[Problem]:
    """Return everything that is wrong with a project file, each as one line; none when it is sound.

    The file is only read, in one transaction: a window that writes at the same time is kept waiting meanwhile.
    Raises ProjectError when the file is no project, cannot be read at all, or is of an older schema.
    """
    return check_file(path.resolve())
