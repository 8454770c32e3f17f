from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support import projects

from annotator.base.errors import NotAProjectError
from annotator.model.article import Article
from annotator.operations import tagging
from annotator.operations.checking import check_project
from annotator.project.project import Project


def test_a_project_with_some_of_everything_is_in_order(
    project: Project, article: Article, add_article: Callable[..., Article]
) -> None:
    add_article("北京外交部发言人说:“谈判继续。”", "外交部")
    quote = projects.tag(project, article, "quote", "“The talks go on,”")
    tagging.set_note(project, quote, "said in the evening")
    project.undo()
    project.redo()
    assert check_project(project.path) == []


def test_what_is_no_project_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.annot").write_bytes(b"\xff\xd8\xff\xe0 JPEG")
    with pytest.raises(NotAProjectError):
        check_project(tmp_path / "a.annot")
