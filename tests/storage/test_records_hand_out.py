from __future__ import annotations

from support import projects

from annotator.model.hand_out import HandOut
from annotator.project.project import Project


def test_a_hand_out_is_kept_with_its_manifest(project: Project) -> None:
    with project.edit("Hand out") as edit:
        base = edit.add_text("a manifest\n")
        made = HandOut("h", projects.ANNA.uid, project.cache.info.uid, "2025-03-14T09:00:00.000Z", True, base)
        edit.add(made)
    assert list(project.read.all(HandOut)) == [made]
    assert project.read.text(base) == "a manifest\n"
    project.undo()
    assert list(project.read.all(HandOut)) == []
    project.redo()
    assert project.read.get(HandOut, "h") == made
