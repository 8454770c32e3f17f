"""What the project says of itself: name, memo, and the settings that belong to the work."""

from __future__ import annotations

from msgspec.structs import replace

from annotator.base.errors import RuleError
from annotator.project.project import Project


def set_name(project: Project, name: str) -> None:
    """Give the project another name."""
    if not name.strip():
        raise RuleError("A project needs a name.")
    info = project.cache.info
    if info.name != name:
        with project.edit("Rename project") as edit:
            edit.replace(info, replace(info, name=name))


def set_memo(project: Project, memo: str, *, merge_key: str = "") -> None:
    """Set the project's memo."""
    info = project.cache.info
    if info.memo != memo:
        with project.edit("Edit project memo", merge_key=merge_key) as edit:
            edit.replace(info, replace(info, memo=memo))


def set_snap_to_words(project: Project, snap: bool) -> None:
    """Say whether selections grow to whole words in this project."""
    info = project.cache.info
    if info.snap_to_words is not snap:
        with project.edit("Snap to words" if snap else "Do not snap to words") as edit:
            edit.replace(info, replace(info, snap_to_words=snap))
