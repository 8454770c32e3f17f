from __future__ import annotations

from msgspec.structs import replace
from support import projects
from support.colleagues import at_work, out

from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotator
from annotator.model.merge_plan import Side
from annotator.operations.articles import describe
from annotator.operations.bringing_in import apply, prepare
from annotator.project.project import Project
from annotator.ui.colleagues.bring_in_wording import brought, file_line, nothing_new, warning


def test_a_file_that_was_handed_out_says_when_and_how(study) -> None:
    plan = study.plan()
    assert file_line(plan).startswith("ben.annot · handed out blind on ")
    assert warning(plan) == ""
    summary = apply(study.project, plan, plan.all_decided(Side.MINE))
    assert brought(plan, summary) == "Brought in Ben’s work: 5 new, 1 changed. Undo takes it back."
    assert "Its codebook differs" in nothing_new(study.plan())


def test_a_file_that_was_not_is_warned_of(project: Project, add_article) -> None:
    article = add_article()
    other = projects.new_project(project.path.with_name("other.annot"), Annotator(uuid7(), "Zoe"))
    projects.add(other)
    other.close()
    plan = prepare(project, other.path)
    assert file_line(plan) == "other.annot"
    assert "Nothing is removed" in warning(plan) and "right file" not in warning(plan)
    assert plan.articles[0].uid == article.uid
    strange = projects.new_project(project.path.with_name("strange.annot"), Annotator(uuid7(), "Zoe"))
    projects.add(strange, "Something else.")
    strange.close()
    assert warning(prepare(project, strange.path)).endswith("is it the right file?")


def test_what_was_decided_for_mine_changes_nothing_here(project: Project, add_article) -> None:
    article = add_article()
    path = out(project)
    with at_work(path) as copy:
        describe(copy, article, replace(article, title="Theirs"))
    describe(project, article, replace(article, title="Mine"))
    plan = prepare(project, path)
    summary = apply(project, plan, plan.all_decided(Side.MINE))
    assert brought(plan, summary) == "Brought in Ben’s work: nothing changed here. Undo takes it back."
