from __future__ import annotations

import pytest

from annotator.base.errors import RuleError
from annotator.operations import settings
from annotator.project.project import Project


def test_name_memo_and_snapping(project: Project) -> None:
    settings.set_name(project, "Other")
    settings.set_name(project, "Other")
    assert project.undo_label == "Rename project"
    settings.set_memo(project, "m")
    settings.set_memo(project, "m")
    assert project.undo_label == "Edit project memo"
    settings.set_snap_to_words(project, False)
    assert project.undo_label == "Do not snap to words"
    info = project.read.info()
    assert (info.name, info.memo, info.snap_to_words) == ("Other", "m", False)
    settings.set_snap_to_words(project, False)
    settings.set_snap_to_words(project, True)
    assert project.undo_label == "Snap to words"
    with pytest.raises(RuleError, match="A project needs a name"):
        settings.set_name(project, " ")
