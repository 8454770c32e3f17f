"""A child process that works on a project and says so after each COMMIT, until it is killed.

``python saver.py PROJECT`` prints one line for each committed change set: its uid.
``python saver.py PROJECT hold`` opens the project, prints the holder it found (or ``mine``) and waits.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from support import projects

from annotator.base.uuid7 import uuid7
from annotator.model.changes import ChangeSet
from annotator.operations import articles, tagging
from annotator.project.opening import open_project, work_as
from annotator.project.project import Project


def acknowledge(change_set: ChangeSet | None) -> None:
    """Say that a change set is saved, as the window does by showing it."""
    if change_set is not None:
        sys.stdout.write(change_set.uid + "\n")
        sys.stdout.flush()


def work(project: Project) -> None:
    """Import, tag, note, undo, redo, remove, without end."""
    number = 0
    while True:
        number += 1
        article = projects.add(project, f"{uuid7()} " + projects.TEXT * 20, f"Talks {number}")
        for words in ("Peskov", "Moscow", "“The talks go on,”"):
            annotation = projects.tag(project, article, "quote", words)
            tagging.set_note(project, annotation, words * 50)
            project.undo()
        project.redo()
        if number % 5 == 0:
            articles.remove(project, [article])


if __name__ == "__main__":
    opened = open_project(Path(sys.argv[1]))
    if sys.argv[2:] == ["hold"]:
        sys.stdout.write((opened.holder or "mine") + "\n")
        sys.stdout.flush()
        sys.stdin.read()
    else:
        work_as(opened, projects.ANNA)
        opened.subscribe(acknowledge)
        work(opened)
